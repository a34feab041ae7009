"""What every group of the client's methods stands on: asking for an operation of the table by its name."""

from collections.abc import Mapping

from blinkbot.blink.commands import Commands
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.transport import Call, Response, Transport
from blinkbot.blink.odd_entries import OddEntries
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.domain import Camera, CommandResult
from blinkbot.errors import AppUpdateRequired, BlinkRefused, BlinkResponseError, CutShort, Missing, NotFound

_JPEG, _JPEG_END = b"\xff\xd8", b"\xff\xd9"
_PADDING = b"\0\r\n "

UNFINISHED_DELAYS = (1.0, 2.0, 4.0)  # seconds between tries for a picture that is not finished at Blink (protocol §6)


class Endpoints:
    """The connection, and the turns of commands."""

    def __init__(self, transport: Transport, timing: Timing) -> None:
        self._transport = transport
        self._timing = timing
        self._commands = Commands(timing)
        self._set_aside = OddEntries()

    async def _ask(self, operation: str, **values: object) -> object:
        """The JSON that an operation answers."""
        return (await self._request(Call(OPERATIONS[operation], values))).body

    async def _ask_camera(self, operation: str, camera: Camera, **values: object) -> object:
        """The JSON that an operation of a camera answers. Raises ValueError where its family has none such."""
        return (await self._request(_about(camera, operation, values))).body

    async def _request(self, call: Call) -> Response:
        return await self._transport.request(call)

    async def _command(self, operation: str, network_id: int, **values: object) -> CommandResult:
        """Run a command of a network in its turn, to its end (protocol §5)."""
        return await self._run(network_id, Call(OPERATIONS[operation], {"network": network_id, **values}))

    async def _camera_command(
        self, operation: str, camera: Camera, extra: Mapping[str, object] | None = None, **values: object
    ) -> CommandResult:
        """Run a command of a camera."""
        return await self._run(camera.network_id, _about(camera, operation, values, extra))

    async def _run(self, network_id: int, call: Call) -> CommandResult:
        async def start() -> object:
            return (await self._request(call)).body

        async def look(command_id: int) -> object:
            status = Call(OPERATIONS["command-status"], {"network": network_id, "command": command_id})
            return (await self._transport.request(status, retry=False)).body

        return await self._commands.run(network_id, call.operation.name, start, look)

    async def jpeg(self, call: Call) -> bytes:
        """The picture that an operation answers, whole. Raises BlinkResponseError for what is none."""
        for delay in UNFINISHED_DELAYS:
            try:
                return await self._whole_jpeg(call)
            except CutShort:
                await self._timing.sleep(delay)
        return await self._whole_jpeg(call)

    async def _whole_jpeg(self, call: Call) -> bytes:
        body = await self._transport.fetch(call)
        if not body.startswith(_JPEG):
            raise BlinkResponseError(call.operation.name, f"it is not a JPEG ({len(body)} bytes)")
        if not body.rstrip(_PADDING).endswith(_JPEG_END):
            raise CutShort(call.operation.name, f"it is a piece of a JPEG ({len(body)} bytes)")
        return body

    async def _jpeg_at(self, operation: str, path: str | None) -> bytes:
        if path is None:
            raise NotFound(operation, missing=Missing.PICTURE)
        return await self.jpeg(Call(OPERATIONS[operation], {"path": path}))


def is_unknown_here(error: BlinkRefused) -> bool:
    """Whether an answer says that an operation itself is not there: what rests on Blink's app alone fails softly."""
    if isinstance(error, NotFound):
        return error.missing is None
    return isinstance(error, AppUpdateRequired) or (type(error) is BlinkRefused and error.code in (None, error.status))


def _about(
    camera: Camera, operation: str, values: Mapping[str, object], extra: Mapping[str, object] | None = None
) -> Call:
    told = {"network": camera.network_id, "camera": camera.id, **values}
    return Call(OPERATIONS[operation], told, camera.family, extra)
