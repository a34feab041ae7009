"""One look at a time, from Blink's list to the outbox."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blinkbot.domain import SignInState, SlowedBy
from blinkbot.domain.preferences import EVERYTHING
from blinkbot.errors import DataFolderError, Throttled
from blinkbot.simulator.blinkcloud.state.household import Camera
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


# -- how soon it looks again


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
