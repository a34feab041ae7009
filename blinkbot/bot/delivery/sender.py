"""Deliveries' messages as they are sent and changed."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar, Unpack

from telegram import Bot, Message
from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.albums import send_album
from blinkbot.bot.client.attachments import ANYWHERE, Attachment, KnownVideo, Place, VideoFile
from blinkbot.bot.client.errors import has_no_text, is_lost_reply
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.delivery.composer import Composed, Composer, Notes
from blinkbot.bot.text.locale import speaking_to
from blinkbot.domain.deliveries import Delivery, Stage
from blinkbot.ports import ChatDirectory

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sender:
    """Puts messages into chats. All but `change_buttons` raise telegram.error.TelegramError."""

    bot: Bot
    topics: ForumTopics
    composer: Composer
    chats: ChatDirectory

    async def send(
        self, delivery: Delivery, attachment: Attachment, place: Place = ANYWHERE
    ) -> tuple[Message, int | None]:
        """Send a new message: it, and the thread it is in. `place` has the thread of what it answers.

        It answers nothing where that is in another topic than it will be, or out of reach.
        """

        async def sent(thread_id: int | None) -> Message:
            here = replace(place, thread_id=thread_id)
            if place.thread_id != thread_id:
                here = replace(here, reply_to=None)
            try:
                return await attachment.send(self.bot, delivery.chat_id, here)
            except BadRequest as error:
                # Telegram sends without the answered message where it is deleted, but not where it is out of reach.
                if here.reply_to is None or not is_lost_reply(error):
                    raise
                logger.info("clip %s answers nothing in chat %s: %s", delivery.clip.key, delivery.chat_id, error)
                return await attachment.send(self.bot, delivery.chat_id, replace(here, reply_to=None))

        return await self._in_topic(delivery, sent)

    async def send_album(
        self, delivery: Delivery, videos: Sequence[VideoFile | KnownVideo], place: Place
    ) -> tuple[Sequence[Message], int | None]:
        """Send old clips that go to the same place as `delivery`: their messages in order, and the thread."""
        return await self._in_topic(
            delivery,
            lambda thread_id: send_album(self.bot, delivery.chat_id, videos, replace(place, thread_id=thread_id)),
        )

    async def replace(self, delivery: Delivery, attachment: Attachment) -> Message | bool:
        """Put something where a delivery's message stands."""
        return await attachment.replace(self.bot, delivery.chat_id, message_of(delivery))

    async def reword(self, delivery: Delivery, **notes: Unpack[Notes]) -> None:
        """Let a delivery's message say something else (`Composer.compose`); what it shows stays."""
        chat_id, message_id = delivery.chat_id, delivery.message_id
        caption, keyboard, *_ = await self.composer.compose(delivery, **notes)
        if delivery.stage is Stage.TEXT:
            try:
                await self.bot.edit_message_text(caption, chat_id=chat_id, message_id=message_id, reply_markup=keyboard)
                return
            except BadRequest as error:
                # It has become a video since the delivery was read.
                if not has_no_text(error):
                    raise
        await self.bot.edit_message_caption(
            chat_id=chat_id, message_id=message_id, caption=caption, reply_markup=keyboard
        )

    async def change_buttons(self, delivery: Delivery, sent: Composed) -> None:
        """Put right what was pressed while a message was on its way: it came with the buttons of before."""
        buttons = await self.composer.changed_keyboard(delivery, sent)
        if buttons is None:
            return
        try:
            await self.bot.edit_message_reply_markup(delivery.chat_id, message_of(delivery), reply_markup=buttons)
        except TelegramError as error:
            logger.info("the buttons under clip %s stay as they were: %s", delivery.clip.key, error)

    async def _in_topic(self, delivery: Delivery, send: Callable[[int | None], Awaitable[T]]) -> tuple[T, int | None]:
        """Send in the camera's topic where the chat wants that: what `send` gave back, and the thread."""
        if not delivery.alerts.topics:
            return await send(None), None
        with speaking_to(delivery.chat_id, self.chats):
            return await self.topics.send(delivery.chat_id, delivery.clip.camera_id, delivery.clip.camera_name, send)


def message_of(delivery: Delivery) -> int:
    """The message of a delivery that is shown."""
    if delivery.message_id is None:
        raise ValueError(f"delivery {delivery.id} is to be completed, but nothing of it is in a chat")
    return delivery.message_id
