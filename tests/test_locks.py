"""A lock for each key, while there is a use for it."""

import asyncio
import weakref

from blinkbot.locks import Locks


async def test_turns_are_taken_in_order_for_one_key_and_side_by_side_for_others() -> None:
    locks, done = Locks(), []

    async def work(key: int, name: str, after: asyncio.Event) -> None:
        async with locks[key]:
            await after.wait()
            done.append(name)

    free, held = asyncio.Event(), asyncio.Event()
    free.set()
    tasks = [asyncio.create_task(work(*each)) for each in ((1, "a", held), (1, "b", free), (2, "c", free))]
    await tasks[2]
    assert done == ["c"]
    held.set()
    await asyncio.gather(*tasks)
    assert done == ["c", "a", "b"]
    once = weakref.ref(locks[1])
    assert once() is None
