"""Signing in with e-mail, password and PIN (protocol §3, steps 1-7). Never retried: that would lock the account."""

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from blinkbot import errors
from blinkbot.blink.http.auth import APP_USER_AGENT, OAUTH_CLIENT, TOKEN_PATH, blink_errors
from blinkbot.blink.http.budget import SIGN_IN, RequestBudget
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.http.responses import json_or_none, refuse, retry_after
from blinkbot.blink.protocol.operation import Operation, Route
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.signin.page import csrf_token
from blinkbot.blink.wire.signin import Account, Granted, account, granted_tokens, pin_request
from blinkbot.domain import PinRequest, Tokens
from blinkbot.tls import trusted

AUTHORIZE_PATH = "/oauth/v2/authorize"
SIGNIN_PATH = "/oauth/v2/signin"
VERIFY_PATH = "/oauth/v2/2fa/verify"
REDIRECT_URI = "immedia-blink://applinks.blink.com/signin/callback"

BROWSER_USER_AGENT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/26.1 Mobile/15E148 Safari/604.1"
)
"""The sign-in pages are made for the browser inside Blink's app."""

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
PIN_LENGTHS = range(4, 9)
VERIFIER_BYTES = 64

_DEVICE = {
    "app_brand": "blink",
    "app_version": "50.1",
    "device_brand": "Apple",
    "device_model": "iPhone16,1",
    "device_os_version": "26.1",
}
_SIGNED_IN = range(301, 309)
_PIN_ASKED = (202, 412)
_PIN_TAKEN = (200, 201)
_COMPLETED = b"auth-completed"
_WRONG_CREDENTIALS = b"invalid_user_credentials"


def _step(name: str, method: str, path: str) -> Operation:
    return Operation(name, {None: Route(method, path)}, "§3", needs_token=False)


_AUTHORIZE = _step("sign-in", "GET", AUTHORIZE_PATH)
_PAGE = _step("the sign-in page", "GET", SIGNIN_PATH)
_PASSWORD = _step("the password", "POST", SIGNIN_PATH)
_VERIFY = _step("the code", "POST", VERIFY_PATH)
_CODE = _step("the authorization", "GET", AUTHORIZE_PATH)
_TOKEN = _step("the token", "POST", TOKEN_PATH)


@dataclass(slots=True)
class _Attempt:
    """One sign-in: its cookies, its PKCE secret, and how far it is."""

    http: httpx.AsyncClient
    verifier: str = field(repr=False)
    csrf: str = field(default="", repr=False)
    verified: bool = False
    granted: Granted | None = field(default=None, repr=False)
    resend_at: float = 0.0


class OAuthSignIn:
    """Signs in to one account (`ports.SignIn`). A new `hardware_id` (uppercase UUID) means a new verification."""

    def __init__(
        self,
        urls: BlinkUrls,
        email: str,
        password: str,
        hardware_id: str,
        timing: Timing | None = None,
        budget: RequestBudget | None = None,
    ) -> None:
        self._urls = urls
        self._email = email
        self._password = password
        self._hardware_id = hardware_id
        self._timing = timing or Timing()
        self._budget = budget
        self._turn = asyncio.Lock()
        self._attempt: _Attempt | None = None
        self._lost = False

    async def start(self) -> Tokens | PinRequest:
        """Send e-mail and password once; PinRequest: Blink sent a code."""
        async with self._turn:
            return await self._begin()

    async def finish(self, pin: str) -> Tokens:
        """Enter the code; again after WrongPin or BlinkUnreachable. Raises NotSignedIn when none is awaited."""
        async with self._turn:
            attempt = self._awaiting_pin()
            if not attempt.verified:
                await self._verify(attempt, pin)
            return await self._collect(attempt)

    async def resend(self) -> PinRequest | Tokens:
        """Ask for a new code, with the password. Raises TooManySignIns (too early), NotSignedIn (none awaited)."""
        async with self._turn:
            if self._lost:
                return await self._begin()
            attempt = self._awaiting_pin()
            left = attempt.resend_at - self._timing.monotonic()
            if left > 0:
                raise errors.TooManySignIns(errors.SignInLimit.CODE_SENT, left)
            try:
                return await self._send_password(attempt)
            except _CookiesLost:
                await self._lose()
                raise

    async def aclose(self) -> None:
        async with self._turn:
            self._lost = False
            await self._drop()

    async def _count(self, _: httpx.Request) -> None:
        if self._budget is not None:
            self._budget.take(SIGN_IN)

    async def _begin(self) -> Tokens | PinRequest:
        await self._drop()
        attempt = _Attempt(
            httpx.AsyncClient(
                timeout=TIMEOUT,
                headers={"User-Agent": BROWSER_USER_AGENT},
                verify=trusted(),
                event_hooks={"request": [self._count]},
            ),
            verifier=secrets.token_urlsafe(VERIFIER_BYTES),
        )
        self._attempt = attempt
        try:
            await self._authorize(attempt)
            answer = await self._send_password(attempt)
        except BaseException:
            await self._drop()
            raise
        self._lost = False
        return answer

    def _awaiting_pin(self) -> _Attempt:
        if self._attempt is None:
            raise errors.NotSignedIn("no code is awaited")
        return self._attempt

    async def _drop(self) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is not None:
            await attempt.http.aclose()

    async def _lose(self) -> None:
        """Give up an attempt that Blink does not know any more; the next code needs another one."""
        self._lost = True
        await self._drop()

    async def _authorize(self, attempt: _Attempt) -> None:
        """Step 1: tell who asks, and which secret the tokens will be fetched with."""
        query = {
            **_DEVICE,
            "client_id": OAUTH_CLIENT,
            "code_challenge": _challenge(attempt.verifier),
            "code_challenge_method": "S256",
            "hardware_id": self._hardware_id,
            "redirect_uri": REDIRECT_URI,
            "response_type": "code",
            "scope": "client",
        }
        address = f"{self._urls.oauth}{AUTHORIZE_PATH}?{urlencode(query)}"
        response = await _send(_AUTHORIZE, attempt.http.get(address, follow_redirects=True))
        self._check(_AUTHORIZE, response, (200,))

    async def _send_password(self, attempt: _Attempt) -> Tokens | PinRequest:
        """Steps 2 and 3: fetch the form, send it."""
        page = await _send(_PAGE, attempt.http.get(self._urls.oauth + SIGNIN_PATH))
        self._check(_PAGE, page, (200,))
        attempt.csrf = csrf_token(page.text)
        form = {"username": self._email, "password": self._password, "csrf-token": attempt.csrf}
        response = await self._post_form(_PASSWORD, attempt, SIGNIN_PATH, form)
        if response.status_code == 401 and _WRONG_CREDENTIALS in response.content:
            raise errors.WrongCredentials("e-mail or password is wrong")
        self._check(_PASSWORD, response, (*_PIN_ASKED, *_SIGNED_IN))
        if response.status_code in _PIN_ASKED:
            request = pin_request(json_or_none(response.content))
            attempt.verified = False
            attempt.resend_at = self._timing.monotonic() + request.resend_after
            return request
        return await self._collect(attempt)

    async def _verify(self, attempt: _Attempt, pin: str) -> None:
        """Step 4."""
        form = {"2fa_code": pin_digits(pin), "csrf-token": attempt.csrf, "remember_me": "false"}
        response = await self._post_form(_VERIFY, attempt, VERIFY_PATH, form)
        try:
            self._check(_VERIFY, response, _PIN_TAKEN)
        except (errors.ClientRefused, errors.TooManySignIns, _CookiesLost):
            await self._lose()
            raise
        except (errors.ServerError, errors.AppUpdateRequired, errors.SignInBlocked):
            raise  # says nothing about the code
        except (errors.SignInRefused, errors.BlinkRefused) as error:
            raise errors.WrongPin from error
        if response.status_code != 201 and _COMPLETED not in response.content:
            raise errors.WrongPin  # as if verified, the attempt could never be finished
        attempt.verified = True

    async def _collect(self, attempt: _Attempt) -> Tokens:
        """Steps 5-7: the authorization, the tokens for it, and whose they are. Ends the attempt.

        Where only the last step failed, the tokens are kept for another try.
        """
        if attempt.granted is None:
            response = await _send(_CODE, attempt.http.get(self._urls.oauth + AUTHORIZE_PATH))
            self._check(_CODE, response, _SIGNED_IN)
            attempt.granted = await self._exchange(attempt, _authorization(response.headers.get("Location", "")))
        tokens = attempt.granted
        owner = await self._account(attempt, tokens.access)
        await self._drop()
        expires_at = self._timing.clock() + timedelta(seconds=tokens.lifetime)
        return Tokens(tokens.access, tokens.refresh, expires_at, owner.id, owner.tier)

    async def _exchange(self, attempt: _Attempt, code: str) -> Granted:
        form = {
            "app_brand": "blink",
            "client_id": OAUTH_CLIENT,
            "code": code,
            "code_verifier": attempt.verifier,
            "grant_type": "authorization_code",
            "hardware_id": self._hardware_id,
            "redirect_uri": REDIRECT_URI,
            "scope": "client",
        }
        address = self._urls.oauth + TOKEN_PATH
        response = await _send(_TOKEN, attempt.http.post(address, data=form, headers={"User-Agent": APP_USER_AGENT}))
        self._check(_TOKEN, response, (200, 201))
        tokens = granted_tokens(_TOKEN.name, json_or_none(response.content))
        if not tokens.refresh:
            raise errors.BlinkResponseError(_TOKEN.name, "it is missing", "refresh_token")
        return tokens

    async def _account(self, attempt: _Attempt, access: str) -> Account:
        """Whose tokens they are: asked in the next region where one says that it is not the account's (§2)."""
        tier = OPERATIONS["tier"]
        headers = {
            "Authorization": f"Bearer {access}",
            "Content-Type": "application/json",
            "User-Agent": APP_USER_AGENT,
        }
        for origin in self._urls.first:
            response = await _send(tier, attempt.http.get(origin + tier.route().path, headers=headers))
            if response.status_code != 406:
                if response.status_code == 401:
                    attempt.granted = None  # no use keeping it: another try fetches another
                self._check(tier, response, (200,))
                return account(json_or_none(response.content))
        raise errors.NoRegion("HTTP 406 in every region")

    async def _post_form(self, step: Operation, attempt: _Attempt, path: str, form: dict[str, str]) -> httpx.Response:
        headers = {"Origin": self._urls.oauth, "Referer": self._urls.oauth + SIGNIN_PATH}
        return await _send(step, attempt.http.post(self._urls.oauth + path, data=form, headers=headers))

    def _check(self, step: Operation, response: httpx.Response, accepted: Iterable[int]) -> None:
        """Raise what a status means for a sign-in, unless it is one of the accepted."""
        status = response.status_code
        if status in accepted:
            return
        if status == 406:
            raise errors.ClientRefused("HTTP 406")
        if status == 429:
            raise errors.TooManySignIns(
                errors.SignInLimit.THROTTLED, retry_after(response.headers, self._timing.clock()) or None
            )
        if b"empty_cookies" in response.content:
            raise _CookiesLost("Blink lost track of this sign-in")
        if status == 403:
            raise errors.SignInBlocked(f"{step.name}: HTTP 403")
        if status == 401:
            raise errors.SignInRefused(f"{step.name}: HTTP 401")
        refuse(step, status, response.headers, json_or_none(response.content), self._timing.clock())
        raise errors.BlinkResponseError(step.name, f"HTTP {status} was not expected")


class _CookiesLost(errors.SignInRefused):
    """The attempt is over on Blink's side."""


async def _send(step: Operation, sending: Awaitable[httpx.Response]) -> httpx.Response:
    with blink_errors(step):
        return await sending


def pin_digits(pin: str) -> str:
    """The code without what people put between its digits. Raises WrongPin for what cannot be one."""
    digits = "".join(pin.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) in PIN_LENGTHS):
        raise errors.WrongPin(errors.PinProblem.UNREADABLE)
    return digits


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def _authorization(location: str) -> str:
    """The code in the address that Blink's app would be opened with."""
    found = parse_qs(urlsplit(location).query).get("code")
    if not found:
        raise errors.BlinkResponseError(_CODE.name, "it is missing", "code")
    return found[0]
