"""An HTTP server on loopback inside the running event loop."""

import asyncio
import socket
from contextlib import AbstractContextManager, nullcontext, suppress

import uvicorn
from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
TICK_SECONDS = 1
"""How often uvicorn renews the Date header."""


class _QuietServer(uvicorn.Server):
    """uvicorn, leaving the process's signals to whoever runs it, and leaving at once when told to."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.leave = asyncio.Event()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return nullcontext()

    async def main_loop(self) -> None:
        while not self.leave.is_set():
            await self.on_tick(0)
            with suppress(TimeoutError):
                await asyncio.wait_for(self.leave.wait(), TICK_SECONDS)


class LoopbackServer:
    """Serves one ASGI application until it is stopped."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._server: _QuietServer | None = None
        self._task: asyncio.Task[None] | None = None
        self._socket: socket.socket | None = None

    @property
    def port(self) -> int:
        """The port it listens on."""
        assert self._socket is not None, "the server has not been started"
        port: int = self._socket.getsockname()[1]
        return port

    async def start(self, port: int = 0) -> None:
        """Listen on a port, a free one for 0, and take requests at once: the socket queues until uvicorn is up.

        Raises:
            OSError: the port is taken.
        """
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((LOOPBACK, port))
            self._socket.listen(128)
        except OSError:
            self._socket.close()
            raise
        # Planned faults end responses early; uvicorn would report each as an error of the application.
        config = uvicorn.Config(
            self._app,
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            ws="none",
            timeout_graceful_shutdown=1,
        )
        self._server = _QuietServer(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._server is None or self._task is None or self._socket is None:
            return
        self._server.leave.set()
        await self._task
        self._socket.close()
        self._server = self._task = None
