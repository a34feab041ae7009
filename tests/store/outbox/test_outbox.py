"""What becomes of deliveries."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from blinkbot import ports
from blinkbot.domain.deliveries import Delivery, DeliveryState, Queue, Stage
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, FILE, NOON, OWNER, claimed, clip, look, pending_count

SUPERGROUP = -1_000_000_555
SOON = NOON + timedelta(seconds=30)
LATER = NOON + timedelta(minutes=10)


async def test_nothing_is_due_in_an_empty_outbox(store: Store) -> None:
    outbox: ports.Outbox = store.outbox
    for queue in (Queue.ALERTS, Queue.VIDEOS):
        assert await outbox.claim(queue, NOON) is None
        assert await outbox.next_due_at(queue) is None
    assert await outbox.claim_album(NOON, most=10) == []
    assert await outbox.next_due_at(Queue.BACKLOG) is None


async def test_a_delivery_tells_clip_chat_and_when_the_clip_was_first_seen(store: Store, clock: FakeClock) -> None:
    first_seen = clock()
    await look(store, clip(partial=True))
    clock.forward(60)
    await look(store, clip(), chats=[OWNER])
    delivery = await claimed(store, NOON)
    assert delivery == Delivery(id=delivery.id, clip=clip(), chat_id=OWNER, attempts=0, queued_at=first_seen)


async def test_what_is_shown_waits_for_its_video_in_the_same_message(store: Store, clock: FakeClock) -> None:
    await look(store, clip(), chats=[OWNER])
    shown = await claimed(store, NOON)
    clock.now = SOON
    await store.outbox.mark_shown(shown, 10, Stage.PHOTO, thread_id=7, photo_id="photo-1")
    assert await store.outbox.claim(Queue.ALERTS, SOON) is None
    assert await claimed(store, SOON, Queue.VIDEOS) == replace(
        shown, stage=Stage.PHOTO, message_id=10, thread_id=7, photo_id="photo-1", shown_at=SOON
    )


async def test_a_second_sight_in_the_same_message_does_not_change_when_it_was_first_shown(
    store: Store, clock: FakeClock
) -> None:
    await look(store, clip(), chats=[OWNER])
    shown = await claimed(store, NOON)
    await store.outbox.mark_shown(shown, 10, Stage.TEXT, thread_id=7)
    clock.now = LATER
    await store.outbox.mark_shown(shown, 10, Stage.PHOTO)
    video = await claimed(store, LATER, Queue.VIDEOS)
    assert (video.shown_at, video.stage, video.thread_id) == (NOON, Stage.PHOTO, 7)


async def test_pictures_shown_in_one_chat_serve_the_others(store: Store) -> None:
    await look(store, clip())
    await store.outbox.mark_shown(await claimed(store, NOON), 10, Stage.PHOTO, photo_id="photo-1")
    second = await claimed(store, NOON)
    assert second.photo_id == "photo-1"
    await store.outbox.mark_shown(second, 11, Stage.PHOTO, sheet_id="sheet-1")
    video = await claimed(store, NOON, Queue.VIDEOS)
    assert (video.photo_id, video.sheet_id) == ("photo-1", "sheet-1")


async def test_tries_are_counted_anew_for_the_video(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.outbox.postpone(await claimed(store, NOON), SOON)
    await store.outbox.mark_shown(await claimed(store, SOON), 10, Stage.TEXT)
    await store.outbox.postpone(await claimed(store, SOON, Queue.VIDEOS), LATER)
    again = await claimed(store, LATER, Queue.VIDEOS)
    assert (again.attempts, again.stage, again.message_id) == (1, Stage.TEXT, 10)


async def test_what_was_sent_is_done(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.outbox.mark_sent(await claimed(store, NOON), 10, FILE)
    assert await pending_count(store) == 0
    assert await store.outbox.claim(Queue.ALERTS, LATER) is None
    kept = await store.clips.for_chat(OWNER).get("cloud:1")
    assert kept is not None
    assert kept.file == FILE


async def test_what_is_postponed_comes_back_at_its_time_with_one_attempt_more(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.outbox.postpone(await claimed(store, NOON), SOON)
    assert await store.outbox.next_due_at(Queue.ALERTS) == SOON
    assert await store.outbox.next_due_at(Queue.VIDEOS) is None
    assert await store.outbox.claim(Queue.ALERTS, SOON - timedelta(microseconds=1)) is None
    assert (await claimed(store, SOON)).attempts == 1


async def test_what_is_postponed_does_not_hold_up_the_rest(store: Store) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    await store.outbox.postpone(await claimed(store, NOON), LATER)
    assert (await claimed(store, NOON)).clip.id == 2


@pytest.mark.parametrize("state", [DeliveryState.GIVEN_UP, DeliveryState.SUPPRESSED])
async def test_what_has_ended_is_never_sent(store: Store, state: DeliveryState) -> None:
    await look(store, clip(), chats=[OWNER])
    delivery = await claimed(store, NOON)
    if state is DeliveryState.SUPPRESSED:
        await store.outbox.suppress(delivery)
    else:
        await store.outbox.give_up(delivery)
    await store.outbox.postpone(delivery, NOON)
    assert await store.outbox.claim(Queue.ALERTS, LATER) is None
    assert await pending_count(store) == 0


async def test_what_is_sent_is_not_given_up_afterwards(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    delivery = await claimed(store, NOON)
    await store.outbox.mark_sent(delivery, 10, FILE)
    await store.outbox.suppress(delivery)
    kept = await store.clips.for_chat(OWNER).get("cloud:1")
    assert kept is not None
    assert not kept.suppressed


async def test_what_is_shown_to_a_chat_that_lost_its_rights_meanwhile_is_not_completed(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    delivery = await claimed(store, NOON)
    await store.chats.authorize([FAMILY])
    await store.outbox.mark_shown(delivery, 10, Stage.PHOTO)
    assert await pending_count(store) == 0


async def test_a_chat_can_be_held_while_others_go_on(store: Store) -> None:
    await look(store, clip())
    await store.chats.hold_chat(OWNER, SOON)
    assert (await claimed(store, NOON)).chat_id == FAMILY
    assert await store.outbox.claim(Queue.ALERTS, NOON) is None
    assert await store.outbox.next_due_at(Queue.ALERTS) == SOON
    assert (await claimed(store, SOON)).chat_id == OWNER


async def test_holding_a_chat_for_a_shorter_time_shortens_nothing(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.chats.hold_chat(OWNER, LATER)
    await store.chats.hold_chat(OWNER, SOON)
    assert await store.outbox.next_due_at(Queue.ALERTS) == LATER


@pytest.mark.parametrize("known", [[FAMILY], [FAMILY, SUPERGROUP]], ids=["new id", "id known before"])
async def test_a_held_group_stays_held_when_it_moves(store: Store, known: list[int]) -> None:
    await store.chats.authorize(known)
    await look(store, clip(), chats=[FAMILY])
    await store.chats.hold_chat(FAMILY, LATER)
    await store.chats.migrate(FAMILY, SUPERGROUP)
    assert await store.outbox.claim(Queue.ALERTS, SOON) is None
    assert (await claimed(store, LATER)).chat_id == SUPERGROUP


async def test_what_was_being_sent_at_the_end_is_sent_again(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await look(store, clip(1), clip(2), chats=[OWNER])
    await store.outbox.mark_sent(await claimed(store, NOON), 10, FILE)
    interrupted = await claimed(store, NOON)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.outbox.recover() == 1
    assert await claimed(reopened, NOON) == interrupted
    await reopened.close()


async def test_what_was_shown_at_the_end_is_completed_in_the_same_message(
    store: Store, data_dir: Path, clock: FakeClock
) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.outbox.mark_shown(await claimed(store, NOON), 10, Stage.PHOTO)
    interrupted = await claimed(store, NOON, Queue.VIDEOS)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    await reopened.outbox.recover()
    assert await reopened.outbox.claim(Queue.ALERTS, LATER) is None
    again = await claimed(reopened, LATER, Queue.VIDEOS)
    assert (again, again.message_id) == (interrupted, 10)
    await reopened.close()
