"""One look at a time, from Blink's list to the outbox."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from blinkbot.domain import Seen, SignInState, SlowedBy
from blinkbot.domain.preferences import EVERYTHING
from blinkbot.errors import DataFolderError, Throttled
from blinkbot.simulator.blinkcloud.state.household import Camera
from tests.blink import bodies
from tests.store.things import pending_count
from tests.watched_home import OWNER, WatchedHome


async def queued(house: WatchedHome) -> list[int]:
    """One look; the ids of the clips it found to be news."""
    return [clip.id for clip in await house.poller.step()]


async def disk_full(*_: object, **__: object) -> None:
    raise DataFolderError("database or disk is full")


async def test_the_first_look_pushes_nothing(house: WatchedHome) -> None:
    await house.cloud.motion("Porch", seconds=1)
    assert await queued(house) == []
    assert await pending_count(house.store) == 0


async def test_the_first_clip_ever_is_news(house: WatchedHome) -> None:
    assert await queued(house) == []
    clip = await house.cloud.motion("Porch", seconds=1)
    assert await queued(house) == [clip.id]


async def test_a_clip_is_news_once(house: WatchedHome) -> None:
    await queued(house)
    await house.cloud.motion("Porch", seconds=1)
    await queued(house)
    assert await queued(house) == []
    assert await pending_count(house.store) == 1


async def test_a_clip_deleted_in_the_app_before_we_saw_it_is_no_news(house: WatchedHome) -> None:
    await queued(house)
    house.cloud.delete(await house.cloud.motion("Porch", seconds=1))
    assert await queued(house) == []


async def test_a_look_is_one_request(house: WatchedHome) -> None:
    await queued(house)
    before = len(house.cloud.requests)
    await queued(house)
    assert [request.path.rpartition("/")[2] for request in house.cloud.requests[before:]] == ["media"]


async def test_beats_between_are_not_polls(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    await house.poller.run_once()
    before = house.cloud.count("/media?start_time")
    house.clock.forward(29)
    await house.poller.run_once()
    assert house.cloud.count("/media?start_time") == before
    house.clock.forward(1)
    await house.poller.run_once()
    assert house.cloud.count("/media?start_time") == before + 1


async def test_nothing_armed_slows_polling_and_says_so(house: WatchedHome) -> None:
    house.cloud.disarm("Home")
    await house.home_watch.refresh()
    await house.poller.step()
    health = house.poller.health()
    assert (health.poll_interval, health.slowed_by) == (120, SlowedBy.NOTHING_ARMED)


@pytest.mark.parametrize("status", [403, 429])
async def test_being_refused_slows_polling_and_says_so(house: WatchedHome, status: int) -> None:
    house.cloud.fail("/media?start_time", times=10, status=status)
    await house.poller.step()
    health = house.poller.health()
    assert health.poll_interval == 60
    assert health.slowed_by is SlowedBy.THROTTLED
    assert isinstance(health.failure, Throttled)


async def test_a_good_poll_after_a_bad_one_forgets_it(house: WatchedHome) -> None:
    house.cloud.fail("/media?start_time", times=4, status=503)
    await house.poller.step()
    assert house.poller.health().failure
    await house.poller.step()
    assert house.poller.health().failure is None
    assert house.poller.health().last_good_poll == house.clock()


async def test_nonsense_from_blink_is_a_failure_and_no_end(house: WatchedHome) -> None:
    house.cloud.fail("/media", times=2, status=200, body='{"media": "?"}')
    assert await queued(house) == []
    assert "media" in str(house.poller.health().failure)


async def test_what_a_full_disk_could_not_take_is_news_once_there_is_room(
    house: WatchedHome, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await queued(house)
    clip = await house.cloud.motion("Porch", seconds=1)
    with monkeypatch.context() as full:
        full.setattr(house.store.clips, "record", disk_full)
        assert await queued(house) == []
    assert "disk is full" in str(house.poller.health().failure)
    assert [record.exc_info for record in caplog.records if "disk is full" in record.message] == [None]
    assert await queued(house) == [clip.id]
    assert house.poller.health().failure is None


async def test_a_lost_session_stops_polling_until_somebody_signs_in(house: WatchedHome) -> None:
    house.cloud.revoke_refresh()
    house.cloud.expire_tokens()
    await house.poller.step()
    assert house.sign_in_service.state is SignInState.SIGNED_OUT
    before = len(house.cloud.requests)
    house.clock.forward(3600)
    await house.poller.run_once()
    await house.home_watch.run_once()
    assert len(house.cloud.requests) == before


async def test_a_session_that_is_refused_though_just_renewed_ends_with_the_owner(house: WatchedHome) -> None:
    house.cloud.fail("/media?start_time", times=100, status=401, body='{"message": "Unauthorized Access", "code": 101}')
    paces = []
    for _ in range(3):
        assert house.sign_in_service.signed_in
        await house.poller.step()
        paces.append(house.poller.health().poll_interval)
    assert paces == [60, 120, 240]
    assert not house.sign_in_service.signed_in
    assert house.heard.said[-1] == "sign in: SessionEnded"
    assert house.cloud.sign_ins == 1


async def test_the_home_is_read_on_its_own_slow_beat(house: WatchedHome) -> None:
    await house.home_watch.run_once()
    await house.home_watch.run_once()
    assert house.cloud.count("homescreen") == 1
    house.clock.forward(300)
    await house.home_watch.run_once()
    assert house.cloud.count("homescreen") == 2


async def test_the_home_is_remembered_over_a_restart(house: WatchedHome) -> None:
    seen = await house.home_watch.refresh()
    remembered = await house.store.home.load()
    assert remembered == seen


def put_up_a_new_camera(house: WatchedHome) -> Camera:
    """Somebody mounts a camera, which the bot has not seen yet."""
    camera = replace(house.cloud.home.camera("Porch"), id=4242, name="Shed")
    house.cloud.home.cameras.append(camera)
    return camera


async def test_a_camera_that_was_put_up_just_now_is_met_with_its_first_clip(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    await queued(house)
    shed = put_up_a_new_camera(house)
    await house.cloud.motion(shed, seconds=1)
    await queued(house)
    home = house.home_watch.latest()
    assert home is not None
    assert home.camera(shed.id) is not None


async def test_a_camera_that_the_home_never_shows_is_looked_for_once(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    await queued(house)
    shed = put_up_a_new_camera(house)
    clips = [await house.cloud.motion(shed, seconds=1, partial=True, thumbnail=False) for _ in range(2)]
    house.cloud.home.cameras.remove(shed)
    before = house.cloud.count("homescreen")
    for clip in clips:
        house.cloud.complete(clip)
        assert await queued(house) == [clip.id]
    assert house.cloud.count("homescreen") == before + 1


async def test_where_the_home_cannot_be_seen_the_clip_is_news_all_the_same(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    await queued(house)
    clip = await house.cloud.motion(put_up_a_new_camera(house), seconds=1)
    house.cloud.fail("*homescreen", times=9, status=503)
    assert await queued(house) == [clip.id]


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


async def test_after_motion_it_looks_quicker_for_a_while(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    await queued(house)
    assert house.poller.health().poll_interval == 30
    await house.cloud.motion("Porch", seconds=1)
    await queued(house)
    assert house.poller.health().poll_interval == 5
    house.clock.forward(600)
    await queued(house)
    assert house.poller.health().poll_interval == 30


async def test_arming_in_blinks_own_app_makes_it_quick(house: WatchedHome) -> None:
    house.cloud.disarm("Home")
    await house.home_watch.refresh()
    await queued(house)
    house.cloud.arm("Home")
    await house.home_watch.refresh()
    await queued(house)
    assert house.poller.health().poll_interval == 5


async def test_a_person_who_asks_makes_it_look_soon(house: WatchedHome) -> None:
    await queued(house)
    house.clock.forward(10)
    await house.control(OWNER).overview()
    before = house.cloud.count("/media?start_time")
    assert await house.poller.run_once() == pytest.approx(5, abs=1)
    assert house.cloud.count("/media?start_time") == before + 1


async def test_it_is_slow_while_all_chats_are_muted_for_long(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    await house.store.preferences.for_chat(OWNER).mute(EVERYTHING, house.clock.now + timedelta(hours=1))
    await queued(house)
    assert house.poller.health().slowed_by is SlowedBy.MUTED
    house.clock.forward(55 * 60)
    await queued(house)
    assert house.poller.health().slowed_by is None


async def test_a_spent_budget_makes_looks_wait_and_is_no_failure(house: WatchedHome) -> None:
    await queued(house)
    house.client._transport.budget.limit = 1
    before = len(house.cloud.requests)
    await queued(house)
    assert len(house.cloud.requests) == before
    health = house.poller.health()
    assert (health.failure, health.slowed_by) == (None, SlowedBy.BUDGET)
    assert health.poll_interval == pytest.approx(3600, abs=60)
