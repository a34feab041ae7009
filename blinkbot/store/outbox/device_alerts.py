"""Troubles of devices on their way to chats.

A trouble that begins makes a notice for each chat. It is told; when the trouble is over, those chats that were told
hear of that too. Who tells asks for the next notice and marks nothing as being sent: there is one such teller, and a
notice that changes under its hands (the trouble is over while it is being told) is simply next again.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlite_utils

from blinkbot.domain.deliveries import DeviceAlert, DeviceIssue, DeviceIssueKind
from blinkbot.store.outbox.queue import LONGEST_DELAY
from blinkbot.store.preferences import alerts_of, mutes_of, wishes_of
from blinkbot.store.sqlite.mapping import Row, micros, moment, text
from blinkbot.store.sqlite.repository import Records

TO_TELL = (
    "FROM notices AS notice JOIN chats AS chat ON chat.id = notice.chat_id"
    " WHERE NOT notice.settled AND (notice.over_at IS NULL OR notice.told)"
)
"""What is to be told: that it began, or to a chat that knows so, that it is over."""

NEXT = (
    f"SELECT notice.* {TO_TELL} AND notice.not_before <= :now AND chat.held_until <= :now"
    " ORDER BY coalesce(notice.over_at, notice.begun_at), notice.id LIMIT 1"
)

NEXT_DUE = f"SELECT min(max(notice.not_before, chat.held_until)) AS due {TO_TELL}"

THESE = "kind = :kind AND device_id = :device"


class NoticeRecords(Records):
    """The part of the store that keeps notices (`ports.DeviceAlertOutbox`)."""

    async def trouble_begun(self, trouble: DeviceIssue, chats: Sequence[int], since: datetime | None = None) -> bool:
        """A trouble is there, since then or from now on; a notice for each chat is made where it was not known.

        True when it is new. A chat that was told of it before, and does not yet know that it was over, is told nothing.
        """
        begun = micros(since or self._clock())
        return await self._database.run(
            lambda db: _begun(db, trouble, chats, begun), after=lambda new: self._ring() if new else None
        )

    async def trouble_over(self, trouble: DeviceIssue) -> bool:
        """It ended; notices that were told go out again to say so, others are dropped. True when it was known."""
        now = micros(self._clock())
        return await self._database.run(
            lambda db: _over(db, trouble, now), after=lambda known: self._ring() if known else None
        )

    async def next_notice(self, now: datetime) -> DeviceAlert | None:
        """The next notice that is to be told, or to be told as over. It is next until something becomes of it."""
        self._notices.clear()

        def look(db: sqlite_utils.Database) -> DeviceAlert | None:
            # A next try is farther off only where the clock was set back. What a mute holds has not been tried.
            farthest = micros(now + LONGEST_DELAY)
            db.execute(
                "UPDATE notices SET not_before = :farthest"
                " WHERE NOT settled AND attempts > 0 AND not_before > :farthest",
                {"farthest": farthest},
            )
            return _next(db, now)

        return await self._database.run(look, after=self._ring_again)

    async def told(self, notice: DeviceAlert, message_id: int | None) -> None:
        """It is in the chat (None: it needed no telling)."""
        await self._database.run(lambda db: _told(db, notice, message_id), after=self._ring)

    async def postpone_notice(self, notice: DeviceAlert, not_before: datetime) -> None:
        """Later; counts as an attempt."""
        due = micros(not_before)
        await self._database.run(lambda db: _postpone(db, notice, due), after=self._ring)

    async def hold_notice(self, notice: DeviceAlert, until: datetime) -> None:
        """Later, since its chat has it muted until then; counts as no attempt.

        It is due again as soon as the chat's wishes change. Where they are others already than it says, it stays due.
        """
        due, now = micros(until), self._clock()
        await self._database.run(lambda db: _hold(db, notice, due, now))

    async def drop_notice(self, notice: DeviceAlert) -> None:
        """It will never be told."""
        await self._database.run(lambda db: _told(db, notice, None), after=self._ring)

    async def wait_for_notices(self) -> None:
        """Return when a notice may have become due since the last look."""
        await self._notices.wait()

    async def next_notice_at(self) -> datetime | None:
        """When the next one comes due; None when none waits."""
        due = await self._database.run(_next_due_at)
        return None if due is None else moment(due)

    def _ring_again(self, found: DeviceAlert | None) -> None:
        if found is not None:
            self._notices.set()


def _device(trouble: DeviceIssue) -> dict[str, Any]:
    return {"kind": trouble.kind.value, "device": trouble.device_id}


def _begun(db: sqlite_utils.Database, trouble: DeviceIssue, chats: Sequence[int], begun: int) -> bool:
    new = db.execute(
        "INSERT OR IGNORE INTO troubles (kind, device_id, begun_at) VALUES (:kind, :device, :begun)",
        {**_device(trouble), "begun": begun},
    ).rowcount
    if not new:
        return False
    for chat_id in chats:
        _notify(db, trouble, chat_id, begun)
    return True


def _notify(db: sqlite_utils.Database, trouble: DeviceIssue, chat_id: int, begun: int) -> None:
    which = {**_device(trouble), "chat": chat_id}
    chat = "(SELECT coalesce((SELECT new_id FROM chat_moves WHERE old_id = :chat), :chat))"
    still_believed = db.execute(
        f"UPDATE notices SET over_at = NULL, settled = 1, attempts = 0, not_before = 0 WHERE {THESE}"  # noqa: S608
        f" AND chat_id = {chat} AND over_at IS NOT NULL AND told AND NOT settled",
        which,
    ).rowcount
    if not still_believed:
        db.execute(
            "INSERT INTO notices (chat_id, kind, device_id, name, network_id, begun_at)"  # noqa: S608
            " SELECT id, :kind, :device, :name, :network, :begun FROM chats"
            f" WHERE position IS NOT NULL AND id = {chat}",
            {**which, "name": text(trouble.name), "network": trouble.network_id, "begun": begun},
        )


def _over(db: sqlite_utils.Database, trouble: DeviceIssue, now: int) -> bool:
    known = db.execute(f"DELETE FROM troubles WHERE {THESE}", _device(trouble)).rowcount  # noqa: S608
    db.execute(
        f"UPDATE notices SET over_at = :now, settled = 0, attempts = 0, not_before = 0"  # noqa: S608
        f" WHERE {THESE} AND over_at IS NULL",
        {**_device(trouble), "now": now},
    )
    return known > 0


def _next(db: sqlite_utils.Database, now: datetime) -> DeviceAlert | None:
    row = next(db.query(NEXT, {"now": micros(now)}), None)
    return None if row is None else _notice_from(db, row, now)


def _notice_from(db: sqlite_utils.Database, row: Row, now: datetime) -> DeviceAlert:
    alerts, mutes = wishes_of(db, row["chat_id"], now)
    return DeviceAlert(
        id=row["id"],
        chat_id=row["chat_id"],
        trouble=DeviceIssue(DeviceIssueKind(row["kind"]), row["device_id"], row["name"], row["network_id"]),
        begun_at=moment(row["begun_at"]),
        over_at=None if row["over_at"] is None else moment(row["over_at"]),
        message_id=row["message_id"],
        attempts=row["attempts"],
        alerts=alerts,
        mutes=mutes,
    )


def _told(db: sqlite_utils.Database, notice: DeviceAlert, message_id: int | None) -> None:
    """Settled is it only where it still stands as it was told."""
    over_at = None if notice.over_at is None else micros(notice.over_at)
    db.execute(
        "UPDATE notices SET told = told OR :message IS NOT NULL, message_id = coalesce(:message, message_id),"
        " settled = over_at IS :over_at, attempts = 0, not_before = 0 WHERE id = :id",
        {"message": message_id, "over_at": over_at, "id": notice.id},
    )


def _postpone(db: sqlite_utils.Database, notice: DeviceAlert, due: int) -> None:
    db.execute("UPDATE notices SET not_before = ?, attempts = attempts + 1 WHERE id = ?", [due, notice.id])


def _hold(db: sqlite_utils.Database, notice: DeviceAlert, due: int, now: datetime) -> None:
    alerts, mutes = alerts_of(db, notice.chat_id), mutes_of(db, notice.chat_id, micros(now))
    # Somebody may have said /unmute since the notice was read, and would wait in vain for what is held now.
    if alerts == notice.alerts and mutes == tuple(mute for mute in notice.mutes if mute.until > now):
        db.execute("UPDATE notices SET not_before = ?, attempts = 0 WHERE id = ?", [due, notice.id])


def _next_due_at(db: sqlite_utils.Database) -> int | None:
    due: int | None = next(db.query(NEXT_DUE))["due"]
    return due
