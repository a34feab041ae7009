"""Clips on the sync module's USB stick (protocol §10)."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, media_not_found
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.commands import Command
from blinkbot.simulator.blinkcloud.state.household import SyncModule
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.world import World
from blinkbot.simulator.ranges import ranged


@dataclass(slots=True, eq=False)
class StoredClip:
    """A file on the stick. Its `id` is new after each restart of the module."""

    id: int
    module: SyncModule
    camera_name: str
    created_at: datetime
    mp4: bytes = field(repr=False)
    uploaded: bool = False
    upload: Command | None = None


@dataclass(slots=True, eq=False)
class Manifest:
    """A list of the stick's clips that was asked for, ready after some polls."""

    command: Command
    id: str
    clips: list[StoredClip]
    polls_left: int


class Usb:
    """The stick, and the operations that reach it.

    `polls` is how often a manifest that was built is still not there when asked for.
    """

    def __init__(self, world: World) -> None:
        self.polls = 1
        self.clips: list[StoredClip] = []
        self._world = world
        self._clip_ids = count(2_718_594_887, 1_013)
        self._manifest_ids = count(8_977)
        self._manifests: list[Manifest] = []

    def routes(self) -> list[Route]:
        """What it serves."""
        base = "/api/v1/accounts/{account:int}/networks/{network:int}/sync_modules/{module:int}/local_storage"
        clip = base + "/manifest/{manifest:str}/clip"
        return [
            Route(base + "/status", self.status, methods=["GET"]),
            Route(base + "/manifest/request", self.request_manifest, methods=["POST"]),
            Route(base + "/manifest/request/{request:int}", self.manifest, methods=["GET"]),
            Route(clip + "/request/{clip:int}", self.prepare, methods=["POST"]),
            Route(clip + "/request/{clip:int}", self.download, methods=["GET"]),
            Route(clip + "/delete/{clip:int}", self.delete, methods=["POST"]),
        ]

    def store(self, clip: Clip) -> StoredClip:
        """Put a copy of a clip on the stick of its camera's sync module.

        Raises:
            ValueError: there is no stick.
        """
        module = self._world.home.sync_module_of(clip.network_id)
        if module is None or not module.usb_active:
            raise ValueError(f"no USB stick for {clip.camera_name!r}")
        stored = StoredClip(next(self._clip_ids), module, stripped(clip.camera_name), clip.created_at, clip.mp4)
        self.clips.append(stored)
        return stored

    def restart(self, module: SyncModule) -> None:
        """The module starts again: every clip gets another id, every manifest is void, uploads are forgotten."""
        self._manifests = [each for each in self._manifests if each.command.sync_module_id != module.id]
        for clip in self.clips:
            if clip.module is module:
                clip.id, clip.uploaded, clip.upload = next(self._clip_ids), False, None

    async def status(self, request: Request) -> Response:
        """Whether a stick is in and how full it is."""
        module = self._module(request)
        used = sum(len(clip.mp4) for clip in self.clips if clip.module is module)
        return JSONResponse(
            {
                "sync_module_id": module.id,
                "network_id": module.network_id,
                "status": "active" if module.usb_active else "unavailable",
                "usb_state": "mounted" if module.usb_active else "unmounted",
                "usb_storage_used": used // 2**20,
                "usb_storage_full": False,
                "updated_at": stamp(self._world.clock()),
            }
        )

    async def request_manifest(self, request: Request) -> Response:
        """Let the module list its clips."""
        module = self._active_module(request)
        command = self._world.commands.start("local_storage_manifest", module.network_id)
        clips = sorted((clip for clip in self.clips if clip.module is module), key=newest_first)
        self._manifests.append(Manifest(command, str(next(self._manifest_ids)), clips, self.polls))
        return JSONResponse(two_keys(command))

    async def manifest(self, request: Request) -> Response:
        """The list, once it is there; before that a body without `clips`."""
        module = self._active_module(request)
        for manifest in self._manifests:
            if manifest.command.id == request.path_params["request"] and manifest.command.sync_module_id == module.id:
                return JSONResponse(self._manifest_body(manifest))
        raise Refusal(404, "Manifest not found")

    async def prepare(self, request: Request) -> Response:
        """Let the module upload a clip; asked for again meanwhile, it is the same upload.

        Cameras can be used meanwhile: blinkpy, which works with real modules, waits for no upload.
        """
        clip = self._clip(request)

        async def upload() -> None:
            clip.uploaded = True

        if clip.upload is None or clip.upload.finished.is_set():
            network_id = clip.module.network_id
            clip.upload = self._world.commands.start("local_storage_clip", network_id, effect=upload, resource=clip.id)
        return JSONResponse(two_keys(clip.upload))

    async def download(self, request: Request) -> Response:
        """The MP4; 404 until it was uploaded."""
        clip = self._clip(request)
        if not clip.uploaded:
            raise media_not_found()
        return ranged(request, clip.mp4, "video/mp4")

    async def delete(self, request: Request) -> Response:
        """Delete a clip from the stick: done at once."""
        clip = self._clip(request)
        self.clips.remove(clip)
        return JSONResponse(two_keys(self._world.commands.done("local_storage_delete", clip.module.network_id)))

    def _manifest_body(self, manifest: Manifest) -> Body:
        if not manifest.command.finished.is_set() or manifest.polls_left > 0:
            manifest.polls_left -= manifest.command.finished.is_set()
            return {"version": "1.0", "message": "Manifest is not ready"}
        clips = [
            {
                "id": str(clip.id),
                "size": str(max(1, len(clip.mp4) // 1024)),
                "camera_name": clip.camera_name,
                "created_at": stamp(clip.created_at),
            }
            for clip in manifest.clips
        ]
        return {"version": "1.0", "manifest_id": manifest.id, "clips": clips}

    def _module(self, request: Request) -> SyncModule:
        network = self._world.network(request.path_params["network"])
        module = self._world.home.sync_module_of(network.id)
        if module is None or module.id != request.path_params["module"]:
            raise Refusal(404, "Sync module not found")
        return module

    def _active_module(self, request: Request) -> SyncModule:
        module = self._module(request)
        if not module.usb_active or not module.online:
            raise Refusal(400, "Local storage is not available")
        return module

    def _clip(self, request: Request) -> StoredClip:
        module = self._active_module(request)
        manifest_id, clip_id = request.path_params["manifest"], request.path_params["clip"]
        for manifest in self._manifests:
            if manifest.id == manifest_id and manifest.command.sync_module_id == module.id:
                for clip in manifest.clips:
                    if clip.id == clip_id and clip in self.clips:
                        return clip
        raise media_not_found()


def stripped(name: str) -> str:
    """A camera's name as the stick has it: letters, digits and underscores."""
    return re.sub(r"\W", "", name)


def newest_first(clip: StoredClip) -> float:
    """The order of a manifest."""
    return -clip.created_at.timestamp()


def two_keys(command: Command) -> Body:
    """The short answer of everything that reaches the stick."""
    return {"id": command.id, "network_id": command.network_id}
