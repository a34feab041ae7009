"""The gate before every handler: authorized chats pass, strangers learn their chat id once, nothing else gets in.

A stranger's tap does nothing, and says so: mostly it is that of a chat that was authorized once.
"""

import asyncio
import logging

from telegram import ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop, TypeHandler

from blinkbot.bot.dispatch.callback_query import QueryAnswer
from blinkbot.bot.dispatch.dispatcher import Handler, HandlerContext
from blinkbot.bot.dispatch.languages import ChatLanguages
from blinkbot.bot.text.dispatch import CHAT_NOT_SERVED, PRIVATE_BOT, PRIVATE_BOT_IN_GROUP
from blinkbot.ports import ChatDirectory
from blinkbot.translations import speaking

logger = logging.getLogger(__name__)

GROUP = -1  # The handler group of the gate: before all others, which are in 0 and above


class Gate:
    """Decides for each update whether any handler sees it. Chats are authorized, not people: every member of an
    authorized group may use the bot there."""

    def __init__(self, directory: ChatDirectory, languages: ChatLanguages) -> None:
        self._directory = directory
        self._languages = languages
        self._moving = asyncio.Lock()

    def handler(self) -> Handler:
        """To be added in the group GROUP."""
        return TypeHandler(Update, self.check)

    async def check(self, update: Update, context: HandlerContext) -> None:
        """Let an authorized chat's message or tap through. Raises ApplicationHandlerStop for everything else."""
        try:
            with speaking(await self._languages.of(update)):
                await self._check(update, context)
        except ApplicationHandlerStop:
            raise
        except Exception as error:
            # After any other exception the library would go on to the next handlers: a broken gate is a shut gate.
            logger.exception("update %s rejected: the access check failed", update.update_id)
            raise ApplicationHandlerStop from error

    async def _check(self, update: Update, context: HandlerContext) -> None:
        if update.message and await self._moved(update.message):
            raise ApplicationHandlerStop
        chat = update.effective_chat
        if chat is None or not (update.message or update.callback_query or update.my_chat_member):
            if update.callback_query:
                await QueryAnswer(update.callback_query).end(CHAT_NOT_SERVED())
            raise ApplicationHandlerStop
        if self._directory.find(chat.id) is None:
            if update.message or (update.my_chat_member and _came_in(update.my_chat_member)):
                await self._meet(chat.id, chat.type, context)
            elif update.callback_query:
                await QueryAnswer(update.callback_query).end(CHAT_NOT_SERVED())
            raise ApplicationHandlerStop
        if update.my_chat_member:
            logger.info("in chat %s the bot is now %s", chat.id, update.my_chat_member.new_chat_member.status)
            raise ApplicationHandlerStop

    async def _moved(self, message: Message) -> bool:
        """Whether the message only says that a group has become a supergroup. Telegram says it in both."""
        if message.migrate_to_chat_id:
            old, new = message.chat.id, message.migrate_to_chat_id
        elif message.migrate_from_chat_id:
            old, new = message.migrate_from_chat_id, message.chat.id
        else:
            return False
        async with self._moving:
            if self._directory.find(old) is not None:
                await self._directory.migrate(old, new)
        return True

    async def _meet(self, chat_id: int, kind: str, context: HandlerContext) -> None:
        if not await self._directory.first_meeting(chat_id):
            return
        told = PRIVATE_BOT if kind == ChatType.PRIVATE else PRIVATE_BOT_IN_GROUP
        try:
            await context.bot.send_message(chat_id, told(chat_id=f"<code>{chat_id}</code>"))
        except TelegramError as error:
            logger.info("a stranger could not be told that the bot is private: %s", error)


def _came_in(change: ChatMemberUpdated) -> bool:
    inside = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)
    return (
        change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
        and change.new_chat_member.status in inside
        and change.old_chat_member.status not in inside
    )
