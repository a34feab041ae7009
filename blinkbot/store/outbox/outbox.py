"""The outbox: clips on their way to chats (design decision 1)."""

import asyncio
import json
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import sqlite_utils

from blinkbot.domain.deliveries import Burst, Delivery, DeliveryState, Lane, Stage, StoredFile
from blinkbot.domain.failures import FailureReason
from blinkbot.domain.preferences import Mute
from blinkbot.ports import Clock, Outbox
from blinkbot.store.clip_search import forget_file
from blinkbot.store.outbox import bursts, queue, results
from blinkbot.store.preferences import mutes_of
from blinkbot.store.sqlite.database import Database
from blinkbot.store.sqlite.mapping import micros, moment
from blinkbot.store.sqlite.repository import Repository, WorkSignals


class OutboxRepository(Repository, Outbox):
    """The deliveries. A claim whose awaiter is cancelled is taken back."""

    def __init__(self, database: Database, clock: Clock, signals: WorkSignals, fresh_for: timedelta) -> None:
        """`fresh_for` is how long after its recording a clip is an alert."""
        super().__init__(database, clock, signals)
        self._fresh_for = fresh_for

    async def claim(self, lane: Lane, now: datetime, *, resting: Collection[int] = ()) -> Delivery | None:
        if lane is Lane.BACKLOG:
            raise ValueError("the backlog is claimed by claim_album")
        query = queue.NEXT_SIGHT if lane is Lane.SIGHT else queue.NEXT_VIDEO
        taken = await self._claim(lane, query, now, resting, {})
        return taken[0] if taken else None

    async def claim_album(self, now: datetime, *, most: int, resting: Collection[int] = ()) -> Sequence[Delivery]:
        return await self._claim(Lane.BACKLOG, queue.NEXT_ALBUM, now, resting, {"most": most})

    async def next_due_at(self, lane: Lane) -> datetime | None:
        due = await self._database.run(lambda db: queue.next_due_at(db, lane))
        return None if due is None else moment(due)

    async def wait_for_work(self, lane: Lane) -> None:
        await self._signals.lanes[lane].wait()

    async def join_burst(self, delivery: Delivery, window: timedelta) -> Burst:
        return await self._database.run(lambda db: bursts.join_burst(db, delivery, window))

    async def burst(self, burst_id: int) -> Burst:
        return await self._database.run(lambda db: bursts.read_burst(db, burst_id))

    async def miscounted_bursts(self, since: datetime) -> Sequence[int]:
        return await self._database.run(lambda db: bursts.miscounted_bursts(db, since))

    async def set_shown_count(self, burst_id: int, count: int) -> None:
        await self._database.run(lambda db: bursts.set_shown_count(db, burst_id, count))

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
        shown_at = micros(delivery.shown_at or self._clock())
        message = {"stage": stage.value, "message": message_id, "thread": thread_id, "now": shown_at}
        await self._database.run(
            lambda db: results.mark_shown(db, delivery, message, photo_id, sheet_id), after=self._signals.set_all
        )

    async def mark_sent(
        self, delivery: Delivery, message_id: int, file: StoredFile | None, *, thread_id: int | None = None
    ) -> None:
        now = micros(self._clock())
        shown_at = now if delivery.shown_at is None else micros(delivery.shown_at)
        message = {"message": message_id, "thread": thread_id, "shown_at": shown_at, "now": now}
        await self._database.run(lambda db: results.mark_sent(db, delivery, message, file), after=self._signals.set_all)

    async def suppress(self, delivery: Delivery) -> None:
        await self._end(delivery, DeliveryState.SUPPRESSED)

    async def give_up(self, delivery: Delivery, reason: str, failure: FailureReason | None = None) -> None:
        await self._end(delivery, DeliveryState.GIVEN_UP, reason, failure.as_json() if failure else "")

    async def postpone(self, delivery: Delivery, not_before: datetime, reason: str) -> None:
        due = micros(not_before)
        await self._database.run(lambda db: results.postpone(db, delivery, due, reason), after=self._signals.set_all)

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        await self._database.run(lambda db: results.hold_chat(db, chat_id, micros(until)))

    async def forget_file(self, key: str) -> None:
        await self._database.run(lambda db: forget_file(db, key), after=self._signals.set_all)

    async def mutes(self, chat_id: int, now: datetime) -> Sequence[Mute]:
        return await self._database.run(lambda db: mutes_of(db, chat_id, micros(now)))

    async def recover(self) -> int:
        return await self._database.run(results.recover, after=self._signals.set_all)

    async def _end(self, delivery: Delivery, state: DeliveryState, reason: str = "", told: str = "") -> None:
        now = micros(self._clock())
        ending: dict[str, str | int] = {"state": state.value, "reason": reason, "told": told, "now": now}
        await self._database.run(lambda db: results.end(db, delivery, ending), after=self._signals.set_all)

    async def _claim(
        self, lane: Lane, query: str, now: datetime, resting: Collection[int], parameters: dict[str, Any]
    ) -> Sequence[Delivery]:
        # Cleared before the query, so that a write which comes in between is heard; set again if there may be more.
        self._signals.lanes[lane].clear()
        taken: list[Delivery] = []
        fresh_since = micros(now - self._fresh_for)
        take = partial(
            queue.take, query=query, now=now, parameters={**parameters, "resting": json.dumps(list(resting))}
        )

        def claim(db: sqlite_utils.Database) -> int:
            queue.limit_delays(db, now)
            moved = queue.move_to_backlog(db, fresh_since) if lane is Lane.SIGHT else 0
            taken.extend(take(db))
            return moved

        def signal(moved: int) -> None:
            self._signals.set(([lane] if taken else []) + ([Lane.BACKLOG] if moved else []))

        try:
            await self._database.run(claim, after=signal)
        except asyncio.CancelledError:
            self._database.hand_in(lambda db: queue.release(db, taken), after=self._signals.set_all)
            raise
        return taken
