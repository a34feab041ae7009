"""The outbox: clips on their way to chats (design decision 1).

waiting → sending → sent; or back to waiting with `not_before`; or given up with a reason. Telegram cannot be asked
whether a message arrived, so what was being sent when the program ended is sent again.
"""

import asyncio
from datetime import datetime

import sqlite_utils

from blinkbot.outbox import Delivery, DeliveryState
from blinkbot.store.clips import set_file
from blinkbot.store.records import Records
from blinkbot.store.rows import Row, clip_from, micros, moment

WAITING, SENDING, SENT, GIVEN_UP = (state.value for state in DeliveryState)

CLAIMABLE = """
    FROM deliveries AS delivery
    JOIN clips AS clip ON clip.key = delivery.clip_key
    JOIN chats AS chat ON chat.id = delivery.chat_id
    WHERE delivery.state = :waiting
    AND (clip.file_id IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM deliveries AS upload WHERE upload.clip_key = clip.key AND upload.state = :sending))
"""
"""Waiting, and not behind an upload of the same clip: when that is through, its file id serves this chat too."""

NEXT = (
    "SELECT clip.*, delivery.id AS delivery_id, delivery.chat_id, delivery.attempts, delivery.queued_at,"
    " delivery.message_id" + CLAIMABLE + "AND delivery.not_before <= :now AND chat.held_until <= :now"
    " ORDER BY delivery.priority DESC, delivery.queued_at, clip.recorded_at, delivery.id LIMIT 1"
)

NEXT_DUE = "SELECT min(max(delivery.not_before, chat.held_until)) AS due" + CLAIMABLE


class OutboxRecords(Records):
    """The part of the store that keeps deliveries (`ports.Outbox`)."""

    async def claim(self, now: datetime) -> Delivery | None:
        """The next delivery that is due, now marked as being sent; None when nothing is due.

        Higher priority first, then what was first seen first. While a clip is being uploaded for one chat, its
        other chats wait for the file id, and other clips go on. A claim whose awaiter is cancelled is taken back.
        """
        # Silent from here on, so that a write which comes in between is heard; loud again if there may be more.
        self._work.clear()
        taken: list[Delivery] = []
        try:
            await self._database.run(
                lambda db: taken.extend(_claim(db, micros(now))), after=lambda _: self._ring_if(taken)
            )
        except asyncio.CancelledError:
            self._database.hand_in(lambda db: _take_back(db, taken), after=self._ring)
            raise
        return taken[0] if taken else None

    async def next_due_at(self) -> datetime | None:
        """When the next waiting delivery comes due; None when none waits.

        What waits for an upload of the same clip has no time of its own: `wait_for_work` tells of it.
        """
        due = await self._database.run(_next_due_at)
        return None if due is None else moment(due)

    async def wait_for_work(self) -> None:
        """Return when something may have become due since the last claim that found nothing."""
        await self._work.wait()

    async def sent(self, delivery: Delivery, message_id: int, file_id: str | None) -> None:
        """It is in the chat, as this message; `file_id` serves the other chats."""
        finished_at = micros(self._clock())
        await self._database.run(lambda db: _sent(db, delivery, message_id, file_id, finished_at), after=self._ring)

    async def postpone(self, delivery: Delivery, not_before: datetime, reason: str) -> None:
        """Back to waiting; counts as an attempt. Does nothing when it was given up in the meantime."""
        due = micros(not_before)
        await self._database.run(lambda db: _postpone(db, delivery, due, reason), after=self._ring)

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        """Nothing goes to this chat before `until` (flood control); an earlier time than the last changes nothing."""
        await self._database.run(lambda db: _hold_chat(db, chat_id, micros(until)))

    async def give_up(self, delivery: Delivery, reason: str) -> None:
        """It will never be sent; `reason` is kept for people."""
        finished_at = micros(self._clock())
        await self._database.run(lambda db: _give_up(db, delivery, reason, finished_at), after=self._ring)

    async def recover(self) -> int:
        """At start: what was being sent when the program ended waits again; returns how many."""
        return await self._database.run(_recover, after=self._ring)

    async def pending_count(self) -> int:
        """How many deliveries are on their way: waiting or being sent."""
        return await self._database.run(
            lambda db: db.table("deliveries").count_where("state IN (?, ?)", [WAITING, SENDING])
        )

    def _ring_if(self, found: list[Delivery]) -> None:
        if found:
            self._ring()


def _claim(db: sqlite_utils.Database, now: int) -> list[Delivery]:
    """The next delivery, marked as being sent; a list of one, or empty."""
    row = next(db.query(NEXT, {"waiting": WAITING, "sending": SENDING, "now": now}), None)
    if row is None:
        return []
    db.execute("UPDATE deliveries SET state = ? WHERE id = ?", [SENDING, row["delivery_id"]])
    return [_delivery_from(row)]


def _delivery_from(row: Row) -> Delivery:
    return Delivery(
        id=row["delivery_id"],
        clip=clip_from(row),
        chat_id=row["chat_id"],
        attempts=row["attempts"],
        queued_at=moment(row["queued_at"]),
        file_id=row["file_id"],
        message_id=row["message_id"],
    )


def _take_back(db: sqlite_utils.Database, taken: list[Delivery]) -> None:
    for delivery in taken:
        db.execute("UPDATE deliveries SET state = ? WHERE id = ? AND state = ?", [WAITING, delivery.id, SENDING])


def _next_due_at(db: sqlite_utils.Database) -> int | None:
    due: int | None = next(db.query(NEXT_DUE, {"waiting": WAITING, "sending": SENDING}))["due"]
    return due


def _sent(
    db: sqlite_utils.Database, delivery: Delivery, message_id: int, file_id: str | None, finished_at: int
) -> None:
    db.execute(
        "UPDATE deliveries SET state = ?, message_id = ?, reason = '', finished_at = ? WHERE id = ?",
        [SENT, message_id, finished_at, delivery.id],
    )
    if file_id is not None:
        set_file(db, delivery.clip.key, file_id)


def _postpone(db: sqlite_utils.Database, delivery: Delivery, due: int, reason: str) -> None:
    db.execute(
        "UPDATE deliveries SET state = ?, not_before = ?, reason = ?, attempts = attempts + 1"
        " WHERE id = ? AND state = ?",
        [WAITING, due, reason, delivery.id, SENDING],
    )


def _hold_chat(db: sqlite_utils.Database, chat_id: int, until: int) -> None:
    db.execute("UPDATE chats SET held_until = max(held_until, ?) WHERE id = ?", [until, chat_id])


def _give_up(db: sqlite_utils.Database, delivery: Delivery, reason: str, finished_at: int) -> None:
    db.execute(
        "UPDATE deliveries SET state = ?, reason = ?, finished_at = ? WHERE id = ? AND state <> ?",
        [GIVEN_UP, reason, finished_at, delivery.id, SENT],
    )


def _recover(db: sqlite_utils.Database) -> int:
    return db.execute("UPDATE deliveries SET state = ? WHERE state = ?", [WAITING, SENDING]).rowcount
