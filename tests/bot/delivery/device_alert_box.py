"""Device alerts on their way, in memory."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from blinkbot.domain import Chat
from blinkbot.domain.deliveries import DeviceAlert, DeviceIssue
from blinkbot.domain.preferences import ChatAlerts, Mute
from tests.clock import FakeClock


class Directory:
    """A ports.ChatDirectory, and who was met as a stranger."""

    def __init__(self, *chat_ids: int) -> None:
        self.known = [Chat(chat_id) for chat_id in chat_ids]
        self.met: list[int] = []
        self.moves: list[tuple[int, int]] = []
        self.holds: list[tuple[int, datetime]] = []
        self.broken = False

    def all(self) -> Sequence[Chat]:
        return self.known

    def find(self, chat_id: int) -> Chat | None:
        return next((chat for chat in self.known if chat.id == chat_id), None)

    async def set_language(self, chat_id: int, language: str | None) -> None:
        self.known = [replace(chat, language=language) if chat.id == chat_id else chat for chat in self.known]

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        self.holds.append((chat_id, until))

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


class DeviceAlertBox(Directory):
    """A ports.DeviceAlertOutbox, and the directory of its chats. `alerts` and `mutes` are what every chat wants."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self.alerts = ChatAlerts()
        self.mutes: tuple[Mute, ...] = ()
        self.notices: dict[int, DeviceAlert] = {}
        self.waiting: dict[int, datetime] = {}
        self.dropped: list[int] = []
        self._clock = clock
        self._changed = asyncio.Event()

    async def begin_issue(self, trouble: DeviceIssue, chats: Sequence[int], since: datetime | None = None) -> bool:
        for chat_id in chats:
            number = len(self.notices) + 1
            self.notices[number] = DeviceAlert(number, chat_id, trouble, since or self._clock())
            self.waiting[number] = self._clock()
        self._changed.set()
        return True

    async def end_issue(self, trouble: DeviceIssue) -> bool:
        for number, notice in self.notices.items():
            if notice.issue == trouble and notice.ended_at is None:
                self.notices[number] = replace(notice, ended_at=self._clock(), attempts=0)
                if notice.message_id is not None:
                    self.waiting[number] = self._clock()
        self._changed.set()
        return True

    async def next_due(self, now: datetime) -> DeviceAlert | None:
        self._changed.clear()
        due = [number for number, at in self.waiting.items() if at <= now]
        return replace(self.notices[due[0]], alerts=self.alerts, mutes=self.mutes) if due else None

    async def mark_sent(self, notice: DeviceAlert, message_id: int | None) -> None:
        now = self.notices[notice.id] = replace(self.notices[notice.id], message_id=message_id)
        # What was over while it was being told is told next.
        if now.ended_at == notice.ended_at or message_id is None:
            del self.waiting[notice.id]

    async def postpone(self, work: DeviceAlert, not_before: datetime) -> None:
        self.waiting[work.id] = not_before
        self.notices[work.id] = replace(self.notices[work.id], attempts=work.attempts + 1)

    async def hold(self, notice: DeviceAlert, until: datetime) -> None:
        self.waiting[notice.id] = until

    async def give_up(self, work: DeviceAlert) -> None:
        del self.waiting[work.id]
        self.dropped.append(work.id)

    async def wait_for_work(self) -> None:
        await self._changed.wait()

    async def next_due_at(self) -> datetime | None:
        return min(self.waiting.values(), default=None)

    async def migrate(self, old: int, new: int) -> None:
        await super().migrate(old, new)
        self.notices = {
            number: replace(notice, chat_id=new) if notice.chat_id == old else notice
            for number, notice in self.notices.items()
        }

    def waits(self, number: int = 1) -> timedelta:
        """How long a notice still waits."""
        return self.waiting[number] - self._clock()
