"""The older way to sign in: one JSON call, a PIN, and a token for the TOKEN_AUTH header (protocol §3)."""

import secrets
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, filled, read_json, unauthorized
from blinkbot.simulator.blinkcloud.endpoints.homescreen import OUTDATED
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, post
from blinkbot.simulator.blinkcloud.state.tokens import Client
from blinkbot.simulator.blinkcloud.state.world import World

INVALID_CREDENTIALS = 200


class LegacySignIn(Endpoints):
    """Login-v5, the PIN, and signing out."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._sent: dict[int, datetime] = {}

    def routes(self) -> list[Route]:
        """The routes."""
        client = "/api/v4/account/{account:int}/client/{client:int}"
        return [
            post("/api/v5/account/login", self.login),
            post(client + "/pin/verify", self.verify),
            post(client + "/pin/resend", self.resend),
            post(client + "/logout", self.logout),
        ]

    async def login(self, request: Request) -> Response | Body:
        """E-mail and password; the token counts at once, but only for the PIN while that is outstanding."""
        body = await read_json(request)
        account, now = self._world.account, self._world.clock()
        if account.update_required:
            return JSONResponse(OUTDATED, 426)
        locked = account.lock_remaining(now)
        if locked:
            raise Refusal(401, "Account locked", INVALID_CREDENTIALS, lockout_time_remaining=locked)
        account.sign_ins.append(now)
        email, password = str(body.get("email", "")), str(body.get("password", ""))
        if (email.casefold(), password) != (account.email.casefold(), account.password):
            raise Refusal(401, "Invalid credentials", INVALID_CREDENTIALS)
        client = self._world.tokens.client_for(str(body.get("unique_id") or secrets.token_hex(8)))
        outstanding = account.pin_required and not client.verified
        if outstanding:
            self._send_code(client, now)
        return self._login_body(client, outstanding)

    async def verify(self, request: Request) -> Response | Body:
        """The code from the phone."""
        client = self._own_client(request)
        pin = str((await read_json(request)).get("pin", ""))
        if client.id not in self._sent or not secrets.compare_digest(pin.encode(), self._world.account.pin.encode()):
            wrong = {"valid": False, "require_new_pin": False, "message": "Invalid PIN", "code": 1621}
            return JSONResponse(wrong, 400)
        self._world.tokens.verify(client)
        del self._sent[client.id]
        message = "Client has been successfully verified"
        return {"valid": True, "require_new_pin": False, "message": message, "code": 1626}

    async def resend(self, request: Request) -> Body:
        """Another code, but not at once."""
        client, account, now = self._own_client(request), self._world.account, self._world.clock()
        sent, wait = self._sent.get(client.id), {"allow_pin_resend_seconds": account.pin_resend_seconds}
        if sent is not None and now - sent < timedelta(seconds=account.pin_resend_seconds):
            raise Refusal(429, "Wait before asking for another PIN", **wait)
        self._send_code(client, now)
        return {"message": "Verification Email Sent", "code": 211, **wait}

    async def logout(self, request: Request) -> Body:
        """Sign this client out; its tokens die with it."""
        self._world.tokens.sign_out(self._own_client(request))
        return {"message": "logout"}

    def _own_client(self, request: Request) -> Client:
        client: Client = request.state.client
        if client.id != request.path_params["client"]:
            raise unauthorized()
        return client

    def _send_code(self, client: Client, now: datetime) -> None:
        self._sent[client.id] = now
        self._world.account.codes_sent += 1

    def _login_body(self, client: Client, outstanding: bool) -> Body:
        account = self._world.account
        grant = self._world.tokens.issue(client)
        grant.pin_outstanding = outstanding
        owner = {
            "account_id": account.id,
            "user_id": account.user_id,
            "client_id": client.id,
            "client_trusted": not outstanding,
            "tier": account.tier,
            "client_verification_required": outstanding,
            "user": {"user_id": account.user_id},
        }
        wait = account.pin_resend_seconds
        return filled("login", account=owner, auth={"token": grant.access}, allow_pin_resend_seconds=wait)
