"""What `blinkbot check` asks Telegram: whether the token is good, and whether each chat can be written to."""

from types import TracebackType
from typing import Self

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken
from telegram.error import TelegramError as LibraryError

from blinkbot.errors import TelegramError, TelegramProblem


class TelegramDiagnostics:
    """Asks with requests that change nothing. Use it as a context manager."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def __aenter__(self) -> Self:
        # Not Bot.initialize, which already asks who we are and would raise here.
        await self._bot.request.initialize()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._bot.request.shutdown()

    async def name(self) -> str:
        """The bot's name, such as "@my_blink_bot". Raises errors.TelegramError."""
        try:
            me = await self._bot.get_me()
        except InvalidToken as error:
            raise TelegramError(TelegramProblem.BAD_TOKEN) from error
        except LibraryError as error:
            raise TelegramError(TelegramProblem.UNREACHABLE, error.message) from error
        return f"@{me.username}"

    async def chat(self, chat_id: int) -> str:
        """A chat's title or the name of its person. Raises errors.TelegramError."""
        try:
            chat = await self._bot.get_chat(chat_id)
        except BadRequest as error:
            raise TelegramError(TelegramProblem.UNKNOWN_CHAT) from error
        except Forbidden as error:
            raise TelegramError(TelegramProblem.SHUT_OUT) from error
        except LibraryError as error:
            raise TelegramError(TelegramProblem.UNREACHABLE, error.message) from error
        return chat.effective_name or "found"
