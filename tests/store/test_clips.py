"""What of a look at Blink's list is kept and pushed."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blinkbot.domain import Clip, Family, NoVideo, Seen
from blinkbot.domain.clip_search import ClipQuery, KeptClip
from blinkbot.domain.deliveries import Queue, Stage
from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER, claimed, clip, look, pending_count


async def test_a_new_clip_goes_to_every_chat(store: Store) -> None:
    assert await look(store, clip()) == [clip()]
    assert await pending_count(store) == 2


async def test_the_same_clip_listed_again_is_not_pushed_again(store: Store) -> None:
    await look(store, clip())
    assert await look(store, clip()) == []
    assert await look(store, replace(clip(), updated_at=NOON + timedelta(hours=1))) == []
    assert await pending_count(store) == 2


async def test_a_clip_that_stands_twice_in_one_look_is_pushed_once(store: Store) -> None:
    assert await look(store, clip(), clip()) == [clip()]
    assert await pending_count(store) == 2


async def test_what_was_pushed_is_told_oldest_first_whatever_blinks_order(store: Store) -> None:
    assert await look(store, clip(3), clip(1), clip(2)) == [clip(1), clip(2), clip(3)]


async def test_only_what_is_to_be_pushed_is(store: Store) -> None:
    pushed = await store.clips.record([clip(1), clip(2)], to_push={"cloud:2"}, chats=[OWNER], cursor=NOON)
    assert pushed == [clip(2)]
    assert (await claimed(store, NOON)).clip == clip(2)
    assert await store.outbox.claim(Queue.ALERTS, NOON) is None


async def test_what_was_there_at_the_first_look_is_never_pushed(store: Store) -> None:
    assert await look(store, clip(1), clip(2), push=False) == []
    assert await look(store, clip(1), clip(2), clip(3)) == [clip(3)]


async def test_a_clip_that_was_still_being_recorded_at_the_first_look_is_pushed_when_it_is_complete(
    store: Store,
) -> None:
    await look(store, clip(partial=True), push=False)
    assert await look(store, clip(partial=True)) == []
    assert await look(store, clip()) == [clip()]
    assert await look(store, clip()) == []


async def test_a_deleted_clip_is_not_pushed(store: Store) -> None:
    assert await look(store, clip(deleted=True)) == []
    assert await pending_count(store) == 0


async def test_a_clip_that_is_deleted_before_it_is_complete_is_not_pushed(store: Store) -> None:
    await look(store, clip(partial=True))
    assert await look(store, clip(deleted=True)) == []


async def test_a_clip_that_is_deleted_in_the_same_look_is_not_pushed(store: Store) -> None:
    assert await look(store, clip(), replace(clip(deleted=True), updated_at=NOON + timedelta(hours=1))) == []


async def test_a_tombstone_marks_the_clip_as_gone(store: Store) -> None:
    await look(store, clip())
    await look(store, clip(deleted=True))
    kept = await store.clips.for_chat(OWNER).get("cloud:1")
    assert kept is not None
    assert kept.gone
    assert (await claimed(store, NOON)).clip.deleted


async def test_what_is_gone_does_not_come_back(store: Store) -> None:
    await look(store, clip(deleted=True))
    assert await look(store, clip()) == []
    assert (await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 10)).total == 0


async def test_a_complete_clip_is_never_partial_again(store: Store) -> None:
    await look(store, clip())
    await look(store, replace(clip(partial=True), updated_at=NOON + timedelta(hours=1)))
    assert (await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 10)).total == 1


async def test_a_later_entry_replaces_an_earlier_one_and_not_the_other_way_round(store: Store) -> None:
    moved = replace(clip(), video="/moved.mp4", updated_at=clip().updated_at + timedelta(minutes=5))
    await look(store, moved)
    await look(store, clip())
    assert await store.clips.for_chat(OWNER).get("cloud:1") == KeptClip(moved)
    await look(store, replace(moved, video="/moved-again.mp4"))
    kept = await store.clips.for_chat(OWNER).get("cloud:1")
    assert kept is not None
    assert kept.clip.video == "/moved-again.mp4"


async def test_a_chat_without_rights_gets_nothing(store: Store) -> None:
    await store.chats.authorize([OWNER])
    assert await look(store, clip(1), chats=[FAMILY]) == []
    assert await look(store, clip(2), chats=[FAMILY, OWNER]) == [clip(2)]
    assert await pending_count(store) == 1


async def test_the_cursor_is_the_highest_time_ever_told(store: Store, data_dir: Path, clock: FakeClock) -> None:
    assert (await store.clips.progress()).cursor is None
    await look(store, clip(5))
    await look(store, clip(1))
    await store.clips.record([], to_push=(), chats=[], cursor=None)
    assert (await store.clips.progress()).cursor == clip(5).updated_at
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert (await reopened.clips.progress()).cursor == clip(5).updated_at
    await reopened.close()


async def test_the_first_look_is_done_even_where_there_is_no_clip(store: Store) -> None:
    assert not (await store.clips.progress()).baseline
    await store.clips.record([], to_push=(), chats=[], cursor=None, begun_at=NOON)
    progress = await store.clips.progress()
    assert (progress.baseline, progress.begun_at, progress.cursor) == (True, NOON, None)


async def test_what_one_list_does_not_tell_stays_as_the_other_told_it(store: Store) -> None:
    told = replace(clip(), seen=(Seen.PERSON, "dragon"), sentence="Ann comes home", same_as=7, family=Family.MINI)
    await look(store, told)
    await look(store, replace(clip(), thumbnail=None, updated_at=clip().updated_at + timedelta(hours=1)))
    kept = await store.clips.for_chat(OWNER).get("cloud:1")
    assert kept is not None
    assert (kept.clip.seen, kept.clip.sentence) == ((Seen.PERSON, "dragon"), "Ann comes home")
    assert (kept.clip.same_as, kept.clip.family, kept.clip.thumbnail) == (7, Family.MINI, clip().thumbnail)


async def test_an_event_without_a_video_is_news_at_once_and_its_video_later_is_not_another(store: Store) -> None:
    event = replace(clip(), video="", no_video=NoVideo.NO_SUBSCRIPTION)
    assert await look(store, event) == [event]
    await look(store, replace(clip(), updated_at=clip().updated_at + timedelta(hours=1)))
    kept = await store.clips.for_chat(OWNER).get("cloud:1")
    assert kept is not None
    assert (kept.clip.video, kept.clip.no_video) == (clip().video, None)
    assert await pending_count(store) == 2


async def test_a_look_without_news_writes_nothing_to_the_disk(store: Store, data_dir: Path) -> None:
    await look(store, clip(1), clip(2))
    before = written(data_dir)
    await look(store, clip(2), clip(1))
    assert written(data_dir) == before


def written(data_dir: Path) -> bytes:
    """Everything that was written since the start."""
    return (data_dir / "blinkbot.db-wal").read_bytes()


ENTRIES = st.builds(
    lambda number, partial, deleted, version, thumbnail: replace(
        clip(number, partial=partial, deleted=deleted),
        updated_at=NOON + timedelta(hours=1 + version),
        thumbnail=thumbnail,
    ),
    st.integers(1, 3),
    st.booleans(),
    st.sampled_from([False, False, False, True]),
    st.integers(0, 3),
    st.sampled_from([None, "/thumb/1"]),
)


@settings(max_examples=40, deadline=None)
@given(looks=st.lists(st.lists(ENTRIES, max_size=4), max_size=5))
async def test_whatever_the_order_of_entries_what_can_be_seen_is_pushed_exactly_once(
    looks: list[list[Clip]],
) -> None:
    with TemporaryDirectory() as folder:
        store = await Store.open(Path(folder), FakeClock(NOON))
        await store.chats.authorize([OWNER])
        pushed = [clip.key for entries in looks for clip in await look(store, *entries, chats=[OWNER])]
        waiting = await pending_count(store)
        await store.close()
    entries = [entry for entries in looks for entry in entries]
    deleted = {entry.key for entry in entries if entry.deleted}
    finished = {entry.key for entry in entries if not entry.partial and not entry.deleted}
    assert len(set(pushed)) == len(pushed) == waiting
    sighted = {entry.key for entry in entries if entry.thumbnail and not entry.deleted}
    assert finished - deleted <= set(pushed) <= finished | sighted


async def test_a_video_that_appears_of_what_was_told_without_one_is_waited_for_in_its_message(store: Store) -> None:
    event = replace(clip(), video="", no_video=NoVideo.NO_SUBSCRIPTION)
    await look(store, event, chats=[OWNER])
    await store.outbox.mark_shown(await claimed(store, NOON), 7, Stage.TEXT)
    assert await pending_count(store) == 0
    assert await store.outbox.claim(Queue.VIDEOS, NOON) is None
    assert await look(store, clip(), chats=[OWNER]) == []
    video = await claimed(store, NOON, Queue.VIDEOS)
    assert (video.message_id, video.clip.video) == (7, clip().video)


async def test_a_video_that_appears_while_its_event_is_told_is_waited_for(store: Store) -> None:
    await look(store, replace(clip(), video="", no_video=NoVideo.NO_SUBSCRIPTION), chats=[OWNER])
    telling = await claimed(store, NOON)
    await look(store, clip(), chats=[OWNER])
    await store.outbox.mark_shown(telling, 7, Stage.TEXT)
    assert (await claimed(store, NOON, Queue.VIDEOS)).message_id == 7


async def test_what_is_still_recorded_is_told_as_soon_as_it_has_a_picture_and_its_video_waits(store: Store) -> None:
    assert await look(store, replace(clip(partial=True), thumbnail=None), chats=[OWNER]) == []
    assert await look(store, clip(partial=True), chats=[OWNER]) == [clip(partial=True)]
    await store.outbox.mark_shown(await claimed(store, NOON), 7, Stage.PHOTO)
    assert await store.outbox.claim(Queue.VIDEOS, NOON) is None
    assert await look(store, clip(), chats=[OWNER]) == []
    assert (await claimed(store, NOON, Queue.VIDEOS)).message_id == 7


async def test_what_is_deleted_before_it_is_whole_is_waited_for_no_longer(store: Store) -> None:
    await look(store, clip(partial=True), chats=[OWNER])
    await store.outbox.mark_shown(await claimed(store, NOON), 7, Stage.PHOTO)
    await look(store, clip(partial=True, deleted=True), chats=[OWNER])
    assert (await claimed(store, NOON, Queue.VIDEOS)).clip.deleted


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("secondary_first", [True, False])
async def test_an_event_that_two_cameras_saw_is_told_once(store: Store, together: bool, secondary_first: bool) -> None:
    both = [clip(1), replace(clip(2, camera_id=302), same_as=1)]
    entries = both[::-1] if secondary_first else both
    looks = [entries] if together else [[entry] for entry in entries]
    pushed = [each for entries in looks for each in await look(store, *entries, chats=[OWNER])]
    assert len(pushed) == 1
    assert (await store.clips.for_chat(OWNER).page(ClipQuery(), 0, 10)).total == 2


async def test_a_chat_that_does_not_want_the_one_camera_is_told_of_an_event_by_the_other(store: Store) -> None:
    await look(store, clip(1), replace(clip(2, camera_id=302), same_as=1), chats=[OWNER])
    await store.outbox.suppress(await claimed(store, NOON))
    other = await claimed(store, NOON)
    assert other.clip.key == "cloud:2"
    await store.outbox.suppress(other)
    assert await pending_count(store) == 0


async def test_when_more_is_known_of_what_was_not_wanted_the_chat_decides_anew(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    await store.outbox.suppress(await claimed(store, NOON))
    await look(store, replace(clip(), seen=(Seen.PERSON,)), chats=[OWNER])
    assert (await claimed(store, NOON)).clip.seen == (Seen.PERSON,)


async def test_messages_are_found_that_do_not_say_what_is_known_by_now(store: Store) -> None:
    await look(store, clip(), chats=[OWNER])
    shown = await claimed(store, NOON)
    await store.outbox.mark_shown(shown, 7, Stage.PHOTO)
    assert await store.outbox.outdated(NOON) == []
    await look(store, replace(clip(), seen=(Seen.PERSON,), sentence="Ann comes home"), chats=[OWNER])
    assert await store.outbox.outdated(NOON) == [shown.id]
    assert await store.outbox.outdated(clip().recorded_at) == []
    known = await store.outbox.delivery(shown.id)
    assert known is not None
    assert known.clip.sentence == "Ann comes home"
    await store.outbox.mark_up_to_date(known)
    assert await store.outbox.outdated(NOON) == []
