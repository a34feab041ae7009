"""Clips of one camera that belong together: the first rings and shows how many there are, the others answer it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from blinkbot.bot.client.concurrency import first_of
from blinkbot.bot.client.errors import is_moot
from blinkbot.bot.client.retry import Sleep, wait_after
from blinkbot.bot.delivery.sender import Sender
from blinkbot.domain import Cause
from blinkbot.domain.deliveries import Burst, Delivery
from blinkbot.locks import Locks
from blinkbot.ports import Clock, Outbox

logger = logging.getLogger(__name__)


CATCH_UP_AFTER = 10.0
"""Seconds after which a count is shown that Telegram did not take: no clip need follow that would bring another."""

RECENT = timedelta(days=1)
"""How far back messages are brought up to date; older ones are read no more."""


@dataclass(slots=True)
class Bursts:
    """Joins clips to bursts, and keeps the counts in the messages that show them.

    Clips that were recorded within `window` of each other belong together. `monotonic` counts seconds.
    """

    outbox: Outbox
    sender: Sender
    window: timedelta
    clock: Clock
    sleep: Sleep
    monotonic: Callable[[], float]
    _locks: Locks = field(default_factory=Locks, init=False)
    _behind: dict[int, float] = field(default_factory=dict, init=False)
    """Bursts whose count could not be shown, and when that is tried again, in `monotonic`'s seconds."""
    _is_behind: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    async def catch_up(self) -> None:
        """Show counts that could not be shown at once, those of before the last stop first; for ever."""
        for burst_id in await self.outbox.miscounted_bursts(self.clock() - RECENT):
            await self.bring_up_to_date(burst_id)
        while True:
            await self._is_behind.wait()
            self._is_behind.clear()
            while self._behind:
                burst_id, due = min(self._behind.items(), key=lambda each: each[1])
                wait = due - self.monotonic()
                if wait > 0:
                    # What comes meanwhile may be due before, or put this one off.
                    await first_of(self._is_behind.wait(), self.sleep(wait))
                    self._is_behind.clear()
                else:
                    del self._behind[burst_id]
                    await self.bring_up_to_date(burst_id)

    async def join(self, delivery: Delivery) -> Burst | None:
        """The burst that a clip belongs to; a press of the bell never does: each of them rings."""
        if delivery.clip.cause is Cause.DOORBELL or not self.window:
            return None
        return await self.outbox.join_burst(delivery, self.window)

    async def count_in(self, delivery: Delivery) -> int | None:
        """The count that a delivery's message shows, None for all but the head of a burst."""
        if delivery.burst_id is None:
            return None
        burst = await self.outbox.burst(delivery.burst_id)
        return burst.count if burst.head is not None and burst.head.id == delivery.id else None

    async def bring_up_to_date(self, burst_id: int, *, rendered: int | None = None) -> None:
        """Let the head's message show the present count.

        `rendered` is the count that an edit has just put there, which may be older than one that came meanwhile. What
        cannot be shown now, `catch_up` tries again.
        """
        async with self._locks[burst_id]:
            burst = await self.outbox.burst(burst_id)
            shown = burst.shown_count if rendered is None else rendered
            if burst.count != shown and not await self._shown(burst):
                return
            if burst.count != burst.shown_count:
                await self.outbox.set_shown_count(burst_id, burst.count)

    async def _shown(self, burst: Burst) -> bool:
        """Whether the count stands in the head's message, or never will."""
        head = burst.head
        if head is None or head.message_id is None:
            return False
        try:
            await self.sender.reword(head, count=burst.count, failure=head.failure)
        except BadRequest as error:
            if not is_moot(error):
                logger.warning("the count in chat %s cannot be shown: %s", head.chat_id, error)
        except (Forbidden, ChatMigrated) as error:
            # What is in a group that has become another one cannot be changed any more.
            logger.info("chat %s is shown no count any more: %s", head.chat_id, error)
        except TelegramError as error:
            logger.info("the count in chat %s is shown in a moment: %s", head.chat_id, error)
            self._behind[burst.id] = self.monotonic() + max(CATCH_UP_AFTER, wait_after(error, 0))
            self._is_behind.set()
            return False
        return True
