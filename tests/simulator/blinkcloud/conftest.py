"""A running cloud, and an app that is signed in to it."""

from collections.abc import AsyncIterator

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    running = BlinkCloud(command_seconds=0.03, clip_seconds=1)
    await running.start()
    yield running
    await running.stop()


@pytest.fixture
async def visitor(cloud: BlinkCloud) -> AsyncIterator[App]:
    """An app that has not signed in yet."""
    app = App(cloud)
    yield app
    await app.close()


@pytest.fixture
async def app(visitor: App) -> App:
    """An app that has signed in."""
    await visitor.sign_in()
    return visitor
