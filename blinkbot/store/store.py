"""The store: one SQLite file and the spool folder beside it."""

import asyncio
import shutil
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import sqlite_utils

from blinkbot.domain.deliveries import DeliveryState
from blinkbot.errors import DataFolderError
from blinkbot.ports import Clock
from blinkbot.store.account import AccountRecords
from blinkbot.store.chats import ChatRecords
from blinkbot.store.clip_search import ShelfRecords
from blinkbot.store.clips import ClipRecords
from blinkbot.store.home import HomeRecords
from blinkbot.store.outbox.bursts import IncidentRecords
from blinkbot.store.outbox.device_alerts import NoticeRecords
from blinkbot.store.outbox.forum_topics import TopicRecords
from blinkbot.store.outbox.queue import ClaimRecords
from blinkbot.store.outbox.results import OutboxRecords
from blinkbot.store.preferences import MUTES_KEPT, AlertRecords
from blinkbot.store.sqlite.data_folder import make_folder
from blinkbot.store.sqlite.database import Database
from blinkbot.store.sqlite.mapping import micros
from blinkbot.store.usb_clips import UsbRecords

DATABASE_NAME = "blinkbot.db"
SPOOL_NAME = "spool"

FRESH_FOR = timedelta(minutes=15)


class Store(
    AccountRecords,
    ChatRecords,
    AlertRecords,
    ClipRecords,
    UsbRecords,
    ShelfRecords,
    ClaimRecords,
    OutboxRecords,
    IncidentRecords,
    NoticeRecords,
    TopicRecords,
    HomeRecords,
):
    """Everything that lasts. It is a `ports.TokenStore`, an `Outbox`, a `DeviceAlertOutbox`, a `TopicStore`,
    a `ChatDirectory`, and what the control asks for clips and for what chats want.

    Every method is one transaction, carried out also when its awaiter is cancelled. They raise DataFolderError when
    the file or its disk fails. Times are aware and come back in UTC.
    """

    def __init__(self, database: Database, clock: Clock, fresh_for: timedelta, spool: Path) -> None:
        """Not for callers: see `open`."""
        super().__init__(database, clock, fresh_for)
        self._spool = spool

    @classmethod
    async def open(cls, data_dir: Path, clock: Clock, *, fresh_for: timedelta = FRESH_FOR) -> Self:
        """Open the store in a data folder, which is made when it is missing.

        `fresh_for` is how long after its recording a clip is an alert; what is older goes as backlog.
        Whoever runs on the folder for long holds its `DataFolderLock` first. Raises DataFolderError when the folder
        or the database in it is not usable.
        """
        spool = data_dir / SPOOL_NAME
        await asyncio.to_thread(_make_folders, data_dir, spool)
        database = await Database.open(data_dir / DATABASE_NAME)
        store = cls(database, clock, fresh_for, spool)
        try:
            await store.load_chats()
        except BaseException:
            await database.close()
            raise
        return store

    async def close(self) -> None:
        """Carry out every write that was begun, then close the file."""
        await self._database.close()

    @property
    def spool_dir(self) -> Path:
        """The folder for videos on their way; only this user can read it."""
        return self._spool

    async def clean_spool(self, keep: Collection[Path] = ()) -> int:
        """Remove everything from the spool folder but these; returns how many entries went.

        Raises DataFolderError when something cannot be removed.
        """
        return await asyncio.to_thread(_clean, self._spool, {path.absolute() for path in keep})

    async def prune(self, older_than: datetime) -> int:
        """Forget what nobody will ask for again and is older than this; returns how many rows went.

        Deliveries that ended with their incidents, notices of troubles that are over, strangers, and clips that Blink
        has deleted and Telegram never got. Clips with a file id stay. Mutes go a day after their end.
        """
        before, mutes_before = micros(older_than), micros(self._clock() - MUTES_KEPT)
        return await self._database.run(lambda db: _prune(db, before, mutes_before))


def _make_folders(data_dir: Path, spool: Path) -> None:
    make_folder(data_dir)
    make_folder(spool)


def _clean(spool: Path, keep: Collection[Path]) -> int:
    removed = 0
    try:
        for entry in spool.iterdir():
            if entry.absolute() in keep:
                continue
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
            removed += 1
    except OSError as error:
        raise DataFolderError(f"The spool folder {spool} cannot be emptied: {error.strerror}.") from error
    return removed


def _prune(db: sqlite_utils.Database, before: int, mutes_before: int) -> int:
    ended = [DeliveryState.SENT.value, DeliveryState.GIVEN_UP.value, DeliveryState.WITHHELD.value]
    return sum(
        db.execute(statement, parameters).rowcount
        for statement, parameters in (
            ("DELETE FROM deliveries WHERE state IN (?, ?, ?) AND finished_at < ?", [*ended, before]),
            (
                "DELETE FROM incidents WHERE last_at < ?"
                " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE incident_id = incidents.id)",
                [before],
            ),
            ("DELETE FROM notices WHERE over_at < ?", [before]),
            ("DELETE FROM mutes WHERE until < ?", [mutes_before]),
            ("DELETE FROM strangers WHERE met_at < ?", [before]),
            (
                "DELETE FROM clips WHERE deleted AND file_id IS NULL AND max(updated_at, first_seen_at) < ?"
                " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE clip_key = key)",
                [before],
            ),
        )
    )
