"""The one message that answers a command: it says at once what is being done, and later what came of it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup, Message
from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.albums import send_album
from blinkbot.bot.client.attachments import Attachment, KnownVideo, Place, VideoFile, Words
from blinkbot.bot.client.concurrency import first_of
from blinkbot.bot.client.errors import is_unchanged
from blinkbot.bot.client.retry import Sleep, with_retries
from blinkbot.bot.text.formatting import fitting
from blinkbot.domain.deliveries import Queue

logger = logging.getLogger(__name__)

T = TypeVar("T")
ACTION_EVERY = 4.5  # Seconds after which a chat action is sent again: Telegram shows one for five


@dataclass(slots=True)
class Reply:
    """One message in a chat: sent the first time, edited from then on, sent anew where it cannot be edited.

    `message_id` is given where the answer takes the place of an older message (the one whose button was tapped).
    `reply_to` is the message that it is an answer to, where that is not plain without saying; such an answer makes no
    sound, since it is being looked at. `shown` is called when the first word has reached the chat.
    """

    bot: Bot
    chat_id: int
    sleep: Sleep
    message_id: int | None = None
    thread_id: int | None = None
    reply_to: int | None = None
    shown: Callable[[], None] = lambda: None
    has_sent: bool = field(default=False, init=False)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def show(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Let the message say this (HTML) and have these buttons, or none. Raises telegram.error.TelegramError."""
        words = Words(fitting(text), keyboard)
        async with self._one_at_a_time:
            if not await self._edited(words):
                self.message_id = (await self.send(words)).message_id
            self.shown()

    async def become(self, attachment: Attachment) -> Message | None:
        """Turn the message into a picture or a video; returns the message where Telegram gives it back. Raises
        telegram.error.TelegramError."""
        async with self._one_at_a_time:
            edited = await self._edited(attachment)
            if edited:
                return edited if isinstance(edited, Message) else None
            message = await self.send(attachment)
            await self._take_back()
            return message

    async def send(self, attachment: Attachment, *, queue: Queue | None = None) -> Message:
        """Send a picture or video as a message of its own. Raises telegram.error.TelegramError."""
        return await self._patiently_sent(lambda: attachment.send(self.bot, self.chat_id, self._place(queue)))

    async def send_album(
        self, videos: Sequence[VideoFile | KnownVideo], *, queue: Queue | None = None
    ) -> Sequence[Message]:
        """Send two to ten videos as one album; returns their messages. Raises telegram.error.TelegramError."""
        return await self._patiently_sent(lambda: send_album(self.bot, self.chat_id, videos, self._place(queue)))

    async def change_buttons(self, message_id: int, keyboard: InlineKeyboardMarkup) -> bool:
        """Give another message of ours other buttons, which is a first word, too; False where it cannot have them.
        Raises telegram.error.TelegramError."""
        try:
            await with_retries(
                lambda: self.bot.edit_message_reply_markup(self.chat_id, message_id, reply_markup=keyboard),
                self.sleep,
                repeatable=True,
            )
        except BadRequest as error:
            if not is_unchanged(error):
                logger.debug("message %s cannot have other buttons: %s", message_id, error)
                return False
        self.shown()
        return True

    async def remove(self) -> None:
        """Take the message back: something else in the chat says it all."""
        async with self._one_at_a_time:
            await self._take_back()

    @asynccontextmanager
    async def acting(self, action: str) -> AsyncIterator[None]:
        """Show under the chat's title that something is being done, as long as the block runs."""
        done = asyncio.Event()
        task = asyncio.create_task(self._act(action, done))
        try:
            yield
        finally:
            done.set()
            # Not cancelled: a request that is under way costs less when it ends than when it is broken off.
            await task

    async def _act(self, action: str, done: asyncio.Event) -> None:
        try:
            while not done.is_set():
                await self.bot.send_chat_action(self.chat_id, action, message_thread_id=self.thread_id)
                await first_of(done.wait(), self.sleep(ACTION_EVERY))
        except TelegramError as error:
            # Nothing is lost without it: the answer itself will meet the same trouble and deal with it.
            logger.debug("chat action not shown: %s", error)

    async def _edited(self, attachment: Attachment) -> Message | bool:
        """The edited message; False where there is none that can be edited."""
        message_id = self.message_id
        if message_id is None:
            return False
        try:
            return await with_retries(
                lambda: attachment.replace(self.bot, self.chat_id, message_id), self.sleep, repeatable=True
            )
        except BadRequest as error:
            if is_unchanged(error):
                return True
            logger.debug("message %s cannot be edited: %s", message_id, error)
            return False

    def _place(self, queue: Queue | None) -> Place:
        return Place(self.thread_id, self.reply_to, silent=self.reply_to is not None, queue=queue)

    async def _patiently_sent(self, send: Callable[[], Awaitable[T]]) -> T:
        sent = await with_retries(send, self.sleep, repeatable=False)
        self.has_sent = True
        return sent

    async def _take_back(self) -> None:
        if self.message_id is not None:
            try:
                await self.bot.delete_message(self.chat_id, self.message_id)
            except BadRequest as error:
                logger.debug("message %s cannot be deleted: %s", self.message_id, error)
        self.message_id = None
