"""What Blink tells beyond `blinkbot.domain`, without the wire's names. Times are UTC; None: Blink does not say."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class MediaSettings:
    """After how many days clips are deleted, and what else is offered."""

    days: int | None
    offered: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Signals:
    """A camera's bars, from 0 to 5, and its temperature in degrees Fahrenheit, as measured at `at`."""

    wifi_bars: int | None = None
    sync_bars: int | None = None
    battery_bars: int | None = None
    temperature_f: float | None = None
    at: datetime | None = None
    battery: str = ""  # Blink's word for it, where it stands beside the bars


class UsbState(StrEnum):
    """How a USB stick is. Open: what Blink invents tomorrow stays a plain string (protocol §10)."""

    ACTIVE = "active"
    FULL = "memory_full"
    UNMOUNTED = "unmounted"
    NEEDS_FORMAT = "format_required"
    UNAVAILABLE = "unavailable"
    INCOMPATIBLE = "incompatible"


@dataclass(frozen=True, slots=True)
class UsbStatus:
    """How the USB stick of a sync module is."""

    state: UsbState | str
    used_percent: float | None = None
    full: bool = False
    nearly_full: bool = False
    backing_up: bool = False
    last_backup: str = ""

    @property
    def readable(self) -> bool:
        """Whether clips can be read from it."""
        return self.state in (UsbState.ACTIVE, UsbState.FULL)


@dataclass(frozen=True, slots=True)
class CameraUsage:
    """Seconds that a battery camera recorded and was watched live, in the days of a `UsageReport`."""

    camera_id: int
    network_id: int
    name: str
    clip_seconds: int
    live_seconds: int


@dataclass(frozen=True, slots=True)
class UsageReport:
    """What cameras did in the last `days`; `normal_seconds` is what Blink calls usual for one of them."""

    days: int | None
    normal_seconds: int | None
    cameras: tuple[CameraUsage, ...]


@dataclass(frozen=True, slots=True)
class Siren:
    """A siren of a network."""

    id: int
    network_id: int
    name: str
    online: bool


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How a network is set (protocol §4, update-network). `saves_live_views`: each live view is kept as a clip."""

    id: int
    name: str
    time_zone: str
    armed: bool
    saves_live_views: bool | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A subscription. Without an active one, clips are kept on USB sticks only (protocol §4, subscription)."""

    name: str
    active: bool
    kind: str = ""
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class User:
    """The person whose account it is. `temperature_unit` is "f" or "c"."""

    id: int
    email: str
    name: str = ""
    time_zone: str = ""
    temperature_unit: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class SignedInClient:
    """One app or program signed in to the account (obsolete list, protocol §4)."""

    id: int
    kind: str
    hardware_id: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class AppVersion:
    """What Blink says of the app version that asked."""

    message: str
    update_available: bool
    update_required: bool


@dataclass(frozen=True, slots=True)
class Region:
    """Where accounts can live. `tier` is what the host's name has in it."""

    name: str
    label: str
    tier: str
    preferred: bool


@dataclass(frozen=True, slots=True)
class UploadedLog:
    """A log that Blink has taken: its number and where it lies at Blink."""

    id: int
    place: str


@dataclass(frozen=True, slots=True)
class Hub:
    """A sync module in the older form (obsolete list, protocol §4). `wifi_bars` from 0 to 5."""

    id: int
    network_id: int
    name: str
    online: bool
    firmware: str = ""
    wifi_bars: int | None = None
    last_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A recording in the older list of events (obsolete, protocol §4). `video` is a path on the REST host."""

    id: int
    camera_id: int
    camera_name: str
    at: datetime
    kind: str
    video: str


@dataclass(frozen=True, slots=True)
class LastConnection:
    """A battery camera's state when it last connected (obsolete, protocol §4)."""

    camera_id: int
    at: datetime | None
    wifi_dbm: int | None
    sync_dbm: int | None
    battery_voltage: int | None  # hundredths of a volt
    temperature_f: float | None
    firmware: str = ""


@dataclass(frozen=True, slots=True)
class OldVideo:
    """A clip in the older lists (obsolete, protocol §4). `video` is a path, `seconds` its length, `size` in bytes."""

    id: int
    camera_id: int
    camera_name: str
    network_id: int
    recorded_at: datetime
    video: str
    thumbnail: str | None = None
    seconds: int | None = None
    size: int | None = None
    watched: bool = False
