"""What the bot says by itself, outside of any command: the code it needs, the sign-in it lost, and that it is back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardMarkup
from telegram.error import TelegramError

from blinkbot.bot.buttons.callbacks import SignInToBlink
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.dispatch.reply import Reply
from blinkbot.bot.text import signin
from blinkbot.bot.text.error_messages import sign_in_needed
from blinkbot.bot.text.formatting import escaped
from blinkbot.bot.text.locale import speaking_to
from blinkbot.domain import Chat, PinRequest, SignInState
from blinkbot.errors import BlinkError
from blinkbot.ports import ChatDirectory

logger = logging.getLogger(__name__)

Menu = Callable[[], Sequence[tuple[str, str]]]
"""The commands for Telegram's menu with a line each, in the language that is spoken when it is called."""


class TelegramAnnouncer:
    """A ports.Announcer that writes to the owners' private chats; to groups only where there is no private chat."""

    def __init__(self, bot: Bot, directory: ChatDirectory, menu: Menu, sleep: Sleep = asyncio.sleep) -> None:
        self._menu = menu
        self._bot = bot
        self._directory = directory
        self._sleep = sleep
        self._asked: dict[int, Reply] = {}
        """Each chat's question that waits for a sign-in."""

    async def pin_needed(self, request: PinRequest, asked_by: int | None = None) -> None:
        """Ask the owners, in their private chats, for the code that Blink sent; `asked_by` is told by `tell`."""
        for chat in self._to_be_asked():
            if chat.id != asked_by:
                await self._ask(chat, lambda reply: self._show_pin_question(reply, request))

    async def sign_in_needed(self, error: BlinkError) -> None:
        """Tell the owners why polling rests until they sign in."""
        for chat in self._to_be_asked():
            await self._ask(
                chat, lambda reply: reply.show(f"⚠️ {escaped(sign_in_needed(error))}", sign_in_keyboard(new_code=False))
            )

    async def signed_in(self, asked_by: int | None = None) -> None:
        """Tell the chats that were asked that all is well again; `asked_by` is told by `tell`."""
        others = [chat_id for chat_id in self._asked if chat_id != asked_by]
        # All are taken out before the first is told: a second sign-in may end meanwhile.
        for chat_id, question in [(chat_id, self._asked.pop(chat_id)) for chat_id in others]:
            try:
                with speaking_to(chat_id, self._directory):
                    await question.show(signin.WATCHING())
            except TelegramError as error:
                logger.warning("chat %s did not get the sign-in message: %s", chat_id, error)

    async def tell(self, reply: Reply, awaited: PinRequest | None) -> None:
        """Tell the chat that has asked for a sign-in what came of it, in the reply to its command. `awaited` is the
        code that Blink waits for; None: signed in. Raises telegram.error.TelegramError."""
        chat_id = reply.chat_id
        if awaited is None:
            await reply.show(signin.WATCHING())
            question = self._asked.pop(chat_id, None)
            if question is not None and question.message_id != reply.message_id:
                await question.remove()
        elif chat_id in [chat.id for chat in self._to_be_asked()]:
            await self._show_pin_question(reply, awaited)
            self._asked[chat_id] = reply
        else:
            await reply.show(signin.STATES[SignInState.PIN_NEEDED]())

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
        for chat in self._directory.all():
            await self.show_menu(chat.id)

    async def show_menu(self, chat_id: int) -> None:
        """Show the commands in one chat. Where Start was never pressed, Telegram refuses; /start does it then."""
        with speaking_to(chat_id, self._directory):
            commands = [BotCommand(name, what) for name, what in self._menu()]
        try:
            await self._bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))
        except TelegramError as error:
            logger.warning("chat %s has no command menu yet: %s", chat_id, error)

    async def _show_pin_question(self, reply: Reply, request: PinRequest) -> None:
        if self._private():
            await reply.show(signin.pin_question(request), sign_in_keyboard(new_code=True))
        else:
            await reply.show(signin.NO_PRIVATE_CHAT())

    async def _ask(self, chat: Chat, show: Callable[[Reply], Awaitable[None]]) -> None:
        reply = Reply(self._bot, chat.id, self._sleep)
        try:
            with speaking_to(chat.id, self._directory):
                await show(reply)
        except TelegramError as error:
            logger.error("chat %s did not get the sign-in message: %s", chat.id, error)
        else:
            self._asked[chat.id] = reply

    def _to_be_asked(self) -> Sequence[Chat]:
        return self._private() or self._directory.all()

    def _private(self) -> list[Chat]:
        return [chat for chat in self._directory.all() if chat.is_private]


def sign_in_keyboard(*, new_code: bool) -> InlineKeyboardMarkup:
    """The button that starts a sign-in; `new_code`: one is awaited, and the button sends another."""
    return keyboard([(signin.SEND_NEW_CODE() if new_code else signin.SIGN_IN(), SignInToBlink())])
