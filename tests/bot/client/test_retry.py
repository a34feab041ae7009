"""Which calls to Telegram are made again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from blinkbot.bot.client.retry import DELAYS, wait_after, with_retries
from tests.clock import FakeClock


@pytest.fixture(autouse=True)
def new_style(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def failing(*errors: Exception) -> tuple[Callable[[], Awaitable[str]], list[Exception]]:
    left = list(errors)

    async def call() -> str:
        if left:
            raise left.pop(0)
        return "done"

    return call, left


async def test_network_trouble_is_tried_again(clock: FakeClock) -> None:
    start = clock.now
    call, _ = failing(NetworkError("a"), NetworkError("b"))
    assert await with_retries(call, clock.sleep, repeatable=False) == "done"
    assert (clock.now - start).total_seconds() == sum(DELAYS[:2])


async def test_a_flood_is_waited_out_for_as_long_as_telegram_says(clock: FakeClock) -> None:
    start = clock.now
    call, _ = failing(RetryAfter(17))
    assert await with_retries(call, clock.sleep, repeatable=False) == "done"
    assert clock.now - start == timedelta(seconds=17)


async def test_a_long_flood_is_given_back(clock: FakeClock) -> None:
    call, _ = failing(RetryAfter(3600))
    with pytest.raises(RetryAfter):
        await with_retries(call, clock.sleep, repeatable=True)


async def test_a_sending_that_may_have_arrived_is_not_made_again(clock: FakeClock) -> None:
    call, left = failing(TimedOut(), NetworkError("never reached"))
    with pytest.raises(TimedOut):
        await with_retries(call, clock.sleep, repeatable=False)
    assert len(left) == 1


async def test_an_edit_that_may_have_arrived_is_made_again(clock: FakeClock) -> None:
    call, _ = failing(TimedOut())
    assert await with_retries(call, clock.sleep, repeatable=True) == "done"


async def test_a_refusal_is_final(clock: FakeClock) -> None:
    call, left = failing(BadRequest("no"), NetworkError("never reached"))
    with pytest.raises(BadRequest):
        await with_retries(call, clock.sleep, repeatable=True)
    assert len(left) == 1


async def test_patience_ends(clock: FakeClock) -> None:
    call, left = failing(*(NetworkError(str(number)) for number in range(10)))
    with pytest.raises(NetworkError):
        await with_retries(call, clock.sleep, repeatable=True)
    assert len(left) == 10 - len(DELAYS) - 1


@pytest.mark.parametrize("style", ["true", "false"])
@pytest.mark.filterwarnings("ignore:.*retry_after.*")
def test_both_shapes_of_retry_after_are_understood(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", style)
    assert wait_after(RetryAfter(30), 1) == 30.0


async def test_cancelling_ends_it(clock: FakeClock) -> None:
    call, _ = failing(NetworkError("a"))

    async def for_ever(_: float) -> None:
        await asyncio.Event().wait()

    task = asyncio.create_task(with_retries(call, for_ever, repeatable=True))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
