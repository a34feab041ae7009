"""What Telegram's errors mean for a call: try again, and when; or not."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[None]]

DELAYS = (1.0, 4.0, 15.0)
"""Seconds between tries of one call while somebody waits for it: longer than a hiccup, shorter than their patience."""

LONGEST_WAIT = 60.0
"""Seconds of flood control that an answer waits out; a longer one is given back as the error."""

FINISH_WITHIN = 1.5
"""Seconds that a message on its way gets at a stop, so that it is known to be there and not sent again."""

FORBIDDEN_MEDIA = re.compile(r"not enough rights to send (?!text)|CHAT_SEND_(?!PLAIN)\w+_FORBIDDEN", re.IGNORECASE)


class NotSent(NetworkError):
    """The request never reached Telegram whole: nothing happened there."""


class AnswerLost(TimedOut):
    """The request went out and no answer came back: it may have been carried out."""


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants us to wait; an int or, under PTB_TIMEDELTA, a timedelta."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def is_too_large(error: TelegramError) -> bool:
    """Whether an upload was refused for its size: 413, which the library takes for network trouble, or in words."""
    text = error.message.lower()
    return any(words in text for words in ("entity too large", "(413)", "file is too big", "file too large"))


def is_forbidden_media(error: TelegramError) -> bool:
    """Whether a group does not let the bot send this kind of media; words it may send all the same."""
    return isinstance(error, BadRequest) and FORBIDDEN_MEDIA.search(error.message) is not None


async def finished(work: Coroutine[Any, Any, T]) -> T:
    """Do something that is better finished than broken off, such as sending a message and writing down that it is
    there: when it is cancelled it has FINISH_WITHIN to end by itself."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    finally:
        if not task.done():
            await asyncio.wait([task], timeout=FINISH_WITHIN)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def first_of(*awaitables: Awaitable[object]) -> None:
    """Return when the first of them does; the others are cancelled."""
    waiting = [asyncio.ensure_future(each) for each in awaitables]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


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
