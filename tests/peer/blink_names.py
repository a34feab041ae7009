"""Blink's names on loopback: name service and TLS, so that a client needs no change at all to meet the simulator."""

import asyncio
import socket
from contextlib import suppress
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.simulator.blinkcloud.liveview.certificate import server_context

BLINK = (".immedia-semi.com", ".blink.com")


class BlinkNames(AbstractResolver):
    """A name service that knows Blink's hosts alone, all of them at one port of this machine."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Where a host is. Raises OSError for hosts that are none of Blink's."""
        if not host.endswith(BLINK):
            raise OSError(f"{host} is none of Blink's hosts")
        found = ResolveResult(
            hostname=host,
            host="127.0.0.1",
            port=self._port,
            family=socket.AF_INET,
            proto=socket.IPPROTO_TCP,
            flags=socket.AI_NUMERICHOST,
        )
        return [found]

    async def close(self) -> None:
        """There is nothing to close."""


class TlsFront:
    """TLS before a simulated cloud, which speaks plain HTTP."""

    def __init__(self, cloud: BlinkCloud) -> None:
        self._origin = ("127.0.0.1", int(cloud.url.rpartition(":")[2]))
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        context = await asyncio.to_thread(server_context)
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=context)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for line in self._lines:
            line.transport.abort()

    def session(self) -> ClientSession:
        """An HTTP session that finds Blink here, and takes the certificate for what it is."""
        assert self._server is not None
        names = BlinkNames(self._server.sockets[0].getsockname()[1])
        return ClientSession(connector=TCPConnector(resolver=names, ssl=False))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, requests = await asyncio.open_connection(*self._origin)
        self._lines |= {writer, requests}
        await asyncio.gather(_pass_on(reader, requests), _pass_on(answers, writer))
        self._lines -= {writer, requests}


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):  # either side may hang up
        while piece := await reader.read(64 * 1024):
            writer.write(piece)
            await writer.drain()
    writer.close()
