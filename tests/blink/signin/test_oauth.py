"""Signing in, step by step: without a code, with everything that can be refused, and never by itself."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest

from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.signin.oauth import OAuthSignIn
from blinkbot.domain import PinRequest, Tokens
from blinkbot.errors import (
    BlinkError,
    BlinkResponseError,
    BlinkUnreachable,
    ClientRefused,
    NoRegion,
    ServerError,
    SignInBlocked,
    SignInLimit,
    SignInRefused,
    TooManySignIns,
    WrongCredentials,
)
from tests.blink.helpers import HARDWARE_ID, NOON, Loopback, Seen, reply
from tests.blink.signin.signin_pages import (
    EMAIL,
    PAGE,
    PASSWORD,
    PIN,
    Client,
    lost,
)

WRONG = {"error": "unauthorized", "error_cause": "invalid_user_credentials"}


class TestWithoutACode:
    async def test_the_tokens_tell_whose_they_are_and_until_when(self, client: Client) -> None:
        assert await client.sign_in.start() == Tokens(
            "first-access", "first-refresh", NOON + timedelta(hours=4), 7, "u014"
        )

    async def test_the_seven_steps_come_in_order(self, client: Client) -> None:
        await client.sign_in.start()
        assert [f"{seen.method} {seen.path}" for seen in client.loopback.seen] == [
            "GET /oauth/v2/authorize",
            "GET /oauth/v2/signin",
            "GET /oauth/v2/signin",
            "POST /oauth/v2/signin",
            "GET /oauth/v2/authorize",
            "POST /oauth/token",
            "GET /api/v1/users/tier_info",
        ]

    async def test_the_first_step_says_what_the_protocol_says(self, client: Client) -> None:
        await client.sign_in.start()
        query = client.loopback.seen[0].query
        assert len(query.pop("code_challenge")) == 43
        assert query == {
            "app_brand": "blink",
            "app_version": "50.1",
            "client_id": "ios",
            "code_challenge_method": "S256",
            "device_brand": "Apple",
            "device_model": "iPhone16,1",
            "device_os_version": "26.1",
            "hardware_id": HARDWARE_ID,
            "redirect_uri": "immedia-blink://applinks.blink.com/signin/callback",
            "response_type": "code",
            "scope": "client",
        }

    async def test_the_password_goes_with_the_pages_token_and_headers(self, client: Client) -> None:
        await client.sign_in.start()
        seen = client.sent("POST /oauth/v2/signin")[0]
        assert seen.form == {"username": EMAIL, "password": PASSWORD, "csrf-token": "page-token"}
        assert seen.headers["origin"] == client.loopback.url
        assert seen.headers["referer"] == f"{client.loopback.url}/oauth/v2/signin"
        assert "Safari" in seen.headers["user-agent"]

    async def test_the_token_is_fetched_with_the_secret_of_the_first_step(self, client: Client) -> None:
        await client.sign_in.start()
        seen = client.sent("POST /oauth/token")[0]
        form = seen.form
        digest = hashlib.sha256(form.pop("code_verifier").encode()).digest()
        challenge = client.loopback.seen[0].query["code_challenge"]
        assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge
        assert form == {
            "app_brand": "blink",
            "client_id": "ios",
            "code": "the-code",
            "grant_type": "authorization_code",
            "hardware_id": HARDWARE_ID,
            "redirect_uri": "immedia-blink://applinks.blink.com/signin/callback",
            "scope": "client",
        }
        assert seen.headers["user-agent"] == "Blink/2511191620 CFNetwork/3860.200.71 Darwin/25.1.0"

    async def test_every_attempt_has_its_own_secret_and_cookies(self, client: Client) -> None:
        await client.sign_in.start()
        await client.sign_in.start()
        first, second = (seen for seen in client.sent("GET /oauth/v2/authorize") if seen.query)
        assert first.query["code_challenge"] != second.query["code_challenge"]
        assert "cookie" not in second.headers

    async def test_the_password_is_not_sent_after_a_redirect(self, client: Client) -> None:
        async with Loopback(client.blink.answer) as elsewhere:
            client.refuse("POST /oauth/v2/signin", reply(b"", 307, {"Location": f"{elsewhere.url}/oauth/v2/signin"}))
            await client.sign_in.start()
            assert elsewhere.seen == []


class TestRefusals:
    @pytest.mark.parametrize(
        ("step", "answer", "error"),
        [
            ("POST /oauth/v2/signin", reply(WRONG, 401), WrongCredentials),
            ("POST /oauth/v2/signin", reply(status=401), SignInRefused),
            ("POST /oauth/v2/signin", reply(b"<html>", 403), SignInBlocked),
            ("POST /oauth/v2/signin", reply(WRONG, 403), SignInBlocked),
            ("POST /oauth/v2/signin", reply(status=406), ClientRefused),
            ("GET /oauth/v2/authorize", reply(status=406), ClientRefused),
            ("POST /oauth/v2/signin", reply(status=429), TooManySignIns),
            ("POST /oauth/v2/signin", lost(), SignInRefused),
            ("GET /oauth/v2/authorize", reply(status=403), SignInBlocked),
            ("POST /oauth/v2/signin", reply(status=500), ServerError),
            ("POST /oauth/v2/signin", b"", BlinkUnreachable),
            ("POST /oauth/v2/signin", reply(PAGE, 200), BlinkResponseError),
            ("GET /oauth/v2/signin", reply(b"<html>Maintenance</html>"), BlinkResponseError),
            ("GET /oauth/v2/signin", b"", BlinkUnreachable),
            ("POST /oauth/token", reply({"error": "invalid_grant"}, 400), BlinkError),
            ("POST /oauth/token", reply(b"<html>"), BlinkResponseError),
            ("POST /oauth/token", reply({"access_token": "a"}), BlinkResponseError),
            ("GET /api/v1/users/tier_info", reply({"tier": "u014"}), BlinkResponseError),
            ("GET /api/v1/users/tier_info", reply({"code": 101}, 401), SignInRefused),
            ("GET /api/v1/users/tier_info", reply(status=406), NoRegion),
        ],
    )
    async def test_each_is_its_own_error_and_nothing_is_tried_again(
        self, client: Client, step: str, answer: bytes, error: type[BlinkError]
    ) -> None:
        client.refuse(step, answer)
        with pytest.raises(error) as raised:
            await client.sign_in.start()
        assert error is BlinkError or type(raised.value).__name__.lstrip("_") in (error.__name__, "CookiesLost")
        assert len(client.sent("POST /oauth/v2/signin")) <= 1
        assert len(client.sent(step)) <= 2
        assert client.time.slept == []

    async def test_too_many_sign_ins_say_when_to_come_back(self, client: Client) -> None:
        client.refuse("POST /oauth/v2/signin", reply(status=429, headers={"Retry-After": "1800"}))
        with pytest.raises(TooManySignIns) as refused:
            await client.sign_in.start()
        assert (refused.value.limit, refused.value.wait) == (SignInLimit.THROTTLED, 1800)

    @pytest.mark.parametrize("location", ["", "/oauth/v2/signin", "immedia-blink://x?error=access_denied"])
    async def test_an_authorization_without_a_code_is_an_error(self, client: Client, location: str) -> None:
        def authorize(seen: Seen) -> bytes:
            return client.blink.authorize(seen) if seen.query else reply(b"", 302, {"Location": location})

        client.blink.answers["GET /oauth/v2/authorize"] = authorize
        with pytest.raises(BlinkResponseError, match="field code"):
            await client.sign_in.start()

    async def test_a_redirect_into_nothing_is_an_error(self, client: Client) -> None:
        client.refuse("GET /oauth/v2/authorize", reply(b"", 302, {"Location": "immedia-blink://nowhere"}))
        with pytest.raises(BlinkError):
            await client.sign_in.start()

    async def test_nothing_secret_is_in_an_error(self, client: Client) -> None:
        client.refuse("POST /oauth/token", reply({"message": "no", "error": "first-refresh"}, 400))
        with pytest.raises(BlinkError) as raised:
            await client.sign_in.start()
        told = str(raised.value) + repr(raised.value) + repr(client.sign_in)
        assert not any(secret in told for secret in (PASSWORD, "first-refresh", "the-code"))


class Regions:
    """Blink's regions, each on an origin of its own, of which one knows the account."""

    def __init__(self, knows: str | None) -> None:
        self.knows = knows
        self.others = reply({"message": "Not acceptable"}, 406)
        self.asked: list[str] = []

    @asynccontextmanager
    async def open(self, client: Client) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            origins = {}
            for tier in ("prod", "prde", "prsg", "a001"):
                origins[tier] = (await stack.enter_async_context(Loopback(partial(self.answer, tier)))).url
            urls = BlinkUrls(client.loopback.url, client.loopback.url, origins)
            client.sign_in = OAuthSignIn(urls, EMAIL, PASSWORD, HARDWARE_ID, client.time.timing)
            yield

    async def answer(self, tier: str, seen: Seen) -> bytes:
        assert (seen.path, seen.headers["authorization"]) == ("/api/v1/users/tier_info", "Bearer first-access")
        self.asked.append(tier)
        return reply({"tier": "e008", "account_id": 7}) if tier == self.knows else self.others


class TestRegions:
    @pytest.mark.parametrize(
        ("knows", "asked"), [("prod", 1), ("prde", 2), ("prsg", 3), ("a001", 4)], ids=lambda value: str(value)
    )
    async def test_an_account_of_another_region_is_found_in_order(self, client: Client, knows: str, asked: int) -> None:
        regions = Regions(knows)
        async with regions.open(client):
            tokens = await client.sign_in.start()
        assert isinstance(tokens, Tokens)
        assert tokens.tier == "e008"
        assert regions.asked == ["prod", "prde", "prsg", "a001"][:asked]

    async def test_the_code_and_the_tokens_stay_good_meanwhile(self, client: Client) -> None:
        client.blink.pin_needed = True
        regions = Regions(None)
        async with regions.open(client):
            await client.sign_in.start()
            with pytest.raises(NoRegion):
                await client.sign_in.finish(PIN)
            assert regions.asked == ["prod", "prde", "prsg", "a001"]
            regions.knows = "prde"
            tokens = await client.sign_in.finish(PIN)
        assert isinstance(tokens, Tokens)
        assert len(client.sent("POST /oauth/v2/2fa/verify")) == len(client.sent("POST /oauth/token")) == 1

    async def test_any_other_answer_is_no_reason_to_ask_elsewhere(self, client: Client) -> None:
        regions = Regions("prde")
        regions.others = reply({"message": "sorry"}, 500)
        async with regions.open(client):
            with pytest.raises(ServerError):
                await client.sign_in.start()
        assert regions.asked == ["prod"]


async def test_two_starts_at_once_come_one_after_the_other(client: Client) -> None:
    both: tuple[Awaitable[Tokens | PinRequest], ...] = (client.sign_in.start(), client.sign_in.start())
    assert [isinstance(tokens, Tokens) for tokens in await asyncio.gather(*both)] == [True, True]
    assert [seen.path for seen in client.loopback.seen[:7]] == [seen.path for seen in client.loopback.seen[7:]]
