"""A bare phone app for these tests: signs in and sends requests with httpx, knowing nothing of the code under test."""

import base64
import hashlib
import re
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.plain_http import NO_CERTIFICATES

HARDWARE_ID = "6F2E7C61-54C3-4C3D-9C3E-0D6B7E5B9A10"
REDIRECT_URI = "immedia-blink://applinks.blink.com/signin/callback"


class App:
    """One phone. The steps of signing in are separate, so that a test can do them wrong."""

    def __init__(self, cloud: BlinkCloud, hardware_id: str = HARDWARE_ID) -> None:
        self.cloud = cloud
        self.hardware_id = hardware_id
        self.http = httpx.AsyncClient(base_url=cloud.url, timeout=10, verify=NO_CERTIFICATES)
        self.verifier = secrets.token_urlsafe(32)
        self.csrf = ""
        self.tokens: dict[str, Any] = {}

    async def close(self) -> None:
        await self.http.aclose()

    def authorize_params(self) -> dict[str, str]:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()
        return {
            "app_brand": "blink",
            "app_version": "50.1",
            "client_id": "ios",
            "code_challenge": challenge,
            "code_challenge_method": "S256",
            "device_brand": "Apple",
            "device_model": "iPhone16,1",
            "device_os_version": "26.1",
            "hardware_id": self.hardware_id,
            "redirect_uri": REDIRECT_URI,
            "response_type": "code",
            "scope": "client",
        }

    async def open_signin_page(self) -> None:
        params = self.authorize_params()
        answer = await self.http.get("/oauth/v2/authorize", params=params, follow_redirects=True)
        assert answer.status_code == 200
        page = (await self.http.get("/oauth/v2/signin")).text
        found = re.search(r'id="oauth-args"[^>]*>\s*\{"csrf-token": "([^"]+)"', page)
        assert found is not None
        self.csrf = found[1]

    async def post_page(self, path: str, form: dict[str, str], **headers: str) -> httpx.Response:
        page = self.cloud.url + "/oauth/v2/signin"
        sent = {"Origin": self.cloud.url, "Referer": page, **headers}
        return await self.http.post(path, data=form, headers={name: value for name, value in sent.items() if value})

    async def post_password(self, **changes: str) -> httpx.Response:
        form = {"username": self.cloud.email, "password": self.cloud.password, "csrf-token": self.csrf, **changes}
        return await self.post_page("/oauth/v2/signin", form)

    async def post_pin(self, pin: str) -> httpx.Response:
        form = {"2fa_code": pin, "csrf-token": self.csrf, "remember_me": "false"}
        return await self.post_page("/oauth/v2/2fa/verify", form)

    async def authorization_code(self) -> str:
        answer = await self.http.get("/oauth/v2/authorize")
        assert answer.status_code == 302
        return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]

    async def exchange(self, code: str, **changes: str) -> httpx.Response:
        form = {
            "app_brand": "blink",
            "client_id": "ios",
            "code": code,
            "code_verifier": self.verifier,
            "grant_type": "authorization_code",
            "hardware_id": self.hardware_id,
            "redirect_uri": REDIRECT_URI,
            "scope": "client",
        }
        return await self.http.post("/oauth/token", data=form | changes)

    async def refresh(self, refresh_token: str, **changes: str) -> httpx.Response:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "client_id": "ios",
            "scope": "client",
            "hardware_id": self.hardware_id,
        }
        return await self.http.post("/oauth/token", data=form | changes)

    async def sign_in(self) -> None:
        await self.open_signin_page()
        assert (await self.post_password()).status_code == 302
        answer = await self.exchange(await self.authorization_code())
        assert answer.status_code == 200
        self.use(answer.json())

    def use(self, tokens: dict[str, Any]) -> None:
        self.tokens = tokens
        self.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.http.get(path, params=params or None)

    async def post(self, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        return await self.http.post(path, json=body) if body is not None else await self.http.post(path)

    async def body(self, path: str, **params: Any) -> Any:
        answer = await self.get(path, **params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def homescreen(self) -> dict[str, Any]:
        found: dict[str, Any] = await self.body(f"/api/v3/accounts/{self.cloud.account_id}/homescreen")
        return found

    async def media(self, since: str = "2020-01-01T00:00:00+0000", page: int = 1) -> list[dict[str, Any]]:
        found = await self.body(f"/api/v1/accounts/{self.cloud.account_id}/media/changed", since=since, page=page)
        clips: list[dict[str, Any]] = found["media"]
        return clips

    async def finished(self, network_id: int, command_id: int) -> dict[str, Any]:
        """Wait for a command's end, then ask for its state."""
        await self.cloud.command(network_id, command_id).finished.wait()
        status: dict[str, Any] = await self.body(f"/network/{network_id}/command/{command_id}")
        return status
