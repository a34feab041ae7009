"""What Telegram's errors mean for a call: try again, and when; or not."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from blinkbot.bot.client.errors import is_too_large

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]

DELAYS = (1.0, 4.0, 15.0)
"""Seconds between tries of one call while somebody waits for it: longer than a hiccup, shorter than their patience."""

LONGEST_WAIT = 60.0
"""Seconds of flood control that an answer waits out; a longer one is given back as the error."""


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait; an int or, under PTB_TIMEDELTA, a timedelta."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


async def with_retries(call: Callable[[], Awaitable[T]], sleep: Sleep, *, repeatable: bool) -> T:
    """Make a call, again after trouble that passes. Raises what the last try raised.

    A call that is not `repeatable` (sending) is not made again when the first may have been carried out.
    """
    for delay in DELAYS:
        try:
            return await call()
        except RetryAfter as error:
            wait = seconds_of(error)
            if wait > LONGEST_WAIT:
                raise
        except BadRequest:
            raise
        except TimedOut:
            if not repeatable:
                raise
            wait = delay
        except NetworkError as error:
            if is_too_large(error):
                raise
            wait = delay
        await sleep(wait)
    return await call()
