"""Clips of one camera that belong together: the first rings and shows how many there are, the others answer it."""

import asyncio
import logging
from weakref import WeakValueDictionary

from telegram.error import BadRequest, TelegramError

from blinkbot.bot.captions import no_video
from blinkbot.bot.means import Means, is_gone, is_unchanged
from blinkbot.domain import Cause
from blinkbot.outbox import Delivery, Incident

logger = logging.getLogger(__name__)


class Incidents:
    """Joins clips to incidents, and keeps the counts in the messages that show them."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def join(self, delivery: Delivery) -> Incident | None:
        """The incident that a clip belongs to; a press of the bell never does: each of them rings."""
        if delivery.clip.cause is Cause.DOORBELL or not self._means.times.burst_window:
            return None
        return await self._means.outbox.join_incident(delivery, self._means.times.burst_window)

    async def headed_by(self, delivery: Delivery) -> Incident | None:
        """The incident whose count a delivery's message shows, None for all but a head."""
        if delivery.incident_id is None:
            return None
        incident = await self._means.outbox.incident(delivery.incident_id)
        return incident if incident.head is not None and incident.head.id == delivery.id else None

    async def bring_up_to_date(self, incident_id: int, *, rendered: int | None = None) -> None:
        """Let the head's message show the present count.

        `rendered` is the count that an edit has just put there, which may be older than one that came meanwhile. An
        edit that does not succeed is not worth more than a line in the log: the next clip brings another.
        """
        lock = self._locks.setdefault(incident_id, asyncio.Lock())
        async with lock:
            incident = await self._means.outbox.incident(incident_id)
            shown = incident.shown_count if rendered is None else rendered
            if incident.count != shown and not await self._shown(incident):
                return
            if incident.count != incident.shown_count:
                await self._means.outbox.count_shown(incident_id, incident.count)

    async def _shown(self, incident: Incident) -> bool:
        """Whether the count stands in the head's message, or never will."""
        head = incident.head
        if head is None or head.message_id is None:
            return False
        note = no_video(head.told) if head.told else ""
        words = self._means.caption(head, count=incident.count, note=note)
        try:
            await self._means.edit_words(head, words)
        except BadRequest as error:
            if not (is_unchanged(error) or is_gone(error)):
                logger.warning("the count in chat %s cannot be shown: %s", head.chat_id, error)
        except TelegramError as error:
            logger.info("the count in chat %s is shown another time: %s", head.chat_id, error)
            return False
        return True
