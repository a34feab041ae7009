"""The home as last seen, and who is told of each look."""

from datetime import timedelta

import pytest

from blinkbot.domain import Home
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
