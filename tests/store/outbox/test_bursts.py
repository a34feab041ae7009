"""Clips of one camera that belong together in one chat."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blinkbot.domain import Clip
from blinkbot.domain.deliveries import Delivery, DeliveryState, Queue, Stage
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, FILE, NOON, OWNER, claimed, clip, look

WINDOW = timedelta(minutes=2)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


async def queued(store: Store, *clips: Clip, chats: Sequence[int] = (OWNER,)) -> list[Delivery]:
    """The claimed deliveries of these clips, which fit into one breath."""
    await look(store, *clips, chats=chats)
    return [await claimed(store, NOON) for _ in range(len(clips) * len(chats))]


async def test_clips_of_one_camera_within_the_window_belong_together(store: Store) -> None:
    times = [0, 120, 240, 361]
    deliveries = await queued(store, *(clip(number, recorded_at=at(s)) for number, s in enumerate(times)))
    joined = [await store.outbox.join_burst(delivery, WINDOW) for delivery in deliveries]
    assert [incident.count for incident in joined] == [1, 2, 3, 1]
    assert [incident.id == joined[0].id for incident in joined] == [True, True, True, False]


async def test_a_clip_that_comes_late_joins_what_happened_after_it(store: Store) -> None:
    first, second = await queued(store, clip(1, recorded_at=at(0)), clip(2, recorded_at=at(100)))
    later = await store.outbox.join_burst(second, WINDOW)
    assert (await store.outbox.join_burst(first, WINDOW)).id == later.id


async def test_cameras_and_chats_have_incidents_of_their_own(store: Store) -> None:
    deliveries = await queued(store, clip(1), clip(2, camera_id=302), chats=[OWNER, FAMILY])
    joined = {(await store.outbox.join_burst(delivery, WINDOW)).id for delivery in deliveries}
    assert len(joined) == 4


async def test_cameras_that_have_only_a_name_are_told_apart_by_it(store: Store) -> None:
    porch = clip(1, camera_id=0)
    garden = replace(clip(2, camera_id=0), camera_name="Garden")
    deliveries = await queued(store, porch, garden, replace(clip(3, camera_id=0)))
    joined = [(await store.outbox.join_burst(delivery, timedelta(minutes=9))).count for delivery in deliveries]
    assert joined == [1, 1, 2]


async def test_joining_again_changes_nothing(store: Store) -> None:
    (delivery,) = await queued(store, clip())
    once = await store.outbox.join_burst(delivery, WINDOW)
    assert await store.outbox.join_burst(delivery, WINDOW) == once == await store.outbox.burst(once.id)
    await store.outbox.postpone(delivery, NOON)
    again = await claimed(store, NOON)
    assert again.burst_id == once.id
    assert await store.outbox.join_burst(again, WINDOW) == once


async def test_without_a_window_every_clip_stays_alone(store: Store) -> None:
    deliveries = await queued(store, *(clip(number, recorded_at=NOON) for number in range(3)))
    alone = [await store.outbox.join_burst(delivery, timedelta()) for delivery in deliveries[:2]]
    third = await store.outbox.join_burst(deliveries[2], WINDOW)
    assert len({third.id, *(each.id for each in alone)}) == 3
    assert third.count == 1


async def test_the_first_one_shown_is_the_head(store: Store) -> None:
    first, second = await queued(store, clip(1), clip(2))
    for delivery in (first, second):
        incident = await store.outbox.join_burst(delivery, WINDOW)
        assert incident.head is None
    await store.outbox.mark_shown(second, 20, Stage.PHOTO, thread_id=7)
    await store.outbox.mark_shown(first, 10, Stage.PHOTO)
    head = (await store.outbox.burst(incident.id)).head
    assert head is not None
    assert (head.clip, head.message_id, head.thread_id) == (clip(2), 20, 7)
    assert (head.stage, head.state) == (Stage.PHOTO, DeliveryState.WAITING)


async def test_a_video_that_is_sent_directly_becomes_the_head_too(store: Store) -> None:
    (delivery,) = await queued(store, clip())
    incident = await store.outbox.join_burst(delivery, WINDOW)
    await store.outbox.mark_sent(delivery, 10, FILE)
    head = (await store.outbox.burst(incident.id)).head
    assert head is not None
    assert (head.message_id, head.state, head.file) == (10, DeliveryState.SENT, FILE)


async def test_one_that_never_reached_the_chat_leaves_the_ringing_to_the_next(store: Store) -> None:
    first, second = await queued(store, clip(1), clip(2))
    await store.outbox.join_burst(first, WINDOW)
    await store.outbox.give_up(first)
    joined = await store.outbox.join_burst(second, WINDOW)
    assert (joined.count, joined.head) == (1, None)


async def test_what_the_chat_is_not_shown_does_not_count(store: Store) -> None:
    first, second = await queued(store, clip(1), clip(2))
    await store.outbox.join_burst(first, WINDOW)
    incident = await store.outbox.join_burst(second, WINDOW)
    await store.outbox.suppress(second)
    assert (await store.outbox.burst(incident.id)).count == 1


async def test_what_is_in_the_chat_without_its_video_counts(store: Store) -> None:
    first, second = await queued(store, clip(1), clip(2))
    await store.outbox.join_burst(first, WINDOW)
    await store.outbox.mark_shown(first, 10, Stage.PHOTO)
    await store.outbox.give_up(first)
    assert (await store.outbox.join_burst(second, WINDOW)).count == 2


async def test_the_count_that_the_head_shows_is_remembered(store: Store) -> None:
    (delivery,) = await queued(store, clip())
    incident = await store.outbox.join_burst(delivery, WINDOW)
    assert incident.shown_count == 1
    await store.outbox.set_shown_count(incident.id, 4)
    assert (await store.outbox.burst(incident.id)).shown_count == 4


async def test_an_incident_that_is_not_known_is_told(store: Store) -> None:
    with pytest.raises(LookupError, match="no burst 5"):
        await store.outbox.burst(5)


async def test_in_a_supergroup_incidents_begin_anew(store: Store) -> None:
    first, second = await queued(store, clip(1), clip(2), chats=[FAMILY])
    before = await store.outbox.join_burst(first, WINDOW)
    await store.outbox.mark_shown(first, 10, Stage.PHOTO, thread_id=7)
    await store.chats.migrate(FAMILY, -77)
    assert (await store.outbox.burst(before.id)).head is None
    after = await store.outbox.join_burst(second, WINDOW)
    assert after.id != before.id
    again = await claimed(store, NOON)
    assert (again.clip, again.chat_id) == (clip(1), -77)
    assert (again.stage, again.message_id, again.thread_id) == (Stage.NOTHING, None, None)
    assert await store.outbox.join_burst(again, WINDOW) == replace(after, count=2)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 900), min_size=1, max_size=8))
async def test_clips_seen_in_order_fall_apart_exactly_where_nothing_happened_for_longer_than_the_window(
    seconds: list[int],
) -> None:
    times = sorted(seconds)
    with TemporaryDirectory() as folder:
        store = await Store.open(Path(folder), FakeClock(NOON))
        await store.chats.authorize([OWNER])
        joined = []
        for number, second in enumerate(times):
            await look(store, clip(number, recorded_at=at(second)), chats=[OWNER])
            delivery = await store.outbox.claim(Queue.ALERTS, NOON)
            assert delivery is not None
            joined.append((await store.outbox.join_burst(delivery, WINDOW)).id)
        await store.close()
    gaps = [later - earlier > WINDOW.total_seconds() for earlier, later in pairwise(times)]
    assert [later != earlier for earlier, later in pairwise(joined)] == gaps


async def test_what_is_miscounted_is_told_of_recent_incidents_in_chats_that_are_still_served(store: Store) -> None:
    deliveries = await queued(store, clip(1, recorded_at=at(0)), clip(2, recorded_at=at(30)), chats=[OWNER, FAMILY])
    for delivery in deliveries:
        await store.outbox.join_burst(delivery, WINDOW)
        await store.outbox.mark_shown(delivery, delivery.id, Stage.PHOTO)
    of_chat = {delivery.chat_id: (await store.outbox.join_burst(delivery, WINDOW)).id for delivery in deliveries}
    assert set(await store.outbox.miscounted_bursts(at(-60))) == set(of_chat.values())
    assert await store.outbox.miscounted_bursts(at(60)) == []
    await store.outbox.set_shown_count(of_chat[OWNER], 2)
    assert await store.outbox.miscounted_bursts(at(-60)) == [of_chat[FAMILY]]
    await store.chats.authorize([OWNER])
    assert await store.outbox.miscounted_bursts(at(-60)) == []


async def test_a_clip_from_long_before_belongs_to_none_of_what_came_after(store: Store) -> None:
    deliveries = await queued(
        store, clip(1, recorded_at=at(0)), clip(2, recorded_at=at(60)), clip(3, recorded_at=at(-600))
    )
    of = {delivery.clip.id: delivery for delivery in deliveries}
    for number in (1, 2):
        await store.outbox.join_burst(of[number], WINDOW)
    assert (await store.outbox.join_burst(of[3], WINDOW)).count == 1
