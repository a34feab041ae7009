"""Settings: what may be set, by which names, and what a mistake sounds like."""

from pathlib import Path

import pytest

from blinkbot import config
from blinkbot.config import Settings, load
from blinkbot.domain import SessionKind
from blinkbot.errors import ConfigError

TOKEN = "123456789:" + "A" * 35
GOOD = {
    "BLINKBOT_TELEGRAM__TOKEN": TOKEN,
    "BLINKBOT_TELEGRAM__CHATS": "[1001, -2002]",
    "BLINKBOT_BLINK__EMAIL": "ann@example.org",
    "BLINKBOT_BLINK__PASSWORD": "hunter2hunter2",
}


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def problems(path: Path | None = None, /, **environ: str) -> dict[str, str]:
    with pytest.raises(ConfigError) as caught:
        load(path, environ)
    return dict(caught.value.problems)


def good(**more: str) -> Settings:
    return load(None, {**GOOD, **more})


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
    settings = load(file, {"BLINKBOT_BLINK__PASSWORD": "from outside", "BLINKBOT_WATCH__INTERVAL": "45"})
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
    ("variable", "value", "key", "said"),
    [
        ("BLINKBOT_TIMEZONE", "Europe/Berln", "timezone", "Europe/Berlin"),
        ("BLINKBOT_WATCH__INTERVAL", "3", "watch.interval", "10"),
        ("BLINKBOT_WATCH__INTERVAL", "nan", "watch.interval", "10"),
        ("BLINKBOT_WATCH__INTERVAL", "inf", "watch.interval", "86400"),
        ("BLINKBOT_ALERTS__BURST_WINDOW", "-1", "alerts.burst_window", "0 to 3600"),
        ("BLINKBOT_ALERTS__LIVE_SECONDS", "61", "alerts.live_seconds", "1 to 60"),
        ("BLINKBOT_ALERTS__FRESH_FOR", "nan", "alerts.fresh_for", "0 to 86400"),
        ("BLINKBOT_ALERTS__LATE_AFTER", "soon", "alerts.late_after", "number"),
        ("BLINKBOT_TELEGRAM__CHATS", "1001", "telegram.chats", "[123456789]"),
        ("BLINKBOT_TELEGRAM__CHATS", "[]", "telegram.chats", "at least one"),
        ("BLINKBOT_TELEGRAM__CHATS", '["x"]', "telegram.chats", "number"),
        ("BLINKBOT_TELEGRAM__CHATS", "[10000000000000000000000000]", "telegram.chats", "Telegram"),
        ("BLINKBOT_TELEGRAM__CHATS", "[true]", "telegram.chats", "chat ids"),
        ("BLINKBOT_DATA_DIR", "", "data_dir", "folder"),
        ("BLINKBOT_DATA_DIR", "~nobody-of-this-name/x", "data_dir", "folder"),
        ("BLINKBOT_TELEGRAM__TOKEN", "12:short", "telegram.token", "BotFather"),
        ("BLINKBOT_TELEGRAM__API_URL", "http://example.org", "telegram.api_url", "https"),
        ("BLINKBOT_BLINK__REST_URL", "http://192.168.1.2", "blink.rest_url", "https"),
        ("BLINKBOT_BLINK__OAUTH_URL", "nonsense", "blink.oauth_url", "address"),
        ("BLINKBOT_BLINK__OAUTH_URL", "https://user:pw@example.org", "blink.oauth_url", "without user name"),
        ("BLINKBOT_BLINK__PASSWORD", "", "blink.password", "password"),
        ("BLINKBOT_BLINK__SIGNIN", "magic", "blink.signin", "expected 'oauth' or 'legacy'"),
        ("BLINKBOT_WATCH__INTERVALL", "30", "BLINKBOT_WATCH__INTERVALL", "BLINKBOT_WATCH__INTERVAL"),
    ],
)
def test_a_mistake_tells_what_was_expected(variable: str, value: str, key: str, said: str) -> None:
    found = problems(**{**GOOD, variable: value})
    assert found.keys() == {key}
    assert said in found[key]


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
    assert problems(Path("nowhere.toml")).keys() == {"config"}
    assert problems(BLINKBOT_CONFIG="nowhere.toml").keys() == {"config"}


def test_a_file_that_is_no_toml_is_one_problem() -> None:
    found = problems(toml("[telegram"))
    assert found.keys() == {"my.toml"}


def test_a_section_that_is_no_section_is_named() -> None:
    assert "expected a section" in problems(toml("blink = 3"))["blink"]


def test_the_usual_places_are_read_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "blinkbot"
    folder.mkdir(parents=True)
    (folder / "blinkbot.toml").write_text("timezone = 'Europe/Paris'")
    assert good().timezone == "Europe/Paris"
    Path("blinkbot.toml").write_text("timezone = 'Europe/Rome'")
    assert good().timezone == "Europe/Rome"
    toml("timezone = 'Europe/Oslo'")
    assert good(BLINKBOT_CONFIG="my.toml").timezone == "Europe/Oslo"


def test_a_file_others_can_read_is_noticed() -> None:
    file = toml("")
    file.chmod(0o644)
    assert config.readable_by_others(file)
    file.chmod(0o600)
    assert not config.readable_by_others(file)
