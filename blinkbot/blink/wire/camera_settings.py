"""JSON ↔ a camera's settings (protocol §14): what this camera offers, by what it says of itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from blinkbot.blink.camera_settings import CameraSettings, NightLight, OfferedSetting, Setting, SettingValue
from blinkbot.blink.models import Signals
from blinkbot.blink.wire.devices import signals_in
from blinkbot.blink.wire.fields import Fields, SetAside
from blinkbot.domain import Family
from blinkbot.errors import BlinkResponseError

LIGHT_NUMBERS = {0: NightLight.OFF, 1: NightLight.ON, 2: NightLight.AUTO}  # protocol §4

_DEGREES = (-4, 113)
_SAYS_NO = ("supported", "compatible")  # X_supported: false and the like: this camera does not have it
_FIXED = "optional"  # X_optional: false: it has it, always
_VALUES = ("support", "options")  # X_support: [...] are the values it takes


@dataclass(frozen=True, slots=True)
class _Kind:
    """A setting: Blink's names for it, of which a camera has one, and what is said of it beside."""

    name: Setting
    fields: tuple[str, ...]
    limits: tuple[int, int] | None = None
    choices: tuple[SettingValue, ...] = ()
    longest: tuple[str, ...] = ()  # where a camera tells an upper limit of its own
    part_of: str = ""  # what a camera must have for it


_KINDS = (
    _Kind(Setting.NAME, ("name",)),
    _Kind(Setting.SENSITIVITY, ("motion_sensitivity",), (1, 9)),
    _Kind(Setting.RETRIGGER_SECONDS, ("alert_interval", "retrigger_time"), (10, 60)),
    _Kind(
        Setting.CLIP_SECONDS, ("video_length", "clip_length"), (5, 60), longest=("clip_length_max", "clip_max_length")
    ),
    _Kind(Setting.EARLY_END, ("early_termination",)),
    _Kind(Setting.EARLY_NOTIFICATION, ("early_notification",)),
    _Kind(Setting.RECORDING, ("video_recording_enable",)),
    _Kind(Setting.AUDIO, ("record_audio_enable",)),
    _Kind(Setting.QUALITY, ("video_quality",), choices=("saver", "standard", "best")),
    _Kind(Setting.NIGHT_LIGHT, ("illuminator_enable",), choices=tuple(NightLight)),
    _Kind(Setting.NIGHT_LIGHT_STRENGTH, ("illuminator_intensity",), choices=(1, 4, 7)),
    _Kind(Setting.STATUS_LIGHT, ("led_state",), choices=("on", "off", "recording")),
    _Kind(Setting.FLIPPED, ("flip_video",)),
    _Kind(Setting.PHOTOS, ("snapshot_enabled",)),
    _Kind(Setting.PHOTO_MINUTES, ("snapshot_period_minutes",), (1, 1440), part_of="snapshot"),
    _Kind(Setting.VOLUME, ("volume_control",), (1, 8)),
    _Kind(Setting.SPOTLIGHT, ("spotlight_enabled",)),
    _Kind(Setting.SPOTLIGHT_BRIGHTNESS, ("light_brightness",), part_of="spotlight"),
    _Kind(Setting.SPOTLIGHT_SECONDS, ("light_duration",), part_of="spotlight"),
    _Kind(Setting.TEMPERATURE_ALARM, ("temp_alarm_enable",)),
    _Kind(Setting.LOWEST_F, ("temp_min",), _DEGREES),
    _Kind(Setting.HIGHEST_F, ("temp_max",), _DEGREES),
)
_DETECTION = "detection_modes"
_DETECTED = {
    "motion_detection": Setting.DETECTS_MOTION,
    "person_detection": Setting.DETECTS_PERSONS,
    "vehicle_detection": Setting.DETECTS_VEHICLES,
}


def camera_settings(body: object) -> CameraSettings:
    """A camera's configuration: a list of one beside its signals for battery cameras, flat for the others."""
    top = Fields("camera-config", body)
    measured = top.part("signals") if "camera" in top else None
    return _settings(_config(top), signals_in(measured) if measured else None)


def cameras(body: object, set_aside: SetAside) -> tuple[CameraSettings, ...]:
    top = Fields("cameras", body)
    top.check("devicestatus")
    return tuple(top.readable("devicestatus", lambda item: _settings(item, None), set_aside))


def change_body(body: object, family: Family, name: Setting | str, value: SettingValue) -> dict[str, object]:
    """The one field that changes a setting of the camera with this configuration."""
    item = _config(Fields("camera-config", body))
    for word, detected in _DETECTED.items():
        if name in (detected, word):
            modes = item.part(_DETECTION)
            return {_DETECTION: {**dict(modes.items() if modes else ()), word: value}}
    kind = next((kind for kind in _KINDS if kind.name == name), None)
    if kind is None:
        return {str(name): value}
    field = _field_of(kind, item)
    if kind.name is Setting.NIGHT_LIGHT:
        return {field: _light_of(item, family, NightLight(str(value)))}
    return {field: value}


def value_of(body: object, name: Setting | str) -> SettingValue:
    """How a setting is now; None where the camera does not tell it any more."""
    offered = camera_settings(body).offer(name)
    return offered.value if offered else None


def _config(top: Fields) -> Fields:
    if "camera" not in top:
        return top
    found = list(top.parts("camera"))
    if len(found) != 1:
        raise top.wrong("camera", f"one camera was expected, {len(found)} came")
    return found[0]


def _settings(item: Fields, measured: Signals | None) -> CameraSettings:
    item.check("name", "enabled")
    live = dict(item.items()).get("liveview_enabled")
    return CameraSettings(
        name=item.text("name"),
        motion=item.flag("enabled"),
        model=item.text("type"),
        sensitivity=item.integer("motion_sensitivity"),
        clip_seconds=item.integer("video_length" if "video_length" in item else "clip_length"),
        night_light=_night_light(item),
        early_end=_flag(item, "early_termination"),
        early_notification=_flag(item, "early_notification"),
        audio=_flag(item, "record_audio_enable"),
        live_view=live if isinstance(live, bool | str) else None,
        firmware=item.text("fw_version"),
        signals=measured,
        offered=tuple(_offered(item)),
    )


def _offered(item: Fields) -> Iterator[OfferedSetting]:
    said = dict(item.items())
    known = {field for kind in _KINDS for field in kind.fields}
    for kind in _KINDS:
        field = _field_of(kind, item)
        if item.given(field) and not _denied(said, (*_stems(field), kind.part_of)):
            value = _night_light(item) if kind.name is Setting.NIGHT_LIGHT else _scalar(said[field])
            choices = kind.choices if kind.name is Setting.NIGHT_LIGHT else _choices(said, field) or kind.choices
            yield OfferedSetting(kind.name, value, choices, _limits(kind, item), _changeable(said, field))
    modes = item.part(_DETECTION)
    for word, on in modes.items() if modes else ():
        yield OfferedSetting(_DETECTED.get(word, word), _scalar(on))
    for field, there in said.items():
        choices = _choices(said, field)
        if choices and field not in known:
            yield OfferedSetting(field, _scalar(there), choices)


def _field_of(kind: _Kind, item: Fields) -> str:
    """The camera's own name for it; the first where it has none."""
    return next((field for field in kind.fields if field in item), kind.fields[0])


def _stems(field: str) -> tuple[str, ...]:
    """What a camera's remarks on a field begin with: `flip_video_compatible`, `snapshot_compatible`."""
    return field, field.removesuffix("_enabled").removesuffix("_enable")


def _denied(said: Mapping[str, object], stems: tuple[str, ...]) -> bool:
    return any(said.get(f"{stem}_{word}") is False for stem in stems if stem for word in _SAYS_NO)


def _changeable(said: Mapping[str, object], field: str) -> bool:
    return all(said.get(f"{stem}_{_FIXED}") is not False for stem in _stems(field))


def _choices(said: Mapping[str, object], field: str) -> tuple[SettingValue, ...]:
    for word in _VALUES:
        told = said.get(f"{field}_{word}")
        if isinstance(told, list):
            return tuple(value for value in map(_scalar, told) if value is not None)
    return ()


def _limits(kind: _Kind, item: Fields) -> tuple[int, int] | None:
    if kind.limits is None:
        return None
    lowest, highest = kind.limits
    told = next((top for name in kind.longest if (top := item.integer(name)) is not None), highest)
    return lowest, max(lowest, told)


def _scalar(value: object) -> SettingValue:
    return value if isinstance(value, bool | int | float | str) else None


def _light_of(item: Fields, family: Family, wanted: NightLight) -> int | str:
    """A night light in the camera's own form: numbers or words; where it tells none, by its family (protocol §4)."""
    numbered = item.word("illuminator_enable") is None
    if not item.given("illuminator_enable"):
        numbered = family is Family.CAMERA
    return next(number for number, word in LIGHT_NUMBERS.items() if word is wanted) if numbered else wanted.value


def _night_light(item: Fields) -> NightLight | str | None:
    number, word = item.integer("illuminator_enable"), item.word("illuminator_enable")
    if number is not None:
        return LIGHT_NUMBERS.get(number, str(number))
    return NightLight(word) if word in list(NightLight) else word


def _flag(item: Fields, name: str) -> bool | None:
    try:
        return item.flag(name) if item.given(name) else None
    except BlinkResponseError:
        return None  # one odd setting hides none of the others
