"""Signing in the older way, chosen by `blink.signin = "legacy"` (protocol §3, the older way).

One JSON call with e-mail and password answers a token, which counts for nothing but the PIN until that was entered.
The session that comes of it is shown in the TOKEN_AUTH header and cannot be renewed: when Blink refuses it, the owner
signs in again. Today's servers may answer that an app update is required; then only "oauth" is left.
"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import UTC, datetime

from blinkbot import errors
from blinkbot.blink.http.auth import Session
from blinkbot.blink.http.budget import RequestBudget
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.http.responses import code_of, refuse, retry_after
from blinkbot.blink.http.transport import Call, Response, Transport
from blinkbot.blink.protocol.codes import Code
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.signin.oauth import pin_digits
from blinkbot.blink.wire.signin import lockout_seconds, logged_in, pin_verdict, resend_after
from blinkbot.domain import PinRequest, SessionKind, Tokens

CLIENT_NAME = "blinkbot"

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # the end of such a session: none is told, and Blink ends it when it likes


class LegacySignIn:
    """Signs in to one account (`ports.SignIn`). A new `hardware_id` (UUID) means a new PIN."""

    def __init__(
        self,
        urls: BlinkUrls,
        email: str,
        password: str,
        hardware_id: str,
        timing: Timing | None = None,
        budget: RequestBudget | None = None,
    ) -> None:
        self._email = email
        self._password = password
        self._hardware_id = hardware_id
        self._timing = timing or Timing()
        self._turn = asyncio.Lock()
        self._pending = _Pending()
        session = Session(urls, self._pending, hardware_id, self._timing, budget)
        self._transport = Transport(urls, session, self._timing, budget)
        self._resend_at = 0.0

    async def start(self) -> Tokens | PinRequest:
        """Send e-mail and password once; PinRequest: Blink sent a code."""
        async with self._turn:
            self._pending.tokens = None
            response = await self._send(
                "login-v5",
                email=self._email,
                password=self._password,
                unique_id=self._hardware_id,
                client_name=CLIENT_NAME,
                reauth="true",
            )
            self._check_login(response)
            login = logged_in(response.body)
            tokens = Tokens(
                login.token, "", NEVER, login.account_id, login.tier, kind=SessionKind.LEGACY, client_id=login.client_id
            )
            if login.pin_request is None:
                return tokens
            self._pending.tokens = tokens
            return self._awaited(login.pin_request)

    async def finish(self, pin: str) -> Tokens:
        """Enter the code; again after WrongPin or BlinkUnreachable. Raises NotSignedIn when none is awaited."""
        async with self._turn:
            tokens = self._awaiting_pin()
            response = await self._send("verify-pin", pin=pin_digits(pin))
            self._check_pin(response)
            verdict = pin_verdict(response.body)
            if verdict.new_pin_needed:
                raise errors.WrongPin(errors.PinProblem.OUTDATED)
            if not verdict.valid:
                raise errors.WrongPin
            self._pending.tokens = None
            return tokens

    async def resend(self) -> PinRequest:
        """Ask for a new code, without the password. Raises TooManySignIns (too early), NotSignedIn (none awaited)."""
        async with self._turn:
            self._awaiting_pin()
            left = self._resend_at - self._timing.monotonic()
            if left > 0:
                raise errors.TooManySignIns(errors.SignInLimit.CODE_SENT, left)
            response = await self._send("resend-pin")
            self._refuse("resend-pin", response)
            return self._awaited(PinRequest(resend_after=resend_after(response.body)))

    async def aclose(self) -> None:
        async with self._turn:
            self._pending.tokens = None
            await self._transport.aclose()

    async def _send(self, operation: str, **values: object) -> Response:
        try:
            return await self._transport.request_once(Call(OPERATIONS[operation], values))
        except errors.SessionEnded as error:
            raise errors.SignInRefused("Blink lost track of this sign-in") from error

    def _awaiting_pin(self) -> Tokens:
        if self._pending.tokens is None:
            raise errors.NotSignedIn("no code is awaited")
        return self._pending.tokens

    def _awaited(self, request: PinRequest) -> PinRequest:
        self._resend_at = self._timing.monotonic() + request.resend_after
        return request

    def _check_login(self, response: Response) -> None:
        """Raise what an answer to e-mail and password means, unless they are right."""
        locked = lockout_seconds(response.body)
        if locked:
            raise errors.TooManySignIns(errors.SignInLimit.LOCKED, locked)
        code = code_of(response.body)
        if code == Code.CLIENT_DELETED or response.status == 406:
            raise errors.ClientRefused(f"HTTP {response.status}, code {code}")
        if code == Code.WRONG_CREDENTIALS and response.status != 403:
            raise errors.WrongCredentials("e-mail or password is wrong")
        self._refuse("login-v5", response)

    def _check_pin(self, response: Response) -> None:
        """Raise what an answer to a code means, unless it is the verdict on the code."""
        try:
            self._refuse("verify-pin", response)
        except (errors.SignInRefused, errors.ServerError, errors.AppUpdateRequired):
            raise  # says nothing about the code
        except errors.BlinkRefused as error:
            raise errors.WrongPin from error

    def _refuse(self, operation: str, response: Response) -> None:
        now = self._timing.clock()
        if response.status == 403:
            raise errors.SignInBlocked(f"{operation}: HTTP 403")
        try:
            refuse(OPERATIONS[operation], response.status, response.headers, response.body, now)
        except errors.Throttled as error:
            raise errors.TooManySignIns(
                errors.SignInLimit.THROTTLED, retry_after(response.headers, now) or None
            ) from error
        except errors.NotSignedIn as error:
            raise errors.SignInRefused(str(error)) from error
        if not isinstance(response.body, dict):
            raise errors.BlinkResponseError(operation, "it is not JSON")


class _Pending:
    """The token store of an unfinished sign-in: good for the PIN alone, and shared with no other program."""

    def __init__(self) -> None:
        self.tokens: Tokens | None = None

    async def load(self) -> Tokens | None:
        return self.tokens

    async def save(self, tokens: Tokens) -> None:
        self.tokens = tokens

    async def forget(self) -> None:
        self.tokens = None

    def renewal(self) -> AbstractAsyncContextManager[None]:
        return nullcontext()
