"""`/simulator/…`: the phones over HTTP, for programs in another process and for pages.

    GET  /simulator/chats                                    {"chats": [{"id", "kind", "title"}]}
    GET  /simulator/messages?chat=ID                         {"messages": [message_view, …]}
    GET  /simulator/rings?chat=ID                            {"rings": [message_view, …]}, those that made a sound
    GET  /simulator/topics?chat=ID                           {"topics": [{"id", "name"}]}
    GET  /simulator/commands?chat=ID                         {"commands": [{"command", "description"}]}
    GET  /simulator/answers?chat=ID                          {"answers": [{"query", "text", "show_alert"}]}
    GET  /simulator/file/FILE_ID                             the bytes
    POST /simulator/person        {"chat", "name"}           {"chat"}: one more private chat, Start pressed
    POST /simulator/say           {"chat", "text"}           the message; "topic" and "reply_to" if wanted
    POST /simulator/tap           {"chat", "message_id", "data"}     {"query": id of the tap}
    POST /simulator/delete        {"chat", "message_id"}     the message
    POST /simulator/forward       {"chat", "message_id", "to"}       the message in the other chat
    POST /simulator/create_topic  {"chat", "name"}           {"topic": its id}
    POST /simulator/rename_topic  {"chat", "topic", "name"}  {"topics"}
    POST /simulator/delete_topic  {"chat", "topic"}          {"topics"}
    POST /simulator/upload_speed  {"bytes_per_second"}       the same; null for as fast as it comes

Mistakes are answered with 400 or 404 and {"error": …}.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.botapi.faults import Line
from blinkbot.simulator.botapi.people.group import Group
from blinkbot.simulator.botapi.people.phone import ChatView
from blinkbot.simulator.botapi.people.view import message_view
from blinkbot.simulator.botapi.protocol.errors import Refusal
from blinkbot.simulator.botapi.state.world import World

_Answering = Callable[[Request], Awaitable[Response]]


class _Mistake(Exception):
    def __init__(self, status: int, what: str) -> None:
        self.status = status
        super().__init__(what)


class Control:
    """The routes; `view` finds a chat or raises LookupError, `phone` makes a private one."""

    def __init__(
        self, world: World, line: Line, view: Callable[[int], ChatView], phone: Callable[[int, str], ChatView]
    ) -> None:
        self._world = world
        self._line = line
        self._view = view
        self._phone = phone

    def routes(self) -> list[Route]:
        """Where it answers."""
        asked = {
            "chats": self._chats,
            "messages": self._messages,
            "rings": self._rings,
            "topics": self._topics,
            "commands": self._commands,
            "answers": self._answers,
            "file/{file_id}": self._file,
        }
        done = {
            "person": self._person,
            "say": self._say,
            "tap": self._tap,
            "delete": self._delete,
            "forward": self._forward,
            "create_topic": self._create_topic,
            "rename_topic": self._rename_topic,
            "delete_topic": self._delete_topic,
            "upload_speed": self._upload_speed,
        }
        return [
            *(Route(f"/simulator/{path}", _checked(answer), methods=["GET"]) for path, answer in asked.items()),
            *(Route(f"/simulator/{path}", _checked(answer), methods=["POST"]) for path, answer in done.items()),
        ]

    async def _chats(self, request: Request) -> Response:
        chats = self._world.chats.values()
        return JSONResponse({"chats": [{"id": c.id, "kind": str(c.kind), "title": c.title} for c in chats]})

    async def _messages(self, request: Request) -> Response:
        messages = self._chat(request.query_params.get("chat")).messages
        return JSONResponse({"messages": [message_view(message) for message in messages]})

    async def _rings(self, request: Request) -> Response:
        rings = self._chat(request.query_params.get("chat")).rings
        return JSONResponse({"rings": [message_view(message) for message in rings]})

    async def _topics(self, request: Request) -> Response:
        return _topics_answer(self._group(request.query_params.get("chat")))

    async def _commands(self, request: Request) -> Response:
        commands = self._chat(request.query_params.get("chat")).commands
        return JSONResponse({"commands": [{"command": c.command, "description": c.description} for c in commands]})

    async def _answers(self, request: Request) -> Response:
        answers = self._chat(request.query_params.get("chat")).answers
        shown = [{"query": each.query_id, "text": each.text, "show_alert": each.show_alert} for each in answers]
        return JSONResponse({"answers": shown})

    async def _person(self, request: Request) -> Response:
        body = await _body(request, chat=int, name=str)
        return JSONResponse({"chat": self._phone(body["chat"], body["name"]).chat_id})

    async def _say(self, request: Request) -> Response:
        body = await _body(request, text=str)
        chat, topic, answered = self._chat(body.get("chat")), body.get("topic"), body.get("reply_to")
        if not isinstance(topic, int | None) or not isinstance(answered, int | None):
            raise _Mistake(400, "topic and reply_to are numbers")
        reply_to = None if answered is None else chat.now(answered)
        return JSONResponse(message_view(chat.say(body["text"], thread_id=topic, reply_to=reply_to)))

    async def _tap(self, request: Request) -> Response:
        body = await _body(request, message_id=int, data=str)
        tap = self._chat(body.get("chat")).tap(body["message_id"], body["data"])
        return JSONResponse({"query": tap.id})

    async def _delete(self, request: Request) -> Response:
        body = await _body(request, message_id=int)
        chat = self._chat(body.get("chat"))
        chat.delete(chat.now(body["message_id"]))
        return JSONResponse(message_view(chat.now(body["message_id"])))

    async def _forward(self, request: Request) -> Response:
        body = await _body(request, message_id=int)
        chat, to = self._chat(body.get("chat")), self._chat(body.get("to"))
        return JSONResponse(message_view(chat.forward(chat.now(body["message_id"]), to)))

    async def _create_topic(self, request: Request) -> Response:
        body = await _body(request, name=str)
        return JSONResponse({"topic": self._group(body.get("chat")).create_topic(body["name"])})

    async def _rename_topic(self, request: Request) -> Response:
        body = await _body(request, topic=int, name=str)
        group = self._group(body.get("chat"))
        group.rename_topic(body["topic"], body["name"])
        return _topics_answer(group)

    async def _delete_topic(self, request: Request) -> Response:
        body = await _body(request, topic=int)
        group = self._group(body.get("chat"))
        group.delete_topic(body["topic"])
        return _topics_answer(group)

    async def _upload_speed(self, request: Request) -> Response:
        speed = (await _body(request)).get("bytes_per_second")
        is_speed = isinstance(speed, int | float) and not isinstance(speed, bool) and speed > 0
        if speed is not None and not is_speed:
            raise _Mistake(400, "bytes_per_second must be a number above 0, or null")
        self._line.speed = speed
        return JSONResponse({"bytes_per_second": speed})

    async def _file(self, request: Request) -> Response:
        media = self._world.files.find(request.path_params["file_id"])
        if media is None:
            raise _Mistake(404, "no such file")
        return Response(media.data, media_type=media.mime_type)

    def _chat(self, chat_id: Any) -> ChatView:
        try:
            return self._view(int(chat_id))
        except (TypeError, ValueError):
            raise _Mistake(400, "chat must be the id of a chat") from None
        except LookupError as error:
            raise _Mistake(404, str(error)) from error

    def _group(self, chat_id: Any) -> Group:
        chat = self._chat(chat_id)
        if not isinstance(chat, Group):
            raise _Mistake(400, "only groups have topics")
        return chat


def _topics_answer(group: Group) -> Response:
    return JSONResponse({"topics": [{"id": topic, "name": name} for topic, name in group.topics.items()]})


async def _body(request: Request, **fields: type) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        raise _Mistake(400, "the body must be JSON") from None
    if not isinstance(body, dict):
        raise _Mistake(400, "the body must be a JSON object")
    for name, kind in fields.items():
        if not isinstance(body.get(name), kind):
            raise _Mistake(400, f"{name} must be given, as {kind.__name__}")
    return body


def _checked(answer: _Answering) -> _Answering:
    async def endpoint(request: Request) -> Response:
        try:
            return await answer(request)
        except _Mistake as mistake:
            return JSONResponse({"error": str(mistake)}, status_code=mistake.status)
        except (LookupError, ValueError, RuntimeError) as error:
            return JSONResponse({"error": str(error)}, status_code=400)
        except Refusal as refusal:
            return JSONResponse({"error": refusal.description}, status_code=400)

    return endpoint
