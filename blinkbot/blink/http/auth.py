"""Tokens on requests: one refresh at a time, saved before use, never sent to a foreign host.

A refused refresh ends the session: the password is not known here and never sent for it (protocol §3).
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx

from blinkbot.blink.http.budget import RequestBudget
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.hosts import BlinkUrls, origin_of
from blinkbot.blink.http.responses import code_of, json_or_none, refuse
from blinkbot.blink.protocol.operation import Operation, Route
from blinkbot.blink.wire.signin import granted_tokens
from blinkbot.domain import SessionKind, Tokens
from blinkbot.errors import (
    BlinkRefused,
    BlinkResponseError,
    BlinkUnreachable,
    NotSignedIn,
    SessionEnded,
    UnsafeHost,
)
from blinkbot.ports import TokenStore
from blinkbot.tls import trusted

TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address, not a secret
OAUTH_CLIENT = "ios"
APP_USER_AGENT = "Blink/2511191620 CFNetwork/3860.200.71 Darwin/25.1.0"  # the app's, which Blink expects (§3)
EXPIRY_MARGIN = timedelta(minutes=5)  # renewed this long before the end, so that no long download outlives it
REFRESH_TIMEOUT = httpx.Timeout(20.0, connect=10.0)  # seconds: its callers never cut a refresh short
CLOSING_GRACE = 3.0  # seconds that closing waits for a running refresh

REFRESH = Operation("refresh", {None: Route("POST", TOKEN_PATH)}, "§3", needs_token=False)

logger = logging.getLogger(__name__)


class Session:
    """The signed-in session. The store is asked every time, so that a new sign-in counts at once."""

    def __init__(
        self,
        urls: BlinkUrls,
        store: TokenStore,
        hardware_id: str,
        timing: Timing,
        budget: RequestBudget | None = None,
    ) -> None:
        self._budget = budget
        self._urls = urls
        self._store = store
        self._hardware_id = hardware_id
        self._timing = timing
        self._renewal: asyncio.Task[Tokens] | None = None
        self._unsaved: Tokens | None = None
        self._had_session = False

    async def tokens(self) -> Tokens:
        """Tokens that are good by the clock. Raises NotSignedIn, SessionEnded, or what a refresh raises."""
        found = await self._load()
        if found.kind is SessionKind.OAUTH and self._timing.clock() >= found.expires_at - EXPIRY_MARGIN:
            return await self.renewed(found)
        return found

    async def renewed(self, stale: Tokens) -> Tokens:
        """Tokens newer than `stale`: one refresh for all callers, not cancelled with them: no pair may be lost."""
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._renew(stale), name="blink token refresh")
            self._renewal.add_done_callback(self._renewal_ended)
        return await asyncio.shield(self._renewal)

    async def aclose(self) -> None:
        if self._renewal is not None:
            await asyncio.wait([self._renewal], timeout=CLOSING_GRACE)

    def check_host(self, url: str, tier: str) -> None:
        """Raise UnsafeHost unless `url` is on the REST host of this tier."""
        if origin_of(url) != self._urls.rest_for(tier):
            raise UnsafeHost(f"the session was about to go to {origin_of(url)}")

    def _renewal_ended(self, renewal: asyncio.Task[Tokens]) -> None:
        self._renewal = None
        if not renewal.cancelled() and renewal.exception() is not None:
            logger.warning("Renewing the Blink session failed: %s", renewal.exception())

    async def _load(self) -> Tokens:
        if self._unsaved is not None:
            await self._keep(self._unsaved)
        found = await self._store.load()
        if found is None and self._had_session:
            raise SessionEnded("another program ended the session")
        if found is None:
            raise NotSignedIn("there is no session")
        self._had_session = True
        return found

    async def _renew(self, stale: Tokens) -> Tokens:
        async with self._store.renewal():
            current = await self._load()
            if current.access != stale.access:
                return current  # another task, another program or a new sign-in was faster
            return await self._exchange(current)

    async def _exchange(self, current: Tokens) -> Tokens:
        if current.kind is SessionKind.LEGACY:
            return await self._refused(current)
        response = await self._ask(current.refresh)
        if _is_refusal(response):
            return await self._refused(current)
        body = json_or_none(response.content)
        try:
            refuse(REFRESH, response.status_code, response.headers, body, self._timing.clock())
        except NotSignedIn as error:  # by its code alone, which decides nothing here
            raise BlinkRefused(REFRESH.name, response.status_code, code=code_of(body)) from error
        granted = granted_tokens(REFRESH.name, body)
        fresh = replace(
            current,
            access=granted.access,
            refresh=granted.refresh or current.refresh,
            expires_at=self._timing.clock() + timedelta(seconds=granted.lifetime),
        )
        await self._keep(fresh)
        return fresh

    async def _keep(self, tokens: Tokens) -> None:
        """Save before use. A store that fails gets them again at the next request: the old pair is dead."""
        self._unsaved = tokens
        await self._store.save(tokens)
        self._unsaved = None

    async def _refused(self, refused: Tokens) -> Tokens:
        """The session of a sign-in that came meanwhile; else there is none any more, and SessionEnded is raised."""
        stored = await self._store.load()
        if stored is not None and stored != refused:
            return stored
        await self._store.forget()
        raise SessionEnded("Blink refused to renew the session")

    async def _ask(self, refresh_token: str) -> httpx.Response:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "client_id": OAUTH_CLIENT,
            "scope": "client",
            "hardware_id": self._hardware_id,
        }
        headers = {"User-Agent": APP_USER_AGENT}
        if self._budget is not None:
            self._budget.take(REFRESH.name)
        with blink_errors(REFRESH):
            # A client of its own: a request out of an auth flow would have neither timeout nor headers.
            async with httpx.AsyncClient(timeout=REFRESH_TIMEOUT, headers=headers, verify=trusted()) as http:
                return await http.post(self._urls.oauth + TOKEN_PATH, data=form)


class TokenAuth(httpx.Auth):
    """The token on requests to the own REST host; renewed once on 401. TOKEN_AUTH is the older way's header (§3)."""

    def __init__(self, session: Session, tokens: Tokens) -> None:
        self._session = session
        self._tokens = tokens

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        self._sign(request, self._tokens)
        response = yield request
        if response.status_code == httpx.codes.UNAUTHORIZED:
            self._sign(request, await self._session.renewed(self._tokens))
            yield request

    def _sign(self, request: httpx.Request, tokens: Tokens) -> None:
        self._session.check_host(str(request.url), tokens.tier)
        request.headers.pop("Authorization", None)
        request.headers.pop("TOKEN_AUTH", None)
        if tokens.kind is SessionKind.LEGACY:
            request.headers["TOKEN_AUTH"] = tokens.access
        else:
            request.headers["Authorization"] = f"Bearer {tokens.access}"


@contextmanager
def blink_errors(operation: Operation) -> Iterator[None]:
    """httpx's errors in this block become Blink's; without the URL, which may hold what belongs into no log."""
    try:
        yield
    except httpx.TimeoutException as error:
        raise BlinkUnreachable("no answer in time") from error
    except httpx.ConnectError as error:
        raise BlinkUnreachable("no connection") from error
    except httpx.TransportError as error:
        raise BlinkUnreachable("the connection broke off") from error
    except (httpx.RequestError, httpx.InvalidURL) as error:
        raise BlinkResponseError(operation.name, "it cannot be followed or decoded") from error


def _is_refusal(response: httpx.Response) -> bool:
    """401, or 400 whose error is `invalid_grant`. Any other 400 may be a proxy's page and ends no session."""
    if response.status_code == httpx.codes.UNAUTHORIZED:
        return True
    body = json_or_none(response.content) if response.status_code == httpx.codes.BAD_REQUEST else None
    return isinstance(body, dict) and "invalid_grant" in (body.get("error"), body.get("error_cause"))
