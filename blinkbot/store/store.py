"""The store: one SQLite file and the spool folder beside it."""

import asyncio
import shutil
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Self

import sqlite_utils

from blinkbot.errors import DataFolderError
from blinkbot.outbox import DeliveryState
from blinkbot.ports import Clock
from blinkbot.store.account import AccountRecords
from blinkbot.store.chats import ChatRecords
from blinkbot.store.clips import ClipRecords
from blinkbot.store.database import Database
from blinkbot.store.folder import make_folder
from blinkbot.store.home import HomeRecords
from blinkbot.store.outbox import OutboxRecords
from blinkbot.store.rows import micros
from blinkbot.store.usb import UsbRecords

DATABASE_NAME = "blinkbot.db"
SPOOL_NAME = "spool"


class Store(AccountRecords, ChatRecords, ClipRecords, UsbRecords, OutboxRecords, HomeRecords):
    """Everything that lasts. It is a `ports.TokenStore`, an `Outbox` and a `ChatDirectory`.

    Every method is one transaction, carried out also when its awaiter is cancelled. They raise DataFolderError when
    the file or its disk fails. Times are aware and come back in UTC.
    """

    def __init__(self, database: Database, clock: Clock, spool: Path) -> None:
        """Not for callers: see `open`."""
        super().__init__(database, clock)
        self._spool = spool

    @classmethod
    async def open(cls, data_dir: Path, clock: Clock) -> Self:
        """Open the store in a data folder, which is made when it is missing.

        Whoever runs on the folder for long holds its `DataFolderLock` first. Raises DataFolderError when the folder
        or the database in it is not usable.
        """
        spool = data_dir / SPOOL_NAME
        await asyncio.to_thread(_make_folders, data_dir, spool)
        database = await Database.open(data_dir / DATABASE_NAME)
        store = cls(database, clock, spool)
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

        Deliveries that ended, strangers, and clips that Blink has deleted and Telegram never got. Clips with a
        file id stay.
        """
        return await self._database.run(lambda db: _prune(db, micros(older_than)))


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


def _prune(db: sqlite_utils.Database, before: int) -> int:
    ended = [DeliveryState.SENT.value, DeliveryState.GIVEN_UP.value]
    return sum(
        db.execute(statement, parameters).rowcount
        for statement, parameters in (
            ("DELETE FROM deliveries WHERE state IN (?, ?) AND finished_at < ?", [*ended, before]),
            ("DELETE FROM strangers WHERE met_at < ?", [before]),
            (
                "DELETE FROM clips WHERE deleted AND file_id IS NULL AND max(updated_at, first_seen_at) < ?"
                " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE clip_key = key)",
                [before],
            ),
        )
    )
