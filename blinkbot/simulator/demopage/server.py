"""The server of the demo's page: a phone in its chats with the bot, and beside it the home that the bot watches.

The page lies in `page/`: plain HTML, CSS and JavaScript modules.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from blinkbot.simulator import botapi
from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.simulator.botapi import ChatView, Event, EventKind, MediaKind, SimMessage, TelegramServer
from blinkbot.simulator.demopage.actions import HomeActions, PhoneActions
from blinkbot.simulator.demopage.events import Broadcast
from blinkbot.simulator.demopage.same_origin import SameOriginOnly
from blinkbot.simulator.demopage.views import chat_view, commands_view, home_view, media_files, message_view
from blinkbot.simulator.hosting import HOST, LoopbackHost
from blinkbot.simulator.ranges import ranged
from blinkbot.simulator.verbs import Json, Mistake, tell_mistake

PAGE_FOLDER = Path(__file__).parents[1] / "page"
HOME_LOOK_SECONDS = 0.25
"""How often the home is compared with what the pages show: it has no events."""

_BINARY = "application/octet-stream"
_KEPT = {"Cache-Control": "private, max-age=3600"}


class PhonePage:
    """Serves the page for some chats and one home.

        page = PhonePage(telegram, [telegram.phone(1001, first_name="Ada")], cloud)
        await page.start()
        print(page.url)

    The page opens with the first chat; `look_seconds` is the pace at which changes of the home are noticed.
    """

    def __init__(
        self,
        telegram: TelegramServer,
        chats: Sequence[ChatView],
        cloud: BlinkCloud,
        *,
        look_seconds: float = HOME_LOOK_SECONDS,
    ) -> None:
        self._telegram = telegram
        self._chats = {chat.chat_id: chat for chat in chats}
        self._cloud = cloud
        self._look_seconds = look_seconds
        self._pages = Broadcast()
        self._files: dict[str, botapi.Media] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._home_actions = HomeActions(telegram, cloud)
        self._host = LoopbackHost(self._application())

    def _application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/events", self._events),
                Route("/file/{file_id}", self._file),
                Route("/camera/{camera_id:int}/picture", self._picture),
                *PhoneActions(self._chats).routes(),
                *self._home_actions.routes(),
                Mount("/", StaticFiles(directory=PAGE_FOLDER, html=True)),
            ],
            middleware=[Middleware(SameOriginOnly)],
            exception_handlers={Mistake: tell_mistake},
        )

    async def start(self, port: int = 0) -> None:
        """Serve on 127.0.0.1, on a free port for 0. Raises OSError when the port is taken."""
        await self._host.start(port)
        self._tasks = [
            asyncio.create_task(self._relay_chat(self._telegram.events()), name="phone page: chat"),
            asyncio.create_task(self._watch_home(), name="phone page: home"),
        ]

    async def stop(self) -> None:
        """Close every stream and connection."""
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
        return f"http://{HOST}:{self._host.port}/"

    async def _events(self, request: Request) -> Response:
        stream = self._pages.stream(self._snapshot)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    def _snapshot(self) -> Json:
        return {
            "bot": {"name": self._telegram.bot.first_name, "username": self._telegram.bot.username},
            "chats": [
                chat_view(chat) | {"messages": [self._view(chat, each) for each in chat.messages if not each.deleted]}
                for chat in self._chats.values()
            ],
            "home": self._home(),
        }

    def _home(self) -> Json:
        return home_view(self._cloud) | {
            "slowUploads": self._telegram.upload_speed is not None,
            "smallUploads": self._telegram.upload_limit <= botapi.UPLOAD_LIMIT,
        }

    async def _relay_chat(self, events: AsyncIterator[Event]) -> None:
        while True:
            async for event in events:
                chat = self._chats.get(event.chat_id)
                if event.kind is EventKind.COMMANDS:
                    self._relay_commands()
                elif chat is not None:
                    self._relay(chat, event)
            # The server was stopped, which ended the events; it may come back, with more in the chats than was told.
            events = self._telegram.events()
            self._pages.send("snapshot", self._snapshot())

    def _relay_commands(self) -> None:
        for chat in self._chats.values():
            self._pages.send("commands", {"chat": chat.chat_id, "commands": commands_view(chat.commands)})

    def _relay(self, chat: ChatView, event: Event) -> None:
        place = {"chat": chat.chat_id}
        if event.message is not None:
            if event.kind is EventKind.DELETED:
                self._pages.send("deleted", place | {"id": event.message.id})
            else:
                self._pages.send("message", self._view(chat, event.message))
            if event.kind is not EventKind.SENT:
                self._requote(chat, event.message)
        elif event.action is not None:
            self._pages.send("action", place | {"action": event.action.action, "thread": event.action.thread_id})
        elif event.tap is not None:
            tap = {"query": event.tap.id, "message": event.tap.message_id, "data": event.tap.data}
            self._pages.send("tap", place | tap)
        elif event.answer is not None:
            answer = event.answer
            shown = {"query": answer.query_id, "text": answer.text, "alert": answer.show_alert}
            self._pages.send("answer", place | shown)

    def _requote(self, chat: ChatView, changed: SimMessage) -> None:
        """Send the replies to a message again, which quote it."""
        for answer in chat.replies_to(changed):
            self._pages.send("message", self._view(chat, answer))

    async def _watch_home(self) -> None:
        shown = self._home()
        while True:
            await asyncio.sleep(self._look_seconds)
            if not len(self._pages):
                continue  # a page that opens next gets everything anyway
            now = self._home()
            if now != shown:
                shown = now
                self._pages.send("home", now)

    def _view(self, chat: ChatView, message: SimMessage) -> Json:
        replied = None if message.reply_to is None else chat.now(message.reply_to)
        files = [*media_files(message), *(media_files(replied) if replied else ())]
        self._files |= {media.file_id: media for media in files}
        return message_view(message, None if replied is None or replied.deleted else replied)

    async def _file(self, request: Request) -> Response:
        media = self._files.get(request.path_params["file_id"])
        if media is None:
            raise Mistake(404, "No such file in this chat.")
        if media.kind is MediaKind.DOCUMENT:  # kept, never shown: it may be anything, HTML too
            return ranged(request, media.data, _BINARY, _KEPT | {"Content-Disposition": "attachment"})
        return ranged(request, media.data, media.mime_type, _KEPT)

    async def _picture(self, request: Request) -> Response:
        picture = self._home_actions.camera(request.path_params["camera_id"]).picture
        if picture is None:
            raise Mistake(404, "The camera has taken no picture yet.")
        jpeg = await asyncio.to_thread(lambda: picture.jpeg)  # drawn when first looked at, which takes a while
        return ranged(request, jpeg, "image/jpeg", _KEPT)
