"""The one thread that owns the SQLite connection (design decision 8).

A connection shared between threads loses writes: one thread's rollback takes another's changes with it. So every
piece of work is a function that is handed the database, runs on the one thread, and is one whole transaction.
"""

import asyncio
import logging
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

import sqlite_utils

from blinkbot.errors import DataFolderError, FolderProblem
from blinkbot.store.sqlite.data_folder import FILE_MODE, open_private
from blinkbot.store.sqlite.migrations import migrations

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

BUSY_TIMEOUT = 10.0
"""Seconds to wait for another process that writes, such as a person's sqlite3 shell."""


class Database:
    """A SQLite file and the thread it lives on."""

    def __init__(self, path: Path, thread: ThreadPoolExecutor, connection: sqlite_utils.Database) -> None:
        """Not for callers: see `open`."""
        self._path = path
        self._thread = thread
        self._connection = connection
        self._closed = False

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open the file, or make it, and bring its tables up to date.

        Raises DataFolderError with a sentence for people when it is not usable.
        """
        thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="blinkbot-store")
        try:
            connection = await asyncio.get_running_loop().run_in_executor(thread, _connect, path)
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return cls(path, thread, connection)

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    async def run(
        self, work: Callable[[sqlite_utils.Database], Result], after: Callable[[Result], None] | None = None
    ) -> Result:
        """Run `work` as one transaction and return its result; all changes are on disk then, or none.

        **Cancelling the awaiter does not stop it**: it is carried out all the same, `after` included. Raises
        DataFolderError when the file or its disk fails, and what `work` raises.
        """
        outcome = self.hand_in(work, after)
        try:
            return await asyncio.shield(outcome)
        except asyncio.CancelledError:
            outcome.add_done_callback(_log_unheard_failure)
            raise

    def hand_in(
        self, work: Callable[[sqlite_utils.Database], Result], after: Callable[[Result], None] | None = None
    ) -> "asyncio.Future[Result]":
        """Queue `work` as one transaction, without waiting for it. Work runs in the order it was handed in.

        `after` runs in the event loop once the transaction is committed, so that what is kept in memory stays in
        step with the file. `work` must not return anything that still reads from the database.
        """
        if self._closed:
            raise RuntimeError("the store is closed")
        outcome = asyncio.get_running_loop().run_in_executor(self._thread, self._transaction, work)
        if after is not None:
            outcome.add_done_callback(partial(_tell, after))
        return outcome

    async def close(self) -> None:
        """Carry out what was handed in before, then close the file. Closing twice is allowed."""
        if self._closed:
            return
        self._closed = True
        try:
            await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._thread, self._connection.close))
        finally:
            self._thread.shutdown(wait=False)

    def _transaction(self, work: Callable[[sqlite_utils.Database], Result]) -> Result:
        database = self._connection
        try:
            # IMMEDIATE: a transaction that reads first and writes later is refused at once, without waiting, when
            # another process has written in between. It costs nothing where nothing is written.
            database.execute("BEGIN IMMEDIATE")
            try:
                result = work(database)
                database.commit()
            except BaseException:
                database.rollback()
                raise
        except sqlite3.Error as error:
            if not _blames_the_file(error):
                raise
            raise DataFolderError(self._path, FolderProblem.FAILED, str(error)) from error
        return result


def _tell(after: Callable[[Result], None], outcome: "asyncio.Future[Result]") -> None:
    if not outcome.cancelled() and outcome.exception() is None:
        after(outcome.result())


def _log_unheard_failure(outcome: "asyncio.Future[Result]") -> None:
    """A failure whose awaiter was cancelled would be lost."""
    if not outcome.cancelled() and (error := outcome.exception()) is not None:
        logger.error("Nothing was written: %s", error)


def _connect(path: Path) -> sqlite_utils.Database:
    os.close(open_private(path))  # SQLite gives -wal and -shm the mode of the file
    for leftover in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if leftover.exists():
            leftover.chmod(FILE_MODE)
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT)
    try:
        return _prepare(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise DataFolderError(path, FolderProblem.UNUSABLE, str(error)) from error
    except BaseException:
        connection.close()
        raise


def _prepare(connection: sqlite3.Connection, path: Path) -> sqlite_utils.Database:
    database = sqlite_utils.Database(connection, execute_plugins=False, strict=True)
    database.enable_wal()
    connection.execute("PRAGMA foreign_keys = ON")
    # In WAL mode anything less may lose the last transactions at a power cut, and with them a renewed session.
    connection.execute("PRAGMA synchronous = FULL")
    _refuse_newer(database, path)
    # One transaction: an update that fails leaves the file as it was, and a new file waits for the disk only once.
    with database.atomic():
        migrations.apply(database)
    return database


def _refuse_newer(database: sqlite_utils.Database, path: Path) -> None:
    known = {
        migration.name for migration in migrations.pending(sqlite_utils.Database(memory=True, execute_plugins=False))
    }
    unknown = [migration.name for migration in migrations.applied(database) if migration.name not in known]
    if unknown:
        raise DataFolderError(path, FolderProblem.NEWER, ", ".join(unknown))


def _blames_the_file(error: sqlite3.Error) -> bool:
    """Whether the file or its disk failed, and not a statement of ours."""
    return isinstance(error, sqlite3.OperationalError) or type(error) is sqlite3.DatabaseError
