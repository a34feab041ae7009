"""Signing in the older way, chosen by `blink.signin = "legacy"` (protocol §3, the older way).

One JSON call with e-mail and password answers a token, which counts for nothing but the PIN until that was entered.
The session that comes of it is shown in the TOKEN_AUTH header and cannot be renewed: when Blink refuses it, the owner
signs in again. Today's servers may answer that an app update is required; then only "oauth" is left.
"""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import UTC, datetime

from blinkbot.blink.http.auth import Session
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.http.responses import code_of, refuse, retry_after
from blinkbot.blink.http.transport import Call, Response, Transport
from blinkbot.blink.protocol.codes import Code
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.signin.oauth import pin_digits
from blinkbot.blink.wire.signin import lockout_seconds, logged_in, pin_verdict, resend_after
from blinkbot.domain import PinRequest, SessionKind, Tokens
from blinkbot.errors import (
    AppUpdateRequired,
    BlinkRefused,
    BlinkResponseError,
    ClientRefused,
    NotSignedIn,
    PinProblem,
    ServerError,
    SessionEnded,
    SignInLimit,
    SignInRefused,
    Throttled,
    TooManySignIns,
    WrongCredentials,
    WrongPin,
)

CLIENT_NAME = "blinkbot"

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of such a session: none is told, and Blink ends it when it likes."""


class LegacySignIn:
    """Signs in to one account. `start`, then `finish` with the PIN if one was asked for (`ports.SignIn`).

    `hardware_id` is the same UUID for ever: a new one means a new PIN. Nothing is tried again by itself. Raises
    SignInRefused errors, AppUpdateRequired, BlinkUnreachable and other BlinkErrors.
    """

    def __init__(
        self, urls: BlinkUrls, email: str, password: str, hardware_id: str, timing: Timing | None = None
    ) -> None:
        self._email = email
        self._password = password
        self._hardware_id = hardware_id
        self._timing = timing or Timing()
        self._turn = asyncio.Lock()
        self._pending = _Pending()
        self._transport = Transport(urls, Session(urls, self._pending, hardware_id, self._timing), self._timing)
        self._resend_at = 0.0

    async def start(self) -> Tokens | PinRequest:
        """Begin anew and send e-mail and password once. A PinRequest: Blink sent a code to the owner."""
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
        """Enter the code that Blink sent.

        After WrongPin and after failures of the network the attempt stands, and `finish` may be called again.
        Raises NotSignedIn when no code is awaited.
        """
        async with self._turn:
            tokens = self._awaiting_pin()
            response = await self._send("verify-pin", pin=pin_digits(pin))
            self._check_pin(response)
            verdict = pin_verdict(response.body)
            if verdict.new_pin_needed:
                raise WrongPin(PinProblem.OUTDATED)
            if not verdict.valid:
                raise WrongPin
            self._pending.tokens = None
            return tokens

    async def resend(self) -> PinRequest:
        """Ask for a new code, on the owner's word only; the password is not sent again.

        Raises TooManySignIns before Blink's waiting time is over, NotSignedIn when no code is awaited.
        """
        async with self._turn:
            self._awaiting_pin()
            left = self._resend_at - self._timing.monotonic()
            if left > 0:
                raise TooManySignIns(SignInLimit.CODE_SENT, left)
            response = await self._send("resend-pin")
            self._refuse("resend-pin", response)
            return self._awaited(PinRequest(resend_after=resend_after(response.body)))

    async def aclose(self) -> None:
        """Give up the attempt, if there is one."""
        async with self._turn:
            self._pending.tokens = None
            await self._transport.aclose()

    async def _send(self, operation: str, **values: object) -> Response:
        try:
            return await self._transport.request_once(Call(OPERATIONS[operation], values))
        except SessionEnded as error:
            raise SignInRefused("Blink lost track of this sign-in") from error

    def _awaiting_pin(self) -> Tokens:
        if self._pending.tokens is None:
            raise NotSignedIn("no code is awaited")
        return self._pending.tokens

    def _awaited(self, request: PinRequest) -> PinRequest:
        self._resend_at = self._timing.monotonic() + request.resend_after
        return request

    def _check_login(self, response: Response) -> None:
        """Raise what an answer to e-mail and password means; return where it means that they are right."""
        locked = lockout_seconds(response.body)
        if locked:
            raise TooManySignIns(SignInLimit.LOCKED, locked)
        code = code_of(response.body)
        if code == Code.CLIENT_DELETED or response.status == 406:
            raise ClientRefused(f"HTTP {response.status}, code {code}")
        if code == Code.WRONG_CREDENTIALS or response.status in (401, 403):
            raise WrongCredentials("e-mail or password is wrong")
        self._refuse("login-v5", response)

    def _check_pin(self, response: Response) -> None:
        """Raise what an answer to a code means, unless it is the verdict on the code."""
        try:
            self._refuse("verify-pin", response)
        except (TooManySignIns, ServerError, AppUpdateRequired):
            raise  # says nothing about the code
        except BlinkRefused as error:
            raise WrongPin from error

    def _refuse(self, operation: str, response: Response) -> None:
        now = self._timing.clock()
        try:
            refuse(OPERATIONS[operation], response.status, response.headers, response.body, now)
        except Throttled as error:
            raise TooManySignIns(SignInLimit.THROTTLED, retry_after(response.headers, now) or None) from error
        if not isinstance(response.body, dict):
            raise BlinkResponseError(operation, "it is not JSON")


class _Pending:
    """The token store of a sign-in that is not finished: its token counts for the PIN alone."""

    def __init__(self) -> None:
        self.tokens: Tokens | None = None

    async def load(self) -> Tokens | None:
        """The token that awaits its PIN."""
        return self.tokens

    async def save(self, tokens: Tokens) -> None:
        """Keep it."""
        self.tokens = tokens

    async def forget(self) -> None:
        """The attempt is over."""
        self.tokens = None

    def renewal(self) -> AbstractAsyncContextManager[None]:
        """No lock: no other program shares it."""
        return nullcontext()
