"""Pictures, live views, lights and Blink's own snooze, as one chat may ask for them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from blinkbot.control.access import ChatAccess, known_home
from blinkbot.domain import Camera, CommandResult, Home, Outcome, Picture
from blinkbot.domain.preferences import Scope, Target
from blinkbot.errors import (
    BlinkError,
    BlinkRefused,
    CutShort,
    DataFolderError,
    FolderProblem,
    MediaError,
    Missing,
    NotFound,
)
from blinkbot.ports import Clock, Cloud, HomeSource, Videos

logger = logging.getLogger(__name__)

# Cameras that are asked for pictures at the same time share one look.
JUST_NOW = timedelta(seconds=2)
# A new picture's path comes late in the homescreen, by up to two minutes (protocol §6): seconds before each look.
PICTURE_LOOKS = (0.0, 1.0, 2.0, 4.0)
LATE_PICTURE_LOOKS = (8.0, 15.0, 30.0, 60.0)


@dataclass(frozen=True, slots=True)
class CameraControl:
    """`on_live_view` is called after each live view with its camera's id, its begin and its end."""

    access: ChatAccess
    cloud: Cloud
    home: HomeSource
    videos: Videos
    spool_dir: Path
    clock: Clock
    on_live_view: Callable[[int, datetime, datetime], None]
    sleep: Callable[[float], Awaitable[None]]

    async def take_picture(self, camera_id: int, on_late: Callable[[], Awaitable[None]] | None = None) -> Picture:
        """A new picture. It is one only if its path changed; an old one is never passed off as new (protocol §6)."""
        self.access.check_session()
        # As Blink shows it now: compared with an older look, the picture of a tap in Blink's app or of the last motion
        # would pass for the new one.
        before = _camera_in(await self.home.recent(JUST_NOW), camera_id)
        result = await self.access.request(self.cloud.take_picture(before))
        if result.outcome is Outcome.REFUSED:
            raise BlinkRefused("new-thumbnail", 200, result.message)
        if (picture := await self._seen(before, PICTURE_LOOKS)) is not None:
            return picture
        if on_late is not None and result.done:
            await on_late()
        if (picture := await self._seen(before, LATE_PICTURE_LOOKS)) is not None:
            return picture
        raise NotFound("new-thumbnail", missing=Missing.NEW_PICTURE)

    async def _seen(self, before: Camera, looks: Sequence[float]) -> Picture | None:
        """The picture that a camera has taken, where Blink shows it whole at one of these looks."""
        for delay in looks:
            await self.sleep(delay)
            home = await self.home.refresh()
            after, network = _camera_in(home, before.id), home.network(before.network_id)
            if network is None:
                raise NotFound("new-thumbnail", missing=Missing.CAMERA)
            if after.picture and after.picture != before.picture:
                try:
                    jpeg = await self.access.request(self.cloud.picture(after))
                except CutShort as error:
                    logger.info("the picture of camera %d is not finished yet: %s", before.id, error)
                    continue
                return Picture(after, network, jpeg, self.clock())
        return None

    async def record_live(self, camera_id: int, seconds: float, on_picture: Callable[[], None] | None = None) -> Path:
        self.access.check_session()
        camera = _camera_in(await known_home(self.home), camera_id)
        # A name of its own for every live view: the caller removes it.
        stream = self.spool_dir / f"live-{camera_id}-{uuid4().hex[:8]}.ts"
        video = stream.with_suffix(".mp4")
        try:
            size = await self.access.request(self._record(camera, seconds, stream, on_picture))
            if size == 0:
                raise MediaError(f"nothing came from {camera.name}")
            await self.videos.remux(stream, video)
        except OSError as error:
            raise DataFolderError(stream, FolderProblem.NOT_WRITABLE, error.strerror) from error
        finally:
            stream.unlink(missing_ok=True)
        return video

    async def switch_light(self, camera_id: int, *, on: bool) -> CommandResult:
        self.access.check_session()
        camera = _camera_in(await known_home(self.home), camera_id)
        if not camera.has_light:
            raise NotFound("lights", missing=Missing.LIGHT)
        return await self.access.request(self.cloud.switch_light(camera, on=on))

    async def snooze(self, target: Target, minutes: int) -> None:
        self.access.check_session()
        home = self.home.latest() or Home()
        if target.scope is Scope.CAMERA:
            await self.access.request(self.cloud.snooze_camera(_camera_in(home, target.id), minutes))
            return
        networks = [network for network in home.networks if target.covers(network.id, camera_id=0)]
        if not networks:
            raise NotFound("snooze-network", missing=Missing.NETWORK)
        errors = []
        for network in networks:
            try:
                await self.access.request(self.cloud.snooze_network(network.id, minutes))
            except BlinkError as error:
                errors.append(error)
        if errors:
            raise errors[0]

    async def _record(self, camera: Camera, seconds: float, target: Path, on_picture: Callable[[], None] | None) -> int:
        size, begun = 0, self.clock()
        try:
            with _opened(target) as file:
                async with self.cloud.live_view(camera, seconds) as chunks:
                    async for chunk in chunks:
                        if size == 0 and on_picture is not None:
                            on_picture()
                        size += len(chunk)
                        await asyncio.to_thread(file.write, chunk)
        finally:
            self.on_live_view(camera.id, begun, self.clock())
        return size


def _camera_in(home: Home, camera_id: int) -> Camera:
    camera = home.camera(camera_id)
    if camera is None:
        raise NotFound("homescreen", missing=Missing.CAMERA)
    return camera


def _opened(path: Path) -> BinaryIO:
    # Not in a thread: being cancelled right then would leave a file behind.
    return path.open("wb")
