"""The demo's page: a phone in the chat with the bot, and beside it the home that the bot watches.

The page itself lies in `page/`: plain HTML, CSS and JavaScript modules. This serves it, tells it live what is so, and
carries out what its reader does: write, tap a button, walk past a camera, ring, take a camera off the air.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from blinkbot.simulator.blinkcloud import BlinkCloud, Camera
from blinkbot.simulator.botapi import ChatView, Event, EventKind, Media, MediaKind, Refusal, SimMessage, TelegramServer
from blinkbot.simulator.hosting import HOST, LoopbackHost
from blinkbot.simulator.phonepage_files import file_response
from blinkbot.simulator.phonepage_guard import SameOriginOnly
from blinkbot.simulator.phonepage_live import Broadcast
from blinkbot.simulator.phonepage_views import Json, commands_view, home_view, media_files, message_view

PAGE_FOLDER = Path(__file__).parent / "page"
HOME_LOOK_SECONDS = 0.25
"""How often the home is compared with what the pages show: it can be changed by anyone and does not tell."""

_BINARY = "application/octet-stream"

T = TypeVar("T")


class Mistake(Exception):
    """A request that cannot be carried out: HTTP status, and words for the page's reader."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class PhonePage:
    """Serves the page for one chat and one home.

        page = PhonePage(telegram, telegram.phone(1001, first_name="Ada"), cloud)
        await page.start()
        print(page.url)

    Neither server has to be running; both must stay the same objects. `look_seconds` is the pace at which changes of
    the home are noticed.
    """

    def __init__(
        self,
        telegram: TelegramServer,
        phone: ChatView,
        cloud: BlinkCloud,
        *,
        look_seconds: float = HOME_LOOK_SECONDS,
    ) -> None:
        self._telegram = telegram
        self._phone = phone
        self._cloud = cloud
        self._look_seconds = look_seconds
        self._pages = Broadcast()
        self._files: dict[str, Media] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._host = LoopbackHost(self._application())

    def _application(self) -> Starlette:
        actions = {
            "/say": self._say,
            "/tap": self._tap,
            "/motion": self._motion,
            "/press": self._press,
            "/offline": self._offline,
            "/online": self._online,
            "/detection": self._detection,
        }
        return Starlette(
            routes=[
                Route("/events", self._events),
                Route("/file/{file_id}", self._file),
                Route("/camera/{camera_id:int}/picture", self._picture),
                *(Route(path, action, methods=["POST"]) for path, action in actions.items()),
                Mount("/", StaticFiles(directory=PAGE_FOLDER, html=True)),
            ],
            middleware=[Middleware(SameOriginOnly)],
            exception_handlers={Mistake: _tell_mistake},
        )

    # -- life

    async def start(self, port: int = 0) -> None:
        """Serve on 127.0.0.1, on a free port for 0. Raises OSError when the port is taken."""
        await self._host.start(port)
        self._tasks = [
            asyncio.create_task(self._relay_chat(self._telegram.events()), name="phone page: chat"),
            asyncio.create_task(self._watch_home(), name="phone page: home"),
        ]

    async def stop(self) -> None:
        """End every stream and connection, and listen no more."""
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._tasks = []
        self._pages.end()
        await self._host.stop()

    @property
    def url(self) -> str:
        """The page's address."""
        return f"http://{HOST}:{self._host.port}/"

    # -- what the page is told

    async def _events(self, request: Request) -> Response:
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._pages.stream(self._snapshot), media_type="text/event-stream", headers=headers)

    def _snapshot(self) -> Json:
        return {
            "bot": {"name": self._telegram.bot.first_name, "username": self._telegram.bot.username},
            "reader": self._phone.person.first_name,
            "messages": [self._view(message) for message in self._phone.messages if not message.deleted],
            "commands": commands_view(self._phone.commands),
            "home": home_view(self._cloud),
        }

    async def _relay_chat(self, events: AsyncIterator[Event]) -> None:
        while True:
            async for event in events:
                if event.kind is EventKind.COMMANDS:
                    self._pages.send("commands", commands_view(self._phone.commands))
                elif event.chat_id == self._phone.chat_id:
                    self._relay(event)
            # The server was stopped, which ended the events; it may come back, with more in the chat than was told.
            events = self._telegram.events()
            self._pages.send("snapshot", self._snapshot())

    def _relay(self, event: Event) -> None:
        if event.message is not None:
            if event.kind is EventKind.DELETED:
                self._pages.send("deleted", {"id": event.message.id})
            else:
                self._pages.send("message", self._view(event.message))
        elif event.action is not None:
            self._pages.send("action", {"action": event.action.action, "thread": event.action.thread_id})
        elif event.tap is not None:
            tap = event.tap
            self._pages.send("tap", {"query": tap.id, "message": tap.message_id, "data": tap.data})
        elif event.answer is not None:
            answer = event.answer
            self._pages.send("answer", {"query": answer.query_id, "text": answer.text, "alert": answer.show_alert})

    async def _watch_home(self) -> None:
        shown = home_view(self._cloud)
        while True:
            await asyncio.sleep(self._look_seconds)
            if not len(self._pages):
                continue  # whoever opens the page next gets a whole picture anyway
            now = home_view(self._cloud)
            if now != shown:
                shown = now
                self._pages.send("home", now)

    def _view(self, message: SimMessage) -> Json:
        self._files |= {media.file_id: media for media in media_files(message)}
        replied = None if message.reply_to is None else self._phone.now(message.reply_to)
        return message_view(message, None if replied is None or replied.deleted else replied, _file_url)

    async def _file(self, request: Request) -> Response:
        media = self._files.get(request.path_params["file_id"])
        if media is None:
            raise Mistake(404, "No such file in this chat.")
        if media.kind is MediaKind.DOCUMENT:  # kept, never shown: it may be anything, HTML too
            return file_response(request, media.data, _BINARY, download_name=media.file_name)
        return file_response(request, media.data, media.mime_type)

    async def _picture(self, request: Request) -> Response:
        camera = self._camera(request.path_params["camera_id"])
        picture = camera.picture
        if picture is None:
            raise Mistake(404, "The camera has taken no picture yet.")
        jpeg = await asyncio.to_thread(lambda: picture.jpeg)  # drawn when first looked at, which takes a while
        return file_response(request, jpeg, "image/jpeg")

    # -- what the page's reader does

    async def _say(self, request: Request) -> Response:
        text = _field(await _body(request), "text", str)
        try:
            message = self._phone.say(text)
        except Refusal as refusal:
            raise Mistake(400, f"Telegram refuses this: {refusal.description}") from None
        return JSONResponse({"message": message.id})

    async def _tap(self, request: Request) -> Response:
        body = await _body(request)
        try:
            tap = self._phone.tap(_field(body, "message", int), _field(body, "data", str))
        except (LookupError, ValueError):
            raise Mistake(409, "This button is not there any more.") from None
        return JSONResponse({"query": tap.id})

    async def _motion(self, request: Request) -> Response:
        """Walk past a camera, which records only what a real one would; `recorded` tells."""
        clip = await self._cloud.walk_past(await self._chosen_camera(request))
        return JSONResponse({"recorded": clip is not None})

    async def _press(self, request: Request) -> Response:
        await self._cloud.press(await self._chosen_camera(request))
        return JSONResponse({"recorded": True})

    async def _offline(self, request: Request) -> Response:
        self._cloud.take_offline(await self._chosen_camera(request))
        return JSONResponse({})

    async def _online(self, request: Request) -> Response:
        self._cloud.bring_online(await self._chosen_camera(request))
        return JSONResponse({})

    async def _detection(self, request: Request) -> Response:
        """Let a camera detect motion or not, as the owner can in Blink's app."""
        body = await _body(request)
        camera = self._camera(_field(body, "camera", int))
        camera.motion_enabled = _field(body, "on", bool)
        return JSONResponse({})

    async def _chosen_camera(self, request: Request) -> Camera:
        return self._camera(_field(await _body(request), "camera", int))

    def _camera(self, camera_id: int) -> Camera:
        try:
            return self._cloud.home.camera(camera_id)
        except KeyError:
            raise Mistake(404, "There is no such camera.") from None


def _file_url(media: Media) -> str:
    return f"file/{media.file_id}"


async def _body(request: Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise Mistake(400, "The request is no JSON.") from None
    if not isinstance(body, dict):
        raise Mistake(400, "The request is no JSON object.")
    return body


def _field(body: Json, name: str, kind: type[T]) -> T:
    value: Any = body.get(name)
    if type(value) is not kind:  # isinstance would take true for a number
        raise Mistake(400, f'The request needs "{name}", a {kind.__name__}.')
    return value


async def _tell_mistake(request: Request, mistake: Exception) -> Response:
    assert isinstance(mistake, Mistake)
    return JSONResponse({"error": str(mistake)}, mistake.status)
