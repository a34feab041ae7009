"""A home in memory, with two networks and a camera of each family, and what the bot is given of it."""

import asyncio
import io
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from PIL import Image

from blinkbot.domain import (
    ArmAction,
    Camera,
    Cause,
    Chat,
    Clip,
    CommandResult,
    Family,
    Health,
    Home,
    Network,
    NetworkSchedules,
    Outcome,
    Overview,
    Picture,
    PinRequest,
    Power,
    Schedule,
    ScheduleEntry,
    SignInState,
    SyncModule,
    VideoFacts,
    Weekday,
)
from blinkbot.domain.clip_search import ClipEvent, KeptClip
from blinkbot.domain.statistics import ChartWords
from blinkbot.domain.timezones import zone_of
from blinkbot.errors import BlinkError, MediaError, NotAllowed, NotFound, NotSignedIn, PlotsMissing, WrongPin
from blinkbot.ports import Announcer
from tests.bot.house_alerts import Choices, HouseAlerts, HousePreferences
from tests.bot.house_clips import FoundClips, HouseClips
from tests.bot.house_devices import Devices, HouseDevices
from tests.clock import FakeClock

CHICAGO = "America/Chicago"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(2000)


def jpeg(color: str = "teal", size: tuple[int, int] = (64, 48)) -> bytes:
    """A real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, color).save(buffer, "JPEG")
    return buffer.getvalue()


HOME = Network(11, "Home", armed=False, time_zone=CHICAGO)
CABIN = Network(12, "Cabin", armed=True, time_zone=CHICAGO)
PORCH = Camera(
    101,
    11,
    "Front Porch",
    Family.CAMERA,
    "catalina",
    motion=True,
    online=True,
    battery=Power.OK,
    wifi_bars=4,
    temperature_f=68,
)
KITCHEN = Camera(102, 11, "Kitchen", Family.MINI, "owl", motion=False, online=True)
BELL = Camera(103, 12, "Door", Family.DOORBELL, "lotus", motion=True, online=False, battery=Power.LOW, wifi_bars=2)


def home(*networks: Network, cameras: Sequence[Camera] = (PORCH, KITCHEN, BELL)) -> Home:
    """A home; without arguments the one with both networks."""
    chosen = networks or (HOME, CABIN)
    ids = {network.id for network in chosen}
    modules = tuple(SyncModule(50 + n.id, n.id, "My Blink Sync Module", online=True) for n in chosen)
    return Home(chosen, modules, tuple(camera for camera in cameras if camera.network_id in ids))


def clip(
    number: int = 1, camera: Camera = PORCH, *, minutes_ago: float = 10, cause: Cause | str = Cause.MOTION
) -> Clip:
    """A clip that was recorded some minutes before the clock's start."""
    network = HOME if camera.network_id == HOME.id else CABIN
    at = FakeClock().now - timedelta(minutes=minutes_ago)
    return Clip(
        key=f"cloud:{number}",
        id=number,
        network_id=network.id,
        network_name=network.name,
        camera_id=camera.id,
        camera_name=camera.name,
        recorded_at=at,
        updated_at=at,
        cause=cause,
        video=f"/media/{number}.mp4",
        thumbnail=f"/media/{number}.jpg",
        time_zone=CHICAGO,
    )


def night(number: int = 7, name: str = "Night", *, network_id: int = 11, enabled: bool = True) -> Schedule:
    """A schedule that arms at 23:00 in a Chicago winter on weekdays and disarms at 06:30 every day."""
    workdays = (Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI, Weekday.SAT)
    return Schedule(
        number,
        network_id,
        name,
        enabled,
        (
            ScheduleEntry(workdays, time(5, 0), ArmAction.ARM),
            ScheduleEntry(tuple(Weekday), time(12, 30), ArmAction.DISARM),
        ),
    )


class Directory:
    """A ports.ChatDirectory, and who was met as a stranger."""

    def __init__(self, *chat_ids: int) -> None:
        self.known = [Chat(chat_id) for chat_id in chat_ids]
        self.met: list[int] = []
        self.moves: list[tuple[int, int]] = []
        self.broken = False

    def all(self) -> Sequence[Chat]:
        return self.known

    def find(self, chat_id: int) -> Chat | None:
        return next((chat for chat in self.known if chat.id == chat_id), None)

    async def set_language(self, chat_id: int, language: str | None) -> None:
        self.known = [replace(chat, language=language) if chat.id == chat_id else chat for chat in self.known]

    async def first_meeting(self, chat_id: int) -> bool:
        if self.broken:
            raise OSError("disk full")
        first = chat_id not in self.met
        self.met.append(chat_id)
        return first

    async def former_ids(self) -> Sequence[int]:
        return []

    async def migrate(self, old: int, new: int) -> None:
        self.moves.append((old, new))
        self.known = [replace(chat, id=new) if chat.id == old else chat for chat in self.known]


FRAME = jpeg("navy")
"""What Videos takes for the first frame of any video."""


SHEET = jpeg("maroon")
"""What Videos takes for the contact sheet of any video."""


class Videos:
    """A ports.Videos for files that say of themselves what they are."""

    async def facts(self, video: Path) -> VideoFacts:
        if b"broken" in await asyncio.to_thread(video.read_bytes):
            raise MediaError("not a video")
        return VideoFacts(duration=12, width=320, height=180)

    async def first_frame(self, video: Path) -> bytes:
        await self.facts(video)
        return FRAME

    async def contact_sheet(self, video: Path) -> bytes:
        await self.facts(video)
        return SHEET

    async def telegram_thumbnail(self, picture: bytes) -> bytes:
        if not picture.startswith(b"\xff\xd8"):
            raise MediaError("not a picture")
        return picture

    async def remux(self, stream: Path | bytes, target: Path) -> None:
        raise MediaError("nothing is recorded in this house")

    async def repack(self, video: Path, target: Path) -> int:
        await self.facts(video)
        return (await asyncio.to_thread(shutil.copyfile, video, target)).stat().st_size

    async def shrink(self, video: Path, target: Path, limit: int, progress: Callable[[float], None]) -> int:
        raise MediaError("it cannot be made smaller")

    async def plot(self, events: Sequence[ClipEvent], zone: str, now: datetime, words: ChartWords) -> bytes:
        raise PlotsMissing("no plots in this house")


@dataclass
class House:
    """A home that does what it is asked, unless told otherwise.

    `hold` lets commands to devices wait until it is set; `results` are how the next commands of a network end;
    `trouble` is raised by everything that needs Blink; `undeletable` tells by key why Blink keeps a clip, `choices`
    holds what each chat wants to be told.
    """

    directory: Directory
    announcer: Announcer
    spool: Path
    clock: FakeClock = field(default_factory=FakeClock)
    now: Home = field(default_factory=home)
    hold: asyncio.Event = field(default_factory=asyncio.Event)
    memory: asyncio.Event = field(default_factory=asyncio.Event)
    remembered: asyncio.Event = field(default_factory=asyncio.Event)
    results: dict[int, CommandResult | BlinkError] = field(default_factory=dict)
    trouble: BlinkError | None = None
    kept: list[KeptClip] = field(default_factory=list)
    video: bytes = MP4
    thumbnail: bytes | None = None
    videos_of: dict[str, bytes] = field(default_factory=dict)
    undeletable: dict[str, BlinkError] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    devices: Devices = field(default_factory=Devices)
    programs: list[NetworkSchedules] = field(default_factory=list)
    state: SignInState = SignInState.SIGNED_IN
    pin: str = "424242"
    wants_pin: bool = True
    asked: list[str] = field(default_factory=list)
    health: Health = field(
        default_factory=lambda: Health(last_good_poll=datetime(2026, 11, 22, 17, 59, 48, tzinfo=UTC))
    )

    def __post_init__(self) -> None:
        self.hold.set()
        self.memory.set()
        zone = zone_of(CHICAGO)
        self.programs = [
            NetworkSchedules(HOME, (night(), night(8, "Holiday", enabled=False)), zone),
            NetworkSchedules(CABIN, (night(9, "Night", network_id=12),), zone),
        ]

    async def ask(self, what: str) -> None:
        """What every request to Blink goes through."""
        self.asked.append(what)
        await self.hold.wait()
        if self.trouble:
            raise self.trouble

    def for_chat(self, chat_id: int) -> "HouseControl":
        if self.directory.find(chat_id) is None:
            raise NotAllowed("no")
        return HouseControl(self, chat_id)


class HouseControl(HouseAlerts, HouseClips, HouseDevices):
    """A ports.ChatControl over a House."""

    def __init__(self, house: House, chat_id: int) -> None:
        self.house = house
        self.chat_id = chat_id

    @property
    def clips(self) -> FoundClips:
        return FoundClips(self.house)

    @property
    def preferences(self) -> HousePreferences:
        return HousePreferences(self.house, self.chat_id)

    async def home(self) -> Home:
        await self.house.memory.wait()
        return self.house.now

    async def overview(self) -> Overview:
        last = {kept.clip.camera_id: kept.clip for kept in reversed(self.house.kept)}
        return Overview(self.house.now, last, self.house.health, self.house.state)

    async def arm(self, network_id: int) -> CommandResult:
        return await self._switch("arm", network_id, armed=True)

    async def disarm(self, network_id: int) -> CommandResult:
        return await self._switch("disarm", network_id, armed=False)

    async def take_picture(self, camera_id: int) -> Picture:
        await self._ask(f"snap {camera_id}")
        camera = self.house.now.camera(camera_id)
        network = self.house.now.network(camera.network_id) if camera else None
        if camera is None or network is None:
            raise NotFound("new-thumbnail", 404)
        result = self.house.results.get(camera_id)
        if isinstance(result, BlinkError):
            raise result
        return Picture(camera, network, jpeg(), self.house.clock())

    async def schedules(self) -> Sequence[NetworkSchedules]:
        await self._ask("schedules")
        return self.house.programs

    async def switch_schedule(self, network_id: int, schedule_id: int, *, on: bool) -> None:
        await self._ask(f"{'enable' if on else 'disable'} {network_id}/{schedule_id}")
        self.house.programs = [
            replace(
                each,
                schedules=tuple(replace(s, enabled=on) if s.id == schedule_id else s for s in each.schedules),
            )
            for each in self.house.programs
        ]

    async def sign_in(self) -> PinRequest | None:
        self.house.asked.append("sign in")
        if self.house.trouble:
            raise self.house.trouble
        if self.house.wants_pin:
            self.house.state = SignInState.PIN_NEEDED
            asked = PinRequest("sms", "+1 *** 42", 30)
            await self.house.announcer.pin_needed(asked, self.chat_id)
            return asked
        await self._signed_in()
        return None

    async def enter_pin(self, pin: str) -> PinRequest | None:
        self.house.asked.append(f"pin {pin}")
        if self.house.state is not SignInState.PIN_NEEDED:
            raise NotSignedIn("no code is awaited")
        if pin != self.house.pin:
            raise WrongPin
        await self._signed_in()
        return None

    def sign_in_state(self) -> SignInState:
        return self.house.state

    async def _signed_in(self) -> None:
        self.house.state = SignInState.SIGNED_IN
        await self.house.announcer.signed_in(self.chat_id)

    async def _switch(self, verb: str, network_id: int, *, armed: bool) -> CommandResult:
        await self._ask(f"{verb} {network_id}")
        result = self.house.results.get(network_id, CommandResult(Outcome.DONE))
        if isinstance(result, BlinkError):
            raise result
        if result.done:
            networks = tuple(replace(n, armed=armed) if n.id == network_id else n for n in self.house.now.networks)
            self.house.now = replace(self.house.now, networks=networks)
        return result

    async def _ask(self, what: str) -> None:
        await self.house.ask(what)
