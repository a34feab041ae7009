"""`/simulator/…`: the phones over HTTP, for programs in another process and for pages.

    GET  /simulator/chats                                    {"chats": [{"id", "kind", "title"}]}
    GET  /simulator/messages?chat=ID                         {"messages": [message_view, …]}
    GET  /simulator/commands?chat=ID                         {"commands": [{"command", "description"}]}
    GET  /simulator/answers?chat=ID                          {"answers": [{"query", "text", "show_alert"}]}
    GET  /simulator/file/FILE_ID                             the bytes
    POST /simulator/say   {"chat", "text"}                   the message
    POST /simulator/tap   {"chat", "message_id", "data"}     {"query": id of the tap}

Mistakes are answered with 400 or 404 and {"error": …}.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.botapi.phone import ChatView
from blinkbot.simulator.botapi.refusals import Refusal
from blinkbot.simulator.botapi.view import message_view
from blinkbot.simulator.botapi.world import World

_Answering = Callable[[Request], Awaitable[Response]]


class _Mistake(Exception):
    def __init__(self, status: int, what: str) -> None:
        self.status = status
        super().__init__(what)


class Control:
    """The routes; `view` finds a chat or raises LookupError."""

    def __init__(self, world: World, view: Callable[[int], ChatView]) -> None:
        self._world = world
        self._view = view

    def routes(self) -> list[Route]:
        """Where it answers."""
        return [
            Route("/simulator/chats", _checked(self._chats), methods=["GET"]),
            Route("/simulator/messages", _checked(self._messages), methods=["GET"]),
            Route("/simulator/commands", _checked(self._commands), methods=["GET"]),
            Route("/simulator/answers", _checked(self._answers), methods=["GET"]),
            Route("/simulator/file/{file_id}", _checked(self._file), methods=["GET"]),
            Route("/simulator/say", _checked(self._say), methods=["POST"]),
            Route("/simulator/tap", _checked(self._tap), methods=["POST"]),
        ]

    async def _chats(self, request: Request) -> Response:
        chats = self._world.chats.values()
        return JSONResponse({"chats": [{"id": c.id, "kind": str(c.kind), "title": c.title} for c in chats]})

    async def _messages(self, request: Request) -> Response:
        messages = self._chat(request.query_params.get("chat")).messages
        return JSONResponse({"messages": [message_view(message) for message in messages]})

    async def _commands(self, request: Request) -> Response:
        commands = self._chat(request.query_params.get("chat")).commands
        return JSONResponse({"commands": [{"command": c.command, "description": c.description} for c in commands]})

    async def _answers(self, request: Request) -> Response:
        answers = self._chat(request.query_params.get("chat")).answers
        shown = [{"query": each.query_id, "text": each.text, "show_alert": each.show_alert} for each in answers]
        return JSONResponse({"answers": shown})

    async def _say(self, request: Request) -> Response:
        body = await _body(request, text=str)
        return JSONResponse(message_view(self._chat(body.get("chat")).say(body["text"])))

    async def _tap(self, request: Request) -> Response:
        body = await _body(request, message_id=int, data=str)
        tap = self._chat(body.get("chat")).tap(body["message_id"], body["data"])
        return JSONResponse({"query": tap.id})

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
