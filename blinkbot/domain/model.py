"""What a user talks about: homes, networks, cameras, clips, chats, outcomes.

Values only: frozen, comparable, without any wire's field names, built on the standard library alone.
Times are aware datetimes; ids are Blink's or Telegram's integers, which may exceed 2^32.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from blinkbot.domain.session import SignInState
from blinkbot.domain.spending import Spending
from blinkbot.errors import BlinkbotError


class Family(StrEnum):
    """The three kinds of camera Blink serves under different addresses (protocol §1)."""

    CAMERA = "camera"
    MINI = "mini"
    DOORBELL = "doorbell"


class Cause(StrEnum):
    """Why a clip was recorded. Open: what Blink invents tomorrow stays a plain string (protocol §7)."""

    MOTION = "motion"
    DOORBELL = "doorbell"
    SNAPSHOT = "snapshot"
    LIVE_VIEW = "live view"


class Seen(StrEnum):
    """Who or what Blink saw in a recording. Open: a word that it invents tomorrow stays a plain string (§7b)."""

    PERSON = "person"
    VEHICLE = "vehicle"
    ANIMAL = "animal"
    PACKAGE = "package"
    UNUSUAL = "unusual"


class NoVideo(StrEnum):
    """Why Blink keeps no video of an event. Open, as Blink's words are (protocol §7b)."""

    NO_SUBSCRIPTION = "no_subscription"
    UNKNOWN = "unknown"


class Origin(StrEnum):
    """Where a clip is kept."""

    CLOUD = "cloud"
    USB = "usb"


class Power(StrEnum):
    """What a camera says of its battery."""

    OK = "ok"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Network:
    """A place with cameras: "system" in Blink's app.

    `time_zone` is Blink's word for it, which may name a zone that does not exist: see `timezones.zone_of`.
    """

    id: int
    name: str
    armed: bool
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class SyncModule:
    """The hub of a network. `usb_active` tells that clips are kept on a stick in it."""

    id: int
    network_id: int
    name: str
    online: bool
    usb_active: bool = False


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera as the homescreen last told it.

    `motion` is whether it records when its network is armed. `battery` is None where there is none (Minis) or
    nothing is said. Bars run from 0 to 5; `temperature_f` is degrees Fahrenheit; `picture` is the path of its
    newest picture on the REST host, None before the first. `listed` is False for one that is in no
    homescreen and goes on recording, of which nothing else is known (protocol §6).
    """

    id: int
    network_id: int
    name: str
    family: Family
    model: str
    motion: bool
    online: bool
    battery: Power | str | None = None
    battery_bars: int | None = None
    wifi_bars: int | None = None
    sync_bars: int | None = None
    temperature_f: float | None = None
    picture: str | None = None
    has_light: bool = False
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Home:
    """Everything one account can see at one moment. `siren_networks` are the ids of networks that have a siren."""

    networks: tuple[Network, ...] = ()
    sync_modules: tuple[SyncModule, ...] = ()
    cameras: tuple[Camera, ...] = ()
    siren_networks: frozenset[int] = frozenset()

    def network(self, network_id: int) -> Network | None:
        """The network with this id, None when the home has no such network."""
        return next((network for network in self.networks if network.id == network_id), None)

    def camera(self, camera_id: int) -> Camera | None:
        """The camera with this id, None when the home has no such camera."""
        return next((camera for camera in self.cameras if camera.id == camera_id), None)

    def with_unlisted(self, cameras: Iterable[Camera]) -> "Home":
        """This home, and cameras that it does not list; none whose network is gone, or which is listed after all."""
        networks, known = {network.id for network in self.networks}, {camera.id for camera in self.cameras}
        hidden = [camera for camera in cameras if camera.network_id in networks and camera.id not in known]
        return replace(self, cameras=(*self.cameras, *hidden)) if hidden else self

    def cameras_of(self, network_id: int) -> Iterator[Camera]:
        """The cameras of one network, in the homescreen's order."""
        return (camera for camera in self.cameras if camera.network_id == network_id)

    @property
    def anything_armed(self) -> bool:
        """Whether any network is armed, so that motion can be expected."""
        return any(network.armed for network in self.networks)


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, as Blink lists it (protocol §7, §7b); or an event of which Blink keeps no video.

    `key` is its identity for us for ever: "cloud:ID". `video` and `thumbnail` are paths on the REST host (`video` ""
    and `thumbnail` None where there is none). `partial` means it is still being written; `deleted` is a tombstone.
    `no_video` tells why there is none, None where there is one or may yet come. `seen` is who or what Blink saw in it,
    `sentence` and `description` are Blink's own words about it, short and long; `same_as` is the id of the entry of
    another camera that saw the same event before; `family` is the camera's where the entry tells it.
    """

    key: str
    id: int
    network_id: int
    network_name: str
    camera_id: int
    camera_name: str
    recorded_at: datetime
    updated_at: datetime
    cause: Cause | str
    video: str
    thumbnail: str | None = None
    time_zone: str = ""
    partial: bool = False
    deleted: bool = False
    origin: Origin = Origin.CLOUD
    no_video: NoVideo | str | None = None
    seen: tuple[Seen | str, ...] = ()
    sentence: str = ""
    description: str = ""
    same_as: int | None = None
    family: Family | None = None

    @property
    def has_video(self) -> bool:
        """Whether there is a whole video of it."""
        return not self.partial and (bool(self.video) or self.origin is Origin.USB)


class Outcome(StrEnum):
    """How a command to a device ended. UNKNOWN: still running when we stopped waiting (protocol §5)."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CommandResult:
    """The end of a command; `message` is Blink's own word where it gave one."""

    outcome: Outcome
    message: str = ""

    @property
    def done(self) -> bool:
        """Whether the device did it."""
        return self.outcome is Outcome.DONE


class Role(StrEnum):
    """What a chat may do. Strangers have none."""

    OWNER = "owner"

    def covers(self, other: "Role") -> bool:
        """Whether this role may do what the other may."""
        return self is Role.OWNER or self is other


@dataclass(frozen=True, slots=True)
class Chat:
    """An authorized Telegram chat. Private chats have positive ids; groups negative ones.

    `language` is the chat's choice, as a language code; None while it has none.
    """

    id: int
    role: Role = Role.OWNER
    language: str | None = None

    @property
    def is_private(self) -> bool:
        """Whether one person alone reads it, so that a PIN may be asked for there."""
        return self.id > 0


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What Telegram wants to be told about a video: whole seconds and pixels."""

    duration: int
    width: int
    height: int


class SlowedBy(StrEnum):
    """Why Blink is polled less often than is set."""

    NOTHING_ARMED = "nothing is armed"
    MUTED = "every chat is muted"
    BUDGET = "the hourly budget of requests"
    THROTTLED = "Blink asked us to slow down"
    FAILURES = "polls fail"


@dataclass(frozen=True, slots=True)
class OddEntry:
    """An entry of one of Blink's lists that could not be read, and so was left out; nothing of its content.

    `operation` and `place` tell the list, `field` and `problem` what is wrong, `shape` the names and kinds of its
    fields.
    """

    operation: str
    place: str
    field: str
    problem: str
    shape: str


@dataclass(frozen=True, slots=True)
class Health:
    """How the watch stands, for /status.

    `failure` is how the last poll failed (None where it went well), `poll_interval` the seconds between polls now,
    `slowed_by` why they are more than the setting (None where they are not). `spending` is what the last hour's
    requests were for, `left_out` how many entries of Blink's lists could not be read, `older_lists` whether Blink
    serves these in the older generation alone.
    """

    last_good_poll: datetime | None = None
    failure: BlinkbotError | None = None
    poll_interval: float = 0.0
    slowed_by: SlowedBy | None = None
    spending: Spending | None = None
    left_out: Mapping[OddEntry, int] = field(default_factory=dict)
    older_lists: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a camera has just taken, as JPEG."""

    camera: Camera
    network: Network
    jpeg: bytes = field(repr=False)
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything /status shows: the home, each camera's last clip (by camera id), the watch and the sign-in.

    `home_seen_at` is when the homescreen told the home: the lists of clips say nothing of it.
    """

    home: Home
    last_clips: dict[int, Clip]
    health: Health
    sign_in: SignInState
    home_seen_at: datetime | None = None
