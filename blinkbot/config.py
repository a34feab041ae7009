"""Settings from a TOML file and the environment, which overrides it; problems are found all at once."""

import difflib
import ipaddress
import json
import os
import re
from collections.abc import Callable, Iterable
from math import ceil
from pathlib import Path
from tomllib import TOMLDecodeError
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import platformdirs

from blinkbot.domain import SessionKind
from blinkbot.domain.deliveries import FRESH_FOR
from blinkbot.errors import ConfigError, SettingFault, SettingProblem
from blinkbot.lean_imports import lean

with lean("pydantic"):
    import pydantic
    from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr, ValidationInfo
    from pydantic_core import ErrorDetails, PydanticCustomError
    from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

TELEGRAM_API = "https://api.telegram.org"
BLINK_OAUTH = "https://api.oauth.blink.com"
ENV_PREFIX = "BLINKBOT_"
CONFIG_VARIABLE = "BLINKBOT_CONFIG"
# Blink locks out clients that poll hard (protocol §12); a simulator on loopback does not mind.
INTERVAL_FLOOR = 10.0
INTERVAL_FLOOR_LOOPBACK = 1.0
DAY = 86_400
DEFAULT_INTERVAL = 30.0
BESIDE_LOOKS = 200  # requests an hour: homescreens, sticks, clips
FOR_EACH_LOOK = 2.5  # requests: looks that are quicker for a while, and the share that is kept for people
LEAST_BUDGET = 60  # requests an hour: fewer leave nothing beside the looks at the home
LARGEST_ID = 2**52  # Telegram promises that its ids have at most 52 significant bits
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
_ANY_TOKEN = re.compile(r"[^\s/]+")
_STRICT = pydantic.ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


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


def _address(http_on: Callable[[str], bool]) -> AfterValidator:
    """A base URL: https, or plain http to the machines that a function names."""

    def check(value: str) -> str:
        parts = urlsplit(value)
        if not parts.hostname or parts.port == 0 or parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError
        if parts.scheme != "https" and not (parts.scheme == "http" and http_on(value)):
            raise ValueError
        return value.rstrip("/")

    return AfterValidator(check)


def _polite(value: float, info: ValidationInfo) -> float:
    """An interval, not under the floor that the validation's context tells."""
    floor = (info.context or {}).get("interval_floor", INTERVAL_FLOOR)
    if value < floor:
        raise PydanticCustomError("greater_than_equal", "too small", {"ge": floor})
    return value


def _chat_ids(value: object) -> tuple[int, ...]:
    """Ids from a list or a single one, or from either as JSON."""
    decoded = json.loads(value) if isinstance(value, str) else value
    # By way of text, since neither True nor 1.5 is an id.
    chats = [int(str(chat)) for chat in (decoded if isinstance(decoded, list | tuple) else [decoded])]
    if not chats or any(not 0 < abs(chat) <= LARGEST_ID for chat in chats):
        raise ValueError
    return tuple(dict.fromkeys(chats))


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        closest = _closest(value, available_timezones(), cutoff=0.6)
        raise PydanticCustomError("zone", "wrong", {"closest": closest}) from None
    return value


def _folder(value: object) -> Path:
    # An empty path would mean the working folder, wherever that is.
    if not isinstance(value, str | Path) or value == "":
        raise ValueError
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise ValueError from None


class TelegramSettings(BaseModel):
    """The bot, and the chats that own the home."""

    model_config = _STRICT

    api_url: Annotated[str, _address(http_on=_is_local)] = TELEGRAM_API
    token: SecretStr
    chats: Annotated[tuple[int, ...], BeforeValidator(_chat_ids)]

    @pydantic.field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr, info: ValidationInfo) -> SecretStr:
        token = value.get_secret_value().strip()
        # A Bot API server on this machine may hand out tokens of its own shape.
        shape = _ANY_TOKEN if is_loopback(info.data.get("api_url", TELEGRAM_API)) else _TOKEN
        if not shape.fullmatch(token):
            raise ValueError
        return SecretStr(token)


class BlinkSettings(BaseModel):
    """The Blink account, and where its servers are."""

    model_config = _STRICT

    email: Annotated[str, pydantic.StringConstraints(strip_whitespace=True, pattern=r"^[^@\s]+@[^@\s]+$")]
    password: SecretStr = Field(min_length=1)
    oauth_url: Annotated[str, _address(http_on=is_loopback)] = BLINK_OAUTH
    rest_url: Annotated[str, _address(http_on=is_loopback)] | None = None
    signin: SessionKind = SessionKind.OAUTH
    unverified_live_view: bool = False


class WatchSettings(BaseModel):
    """How often Blink is asked, in seconds, and how often at most.

    `budget`: requests in any hour, all kinds together.
    """

    model_config = _STRICT

    interval: Annotated[float, Field(le=DAY), AfterValidator(_polite)] = DEFAULT_INTERVAL
    budget: Annotated[int, Field(ge=LEAST_BUDGET, le=100_000)] | None = None
    usb_interval: Annotated[float, Field(le=DAY), AfterValidator(_polite)] = 120.0

    @property
    def requests_an_hour(self) -> int:
        """The budget that is set, else one that keeps the interval beside all else."""
        return self.budget or BESIDE_LOOKS + ceil(FOR_EACH_LOOK * 3600 / min(self.interval, DEFAULT_INTERVAL))


class AlertSettings(BaseModel):
    """How alerts arrive. All but the last are seconds.

    `burst_window`: clips of one camera recorded within so long of each other ring once; 0 lets each ring.
    `fresh_for`: what is older when it is found comes in an album, without hurry. `direct_within`: a video that can
    be there so soon is not preceded by a picture. `late_after`: a clip that arrives later than this says so.
    `live_seconds`: the length of a live view. `picture_of_events`: of motion that Blink keeps no video of, the camera
    takes a picture.
    """

    model_config = _STRICT

    burst_window: Annotated[float, Field(ge=0, le=3600)] = 120.0
    fresh_for: Annotated[float, Field(ge=0, le=DAY)] = FRESH_FOR.total_seconds()
    direct_within: Annotated[float, Field(ge=0, le=60)] = 1.0
    late_after: Annotated[float, Field(ge=0, le=DAY)] = 30.0
    live_seconds: Annotated[float, Field(ge=1, le=60)] = 10.0
    picture_of_events: bool = True


class Settings(BaseModel):
    """Everything that can be set. Secrets show as stars in its repr."""

    model_config = _STRICT

    telegram: TelegramSettings
    blink: BlinkSettings
    watch: WatchSettings = WatchSettings()
    alerts: AlertSettings = AlertSettings()
    timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    data_dir: Annotated[Path, BeforeValidator(_folder)] = Field(
        default_factory=lambda: platformdirs.user_data_path("blinkbot")
    )


class _Sources(Settings, BaseSettings):
    """The same as pydantic-settings reads it. Lists are decoded by validators, so that no mistake hides another."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX, env_nested_delimiter="__", enable_decoding=False, defer_build=True
    )


# The fields of each section.
_SECTIONS = {
    name: field.annotation.model_fields
    for name, field in Settings.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
}


def load(path: Path | None = None) -> Settings:
    """The settings; `path` is the `--config` option. Raises ConfigError with every problem found."""
    file = config_file(path)
    problems = _unknown_variables()
    content: dict[str, Any] | None = None
    try:
        content = TomlConfigSettingsSource(_Sources, file)()
    except (TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        problems.append(SettingProblem(str(file), SettingFault.UNREADABLE, {"error": error}))
    merged = _merged(content or {}, EnvSettingsSource(_Sources)())
    try:
        settings = Settings.model_validate(merged, context={"interval_floor": _interval_floor(merged)})
    except pydantic.ValidationError as error:
        found = map(_problem, error.errors(include_input=False))
        # Of a file that could not be read, nothing is known to be missing; unknown variables are told already.
        told = {variable.key for variable in problems}
        missing = SettingFault.MISSING if content is None else None
        problems += [each for each in found if each.fault is not missing and variable_of(each.key) not in told]
    if problems:
        raise ConfigError(problems, file)
    return settings


def config_file(path: Path | None) -> Path | None:
    """The file to read: a named one, which must exist (raises ConfigError), or a usual one, or None."""
    variable = os.environ.get(CONFIG_VARIABLE)
    named = path or (Path(variable) if variable else None)
    # Not pathlib's, which fails at a folder that this user may not look into.
    if named and not os.path.isfile(named):  # noqa: PTH113
        raise ConfigError([SettingProblem("config", SettingFault.NO_FILE, {"file": named})], None)
    return named or next(filter(os.path.isfile, usual_files()), None)


def usual_files() -> tuple[Path, Path]:
    """Where settings are looked for when no file is named: the working folder, the user's config folder."""
    return Path("blinkbot.toml"), platformdirs.user_config_path("blinkbot") / "blinkbot.toml"


def setting_names() -> list[str]:
    """Every setting's key, such as "telegram.token", in the order they are declared."""
    fields = Settings.model_fields
    return [f"{name}.{each}" if each else name for name in fields for each in _SECTIONS.get(name, [""])]


def variable_of(setting: str) -> str:
    """The environment variable of a setting: "telegram.token" → BLINKBOT_TELEGRAM__TOKEN."""
    return ENV_PREFIX + setting.upper().replace(".", "__")


def _unknown_variables() -> list[SettingProblem]:
    """Variables with our prefix that are no setting; pydantic-settings passes over those outside a section."""
    known = {variable_of(name) for name in setting_names()} | {CONFIG_VARIABLE}
    unknown = sorted(name for name in os.environ if name.startswith(ENV_PREFIX) and name.upper() not in known)
    return [SettingProblem(name, SettingFault.UNKNOWN, {"closest": _closest(name, known)}) for name in unknown]


def _merged(content: dict[str, Any], environment: dict[str, Any]) -> dict[str, Any]:
    """A file's content with the environment laid over it, and every section, so that each missing key is found."""
    merged: dict[str, Any] = {section: {} for section in _SECTIONS} | content
    for name, value in environment.items():
        below = merged.get(name)
        merged[name] = {**below, **value} if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _interval_floor(content: dict[str, Any]) -> float:
    blink = content["blink"]
    rest_url = blink.get("rest_url") if isinstance(blink, dict) else None
    return INTERVAL_FLOOR_LOOPBACK if isinstance(rest_url, str) and is_loopback(rest_url) else INTERVAL_FLOOR


def _closest(name: str, known: Iterable[str], cutoff: float = 0.8) -> str:
    """The known name that may be meant, "" for none."""
    return next(iter(difflib.get_close_matches(name, known, 1, cutoff)), "")


def _problem(error: ErrorDetails) -> SettingProblem:
    """One complaint of pydantic's; a list's item is not told apart from the list."""
    key = ".".join(part for part in error["loc"] if isinstance(part, str))
    if error["type"] == "extra_forbidden":
        return SettingProblem(key, SettingFault.UNKNOWN, {"closest": _closest(key, setting_names())})
    fault = SettingFault.MISSING if error["type"] == "missing" else SettingFault.WRONG
    return SettingProblem(key, fault, error.get("ctx", {}))
