"""Which calls to Telegram are made again, and when; `delivery.failure_policy` rests on it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from blinkbot.bot.client.errors import is_too_large

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]

DELAYS = (1.0, 4.0, 15.0)
"""Seconds between tries of one call while a person waits for it: longer than a hiccup, shorter than their patience."""

LONGEST_WAIT = 60.0
"""Seconds of flood control that an answer waits out; a longer one is given back as the error."""


def may_pass(error: TelegramError) -> bool:
    """Whether the same call may succeed later: the line's trouble or Telegram's own, and not what was asked for."""
    if isinstance(error, BadRequest) or is_too_large(error):
        return False
    return isinstance(error, NetworkError | RetryAfter)


def wait_after(error: Exception, delay: float) -> float:
    """Seconds until the next try: as many as Telegram wants, else `delay`."""
    if not isinstance(error, RetryAfter):
        return delay
    # An int or, under PTB_TIMEDELTA, a timedelta.
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def delay_after(attempts: int, delays: Sequence[float]) -> float:
    """The delay after so many tries before this one; the last repeats."""
    return delays[min(attempts, len(delays) - 1)]


async def with_retries(call: Callable[[], Awaitable[T]], sleep: Sleep, *, repeatable: bool) -> T:
    """Make a call, again after trouble that passes. Raises what the last try raised.

    A call that is not `repeatable` (sending) is not made again when the first may have been carried out.
    """
    for delay in DELAYS:
        try:
            return await call()
        except TelegramError as error:
            wait = wait_after(error, delay)
            may_be_done = isinstance(error, TimedOut) and not repeatable
            if may_be_done or wait > LONGEST_WAIT or not may_pass(error):
                raise
        await sleep(wait)
    return await call()
