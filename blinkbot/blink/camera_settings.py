"""What can be set at a camera (protocol §14), without the wire's names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from blinkbot.blink.models import Signals


class NightLight(StrEnum):
    """When a camera's infrared light shines in the dark (protocol §4, update-camera)."""

    OFF = "off"
    ON = "on"
    AUTO = "auto"


class Setting(StrEnum):
    """What can be set at a camera (protocol §14). Open: what Blink alone knows goes by Blink's own name."""

    NAME = "name"
    SENSITIVITY = "sensitivity"
    RETRIGGER_SECONDS = "retrigger seconds"
    CLIP_SECONDS = "clip seconds"
    EARLY_END = "early end"  # the clip ends with the motion
    EARLY_NOTIFICATION = "early notification"  # tells of a clip before it is complete
    RECORDING = "recording"
    AUDIO = "audio"
    QUALITY = "quality"
    NIGHT_LIGHT = "night light"
    NIGHT_LIGHT_STRENGTH = "night light strength"
    STATUS_LIGHT = "status light"
    FLIPPED = "flipped"
    PHOTOS = "photos"  # Photo Capture
    PHOTO_MINUTES = "photo minutes"
    VOLUME = "volume"
    SPOTLIGHT = "spotlight"
    SPOTLIGHT_BRIGHTNESS = "spotlight brightness"
    SPOTLIGHT_SECONDS = "spotlight seconds"
    DETECTS_MOTION = "detects motion"
    DETECTS_PERSONS = "detects persons"
    DETECTS_VEHICLES = "detects vehicles"
    TEMPERATURE_ALARM = "temperature alarm"
    LOWEST_F = "lowest temperature"  # degrees Fahrenheit
    HIGHEST_F = "highest temperature"


SettingValue = bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class OfferedSetting:
    """A setting that a camera offers: how it is, and to what it can be set (`limits` are both allowed)."""

    name: Setting | str
    value: SettingValue
    choices: tuple[SettingValue, ...] = ()  # empty: any value of its kind within the limits
    limits: tuple[int, int] | None = None
    changeable: bool = True

    @property
    def range_text(self) -> str:
        """What it takes, for an error."""
        if not self.changeable:
            return ""
        if self.limits is not None and not self.choices:
            return "{} to {}".format(*self.limits)
        return ", ".join(map(str, self.choices)) or type(self.value).__name__

    def takes(self, value: SettingValue) -> bool:
        """Whether it can be set to this."""
        if not self.changeable:
            return False
        if self.choices:
            return value in self.choices
        if self.limits is not None:
            return type(value) is int and self.limits[0] <= value <= self.limits[1]
        return type(value) is type(self.value)


@dataclass(frozen=True, slots=True)
class SettingChange:
    """How the change of a setting ended: what it was to be, and what it was when it was read back."""

    name: Setting | str
    wanted: SettingValue
    found: SettingValue
    message: str = ""  # Blink's own word where it gave one

    @property
    def taken(self) -> bool:
        return self.found == self.wanted


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """A camera's settings (protocol §14); None for what its family does not tell."""

    name: str
    motion: bool
    model: str = ""
    sensitivity: int | None = None  # 1 to 9
    clip_seconds: int | None = None
    night_light: NightLight | str | None = None
    early_end: bool | None = None
    early_notification: bool | None = None
    audio: bool | None = None
    live_view: bool | str | None = None
    firmware: str = ""
    signals: Signals | None = None  # battery cameras only
    offered: tuple[OfferedSetting, ...] = ()

    def offer(self, name: Setting | str) -> OfferedSetting | None:
        """A setting that it offers."""
        return next((offered for offered in self.offered if offered.name == name), None)


@dataclass(frozen=True, slots=True)
class PrivacyZone:
    """A part of the picture that is blackened, in cells of a grid of 20 × 15."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Zones:
    """Where a newer camera looks for motion: `mask` has a 1 for each cell that counts, row by row (protocol §14).

    `stored` is all that Blink keeps of it, sent back as it came but for what was changed here.
    """

    rows: int
    columns: int
    mask: tuple[int, ...]
    privacy: tuple[PrivacyZone, ...] = ()
    analytics: bool | None = None
    stored: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class MotionRegions:
    """The same of an older camera: 5 × 5 regions, row by row; where `advanced`, each has 12 bits in `fine`.

    `beside_zones`: Blink keeps them where the newer form stands.
    """

    regions: tuple[bool, ...]
    advanced: bool = False
    fine: tuple[int, ...] = ()
    beside_zones: bool = False
    stored: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ZonesChange:
    """How a change of zones ended: what they were to be, and what they were when they were read back."""

    wanted: Zones | MotionRegions
    found: Zones | MotionRegions
    message: str = ""

    @property
    def taken(self) -> bool:
        return self.found == self.wanted
