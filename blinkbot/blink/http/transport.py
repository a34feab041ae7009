"""One request(): hosts, timeouts, the retry rule, streamed downloads.

The retry rule, in one place. A request is tried again after each of RETRY_DELAYS when
- no connection came about: always, since nothing was sent;
- 429 was answered: always, since nothing was done; not before Retry-After, and not at all when that is far away;
- our own hourly budget is spent: as after 429, since nothing was sent;
- the connection broke or 5xx was answered: only where doing it twice is harmless (`Operation.may_repeat`).
403 is not tried again: polling has to slow down (protocol §11, §12). Sign-in does not come through here.
"""

import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import httpx

from blinkbot.blink.http.auth import APP_USER_AGENT, Session, TokenAuth, blink_errors
from blinkbot.blink.http.budget import RequestBudget
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.download import CHUNK, is_mp4, save_mp4
from blinkbot.blink.http.hosts import FIRST_TIER, BlinkUrls
from blinkbot.blink.http.responses import body_of, http_date, json_or_none, refuse
from blinkbot.blink.protocol.operation import Operation
from blinkbot.domain import Family
from blinkbot.errors import BlinkRefused, BlinkResponseError, BlinkUnreachable, ServerError, Throttled, UnsafeHost
from blinkbot.tls import trusted

logger = logging.getLogger(__name__)

RETRY_DELAYS = (0.5, 2.0, 5.0)  # seconds: a router's hiccup, a restart of a server; then it is an outage
SPREAD = (0.5, 1.5)  # each delay is multiplied by a chance between these, so that homes do not come back in one beat
LONGEST_RETRY_AFTER = 30.0  # seconds; for a longer Retry-After the caller slows down instead of waiting
TIMEOUT = httpx.Timeout(30.0, connect=10.0)  # seconds without a byte, not for the whole answer

LIMITS = httpx.Limits(max_connections=10, max_keepalive_connections=2, keepalive_expiry=65.0)
"""Two polls of the default pace share a connection: a new one costs a small machine more than the request."""

_HEADERS = {"User-Agent": APP_USER_AGENT, "Content-Type": "application/json"}
OPERATION = "blinkbot.operation"  # under this name a request carries what it is counted as
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_ERROR_BODY_LIMIT = 64 * 1024

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Call:
    """An operation with its arguments; `extra` are further body fields where the operation takes them."""

    operation: Operation
    values: Mapping[str, object] = field(default_factory=dict)
    family: Family | None = None
    extra: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; `body` is its JSON, None where it is something else."""

    status: int
    headers: Mapping[str, str]
    body: object


class Transport:
    """Sends calls to the REST host, `{account}` and `{client}` filled in. Raises BlinkErrors, and ValueError."""

    def __init__(self, urls: BlinkUrls, session: Session, timing: Timing, budget: RequestBudget | None = None) -> None:
        self.budget = budget or RequestBudget(None, timing.monotonic)
        self.client_id: int | None = None  # Blink's number for this program, known after the first homescreen
        self._urls = urls
        self._session = session
        self._timing = timing
        self._clock_distance: timedelta | None = None  # how far Blink's clock is ahead of ours
        self._http = httpx.AsyncClient(
            timeout=TIMEOUT,
            limits=LIMITS,
            headers=_HEADERS,
            follow_redirects=False,
            verify=trusted(),
            event_hooks={"request": [self._count]},
        )

    @property
    def server_now(self) -> datetime | None:
        """Blink's clock, None before its first answer that told it."""
        return None if self._clock_distance is None else self._timing.clock() + self._clock_distance

    async def aclose(self) -> None:
        await self._session.aclose()
        await self._http.aclose()

    async def request(self, call: Call, *, retry: bool = True) -> Response:
        """Send a call that answers JSON. `retry` False leaves trying again to the caller."""

        async def once() -> Response:
            response = await self._send(call)
            now = self._timing.clock()
            body = body_of(call.operation, response.status_code, response.headers, response.content, now)
            return Response(response.status_code, response.headers, body)

        if retry:
            return await self._retried(call, once)
        with blink_errors(call.operation):
            return await once()

    async def request_once(self, call: Call) -> Response:
        """Send a call once and return what comes, errors too: for sign-in, where they have meanings of their own."""
        with blink_errors(call.operation):
            response = await self._send(call)
        return Response(response.status_code, response.headers, json_or_none(response.content))

    async def fetch(self, call: Call) -> bytes:
        """Read a small binary body, such as a picture."""

        async def once() -> bytes:
            response = await self._send(call)
            self._refuse(call, response, response.content)
            return response.content

        return await self._retried(call, once)

    async def download(self, call: Call, target: Path, *, piece: bool = False) -> int:
        """Stream an MP4 into `target`; returns its size in bytes. See `download.save_mp4`."""

        async def once() -> int:
            response = await self._send(call, stream=True)
            try:
                return await self._save(call, response, target, piece)
            finally:
                await response.aclose()

        return await self._retried(call, once)

    async def _save(self, call: Call, response: httpx.Response, target: Path, piece: bool) -> int:
        chunks = response.aiter_bytes(CHUNK)
        first = await anext(chunks, b"")
        if response.status_code != httpx.codes.OK or not is_mp4(first):
            self._refuse(call, response, first)
        if response.status_code != httpx.codes.OK:
            raise BlinkResponseError(call.operation.name, f"HTTP {response.status_code} is no whole file")
        whole = _after(first, chunks)
        return await save_mp4(call.operation.name, whole, _announced(response), target, piece=piece)

    async def _send(self, call: Call, *, stream: bool = False) -> httpx.Response:
        tokens = await self._session.tokens() if call.operation.needs_token else None
        account = tokens.account_id if tokens else None
        client = self.client_id or (tokens.client_id if tokens else None)
        filled = {"account": account, "client": client, **call.values}
        prepared = call.operation.prepare(filled, call.family, call.extra)
        url = self._url(prepared.path, tokens.tier if tokens else FIRST_TIER)
        content = None if prepared.body is None else json.dumps(prepared.body).encode()
        request = self._http.build_request(
            prepared.method,
            url,
            content=content,
            headers=call.operation.headers,
            extensions={OPERATION: call.operation.name},
        )
        if stream:
            request.headers["Accept-Encoding"] = "identity"  # so that the announced length is the file's
        auth = TokenAuth(self._session, tokens) if tokens else None
        response = await self._http.send(request, auth=auth, stream=stream)
        told = http_date(response.headers.get("Date", ""))
        if told is not None:
            self._clock_distance = told - self._timing.clock()
        return response

    async def _count(self, request: httpx.Request) -> None:
        """Count each request, one that is sent again with a new token too."""
        self.budget.take(request.extensions[OPERATION])

    def _url(self, path: str, tier: str) -> httpx.URL:
        """The address of a path; an absolute one out of a body must be on the same host, else UnsafeHost."""
        relative = path.startswith("/") and not path.startswith("//")
        try:
            url = httpx.URL(self._urls.rest_for(tier) + path if relative else path)
        except (httpx.InvalidURL, ValueError) as error:
            raise UnsafeHost("unusable address in an answer") from error
        self._session.check_host(str(url), tier)
        return url

    def _refuse(self, call: Call, response: httpx.Response, body: bytes) -> None:
        """Raise where bytes were expected and an error came; its JSON counts, anything else in it does not."""
        value = json_or_none(body) if len(body) <= _ERROR_BODY_LIMIT else None
        refuse(call.operation, response.status_code, response.headers, value, self._timing.clock())

    async def _retried(self, call: Call, once: Callable[[], Awaitable[Result]]) -> Result:
        for delay in RETRY_DELAYS:
            try:
                with blink_errors(call.operation):
                    return await once()
            except (BlinkUnreachable, Throttled, ServerError) as error:
                pause = _pause(call, error, delay * self._timing.chance(*SPREAD))
                if pause is None:
                    raise
                logger.info("%s: %s; again in %.1f s", call.operation.name, error, pause)
            await self._timing.sleep(pause)
        with blink_errors(call.operation):
            return await once()


def _pause(call: Call, error: BlinkUnreachable | BlinkRefused, delay: float) -> float | None:
    """Seconds until the next try, None when there is to be none: the rule at the top of this file."""
    if isinstance(error, BlinkUnreachable):
        harmless = isinstance(error.__cause__, _NEVER_SENT) or call.operation.may_repeat(call.family)
        return delay if harmless else None
    throttled = error.status == httpx.codes.TOO_MANY_REQUESTS
    if not throttled and (isinstance(error, Throttled) or not call.operation.may_repeat(call.family)):
        return None
    asked = error.retry_after or 0.0
    return max(delay, asked) if asked <= LONGEST_RETRY_AFTER else None


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for chunk in rest:
        yield chunk


def _announced(response: httpx.Response) -> int | None:
    """The file's size as the headers tell it; of a packed body they tell another one."""
    if "Content-Encoding" in response.headers:
        return None
    told = response.headers.get("Content-Length", "")
    return int(told) if told.isascii() and told.isdigit() else None
