"""Clips on the sync module's USB stick (protocol §10)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, media_not_found
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get, post
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.commands import MANIFEST, Command
from blinkbot.simulator.blinkcloud.state.household import SyncModule
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.world import World
from blinkbot.simulator.ranges import ranged

STALE = 2102
STICK_BYTES = 64 * 10**9


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


class Usb(Endpoints):
    """The stick, and the operations that reach it.

    A manifest is missing for `polls` requests after it was built. `newer_only` has the older list answer 404.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.polls = 1
        self.newer_only = False
        self.clips: list[StoredClip] = []
        self._clip_ids = count(2_718_594_887, 1_013)
        self._manifest_ids = count(8_977)
        self._manifests: list[Manifest] = []

    def routes(self) -> list[Route]:
        """The routes."""
        base = "/api/v1/accounts/{account:int}/networks/{network:int}/sync_modules/{module:int}/local_storage"
        clip = base + "/manifest/{manifest:str}/clip"
        return [
            get(base + "/status", self.status),
            post(base + "/eject", self.eject),
            post(base + "/mount", self.mount),
            post(base + "/format", self.wipe),
            get(base, self.wipe, "DELETE"),
            get(base + "/media/{request:int}", self.media),
            post(base + "/manifest/request", self.request_manifest),
            get(base + "/manifest/request/{request:int}", self.manifest),
            post(clip + "/request/{clip:int}", self.prepare),
            get(clip + "/request/{clip:int}", self.download),
            post(clip + "/delete/{clip:int}", self.delete),
        ]

    def store(self, clip: Clip) -> StoredClip:
        """Put a copy of a clip on the stick of its camera's sync module. Raises ValueError where there is none."""
        module = self._world.home.sync_module_of(clip.network_id)
        if module is None or not module.usb_active:
            raise ValueError(f"no USB stick for {clip.camera_name!r}")
        # The stick writes a camera's name in letters, digits and underscores alone.
        name = re.sub(r"\W", "", clip.camera_name)
        stored = StoredClip(next(self._clip_ids), module, name, clip.created_at, clip.mp4)
        self.clips.append(stored)
        return stored

    def restart(self, module: SyncModule) -> None:
        """The module starts again: every clip gets another id, every manifest is void, uploads are forgotten."""
        self._manifests = [each for each in self._manifests if each.command.sync_module_id != module.id]
        for clip in self.clips:
            if clip.module is module:
                clip.id, clip.uploaded, clip.upload = next(self._clip_ids), False, None

    async def status(self, request: Request) -> Body:
        """Whether a stick is in and how full it is."""
        module = self._module(request)
        used = sum(len(clip.mp4) for clip in self.clips if clip.module is module)
        status, usb_state = ("active", "active") if module.usb_active else ("unavailable", "unmounted")
        return {
            "sync_module_id": module.id,
            "network_id": module.network_id,
            "status": status,
            "usb_state": usb_state,
            "usb_storage_used": min(100, 100 * used // STICK_BYTES),
            "usb_storage_full": used >= STICK_BYTES,
            "storage_warning": 3 if used >= 0.9 * STICK_BYTES else 0,
            "sm_backup_in_progress": False,
            "last_backup_result": "success",
            "updated_at": stamp(self._world.clock()),
        }

    async def request_manifest(self, request: Request) -> Body:
        """Let the module list its clips."""
        module = self._active_module(request)
        children = [("local_storage_list", None)]
        command = self._world.commands.start(MANIFEST, module.network_id, children=children)
        clips = [clip for clip in self.clips if clip.module is module]
        clips.sort(key=lambda clip: -clip.created_at.timestamp())
        self._manifests.append(Manifest(command, str(next(self._manifest_ids)), clips, self.polls))
        return fields_of(command, "id", "network_id")

    async def manifest(self, request: Request) -> Body:
        """The list, once it is there; before that a body without `clips`."""
        if self.newer_only:
            raise Refusal(404, "Not found")
        manifest = self._manifest(request, lambda command: command.id)
        if not self._ready(manifest):
            return {"version": "1.0", "message": "Manifest is not ready"}
        clips = [
            {
                "id": str(clip.id),
                "size": str(max(1, len(clip.mp4) // 1024)),
                **fields_of(clip, "camera_name", "created_at"),
            }
            for clip in manifest.clips
        ]
        return {"version": "1.0", "manifest_id": manifest.id, "clips": clips}

    async def media(self, request: Request) -> Body:
        """The same list in the newer form, under the id of the command's child."""
        manifest = self._manifest(request, lambda command: command.children[0].id)
        if not self._ready(manifest):
            raise Refusal(404, "Manifest not found")
        clips = [
            {
                "id": clip.id,
                "device_name": clip.camera_name,
                "clip_start_millis": round(clip.created_at.timestamp() * 1000),
                "clip_length_ms": 1000,
                "media": f"/request/{clip.id}",
            }
            for clip in manifest.clips
        ]
        return {"manifest_id": manifest.id, "media": clips}

    async def eject(self, request: Request) -> Body:
        """Let go of the stick, so that it can be pulled out."""
        module = self._active_module(request)
        module.usb_active, module.usb_ejected = False, True
        return self._done("local_storage_eject", module)

    async def mount(self, request: Request) -> Body:
        """Use it again."""
        module = self._module(request)
        if not module.usb_ejected:
            raise Refusal(400, "Local storage is not available")
        module.usb_active, module.usb_ejected = True, False
        return self._done("local_storage_mount", module)

    async def wipe(self, request: Request) -> Body:
        """Delete everything on it."""
        module = self._active_module(request)
        self.clips = [clip for clip in self.clips if clip.module is not module]
        return self._done("local_storage_format", module)

    async def prepare(self, request: Request) -> Body:
        """Let the module upload a clip, once at a time; cameras stay free, as blinkpy expects of real modules."""
        clip = self._clip(request)

        async def upload() -> None:
            clip.uploaded = True

        if clip.upload is None or clip.upload.finished.is_set():
            network_id = clip.module.network_id
            clip.upload = self._world.commands.start("local_storage_clip", network_id, effect=upload, resource=clip.id)
        return fields_of(clip.upload, "id", "network_id")

    async def download(self, request: Request) -> Response:
        """The MP4; 404 until it was uploaded."""
        clip = self._clip(request)
        if not clip.uploaded:
            raise media_not_found()
        return ranged(request, clip.mp4, "video/mp4")

    async def delete(self, request: Request) -> Body:
        """Delete a clip from the stick: done at once."""
        clip = self._clip(request)
        self.clips.remove(clip)
        return self._done("local_storage_delete", clip.module)

    def _manifest(self, request: Request, number: Callable[[Command], int]) -> Manifest:
        """The manifest that a request names. Raises Refusal for one that counts no more (2102)."""
        module, wanted = self._active_module(request), request.path_params["request"]
        for manifest in self._manifests:
            if number(manifest.command) == wanted and manifest.command.sync_module_id == module.id:
                return manifest
        if any(number(command) == wanted for command in self._world.commands.all if command.kind == MANIFEST):
            raise Refusal(400, "Manifest is stale", STALE)
        raise Refusal(404, "Manifest not found")

    def _ready(self, manifest: Manifest) -> bool:
        ready = manifest.command.finished.is_set() and manifest.polls_left <= 0
        manifest.polls_left -= manifest.command.finished.is_set()
        return ready

    def _done(self, kind: str, module: SyncModule) -> Body:
        return fields_of(self._world.commands.done(kind, module.network_id), "id", "network_id")

    def _module(self, request: Request) -> SyncModule:
        module = self._world.home.sync_module_of(self._network(request).id)
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
