"""What every repository stands on: the database, the clock, and the signals that wake the senders."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlite_utils

from blinkbot.domain.deliveries import Queue
from blinkbot.ports import Clock
from blinkbot.store.sqlite.database import Database, Result


class WorkSignals:
    """Events that are set when there may be something to send: one for each queue, for device alerts and for what
    comes late, since each has a listener of its own."""

    def __init__(self) -> None:
        self.queues = {queue: asyncio.Event() for queue in Queue}
        self.device_alerts = asyncio.Event()
        self.late_words = asyncio.Event()

    def set(self, queues: Iterable[Queue]) -> None:
        """There may be work in these queues."""
        for queue in queues:
            self.queues[queue].set()

    def set_all(self, _result: object = None) -> None:
        """Something has changed that may concern every sender."""
        self.set(Queue)
        self.device_alerts.set()
        self.late_words.set()

    def set_all_if(self, changed: object) -> None:
        """As `set_all`, after a transaction that changed something."""
        if changed:
            self.set_all()


@dataclass(frozen=True, slots=True)
class Storage:
    """What all repositories share. `fresh_for` is how long after its recording a clip is an alert."""

    database: Database
    clock: Clock
    signals: WorkSignals
    fresh_for: timedelta


class Repository:
    """One area of the database. Every method of a repository is one transaction (see `Database.run`)."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._database = storage.database
        self._clock = storage.clock
        self._signals = storage.signals

    async def _execute(self, sql: str, parameters: Sequence[object] = ()) -> int:
        """Run one statement; returns how many rows it changed."""
        return await self._database.run(lambda db: db.execute(sql, parameters).rowcount)

    async def _change(self, work: Callable[[sqlite_utils.Database], Result]) -> Result:
        """Run work that may concern every sender."""
        return await self._database.run(work, after=self._signals.set_all)


class ChatBound(Repository):
    """One area of the database as one chat sees it."""

    def __init__(self, storage: Storage, chat_id: int) -> None:
        super().__init__(storage)
        self._chat_id = chat_id


def read_fact(db: sqlite_utils.Database, name: str) -> str | None:
    """A single value, None when it was never set."""
    row = next(db.query("SELECT value FROM facts WHERE name = ?", [name]), None)
    return None if row is None else str(row["value"])


def write_fact(db: sqlite_utils.Database, name: str, value: str) -> None:
    """Set a single value. SQLite writes nothing to the disk where the same value is there already."""
    db.execute(
        "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )
