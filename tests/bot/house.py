"""A home in memory, with two networks and a camera of each family, and what the bot is given of it."""

import asyncio
import io
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from PIL import Image
from sqlite_utils import Database

from blinkbot.control.chat_control import chat_controls
from blinkbot.control.signin import SignInService
from blinkbot.domain import (
    ArmAction,
    Camera,
    Cause,
    Clip,
    Family,
    Health,
    Home,
    Network,
    Power,
    Schedule,
    ScheduleEntry,
    SignInState,
    SyncModule,
    Tokens,
    VideoFacts,
    Weekday,
)
from blinkbot.domain.clip_search import ClipEvent, KeptClip
from blinkbot.domain.deliveries import DeliveryState, StoredFile
from blinkbot.domain.preferences import ChatAlerts, Target
from blinkbot.domain.statistics import ChartWords
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.ports import Announcer, ChatControl
from blinkbot.store import Store
from blinkbot.store.clip_search import set_file
from tests.bot.fake_blink import FakeBlink, tokens
from tests.clock import FakeClock

OWNER = 1001
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
        assert isinstance(stream, Path)
        await asyncio.to_thread(shutil.copyfile, stream, target)

    async def repack(self, video: Path, target: Path) -> int:
        await self.facts(video)
        return (await asyncio.to_thread(shutil.copyfile, video, target)).stat().st_size

    async def shrink(self, video: Path, target: Path, limit: int, progress: Callable[[float], None]) -> int:
        raise MediaError("it cannot be made smaller")

    async def plot(self, events: Sequence[ClipEvent], zone: str, now: datetime, words: ChartWords) -> bytes:
        raise PlotsMissing("no plots in this house")


class House(FakeBlink):
    """A home: the control and the store that are shipped, over a Blink in memory."""

    def __init__(self, store: Store, announcer: Announcer, clock: FakeClock) -> None:
        programs = [night(), night(8, "Holiday", enabled=False), night(9, network_id=12)]
        super().__init__(clock, home(), programs, MP4, jpeg())
        self.store = store
        self.clock = clock
        self.health = Health(last_good_poll=datetime(2026, 11, 22, 17, 59, 48, tzinfo=UTC))
        self.spool = store.spool_dir
        self._announcer = announcer
        self._sign_in = self._new_sign_in()

    @property
    def state(self) -> SignInState:
        """Where the sign-in stands."""
        return self._sign_in.state

    async def sign_in(self) -> None:
        """There is a session, as from an earlier run."""
        await self.store.tokens.save(tokens(self.clock))
        await self._sign_in.resume()

    async def sign_out(self) -> None:
        """There is no session, and the owners were not told so."""
        await self.store.tokens.forget()
        self._sign_in = self._new_sign_in()

    def for_chat(self, chat_id: int) -> ChatControl:
        return chat_controls(
            self,
            self.store,
            Videos(),
            self,
            lambda: self.health,
            self._sign_in,
            self.clock,
            "Europe/Berlin",
            on_armed=lambda: None,
            on_asked=lambda: None,
            on_live_view=lambda *_: None,
            sleep=self.picture_look,
        )(chat_id)

    async def keep(self, *clips: KeptClip) -> None:
        """These clips, and no others, are known; those that are suppressed are so in the owner's chat."""
        listed = [replace(kept.clip, deleted=kept.gone) for kept in clips]

        def forget(db: Database) -> None:
            db.execute("DELETE FROM deliveries")
            db.execute("DELETE FROM clips")

        await self.store.database.run(forget)
        await self.store.clips.record(listed, to_push=(), chats=(), cursor=None)

        def complete(db: Database) -> None:
            for kept in clips:
                if kept.file is not None:
                    set_file(db, kept.clip.key, kept.file)
                db.execute("UPDATE clips SET photo_id = ? WHERE key = ?", [kept.photo_id, kept.clip.key])
                if kept.suppressed:
                    db.table("deliveries").insert(
                        {"clip_key": kept.clip.key, "chat_id": OWNER, "state": DeliveryState.SUPPRESSED, "queued_at": 0}
                    )

        await self.store.database.run(complete)

    async def kept(self) -> list[KeptClip]:
        """The clips that are known, in the order in which they came to be."""
        keys = await self.store.database.run(
            lambda db: [row["key"] for row in db.query("SELECT key FROM clips ORDER BY rowid")]
        )
        return [await self.store.clips.for_chat(OWNER).get(key) for key in keys]

    async def uploaded(self, key: str = "cloud:1", *, instead_of: StoredFile | None = None) -> StoredFile:
        """Wait until Telegram's copy of a clip is known, and is another one than this."""
        async with asyncio.timeout(5):
            while True:
                file = (await self.store.clips.for_chat(OWNER).get(key)).file
                if file is not None and file != instead_of:
                    # What was waiting for it to be written down goes on before another answer of the database comes.
                    await self.kept()
                    return file

    async def alerts(self, chat_id: int = OWNER) -> ChatAlerts:
        """What a chat has chosen."""
        return await self.store.preferences.for_chat(chat_id).alerts()

    async def choose(self, chat_id: int, alerts: ChatAlerts) -> None:
        """A chat's choice."""
        await self.store.preferences.for_chat(chat_id).choose_alerts(alerts)

    async def muted(self, chat_id: int = OWNER) -> dict[Target, timedelta]:
        """What is muted in a chat, and how long from now."""
        mutes = await self.store.preferences.for_chat(chat_id).mutes()
        return {mute.target: mute.until - self.clock() for mute in mutes}

    def _new_sign_in(self) -> SignInService:
        async def nobody_waits(_: Tokens) -> None:
            return None

        store = self.store
        return SignInService(
            self, store.tokens, store.account, self._announcer, self.clock, fingerprint="ada", on_signed_in=nobody_waits
        )
