"""Clips of one camera that belong together: the first rings and shows how many there are, the others answer it."""

import asyncio
import logging
from datetime import timedelta
from weakref import WeakValueDictionary

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from blinkbot.bot.client.concurrency import first_of
from blinkbot.bot.client.errors import is_moot
from blinkbot.bot.client.retry import seconds_of
from blinkbot.bot.delivery.context import Means
from blinkbot.bot.text.captions import NO_VIDEO
from blinkbot.bot.text.formatting import escaped
from blinkbot.domain import Cause
from blinkbot.domain.deliveries import Burst, Delivery

logger = logging.getLogger(__name__)


CATCH_UP_AFTER = 10.0
"""Seconds after which a count is shown that Telegram did not take: no clip need follow that would bring another."""

RECENT = timedelta(days=1)
"""How far back counts are made right at a start; nobody looks at older ones."""


class Bursts:
    """Joins clips to bursts, and keeps the counts in the messages that show them."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._behind: dict[int, float] = {}
        """Bursts whose count could not be shown, and when that is tried again, in `Means.monotonic`'s seconds."""
        self._is_behind = asyncio.Event()

    async def catch_up(self) -> None:
        """Show counts that could not be shown at once, those of before the last stop first; for ever."""
        for incident_id in await self._means.outbox.miscounted_bursts(self._means.clock() - RECENT):
            await self.bring_up_to_date(incident_id)
        while True:
            await self._is_behind.wait()
            self._is_behind.clear()
            while self._behind:
                incident_id, due = min(self._behind.items(), key=lambda each: each[1])
                wait = due - self._means.monotonic()
                if wait > 0:
                    # What comes meanwhile may be due before, or put this one off.
                    await first_of(self._is_behind.wait(), self._means.sleep(wait))
                    self._is_behind.clear()
                else:
                    del self._behind[incident_id]
                    await self.bring_up_to_date(incident_id)

    async def join(self, delivery: Delivery) -> Burst | None:
        """The burst that a clip belongs to; a press of the bell never does: each of them rings."""
        if delivery.clip.cause is Cause.DOORBELL or not self._means.times.burst_window:
            return None
        return await self._means.outbox.join_burst(delivery, self._means.times.burst_window)

    async def headed_by(self, delivery: Delivery) -> Burst | None:
        """The burst whose count a delivery's message shows, None for all but a head."""
        if delivery.burst_id is None:
            return None
        burst = await self._means.outbox.burst(delivery.burst_id)
        return burst if burst.head is not None and burst.head.id == delivery.id else None

    async def bring_up_to_date(self, incident_id: int, *, rendered: int | None = None) -> None:
        """Let the head's message show the present count.

        `rendered` is the count that an edit has just put there, which may be older than one that came meanwhile. What
        cannot be shown now, `catch_up` tries again.
        """
        lock = self._locks.setdefault(incident_id, asyncio.Lock())
        async with lock:
            burst = await self._means.outbox.burst(incident_id)
            shown = burst.shown_count if rendered is None else rendered
            if burst.count != shown and not await self._shown(burst):
                return
            if burst.count != burst.shown_count:
                await self._means.outbox.set_shown_count(incident_id, burst.count)

    async def _shown(self, burst: Burst) -> bool:
        """Whether the count stands in the head's message, or never will."""
        head = burst.head
        if head is None or head.message_id is None:
            return False
        note = NO_VIDEO(why=escaped(head.told)) if head.told else ""
        words = self._means.caption(head, count=burst.count, note=note)
        try:
            await self._means.edit_words(head, words)
        except BadRequest as error:
            if not is_moot(error):
                logger.warning("the count in chat %s cannot be shown: %s", head.chat_id, error)
        except (Forbidden, ChatMigrated) as error:
            # What is in a group that has become another one, nobody can change any more.
            logger.info("chat %s is shown no count any more: %s", head.chat_id, error)
        except TelegramError as error:
            logger.info("the count in chat %s is shown in a moment: %s", head.chat_id, error)
            wait = seconds_of(error) if isinstance(error, RetryAfter) else 0.0
            self._behind[burst.id] = self._means.monotonic() + max(CATCH_UP_AFTER, wait)
            self._is_behind.set()
            return False
        return True
