"""A home in the cloud, and a person at a terminal."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.cli.api.terminal import Terminal


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    cloud = BlinkCloud(command_seconds=0, clip_seconds=1, seed=1)
    await cloud.start()
    yield cloud
    await cloud.stop()


@pytest.fixture
def terminal(cloud: BlinkCloud, tmp_path: Path) -> Terminal:
    return Terminal(cloud, tmp_path)
