"""What is older than the first look: read slowly, once, and never news."""

import pytest

from blinkbot.blink import RequestBudget
from blinkbot.domain.spending import RequestKind
from blinkbot.watch.archive import ARCHIVE_EVERY, Archive
from tests.store.things import pending_count
from tests.watched_home import WatchedHome

LONG_AGO = 30 * 86_400
MANY = 9_800


async def recorded_before(house: WatchedHome, count: int) -> None:
    first = await house.cloud.motion("Porch", seconds=1, created_ago=LONG_AGO)
    for number in range(1, count):
        await house.cloud.motion("Porch", created_ago=LONG_AGO + number, like=first)


def archive_of(house: WatchedHome) -> Archive:
    """As after a start."""
    return Archive(house.client, house.store.clips, house.sign_in_service, house.clock)


async def read(house: WatchedHome, archive: Archive, pages: int) -> int:
    """Let it run so often; how many requests that took."""
    before = house.cloud.count("media/changed")
    for _ in range(pages):
        await archive.run_once()
        house.clock.forward(ARCHIVE_EVERY)
    return house.cloud.count("media/changed") - before


async def known(house: WatchedHome) -> int:
    return await house.store.database.run(lambda db: db.table("clips").count)


async def test_with_many_recordings_alerts_come_at_once_and_the_archive_fills(house: WatchedHome) -> None:
    house.cloud.world.media_limit = 1000
    await recorded_before(house, MANY)
    before = len(house.cloud.requests)
    await house.poller.step()
    assert len(house.cloud.requests) - before <= 4
    archive = archive_of(house)
    assert await read(house, archive, 1) == 1
    clip = await house.cloud.motion("Porch", seconds=1)
    assert await read(house, archive, 3) == 3
    assert [each.id for each in await house.poller.step()] == [clip.id]
    assert await read(house, archive_of(house), 20) == 6
    assert await known(house) == MANY + 1
    assert await pending_count(house.store) == 1


async def test_a_clip_that_the_archive_sees_first_is_news_all_the_same(house: WatchedHome) -> None:
    await recorded_before(house, 2)
    await house.poller.step()
    clip = await house.cloud.motion("Porch", seconds=1)
    await read(house, archive_of(house), 2)
    assert [each.id for each in await house.poller.step()] == [clip.id]


async def test_before_the_first_look_nothing_is_read(house: WatchedHome) -> None:
    assert await read(house, archive_of(house), 2) == 0


async def test_after_a_failure_the_page_is_read_later(house: WatchedHome) -> None:
    await recorded_before(house, 2)
    await house.poller.step()
    house.cloud.fail("media/changed", times=4, status=503)
    archive = archive_of(house)
    await read(house, archive, 1)
    assert await known(house) == 0
    assert await read(house, archive, 3) == 1
    assert await known(house) == 2


@pytest.mark.parametrize(("limit", "pages"), [(100, 3), (10, 0)])
async def test_it_only_reads_while_requests_are_plentiful(house: WatchedHome, limit: int, pages: int) -> None:
    house.cloud.world.media_limit = 1
    await recorded_before(house, 2)
    await house.poller.step()
    budget = RequestBudget(limit, lambda: 0.0)
    for _ in range(5):
        budget.take("media")
    house.client._transport.budget = budget
    await read(house, archive_of(house), 4)
    assert house.client.spending.by_kind.get(RequestKind.ARCHIVE, 0) == pages
