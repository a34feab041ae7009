"""The order in which updates are looked at."""

import asyncio
from datetime import UTC, datetime

from telegram import Chat, Message, Update

from blinkbot.bot.dispatch.update_processor import ChatUpdateProcessor


def update(chat_id: int) -> Update:
    chat = Chat(chat_id, "private")
    return Update(1, message=Message(1, datetime(2026, 1, 1, tzinfo=UTC), chat))


async def test_updates_of_one_chat_wait_for_each_other() -> None:
    turns, done, gate = ChatUpdateProcessor(), [], asyncio.Event()

    async def slow() -> None:
        await gate.wait()
        done.append("slow")

    async def quick() -> None:
        done.append("quick")

    first = asyncio.create_task(turns.process_update(update(1), slow()))
    second = asyncio.create_task(turns.process_update(update(1), quick()))
    other = asyncio.create_task(turns.process_update(update(2), quick()))
    await other
    assert done == ["quick"]
    gate.set()
    await asyncio.gather(first, second)
    assert done == ["quick", "slow", "quick"]


async def test_a_failing_update_does_not_hold_the_next() -> None:
    turns, done = ChatUpdateProcessor(), []

    async def broken() -> None:
        raise RuntimeError

    async def quick() -> None:
        done.append("quick")

    await asyncio.gather(turns.process_update(update(1), broken()), return_exceptions=True)
    await turns.process_update(update(1), quick())
    await turns.process_update("no update at all", quick())
    assert done == ["quick", "quick"]
