"""A live view whose every side does what a test says: Blink's REST host, the stream's server, and time."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

from blinkbot.blink import BlinkClient, BlinkUrls, Timing
from blinkbot.domain import Camera, Family
from blinkbot.simulator.blinkcloud.liveview.certificate import server_context
from tests.blink import bodies
from tests.blink.helpers import HARDWARE_ID, NOON, Loopback, MemoryTokens, Seen, reply, session

PORCH = Camera(301, 100, "Porch", Family.CAMERA, "catalina", motion=True, online=True)
HALL = Camera(401, 200, "Hall", Family.MINI, "owl", motion=True, online=True)
DOOR = Camera(501, 100, "Front door", Family.DOORBELL, "lotus", motion=True, online=True)

RUNNING = reply(bodies.status(complete=False))
OVER = reply(bodies.status())
FAILED = reply(bodies.status(status=1, status_code=523, status_msg="Live view failed"))
"""What Blink may say of the command."""

COMMAND = 5
CONNECTION = "Xy7-pQz01aBcDeFg"
SERIAL = "G8T1000000000301"
NEVER = 10.0
"""Seconds after which what a test waits for will not come."""

INTRODUCTION = 122
HEADER = 9
PICTURE = b"\x47\x40\x11\x10" + bytes(184)
"""A packet of a transport stream."""


class Naps:
    """Time that passes when a test says so: whoever sleeps is woken by name of how long."""

    def __init__(self) -> None:
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []
        self._changed = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        """Sleep until woken; no time at all needs no waking."""
        if seconds <= 0:
            return
        woken = asyncio.get_running_loop().create_future()
        self._sleepers.append((seconds, woken))
        self._changed.set()
        await woken

    async def over(self, seconds: float) -> None:
        """Wait until somebody sleeps for so many seconds, and end that."""
        async with asyncio.timeout(NEVER):
            while True:
                self._sleepers = [(asked, woken) for asked, woken in self._sleepers if not woken.done()]
                for asked, woken in self._sleepers:
                    if asked == seconds:
                        woken.set_result(None)
                        return
                self._changed.clear()
                await self._changed.wait()

    def asked_for(self, seconds: float) -> bool:
        """Whether somebody sleeps for so long now."""
        return any(asked == seconds and not woken.done() for asked, woken in self._sleepers)


@dataclass
class Viewer:
    """Whoever has connected to the stream, as its server sees them."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    introduction: bytes

    def show(self, *payloads: bytes, kind: int = 0) -> None:
        """Send frames."""
        for number, payload in enumerate(payloads):
            self.send(bytes((kind,)) + number.to_bytes(4, "big") + len(payload).to_bytes(4, "big") + payload)

    def send(self, raw: bytes) -> None:
        """Send anything."""
        self.writer.write(raw)

    async def said(self) -> bytes:
        """The next frame they sent, whole."""
        header = await self.reader.readexactly(HEADER)
        return header + await self.reader.readexactly(int.from_bytes(header[5:], "big"))

    async def left(self) -> None:
        """Wait until they have hung up."""
        try:
            while await self.reader.read(4096):
                pass
        except ConnectionError:
            return  # the rude way

    def hang_up(self) -> None:
        """Cut the line."""
        self.writer.transport.abort()


class Studio:
    """The far ends of a live view, and a client with a session. `status` is what `command-status` says."""

    def __init__(self) -> None:
        self.naps = Naps()
        self.status: bytes = RUNNING
        self.starts: list[bytes] = []
        self.more: dict[str, Any] = {}
        self.asked: Counter[str] = Counter()
        self.before: Callable[[Seen], Awaitable[None]] = _nothing
        self.timing = Timing(lambda: NOON, lambda: 0.0, self.naps.sleep, lambda low, high: (low + high) / 2)
        self.client: BlinkClient
        self.rest: Loopback
        self.address = ""
        self._asked_more = asyncio.Event()
        self._viewers: asyncio.Queue[Viewer] = asyncio.Queue()

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncIterator[Self]:
        """Everything is running while this is entered."""
        studio = cls()
        async with AsyncExitStack() as stack:
            context = await asyncio.to_thread(server_context)
            streams = await asyncio.start_server(studio._serve, "127.0.0.1", 0, ssl=context)
            stack.callback(streams.close)
            port = streams.sockets[0].getsockname()[1]
            studio.address = f"immis://127.0.0.1:{port}/{CONNECTION}__IMDS_{SERIAL}?client_id=208"
            studio.rest = await stack.enter_async_context(Loopback(studio._answer))
            urls = BlinkUrls(oauth=studio.rest.url, rest=studio.rest.url)
            studio.client = BlinkClient(urls, MemoryTokens(session()), HARDWARE_ID, studio.timing)
            await stack.enter_async_context(studio.client)
            yield studio

    async def viewer(self) -> Viewer:
        """Whoever connects next, or has since the last call."""
        return await self._viewers.get()

    @property
    def done(self) -> int:
        """How often Blink was told that a live view is over."""
        return self.asked["done"]

    async def was_asked(self, kind: str, times: int) -> None:
        """Wait until something has been asked so often."""
        async with asyncio.timeout(NEVER):
            while self.asked[kind] < times:
                self._asked_more.clear()
                await self._asked_more.wait()

    async def _answer(self, seen: Seen) -> bytes:
        await self.before(seen)
        kind = seen.path.rstrip("/").rpartition("/")[2]
        self.asked[kind] += 1
        self._asked_more.set()
        if kind == "liveview":
            told = {"command_id": COMMAND, "server": self.address, "duration": 300, "polling_interval": 15}
            return self.starts.pop(0) if self.starts else reply({**told, **self.more})
        if kind == "done":
            return reply({"message": "Command done", "code": 902})
        return reply({"message": "done"}) if kind == "arm" else self.status

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        introduction = await reader.readexactly(INTRODUCTION)
        self._viewers.put_nowait(Viewer(reader, writer, introduction))


async def watch(studio: Studio, camera: Camera = PORCH, seconds: float | None = None) -> list[bytes]:
    """Watch to the end."""
    async with studio.client.live_view(camera, seconds) as stream:
        return [chunk async for chunk in stream]


async def open_and_leave(studio: Studio) -> None:
    """Watch nothing at all."""
    async with studio.client.live_view(PORCH):
        return


async def _nothing(seen: Seen) -> None:
    """Nothing happens before an answer."""
