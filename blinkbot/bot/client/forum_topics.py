"""A topic per camera in a supergroup that has topics: made when first needed, found again, made again when deleted."""

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from telegram import Bot
from telegram.constants import ForumTopicLimit
from telegram.error import BadRequest

from blinkbot.bot.client.concurrency import finished
from blinkbot.bot.client.errors import is_closed_topic, is_lost_topic, is_unchanged
from blinkbot.bot.client.retry import Sleep, with_retries
from blinkbot.bot.text.delivery import NAMELESS_CAMERA
from blinkbot.bot.text.formatting import truncate
from blinkbot.domain.deliveries import ForumTopic
from blinkbot.ports import TopicStore

logger = logging.getLogger(__name__)

T = TypeVar("T")

UNKNOWN_CAMERA = 0
"""The id in clips whose camera is not known: they share no topic."""


class ForumTopics:
    """Where in a chat each camera's messages go."""

    def __init__(self, bot: Bot, book: TopicStore, sleep: Sleep = asyncio.sleep) -> None:
        self._bot = bot
        self._book = book
        self._sleep = sleep
        self._one_at_a_time = asyncio.Lock()

    async def thread_for(self, chat_id: int, camera_id: int, camera_name: str, *, verified: bool = False) -> int | None:
        """The thread of a camera's topic, made or renamed where that is needed.

        With `verified`, Telegram is asked whether a topic that we know is still there. None where the chat has no
        topics any more or does not let the bot make them: its messages go to the chat itself. Raises
        telegram.error.TelegramError for what may pass.
        """
        if camera_id == UNKNOWN_CAMERA:
            return None
        name = topic_name(camera_name, camera_id)
        # Two pieces of work of one camera at the same time need one topic.
        async with self._one_at_a_time:
            topic = await self._book.topic(chat_id, camera_id)
            if topic is not None and await self._serves(topic, name, verified=verified):
                return topic.thread_id
            return await self._made(chat_id, camera_id, name)

    async def send(
        self, chat_id: int, camera_id: int, camera_name: str, send: Callable[[int | None], Awaitable[T]]
    ) -> tuple[T, int | None]:
        """Send something into a camera's topic: what `send` gave back, and the thread.

        `send` is called with the thread, again with a new one where that has gone, and with None, the chat itself,
        where it is closed to us or there can be none. Raises telegram.error.TelegramError.
        """
        thread_id = await self.thread_for(chat_id, camera_id, camera_name)
        try:
            return await send(thread_id), thread_id
        except BadRequest as error:
            if thread_id is None or not (is_lost_topic(error) or is_closed_topic(error)):
                raise
            logger.info("topic %d in chat %d is not there: %s", thread_id, chat_id, error)
            if is_closed_topic(error):
                return await send(None), None
        await self.lost(chat_id, camera_id, thread_id)
        thread_id = await self.thread_for(chat_id, camera_id, camera_name)
        return await send(thread_id), thread_id

    async def lost(self, chat_id: int, camera_id: int, thread_id: int) -> None:
        """Telegram says that this topic of a camera is not there: the next `thread_for` makes another.

        Where another has taken its place by now, that one stays.
        """
        async with self._one_at_a_time:
            topic = await self._book.topic(chat_id, camera_id)
            if topic is not None and topic.thread_id == thread_id:
                await self._book.forget_topic(chat_id, camera_id)

    async def _serves(self, topic: ForumTopic, name: str, *, verified: bool) -> bool:
        """Whether a topic can be written to, under this name; False where it is known to be gone."""
        if topic.name != name:
            return await self._renamed(topic, name)
        return not verified or await self._is_there(topic)

    async def _is_there(self, topic: ForumTopic) -> bool:
        """Ask Telegram for a topic by opening it, which is refused where it is open: no call just asks, and to give it
        its name again would take away one that people gave it."""
        try:
            await self._bot.reopen_forum_topic(topic.chat_id, topic.thread_id)
        except BadRequest as error:
            return not is_lost_topic(error)
        await finished(self._close_again(topic))
        return True

    async def _close_again(self, topic: ForumTopic) -> None:
        """It had been closed by hand, and is closed again: the next to ask would find it open."""
        close = functools.partial(self._bot.close_forum_topic, topic.chat_id, topic.thread_id)
        try:
            await with_retries(close, self._sleep, repeatable=True)
        except BadRequest as error:
            logger.warning("topic %d in chat %d stays open: %s", topic.thread_id, topic.chat_id, error)

    async def _made(self, chat_id: int, camera_id: int, name: str) -> int | None:
        try:
            made = await self._bot.create_forum_topic(chat_id, name)
        except BadRequest as error:
            logger.warning("no topic for camera %d in chat %d: %s", camera_id, chat_id, error)
            return None
        await self._book.save_topic(ForumTopic(chat_id, camera_id, made.message_thread_id, name))
        return made.message_thread_id

    async def _renamed(self, topic: ForumTopic, name: str) -> bool:
        """Give a topic its camera's new name; False where the topic is gone."""
        try:
            await self._bot.edit_forum_topic(topic.chat_id, topic.thread_id, name=name)
        except BadRequest as error:
            if is_lost_topic(error):
                return False
            if not is_unchanged(error):
                # It keeps its old name, and is tried again with the next message.
                logger.warning("topic %d in chat %d keeps its name: %s", topic.thread_id, topic.chat_id, error)
                return True
        await self._book.save_topic(ForumTopic(topic.chat_id, topic.camera_id, topic.thread_id, name))
        return True


def topic_name(camera_name: str, camera_id: int) -> str:
    """A camera's name as a topic can bear it; its number, where it has none."""
    return truncate(camera_name, ForumTopicLimit.MAX_NAME_LENGTH) or NAMELESS_CAMERA(number=camera_id)
