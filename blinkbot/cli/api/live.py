"""A live view into an MP4 that players can play: `blinkbot api liveview camera=… --output live.mp4 --seconds 10`."""

import asyncio
import logging
import tempfile
from pathlib import Path

from blinkbot.blink import BlinkClient
from blinkbot.domain import Camera
from blinkbot.errors import LiveViewFailed
from blinkbot.media import MediaWorker

logger = logging.getLogger(__name__)


async def save_live_view(cloud: BlinkClient, camera: Camera, seconds: float, output: Path) -> None:
    """Watch a camera and keep that as MP4, whole or not at all. Raises BlinkErrors, MediaError, OSError."""
    with tempfile.TemporaryDirectory(dir=output.parent, prefix=f".{output.name}.") as folder:
        stream = Path(folder) / "live.ts"
        await _record(cloud, camera, seconds, stream)
        await MediaWorker().remux(stream, output)


async def _record(cloud: BlinkClient, camera: Camera, seconds: float, stream: Path) -> None:
    received = 0
    with stream.open("wb") as file:
        try:
            async with cloud.live_view(camera, seconds) as chunks:
                async for chunk in chunks:
                    received += len(chunk)
                    await asyncio.to_thread(file.write, chunk)
        except LiveViewFailed as error:
            if not received:
                raise
            logger.warning("%s; what came before that is kept", error)
