"""Deliveries' messages as they are sent and changed, and written down once they are there."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.albums import send_album
from blinkbot.bot.client.attachments import Attachment, KnownVideo, VideoFile
from blinkbot.bot.client.errors import has_no_text, is_lost_reply
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.delivery.composer import Composer
from blinkbot.domain.deliveries import Delivery, Lane, Stage
from blinkbot.domain.failures import FailureReason
from blinkbot.errors import DataFolderError

logger = logging.getLogger(__name__)

T = TypeVar("T")

STORE_REST = 30.0
"""Seconds between tries to write down what is in a chat, while the disk takes nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a message arrives: with a sound or without, alone or as an answer."""

    silent: bool
    reply_to: int | None = None
    reply_thread: int | None = None

    def reply_in(self, thread_id: int | None) -> int | None:
        """The message to be answered, None where that is in another topic than the answer will be."""
        return self.reply_to if self.reply_thread == thread_id else None


@dataclass(frozen=True, slots=True)
class Sender:
    """Puts messages into chats. All but `recorded` and `change_buttons` raise telegram.error.TelegramError."""

    bot: Bot
    topics: ForumTopics
    composer: Composer
    sleep: Sleep

    async def send(
        self, delivery: Delivery, attachment: Attachment, place: Place, lane: Lane | None = None
    ) -> tuple[Message, int | None]:
        """Send a new message, as an answer where that can be: the message, and the thread it is in."""

        async def sent(thread_id: int | None, reply_to: int | None) -> Message:
            return await attachment.send(
                self.bot, delivery.chat_id, thread_id=thread_id, reply_to=reply_to, silent=place.silent, lane=lane
            )

        async def answered(thread_id: int | None) -> Message:
            reply_to = place.reply_in(thread_id)
            try:
                return await sent(thread_id, reply_to)
            except BadRequest as error:
                # Telegram sends without the answered message where it is deleted, but not where it is out of reach.
                if reply_to is None or not is_lost_reply(error):
                    raise
                logger.info("clip %s answers nothing in chat %s: %s", delivery.clip.key, delivery.chat_id, error)
                return await sent(thread_id, None)

        return await self._in_topic(delivery, answered)

    async def send_album(
        self, delivery: Delivery, videos: Sequence[VideoFile | KnownVideo], *, silent: bool
    ) -> tuple[Sequence[Message], int | None]:
        """Send old clips that go to the same place as `delivery`: their messages in order, and the thread."""
        bot, chat_id = self.bot, delivery.chat_id
        return await self._in_topic(
            delivery,
            lambda thread_id: send_album(bot, chat_id, videos, thread_id=thread_id, silent=silent, lane=Lane.BACKLOG),
        )

    async def replace(self, delivery: Delivery, attachment: Attachment) -> Message | bool:
        """Put something where a delivery's message stands."""
        return await attachment.replace(self.bot, delivery.chat_id, message_of(delivery))

    async def reword(
        self,
        delivery: Delivery,
        *,
        count: int = 1,
        failure: FailureReason | None = None,
        shrunk: float | None = None,
    ) -> None:
        """Let a delivery's message say something else (`Composer.caption`); what it shows stays."""
        words = self.composer.caption(delivery, count=count, failure=failure, shrunk=shrunk)
        chat_id, message_id, keyboard = delivery.chat_id, delivery.message_id, await self.composer.keyboard(delivery)
        if delivery.stage is Stage.TEXT:
            try:
                await self.bot.edit_message_text(words, chat_id=chat_id, message_id=message_id, reply_markup=keyboard)
                return
            except BadRequest as error:
                # It has become a video since the delivery was read.
                if not has_no_text(error):
                    raise
        await self.bot.edit_message_caption(
            chat_id=chat_id, message_id=message_id, caption=words, reply_markup=keyboard
        )

    async def change_buttons(self, delivery: Delivery, sent: InlineKeyboardMarkup) -> None:
        """Put right what was pressed while a message was on its way: it came with the buttons of before."""
        buttons = await self.composer.keyboard(delivery)
        if buttons == sent:
            return
        try:
            await self.bot.edit_message_reply_markup(delivery.chat_id, message_of(delivery), reply_markup=buttons)
        except TelegramError as error:
            logger.info("the buttons under clip %s stay as they were: %s", delivery.clip.key, error)

    async def recorded(self, write: Callable[[], Awaitable[T]]) -> T:
        """Write down what is in a chat already, however long that takes: what is not written is sent again."""
        while True:
            try:
                return await write()
            except DataFolderError as error:
                logger.error("what was sent cannot be written down, trying again in %g s: %s", STORE_REST, error)
                await self.sleep(STORE_REST)

    async def _in_topic(self, delivery: Delivery, send: Callable[[int | None], Awaitable[T]]) -> tuple[T, int | None]:
        """Send in the camera's topic where the chat wants that: what `send` gave back, and the thread."""
        if not delivery.alerts.topics:
            return await send(None), None
        return await self.topics.send(delivery.chat_id, delivery.clip.camera_id, delivery.clip.camera_name, send)


def message_of(delivery: Delivery) -> int:
    """The message of a delivery that is shown."""
    if delivery.message_id is None:
        raise ValueError(f"delivery {delivery.id} is to be completed, but nothing of it is in a chat")
    return delivery.message_id
