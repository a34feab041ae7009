"""A store on a real file, with two authorized chats."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blinkbot.store import Store
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOON)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
async def store(data_dir: Path, clock: FakeClock) -> AsyncIterator[Store]:
    """Open, and with two chats: the owner's, and the family's group."""
    store = await Store.open(data_dir, clock)
    await store.chats.authorize([OWNER, FAMILY])
    yield store
    await store.close()
