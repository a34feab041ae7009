"""The outbox: clips on their way to chats (design decision 1).

waiting → sending → sent; or, for an alert, first shown and waiting again for its video. Or back to waiting with
`not_before`; or suppressed, since the chat does not want it; or given up. Telegram cannot be asked whether
a message arrived, so what was being sent when the program ended is sent again.
"""

import asyncio
import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils

from blinkbot.domain.deliveries import Burst, Delivery, DeliveryState, Queue, Stage, StoredFile
from blinkbot.domain.preferences import Mute
from blinkbot.ports import Outbox
from blinkbot.store.clip_search import forget_file, set_file
from blinkbot.store.outbox import bursts, late_words
from blinkbot.store.outbox.enqueue import tell_by_another_camera
from blinkbot.store.outbox.queue import (
    NEXT_ALBUM,
    NEXT_DUE,
    NEXT_FIRST_MESSAGE,
    NEXT_VIDEO,
    limit_delays,
    move_to_backlog,
    release,
    take,
)
from blinkbot.store.preferences import mutes_of
from blinkbot.store.sqlite.mapping import micros, moment
from blinkbot.store.sqlite.repository import Repository

IS_ALL = "(SELECT no_video IS NOT NULL FROM clips WHERE key = clip_key)"
"""Whether a first message is all that comes: Blink keeps no video of the event."""

# What was given up meanwhile, since the chat lost its rights, stays so.
SHOWN = (
    f"UPDATE deliveries SET finished_at = iif({IS_ALL}, :now, finished_at), state = iif(state ="
    f" '{DeliveryState.SENDING}', iif({IS_ALL}, '{DeliveryState.SENT}', '{DeliveryState.WAITING}'), state),"
    " stage = :stage, attempts = 0, message_id = :message, thread_id = coalesce(:thread, thread_id),"
    " shown_at = coalesce(shown_at, :at), words = :words WHERE id = :id"
)
SENT = (
    f"UPDATE deliveries SET state = '{DeliveryState.SENT}', message_id = :message,"
    " thread_id = coalesce(:thread, thread_id), shown_at = coalesce(shown_at, :shown_at), finished_at = :now,"
    " words = :words"
    " WHERE id = :id"
)
POSTPONED = (
    f"UPDATE deliveries SET state = '{DeliveryState.WAITING}', not_before = ?, attempts = attempts + 1"
    f" WHERE id = ? AND state = '{DeliveryState.SENDING}'"
)
ENDED = f"UPDATE deliveries SET state = ?, told = ?, finished_at = ? WHERE id = ? AND state <> '{DeliveryState.SENT}'"
RECOVERED = f"UPDATE deliveries SET state = '{DeliveryState.WAITING}' WHERE state = '{DeliveryState.SENDING}'"


class OutboxRepository(Repository, Outbox):
    """The deliveries. A claim whose awaiter is cancelled is taken back."""

    async def claim(self, queue: Queue, now: datetime, *, limited: Collection[int] = ()) -> Delivery | None:
        if queue is Queue.BACKLOG:
            raise ValueError("the backlog is claimed by claim_album")
        query = NEXT_FIRST_MESSAGE if queue is Queue.ALERTS else NEXT_VIDEO
        taken = await self._claim(queue, query, now, limited, {})
        return taken[0] if taken else None

    async def claim_album(self, now: datetime, *, most: int, limited: Collection[int] = ()) -> Sequence[Delivery]:
        return await self._claim(Queue.BACKLOG, NEXT_ALBUM, now, limited, {"most": most})

    async def next_due_at(self, queue: Queue) -> datetime | None:
        due = await self._database.run(lambda db: next(db.query(NEXT_DUE[queue]))["due"])
        return None if due is None else moment(due)

    async def wait_for_work(self, queue: Queue) -> None:
        await self._signals.queues[queue].wait()

    async def join_burst(self, delivery: Delivery, window: timedelta) -> Burst:
        return await self._database.run(lambda db: bursts.join_burst(db, delivery, window))

    async def burst(self, burst_id: int) -> Burst:
        return await self._database.run(lambda db: bursts.read_burst(db, burst_id))

    async def miscounted_bursts(self, since: datetime) -> Sequence[int]:
        return await self._database.run(lambda db: bursts.miscounted_bursts(db, since))

    async def set_shown_count(self, burst_id: int, count: int) -> None:
        await self._execute("UPDATE incidents SET shown_count = ? WHERE id = ?", [count, burst_id])

    async def outdated(self, since: datetime) -> Sequence[int]:
        self._signals.late_words.clear()
        return await self._database.run(lambda db: late_words.outdated(db, since))

    async def delivery(self, delivery_id: int) -> Delivery | None:
        return await self._database.run(lambda db: late_words.read_delivery(db, delivery_id))

    async def mark_up_to_date(self, delivery: Delivery) -> None:
        words = late_words.words_of(delivery.clip)
        await self._execute("UPDATE deliveries SET words = ? WHERE id = ?", [words, delivery.id])

    async def wait_for_late_words(self) -> None:
        await self._signals.late_words.wait()

    async def mark_shown(
        self,
        delivery: Delivery,
        message_id: int,
        stage: Stage,
        *,
        thread_id: int | None = None,
        photo_id: str | None = None,
        sheet_id: str | None = None,
    ) -> None:
        shown = {
            "id": delivery.id,
            "stage": stage.value,
            "message": message_id,
            "thread": thread_id,
            "at": micros(delivery.shown_at or self._clock()),
            "now": micros(self._clock()),
            "words": late_words.words_of(delivery.clip),
        }

        def mark(db: sqlite_utils.Database) -> None:
            db.execute(SHOWN, shown)
            db.execute(
                "UPDATE clips SET photo_id = coalesce(?, photo_id), sheet_id = coalesce(?, sheet_id) WHERE key = ?",
                [photo_id, sheet_id, delivery.clip.key],
            )
            bursts.lead_burst(db, delivery.id)

        await self._change(mark)

    async def mark_sent(
        self, delivery: Delivery, message_id: int, file: StoredFile | None, *, thread_id: int | None = None
    ) -> None:
        now = self._clock()
        sent = {
            "id": delivery.id,
            "message": message_id,
            "thread": thread_id,
            "shown_at": micros(delivery.shown_at or now),
            "now": micros(now),
            "words": late_words.words_of(delivery.clip),
        }

        def mark(db: sqlite_utils.Database) -> None:
            db.execute(SENT, sent)
            if file is not None:
                set_file(db, delivery.clip.key, file)
            bursts.lead_burst(db, delivery.id)

        await self._change(mark)

    async def suppress(self, delivery: Delivery) -> None:
        now = self._clock()
        ended = [DeliveryState.SUPPRESSED.value, "", micros(now), delivery.id]
        fresh_since = micros(now - self._storage.fresh_for)

        def suppress(db: sqlite_utils.Database) -> None:
            db.execute(ENDED, ended)
            tell_by_another_camera(db, delivery, fresh_since)

        await self._change(suppress)

    async def give_up(self, work: Delivery) -> None:
        told = work.failure.as_json() if work.failure else ""
        ended = [DeliveryState.GIVEN_UP.value, told, micros(self._clock()), work.id]
        await self._change(lambda db: db.execute(ENDED, ended).rowcount)

    async def postpone(self, work: Delivery, not_before: datetime) -> None:
        postponed = [micros(not_before), work.id]
        await self._change(lambda db: db.execute(POSTPONED, postponed).rowcount)

    async def forget_file(self, key: str) -> None:
        await self._change(lambda db: forget_file(db, key))

    async def mutes(self, chat_id: int, now: datetime) -> Sequence[Mute]:
        return await self._database.run(lambda db: mutes_of(db, chat_id, micros(now)))

    async def recover(self) -> int:
        return await self._change(lambda db: db.execute(RECOVERED).rowcount)

    async def _claim(
        self, queue: Queue, query: str, now: datetime, limited: Collection[int], parameters: dict[str, Any]
    ) -> Sequence[Delivery]:
        # Cleared before the query, so that a write which comes in between is heard; set again if there may be more.
        self._signals.queues[queue].clear()
        taken: list[Delivery] = []
        fresh_since = micros(now - self._storage.fresh_for)
        parameters = {**parameters, "limited": json.dumps(list(limited))}

        def claim(db: sqlite_utils.Database) -> int:
            limit_delays(db, now)
            moved = move_to_backlog(db, fresh_since) if queue is Queue.ALERTS else 0
            taken.extend(take(db, query, now, parameters))
            return moved

        def signal(moved: int) -> None:
            self._signals.set(([queue] if taken else []) + ([Queue.BACKLOG] if moved else []))

        try:
            await self._database.run(claim, after=signal)
        except asyncio.CancelledError:
            self._database.hand_in(lambda db: release(db, taken), after=self._signals.set_all)
            raise
        return taken
