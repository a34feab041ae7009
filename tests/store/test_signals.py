"""Who waits for work is woken, and a claim that nobody waits for is taken back."""

import asyncio
from datetime import timedelta

import pytest

from blinkbot.domain.deliveries import Queue, Stage
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FILE, NOON, OWNER, claimed, clip, held_up, look, pending_count

LATER = NOON + timedelta(hours=1)


async def woken(store: Store, queue: Queue = Queue.ALERTS) -> bool:
    """Whether somebody who waits for work is woken now; what is under way on the thread counts."""
    await pending_count(store)
    waiting = asyncio.ensure_future(store.outbox.wait_for_work(queue))
    await asyncio.sleep(0)
    done = waiting.done()
    waiting.cancel()
    return done


async def idle(store: Store) -> None:
    """Take everything that is due, and find that there is no more."""
    for queue in (Queue.ALERTS, Queue.VIDEOS):
        while await store.outbox.claim(queue, NOON):
            continue
    while await store.outbox.claim_album(NOON, most=10):
        continue
    assert not any([await woken(store, queue) for queue in Queue])


async def test_many_takers_never_take_the_same_delivery(store: Store) -> None:
    await asyncio.gather(*(look(store, clip(number), chats=[OWNER]) for number in range(40)))
    single = await asyncio.gather(*(store.outbox.claim(Queue.ALERTS, NOON) for _ in range(20)))
    albums = await asyncio.gather(*(store.outbox.claim_album(NOON, most=3) for _ in range(20)))
    taken = [each for each in single if each] + [each for album in albums for each in album]
    assert sorted(delivery.clip.id for delivery in taken) == list(range(40))


async def test_a_claim_that_nobody_waits_for_any_more_is_taken_back(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    with held_up(store):
        claiming = asyncio.create_task(store.outbox.claim(Queue.ALERTS, NOON))
        await asyncio.sleep(0)
        claiming.cancel()
        with pytest.raises(asyncio.CancelledError):
            await claiming
    assert await store.outbox.claim(Queue.ALERTS, NOON) is not None


async def test_an_album_that_nobody_waits_for_any_more_is_taken_back(store: Store, clock: FakeClock) -> None:
    clock.now = LATER
    await look(store, clip(1), clip(2), chats=[OWNER])
    with held_up(store):
        claiming = asyncio.create_task(store.outbox.claim_album(LATER, most=10))
        await asyncio.sleep(0)
        claiming.cancel()
        with pytest.raises(asyncio.CancelledError):
            await claiming
    assert len(await store.outbox.claim_album(LATER, most=10)) == 2


async def test_new_clips_wake_whoever_waits_for_work(store: Store) -> None:
    await idle(store)
    waiting = [asyncio.create_task(store.outbox.wait_for_work(queue)) for queue in Queue]
    await look(store, clip())
    await asyncio.wait_for(asyncio.gather(*waiting), 5)


async def test_clips_that_go_to_nobody_wake_nobody(store: Store) -> None:
    await idle(store)
    await look(store, clip(), push=False)
    assert not await woken(store)


async def test_a_claim_in_one_lane_silences_no_other(store: Store) -> None:
    await idle(store)
    await look(store, clip())
    while await store.outbox.claim(Queue.ALERTS, NOON):
        continue
    assert not await woken(store, Queue.ALERTS)
    assert await woken(store, Queue.VIDEOS)
    assert await woken(store, Queue.BACKLOG)


async def test_whatever_may_free_a_delivery_wakes(store: Store) -> None:
    await look(store, *(clip(number) for number in range(1, 6)), chats=[OWNER])
    taken = [await claimed(store, NOON) for _ in range(5)]
    await idle(store)
    await store.outbox.mark_shown(taken[0], 9, Stage.PHOTO)
    assert await woken(store, Queue.VIDEOS)
    await idle(store)
    await store.outbox.mark_sent(taken[1], 10, FILE)
    assert await woken(store, Queue.VIDEOS)
    await idle(store)
    await store.outbox.postpone(taken[2], LATER)
    assert await woken(store)
    await idle(store)
    await store.outbox.give_up(taken[3])
    assert await woken(store)
    await idle(store)
    await store.outbox.suppress(taken[4])
    assert await woken(store)
    await idle(store)
    await store.outbox.recover()
    assert await woken(store)


async def test_alerts_that_join_the_backlog_wake_whoever_makes_albums(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    assert await store.outbox.claim_album(NOON, most=10) == []
    assert not await woken(store, Queue.BACKLOG)
    assert await store.outbox.claim(Queue.ALERTS, LATER) is None
    assert await woken(store, Queue.BACKLOG)


async def test_a_claim_that_found_something_does_not_silence_the_rest(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    await claimed(store, NOON)
    assert await woken(store)


async def test_a_clip_that_comes_while_a_claim_finds_nothing_is_not_missed(store: Store) -> None:
    await idle(store)
    with held_up(store):
        claiming = asyncio.create_task(store.outbox.claim(Queue.ALERTS, NOON))
        looking = asyncio.create_task(look(store, clip()))
        await asyncio.sleep(0)
    assert await claiming is None
    await looking
    assert await woken(store)


async def test_clips_wake_also_when_the_look_was_cancelled(store: Store) -> None:
    await idle(store)
    with held_up(store):
        looking = asyncio.create_task(look(store, clip()))
        await asyncio.sleep(0)
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking
    assert await woken(store)
