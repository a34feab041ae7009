"""The outbox: what becomes of clips on their way to chats (design decision 1). What goes next is in `claims`.

waiting → sending → sent; or, for an alert, first shown and waiting again for its video. Or back to waiting with
`not_before`; or withheld, since the chat does not want it; or given up with a reason. Telegram cannot be asked whether
a message arrived, so what was being sent when the program ended is sent again.
"""

from datetime import datetime

import sqlite_utils

from blinkbot.domain.deliveries import Delivery, DeliveryState, Stage, StoredFile
from blinkbot.store.clip_search import set_file
from blinkbot.store.outbox.bursts import lead_incident
from blinkbot.store.sqlite.mapping import micros
from blinkbot.store.sqlite.repository import Records

WAITING, SENDING, SENT, GIVEN_UP, WITHHELD = (state.value for state in DeliveryState)


class OutboxRecords(Records):
    """The part of the store that keeps deliveries (`ports.Outbox`)."""

    async def shown(
        self,
        delivery: Delivery,
        message_id: int,
        stage: Stage,
        *,
        thread_id: int | None = None,
        photo_id: str | None = None,
        sheet_id: str | None = None,
    ) -> None:
        """Its first sight is in the chat; it waits for its video, and its tries are counted anew.

        It came at the delivery's own `shown_at`, or now where that says nothing. The ids serve the other chats. It
        leads its incident, where that has no head.
        """
        now = micros(delivery.shown_at or self._clock())

        def show(db: sqlite_utils.Database) -> None:
            db.execute(
                # What was given up meanwhile, since the chat lost its rights, stays so.
                "UPDATE deliveries SET state = iif(state = :sending, :waiting, state), stage = :stage, attempts = 0,"
                " reason = '', message_id = :message, thread_id = coalesce(:thread, thread_id),"
                " shown_at = coalesce(shown_at, :now) WHERE id = :id",
                {
                    "sending": SENDING,
                    "waiting": WAITING,
                    "stage": stage.value,
                    "message": message_id,
                    "thread": thread_id,
                    "now": now,
                    "id": delivery.id,
                },
            )
            db.execute(
                "UPDATE clips SET photo_id = coalesce(?, photo_id), sheet_id = coalesce(?, sheet_id) WHERE key = ?",
                [photo_id, sheet_id, delivery.clip.key],
            )
            lead_incident(db, delivery.id)

        await self._database.run(show, after=self._ring)

    async def sent(
        self, delivery: Delivery, message_id: int, file: StoredFile | None, *, thread_id: int | None = None
    ) -> None:
        """It is whole in the chat, as this message; `file` serves the other chats."""
        now = micros(self._clock())
        shown_at = now if delivery.shown_at is None else micros(delivery.shown_at)

        def send(db: sqlite_utils.Database) -> None:
            db.execute(
                "UPDATE deliveries SET state = ?, reason = '', message_id = ?, thread_id = coalesce(?, thread_id),"
                " shown_at = coalesce(shown_at, ?), finished_at = ? WHERE id = ?",
                [SENT, message_id, thread_id, shown_at, now, delivery.id],
            )
            if file is not None:
                set_file(db, delivery.clip.key, file)
            lead_incident(db, delivery.id)

        await self._database.run(send, after=self._ring)

    async def withhold(self, delivery: Delivery) -> None:
        """The chat does not want to be shown it; it stays in /clips, marked."""
        await self._end(delivery, WITHHELD, "")

    async def give_up(self, delivery: Delivery, reason: str, *, told: str = "") -> None:
        """It will never be sent; `reason` is kept for people, `told` is what the chat was told.

        What is in the chat of it stays.
        """
        await self._end(delivery, GIVEN_UP, reason, told)

    async def postpone(self, delivery: Delivery, not_before: datetime, reason: str) -> None:
        """Back to waiting, in its stage; counts as an attempt. Does nothing when it was given up in the meantime."""
        due = micros(not_before)
        await self._database.run(lambda db: _postpone(db, delivery, due, reason), after=self._ring)

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        """Nothing goes to this chat before `until` (flood control); an earlier time than the last changes nothing."""
        await self._database.run(lambda db: _hold_chat(db, chat_id, micros(until)))

    async def recover(self) -> int:
        """At start: what was being sent when the program ended waits again, in its stage; returns how many."""
        return await self._database.run(_recover, after=self._ring)

    async def pending_count(self) -> int:
        """How many deliveries are on their way: waiting or being sent."""
        return await self._database.run(
            lambda db: db.table("deliveries").count_where("state IN (?, ?)", [WAITING, SENDING])
        )

    async def _end(self, delivery: Delivery, state: str, reason: str, told: str = "") -> None:
        now = micros(self._clock())
        ending: dict[str, str | int] = {"state": state, "reason": reason, "told": told, "now": now}
        await self._database.run(lambda db: _end(db, delivery, ending), after=self._ring)


def _end(db: sqlite_utils.Database, delivery: Delivery, ending: dict[str, str | int]) -> None:
    db.execute(
        "UPDATE deliveries SET state = :state, reason = :reason, told = :told, finished_at = :now"
        " WHERE id = :id AND state <> :sent",
        {**ending, "id": delivery.id, "sent": SENT},
    )


def _postpone(db: sqlite_utils.Database, delivery: Delivery, due: int, reason: str) -> None:
    db.execute(
        "UPDATE deliveries SET state = ?, not_before = ?, reason = ?, attempts = attempts + 1"
        " WHERE id = ? AND state = ?",
        [WAITING, due, reason, delivery.id, SENDING],
    )


def _hold_chat(db: sqlite_utils.Database, chat_id: int, until: int) -> None:
    db.execute("UPDATE chats SET held_until = max(held_until, ?) WHERE id = ?", [until, chat_id])


def _recover(db: sqlite_utils.Database) -> int:
    return db.execute("UPDATE deliveries SET state = ? WHERE state = ?", [WAITING, SENDING]).rowcount
