"""Waiting for several things at once, and finishing what is better not broken off."""

import asyncio
from collections.abc import Awaitable, Coroutine, Iterable
from typing import Any, TypeVar

T = TypeVar("T")

FINISH_WITHIN = 1.5
"""Seconds that a message on its way gets at a stop, so that it is known to be there and not sent again."""


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
        await cancelled(waiting)


async def cancelled(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Break tasks off, and wait until they have ended."""
    ending = list(tasks)
    for task in ending:
        task.cancel()
    await asyncio.gather(*ending, return_exceptions=True)


def has_result(task: asyncio.Future[Any]) -> bool:
    """Whether a task has ended well."""
    return task.done() and not task.cancelled() and task.exception() is None


async def together(work: Iterable[Awaitable[None]]) -> None:
    """Do things side by side to the end, also where others fail; then raise the first error there was."""
    for outcome in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome
