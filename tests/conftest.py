"""Fixtures that any test may use."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.evening import Evening
    from tests.watched_home import WatchedHome


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator["Evening"]:
    """A home and a phone, on real servers; the bot is started by the test."""
    # Imported here, so that a test of one part needs that part alone.
    from tests.evening import Evening

    async with Evening(tmp_path) as whole:
        yield whole


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator["WatchedHome"]:
    """The inside of a signed-in bot, without Telegram."""
    from tests.watched_home import WatchedHome

    async with WatchedHome(tmp_path / "data") as whole:
        yield whole
