"""Signing in: OAuth 2 authorization code with PKCE (protocol §3), refusing what a real server refuses.

Where the protocol page names no status for a refusal, this simulator answers 400 with `error` and `error_description`;
a wrong verification code is one of these (`invalid_2fa_code`), and a locked account answers 429 with Retry-After.
"""

import base64
import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get, post
from blinkbot.simulator.blinkcloud.state.tokens import Client, Grant
from blinkbot.simulator.blinkcloud.state.world import World

REDIRECT_URI = "immedia-blink://applinks.blink.com/signin/callback"
SIGNIN_PATH = "/oauth/v2/signin"
COOKIE = "oauth_session"
CODE_SECONDS = 60
REFUSED_HARDWARE = ("blinkpy", "home assistant")
"""Hardware ids that too many programs shared, so that Blink shut them out."""

CLIENT_PARAMETERS: dict[str, str | None] = {"client_id": "ios", "hardware_id": None, "scope": "client"}
REDIRECT_PARAMETERS = CLIENT_PARAMETERS | {"app_brand": "blink", "redirect_uri": REDIRECT_URI}
AUTHORIZE_PARAMETERS = REDIRECT_PARAMETERS | {"code_challenge_method": "S256", "response_type": "code"}
AUTHORIZE_PARAMETERS |= {"app_version": None, "code_challenge": None}
AUTHORIZE_PARAMETERS |= {"device_brand": None, "device_model": None, "device_os_version": None}
CODE_PARAMETERS = REDIRECT_PARAMETERS | {"code": None, "code_verifier": None, "grant_type": "authorization_code"}
REFRESH_PARAMETERS: dict[str, str | None] = {
    "client_id": "ios",
    "grant_type": "refresh_token",
    "refresh_token": None,
}
"""What must be sent, and the value where only one will do."""


class SignInRefusal(Refusal):
    """An OAuth error."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(status, description)
        self.body = {"error": error, "error_description": description}


class WrongCredentials(SignInRefusal):
    """A wrong e-mail or password: of all refusals only this one says so, by its cause."""

    def __init__(self) -> None:
        super().__init__("unauthorized", "wrong e-mail or password", 401)
        self.body["error_cause"] = "invalid_user_credentials"


@dataclass(slots=True, eq=False)
class Session:
    """One browser's way through the sign-in pages, known by its cookie."""

    challenge: str
    hardware_id: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    code_sent_at: datetime | None = None
    signed_in: Client | None = None


@dataclass(slots=True, eq=False)
class IssuedCode:
    """An authorization code waiting to be exchanged, once."""

    session: Session
    client: Client
    expires_at: datetime


class OAuth(Endpoints):
    """The pages and the token endpoint."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._sessions: dict[str, Session] = {}
        self._codes: dict[str, IssuedCode] = {}

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            get("/oauth/v2/authorize", self.authorize),
            get(SIGNIN_PATH, self.page),
            post(SIGNIN_PATH, self.sign_in),
            post("/oauth/v2/2fa/verify", self.verify),
            post("/oauth/token", self.token),
        ]

    async def authorize(self, request: Request) -> Response:
        """With parameters, the start of a sign-in; with cookies alone, its end."""
        if not request.query_params:
            return self._finish(request)
        check_parameters(dict(request.query_params), AUTHORIZE_PARAMETERS)
        key = secrets.token_urlsafe(24)
        self._sessions[key] = Session(request.query_params["code_challenge"], request.query_params["hardware_id"])
        answer = RedirectResponse(SIGNIN_PATH, 302)
        answer.set_cookie(COOKIE, key, path="/oauth", httponly=True)
        return answer

    async def page(self, request: Request) -> Response:
        """The page a person would type into."""
        return HTMLResponse(signin_page(self._session(request).csrf))

    async def sign_in(self, request: Request) -> Response:
        """E-mail and password."""
        session, form = await self._posted(request)
        account, now = self._world.account, self._world.clock()
        locked = account.lock_remaining(now)
        if locked:
            return JSONResponse({"error": "account_locked"}, 429, {"Retry-After": str(locked)})
        account.sign_ins.append(now)
        if not acceptable_hardware(session.hardware_id):
            raise SignInRefusal("not_acceptable", "this hardware_id is refused", 406)
        if (form.get("username", "").casefold(), form.get("password")) != (account.email.casefold(), account.password):
            raise WrongCredentials
        client = self._world.tokens.client_for(session.hardware_id)
        if account.pin_required and not client.verified:
            return self._ask_for_code(session, now)
        session.signed_in = client
        return RedirectResponse("/oauth/v2/authorize", 302)

    async def verify(self, request: Request) -> Response:
        """The code that was sent to the phone."""
        session, form = await self._posted(request)
        if "remember_me" not in form:
            raise SignInRefusal("invalid_request", "remember_me is missing")
        if session.code_sent_at is None or not secrets.compare_digest(
            form.get("2fa_code", "").encode(), self._world.account.pin.encode()
        ):
            raise SignInRefusal("invalid_2fa_code", "this is not the code that was sent")
        client = self._world.tokens.client_for(session.hardware_id)
        self._world.tokens.verify(client)
        session.signed_in, session.code_sent_at = client, None
        return JSONResponse({"status": "auth-completed"}, 201)

    async def token(self, request: Request) -> Body:
        """Exchange a code, or refresh."""
        form = await read_form(request)
        grant_type = form.get("grant_type")
        if grant_type == "authorization_code":
            check_parameters(form, CODE_PARAMETERS)
            grant = self._exchange(form)
        elif grant_type == "refresh_token":
            check_parameters(form, REFRESH_PARAMETERS)
            if form.get("scope", "client") != "client":
                raise SignInRefusal("invalid_scope", "there is only one scope")
            grant = self._world.tokens.refresh(form["refresh_token"], form.get("hardware_id"))
        else:
            raise SignInRefusal("unsupported_grant_type", "only authorization_code and refresh_token")
        if grant is None:
            raise SignInRefusal("invalid_grant", "this grant is unknown, used or expired")
        return {
            "access_token": grant.access,
            "refresh_token": grant.refresh,
            "expires_in": round(self._world.tokens.lifetime),
            "token_type": "Bearer",
        }

    def _session(self, request: Request) -> Session:
        session = self._sessions.get(request.cookies.get(COOKIE, ""))
        if session is None:
            raise SignInRefusal("empty_cookies", "the cookies of authorize are missing")
        return session

    async def _posted(self, request: Request) -> tuple[Session, dict[str, str]]:
        """The session and the fields of a form that was sent from the sign-in page."""
        session, form = self._session(request), await read_form(request)
        if not request.headers.get("origin") or SIGNIN_PATH not in request.headers.get("referer", ""):
            raise SignInRefusal("invalid_request", "Origin and Referer of the sign-in page are missing")
        if form.get("csrf-token") != session.csrf:
            raise SignInRefusal("invalid_csrf_token", "this is not the page's token")
        return session, form

    def _ask_for_code(self, session: Session, now: datetime) -> Response:
        account = self._world.account
        pause = timedelta(seconds=account.pin_resend_seconds)
        if session.code_sent_at is None or now - session.code_sent_at >= pause:
            session.code_sent_at = now
            account.codes_sent += 1
        if account.pin_answer == 412:
            raise SignInRefusal("2fa_required", "a verification code was sent", 412)
        left = round((session.code_sent_at + pause - now).total_seconds())
        body = {"tsv_state": "sms", "tsv_methods": ["sms", "voice", "email"], "phone": "+1******4477"}
        return JSONResponse({**body, "next_time_in_secs": left}, 202)

    def _finish(self, request: Request) -> Response:
        session = self._session(request)
        if session.signed_in is None:
            return RedirectResponse(SIGNIN_PATH, 302)
        code = secrets.token_urlsafe(24)
        expires_at = self._world.clock() + timedelta(seconds=CODE_SECONDS)
        self._codes[code] = IssuedCode(session, session.signed_in, expires_at)
        query = urlencode({"code": code, "state": secrets.token_urlsafe(8)})
        return Response(status_code=302, headers={"Location": f"{REDIRECT_URI}?{query}"})

    def _exchange(self, form: dict[str, str]) -> Grant | None:
        # Taken out even when the exchange fails: a code works once, and so does a guess at its verifier.
        issued = self._codes.pop(form["code"], None)
        if issued is None or self._world.clock() >= issued.expires_at:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != issued.session.challenge:
            return None
        if form["hardware_id"] != issued.session.hardware_id:
            return None
        return self._world.tokens.issue(issued.client)


def check_parameters(given: dict[str, str], wanted: dict[str, str | None]) -> None:
    """Refuse a parameter that is missing, empty or not the one value allowed."""
    for name, only in sorted(wanted.items()):
        if not given.get(name) or (only is not None and given[name] != only):
            raise SignInRefusal("invalid_request", f"bad or missing {name}")


def acceptable_hardware(hardware_id: str) -> bool:
    """A UUID, and not one of the fixed strings that too many programs sent."""
    if hardware_id.casefold() in REFUSED_HARDWARE:
        return False
    try:
        uuid.UUID(hardware_id)
    except ValueError:
        return False
    return True


async def read_form(request: Request) -> dict[str, str]:
    """The fields of an urlencoded form; nothing for any other content type."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return {}
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))


def signin_page(csrf: str) -> str:
    """The page around the one thing that programs want from it."""
    arguments = json.dumps({"csrf-token": csrf, "locale": "en-US"}).replace("<", "\\u003c")
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in</title>
<script id="analytics" type="application/json">{{"page": "signin"}}</script>
<script id="oauth-args" type="application/json">{arguments}</script></head>
<body><form method="post" action="{SIGNIN_PATH}">
<label>E-mail <input name="username" type="email"></label>
<label>Password <input name="password" type="password"></label>
<button>Sign in</button></form></body></html>
"""
