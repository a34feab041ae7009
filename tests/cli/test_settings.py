"""What a terminal is told of the settings."""

from pathlib import Path
from typing import Any

import pytest

from blinkbot.cli.settings import EXAMPLE, mistakes, settings_for
from blinkbot.config import Settings, load, setting_names
from blinkbot.errors import ConfigError, SettingFault, SettingProblem
from tests.test_config import GOOD, empty_folder, toml

__all__ = ["empty_folder"]

EXAMPLE_FILE = Path(__file__).parents[2] / "deploy" / "blinkbot.example.toml"


def told(**problem: Any) -> str:
    """The line about one problem."""
    problems = [SettingProblem(problem.pop("key"), problem.pop("fault"), problem)]
    return mistakes(ConfigError(problems, Path("my.toml"))).splitlines()[1]


def told_of(path: Path | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        settings_for(path)
    return mistakes(caught.value)


def test_without_any_settings_it_tells_how_to_begin(tmp_path: Path) -> None:
    text = told_of()
    for key in ("telegram.token", "telegram.chats", "blink.email", "blink.password"):
        assert f"  {key}: Missing. " in text
    assert f"looked for blinkbot.toml and {tmp_path}/config/blinkbot/blinkbot.toml" in text
    assert "deploy/blinkbot.example.toml" in text


def test_with_a_file_it_names_the_file() -> None:
    text = told_of(toml("colour = 1"))
    assert "in my.toml" in text
    assert "deploy/" not in text


@pytest.mark.parametrize("key", [*setting_names(), "telegram", "alerts"])
def test_every_setting_has_a_word_about_a_wrong_value(key: str) -> None:
    assert told(key=key, fault=SettingFault.WRONG).startswith(f"  {key}: ")


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ({"key": "telegram.chats", "fault": SettingFault.WRONG}, "To learn yours, put [1] here and write to the bot"),
        ({"key": "telegram.token", "fault": SettingFault.WRONG}, "@BotFather"),
        ({"key": "blink", "fault": SettingFault.WRONG}, "[blink]"),
        ({"key": "watch.interval", "fault": SettingFault.WRONG, "ge": 10.0}, "at least 10."),
        ({"key": "alerts.fresh_for", "fault": SettingFault.WRONG, "le": 86400.0}, "at most 86400."),
        ({"key": "timezone", "fault": SettingFault.WRONG, "closest": "Europe/Berlin"}, "mean Europe/Berlin?"),
        ({"key": "timezone", "fault": SettingFault.WRONG, "closest": ""}, "such as Europe/Berlin."),
        ({"key": "tokn", "fault": SettingFault.UNKNOWN, "closest": "telegram.token"}, "mean telegram.token?"),
        ({"key": "tokn", "fault": SettingFault.UNKNOWN, "closest": ""}, "There's no such setting."),
        ({"key": "config", "fault": SettingFault.NO_FILE, "file": Path("x.toml")}, "There's no file x.toml."),
    ],
)
def test_a_mistake_tells_what_is_expected(problem: dict[str, Any], said: str) -> None:
    assert said in told(**problem)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"[telegram", "isn't valid TOML: Expected"), (b"x = '\xff'", "isn't text in UTF-8")],
)
def test_a_file_that_cannot_be_read_is_told_in_plain_words(content: bytes, said: str) -> None:
    Path("my.toml").write_bytes(content)
    text = told_of(Path("my.toml"))
    assert said in text
    assert len(text.splitlines()) == 2


def test_the_example_as_it_is_is_not_complete() -> None:
    load(EXAMPLE_FILE)
    text = told_of(EXAMPLE_FILE)
    for key in EXAMPLE:
        assert f"  {key}: This is still the example's value. Put in your own." in text


def test_one_value_of_the_example_is_enough_to_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("BLINKBOT_BLINK__EMAIL", "you@example.org")
    assert [line.split(":")[0].strip() for line in told_of().splitlines()[1:]] == ["blink.email"]


def test_a_file_others_can_read_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    file = toml("")
    file.chmod(0o644)
    assert isinstance(settings_for(file), Settings)
    assert "chmod 600 my.toml" in capsys.readouterr().err
    file.chmod(0o600)
    settings_for(file)
    assert capsys.readouterr().err == ""
