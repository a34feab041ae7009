"""The outbox as it is shipped, and a Blink that hands out clips."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from blinkbot.bot import Courier
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.domain import Camera, Cause, Clip, Picture
from blinkbot.domain.clip_search import ClipEvent
from blinkbot.domain.preferences import Target
from blinkbot.domain.statistics import ChartWords
from blinkbot.errors import BlinkError, CutShort, MediaError, NotFound
from blinkbot.ports import Cloud
from blinkbot.store import Store
from tests.bot import house
from tests.bot.house import BELL, CABIN, MP4, PORCH, jpeg
from tests.clock import FakeClock

LARGE = MP4 + bytes(600_000)
PIECE = MP4 + b"broken"
"""A video that takes over a second on a line that nothing is known of."""

SHEET = jpeg("purple", (90, 60))


def alert(
    number: int = 1, camera: Camera = PORCH, *, seconds_ago: float = 5, cause: Cause | str = Cause.MOTION
) -> Clip:
    """A clip that was recorded just now."""
    return house.clip(number, camera, minutes_ago=seconds_ago / 60, cause=cause)


def press(number: int = 1, *, seconds_ago: float = 5) -> Clip:
    """A press of the bell."""
    return alert(number, BELL, seconds_ago=seconds_ago, cause=Cause.DOORBELL)


def old(number: int, camera: Camera = PORCH) -> Clip:
    """A clip that is no alert any more: the higher the number, the newer."""
    return house.clip(number, camera, minutes_ago=6000 - number)


@asynccontextmanager
async def running(courier: Courier) -> AsyncIterator[None]:
    """The courier at work by itself; it is stopped in the end as the program stops it."""
    task = asyncio.create_task(courier.run())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


class Everything:
    """Every clip is to be pushed."""

    def __contains__(self, key: object) -> bool:
        return True


class Post:
    """A store, and the words for what tests do to it."""

    def __init__(self, store: Store, clock: FakeClock) -> None:
        self.store = store
        self.clock = clock

    async def put(self, *clips: Clip, chats: Sequence[int]) -> None:
        """Blink lists these now."""
        await self.store.clips.record(clips, to_push=Everything(), chats=chats, cursor=None)

    async def states(self) -> list[str]:
        """What became of each delivery, in the order they were made."""
        return await self._column("state")

    async def stages(self) -> list[str]:
        """What of each delivery is in its chat."""
        return await self._column("stage")

    async def choose(self, chat_id: int, **wishes: object) -> None:
        """A chat's /alerts."""
        alerts = await self.store.preferences.for_chat(chat_id).alerts()
        await self.store.preferences.for_chat(chat_id).choose_alerts(replace(alerts, **wishes))  # type: ignore[arg-type]

    async def mute(self, chat_id: int, target: Target) -> None:
        """A chat's /mute for an hour, a minute ago."""
        self.clock.forward(-60)
        await self.store.preferences.for_chat(chat_id).mute(target, self.clock() + timedelta(hours=1))
        self.clock.forward(60)

    async def _column(self, name: str) -> list[str]:
        rows = await self.store.database.run(lambda db: list(db.query("SELECT * FROM deliveries ORDER BY id")))
        return [row[name] for row in rows]


@dataclass
class FakeCloud:
    """What delivery needs of a ports.Cloud. `trouble` meets downloads, `hold` lets them wait until it is set.

    `downloads` counts them, `missing` are the keys of clips that are not there. `no_picture_ends`: thumbnails begin and
    never come.
    """

    video: bytes = LARGE
    picture: bytes | None = field(default_factory=jpeg)
    trouble: Exception | None = None
    missing: set[str] = field(default_factory=set)
    no_picture_ends: bool = False
    is_piece: bool = False
    hold: asyncio.Event = field(default_factory=asyncio.Event)
    downloads: int = 0
    pictures: int = 0

    def __post_init__(self) -> None:
        self.hold.set()

    @property
    def port(self) -> Cloud:
        """It in the place of the whole."""
        return cast(Cloud, self)

    async def download_clip(self, clip: Clip, target: Path, *, piece: bool = False) -> int:
        self.downloads += 1
        await self.hold.wait()
        if self.trouble:
            raise self.trouble
        if clip.key in self.missing:
            raise NotFound("video", 404)
        if self.is_piece and not piece:
            raise CutShort("video", "it is no whole MP4")
        if self.is_piece:
            await asyncio.to_thread(target.write_bytes, PIECE)
            return len(PIECE)
        await asyncio.to_thread(target.write_bytes, self.video)
        return len(self.video)

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        self.pictures += 1
        if self.no_picture_ends:
            await asyncio.Event().wait()
        if self.picture is None:
            raise NotFound("video-thumbnail", 404)
        return self.picture


class Videos(house.Videos):
    """A ports.Videos that can make sheets, and makes nothing smaller than it is unless told so.

    Live views and plots are nothing that is delivered.
    """

    smaller: bytes | None = None

    async def contact_sheet(self, video: Path) -> bytes:
        await self.facts(video)
        return SHEET

    async def repack(self, video: Path, target: Path) -> int:
        raise MediaError("it is packed as well as can be")

    async def shrink(self, video: Path, target: Path, limit: int, progress: Callable[[float], None]) -> int:
        progress(0.4)
        if self.smaller is None:
            raise MediaError("it cannot be made so small")
        await asyncio.to_thread(target.write_bytes, self.smaller)
        return len(self.smaller)

    async def remux(self, stream: Path | bytes, target: Path) -> None:
        raise AssertionError("a courier records no live views")

    async def plot(self, events: Sequence[ClipEvent], zone: str, now: datetime, words: ChartWords) -> bytes:
        raise AssertionError("a courier draws nothing")


@dataclass
class FakeDoorbell:
    """A camera at the door: each picture is taken as soon as `ready` is set, or fails as `trouble` says."""

    clock: FakeClock
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    trouble: BlinkError | None = None
    asked: list[tuple[int, int]] = field(default_factory=list)
    jpeg: bytes = field(default_factory=lambda: jpeg("orange"))

    async def take_picture(self, chat_id: int, camera_id: int) -> Picture:
        self.asked.append((chat_id, camera_id))
        await self.ready.wait()
        if self.trouble:
            raise self.trouble
        return Picture(BELL, CABIN, self.jpeg, self.clock())


class Threads(ForumTopics):
    """Topics that are there without Telegram; `threads` are those there are, by camera."""

    def __init__(self) -> None:
        self.threads: dict[int, int] = {}
        self.lost_ones: list[int] = []
        self.next: int | None = None

    async def thread_for(self, chat_id: int, camera_id: int, camera_name: str, *, verified: bool = False) -> int | None:
        if camera_id not in self.threads and self.next is not None:
            self.threads[camera_id] = self.next
        return self.threads.get(camera_id)

    async def lost(self, chat_id: int, camera_id: int, thread_id: int) -> None:
        self.lost_ones.append(camera_id)
        del self.threads[camera_id]
