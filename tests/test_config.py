"""Settings: what may be set, by which names, and which mistakes are found."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from blinkbot.config import Settings, load
from blinkbot.domain import SessionKind
from blinkbot.errors import ConfigError, SettingFault, SettingProblem

TOKEN = "123456789:" + "A" * 35
GOOD = {
    "BLINKBOT_TELEGRAM__TOKEN": TOKEN,
    "BLINKBOT_TELEGRAM__CHATS": "[1001, -2002]",
    "BLINKBOT_BLINK__EMAIL": "ann@example.org",
    "BLINKBOT_BLINK__PASSWORD": "hunter2hunter2",
}


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but those of the test."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith("BLINKBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def loaded(environ: Mapping[str, str], path: Path | None = None) -> Settings:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environ.items():
            patch.setenv(name, value)
        return load(path)


def problems(path: Path | None = None, /, **environ: str) -> dict[str, SettingProblem]:
    with pytest.raises(ConfigError) as caught:
        loaded(environ, path)
    assert str(caught.value)
    return {problem.key: problem for problem in caught.value.problems}


def good(**more: str) -> Settings:
    return loaded({**GOOD, **more})


def toml(text: str) -> Path:
    file = Path("my.toml")
    file.write_text(text, encoding="utf-8")
    return file


def test_the_environment_alone_is_enough() -> None:
    settings = good()
    assert settings.telegram.chats == (1001, -2002)
    assert settings.telegram.token.get_secret_value() == TOKEN
    assert settings.telegram.api_url == "https://api.telegram.org"
    assert settings.blink.oauth_url == "https://api.oauth.blink.com"
    assert settings.blink.rest_url is None
    assert (settings.watch.interval, settings.watch.usb_interval) == (30, 120)


@pytest.mark.parametrize(
    ("interval", "set_to", "budget"), [("30", None, 500), ("10", None, 1100), ("600", None, 500), ("30", "120", 120)]
)
def test_without_a_budget_there_is_one_that_keeps_the_interval(interval: str, set_to: str | None, budget: int) -> None:
    chosen = {"BLINKBOT_WATCH__BUDGET": set_to} if set_to else {}
    assert good(BLINKBOT_WATCH__INTERVAL=interval, **chosen).watch.requests_an_hour == budget


def test_a_budget_that_leaves_nothing_beside_the_homescreen_is_refused() -> None:
    assert problems(**{**GOOD, "BLINKBOT_WATCH__BUDGET": "59"}).keys() == {"watch.budget"}


def test_the_environment_overrides_the_file() -> None:
    file = toml(
        f"""
        timezone = "Europe/Berlin"
        [telegram]
        token = "{TOKEN}"
        chats = [5]
        [blink]
        email = "ann@example.org"
        password = "from the file"
        [watch]
        interval = 60
        """
    )
    settings = loaded({"BLINKBOT_BLINK__PASSWORD": "from outside", "BLINKBOT_WATCH__INTERVAL": "45"}, file)
    assert settings.blink.password.get_secret_value() == "from outside"
    assert settings.watch.interval == 45
    assert settings.telegram.chats == (5,)
    assert settings.timezone == "Europe/Berlin"


def test_every_missing_setting_is_named() -> None:
    assert problems().keys() == {"telegram.token", "telegram.chats", "blink.email", "blink.password"}


def test_every_mistake_is_told_at_once() -> None:
    found = problems(
        toml(
            'timezone = "Europe/Berln"\n[telegram]\ntoken = 3\nchats = "x"\n'
            '[blink]\nemail = "ann"\n[watch]\nintervall = 5'
        ),
        BLINKBOT_WATCH__INTERVAL="soon",
        BLINKBOT_DATADIR="/x",
    )
    assert found.keys() == {
        "timezone",
        "telegram.token",
        "telegram.chats",
        "blink.email",
        "blink.password",
        "watch.intervall",
        "watch.interval",
        "BLINKBOT_DATADIR",
    }


@pytest.mark.parametrize(
    ("variable", "value", "key"),
    [
        ("BLINKBOT_TELEGRAM__CHATS", "[]", "telegram.chats"),
        ("BLINKBOT_TELEGRAM__CHATS", "[0]", "telegram.chats"),
        ("BLINKBOT_TELEGRAM__CHATS", '["@ada"]', "telegram.chats"),
        ("BLINKBOT_TELEGRAM__CHATS", "[10000000000000000000000000]", "telegram.chats"),
        ("BLINKBOT_TELEGRAM__CHATS", "[true]", "telegram.chats"),
        ("BLINKBOT_TELEGRAM__CHATS", "[1.5]", "telegram.chats"),
        ("BLINKBOT_TELEGRAM__CHATS", '{"id": 5}', "telegram.chats"),
        ("BLINKBOT_TELEGRAM__CHATS", "", "telegram.chats"),
        ("BLINKBOT_DATA_DIR", "", "data_dir"),
        ("BLINKBOT_DATA_DIR", "~nobody-of-this-name/x", "data_dir"),
        ("BLINKBOT_TELEGRAM__TOKEN", "12:short", "telegram.token"),
        ("BLINKBOT_TELEGRAM__TOKEN", f"{TOKEN[:20]} {TOKEN[20:]}", "telegram.token"),
        ("BLINKBOT_TELEGRAM__API_URL", "http://example.org", "telegram.api_url"),
        ("BLINKBOT_BLINK__REST_URL", "http://192.168.1.2", "blink.rest_url"),
        ("BLINKBOT_BLINK__REST_URL", "https://example.org:0", "blink.rest_url"),
        ("BLINKBOT_BLINK__REST_URL", "https://[", "blink.rest_url"),
        ("BLINKBOT_BLINK__OAUTH_URL", "nonsense", "blink.oauth_url"),
        ("BLINKBOT_BLINK__OAUTH_URL", "https://user:pw@example.org", "blink.oauth_url"),
        ("BLINKBOT_BLINK__EMAIL", "ann", "blink.email"),
        ("BLINKBOT_BLINK__PASSWORD", "", "blink.password"),
        ("BLINKBOT_BLINK__SIGNIN", "magic", "blink.signin"),
        ("BLINKBOT_ALERTS__LATE_AFTER", "soon", "alerts.late_after"),
        ("BLINKBOT_ALERTS__FRESH_FOR", "nan", "alerts.fresh_for"),
        ("BLINKBOT_WATCH__INTERVAL", "nan", "watch.interval"),
        ("BLINKBOT_WATCH__INTERVAL", "inf", "watch.interval"),
    ],
)
def test_a_value_that_is_wrong_is_found(variable: str, value: str, key: str) -> None:
    found = problems(**{**GOOD, variable: value})
    assert [(each.key, each.fault) for each in found.values()] == [(key, SettingFault.WRONG)]


@pytest.mark.parametrize(
    ("variable", "value", "key", "facts"),
    [
        ("BLINKBOT_TIMEZONE", "Europe/Berln", "timezone", {"closest": "Europe/Berlin"}),
        ("BLINKBOT_TIMEZONE", "Nowhere", "timezone", {"closest": ""}),
        ("BLINKBOT_TIMEZONE", "../etc/passwd", "timezone", {"closest": ""}),
        ("BLINKBOT_WATCH__INTERVAL", "3", "watch.interval", {"ge": 10}),
        ("BLINKBOT_WATCH__INTERVAL", "1e9", "watch.interval", {"le": 86400}),
        ("BLINKBOT_ALERTS__BURST_WINDOW", "-1", "alerts.burst_window", {"ge": 0}),
        ("BLINKBOT_ALERTS__BURST_WINDOW", "3601", "alerts.burst_window", {"le": 3600}),
        ("BLINKBOT_ALERTS__LIVE_SECONDS", "61", "alerts.live_seconds", {"le": 60}),
    ],
)
def test_what_would_be_right_comes_with_the_mistake(
    variable: str, value: str, key: str, facts: dict[str, object]
) -> None:
    assert problems(**{**GOOD, variable: value}) == {key: SettingProblem(key, SettingFault.WRONG, facts)}


@pytest.mark.parametrize(
    ("unknown", "closest"),
    [
        ("BLINKBOT_WATCH__INTERVALL", "BLINKBOT_WATCH__INTERVAL"),
        ("BLINKBOT_DATADIR", "BLINKBOT_DATA_DIR"),
        ("BLINKBOT_NOTHING__OF__THE__KIND", ""),
    ],
)
def test_an_unknown_variable_is_found(unknown: str, closest: str) -> None:
    found = problems(**{**GOOD, unknown: "30"})
    assert found == {unknown: SettingProblem(unknown, SettingFault.UNKNOWN, {"closest": closest})}


def test_an_unknown_key_of_the_file_is_found() -> None:
    found = problems(toml("colour = 1\n[watch]\nintervall = 30\n[telegram]\ntokn = 1"), **GOOD)
    assert {key: dict(each.facts) for key, each in found.items()} == {
        "colour": {"closest": ""},
        "watch.intervall": {"closest": "watch.interval"},
        "telegram.tokn": {"closest": "telegram.token"},
    }


@pytest.mark.parametrize("text", ["1001", "[1001]", '"1001"', '["1001"]'])
def test_one_chat_needs_no_brackets(text: str) -> None:
    assert good(BLINKBOT_TELEGRAM__CHATS=text).telegram.chats == (1001,)
    file = toml(f"[telegram]\nchats = {text}")
    assert loaded({key: GOOD[key] for key in GOOD if "CHATS" not in key}, file).telegram.chats == (1001,)


def test_a_chat_that_is_listed_twice_is_one() -> None:
    assert good(BLINKBOT_TELEGRAM__CHATS="[5, 5, 6]").telegram.chats == (5, 6)


def test_blanks_around_token_and_address_are_trimmed_but_a_password_may_have_them() -> None:
    settings = good(
        BLINKBOT_TELEGRAM__TOKEN=f" {TOKEN}\n",
        BLINKBOT_BLINK__EMAIL=" ann@example.org ",
        BLINKBOT_BLINK__PASSWORD=" x ",
    )
    assert settings.telegram.token.get_secret_value() == TOKEN
    assert settings.blink.email == "ann@example.org"
    assert settings.blink.password.get_secret_value() == " x "


def test_the_way_of_signing_in_is_todays_unless_the_older_one_is_chosen() -> None:
    assert good().blink.signin is SessionKind.OAUTH
    assert good(BLINKBOT_BLINK__SIGNIN="legacy").blink.signin is SessionKind.LEGACY


def test_a_wrong_secret_is_not_shown() -> None:
    assert "my-secret" not in str(problems(**{**GOOD, "BLINKBOT_TELEGRAM__TOKEN": "my-secret"}))
    assert "hunter2" not in repr(good())


def test_polling_faster_is_allowed_on_this_machine_only() -> None:
    assert good(BLINKBOT_BLINK__REST_URL="http://127.0.0.1:1", BLINKBOT_WATCH__INTERVAL="1").watch.interval == 1
    assert problems(**{**GOOD, "BLINKBOT_WATCH__INTERVAL": "9.9"}).keys() == {"watch.interval"}


def test_a_bot_api_server_in_the_house_may_speak_plain_http() -> None:
    assert good(BLINKBOT_TELEGRAM__API_URL="http://telegram-bot-api:8081/").telegram.api_url.endswith(":8081")


def test_a_named_file_must_exist() -> None:
    expected = {"config": SettingProblem("config", SettingFault.NO_FILE, {"file": Path("nowhere.toml")})}
    assert problems(Path("nowhere.toml")) == expected
    assert problems(BLINKBOT_CONFIG="nowhere.toml") == expected


def test_a_file_that_is_no_toml_is_one_problem() -> None:
    found = problems(toml("[telegram"))
    assert [(each.key, each.fault) for each in found.values()] == [("my.toml", SettingFault.UNREADABLE)]


def test_a_section_that_is_no_section_is_named() -> None:
    assert problems(toml("blink = 3"))["blink"].fault is SettingFault.WRONG


def test_the_usual_places_are_read_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "blinkbot"
    folder.mkdir(parents=True)
    (folder / "blinkbot.toml").write_text("timezone = 'Europe/Paris'")
    assert good().timezone == "Europe/Paris"
    Path("blinkbot.toml").write_text("timezone = 'Europe/Rome'")
    assert good().timezone == "Europe/Rome"
    toml("timezone = 'Europe/Oslo'")
    assert good(BLINKBOT_CONFIG="my.toml").timezone == "Europe/Oslo"
