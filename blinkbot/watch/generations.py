"""Which generation of its lists Blink serves: today's is tried, and again a day after it was not served."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from blinkbot.errors import AppUpdateRequired, BlinkError, BlinkRefused, BlinkResponseError
from blinkbot.ports import Clock, Generation
from blinkbot.store import AccountRepository

_log = logging.getLogger(__name__)

TRIED_AGAIN_AFTER = timedelta(days=1)

# What says "there is no such list" and nothing of our pace or session (protocol §6, §7b).
NOT_SERVED = frozenset({400, 404, 405, 406, 410, 426})

Result = TypeVar("Result")


class Listing(StrEnum):
    """A list that comes in two generations."""

    HOME = "homescreen"
    EVENTS = "media"


class Generations:
    """Which generation is asked for, remembered over restarts."""

    def __init__(self, account: AccountRepository, clock: Clock) -> None:
        self._account = account
        self._clock = clock
        self._unreadable: set[Listing] = set()
        self._older: set[Listing] = set()

    @property
    def older(self) -> bool:
        """Whether a list was served in the older generation when it was last asked for."""
        return bool(self._older)

    async def ask(self, listing: Listing, question: Callable[[Generation], Awaitable[Result]]) -> Result:
        """Ask today's generation, and where it is not served the older one, at once. Raises BlinkErrors."""
        until = await self._account.old_generation_until(listing)
        # Also after the clock was set back, however far.
        if until is not None and timedelta() < until - self._clock() <= TRIED_AGAIN_AFTER:
            self._older.add(listing)
            return await question(Generation.OLD)
        try:
            answer = await question(Generation.NEW)
        except BlinkError as error:
            if not _is_not_served(error):
                raise
            _log.info("%s: today's generation is not served (%s); the older one is asked for", listing, error)
            answer = await question(Generation.OLD)
            self._older.add(listing)
            await self._note(listing, error)
            return answer
        self._unreadable.discard(listing)
        self._older.discard(listing)
        return answer

    async def _note(self, listing: Listing, error: BlinkError) -> None:
        """Remember it for a day, where the older generation did answer: else Blink itself is unwell.

        One answer that could not be read may have been cut on its way; the second in a row was meant so.
        """
        if isinstance(error, BlinkResponseError) and listing not in self._unreadable:
            self._unreadable.add(listing)
            return
        await self._account.keep_old_generation(listing, self._clock() + TRIED_AGAIN_AFTER)


def _is_not_served(error: BlinkError) -> bool:
    if isinstance(error, BlinkResponseError | AppUpdateRequired):
        return True
    return isinstance(error, BlinkRefused) and error.status in NOT_SERVED
