"""What every repository stands on: the database, the clock, and the signals that wake the senders."""

import asyncio
from collections.abc import Iterable

import sqlite_utils

from blinkbot.domain.deliveries import Lane
from blinkbot.ports import Clock
from blinkbot.store.sqlite.database import Database


class WorkSignals:
    """Events that are set when there may be something to send: one for each lane and one for device alerts, since
    each has a listener of its own."""

    def __init__(self) -> None:
        self.lanes = {lane: asyncio.Event() for lane in Lane}
        self.device_alerts = asyncio.Event()

    def set(self, lanes: Iterable[Lane]) -> None:
        """There may be work in these lanes."""
        for lane in lanes:
            self.lanes[lane].set()

    def set_all(self, _result: object = None) -> None:
        """Something has changed that may concern every sender."""
        self.set(Lane)
        self.device_alerts.set()

    def set_all_if(self, changed: object) -> None:
        """As `set_all`, after a transaction that changed something."""
        if changed:
            self.set_all()


class Repository:
    """One area of the database. Every method of a repository is one transaction (see `Database.run`)."""

    def __init__(self, database: Database, clock: Clock, signals: WorkSignals) -> None:
        self._database = database
        self._clock = clock
        self._signals = signals


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
