"""What is kept of the Blink account: the session, the hardware id, the tries at signing in, single facts."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import uuid4

import sqlite_utils

from blinkbot.domain import Tokens
from blinkbot.errors import BlinkUnreachable
from blinkbot.store.sqlite.data_folder import open_private
from blinkbot.store.sqlite.mapping import micros, moment, tokens_from
from blinkbot.store.sqlite.repository import Records, read_fact, write_fact

HARDWARE_ID = "hardware id"

RENEWAL_LOCK = "renewal.lock"
RENEWAL_PATIENCE = 60
"""Seconds: a renewal has 20 for Blink's answer (`blink.auth`) and 10 for the disk."""

LOOKS_A_SECOND = 10

ATTEMPTS_KEPT = timedelta(days=30)
"""Far longer than any rule looks back."""


class AccountRecords(Records):
    """The part of the store that keeps the session (`ports.TokenStore`)."""

    async def load_tokens(self) -> Tokens | None:
        """The session, None when there is none."""
        return await self._database.run(_load_tokens)

    async def save_tokens(self, tokens: Tokens) -> None:
        """Keep a new session in place of the old one; returns when it is on disk."""
        row = {
            "id": 1,
            "access": tokens.access,
            "refresh": tokens.refresh,
            "expires_at": micros(tokens.expires_at),
            "account_id": tokens.account_id,
            "tier": tokens.tier,
            "kind": tokens.kind.value,
            "client_id": tokens.client_id,
        }
        await self._database.run(lambda db: _save_tokens(db, row))

    async def forget_tokens(self) -> None:
        """There is no session any more."""
        await self._database.run(_forget_tokens)

    @asynccontextmanager
    async def renewal(self) -> AsyncIterator[None]:
        """One renewal of the session at a time, over all programs on this data folder.

        A lock on a file of its own, which ends with the process that holds it. Raises BlinkUnreachable when another
        program holds it for longer than any renewal takes.
        """
        descriptor = open_private(self._database.path.with_name(RENEWAL_LOCK))
        try:
            await _locked(descriptor)
            yield
        finally:
            os.close(descriptor)

    async def hardware_id(self) -> str:
        """The id this installation has for Blink: an uppercase UUID, made once and kept for ever (protocol §3)."""
        return await self._database.run(_hardware_id)

    async def note_sign_in_attempt(self, now: datetime) -> None:
        """Remember that e-mail and password were sent, so that also after restarts they are not sent too often."""
        await self._database.run(lambda db: _note_attempt(db, now))

    async def sign_in_attempts(self, since: datetime) -> list[datetime]:
        """When e-mail and password were sent, at or after `since`, oldest first."""
        return await self._database.run(
            lambda db: [
                moment(row["at"])
                for row in db.query("SELECT at FROM sign_in_attempts WHERE at >= ? ORDER BY at, id", [micros(since)])
            ]
        )

    async def get_fact(self, name: str) -> str | None:
        """A single value kept with `set_fact`, None when there is none."""
        return await self._database.run(lambda db: read_fact(db, _fact_name(name)))

    async def set_fact(self, name: str, value: str | None) -> None:
        """Keep a single value across restarts; None forgets it."""
        await self._database.run(lambda db: _set_fact(db, _fact_name(name), value))


async def _locked(descriptor: int) -> None:
    """Take the lock without holding a thread up meanwhile: it is free in all but one case of a thousand."""
    for _ in range(RENEWAL_PATIENCE * LOOKS_A_SECOND):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            await asyncio.sleep(1 / LOOKS_A_SECOND)
        else:
            return
    raise BlinkUnreachable("Another blinkbot on this data folder is renewing the session and does not finish")


def _load_tokens(db: sqlite_utils.Database) -> Tokens | None:
    row = next(db.query("SELECT * FROM tokens WHERE id = 1"), None)
    return None if row is None else tokens_from(row)


def _save_tokens(db: sqlite_utils.Database, row: dict[str, object]) -> None:
    db.table("tokens").upsert(row, pk="id")


def _forget_tokens(db: sqlite_utils.Database) -> None:
    db.execute("DELETE FROM tokens")


def _hardware_id(db: sqlite_utils.Database) -> str:
    made = read_fact(db, HARDWARE_ID)
    if made is None:
        made = str(uuid4()).upper()
        write_fact(db, HARDWARE_ID, made)
    return made


def _note_attempt(db: sqlite_utils.Database, at: datetime) -> None:
    db.table("sign_in_attempts").insert({"at": micros(at)})
    db.execute("DELETE FROM sign_in_attempts WHERE at < ?", [micros(at - ATTEMPTS_KEPT)])


def _fact_name(name: str) -> str:
    """Callers' facts have names of their own, so that none can overwrite the cursor or the hardware id."""
    return f"app: {name}"


def _set_fact(db: sqlite_utils.Database, name: str, value: str | None) -> None:
    if value is None:
        db.execute("DELETE FROM facts WHERE name = ?", [name])
    else:
        write_fact(db, name, value)
