"""The middleware of every request: the request log, planned faults, and the check of tokens."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import UTC
from email.utils import format_datetime

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from blinkbot.simulator.blinkcloud.answers import unauthorized
from blinkbot.simulator.blinkcloud.request_log import RequestLog, SeenRequest
from blinkbot.simulator.blinkcloud.state.world import World

CONTROL = "/simulator/"
"""The control API is not part of Blink: never logged, never failed, and it needs no token."""

OPEN_PATHS = ("/oauth/", "/api/v1/version", "/regions", "/health", "/api/v5/account/login")
ACCOUNT_IN_PATH = re.compile(r"/accounts?/(\d+)/")


@dataclass(slots=True)
class Fault:
    """One planned fault for requests that match `pattern`, `times` more times.

    `seconds` delays the answer. `status` and what follows take its place; without, the real answer is sent: if `keep`
    is set only that many bytes of it arrive before the connection closes, if `part` is, so much of it as a whole body.
    """

    pattern: re.Pattern[str]
    times: float
    seconds: float = 0
    status: int | None = None
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    keep: int | None = None
    part: float | None = None

    @property
    def delays_only(self) -> bool:
        """Whether the real answer comes, later."""
        return self.status is None and self.keep is None and self.part is None


class Faults:
    """The planned faults, in the order in which they were planned."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """Add one."""
        self._planned.append(fault)

    def clear(self) -> None:
        """From now on everything works."""
        self._planned.clear()

    def next_for(self, target: str) -> list[Fault]:
        """The delays that apply to a request, and the first other fault; each used up once."""
        met: list[Fault] = []
        for fault in self._planned:
            if fault.times <= 0 or not fault.pattern.search(target):
                continue
            if not fault.delays_only and not all(other.delays_only for other in met):
                continue
            fault.times -= 1
            met.append(fault)
        return met


class RequestMiddleware:
    """The ASGI middleware around all routes."""

    def __init__(self, app: ASGIApp, world: World, log: RequestLog, faults: Faults) -> None:
        self._app = app
        self._world = world
        self._log = log
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(CONTROL):
            await self._app(scope, receive, send)
            return
        query = scope["query_string"].decode("latin-1")
        seen = SeenRequest(scope["method"], scope["path"], query, self._world.clock())
        self._log.arrived(seen)
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                told = format_datetime(self._world.clock().astimezone(UTC), usegmt=True).encode()
                message["headers"] = [*message.get("headers", ()), (b"date", told)]
            await send(message)

        try:
            await self._answer(scope, receive, watched, self._faults.next_for(seen.target))
        except ClientDisconnect:
            # The client left in the middle of its own request.
            return
        except Exception as error:
            self._world.crashes.append(error)
            raise
        finally:
            await self._log.answered(seen, status)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, faults: list[Fault]) -> None:
        for fault in faults:
            if fault.seconds:
                await asyncio.sleep(fault.seconds)
        for fault in faults:
            if fault.status is not None:
                await Response(fault.body, fault.status, fault.headers)(scope, receive, send)
                return
            if fault.keep is not None:
                send = cut_after(fault.keep, send)
            if fault.part is not None:
                send = piece_of(fault.part, send)
        refused = self._refused(scope)
        await (self._app if refused is None else refused)(scope, receive, send)

    def _refused(self, scope: Scope) -> Response | None:
        """401 unless the path is open, or the token counts and the account in the path is its own."""
        path = scope["path"]
        if path.startswith(OPEN_PATHS):
            return None
        grant = self._world.tokens.grant_of(presented_token(scope))
        owner = ACCOUNT_IN_PATH.search(path)
        foreign = owner is not None and int(owner[1]) != self._world.account.id
        if grant is None or foreign or (grant.pin_outstanding and "/pin/" not in path):
            refusal = unauthorized()
            return JSONResponse(refusal.body, refusal.status)
        scope.setdefault("state", {})["client"] = grant.client
        return None


def presented_token(scope: Scope) -> str:
    """The bearer, or the older TOKEN_AUTH header; empty when there is neither."""
    headers: dict[bytes, str] = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
    kind, _, token = headers.get(b"authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return token.strip()
    return headers.get(b"token_auth", "") or headers.get(b"token-auth", "")


def cut_after(keep: int, send: Send) -> Send:
    """A `send` that passes on the promised length but only so many bytes of the body."""
    left = keep

    async def cut(message: Message) -> None:
        nonlocal left
        if message["type"] == "http.response.body":
            # Never marked as the end: the server then drops the connection, as a lost line would.
            body = message.get("body", b"")[:left]
            left -= len(body)
            message = {"type": "http.response.body", "body": body, "more_body": True}
        await send(message)

    return cut


def piece_of(part: float, send: Send) -> Send:
    """A `send` that passes on the beginning of the body alone, its length rightly told: what is not finished yet."""
    start: Message = {}
    whole = b""

    async def cut(message: Message) -> None:
        nonlocal start, whole
        if message["type"] == "http.response.start":
            start = message
            return
        whole += message.get("body", b"")
        if not message.get("more_body"):
            piece = whole[: int(len(whole) * part)]
            headers = [each for each in start["headers"] if each[0].lower() != b"content-length"]
            await send({**start, "headers": [*headers, (b"content-length", str(len(piece)).encode())]})
            await send({"type": "http.response.body", "body": piece})

    return cut
