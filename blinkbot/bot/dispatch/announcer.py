"""What the bot says by itself, outside of any command: the code it needs, the sign-in it lost, and that it is back."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardMarkup
from telegram.error import TelegramError

from blinkbot.bot.buttons.callbacks import SignInToBlink
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.dispatch.reply import Reply
from blinkbot.bot.text.error_messages import sign_in_needed
from blinkbot.bot.text.formatting import cut, escaped
from blinkbot.domain import PinRequest
from blinkbot.errors import BlinkError
from blinkbot.ports import ChatDirectory

logger = logging.getLogger(__name__)

NEW_CODE = keyboard([("✉️ Send a new code", SignInToBlink())])
SIGN_IN = keyboard([("Sign in to Blink", SignInToBlink())])
SIGNED_IN = "✅ Signed in to Blink. I am watching."
NO_PRIVATE_CHAT = (
    "✉️ Blink has sent a code, but I take it in a private chat only and none is authorized. Write to me in private:"
    " I will tell you the chat id to add to telegram.chats. Then restart me and use /signin."
)

Menu = Callable[[], Sequence[tuple[str, str]]]
"""The commands for Telegram's menu with a line each, in the language that is spoken when it is called."""


@dataclass(slots=True)
class Loan:
    """An reply lent to the announcer; `used` tells whether it said anything through it."""

    reply: Reply
    used: bool = False


class TelegramAnnouncer:
    """A ports.Announcer that writes to the owners' private chats; to groups only where there is no private chat."""

    def __init__(self, bot: Bot, directory: ChatDirectory, menu: Menu, sleep: Sleep = asyncio.sleep) -> None:
        self._menu = menu
        self._bot = bot
        self._directory = directory
        self._sleep = sleep
        self._loans: dict[int, Loan] = {}
        self._asked: dict[int, Reply] = {}

    @contextmanager
    def lent(self, reply: Reply) -> Iterator[Loan]:
        """While a chat signs in, what is announced to it becomes its command's reply instead of a new message."""
        loan = self._loans[reply.chat_id] = Loan(reply)
        try:
            yield loan
        finally:
            if self._loans.get(reply.chat_id) is loan:
                del self._loans[reply.chat_id]

    async def pin_needed(self, request: PinRequest) -> None:
        """Ask the owners, in their private chats, for the code that Blink sent."""
        if self._private():
            await self._ask(self._private(), pin_question(request), NEW_CODE)
        else:
            await self._ask(self._everyone(), NO_PRIVATE_CHAT, None)

    async def sign_in_needed(self, error: BlinkError) -> None:
        """Tell the owners why polling rests until they sign in."""
        text = f"⚠️ {escaped(sign_in_needed(error))}"
        await self._ask(self._private() or self._everyone(), text, SIGN_IN)

    async def signed_in(self) -> None:
        """Tell whoever was asked, and whoever signed in, that all is well again."""
        asked, self._asked = self._asked, {}
        for chat_id in {*asked, *self._loans}:
            question, loan = asked.get(chat_id), self._loans.get(chat_id)
            try:
                if loan is None and question is not None:
                    await question.show(SIGNED_IN)
                elif loan is not None:
                    loan.used = True
                    await loan.reply.show(SIGNED_IN)
                    if question is not None and question.message_id != loan.reply.message_id:
                        await question.remove()
            except TelegramError as error:
                logger.warning("chat %s could not be told of the sign-in: %s", chat_id, error)

    async def set_command_menu(self, former: Sequence[int] = ()) -> None:
        """Show the commands in the authorized chats, and in no others; `former` are chats that had rights once."""
        try:
            await self._bot.delete_my_commands()
        except TelegramError as error:
            logger.warning("the command menu for strangers could not be emptied: %s", error)
        for chat_id in former:
            try:
                await self._bot.delete_my_commands(scope=BotCommandScopeChat(chat_id))
            except TelegramError as error:
                logger.info("former chat %s may still show the command menu: %s", chat_id, error)
        for chat_id in self._everyone():
            await self.show_menu(chat_id)

    async def show_menu(self, chat_id: int) -> None:
        """Show the commands in one chat. Where nobody has pressed Start yet, Telegram refuses; /start does it then."""
        commands = [BotCommand(name, what) for name, what in self._menu()]
        try:
            await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))
        except TelegramError as error:
            logger.warning("chat %s has no command menu yet: %s", chat_id, error)

    async def _ask(self, chat_ids: Sequence[int], text: str, buttons: InlineKeyboardMarkup | None) -> None:
        for chat_id in chat_ids:
            loan = self._loans.get(chat_id)
            reply = loan.reply if loan else Reply(self._bot, chat_id, self._sleep)
            try:
                await reply.show(text, buttons)
            except TelegramError as error:
                logger.error("chat %s could not be asked to sign in: %s", chat_id, error)
                continue
            if loan:
                loan.used = True
            self._asked[chat_id] = reply

    def _everyone(self) -> list[int]:
        return [chat.id for chat in self._directory.all()]

    def _private(self) -> list[int]:
        return [chat.id for chat in self._directory.all() if chat.is_private]


def pin_question(request: PinRequest) -> str:
    """How the code is asked for."""
    by = f" by {escaped(cut(request.channel, 20))}" if request.channel else ""
    to = f" to {escaped(cut(request.destination))}" if request.destination else ""
    again = f" A new one can be sent after {request.resend_after} s." if request.resend_after else ""
    return f"✉️ Blink has sent a code{by}{to}. Send it to me here; I delete your message with it.{again}"
