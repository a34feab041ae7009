"""Live view: the call that starts it, and the TLS server that sends the stream (protocol §9)."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, read_json
from blinkbot.simulator.blinkcloud.liveview import immi
from blinkbot.simulator.blinkcloud.liveview.certificate import Certificate, server_context
from blinkbot.simulator.blinkcloud.pictures.live_film import LiveFilm
from blinkbot.simulator.blinkcloud.state.clips import zone_of
from blinkbot.simulator.blinkcloud.state.commands import LIVE_VIEW, Command
from blinkbot.simulator.blinkcloud.state.household import Camera, Family
from blinkbot.simulator.blinkcloud.state.world import World
from blinkbot.simulator.hosting import HOST

CLIENT_ID = 208
"""In the stream's address; not the client id of the REST calls."""

PAYLOAD = 188 * 7
"""Bytes of video in one frame."""

VERSIONS = (("v5", Family.CAMERA), ("v6", Family.CAMERA), ("v2", Family.MINI), ("v2", Family.DOORBELL))
CONTINUE_INTERVALS = {Family.CAMERA: 30, Family.MINI: 60, Family.DOORBELL: 30}
FAILED = 523
LONGEST = 300
"""Seconds after which a live view ends whose answer told no duration."""

OTHER_FRAMES = ((0x0B, b"\x00\x01not video"), (0x0C, b"\xa0\x00\x00\x01"), (0x15, bytes(12)))
"""Frames that are not video, a format of two-way audio and a report of a pan/tilt mount among them: to be skipped."""

SAVED_SECONDS = 5
"""The length of the clip kept of a live view where its network saves them."""


@dataclass(slots=True, eq=False)
class LiveSession:
    """One live view. `frames` is what the viewer sent; `refused` tells why it was turned away."""

    camera: Camera
    command: Command
    connection: str
    token: str = field(repr=False)
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    joined: asyncio.Event = field(default_factory=asyncio.Event)
    frames: list[immi.Frame] = field(default_factory=list)
    refused: str | None = None
    seconds: int = 0

    def sent(self, kind: int) -> int:
        """How many frames of a kind the viewer sent."""
        return sum(frame.kind == kind for frame in self.frames)


class LiveViews:
    """Starts live views and streams them.

    Settings, in seconds: `duration` in the answer (None: not told), `polling_interval` (None: left out), `timeout`
    for a viewer who does not come or falls silent. `older` answers with an RTSP address, which nothing serves.
    `split` sends each frame in two pieces, as long lines do; `other_frames` mixes in frames that are not video.
    """

    def __init__(self, world: World) -> None:
        self.duration: int | None = 300
        self.polling_interval: int | None = 15
        self.timeout: float = 15
        self.older = False
        self.split = False
        self.other_frames = True
        self.sessions: list[LiveSession] = []
        self.refusals: list[str] = []
        self._world = world
        self._certificate = Certificate.PROPER
        self._server: asyncio.Server | None = None
        self._viewers: set[asyncio.Task[None]] = set()

    def routes(self) -> list[Route]:
        """The routes, each family in its versions."""
        path = "/accounts/{account:int}/networks/{network:int}/%s/{camera:int}/liveview"
        return [
            Route(f"/api/{version}{path % family}", self._starter(family), methods=["POST"])
            for version, family in VERSIONS
        ]

    def show(self, certificate: Certificate) -> None:
        """Show this certificate to those who come from now on."""
        self._certificate = certificate
        self._stop_listening()

    async def close(self) -> None:
        """End every session and stop listening."""
        for session in self.sessions:
            session.ended.set()
        self._stop_listening()
        await asyncio.gather(*self._viewers, return_exceptions=True)

    def _stop_listening(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _starter(self, family: Family) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        async def start(request: Request) -> Response:
            camera = self._world.camera(request.path_params["network"], request.path_params["camera"], family)
            return await self.start(request, camera)

        return start

    async def start(self, request: Request, camera: Camera) -> Response:
        """Wake the camera; the answer says where its stream is."""
        body = await read_json(request)
        if body.get("intent") != "liveview" or "motion_event_start_time" not in body:
            raise Refusal(400, "intent and motion_event_start_time are missing")
        await self._listen()
        command = self._world.commands.start(
            LIVE_VIEW, camera.network_id, camera, work=self._run, reachable=camera.online
        )
        # Real servers leave this behind the JSON in `debug` (protocol §5).
        command.epilogue = ",LV907"
        session = LiveSession(camera, command, secrets.token_hex(10), secrets.token_hex(32))
        self.sessions.append(session)
        command.server, command.duration = self._address(session), self.duration
        return JSONResponse(self._answer(session))

    def _address(self, session: LiveSession) -> str:
        path = f"{session.connection}__IMDS_{session.camera.serial}?client_id={CLIENT_ID}"
        if self.older:
            return f"rtsps://{HOST}:443/{path}&blinkRTSP=true"
        assert self._server is not None
        return f"immis://{HOST}:{self._server.sockets[0].getsockname()[1]}/{path}"

    def _answer(self, session: LiveSession) -> Body:
        body: Body = {
            "command_id": session.command.id,
            "join_available": True,
            "join_state": "available",
            "server": session.command.server,
            "duration": self.duration,
            "continue_interval": CONTINUE_INTERVALS[session.camera.family],
            "continue_warning": 10,
            "submit_logs": True,
            "new_command": True,
            "media_id": None,
            "options": {},
        }
        if self.older:
            return {**body, "network_id": session.camera.network_id}
        body |= {"extended_duration": 5400, "liveview_token": session.token}
        if self.polling_interval is not None:
            body["polling_interval"] = self.polling_interval
        return body

    async def _run(self, command: Command) -> None:
        """The command lives as long as the session."""
        session = next(each for each in self.sessions if each.command is command)
        command.condition = "running"
        for stage in ("cs_db", "cs_sent", "sm", "dev", "lv"):
            command.reach(stage, self._world.clock())
        if not self._world.commands.fails(command):
            await self._last(session)
        session.ended.set()
        command.duration = session.seconds
        session.camera.live_seconds += session.seconds
        if session.joined.is_set() and self._world.home.network(command.network_id).lv_save:
            await self._world.clips.record(session.camera, "liveview", SAVED_SECONDS)

    async def _last(self, session: LiveSession) -> None:
        """Wait for the end: the viewer leaves, the app says done, time is up, or no viewer comes at all."""
        command = session.command
        waiting = [asyncio.create_task(event.wait()) for event in (session.ended, command.finished)]
        coming = asyncio.create_task(session.joined.wait())
        try:
            await asyncio.wait([*waiting, coming], timeout=self.timeout, return_when=asyncio.FIRST_COMPLETED)
            if session.joined.is_set():
                limit = LONGEST if self.duration is None else self.duration
                await asyncio.wait(waiting, timeout=limit, return_when=asyncio.FIRST_COMPLETED)
            elif not command.finished.is_set():
                command.status, command.status_code, command.status_msg = 1, FAILED, "Live view failed"
        finally:
            for task in (*waiting, coming):
                task.cancel()

    async def _listen(self) -> None:
        if self._server is None:
            context = await asyncio.to_thread(server_context, self._certificate)
            self._server = await asyncio.start_server(self._serve, HOST, 0, ssl=context)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One viewer, from the authentication packet to the end."""
        this = asyncio.current_task()
        assert this is not None
        self._viewers.add(this)
        try:
            async with asyncio.timeout(self.timeout):
                packet = await reader.readexactly(immi.AUTH_LENGTH)
            await self._serve_viewer(self._admit(packet), reader, writer)
        except (asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            self.refusals.append(str(error) or type(error).__name__)
        finally:
            # Dropped rather than closed politely: a viewer that has gone answers no closing handshake.
            writer.transport.abort()
            self._viewers.discard(this)

    async def _serve_viewer(
        self, session: LiveSession, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        tasks = [
            asyncio.create_task(self._stream(session, writer)),
            asyncio.create_task(self._listen_to(session, reader)),
            asyncio.create_task(session.ended.wait()),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            for outcome in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(outcome, Exception) and not isinstance(outcome, ConnectionError):
                    self._world.crashes.append(outcome)
            session.ended.set()

    def _admit(self, packet: bytes) -> LiveSession:
        """The session that an authentication packet belongs to. Raises ValueError where something in it is wrong."""
        hello = immi.read_hello(packet)
        for session in self.sessions:
            if session.connection[:16] == hello.connection and not session.ended.is_set():
                break
        else:
            raise ValueError("no such connection")
        complaints = {
            "this session has a viewer already": session.joined.is_set(),
            "another camera's serial": hello.serial != session.camera.serial[:16],
            "wrong client id": hello.client_id != CLIENT_ID,
            "wrong token": hello.token not in (bytes(64), session.token.encode()),
        }
        for complaint, applies in complaints.items():
            if applies:
                raise ValueError(complaint)
        session.joined.set()
        return session

    async def _stream(self, session: LiveSession, writer: asyncio.StreamWriter) -> None:
        """Video, a second at a time, in frames."""
        camera = session.camera
        zone = zone_of(self._world.home.network(camera.network_id).time_zone)
        film = LiveFilm(camera.scene, camera.name, self._world.clock().astimezone(zone))
        loop, number = asyncio.get_running_loop(), 0
        due = loop.time()
        try:
            while True:
                data = await in_thread(film.next_second)
                if self.other_frames:
                    for kind, payload in OTHER_FRAMES:
                        await self._send(writer, immi.Frame(kind, number, payload))
                for start in range(0, len(data), PAYLOAD):
                    await self._send(writer, immi.Frame(immi.VIDEO, number, data[start : start + PAYLOAD]))
                    number += 1
                session.seconds += 1
                due += 1
                await asyncio.sleep(due - loop.time())
        finally:
            film.close()

    async def _send(self, writer: asyncio.StreamWriter, frame: immi.Frame) -> None:
        data = frame.encoded()
        middle = len(data) // 2 if self.split else 0
        if middle:
            writer.write(data[:middle])
            await writer.drain()
            await asyncio.sleep(0.001)
        writer.write(data[middle:])
        await writer.drain()

    async def _listen_to(self, session: LiveSession, reader: asyncio.StreamReader) -> None:
        """What the viewer says. It must say something now and then, keep-alives among it."""
        loop = asyncio.get_running_loop()
        alive_until = loop.time() + self.timeout
        try:
            while True:
                async with asyncio.timeout_at(alive_until):
                    frame = await immi.read_frame(reader)
                session.frames.append(frame)
                if frame.kind == immi.KEEP_ALIVE:
                    alive_until = loop.time() + self.timeout
        except TimeoutError:
            session.refused = "no keep-alive"
        except ValueError as error:
            session.refused = str(error)
        except (asyncio.IncompleteReadError, ConnectionError):
            # The viewer has left, as viewers do: nothing to note.
            return


async def in_thread(work: Callable[[], bytes]) -> bytes:
    """Work in a thread, waited for even when cancelled: the encoder must not be closed under its hands."""
    running = asyncio.create_task(asyncio.to_thread(work))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
