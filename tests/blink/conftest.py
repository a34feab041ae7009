"""A whole home on loopback, and a client that is signed in to it."""

from collections.abc import AsyncIterator

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.blink.place import Place


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    cloud = BlinkCloud(command_seconds=0, clip_seconds=1, seed=1)
    await cloud.start()
    yield cloud
    assert cloud.unknown_requests == []
    await cloud.stop()


@pytest.fixture
async def place(cloud: BlinkCloud) -> AsyncIterator[Place]:
    async with Place.signed_in(cloud) as place:
        yield place
