"""The Blink account: its session, this installation's hardware id, and the attempts to sign in."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import uuid4

import sqlite_utils

from blinkbot.domain import Tokens
from blinkbot.errors import BlinkUnreachable
from blinkbot.ports import TokenStore
from blinkbot.store.sqlite.data_folder import open_private
from blinkbot.store.sqlite.mapping import micros, moment, row_of, value_from
from blinkbot.store.sqlite.repository import Repository, Storage, read_fact, write_fact

HARDWARE_ID = "hardware id"
OLD_GENERATION = "old generation until: "
CREDENTIALS_TRIED = "app: credentials tried"

RENEWAL_LOCK = "renewal.lock"
RENEWAL_TIMEOUT = 60
"""Seconds: a renewal has 20 for Blink's answer (`blink.auth`) and 10 for the disk."""

TRIES_PER_SECOND = 10

ATTEMPTS_KEPT = timedelta(days=30)
"""Far longer than any rule looks back."""


class TokenRepository(Repository, TokenStore):
    """The session with Blink."""

    def __init__(self, storage: Storage, on_tokens: Callable[[Tokens], None]) -> None:
        """`on_tokens` is called with every session that is read or written, so that logs can leave it out."""
        super().__init__(storage)
        self._on_tokens = on_tokens

    async def load(self) -> Tokens | None:
        tokens = await self._database.run(_load_tokens)
        if tokens is not None:
            self._on_tokens(tokens)
        return tokens

    async def save(self, tokens: Tokens) -> None:
        self._on_tokens(tokens)
        row = row_of(tokens) | {"id": 1}
        await self._database.run(lambda db: _save_tokens(db, row))

    async def forget(self) -> None:
        await self._execute("DELETE FROM tokens")

    @asynccontextmanager
    async def renewal(self) -> AsyncIterator[None]:
        # A lock on a file of its own, which ends with the process that holds it.
        descriptor = open_private(self._database.path.with_name(RENEWAL_LOCK))
        try:
            await _locked(descriptor)
            yield
        finally:
            os.close(descriptor)


class AccountRepository(Repository):
    """What else is known of the Blink account."""

    async def hardware_id(self) -> str:
        """The id this installation has for Blink: an uppercase UUID, made once and kept (protocol §3)."""
        return await self._database.run(_hardware_id)

    async def note_sign_in_attempt(self, now: datetime) -> None:
        """Remember when e-mail and password were sent, so that they are not sent too often, restarts included."""
        await self._database.run(lambda db: _note_attempt(db, now))

    async def sign_in_attempts(self, since: datetime) -> list[datetime]:
        """When e-mail and password were sent, at or after `since`, oldest first."""
        return await self._database.run(
            lambda db: [
                moment(row["at"])
                for row in db.query("SELECT at FROM sign_in_attempts WHERE at >= ? ORDER BY at, id", [micros(since)])
            ]
        )

    async def credentials_tried(self) -> str | None:
        """The fingerprint of the credentials that were tried last, None when none were."""
        return await self._database.run(lambda db: read_fact(db, CREDENTIALS_TRIED))

    async def old_generation_until(self, listing: str) -> datetime | None:
        """Until when the older generation of a list is asked for, None where there was no reason to."""
        stored = await self._database.run(lambda db: read_fact(db, f"{OLD_GENERATION}{listing}"))
        return None if stored is None else moment(int(stored))

    async def keep_old_generation(self, listing: str, until: datetime) -> None:
        """Remember that the newer one is not served."""
        await self._database.run(lambda db: write_fact(db, f"{OLD_GENERATION}{listing}", str(micros(until))))

    async def set_credentials_tried(self, fingerprint: str) -> None:
        """Remember which credentials were tried."""
        await self._database.run(lambda db: write_fact(db, CREDENTIALS_TRIED, fingerprint))


async def _locked(descriptor: int) -> None:
    """Take the lock without blocking a thread: it is nearly always free."""
    for _ in range(RENEWAL_TIMEOUT * TRIES_PER_SECOND):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.sleep(1 / TRIES_PER_SECOND)
        else:
            return
    raise BlinkUnreachable("Another blinkbot on this data folder is renewing the session and does not finish")


def _load_tokens(db: sqlite_utils.Database) -> Tokens | None:
    row = next(db.query("SELECT * FROM tokens WHERE id = 1"), None)
    return None if row is None else value_from(Tokens, row)


def _save_tokens(db: sqlite_utils.Database, row: dict[str, object]) -> None:
    db.table("tokens").upsert(row, pk="id")


def _hardware_id(db: sqlite_utils.Database) -> str:
    made = read_fact(db, HARDWARE_ID)
    if made is None:
        made = str(uuid4()).upper()
        write_fact(db, HARDWARE_ID, made)
    return made


def _note_attempt(db: sqlite_utils.Database, at: datetime) -> None:
    db.table("sign_in_attempts").insert({"at": micros(at)})
    db.execute("DELETE FROM sign_in_attempts WHERE at < ?", [micros(at - ATTEMPTS_KEPT)])
