"""An ASGI app on a loopback port, inside the running event loop, that can also go away like a real server does."""

import asyncio
import contextlib
import socket
from collections.abc import Generator, MutableMapping
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

HOST = "127.0.0.1"
_RECEIVE_BUFFER = 256 * 1024
"""Bytes; small enough that a narrow line is felt by the sender, and not by its buffers alone."""

_GRACE = 2.0
"""Seconds for a call under way to end when the server stops."""


def connections_of(server: uvicorn.Server | None) -> list[H11Protocol]:
    """The open connections of a server."""
    if server is None:
        return []
    return [each for each in server.server_state.connections if isinstance(each, H11Protocol)]


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers and without its clockwork of ten ticks a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()
        self.leave = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    async def main_loop(self) -> None:
        await self.leave.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Cut instead of saying goodbye; what is being answered has a moment to end."""
        for server in self.servers:
            server.close()
        for connection in connections_of(self):
            connection.transport.abort()
        if self.server_state.tasks:
            _, late = await asyncio.wait(self.server_state.tasks, timeout=_GRACE)
            for task in late:
                task.cancel()
        for server in self.servers:
            await server.wait_closed()


class LoopbackHost:
    """Serves one app. Connections can be cut one by one or all together."""

    def __init__(self, app: ASGIApp, log_level: str = "warning") -> None:
        self._app = app
        self._log_level = log_level
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None
        self.port = 0

    async def start(self, port: int) -> None:
        """Listen on this port, or on a free one for 0. Raises OSError when it is taken."""
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER)
            listener.bind((HOST, port))
        except OSError:
            listener.close()
            raise
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._app,
            http=H11Protocol,
            ws="none",
            lifespan="off",
            loop="none",
            log_config=None,
            log_level=self._log_level,
            access_log=False,
            date_header=False,
        )
        self._server = _Server(config)
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]), name="loopback server")
        up = asyncio.ensure_future(self._server.up.wait())
        await asyncio.wait([up, self._task], return_when=asyncio.FIRST_COMPLETED)
        if self._task.done():
            up.cancel()
            self._task.result()

    async def stop(self) -> None:
        """Cut every connection and listen no more."""
        server, task = self._server, self._task
        self._server = self._task = None
        if server is None or task is None:
            return
        server.leave.set()
        await task

    async def cut(self, scope: MutableMapping[str, Any]) -> None:
        """Cut the connection that this request came on."""
        for connection in connections_of(self._server):
            if connection.scope is scope:
                connection.transport.abort()
        await asyncio.sleep(0)  # lets the protocol learn of it before anything is answered
