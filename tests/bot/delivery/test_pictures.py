"""Pictures of clips: Blink's thumbnails are fetched once."""

from pathlib import Path

import pytest

from blinkbot.bot.delivery.downloads import Downloads
from blinkbot.bot.delivery.pictures import Pictures
from tests.bot.delivery.post import FakeCloud, Videos, alert


@pytest.fixture
def pictures(cloud: FakeCloud, videos: Videos, tmp_path: Path) -> Pictures:
    return Pictures(cloud.port, Downloads(cloud.port, tmp_path), videos, lambda: 0.0)


async def test_a_thumbnail_is_fetched_once(pictures: Pictures, cloud: FakeCloud) -> None:
    assert await pictures.thumbnail(alert()) == await pictures.thumbnail(alert()) == cloud.picture
    assert cloud.pictures == 1


async def test_a_thumbnail_that_is_not_there_is_asked_for_again(pictures: Pictures, cloud: FakeCloud) -> None:
    cloud.picture = None
    assert await pictures.thumbnail(alert()) is None
    assert await pictures.thumbnail(alert()) is None
    assert cloud.pictures == 2
