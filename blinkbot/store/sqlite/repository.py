"""What every part of the store stands on."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta

import sqlite_utils

from blinkbot.domain.deliveries import Lane
from blinkbot.ports import Clock
from blinkbot.store.sqlite.database import Database


class Records:
    """The database, the clock, and the bells that tell that there may be something to send.

    Each lane of the outbox has a bell of its own, and so have notices, since each has somebody else who listens.
    """

    def __init__(self, database: Database, clock: Clock, fresh_for: timedelta) -> None:
        """`fresh_for` is how long after its recording a clip is an alert."""
        self._database = database
        self._clock = clock
        self._fresh_for = fresh_for
        self._work = {lane: asyncio.Event() for lane in Lane}
        self._notices = asyncio.Event()

    def _ring(self, _result: object = None) -> None:
        """Something has changed that may concern anybody."""
        self._ring_in(Lane)
        self._notices.set()

    def _ring_in(self, lanes: Iterable[Lane]) -> None:
        for lane in lanes:
            self._work[lane].set()


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
