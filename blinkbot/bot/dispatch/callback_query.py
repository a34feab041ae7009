"""What turns on a tapped button until the bot answers the tap."""

import logging

from telegram import CallbackQuery
from telegram.error import TelegramError

from blinkbot.bot.client.errors import is_late_answer

logger = logging.getLogger(__name__)


class QueryAnswer:
    """It turns from the tap on until it is ended, which counts once."""

    def __init__(self, query: CallbackQuery) -> None:
        self._query = query
        self._ended = False
        self.is_late = False
        """Whether the tap waited so long that Telegram takes no answer any more, as while the bot was away."""

    async def end(self, text: str = "") -> bool:
        """End it, with a word at the top of the screen where there is one; False where that is not shown. It is not
        when it had ended before, or Telegram does not take it."""
        if self._ended:
            return False
        self._ended = True
        try:
            await self._query.answer(text or None)
        except TelegramError as error:
            self.is_late = is_late_answer(error)
            logger.debug("a tap could not be acknowledged: %s", error)
            return False
        return True
