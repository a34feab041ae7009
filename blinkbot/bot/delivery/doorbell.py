"""Who is at the door: a fresh picture for each press of a bell, put in the place of Blink's thumbnail."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from telegram import Message
from telegram.error import TelegramError

from blinkbot.bot.client.attachments import Attachment, KnownPhoto, Photo, photo_id
from blinkbot.bot.client.concurrency import cancelled, has_result
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.sender import Sender
from blinkbot.domain import Picture
from blinkbot.domain.deliveries import Delivery
from blinkbot.errors import BlinkbotError

logger = logging.getLogger(__name__)

TakePicture = Callable[[int, int], Awaitable[Picture]]
"""A new picture, for a chat (first id), by a camera (second id). Raises BlinkbotErrors."""

PICTURE_WITHIN = 10.0
"""Seconds from the press's first message for which its video waits for the picture."""

KEPT = 8
"""Presses whose picture is held in memory for their videos."""


@dataclass(slots=True)
class _Press:
    taking: asyncio.Task[Picture]
    begun: float
    file_id: str | None = None
    one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(slots=True)
class FreshPictures:
    """One picture for each press, however many chats are shown it."""

    composer: Composer
    sender: Sender
    take: TakePicture
    monotonic: Callable[[], float]
    _presses: OrderedDict[str, _Press] = field(default_factory=OrderedDict, init=False)
    _showing: dict[int, asyncio.Task[None]] = field(default_factory=dict, init=False)

    def begin(self, delivery: Delivery) -> None:
        """Take the picture and put it into this message, both in the background."""
        key = delivery.clip.key
        if key not in self._presses:
            taking = asyncio.create_task(self._taken(delivery))
            self._presses[key] = _Press(taking, self.monotonic())
            if len(self._presses) > KEPT:
                self._presses.popitem(last=False)
        showing = self._showing[delivery.id] = asyncio.create_task(self._show(delivery, self._presses[key]))
        showing.add_done_callback(lambda _: self._showing.pop(delivery.id, None))

    async def wait(self, delivery: Delivery) -> bytes | None:
        """The picture for a press's video, once it stands in this message: it cannot overtake the video then.

        None where there is none, or none within PICTURE_WITHIN.
        """
        press = self._presses.get(delivery.clip.key)
        if press is None:
            return None
        left = press.begun + PICTURE_WITHIN - self.monotonic()
        await asyncio.wait([press.taking], timeout=max(left, 0))
        showing = self._showing.get(delivery.id)
        if not has_result(press.taking):
            if showing is not None:
                showing.cancel()
            return None
        if showing is not None:
            await asyncio.wait([showing])
        return press.taking.result().jpeg

    def known_as(self, delivery: Delivery) -> str | None:
        """Telegram's id of a press's picture, None before it stands in a chat."""
        press = self._presses.get(delivery.clip.key)
        return None if press is None else press.file_id

    async def close(self) -> None:
        """Break off what is under way."""
        await cancelled([*self._showing.values(), *(press.taking for press in self._presses.values())])

    async def _taken(self, delivery: Delivery) -> Picture:
        try:
            return await self.take(delivery.chat_id, delivery.clip.camera_id)
        except BlinkbotError as error:
            logger.info("no fresh picture for clip %s: %s", delivery.clip.key, error)
            raise
        except Exception:
            logger.exception("no fresh picture for clip %s", delivery.clip.key)
            raise

    async def _show(self, delivery: Delivery, press: _Press) -> None:
        await asyncio.wait([press.taking])
        if not has_result(press.taking) or delivery.message_id is None:
            return
        async with press.one_at_a_time:
            caption, keyboard, *_ = await self.composer.compose(delivery)
            picture: Attachment = Photo(press.taking.result().jpeg, caption, keyboard)
            if press.file_id is not None:
                picture = KnownPhoto(press.file_id, caption, keyboard)
            try:
                message = await self.sender.replace(delivery, picture)
            except TelegramError as error:
                logger.info("the fresh picture does not get into chat %s: %s", delivery.chat_id, error)
                return
            if isinstance(message, Message):
                press.file_id = photo_id(message)
