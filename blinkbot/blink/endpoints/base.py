"""What every group of the client's methods stands on: asking for an operation of the table by its name."""

from collections.abc import Mapping

from blinkbot.blink.commands import Commands
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.transport import Call, Response, Transport
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.domain import Camera, CommandResult, Family
from blinkbot.errors import BlinkResponseError, Missing, NotFound

_JPEG = b"\xff\xd8"


class Endpoints:
    """The connection, and the turns of commands."""

    def __init__(self, transport: Transport, timing: Timing) -> None:
        self._transport = transport
        self._timing = timing
        self._commands = Commands(timing)

    async def _ask(
        self,
        operation: str,
        *,
        family: Family | None = None,
        extra: Mapping[str, object] | None = None,
        **values: object,
    ) -> object:
        """The JSON that an operation answers."""
        return (await self._request(Call(OPERATIONS[operation], values, family, extra))).body

    async def _ask_camera(self, operation: str, camera: Camera, **values: object) -> object:
        """The JSON that an operation of a camera answers. Raises ValueError where its family has none such."""
        values |= {"network": camera.network_id, "camera": camera.id}
        return (await self._request(Call(OPERATIONS[operation], values, camera.family))).body

    async def _request(self, call: Call) -> Response:
        return await self._transport.request(call)

    async def _command(
        self,
        operation: str,
        network_id: int,
        *,
        family: Family | None = None,
        extra: Mapping[str, object] | None = None,
        **values: object,
    ) -> CommandResult:
        """Run a command of a network in its turn, to its end (protocol §5)."""

        async def start() -> object:
            return await self._ask(operation, family=family, extra=extra, network=network_id, **values)

        async def look(command_id: int) -> object:
            call = Call(OPERATIONS["command-status"], {"network": network_id, "command": command_id})
            return (await self._transport.request(call, retry=False)).body

        return await self._commands.run(network_id, operation, start, look)

    async def _camera_command(
        self, operation: str, camera: Camera, extra: Mapping[str, object] | None = None, **values: object
    ) -> CommandResult:
        """Run a command of a camera."""
        return await self._command(
            operation, camera.network_id, family=camera.family, extra=extra, camera=camera.id, **values
        )

    async def jpeg(self, call: Call) -> bytes:
        """The picture that an operation answers. Raises BlinkResponseError for what is none."""
        body = await self._transport.fetch(call)
        if not body.startswith(_JPEG):
            raise BlinkResponseError(call.operation.name, f"it is not a JPEG ({len(body)} bytes)")
        return body

    async def _jpeg_at(self, operation: str, path: str | None) -> bytes:
        if path is None:
            raise NotFound(operation, missing=Missing.PICTURE)
        return await self.jpeg(Call(OPERATIONS[operation], {"path": path}))
