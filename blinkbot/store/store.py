"""The store: the database with its repositories, and the spool folder beside it."""

import asyncio
import shutil
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import sqlite_utils

from blinkbot.domain import Tokens
from blinkbot.domain.deliveries import FRESH_FOR, DeliveryState
from blinkbot.errors import DataFolderError, FolderProblem
from blinkbot.ports import Clock
from blinkbot.store.account import AccountRepository, TokenRepository
from blinkbot.store.chats import ChatRepository
from blinkbot.store.clips import ClipRepository
from blinkbot.store.home import HomeRepository
from blinkbot.store.outbox.device_alerts import DeviceAlertRepository
from blinkbot.store.outbox.forum_topics import ForumTopicRepository
from blinkbot.store.outbox.outbox import OutboxRepository
from blinkbot.store.preferences import MUTES_KEPT, PreferenceRepository
from blinkbot.store.sqlite.data_folder import make_folder
from blinkbot.store.sqlite.database import Database
from blinkbot.store.sqlite.mapping import micros
from blinkbot.store.sqlite.repository import Storage, WorkSignals
from blinkbot.store.usb_clips import UsbClipRepository

DATABASE_NAME = "blinkbot.db"
SPOOL_NAME = "spool"


class Store:
    """Everything that lasts: a repository for each area, and the folder for videos on their way.

    Every method of a repository is one transaction, carried out also when its awaiter is cancelled. They raise
    DataFolderError when the file or its disk fails. Times are aware and come back in UTC.
    """

    def __init__(self, storage: Storage, spool_dir: Path, on_tokens: Callable[[Tokens], None]) -> None:
        """Not for callers: see `open`."""
        self.database = storage.database
        self.spool_dir = spool_dir
        self._clock = storage.clock
        self.tokens = TokenRepository(storage, on_tokens)
        self.account = AccountRepository(storage)
        self.chats = ChatRepository(storage)
        self.preferences = PreferenceRepository(storage)
        self.home = HomeRepository(storage)
        self.clips = ClipRepository(storage)
        self.usb_clips = UsbClipRepository(storage)
        self.outbox = OutboxRepository(storage)
        self.device_alerts = DeviceAlertRepository(storage)
        self.forum_topics = ForumTopicRepository(storage)

    @classmethod
    async def open(
        cls,
        data_dir: Path,
        clock: Clock,
        *,
        fresh_for: timedelta = FRESH_FOR,
        on_tokens: Callable[[Tokens], None] = lambda _: None,
    ) -> Self:
        """Open the store in a data folder, which is made when it is missing.

        `fresh_for` is how long after its recording a clip is an alert; what is older goes as backlog. `on_tokens` is
        called with every session that is read or written, so that logs can leave it out. A program that runs on the
        folder for long holds its `DataFolderLock` first. Raises DataFolderError when the folder or the database in it
        is not usable.
        """
        spool_dir = data_dir / SPOOL_NAME
        await asyncio.to_thread(_make_folders, data_dir, spool_dir)
        database = await Database.open(data_dir / DATABASE_NAME)
        store = cls(Storage(database, clock, WorkSignals(), fresh_for), spool_dir, on_tokens)
        try:
            await store.chats.load()
        except BaseException:
            await store.close()
            raise
        return store

    async def close(self) -> None:
        """Carry out every write that was begun, then close the file."""
        await self.database.close()

    async def clean_spool(self, keep: Collection[Path] = ()) -> int:
        """Remove everything from the spool folder but these; returns how many entries went.

        Raises DataFolderError when something cannot be removed.
        """
        return await asyncio.to_thread(_clean, self.spool_dir, {path.absolute() for path in keep})

    async def prune(self, older_than: datetime) -> int:
        """Forget what is of no use any more and is older than this; returns how many rows went.

        Deliveries that ended with their bursts, alerts of device issues that ended, strangers, and clips that Blink has
        deleted and Telegram never got. Clips with a file id stay. Mutes go a day after their end.
        """
        before, mutes_before = micros(older_than), micros(self._clock() - MUTES_KEPT)
        return await self.database.run(lambda db: _prune(db, before, mutes_before))


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
        raise DataFolderError(spool, FolderProblem.NOT_WRITABLE, error.strerror) from error
    return removed


def _prune(db: sqlite_utils.Database, before: int, mutes_before: int) -> int:
    ended = [DeliveryState.SENT.value, DeliveryState.GIVEN_UP.value, DeliveryState.SUPPRESSED.value]
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
