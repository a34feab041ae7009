"""Live view: what a camera sees now, as an MPEG transport stream (protocol §9).

    async with live_views.watch(camera, seconds=10) as stream:
        async for chunk in stream:
            file.write(chunk)

However the block is left, Blink learns that the live view is over: battery cameras pay for every second. It begins in
its turn like any command but does not keep the turn, as arming must not wait for its end; a second one in the same
network is refused at once.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, Self

from blinkbot import errors
from blinkbot.blink.commands import Commands
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.transport import Call, Response, Transport
from blinkbot.blink.liveview import immi
from blinkbot.blink.liveview.certificates import StreamTrust
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.wire import live
from blinkbot.blink.wire.live import LiveViewStatus, StartedLiveView
from blinkbot.domain import Camera

logger = logging.getLogger(__name__)

LONGEST = 300.0  # seconds, where neither the caller nor Blink sets an end: what Blink says where it does
FRAME_TIMEOUT = 30.0  # seconds without a frame until the line counts as dead; a battery camera needs ten to begin

STATISTICS_EVERY = 1.0
KEEP_ALIVE_EVERY = 10  # seconds between latency statistics, and how many of them make one keep-alive (protocol §9)
LAST_LOOKS = (0.0, 1.5, 3.0)  # seconds before each look once the line is gone: Blink notes the end a moment later
DONE_TIMEOUT = 10.0  # seconds for telling Blink that it is over; else the camera stops by itself some time later

_SILENCE = (errors.BlinkUnreachable, errors.BlinkResponseError, errors.Throttled, errors.Busy, errors.ServerError)

Look = Callable[[], Awaitable[LiveViewStatus]]  # asks Blink how the live view stands


class LiveViews:
    """The live views of one account, at most one in a network at a time."""

    def __init__(
        self,
        transport: Transport,
        commands: Commands,
        timing: Timing,
        trust: StreamTrust,
        frame_timeout: float = FRAME_TIMEOUT,
    ) -> None:
        self._transport = transport
        self._commands = commands
        self._timing = timing
        self._trust = trust
        self._frame_timeout = frame_timeout
        self._watched: set[int] = set()
        self._endings: set[asyncio.Task[None]] = set()

    async def aclose(self) -> None:
        """Wait until Blink knows of every end; before the transport is closed."""
        if self._endings:
            await asyncio.wait(self._endings)

    @asynccontextmanager
    async def watch(self, camera: Camera, seconds: float | None = None) -> AsyncIterator["LiveStream"]:
        """Wake a camera and watch up to `seconds` of video (None: until Blink ends it).

        Raises LiveViewUnsupported for RTSP, LiveViewFailed for a second one or no connection, else Blink's refusal.
        """
        if seconds is not None and seconds <= 0:
            raise ValueError(f"a live view of {seconds} seconds is none")
        if camera.network_id in self._watched:
            raise errors.LiveViewFailed(errors.LiveViewEnd.SECOND)
        self._watched.add(camera.network_id)
        try:
            started = await self._begin(camera)
            try:
                async with immi.connected(live.stream_address(started.server), self._trust) as (reader, writer):
                    stream = LiveStream(
                        reader, writer, self._look_at(camera, started), self._timing, self._frame_timeout
                    )
                    async with stream.supervised(seconds or started.longest or LONGEST, started.polling_interval):
                        yield stream
            finally:
                await asyncio.shield(self._later(self._say_done(camera.network_id, started.command_id)))
        finally:
            self._watched.discard(camera.network_id)

    async def _begin(self, camera: Camera) -> StartedLiveView:
        call = Call(OPERATIONS["liveview"], {"network": camera.network_id, "camera": camera.id}, camera.family)

        async def start() -> object:
            sent = asyncio.create_task(self._transport.request(call), name="live view start")
            try:
                return (await asyncio.shield(sent)).body
            except asyncio.CancelledError:
                self._later(self._take_back(camera.network_id, sent))
                raise

        return live.started_live_view(await self._commands.begin(camera.network_id, start))

    def _look_at(self, camera: Camera, started: StartedLiveView) -> Look:
        call = Call(OPERATIONS["command-status"], {"network": camera.network_id, "command": started.command_id})

        async def look() -> LiveViewStatus:
            response = await self._transport.request(call, retry=False)
            return live.live_view_status(response.body, started.command_id)

        return look

    async def _take_back(self, network_id: int, sent: asyncio.Task[Response]) -> None:
        """End a live view whose caller was gone before the answer came; the camera may be awake by then."""
        try:
            started = live.started_live_view((await sent).body)
        except errors.BlinkError as error:
            logger.info("A live view that was given up had not begun: %s", error)
        else:
            await self._say_done(network_id, started.command_id)

    async def _say_done(self, network_id: int, command_id: int) -> None:
        call = Call(OPERATIONS["command-done"], {"network": network_id, "command": command_id})
        try:
            async with asyncio.timeout(DONE_TIMEOUT):
                await self._transport.request(call)
        except (errors.BlinkError, TimeoutError) as error:
            logger.warning("Blink could not be told that a live view is over: %s", str(error) or "no answer in time")

    def _later(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Work that goes on when its caller is cancelled."""
        task = asyncio.create_task(work, name="live view end")
        self._endings.add(task)
        task.add_done_callback(self._endings.discard)
        return task


class LiveStream:
    """Chunks of an MPEG transport stream, until the end. Raises LiveViewFailed when it breaks off, or NotSignedIn."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        look: Look,
        timing: Timing,
        frame_timeout: float,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._look = look
        self._timing = timing
        self._frame_timeout = frame_timeout
        self._seen = asyncio.Event()
        self._lost = asyncio.Event()
        self._broken = ""
        self._supervisor: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def supervised(self, longest: float, polling_interval: float) -> AsyncIterator[None]:
        """Keep the server informed while inside; cut the line when the live view is over. Both in seconds."""
        self._supervisor = asyncio.create_task(self._supervise(longest, polling_interval), name="live view")
        # Cutting the line ends the iteration too, which waits for a frame or will soon.
        self._supervisor.add_done_callback(lambda _: self._writer.transport.abort())
        try:
            yield
        finally:
            self._supervisor.cancel()
            (ended,) = await asyncio.gather(self._supervisor, return_exceptions=True)
            if isinstance(ended, Exception):
                logger.info("A live view had ended: %s", ended)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        while True:
            try:
                async with asyncio.timeout(self._frame_timeout):
                    frame = await immi.read_frame(self._reader)
            except immi.BadFrame as error:
                self._writer.transport.abort()
                raise errors.LiveViewFailed(errors.LiveViewEnd.LOST, str(error)) from error
            except (asyncio.IncompleteReadError, OSError) as error:
                await self._line_ended(error)
                raise StopAsyncIteration from None
            if frame.is_video:
                self._seen.set()
                return frame.payload

    async def _line_ended(self, error: asyncio.IncompleteReadError | OSError) -> None:
        """Return when that is the live view's end, raise what has gone wrong when it is not."""
        assert self._supervisor is not None, "only `LiveViews.watch` hands out streams"
        silent = isinstance(error, TimeoutError)
        self._broken = f"nothing came for {self._frame_timeout:g} s" if silent else "the connection was lost"
        self._lost.set()
        await asyncio.wait([self._supervisor])
        if not self._supervisor.cancelled():
            self._supervisor.result()

    async def _supervise(self, longest: float, polling_interval: float) -> None:
        """Return when the live view is over, raise LiveViewFailed when it should not be."""
        speaking = asyncio.create_task(self._speak())
        watching = asyncio.create_task(self._watch(polling_interval))
        limiting = asyncio.create_task(self._limit(longest))
        losing = asyncio.create_task(self._lost.wait())
        duties: tuple[asyncio.Task[object], ...] = (speaking, watching, limiting, losing)
        try:
            done, _ = await asyncio.wait(duties, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for duty in duties:
                duty.cancel()
            await asyncio.gather(*duties, return_exceptions=True)
        for duty in done:
            duty.result()
        if watching not in done and limiting not in done:
            await self._explain()

    async def _speak(self) -> None:
        """Tell the server every second that the live view is watched."""
        try:
            for second in count():
                if second % KEEP_ALIVE_EVERY == 0:
                    self._writer.write(immi.keep_alive(second // KEEP_ALIVE_EVERY + 1))
                self._writer.write(immi.LATENCY_STATISTICS)
                await self._writer.drain()
                await self._timing.sleep(STATISTICS_EVERY)
        except OSError:
            # The reading side finds out too, once it has taken in what came before.
            await self._lost.wait()

    async def _watch(self, interval: float) -> None:
        """Return when Blink says that the live view is over."""
        running = True
        while running:
            await self._timing.sleep(interval)
            running = await self._runs()

    async def _limit(self, longest: float) -> None:
        """Return so many seconds after the first picture."""
        await self._seen.wait()
        await self._timing.sleep(longest)

    async def _explain(self) -> None:
        """The line is gone: return when the live view is over, raise when Blink believes it still runs."""
        for pause in LAST_LOOKS:
            await self._timing.sleep(pause)
            if not await self._runs():
                return
        raise errors.LiveViewFailed(errors.LiveViewEnd.LOST, self._broken)

    async def _runs(self) -> bool:
        """Whether the live view goes on. A look that failed says nothing. Raises LiveViewFailed with Blink's reason."""
        try:
            status = await self._look()
        except _SILENCE as error:
            logger.info("Blink does not say how the live view stands: %s", error)
            return True
        if not status.running and not status.succeeded:
            raise errors.LiveViewFailed(errors.LiveViewEnd.ENDED, status.message)
        return status.running
