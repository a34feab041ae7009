"""Live views, lights, sirens and Blink's own snooze, as one chat may ask for them."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from blinkbot.control.base import ChatControlBase
from blinkbot.domain import Camera, CommandResult, Home
from blinkbot.domain.preferences import Scope, Target
from blinkbot.errors import BlinkError, DataFolderError, FolderProblem, MediaError, Missing, NotFound


class DeviceControl(ChatControlBase):
    """The part of a ChatControl that is about devices."""

    async def record_live(self, camera_id: int, seconds: float, on_picture: Callable[[], None] | None = None) -> Path:
        camera = await self._camera(camera_id)
        # A name of its own for every live view: the caller removes it.
        stream = self.context.store.spool_dir / f"live-{camera_id}-{uuid4().hex[:8]}.ts"
        video = stream.with_suffix(".mp4")
        try:
            size = await self.request(self._record(camera, seconds, stream, on_picture))
            if size == 0:
                raise MediaError(f"nothing came from {camera.name}")
            await self.context.videos.remux(stream, video)
        except OSError as error:
            raise DataFolderError(stream, FolderProblem.NOT_WRITABLE, error.strerror) from error
        finally:
            stream.unlink(missing_ok=True)
        return video

    async def switch_light(self, camera_id: int, *, on: bool) -> CommandResult:
        camera = await self._camera(camera_id)
        if not camera.has_light:
            raise NotFound("lights", missing=Missing.LIGHT)
        return await self.request(self.context.cloud.switch_light(camera, on=on))

    async def sound_siren(self, network_id: int, seconds: int) -> CommandResult:
        await self._check_siren(network_id)
        return await self.request(self.context.cloud.sound_siren(network_id, seconds=seconds))

    async def silence_sirens(self, network_id: int) -> CommandResult:
        await self._check_siren(network_id)
        return await self.request(self.context.cloud.silence_sirens(network_id))

    async def snooze(self, target: Target, minutes: int) -> None:
        self.check_session()
        cloud, home = self.context.cloud, self.context.home_watch.latest() or Home()
        if target.scope is Scope.CAMERA:
            camera = home.camera(target.id)
            if camera is None:
                raise NotFound("snooze-camera", missing=Missing.CAMERA)
            await self.request(cloud.snooze_camera(camera, minutes))
            return
        networks = [network for network in home.networks if target.covers(network.id, camera_id=0)]
        if not networks:
            raise NotFound("snooze-network", missing=Missing.NETWORK)
        errors = []
        for network in networks:
            try:
                await self.request(cloud.snooze_network(network.id, minutes))
            except BlinkError as error:
                errors.append(error)
        if errors:
            raise errors[0]

    async def _record(self, camera: Camera, seconds: float, target: Path, on_picture: Callable[[], None] | None) -> int:
        size, begun = 0, self.context.clock()
        try:
            with _opened(target) as file:
                async with self.context.cloud.live_view(camera, seconds) as chunks:
                    async for chunk in chunks:
                        if size == 0 and on_picture is not None:
                            on_picture()
                        size += len(chunk)
                        await asyncio.to_thread(file.write, chunk)
        finally:
            self.context.on_live_view(camera.id, begun, self.context.clock())
        return size

    async def _camera(self, camera_id: int) -> Camera:
        self.check_session()
        camera = (await self.home()).camera(camera_id)
        if camera is None:
            raise NotFound("homescreen", missing=Missing.CAMERA)
        return camera

    async def _check_siren(self, network_id: int) -> None:
        self.check_session()
        if network_id not in (await self.home()).siren_networks:
            raise NotFound("sirens", missing=Missing.SIREN)


def _opened(path: Path) -> BinaryIO:
    # Not in a thread: being cancelled right then would leave a file behind.
    return path.open("wb")
