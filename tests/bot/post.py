"""An outbox in memory, and a Blink that hands out clips."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from blinkbot.domain import Clip
from blinkbot.errors import BlinkError, NotFound
from blinkbot.outbox import Delivery
from tests.bot.house import MP4, jpeg
from tests.clock import FakeClock


@dataclass
class Entry:
    """A row and what became of it."""

    delivery: Delivery
    state: str = "waiting"
    not_before: datetime | None = None
    reason: str = ""


class PostOffice:
    """A ports.Outbox; `idle` is set once somebody waits for work."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.entries: list[Entry] = []
        self.held: dict[int, datetime] = {}
        self.files: dict[str, str] = {}
        self.work = asyncio.Event()
        self.idle = asyncio.Event()

    def put(self, clip: Clip, *chat_ids: int) -> None:
        for chat_id in chat_ids:
            self.entries.append(Entry(Delivery(len(self.entries) + 1, clip, chat_id, 0, self.clock())))
        self.work.set()

    def of(self, chat_id: int) -> Entry:
        return next(entry for entry in self.entries if entry.delivery.chat_id == chat_id)

    def states(self) -> Sequence[str]:
        return [entry.state for entry in self.entries]

    async def claim(self, now: datetime) -> Delivery | None:
        self.work.clear()
        for entry in self.entries:
            if entry.state == "waiting" and self._due(entry) <= now:
                entry.state = "sending"
                return replace(entry.delivery, file_id=self.files.get(entry.delivery.clip.key))
        return None

    async def next_due_at(self) -> datetime | None:
        return min((self._due(entry) for entry in self.entries if entry.state == "waiting"), default=None)

    async def sent(self, delivery: Delivery, message_id: int, file_id: str | None) -> None:
        self._entry(delivery).state = "sent"
        if file_id is not None:
            self.files[delivery.clip.key] = file_id

    async def postpone(self, delivery: Delivery, not_before: datetime, reason: str) -> None:
        entry = self._entry(delivery)
        entry.state, entry.not_before, entry.reason = "waiting", not_before, reason
        entry.delivery = replace(entry.delivery, attempts=entry.delivery.attempts + 1)
        self.work.set()

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        self.held[chat_id] = max(until, self.held.get(chat_id, until))

    async def give_up(self, delivery: Delivery, reason: str) -> None:
        entry = self._entry(delivery)
        entry.state, entry.reason = "given up", reason

    async def recover(self) -> int:
        interrupted = [entry for entry in self.entries if entry.state == "sending"]
        for entry in interrupted:
            entry.state = "waiting"
        return len(interrupted)

    async def wait_for_work(self) -> None:
        self.idle.set()
        await self.work.wait()

    async def on_migrated(self, old: int, new: int) -> None:
        for entry in self.entries:
            if entry.delivery.chat_id == old:
                entry.delivery = replace(entry.delivery, chat_id=new)

    def _due(self, entry: Entry) -> datetime:
        times = [entry.not_before, self.held.get(entry.delivery.chat_id), entry.delivery.queued_at]
        return max(time for time in times if time is not None)

    def _entry(self, delivery: Delivery) -> Entry:
        return next(entry for entry in self.entries if entry.delivery.id == delivery.id)


@dataclass
class Shelf:
    """A ClipSource. `trouble` meets downloads, `downloads` counts them."""

    video: bytes = MP4
    picture: bytes | None = field(default_factory=jpeg)
    trouble: BlinkError | OSError | None = None
    downloads: int = 0

    async def download_clip(self, clip: Clip, target: Path) -> int:
        self.downloads += 1
        if self.trouble:
            raise self.trouble
        await asyncio.to_thread(target.write_bytes, self.video)
        return len(self.video)

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        if self.picture is None:
            raise NotFound("video-thumbnail", 404)
        return self.picture
