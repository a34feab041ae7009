"""What every part of the store stands on."""

import asyncio

import sqlite_utils

from blinkbot.ports import Clock
from blinkbot.store.database import Database


class Records:
    """The database, the clock, and the bell that tells that a delivery may have become due."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._work = asyncio.Event()

    def _ring(self, _result: object = None) -> None:
        self._work.set()


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
