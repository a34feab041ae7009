"""What is there to see now: a fresh picture for each press of a bell, and for events that have no video.

It is put in the place of Blink's thumbnail, or of words.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from telegram import Message
from telegram.error import TelegramError

from blinkbot.bot.client.attachments import Attachment, KnownPhoto, Photo, photo_id
from blinkbot.bot.client.concurrency import cancelled, has_result
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.sender import Sender, message_of
from blinkbot.domain import Picture
from blinkbot.domain.deliveries import Delivery, Stage
from blinkbot.errors import BlinkbotError
from blinkbot.locks import Locks
from blinkbot.ports import Outbox

logger = logging.getLogger(__name__)

TakePicture = Callable[[int, int], Awaitable[Picture]]
"""A new picture, for a chat (first id), by a camera (second id). Raises BlinkbotErrors."""

PICTURE_WITHIN = 10.0
"""Seconds from the first message for which the video waits for the picture."""

KEPT = 8
"""Pictures held in memory for their videos."""


@dataclass(slots=True)
class _Fresh:
    taking: asyncio.Task[Picture]
    begun: float
    file_id: str | None = None
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True)
class FreshPictures:
    """One picture for each event, however many chats are shown it. `locks` are for one edit of a message at a time."""

    outbox: Outbox
    composer: Composer
    sender: Sender
    bursts: Bursts
    take: TakePicture
    locks: Locks
    monotonic: Callable[[], float]
    _events: OrderedDict[str, _Fresh] = field(default_factory=OrderedDict, init=False)
    _showing: dict[int, asyncio.Task[None]] = field(default_factory=dict, init=False)

    def begin(self, delivery: Delivery) -> None:
        """Take the picture and put it into this message, both in the background."""
        key = delivery.clip.key
        if key not in self._events:
            taking = asyncio.create_task(self._taken(delivery))
            self._events[key] = _Fresh(taking, self.monotonic())
            if len(self._events) > KEPT:
                self._events.popitem(last=False)
        showing = self._showing[delivery.id] = asyncio.create_task(self._show(delivery, self._events[key]))
        showing.add_done_callback(lambda _: self._showing.pop(delivery.id, None))

    async def wait(self, delivery: Delivery) -> bytes | None:
        """The picture for an event's video, once it stands in this message: it cannot overtake the video then.

        None where there is none, or none within PICTURE_WITHIN.
        """
        fresh = self._events.get(delivery.clip.key)
        showing = self._showing.get(delivery.id)
        if fresh is not None:
            left = fresh.begun + PICTURE_WITHIN - self.monotonic()
            await asyncio.wait([fresh.taking], timeout=max(left, 0))
        # There is none of this clip where the video of an event came by another way, from a stick.
        if fresh is None or not has_result(fresh.taking):
            if showing is not None:
                showing.cancel()
            return None
        if showing is not None:
            await asyncio.wait([showing])
        return fresh.taking.result().jpeg

    def known_as(self, delivery: Delivery) -> str | None:
        """Telegram's id of an event's picture, None before it stands in a chat."""
        fresh = self._events.get(delivery.clip.key)
        return None if fresh is None else fresh.file_id

    async def close(self) -> None:
        """Break off what is under way."""
        await cancelled([*self._showing.values(), *(fresh.taking for fresh in self._events.values())])

    async def _taken(self, delivery: Delivery) -> Picture:
        try:
            return await self.take(delivery.chat_id, delivery.clip.camera_id)
        except BlinkbotError as error:
            logger.info("no fresh picture for clip %s: %s", delivery.clip.key, error)
            raise
        except Exception:
            logger.exception("no fresh picture for clip %s", delivery.clip.key)
            raise

    async def _show(self, delivery: Delivery, fresh: _Fresh) -> None:
        await asyncio.wait([fresh.taking])
        if not has_result(fresh.taking):
            return
        async with fresh.one_at_a_time, self.locks[delivery.id]:
            # Blink may have said more of it meanwhile, and others may have joined its burst.
            known = await self.outbox.delivery(delivery.id) or delivery
            shown = replace(delivery, clip=known.clip, burst_id=known.burst_id)
            count = await self.bursts.count_in(shown)
            caption, keyboard, *_ = await self.composer.compose(shown, count=count or 1)
            picture: Attachment = Photo(fresh.taking.result().jpeg, caption, keyboard)
            if fresh.file_id is not None:
                picture = KnownPhoto(fresh.file_id, caption, keyboard)
            try:
                message = await self.sender.replace(shown, picture)
            except TelegramError as error:
                logger.info("the fresh picture does not get into chat %s: %s", delivery.chat_id, error)
                return
            if isinstance(message, Message):
                fresh.file_id = photo_id(message)
            if shown.clip.no_video is not None:
                # It is all there is to be seen of the event, in /clips too.
                await self.outbox.mark_shown(shown, message_of(shown), Stage.PHOTO, photo_id=fresh.file_id)
        if shown.burst_id is not None:
            await self.bursts.bring_up_to_date(shown.burst_id, rendered=count)
