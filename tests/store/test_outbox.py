"""Deliveries on their way."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from blinkbot import ports
from blinkbot.outbox import Delivery
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER, claimed, clip, held_up, look

SUPERGROUP = -1_000_000_555
SOON = NOON + timedelta(seconds=30)
LATER = NOON + timedelta(hours=1)


async def test_nothing_is_due_in_an_empty_outbox(store: Store) -> None:
    outbox: ports.Outbox = store
    assert await outbox.claim(NOON) is None
    assert await outbox.next_due_at() is None


async def test_a_delivery_tells_clip_chat_and_when_the_clip_was_first_seen(store: Store, clock: FakeClock) -> None:
    first_seen = clock()
    await look(store, clip(partial=True))
    clock.forward(60)
    await look(store, clip(), chats=[OWNER])
    delivery = await claimed(store, NOON)
    assert delivery == Delivery(id=delivery.id, clip=clip(), chat_id=OWNER, attempts=0, queued_at=first_seen)


async def test_what_was_recorded_first_goes_first(store: Store) -> None:
    await look(store, clip(3), clip(1), clip(2), chats=[OWNER])
    assert [(await claimed(store, NOON)).clip.id for _ in range(3)] == [1, 2, 3]
    assert await store.claim(NOON) is None


async def test_what_was_seen_first_goes_before_what_was_recorded_first(store: Store, clock: FakeClock) -> None:
    await look(store, clip(5), chats=[OWNER])
    clock.forward(60)
    await look(store, clip(1), chats=[OWNER])
    assert (await claimed(store, NOON)).clip.id == 5


async def test_a_clip_is_uploaded_once_and_the_other_chats_wait_for_its_file_id(store: Store) -> None:
    await look(store, clip(1), clip(2))
    upload = await claimed(store, NOON)
    assert (upload.clip.id, upload.chat_id, upload.file_id) == (1, OWNER, None)
    assert (await claimed(store, NOON)).clip.id == 2
    assert await store.claim(NOON) is None
    await store.sent(upload, message_id=10, file_id="file-1")
    second = await claimed(store, NOON)
    assert (second.clip.id, second.chat_id, second.file_id) == (1, FAMILY, "file-1")


async def test_a_clip_with_a_file_id_goes_to_all_chats_side_by_side(store: Store) -> None:
    await look(store, clip())
    await store.remember_file("cloud:1", "file-1")
    assert {(await claimed(store, NOON)).chat_id for _ in range(2)} == {OWNER, FAMILY}


async def test_when_an_upload_is_given_up_the_next_chat_has_its_turn(store: Store) -> None:
    await look(store, clip())
    await store.give_up(await claimed(store, NOON), "the chat has blocked the bot")
    assert (await claimed(store, NOON)).chat_id == FAMILY


async def test_an_upload_that_brought_no_file_id_is_made_again_for_the_next_chat(store: Store) -> None:
    await look(store, clip())
    await store.sent(await claimed(store, NOON), message_id=10, file_id=None)
    second = await claimed(store, NOON)
    assert (second.chat_id, second.file_id) == (FAMILY, None)


async def test_what_waits_for_an_upload_has_no_time_of_its_own(store: Store) -> None:
    await look(store, clip())
    await claimed(store, NOON)
    assert await store.next_due_at() is None


async def test_what_was_sent_is_done(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.sent(await claimed(store, NOON), message_id=10, file_id="file-1")
    assert await store.pending_count() == 0
    assert await store.claim(LATER) is None
    kept = await store.clip("cloud:1")
    assert kept is not None
    assert kept.file_id == "file-1"


async def test_what_is_postponed_comes_back_at_its_time_with_one_attempt_more(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.postpone(await claimed(store, NOON), SOON, "Telegram does not answer")
    assert await store.next_due_at() == SOON
    assert await store.claim(SOON - timedelta(microseconds=1)) is None
    assert (await claimed(store, SOON)).attempts == 1


async def test_what_is_postponed_does_not_hold_up_the_rest(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    await store.postpone(await claimed(store, NOON), LATER, "Blink is slow")
    assert (await claimed(store, NOON)).clip.id == 2


async def test_what_was_given_up_is_never_sent(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    delivery = await claimed(store, NOON)
    await store.give_up(delivery, "Blink has deleted it")
    await store.postpone(delivery, NOON, "too late")
    assert await store.claim(LATER) is None
    assert await store.pending_count() == 0


async def test_a_chat_can_be_held_while_others_go_on(store: Store) -> None:
    await look(store, clip())
    await store.remember_file("cloud:1", "file-1")
    await store.hold_chat(OWNER, SOON)
    assert (await claimed(store, NOON)).chat_id == FAMILY
    assert await store.claim(NOON) is None
    assert await store.next_due_at() == SOON
    assert (await claimed(store, SOON)).chat_id == OWNER


async def test_holding_a_chat_for_a_shorter_time_shortens_nothing(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.hold_chat(OWNER, LATER)
    await store.hold_chat(OWNER, SOON)
    assert await store.next_due_at() == LATER


@pytest.mark.parametrize("known", [[FAMILY], [FAMILY, SUPERGROUP]], ids=["new id", "id known before"])
async def test_a_held_group_stays_held_when_it_moves(store: Store, known: list[int]) -> None:
    await store.authorize(known)
    await look(store, clip(), chats=[FAMILY])
    await store.hold_chat(FAMILY, LATER)
    await store.migrate_chat(FAMILY, SUPERGROUP)
    assert await store.claim(SOON) is None
    assert (await claimed(store, LATER)).chat_id == SUPERGROUP


async def test_what_was_being_sent_at_the_end_is_sent_again(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    sent = await claimed(store, NOON)
    await store.sent(sent, message_id=10, file_id="file-1")
    interrupted = await claimed(store, NOON)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.recover() == 1
    assert await claimed(reopened, NOON) == interrupted
    await reopened.close()


async def test_many_takers_never_take_the_same_delivery(store: Store) -> None:
    await asyncio.gather(*(look(store, clip(number), chats=[OWNER]) for number in range(40)))
    taken = [delivery for delivery in await asyncio.gather(*(store.claim(NOON) for _ in range(60))) if delivery]
    assert sorted(delivery.clip.id for delivery in taken) == list(range(40))


async def test_a_claim_that_nobody_waits_for_any_more_is_taken_back(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    with held_up(store):
        claiming = asyncio.create_task(store.claim(NOON))
        await asyncio.sleep(0)
        claiming.cancel()
        with pytest.raises(asyncio.CancelledError):
            await claiming
    assert await store.claim(NOON) is not None


async def woken(store: Store) -> bool:
    """Whether somebody who waits for work is woken now; what is under way on the thread counts."""
    await store.pending_count()
    waiting = asyncio.ensure_future(store.wait_for_work())
    await asyncio.sleep(0)
    done = waiting.done()
    waiting.cancel()
    return done


async def idle(store: Store) -> None:
    """Take everything that is due, and find that there is no more."""
    while await store.claim(NOON):
        continue
    assert not await woken(store)


async def test_new_clips_wake_whoever_waits_for_work(store: Store) -> None:
    await idle(store)
    waiting = asyncio.create_task(store.wait_for_work())
    await look(store, clip())
    await asyncio.wait_for(waiting, 5)


async def test_clips_that_go_to_nobody_wake_nobody(store: Store) -> None:
    await idle(store)
    await look(store, clip(), push=False)
    assert not await woken(store)


async def test_whatever_may_free_a_delivery_wakes(store: Store) -> None:
    await look(store, clip(1), clip(2), clip(3))
    uploads = [await claimed(store, NOON) for _ in range(3)]
    await idle(store)
    await store.sent(uploads[0], message_id=10, file_id="file-1")
    assert await woken(store)
    await idle(store)
    await store.postpone(uploads[1], LATER, "slow")
    assert await woken(store)
    await idle(store)
    await store.give_up(uploads[2], "gone")
    assert await woken(store)
    await idle(store)
    await store.recover()
    assert await woken(store)


async def test_a_claim_that_found_something_does_not_silence_the_rest(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    await claimed(store, NOON)
    assert await woken(store)


async def test_a_clip_that_comes_while_a_claim_finds_nothing_is_not_missed(store: Store) -> None:
    await idle(store)
    with held_up(store):
        claiming = asyncio.create_task(store.claim(NOON))
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
