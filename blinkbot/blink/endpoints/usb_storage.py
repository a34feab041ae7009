"""The USB stick of a sync module, and the clips on it: listed, prepared, fetched, deleted (protocol §10).

The module does one thing at a time, and its clip ids change when it restarts. So a clip is known by its module, the
camera's name as it was when it recorded, and the instant; where its present id is not known or not accepted any more,
the stick is listed again.
"""

import hashlib
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from blinkbot.blink.endpoints.base import Endpoints
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.transport import Call, Transport
from blinkbot.blink.models import UsbStatus
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.wire import usb
from blinkbot.blink.wire.commands import started_command
from blinkbot.blink.wire.usb import Manifest, StoredClip
from blinkbot.domain import Camera, Clip, CommandResult, Home, Origin, Outcome, SyncModule
from blinkbot.domain.duplicates import bare_name
from blinkbot.errors import (
    AppUpdateRequired,
    BlinkRefused,
    BlinkResponseError,
    Busy,
    Missing,
    NotFound,
    StaleManifest,
)

logger = logging.getLogger(__name__)

Result = TypeVar("Result")
Ids = dict[str, object]

RECORDING = "recording"  # the cause of such a clip: the stick does not tell any other
MANIFEST_DELAYS = (1.0, 3.0, 6.0, 12.0)  # seconds before each look for the list (protocol §10)
MANIFESTS = 3  # lists that are asked for in a row where one is stale before it was read
UPLOAD_DELAYS = (0.0, 1.0, 3.0, 6.0, 12.0)  # seconds before each try: 404 until it is uploaded

_LONGEST_NAME = 16
_PREFIX = "usb"


@dataclass(frozen=True, slots=True)
class UsbKey:
    """A clip's lasting name: its module, the camera's name on the stick, its second since 1970."""

    module_id: int
    camera: str
    second: int

    def __str__(self) -> str:
        return f"{_PREFIX}:{self.module_id}:{self.camera}:{self.second}"

    @classmethod
    def of(cls, module_id: int, stored: StoredClip) -> "UsbKey":
        """The key of a line of a manifest. The name's form fits into file names and buttons."""
        name = bare_name(stored.camera_name)
        if not name.isascii() or not 0 < len(name) <= _LONGEST_NAME:
            name = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:_LONGEST_NAME]
        return cls(module_id, name, int(stored.recorded_at.timestamp()))

    @classmethod
    def named(cls, key: str) -> "UsbKey":
        """The key as it is kept with a clip. Raises NotFound for the key of another kind of clip."""
        prefix, *parts = key.split(":")
        if prefix != _PREFIX or len(parts) != 3 or not (parts[0].isdecimal() and parts[2].isdecimal()):
            raise NotFound("local-clip", missing=Missing.CLIP)
        return cls(int(parts[0]), parts[1], int(parts[2]))


class UsbEndpoints(Endpoints):
    """What concerns the clips on USB sticks."""

    def __init__(self, transport: Transport, timing: Timing) -> None:
        super().__init__(transport, timing)
        self._manifests: dict[int, Manifest] = {}
        self._newer_lists: set[int] = set()  # the modules that serve the newer form of their list alone

    async def usb_clips(self, module: SyncModule, home: Home) -> tuple[Clip, ...]:
        """Every clip on a stick, with `home`'s camera where known; takes seconds. Raises Busy when not listed."""
        manifest = await self._manifest(module.network_id, module.id)
        cameras = tuple(home.cameras_of(module.network_id))
        network = home.network(module.network_id)
        return tuple(
            Clip(
                key=str(UsbKey.of(module.id, stored)),
                id=int(stored.id) if stored.id.isdecimal() and int(stored.id) < 2**63 else 0,
                network_id=module.network_id,
                network_name=network.name if network else "",
                camera_id=camera.id if camera else 0,
                camera_name=camera.name if camera else stored.camera_name,
                recorded_at=stored.recorded_at,
                updated_at=stored.recorded_at,
                cause=RECORDING,
                video="",
                time_zone=network.time_zone if network else "",
                origin=Origin.USB,
            )
            for stored in manifest.clips
            for camera in [camera_named(stored.camera_name, cameras)]
        )

    async def delete_usb_clip(self, clip: Clip) -> CommandResult:
        """Delete a clip from its stick. Raises NotFound when it is not there any more."""

        async def delete(ids: Ids) -> CommandResult:
            return await self._command("delete-local-clip", clip.network_id, **ids)

        return await self._with_present_ids(clip, delete)

    async def _download_usb_clip(self, clip: Clip, target: Path, *, piece: bool) -> int:
        async def fetch(ids: Ids) -> int:
            result = await self._command("prepare-local-clip", clip.network_id, **ids)
            if result.outcome is Outcome.REFUSED:
                raise BlinkRefused("prepare-local-clip", 200, result.message)
            call = Call(OPERATIONS["local-clip"], {"network": clip.network_id, **ids})
            return await self._uploaded(call, target, piece)

        return await self._with_present_ids(clip, fetch)

    async def _with_present_ids(self, clip: Clip, work: Callable[[Ids], Awaitable[Result]]) -> Result:
        """Do something with a clip under the ids that it has now, listing the stick again where they are not known."""
        key = UsbKey.named(clip.key)
        ids = _ids(self._manifests.get(key.module_id), key)
        if ids is not None:
            try:
                return await work(ids)
            except BlinkRefused as error:
                if not _may_be_renumbered(error):
                    raise
                logger.info("sync module %d may have restarted (%s): its stick is listed again", key.module_id, error)
        ids = _ids(await self._manifest(clip.network_id, key.module_id), key)
        if ids is None:
            raise NotFound("local-clip", missing=Missing.CLIP)
        return await work(ids)

    async def usb_status(self, module: SyncModule) -> UsbStatus:
        """How a stick is, and how full."""
        answer = await self._ask("local-storage-status", network=module.network_id, sync_module=module.id)
        return usb.status(answer)

    async def eject_usb(self, module: SyncModule) -> CommandResult:
        """Let a module let go of its stick, so that it can be pulled out."""
        return await self._command("eject", module.network_id, sync_module=module.id)

    async def mount_usb(self, module: SyncModule) -> CommandResult:
        """Let a module use its stick again."""
        return await self._command("mount", module.network_id, sync_module=module.id)

    async def format_usb(self, module: SyncModule, *, confirmed: bool) -> CommandResult:
        """Format a stick. Everything on it is gone for good; raises ValueError unless a person said yes to that."""
        return await self._wipe("format-local-storage", module, confirmed)

    async def clear_usb(self, module: SyncModule, *, confirmed: bool) -> CommandResult:
        """Delete every clip on a stick, as `format_usb` does."""
        return await self._wipe("clear-local-storage", module, confirmed)

    async def _wipe(self, operation: str, module: SyncModule, confirmed: bool) -> CommandResult:
        if not confirmed:
            raise ValueError(f"{operation} deletes every clip for good: ask for a second yes")
        self._manifests.pop(module.id, None)
        return await self._command(operation, module.network_id, sync_module=module.id)

    async def _manifest(self, network_id: int, module_id: int) -> Manifest:
        """A new list of a stick; one that counts no more before it is read is asked for again at once."""
        for left in reversed(range(MANIFESTS)):
            try:
                return await self._new_manifest(network_id, module_id)
            except StaleManifest as error:
                if not left:
                    raise Busy("manifest", error.status, "its lists change before they are read") from error
                logger.info("sync module %d: %s; its stick is listed again", module_id, error)
        raise AssertionError("the last one raises")

    async def _new_manifest(self, network_id: int, module_id: int) -> Manifest:
        async def start() -> object:
            return await self._ask("manifest-request", network=network_id, sync_module=module_id)

        started = started_command("manifest-request", await self._commands.begin(network_id, start))
        if started.id is None:
            raise BlinkResponseError("manifest-request", "it is missing", "id")
        for delay in MANIFEST_DELAYS:
            await self._timing.sleep(delay)
            manifest = await self._listed(network_id, module_id, started.id)
            if manifest is not None:
                self._manifests[module_id] = manifest
                return manifest
        raise Busy("manifest", 200, "the sync module has not listed its clips yet")

    async def _listed(self, network_id: int, module_id: int, request_id: int) -> Manifest | None:
        """The list, None while it is not there; in the newer form where the older is not."""
        try:
            if module_id not in self._newer_lists:
                ids = {"network": network_id, "sync_module": module_id, "request": request_id}
                return usb.manifest(await self._ask("manifest", **ids), self._set_aside)
        except Busy:
            return None
        except (NotFound, AppUpdateRequired):
            pass  # not there yet, or not there any more in this form
        try:
            return await self._newer_list(network_id, module_id, request_id)
        except (Busy, NotFound):
            return None

    async def _newer_list(self, network_id: int, module_id: int, request_id: int) -> Manifest | None:
        """The list in its newer form, which lies under the id of the command's child."""
        status = await self._ask("command-status", network=network_id, command=request_id)
        child = usb.child_command(status, request_id)
        if child is None:
            return None
        ids = {"network": network_id, "sync_module": module_id, "command": child}
        found = usb.newer_manifest(await self._ask("local-storage-media", **ids), self._set_aside)
        if found is not None:
            self._newer_lists.add(module_id)
        return found

    async def _uploaded(self, call: Call, target: Path, piece: bool) -> int:
        for delay in UPLOAD_DELAYS:
            await self._timing.sleep(delay)
            try:
                return await self._transport.download(call, target, piece=piece)
            except NotFound:
                continue
        raise Busy("local-clip", 404, "the sync module has not uploaded the clip yet")


def camera_named(name: str, cameras: Iterable[Camera]) -> Camera | None:
    """The one camera whose name is this but for punctuation and spaces; None where there is none, or several."""
    found = [camera for camera in cameras if bare_name(name) and bare_name(camera.name) == bare_name(name)]
    return found[0] if len(found) == 1 else None


def _ids(manifest: Manifest | None, key: UsbKey) -> Ids | None:
    """The ids of a clip as the operations want them; None where it is not on the list."""
    for stored in manifest.clips if manifest else ():
        if manifest and UsbKey.of(key.module_id, stored) == key:
            return {"sync_module": key.module_id, "manifest": manifest.id, "clip": stored.id}
    return None


def _may_be_renumbered(error: BlinkRefused) -> bool:
    """Whether this is how an id is refused that counts no more: as not there, or without any more special meaning."""
    return isinstance(error, NotFound | StaleManifest) or type(error) is BlinkRefused
