"""Pictures of clips: Blink's thumbnails are fetched once."""

from pathlib import Path

import pytest

from blinkbot.bot.delivery.downloads import Downloads
from blinkbot.bot.delivery.pictures import Pictures
from tests.bot.delivery.post import Shelf, Videos, alert


@pytest.fixture
def pictures(shelf: Shelf, videos: Videos, tmp_path: Path) -> Pictures:
    return Pictures(shelf, Downloads(shelf, tmp_path), videos, lambda: 0.0)


async def test_a_thumbnail_is_fetched_once(pictures: Pictures, shelf: Shelf) -> None:
    assert await pictures.thumbnail(alert()) == await pictures.thumbnail(alert()) == shelf.picture
    assert shelf.pictures == 1


async def test_a_thumbnail_that_is_not_there_is_asked_for_again(pictures: Pictures, shelf: Shelf) -> None:
    shelf.picture = None
    assert await pictures.thumbnail(alert()) is None
    assert await pictures.thumbnail(alert()) is None
    assert shelf.pictures == 2
