"""The HTTP face of the Bot API: `/bot{token}/{method}` and `/file/bot{token}/{path}`."""

import inspect
import re
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message, Scope

from blinkbot.simulator.botapi.faults import Fault, Faults
from blinkbot.simulator.botapi.methods import HANDLERS
from blinkbot.simulator.botapi.protocol.errors import Refusal, not_found
from blinkbot.simulator.botapi.protocol.method_table import METHOD_NAMES
from blinkbot.simulator.botapi.protocol.parameters import Params, decode
from blinkbot.simulator.botapi.request_body import read_fields
from blinkbot.simulator.botapi.state.values import Call
from blinkbot.simulator.botapi.state.world import World

_TOKEN = re.compile(r"[0-9]{1,16}:[A-Za-z0-9_-]{5,64}")
CALLS_KEPT = 10_000

Cut = Callable[[Scope], Awaitable[None]]


class _ConnectionCut(Exception):
    """The call gets no answer."""


class BotApi:
    """Answers the bot: token, fields, faults, method, in this order; keeps the newest calls and refusals."""

    def __init__(self, world: World, faults: Faults, token: str, cut: Cut) -> None:
        self._world = world
        self._faults = faults
        self._token = token
        self._cut = cut
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.refusals: deque[tuple[str, Refusal]] = deque(maxlen=CALLS_KEPT)

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method}", self._serve_method, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._serve_file, methods=["GET"]),
        ]

    async def _serve_method(self, request: Request) -> Response:
        method = request.path_params["method"]
        try:
            result = await self._answer(method, Request(request.scope, self._throttled(request)))
        except Refusal as refusal:
            self.refusals.append((METHOD_NAMES.get(method.lower(), method), refusal))
            self._world.waiters.wake()
            return JSONResponse(refusal.as_json(), status_code=refusal.status)
        except (_ConnectionCut, ClientDisconnect):
            await self._cut(request.scope)
            return Response(status_code=500)  # the connection is cut already
        return JSONResponse({"ok": True, "result": result})

    async def _answer(self, method: str, request: Request) -> Any:
        self._check_token(request.path_params["token"])
        name = METHOD_NAMES.get(method.lower())
        if name is None:
            raise not_found()
        fields, uploads = await read_fields(request, self._world.files.upload_limit)
        await self._faults.pause(name, after_accepting=False)
        fault = self._faults.take(name)
        if fault is not None and not fault.after_accepting:
            self._record(Params(name, fields, uploads))
            self._fail(fault)
        params = decode(name, fields, uploads)
        self._record(params)
        result = HANDLERS[name](self._world, params)
        if inspect.isawaitable(result):
            result = await result
        await self._faults.pause(name, after_accepting=True)
        if fault is not None:
            self._fail(fault)
        return result

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise not_found()
        if token != self._token:
            raise Refusal(401, "Unauthorized")

    def _record(self, params: Params) -> None:
        given = str(params.values.get("chat_id"))
        chat_id = int(given) if given.lstrip("-").isdigit() else None
        self.calls.append(Call(params.method, params.values, chat_id, self._world.clock(), tuple(params.uploads)))
        self._world.waiters.wake()

    @staticmethod
    def _fail(fault: Fault) -> None:
        if fault.refusal is None:
            raise _ConnectionCut
        raise fault.refusal

    def _throttled(self, request: Request) -> Callable[[], Any]:
        """The request's body at the speed of the uplink."""

        async def receive() -> Message:
            message = await request.receive()
            await self._faults.uplink.carry(len(message.get("body", b"")))
            return message

        return receive

    async def _serve_file(self, request: Request) -> Response:
        try:
            self._check_token(request.path_params["token"])
        except Refusal as refusal:
            return JSONResponse(refusal.as_json(), status_code=refusal.status)
        media = self._world.files.at_path(request.path_params["path"])
        if media is None:
            return JSONResponse(not_found().as_json(), status_code=404)
        return Response(media.data, media_type="application/octet-stream")


async def answer_not_found(request: Request, error: Exception) -> Response:
    """The answer at every other address, in the Bot API's form."""
    return JSONResponse(not_found().as_json(), status_code=404)
