"""The home as last seen, and who is told of each look."""

from datetime import UTC, datetime, timedelta

import pytest

from blinkbot.domain import Family, Home
from blinkbot.domain.deliveries import DeviceIssueKind
from blinkbot.errors import DataFolderError
from blinkbot.watch.device_health import DeviceHealth
from blinkbot.watch.generations import Generations
from blinkbot.watch.home_watch import HOME_EVERY, HomeWatch
from tests.watched_home import OWNER, WatchedHome


def watched(house: WatchedHome) -> HomeWatch:
    """A watch over the home that alerts of issues, as in the running program."""
    health = DeviceHealth(house.store.device_alerts, house.store.chats, house.clock)
    generations = Generations(house.store.account, house.clock)
    return HomeWatch(house.client, house.store.home, house.sign_in_service, generations, house.clock, health.on_home)


async def test_a_camera_that_stays_offline_becomes_a_notice_and_its_return_another(house: WatchedHome) -> None:
    watch = watched(house)
    await watch.refresh()
    house.cloud.home.camera(301).online = False
    for _ in range(2):
        house.clock.forward(HOME_EVERY.total_seconds())
        await watch.refresh()
    notice = await house.store.device_alerts.next_due(house.clock())
    assert notice is not None
    assert (notice.chat_id, notice.issue.kind, notice.issue.device_id) == (
        OWNER,
        DeviceIssueKind.CAMERA_OFFLINE,
        301,
    )
    await house.store.device_alerts.mark_sent(notice, 7)
    house.cloud.home.camera(301).online = True
    house.clock.forward(60)
    await watched(house).refresh()
    again = await house.store.device_alerts.next_due(house.clock())
    assert again is not None
    assert again.message_id == 7
    assert again.ended_at == house.clock()


async def test_a_look_counts_also_where_it_cannot_be_kept(house: WatchedHome, monkeypatch: pytest.MonkeyPatch) -> None:
    async def disk_full(_: Home) -> None:
        raise DataFolderError("database or disk is full")

    monkeypatch.setattr(house.store.home, "save", disk_full)
    watch = watched(house)
    assert await watch.refresh() == watch.latest()
    looks = house.cloud.count("homescreen")
    assert await watch.recent(timedelta(0)) == watch.latest()
    assert house.cloud.count("homescreen") == looks


# -- what the homescreen does not tell


async def test_one_answer_without_cameras_empties_no_home(house: WatchedHome) -> None:
    before = await house.home_watch.refresh()
    house.cloud.home.cameras.clear()
    assert await house.home_watch.refresh() == before
    assert await house.home_watch.refresh() == before
    assert (await house.home_watch.refresh()).cameras == ()


async def test_what_such_an_answer_says_of_arming_counts(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    house.cloud.home.cameras.clear()
    house.cloud.disarm("Home")
    home = await house.home_watch.refresh()
    assert home.cameras
    assert not any(network.armed for network in home.networks if network.name == "Home")


async def test_a_doorbell_that_is_listed_nowhere_is_known_by_its_clips(house: WatchedHome) -> None:
    house.cloud.hide("Front door")
    await house.poller.step()
    assert "Front door" not in [camera.name for camera in (await house.home_watch.refresh()).cameras]
    await house.cloud.press("Front door", seconds=1)
    await house.poller.step()
    (door,) = [camera for camera in (await house.home_watch.refresh()).cameras if not camera.listed]
    shown = house.cloud.home.camera("Front door")
    assert (door.id, door.network_id, door.name, door.family) == (
        shown.id,
        shown.network_id,
        "Front door",
        Family.DOORBELL,
    )


async def test_it_is_known_after_a_restart_too(house: WatchedHome) -> None:
    house.cloud.hide("Front door")
    await house.poller.step()
    await house.cloud.press("Front door", seconds=1)
    await house.poller.step()
    await house.home_watch.refresh()
    again = watched(house)
    await again.load()
    home = again.latest()
    assert home is not None
    assert [camera.name for camera in home.cameras if not camera.listed] == ["Front door"]


async def test_a_camera_that_was_removed_is_not_taken_for_a_hidden_one(house: WatchedHome) -> None:
    await house.home_watch.refresh()
    await house.poller.step()
    await house.cloud.motion("Porch", seconds=1)
    await house.poller.step()
    house.clock.now = datetime.now(UTC)
    await house.home_watch.refresh()
    house.cloud.hide("Porch")
    assert "Porch" not in [camera.name for camera in (await house.home_watch.refresh()).cameras]


async def test_one_that_vanishes_and_goes_on_recording_stays(house: WatchedHome) -> None:
    house.clock.now = datetime.now(UTC) - timedelta(hours=1)
    await house.home_watch.refresh()
    await house.poller.step()
    house.cloud.hide("Porch")
    await house.cloud.motion("Porch", seconds=1)
    await house.poller.step()
    house.clock.now = datetime.now(UTC)
    (porch,) = [camera for camera in (await house.home_watch.refresh()).cameras if not camera.listed]
    assert porch.name == "Porch"


async def test_one_that_is_listed_again_is_one_camera(house: WatchedHome) -> None:
    house.cloud.hide("Front door")
    await house.poller.step()
    await house.cloud.press("Front door", seconds=1)
    await house.poller.step()
    await house.home_watch.refresh()
    house.cloud.world.unlisted.clear()
    home = await house.home_watch.refresh()
    assert [camera.listed for camera in home.cameras if camera.name == "Front door"] == [True]


async def test_clips_that_are_listed_do_not_make_the_home_new(house: WatchedHome) -> None:
    await house.poller.step()
    await house.home_watch.refresh()
    seen_at = house.clock()
    house.clock.forward(600)
    house.cloud.fail("/homescreen", times=100, status=503)
    await house.poller.step()
    overview = await house.control(OWNER).overview()
    assert overview.health.last_good_poll == house.clock()
    assert overview.home_seen_at == seen_at
    restarted = watched(house)
    await restarted.load()
    assert restarted.seen_at == seen_at


async def test_the_older_generation_is_told(house: WatchedHome) -> None:
    await house.poller.step()
    assert not house.poller.health().older_lists
    house.cloud.serve("old")
    await house.poller.step()
    assert house.poller.health().older_lists
