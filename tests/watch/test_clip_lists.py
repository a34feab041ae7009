"""Blink's two lists of clips: which is read and to which end, odd entries, large accounts, failures."""

import json
from typing import Any

import pytest

from blinkbot.domain import Clip, Seen
from blinkbot.errors import DataFolderError, Throttled
from tests.blink import bodies
from tests.store.things import pending_count
from tests.watched_home import OWNER, WatchedHome


async def queued(house: WatchedHome) -> list[int]:
    """One look; the ids of the clips it found to be news."""
    return [clip.id for clip in await house.poller.step()]


# -- two generations of lists


EVENTS, CHANGES = "/media?start_time", "/media/changed"


async def test_what_changed_is_asked_for_as_seldom_as_the_home(house: WatchedHome) -> None:
    await queued(house)
    asked = house.cloud.count(CHANGES)
    house.clock.forward(299)
    await queued(house)
    assert house.cloud.count(CHANGES) == asked
    house.clock.forward(1)
    await queued(house)
    assert house.cloud.count(CHANGES) == asked + 1


async def test_a_late_upload_is_found_in_what_changed(house: WatchedHome) -> None:
    await queued(house)
    late = await house.cloud.motion("Porch", seconds=1, announced_late=7200)
    await queued(house)
    house.clock.forward(300)
    assert await queued(house) == [late.id]


async def test_an_account_without_todays_list_is_asked_as_before_and_one_request_a_look(house: WatchedHome) -> None:
    house.cloud.serve("old")
    await queued(house)
    before = len(house.cloud.requests)
    clip = await house.cloud.motion("Porch", seconds=1)
    assert await queued(house) == [clip.id]
    assert [request.path.rpartition("/")[2] for request in house.cloud.requests[before:]] == ["changed"]


async def test_where_the_older_list_fails_todays_is_read_on(house: WatchedHome) -> None:
    await queued(house)
    house.clock.forward(300)
    house.cloud.fail(CHANGES, times=1, status=404)
    await house.cloud.motion("Porch", seconds=1)
    await queued(house)
    assert house.poller.health().failure is not None
    assert await pending_count(house.store) == 1
    asked = house.cloud.count(EVENTS)
    await queued(house)
    assert house.cloud.count(EVENTS) == asked + 1
    assert house.poller.health().failure is None


async def test_todays_list_is_tried_again_a_day_later(house: WatchedHome) -> None:
    house.cloud.serve("old")
    await queued(house)
    house.cloud.serve("new")
    await queued(house)
    asked = house.cloud.count(EVENTS)
    house.clock.forward(24 * 3600)
    await queued(house)
    assert house.cloud.count(EVENTS) == asked + 1


@pytest.mark.parametrize(("first", "then"), [("new", "old"), ("old", "new")])
async def test_a_change_of_lists_loses_and_repeats_nothing(house: WatchedHome, first: str, then: str) -> None:
    house.cloud.serve(first)
    await queued(house)
    one = await house.cloud.motion("Porch", seconds=1)
    assert await queued(house) == [one.id]
    two = await house.cloud.motion("Garage", seconds=1)
    house.cloud.serve(then)
    house.clock.forward(24 * 3600)
    assert await queued(house) == [two.id]
    assert await queued(house) == []


async def test_one_unreadable_answer_turns_todays_list_off_for_one_look_alone(house: WatchedHome) -> None:
    await queued(house)
    house.cloud.fail(EVENTS, times=1, status=200, body="{")
    await queued(house)
    asked = house.cloud.count(EVENTS)
    await queued(house)
    assert house.cloud.count(EVENTS) == asked + 1


async def test_being_throttled_turns_nothing_off(house: WatchedHome) -> None:
    await queued(house)
    house.cloud.fail(EVENTS, times=10, status=403)
    await queued(house)
    assert isinstance(house.poller.health().failure, Throttled)
    assert house.cloud.count(CHANGES) == 1


async def test_without_a_plan_motion_is_news_although_blink_keeps_no_video(house: WatchedHome) -> None:
    house.cloud.serve("no plan")
    await queued(house)
    event = await house.cloud.motion("Porch", seconds=1)
    assert await queued(house) == [event.id]
    assert await queued(house) == []


async def test_a_video_that_appears_later_is_no_second_event(house: WatchedHome) -> None:
    house.cloud.serve("no plan")
    await queued(house)
    event = await house.cloud.motion("Porch", seconds=1)
    await queued(house)
    house.cloud.keep_video(event)
    assert await queued(house) == []
    kept = await house.store.clips.for_chat(OWNER).get(f"cloud:{event.id}")
    assert kept is not None
    assert (kept.clip.no_video, bool(kept.clip.video)) == (None, True)


async def test_labels_and_words_that_come_late_are_learnt(house: WatchedHome) -> None:
    await queued(house)
    clip = await house.cloud.motion("Porch", seconds=1)
    await queued(house)
    house.cloud.describe(clip, "person", sentence="Ann comes home")
    await queued(house)
    kept = await house.store.clips.for_chat(OWNER).get(f"cloud:{clip.id}")
    assert kept is not None
    assert (kept.clip.seen, kept.clip.sentence) == ((Seen.PERSON,), "Ann comes home")


ODD: list[object] = [None, [], "?", {"id": 0}, {"id": 7}, {"id": "x", "created_at": 5}, {"type": "hologram"}]


@pytest.mark.parametrize("served", ["new", "old"])
async def test_odd_entries_delay_nothing_and_are_counted(house: WatchedHome, served: str) -> None:
    house.cloud.serve(served)
    await queued(house)
    for odd in ODD:
        house.cloud.odd_entry("media", odd)
        house.cloud.odd_entry("media-changed", odd)
    clip = await house.cloud.motion("Porch", seconds=1)
    assert await queued(house) == [clip.id]
    assert house.poller.health().failure is None
    assert sum(house.client.odd_entries.values()) >= len(ODD)


# -- large accounts


async def crowd(house: WatchedHome, count: int, *, ago: float) -> None:
    """So many recordings, which are like the first of them."""
    first = await house.cloud.motion("Porch", seconds=1, created_ago=ago)
    for number in range(1, count):
        await house.cloud.motion("Porch", seconds=1, created_ago=ago + number, like=first)


@pytest.mark.parametrize("served", ["new", "old"])
async def test_the_first_look_at_a_large_account_is_short_and_the_next_event_is_news(
    house: WatchedHome, served: str
) -> None:
    house.cloud.serve(served)
    await crowd(house, 300, ago=5 * 3600)
    before = len(house.cloud.requests)
    assert await queued(house) == []
    # The home and the list of events, each in both generations where only the older one is served.
    assert len(house.cloud.requests) - before <= 4
    clip = await house.cloud.motion("Porch", seconds=1)
    assert await queued(house) == [clip.id]


async def test_after_an_outage_what_was_read_is_kept_and_gone_on_with(house: WatchedHome) -> None:
    house.cloud.serve("old")
    await queued(house)
    await crowd(house, 100, ago=60)
    house.cloud.fail("/media/changed*page=3", times=1, status=404)
    assert len(await queued(house)) == 0
    assert await pending_count(house.store) == 50
    assert len(await queued(house)) == 50
    assert house.cloud.count("/media/changed*page=1") == 2


@pytest.mark.parametrize("pattern", [EVENTS, CHANGES])
async def test_pages_that_repeat_end(house: WatchedHome, pattern: str) -> None:
    page = {"limit": 1, "media": [bodies.entry()], "pagination_key": 1}
    house.cloud.fail(pattern, times=1000, status=200, body=json.dumps(page))
    await queued(house)
    assert house.poller.health().failure is None
    assert house.cloud.count(pattern) == 2


async def test_a_page_that_the_disk_did_not_take_is_asked_for_again(
    house: WatchedHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.cloud.serve("old")
    await queued(house)
    await crowd(house, 60, ago=60)
    record, calls = house.store.clips.record, 0

    async def full_at_the_second(*args: Any, **more: Any) -> list[Clip]:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise DataFolderError("database or disk is full")
        return await record(*args, **more)

    monkeypatch.setattr(house.store.clips, "record", full_at_the_second)
    await queued(house)
    assert isinstance(house.poller.health().failure, DataFolderError)
    await queued(house)
    assert await pending_count(house.store) == 60


async def test_where_its_place_in_the_list_is_not_known_any_more_it_begins_anew(house: WatchedHome) -> None:
    house.cloud.serve("old")
    await queued(house)
    await crowd(house, 60, ago=60)
    house.cloud.fail("/media/changed*page=2", times=2, status=404)
    await queued(house)
    assert house.poller.health().failure is not None
    await queued(house)
    assert house.poller.health().failure is None
    assert await pending_count(house.store) == 60
