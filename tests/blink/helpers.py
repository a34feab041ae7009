"""What the tests of the Blink client share: time that they pass, a session in memory, a server that says anything."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

from blinkbot.blink.http.clock import Timing
from blinkbot.domain import Tokens

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HARDWARE_ID = "6F1C2A34-9B5D-4E70-8A21-0C3D5E7F9A1B"


class FakeTime:
    """A wall clock and a monotonic one that move together, when told or when somebody sleeps."""

    def __init__(self) -> None:
        self.now = NOON
        self.slept: list[float] = []

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """Time passes at once, and others get their turn."""
        self.slept.append(seconds)
        self.forward(seconds)
        await asyncio.sleep(0)

    @property
    def timing(self) -> Timing:
        """This time as the client takes it; chance has no say."""
        return Timing(
            clock=lambda: self.now,
            monotonic=lambda: (self.now - NOON).total_seconds(),
            sleep=self.sleep,
            chance=lambda low, high: (low + high) / 2,
        )


class MemoryTokens:
    """A store of one session that remembers what was done to it."""

    def __init__(self, tokens: Tokens | None = None) -> None:
        self.tokens = tokens
        self.saved: list[Tokens] = []
        self.forgotten = False

    async def load(self) -> Tokens | None:
        """The session."""
        return self.tokens

    async def save(self, tokens: Tokens) -> None:
        """Keep it."""
        self.saved.append(tokens)
        self.tokens = tokens

    async def forget(self) -> None:
        """Lose it."""
        self.forgotten = True
        self.tokens = None

    def renewal(self) -> AbstractAsyncContextManager[None]:
        """Nobody shares it."""
        return nullcontext()


def session(access: str = "first-access", refresh: str = "first-refresh", hours: float = 4) -> Tokens:
    """A session of account 7 on tier u014 that is good for so many hours from noon."""
    return Tokens(access, refresh, NOON + timedelta(hours=hours), 7, "u014")


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The target without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query's values."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


Answerer = Callable[[Seen], Awaitable[bytes]]


@dataclass
class Loopback:
    """An HTTP server on loopback that answers with whatever bytes `answer` returns, then hangs up."""

    answer: Answerer
    seen: list[Seen] = field(default_factory=list)
    url: str = ""
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            start, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            method, target, _ = start.split(" ")
            self.seen.append(Seen(method, target, headers, body))
            writer.write(await self.answer(self.seen[-1]))
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return  # the client went away, as some tests want it to
        finally:
            writer.close()


def reply(body: object = None, status: int = 200, headers: dict[str, str] | None = None, **more: str) -> bytes:
    """A whole HTTP answer: `body` as it is when it is bytes, else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    told = {"Content-Length": str(len(content)), "Connection": "close", **(headers or {}), **more}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + content


def in_order(*answers: bytes) -> Answerer:
    """Answer the first request with the first of these, and so on; the last one repeats."""
    left = list(answers)

    async def answer(seen: Seen) -> bytes:
        return left.pop(0) if len(left) > 1 else left[0]

    return answer
