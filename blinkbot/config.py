"""Settings from a TOML file and the environment. Every problem is reported at once, by its key.

The environment overrides the file. Nothing here is global: `load` returns a value that `app` hands on.
"""

import difflib
import ipaddress
import json
import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

import platformdirs
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from blinkbot.domain import SessionKind
from blinkbot.errors import ConfigError

TELEGRAM_API = "https://api.telegram.org"
BLINK_OAUTH = "https://api.oauth.blink.com"
ENV_PREFIX = "BLINKBOT_"
CONFIG_VARIABLE = "BLINKBOT_CONFIG"

# Blink locks out clients that poll hard (protocol §12); a simulator on loopback does not mind.
INTERVAL_FLOOR = 10.0
INTERVAL_FLOOR_LOOPBACK = 1.0
INTERVAL_CEILING = 86_400.0

LARGEST_ID = 2**52
"""Telegram promises that its ids have at most 52 significant bits."""

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_ANY_TOKEN = re.compile(r"[^\s/]+")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


class TelegramSettings(BaseModel):
    """The bot, and the chats that own the home."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    api_url: str = TELEGRAM_API
    token: SecretStr = Field(description="the token that BotFather gave you")
    chats: tuple[int, ...] = Field(description="the ids of the chats that own the home")

    @field_validator("chats", mode="before")
    @classmethod
    def _json_list(cls, value: object) -> object:
        decoded = _decoded(value) if isinstance(value, str) else value
        if isinstance(decoded, list) and any(isinstance(item, bool) for item in decoded):
            raise ValueError("expected chat ids, such as [123456789]")
        return decoded

    @field_validator("chats")
    @classmethod
    def _some_chats(cls, value: tuple[int, ...]) -> tuple[int, ...]:
        if not value or 0 in value:
            raise ValueError("expected at least one chat id, such as [123456789]")
        if any(abs(chat_id) > LARGEST_ID for chat_id in value):
            raise ValueError("expected chat ids as Telegram gives them, such as [123456789]")
        return tuple(dict.fromkeys(value))

    @field_validator("api_url")
    @classmethod
    def _bot_api(cls, value: str) -> str:
        return _checked_url(value, http_on=_is_local)

    @field_validator("token")
    @classmethod
    def _token_shape(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        # A Bot API server on this machine may hand out tokens of its own shape.
        own_server = is_loopback(info.data.get("api_url", TELEGRAM_API))
        shape = _ANY_TOKEN if own_server else _TOKEN
        if not shape.fullmatch(value.get_secret_value()):
            raise ValueError("expected the token from BotFather, such as 123456789:AAH…")
        return value


class BlinkSettings(BaseModel):
    """The Blink account, and where its servers are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    email: str = Field(description="the e-mail address of your Blink account")
    password: SecretStr = Field(description="the password of your Blink account")
    oauth_url: str = BLINK_OAUTH
    rest_url: str | None = None
    signin: SessionKind = SessionKind.OAUTH

    @field_validator("email")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if not _EMAIL.fullmatch(value):
            raise ValueError("expected an e-mail address")
        return value

    @field_validator("password")
    @classmethod
    def _some_password(cls, value: SecretStr) -> SecretStr:
        if not value.get_secret_value():
            raise ValueError("expected the password of your Blink account")
        return value

    @field_validator("oauth_url", "rest_url")
    @classmethod
    def _blink_host(cls, value: str | None) -> str | None:
        return None if value is None else _checked_url(value, http_on=is_loopback)


class WatchSettings(BaseModel):
    """How often Blink is asked, in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    interval: float = 30.0
    usb_interval: float = 120.0

    @field_validator("interval", "usb_interval")
    @classmethod
    def _within_manners(cls, value: float, info: ValidationInfo) -> float:
        floor = (info.context or {}).get("interval_floor", INTERVAL_FLOOR)
        if not floor <= value <= INTERVAL_CEILING:
            raise ValueError(f"expected seconds from {floor:g} to {INTERVAL_CEILING:g}")
        return value


class AlertSettings(BaseModel):
    """How alerts arrive. All are seconds.

    `burst_window`: clips of one camera recorded within so long of each other ring once; 0 lets each ring.
    `fresh_for`: what is older when it is found comes in an album, without hurry. `direct_within`: a video that can
    be there so soon is not preceded by a picture. `late_after`: a clip that arrives later than this says so.
    `live_seconds`: the length of a live view.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    burst_window: float = Field(default=120.0, ge=0, le=3600)
    fresh_for: float = Field(default=900.0, ge=0, le=86_400)
    direct_within: float = Field(default=1.0, ge=0, le=60)
    late_after: float = Field(default=30.0, ge=0, le=86_400)
    live_seconds: float = Field(default=10.0, ge=1, le=60)


class Settings(BaseModel):
    """Everything that can be set. Secrets show as stars in its repr."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    telegram: TelegramSettings
    blink: BlinkSettings
    watch: WatchSettings = WatchSettings()
    alerts: AlertSettings = AlertSettings()
    timezone: str = "UTC"
    data_dir: Path = Field(default_factory=lambda: platformdirs.user_data_path("blinkbot"))

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in available_timezones():
            close = difflib.get_close_matches(value, available_timezones(), 1)
            hint = f"; did you mean {close[0]}?" if close else ""
            raise ValueError(f"expected a zone name such as Europe/Berlin{hint}")
        return value

    @field_validator("data_dir", mode="before")
    @classmethod
    def _some_folder(cls, value: object) -> object:
        # An empty path would mean the working folder, wherever that is.
        if value == "":
            raise ValueError("expected a folder")
        return value

    @field_validator("data_dir")
    @classmethod
    def _full_path(cls, value: Path) -> Path:
        try:
            return value.expanduser()
        except RuntimeError:
            raise ValueError("expected a folder; that user has none here") from None


_SECTIONS: dict[str, type[BaseModel]] = {
    "telegram": TelegramSettings,
    "blink": BlinkSettings,
    "watch": WatchSettings,
    "alerts": AlertSettings,
}


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. `path` is the `--config` option; raises ConfigError with every problem found."""
    environ = os.environ if environ is None else environ
    file = config_file(path, environ)
    problems: list[tuple[str, str]] = []
    content = _read_toml(file, problems) if file else {}
    content_read = not problems
    _override(content, environ, problems)
    try:
        settings = Settings.model_validate(content, context={"interval_floor": _interval_floor(content)})
    except ValidationError as error:
        # Of a file that could not be read, nothing is known to be missing.
        unread = bool(file) and not content_read
        problems += [
            _problem(item) for item in error.errors(include_input=False) if not (unread and item["type"] == "missing")
        ]
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))
    return settings


def config_file(path: Path | None, environ: Mapping[str, str]) -> Path | None:
    """Which file to read: the option, the variable, the working folder, the user's config folder; None for none.

    A file that was named must exist; the two usual places may be empty. Raises ConfigError.
    """
    named = path or (Path(environ[CONFIG_VARIABLE]) if environ.get(CONFIG_VARIABLE) else None)
    if named:
        if not _is_file(named):
            raise ConfigError([("config", f"there is no file {named}")])
        return named
    usual = (Path("blinkbot.toml"), platformdirs.user_config_path("blinkbot") / "blinkbot.toml")
    return next((candidate for candidate in usual if _is_file(candidate)), None)


def _is_file(path: Path) -> bool:
    """Whether there is such a file; a folder that this user may not look into holds none for them."""
    try:
        return path.is_file()
    except PermissionError:
        return False


def readable_by_others(file: Path) -> bool:
    """Whether somebody else on this machine can read the file that holds the secrets."""
    return bool(stat.S_IMODE(file.stat().st_mode) & 0o077)


def is_loopback(url: str) -> bool:
    """Whether a URL leads to this machine."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_local(url: str) -> bool:
    """This machine, a private address, or a name without a dot: where a Bot API server of one's own may stand."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host


def _checked_url(value: str, *, http_on: Callable[[str], bool]) -> str:
    try:
        parts = urlsplit(value)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError("expected an address such as https://example.org") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_fits:
        raise ValueError("expected an address such as https://example.org")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError("expected an address without user name, ? or #")
    if parts.scheme == "http" and not http_on(value):
        raise ValueError("expected https (plain http only on this machine)")
    return value.rstrip("/")


def _decoded(value: str) -> object:
    try:
        return json.loads(value)
    except ValueError:
        raise ValueError("expected a JSON list of chat ids, such as [123456789]") from None


def _read_toml(file: Path, problems: list[tuple[str, str]]) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        problems.append((str(file), f"is not valid TOML: {error}"))
    except (OSError, UnicodeDecodeError) as error:
        problems.append((str(file), f"cannot be read: {error}"))
    return {}


def setting_names() -> list[str]:
    """Every setting's key, such as "telegram.token", in the order they are declared."""
    names: list[str] = []
    for name in Settings.model_fields:
        section = _SECTIONS.get(name)
        names += [f"{name}.{inner}" for inner in section.model_fields] if section else [name]
    return names


def variable_of(setting: str) -> str:
    """The environment variable of a setting: "telegram.token" → BLINKBOT_TELEGRAM__TOKEN."""
    return ENV_PREFIX + setting.upper().replace(".", "__")


def _override(content: dict[str, Any], environ: Mapping[str, str], problems: list[tuple[str, str]]) -> None:
    """Lay the environment over the file's content.

    Not left to pydantic-settings: that stops at the first value it cannot decode, and we owe the owner all of them.
    """
    known = {variable_of(name): name for name in setting_names()}
    for section in _SECTIONS:
        content.setdefault(section, {})
    for variable in sorted(name for name in environ if name.startswith(ENV_PREFIX) and name != CONFIG_VARIABLE):
        if variable not in known:
            problems.append((variable, "no such setting" + _did_you_mean(variable, known)))
            continue
        section, _, name = known[variable].rpartition(".")
        target = content.get(section) if section else content
        if isinstance(target, dict):
            target[name] = environ[variable]


def _interval_floor(content: dict[str, Any]) -> float:
    blink = content["blink"]
    rest_url = blink.get("rest_url") if isinstance(blink, dict) else None
    return INTERVAL_FLOOR_LOOPBACK if isinstance(rest_url, str) and is_loopback(rest_url) else INTERVAL_FLOOR


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, 1, cutoff=0.8)
    return f"; did you mean {close[0]}?" if close else ""


def _problem(item: Any) -> tuple[str, str]:
    """One pydantic complaint as (key, what was expected). The value is never shown: it may be a secret."""
    key = ".".join(str(part) for part in item["loc"] if not isinstance(part, int))
    message = str(item["msg"]).removeprefix("Value error, ")
    if item["type"] == "missing":
        return key, f"is missing; expected {_described(key)}"
    if item["type"] == "extra_forbidden":
        return key, "no such setting" + _did_you_mean(key, setting_names())
    if item["type"] in ("greater_than_equal", "less_than_equal"):
        return key, _within(key)
    if item["type"].startswith(("int", "float")):
        return key, "expected a number"
    if item["type"] == "enum":
        return key, f"expected {item['ctx']['expected']}"
    if item["type"] == "model_type":
        return key, f"expected a section [{key}]"
    if item["type"].startswith("string"):
        return key, "expected text in quotes"
    if item["type"].startswith(("tuple", "list")):
        return key, "expected a list of chat ids, such as [123456789]"
    return key, message[0].lower() + message[1:]


def _within(key: str) -> str:
    """What a number's limits ask for."""
    section, _, name = key.partition(".")
    limits = _SECTIONS[section].model_fields[name].metadata
    least = next(limit.ge for limit in limits if hasattr(limit, "ge"))
    most = next(limit.le for limit in limits if hasattr(limit, "le"))
    return f"expected seconds from {least:g} to {most:g}"


def _described(key: str) -> str:
    section, _, name = key.partition(".")
    return _SECTIONS[section].model_fields[name].description or "a value"
