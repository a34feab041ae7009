"""A signed-in Blink account: one short method for each thing a user does (`ports.Cloud`)."""

import itertools
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from blinkbot.blink import wire
from blinkbot.blink.auth import Session
from blinkbot.blink.commands import Commands
from blinkbot.blink.hosts import BlinkUrls
from blinkbot.blink.operations import OPERATIONS
from blinkbot.blink.timing import Timing
from blinkbot.blink.transport import Call, Transport
from blinkbot.domain import Camera, Clip, CommandResult, Family, Home, Schedule
from blinkbot.errors import BlinkResponseError, NotFound
from blinkbot.ports import TokenStore

PAGE_CAP = 200
"""Pages of one question for clips: 5,000 clips at 25 a page is more than an account holds, so a loop is near."""

SETTLING_DELAYS = (1.0, 2.0, 4.0)
"""Seconds between tries for a video that was just listed and is not there yet (protocol §4)."""

SETTLING = timedelta(minutes=5)
"""How long a clip counts as just listed. Older ones are gone when they are not there."""

_JPEG = b"\xff\xd8"


class BlinkClient:
    """The Blink cloud for one account. Everything raises BlinkErrors and nothing else of its own.

    `store` keeps the session and is asked for it at every request: whoever signs in saves the tokens there. Use it as
    a context manager, or call `aclose`.
    """

    def __init__(self, urls: BlinkUrls, store: TokenStore, hardware_id: str, timing: Timing | None = None) -> None:
        self._timing = timing or Timing()
        self._transport = Transport(urls, Session(urls, store, hardware_id, self._timing), self._timing)
        self._commands = Commands(self._timing)
        self.user_id: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections; a running renewal of the session is waited for."""
        await self._transport.aclose()

    @property
    def client_id(self) -> int | None:
        """Blink's number for this program, None before the first homescreen."""
        return self._transport.client_id

    async def home(self) -> Home:
        """Read the homescreen: one request (protocol §6)."""
        reply = await self._transport.request(_call("homescreen"))
        self._transport.client_id = _number(reply.headers.get("Client-Id")) or self._transport.client_id
        self.user_id = _number(reply.headers.get("User-Id")) or self.user_id
        return wire.home(reply.body)

    async def changed_clips(self, since: datetime | None) -> Sequence[Clip]:
        """Clips whose `updated_at` is at or after `since`, tombstones and unfinished ones included (protocol §7).

        One request while the first page is not full; None asks for everything. No order is promised; a clip that
        moves between pages while they are read comes once.
        """
        found: dict[int, Clip] = {}
        for page in itertools.count(1):
            if page > PAGE_CAP:
                raise BlinkResponseError("media-changed", f"its pages do not end ({PAGE_CAP} read)", "media")
            call = _call("media-changed", since=wire.moment_text(since), page=page)
            listed = wire.media_page((await self._transport.request(call)).body)
            found.update((clip.id, clip) for clip in listed.clips)
            if listed.is_last:
                break
        return tuple(found.values())

    async def arm(self, network_id: int) -> CommandResult:
        """Arm a network and wait for the end of the command (protocol §5)."""
        return await self._command(_call("arm", network=network_id))

    async def disarm(self, network_id: int) -> CommandResult:
        """Disarm a network and wait for the end of the command (protocol §5)."""
        return await self._command(_call("disarm", network=network_id))

    async def take_picture(self, camera: Camera) -> CommandResult:
        """Have a new picture taken. Its path comes with the next `home()`, and differs from `camera.picture` (§6)."""
        return await self._command(
            _call("new-thumbnail", family=camera.family, network=camera.network_id, camera=camera.id)
        )

    async def picture(self, camera: Camera) -> bytes:
        """The JPEG at `camera.picture`. Raises NotFound where it has none."""
        return await self._jpeg("thumbnail", camera.picture)

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        """The JPEG that stands for a clip. Raises NotFound where it has none."""
        return await self._jpeg("video-thumbnail", clip.thumbnail)

    async def download_clip(self, clip: Clip, target: Path) -> int:
        """Stream the clip's MP4 into `target`; returns its size in bytes.

        `target` exists afterwards only if the body was whole and an MP4. A clip that was listed moments ago may not
        be there yet and is asked for again. Raises NotFound when it is gone, OSError when the disk refuses.
        """
        if not clip.video:
            raise NotFound("video", 404, "the clip has no video")
        call = _call("video", path=clip.video)
        fresh = self._timing.clock() - clip.updated_at < SETTLING
        for delay in SETTLING_DELAYS if fresh else ():
            try:
                return await self._transport.download(call, target)
            except NotFound:
                await self._timing.sleep(delay)
        return await self._transport.download(call, target)

    async def schedules(self, network_id: int) -> Sequence[Schedule]:
        """The weekly programs of a network, times as stored (protocol §8)."""
        return wire.schedules((await self._transport.request(_call("programs", network=network_id))).body)

    async def enable_schedule(self, network_id: int, schedule_id: int) -> None:
        """Switch a program on."""
        await self._transport.request(_call("enable-program", network=network_id, program=schedule_id))

    async def disable_schedule(self, network_id: int, schedule_id: int) -> None:
        """Switch a program off."""
        await self._transport.request(_call("disable-program", network=network_id, program=schedule_id))

    async def _command(self, call: Call) -> CommandResult:
        """Run a command of the network named in the call, in its turn, to its end."""
        network_id = call.values["network"]
        assert isinstance(network_id, int)

        async def start() -> object:
            return (await self._transport.request(call)).body

        async def look(command_id: int) -> object:
            asked = _call("command-status", network=network_id, command=command_id)
            return (await self._transport.request(asked, retry=False)).body

        return await self._commands.run(network_id, call.operation.name, start, look)

    async def _jpeg(self, operation: str, path: str | None) -> bytes:
        if path is None:
            raise NotFound(operation, 404, "there is no picture")
        body = await self._transport.fetch(_call(operation, path=path))
        if not body.startswith(_JPEG):
            raise BlinkResponseError(operation, f"it is not a JPEG ({len(body)} bytes)")
        return body


def _call(operation: str, *, family: Family | None = None, **values: object) -> Call:
    return Call(OPERATIONS[operation], values, family)


def _number(header: str | None) -> int | None:
    return int(header) if header and header.isascii() and header.isdigit() and len(header) < 20 else None
