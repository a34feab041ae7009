"""Clips on disk: fetched once, kept while somebody has them, and not longer."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blinkbot.bot.delivery.downloads import Downloads
from blinkbot.errors import BlinkUnreachable
from tests.bot.delivery.post import LARGE, FakeCloud, alert


@pytest.fixture
async def downloads(cloud: FakeCloud, tmp_path: Path) -> AsyncIterator[Downloads]:
    ours = Downloads(cloud.port, tmp_path)
    yield ours
    await ours.close()


async def test_who_asks_at_the_same_time_gets_the_same_download(downloads: Downloads, cloud: FakeCloud) -> None:
    async def read() -> int:
        async with downloads.in_use(alert()) as path:
            return len(await asyncio.to_thread(path.read_bytes))

    sizes = list(await asyncio.gather(read(), read()))
    assert sizes == [len(LARGE)] * 2
    assert cloud.downloads == 1


async def test_a_failed_download_is_begun_anew(downloads: Downloads, cloud: FakeCloud) -> None:
    cloud.trouble = BlinkUnreachable("no")
    with pytest.raises(BlinkUnreachable):
        async with downloads.in_use(alert()):
            pass
    cloud.trouble = None
    async with downloads.in_use(alert()) as path:
        assert await asyncio.to_thread(path.exists)


async def test_who_gives_up_waiting_does_not_break_it_off_for_others(downloads: Downloads, cloud: FakeCloud) -> None:
    cloud.hold.clear()

    async def read() -> None:
        async with downloads.in_use(alert()):
            pass

    impatient, patient = asyncio.create_task(read()), asyncio.create_task(read())
    await asyncio.sleep(0)
    impatient.cancel()
    cloud.hold.set()
    await patient
    assert cloud.downloads == 1


async def test_a_file_that_is_not_needed_goes_when_nobody_has_it(downloads: Downloads) -> None:
    async with downloads.in_use(alert()) as path:
        downloads.drop(alert())
        assert await asyncio.to_thread(path.exists)
    assert not await asyncio.to_thread(path.exists)


async def test_nothing_that_somebody_has_is_swept(downloads: Downloads) -> None:
    async with downloads.in_use(alert()) as path:
        downloads.sweep()
        assert await asyncio.to_thread(path.exists)
    downloads.sweep()
    assert not await asyncio.to_thread(path.exists)
