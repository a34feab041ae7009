"""What a handler is handed: what one chat asked for, and what there is to reply with."""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from telegram import Bot, InlineKeyboardMarkup
from telegram.constants import ChatAction

from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.client.video_upload import VideoUploads
from blinkbot.bot.dispatch.announcer import TelegramAnnouncer
from blinkbot.bot.dispatch.callback_query import QueryAnswer
from blinkbot.bot.dispatch.reply import Reply
from blinkbot.bot.text.dispatch import LOOKING_AT_HOME
from blinkbot.bot.text.formatting import escaped
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import Home
from blinkbot.ports import ChatControl, Clock, Videos

SOON = 0.1  # Seconds in which the home is expected from memory; after them the person is told that it takes a moment


@dataclass(frozen=True, slots=True)
class ChatContext:
    """The clock, and the configured zone's name, for networks without a usable zone of their own."""

    clock: Clock
    time_zone: str
    sleep: Sleep = asyncio.sleep


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What some handlers work with, shared with those who deliver alerts.

    `open_keyboards` are the buttons opened under clips, `quota` is the room that Telegram leaves in each chat; `topics`
    are where the cameras' messages go in a supergroup; `live_seconds` is how long a live view is recorded.
    """

    announcer: TelegramAnnouncer
    videos: Videos
    uploads: VideoUploads
    topics: ForumTopics
    quota: MessageQuota
    open_keyboards: OpenKeyboards
    live_seconds: float


@dataclass(frozen=True, slots=True)
class Request:
    """What one chat asked for.

    `command` is the first word after the slash, "" where there is none; `words` are the rest, on one line;
    `message_id` is the message that held them, or the button. `query_answer` ends the wait of a tapped button;
    `buttons` are those of its message, None where Telegram does not tell them any more. `is_late`: it was sent or
    tapped long ago, while the bot was away.
    """

    bot: Bot
    chat_id: int
    private: bool
    command: str
    words: str
    message_id: int
    control: ChatControl
    reply: Reply
    context: ChatContext
    tools: Tools
    query_answer: QueryAnswer | None = None
    buttons: InlineKeyboardMarkup | None = None
    is_late: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """The chat, and the message in it that held the words or the button."""
        return self.chat_id, self.message_id

    async def locale(self) -> Locale:
        """The home and the hour that its answer is worded with. Raises what `home` raises."""
        return Locale(await self.home(), self.now(), self.context.time_zone)

    def now(self) -> datetime:
        return self.context.clock()

    async def toast(self, text: str) -> None:
        """Say something short (plain text) at the top of the screen; in a message, where it is too late for that."""
        if self.query_answer is None or not await self.query_answer.end(text):
            await self.reply.show(escaped(text))

    async def change_buttons(self, keyboard: InlineKeyboardMarkup) -> bool:
        """Change the buttons of the tapped message, which stays as it is; False where it cannot be changed. Raises
        telegram.error.TelegramError."""
        return await self.reply.change_buttons(self.message_id, keyboard)

    async def home(self) -> Home:
        """The home as last seen; while Blink has to be asked for it first, the reply says so. Raises what
        ChatControl.home raises."""
        looking = asyncio.ensure_future(self.control.home())
        try:
            await asyncio.wait({looking}, timeout=SOON)
            if not looking.done():
                await self.reply.show(LOOKING_AT_HOME())
            return await looking
        finally:
            looking.cancel()

    def acting(self, action: ChatAction = ChatAction.TYPING) -> AbstractAsyncContextManager[None]:
        return self.reply.acting(action)
