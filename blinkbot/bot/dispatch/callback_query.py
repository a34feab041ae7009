"""What turns on a tapped button until the bot answers the tap."""

import logging
from enum import Enum, auto

from telegram import CallbackQuery
from telegram.error import TelegramError

from blinkbot.bot.client.errors import is_late_answer

logger = logging.getLogger(__name__)


class QueryAnswer:
    """The answer to one tap, which ends its wait. Only the first counts."""

    def __init__(self, query: CallbackQuery) -> None:
        self._query = query
        self._ended = False

    async def acknowledge(self) -> bool:
        """Answer without a word; whether it was too late for that: the tap had waited, as while the bot was away."""
        return await self._answer("") is _Taken.TOO_LATE

    async def end(self, text: str = "") -> bool:
        """Answer with a note at the top of the screen; False where it is not shown: answered before, or not taken."""
        return await self._answer(text) is _Taken.SHOWN

    async def _answer(self, text: str) -> "_Taken":
        if self._ended:
            return _Taken.NOT_SHOWN
        self._ended = True
        try:
            await self._query.answer(text or None)
        except TelegramError as error:
            logger.debug("a tap could not be acknowledged: %s", error)
            return _Taken.TOO_LATE if is_late_answer(error) else _Taken.NOT_SHOWN
        return _Taken.SHOWN


class _Taken(Enum):
    SHOWN = auto()
    NOT_SHOWN = auto()
    TOO_LATE = auto()
