"""What a look at a USB stick leaves in the store."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from blinkbot.domain import Cause, Clip, NoVideo, Origin, Seen
from blinkbot.domain.clip_search import ClipQuery
from blinkbot.domain.deliveries import Queue, Stage
from blinkbot.errors import NotFound
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, FILE, NOON, OWNER, Everything, claimed, clip, look, pending_count

MODULE = 50


def stored(number: int = 1, *, module: int = MODULE, late: float = 0, camera_id: int = 301) -> Clip:
    """The stick's recording of the event of `clip(number)`, begun so many seconds later."""
    cloud = clip(number, camera_id=camera_id)
    at = cloud.recorded_at + timedelta(seconds=late)
    key = f"usb:{module}:porch{camera_id}:{int(at.timestamp())}"
    return replace(cloud, key=key, recorded_at=at, updated_at=at, video="", thumbnail=None, origin=Origin.USB)


async def stick(
    store: Store, *clips: Clip, module: int = MODULE, push: bool = True, newest: datetime | None = NOON
) -> list[str]:
    """One look at a stick; the keys of what got deliveries."""
    pushed = await store.usb_clips.record(
        module, clips, to_push=Everything() if push else (), chats=[OWNER, FAMILY], newest=newest
    )
    return [each.key for each in pushed]


async def shown(store: Store) -> list[str]:
    return [kept.clip.key for kept in (await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 50)).clips]


async def test_a_stick_that_was_never_looked_at_has_no_mark(store: Store) -> None:
    assert not await store.usb_clips.baseline_done(MODULE)
    assert await store.usb_clips.newest(MODULE) is None


async def test_each_stick_has_a_mark_of_its_own(store: Store) -> None:
    await stick(store, newest=None)
    assert await store.usb_clips.baseline_done(MODULE)
    assert await store.usb_clips.newest(MODULE) is None
    await stick(store, stored(1, module=60), module=60)
    assert await store.usb_clips.newest(60) == NOON
    assert await store.usb_clips.newest(MODULE) is None
    assert not await store.usb_clips.baseline_done(5)


async def test_new_clips_go_to_every_chat_oldest_first(store: Store, clock: FakeClock) -> None:
    assert await stick(store, stored(2), stored(1)) == [stored(1).key, stored(2).key]
    assert await pending_count(store) == 4
    first = await store.outbox.claim(Queue.ALERTS, clock())
    assert first is not None
    assert first.clip == stored(1)


async def test_what_is_not_to_be_pushed_is_kept_all_the_same(store: Store) -> None:
    assert await stick(store, stored(1), push=False) == []
    assert await shown(store) == [stored(1).key]
    assert await stick(store, stored(1)) == []


async def test_modules_whose_numbers_begin_alike_do_not_touch_each_other(store: Store) -> None:
    await stick(store, stored(1, module=50))
    await stick(store, stored(2, module=501), module=501)
    await stick(store, stored(3, module=50), stored(1, module=50))
    assert len(await shown(store)) == 3


async def test_the_cloud_tells_first(store: Store) -> None:
    await look(store, clip(1))
    assert await stick(store, stored(1, late=3)) == []
    assert await shown(store) == ["cloud:1"]


async def test_the_stick_tells_first(store: Store) -> None:
    await stick(store, stored(1, late=-3))
    assert await look(store, clip(1)) == []
    assert await shown(store) == [stored(1, late=-3).key]
    assert await look(store, clip(1)) == []


@pytest.mark.parametrize("cause", [Cause.SNAPSHOT, Cause.LIVE_VIEW])
async def test_what_the_cloud_calls_recorded_on_request_is_no_alert_from_the_stick_either(
    store: Store, cause: Cause
) -> None:
    await look(store, clip(1, partial=True, cause=cause), push=False)
    assert await stick(store, stored(1, late=2)) == []
    assert await shown(store) == [stored(1, late=2).key]
    assert await look(store, clip(1, cause=cause), push=False) == []
    assert await shown(store) == ["cloud:1"]


async def test_beside_what_was_recorded_on_request_an_event_is_an_alert(store: Store) -> None:
    await look(store, clip(1, partial=True, cause=Cause.SNAPSHOT), push=False)
    assert await stick(store, stored(1, late=1), stored(1, late=-4), stored(1, late=9)) == [
        stored(1, late=1).key,
        stored(1, late=9).key,
    ]
    assert [(await claimed(store, NOON)).clip.cause for _ in range(2)] == [Cause.MOTION] * 2


@pytest.mark.parametrize("cause", [Cause.DOORBELL, "new kind"])
async def test_a_stick_that_has_it_whole_first_tells_it_as_what_the_cloud_says(
    store: Store, cause: Cause | str
) -> None:
    await look(store, replace(clip(1, partial=True, cause=cause), thumbnail=None))
    assert await stick(store, stored(1, late=2)) == [stored(1, late=2).key]
    told = (await claimed(store, NOON)).clip
    assert (told.key, told.cause, told.origin) == (stored(1, late=2).key, cause, Origin.USB)
    assert await look(store, clip(1, cause=cause)) == []
    assert await shown(store) == [stored(1, late=2).key]


@pytest.mark.parametrize(
    "event",
    [
        replace(clip(1, cause=Cause.DOORBELL), video="", no_video=NoVideo.NO_SUBSCRIPTION),
        clip(1, cause=Cause.DOORBELL, partial=True),
    ],
)
async def test_what_was_told_without_a_video_becomes_that_of_the_stick(store: Store, event: Clip) -> None:
    await look(store, replace(event, seen=(Seen.PERSON,)), chats=[OWNER])
    shown_first = await claimed(store, NOON)
    await store.outbox.mark_shown(shown_first, 7, Stage.PHOTO)
    assert await store.outbox.claim(Queue.VIDEOS, NOON) is None
    assert await stick(store, stored(1, late=2)) == []
    told = await claimed(store, NOON, Queue.VIDEOS)
    assert (told.id, told.message_id, told.clip.key) == (shown_first.id, 7, stored(1, late=2).key)
    assert (told.clip.cause, told.clip.seen) == (Cause.DOORBELL, (Seen.PERSON,))
    assert await shown(store) == [stored(1, late=2).key]
    assert await look(store, clip(1, cause=Cause.DOORBELL), chats=[OWNER]) == []


async def test_of_two_events_close_to_each_other_each_comes_once(store: Store) -> None:
    first, second = clip(1), clip(2, recorded_at=clip(1).recorded_at + timedelta(seconds=4))
    await look(store, first, second)
    assert await stick(store, stored(1, late=1), stored(1, late=5)) == []
    assert sorted(await shown(store)) == ["cloud:1", "cloud:2"]


async def test_one_clip_of_the_cloud_stands_for_one_of_the_stick(store: Store) -> None:
    await look(store, clip(1))
    assert await stick(store, stored(1, late=-4), stored(1, late=4)) == [stored(1, late=4).key]


async def test_a_copy_shows_when_what_stood_for_it_is_gone(store: Store) -> None:
    await look(store, clip(1))
    await stick(store, stored(1))
    await look(store, clip(1, deleted=True))
    assert await shown(store) == [stored(1).key]


async def test_a_copy_that_stood_in_for_is_hidden_while_telegram_has_the_first(store: Store) -> None:
    await look(store, clip(1))
    await stick(store, stored(1))
    await store.clips.for_chat(OWNER).set_file("cloud:1", FILE)
    await look(store, clip(1, deleted=True))
    assert await shown(store) == ["cloud:1"]


async def test_a_cameras_last_clip_is_one_of_both(store: Store) -> None:
    await look(store, clip(1))
    await stick(store, stored(1, late=2))
    assert (await store.clips.last_of_each_camera())[301].key == "cloud:1"


async def test_what_the_cloud_forgets_for_good_is_no_news_from_the_stick(store: Store, clock: FakeClock) -> None:
    await look(store, clip(1), push=False)
    await stick(store, stored(1))
    await look(store, clip(1, deleted=True))
    clock.forward(200 * 86_400)
    await store.prune(clock.now - timedelta(days=90))
    with pytest.raises(NotFound):
        await store.clips.for_chat(OWNER).get("cloud:1")
    assert await stick(store, stored(1)) == []
    assert await shown(store) == [stored(1).key]


async def test_thousands_of_clips_are_one_transaction(store: Store) -> None:
    clips = [stored(number) for number in range(3000)]
    await stick(store, *clips, push=False)
    assert (await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 5)).total == 3000
    assert await stick(store, *clips) == []
