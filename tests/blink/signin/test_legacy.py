"""The older way of signing in: one call, a PIN, and the TOKEN_AUTH header (protocol §3)."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from blinkbot.blink import BlinkClient, BlinkUrls, new_sign_in
from blinkbot.blink.signin.legacy import LegacySignIn
from blinkbot.blink.signin.oauth import OAuthSignIn
from blinkbot.domain import PinRequest, SessionKind, Tokens
from blinkbot.errors import (
    AppUpdateRequired,
    BlinkError,
    BlinkResponseError,
    BlinkUnreachable,
    ClientRefused,
    NotSignedIn,
    ServerError,
    SessionEnded,
    SignInBlocked,
    SignInLimit,
    SignInRefused,
    TooManySignIns,
    WrongCredentials,
    WrongPin,
)
from blinkbot.ports import SignIn
from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.blink.helpers import HARDWARE_ID, NOON, FakeTime, Loopback, MemoryTokens, in_order, reply

WRONG = "000000"


class Desk:
    """A sign-in to a simulated home, and the client that its session serves."""

    def __init__(self, cloud: BlinkCloud, password: str | None = None) -> None:
        self.cloud = cloud
        self.time = FakeTime()
        self.urls = BlinkUrls(oauth=cloud.url, rest=cloud.url)
        self.sign_in = LegacySignIn(self.urls, cloud.email, password or cloud.password, HARDWARE_ID, self.time.timing)
        self.store = MemoryTokens()

    async def signed_in(self) -> BlinkClient:
        """A client with a session made so."""
        tokens = await self.sign_in.start()
        assert isinstance(tokens, Tokens)
        await self.store.save(tokens)
        return BlinkClient(self.urls, self.store, HARDWARE_ID, self.time.timing)


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    cloud = BlinkCloud(command_seconds=0, clip_seconds=1, seed=1)
    await cloud.start()
    yield cloud
    await cloud.stop()


@pytest.fixture
async def desk(cloud: BlinkCloud) -> AsyncIterator[Desk]:
    desk = Desk(cloud)
    yield desk
    await desk.sign_in.aclose()


@pytest.fixture
async def awaiting(desk: Desk) -> Desk:
    """Blink has sent a code."""
    desk.cloud.require_pin()
    assert isinstance(await desk.sign_in.start(), PinRequest)
    return desk


class TestSigningIn:
    async def test_a_program_that_blink_knows_is_in_at_once(self, desk: Desk) -> None:
        tokens = await desk.sign_in.start()
        assert isinstance(tokens, Tokens)
        assert (tokens.account_id, tokens.tier) == (desk.cloud.account_id, desk.cloud.tier)
        assert (tokens.kind, tokens.refresh) == (SessionKind.LEGACY, "")
        assert tokens.client_id is not None

    async def test_a_code_is_asked_for_and_entered(self, awaiting: Desk) -> None:
        tokens = await awaiting.sign_in.finish(awaiting.cloud.pin)
        await awaiting.store.save(tokens)
        async with BlinkClient(awaiting.urls, awaiting.store, HARDWARE_ID, awaiting.time.timing) as client:
            assert (await client.home()).cameras

    async def test_it_is_told_where_the_code_went_and_when_another_may_be_asked_for(self, desk: Desk) -> None:
        desk.cloud.require_pin()
        request = await desk.sign_in.start()
        assert isinstance(request, PinRequest)
        assert (request.channel, request.destination) == ("phone", "+1******4477")
        assert request.resend_after == desk.cloud.world.account.pin_resend_seconds

    async def test_a_wrong_code_may_be_entered_again(self, awaiting: Desk) -> None:
        with pytest.raises(WrongPin):
            await awaiting.sign_in.finish(WRONG if awaiting.cloud.pin != WRONG else "111111")
        assert await awaiting.sign_in.finish(awaiting.cloud.pin)
        assert awaiting.cloud.sign_ins == 1

    async def test_what_cannot_be_a_code_is_not_sent(self, awaiting: Desk) -> None:
        with pytest.raises(WrongPin):
            await awaiting.sign_in.finish("hello")
        assert awaiting.cloud.count("/pin/verify") == 0

    async def test_a_code_that_nobody_awaits_is_told(self, desk: Desk) -> None:
        with pytest.raises(NotSignedIn):
            await desk.sign_in.finish("123456")
        with pytest.raises(NotSignedIn):
            await desk.sign_in.resend()

    async def test_a_new_code_waits_for_its_time_and_needs_no_password(self, awaiting: Desk) -> None:
        with pytest.raises(TooManySignIns) as refused:
            await awaiting.sign_in.resend()
        assert refused.value.limit is SignInLimit.CODE_SENT
        assert awaiting.cloud.count("/pin/resend") == 0
        awaiting.time.forward(awaiting.cloud.world.account.pin_resend_seconds)
        awaiting.cloud.world.account.pin_resend_seconds = 0
        assert isinstance(await awaiting.sign_in.resend(), PinRequest)
        assert (awaiting.cloud.sign_ins, awaiting.cloud.world.account.codes_sent) == (1, 2)

    async def test_a_wrong_password_is_told_after_one_try(self, cloud: BlinkCloud) -> None:
        desk = Desk(cloud, "wrong")
        with pytest.raises(WrongCredentials):
            await desk.sign_in.start()
        await desk.sign_in.aclose()
        assert cloud.sign_ins == 1

    async def test_it_is_one_of_the_ways_that_the_settings_choose(self) -> None:
        ways = [new_sign_in(kind, BlinkUrls(), "a@b.example", "x", HARDWARE_ID) for kind in SessionKind]
        handed: list[SignIn] = list(ways)
        assert [type(way) for way in handed] == [OAuthSignIn, LegacySignIn]
        for way in ways:
            await way.aclose()


class TestSession:
    async def test_the_token_goes_in_its_own_header(self) -> None:
        tokens = Tokens("its-token", "", NOON + timedelta(hours=4), 7, "u014", SessionKind.LEGACY, 21)
        async with Loopback(in_order(reply({"networks": []}))) as server:
            urls = BlinkUrls(oauth=server.url, rest=server.url)
            async with BlinkClient(urls, MemoryTokens(tokens), HARDWARE_ID, FakeTime().timing) as client:
                await client.home()
            assert server.seen[0].headers["token_auth"] == "its-token"
            assert "authorization" not in server.seen[0].headers

    async def test_the_clients_number_comes_with_the_sign_in(self, desk: Desk) -> None:
        async with await desk.signed_in() as client:
            assert await client.client_options() == "{}"
        assert desk.cloud.count("/homescreen") == 0

    async def test_it_counts_however_long_ago_it_was_made(self, desk: Desk) -> None:
        async with await desk.signed_in() as client:
            desk.time.forward(400 * 86_400)
            assert (await client.home()).cameras

    async def test_when_blink_refuses_it_the_owner_is_asked_and_nothing_is_sent_by_itself(self, desk: Desk) -> None:
        async with await desk.signed_in() as client:
            desk.cloud.expire_tokens()
            with pytest.raises(SessionEnded):
                await client.home()
        assert desk.store.forgotten
        assert desk.cloud.sign_ins == 1
        assert desk.cloud.count("/oauth/token") == 0


def body(**more: Any) -> dict[str, Any]:
    return {
        "account": {"account_id": 7, "client_id": 21, "tier": "u014", "client_verification_required": True, **more},
        "auth": {"token": "its-token"},
        "allow_pin_resend_seconds": 0,
    }


async def signing_in(*answers: bytes) -> Tokens | PinRequest:
    """What comes of a sign-in where the server answers so."""
    async with Loopback(in_order(*answers)) as server:
        sign_in = LegacySignIn(BlinkUrls(oauth=server.url, rest=server.url), "a@b.example", "x", HARDWARE_ID)
        try:
            return await sign_in.start()
        finally:
            await sign_in.aclose()


async def entering_the_code(*answers: bytes) -> None:
    """What comes of a code where the server answers so, after it has asked for one."""
    async with Loopback(in_order(reply(body()), *answers)) as server:
        sign_in = LegacySignIn(BlinkUrls(oauth=server.url, rest=server.url), "a@b.example", "x", HARDWARE_ID)
        try:
            assert isinstance(await sign_in.start(), PinRequest)
            await sign_in.finish("123456")
        finally:
            await sign_in.aclose()


class TestAnswersToThePassword:
    async def test_the_request_is_what_the_page_says(self) -> None:
        async with Loopback(in_order(reply(body()))) as server:
            sign_in = LegacySignIn(BlinkUrls(oauth=server.url, rest=server.url), "a@b.example", "pw", HARDWARE_ID)
            await sign_in.start()
            await sign_in.aclose()
        sent = server.seen[0]
        assert (sent.method, sent.path) == ("POST", "/api/v5/account/login")
        assert json.loads(sent.body) == {
            "email": "a@b.example",
            "password": "pw",
            "unique_id": HARDWARE_ID,
            "client_name": "blinkbot",
            "reauth": "true",
        }
        assert "token_auth" not in sent.headers

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (reply({"message": "An app update is required", "code": 105}, 426), AppUpdateRequired),
            (reply({"message": "An app update is required"}), AppUpdateRequired),
            (reply({"message": "Invalid credentials", "code": 200}), WrongCredentials),
            (reply({"message": "Unauthorized Access", "code": 101}, 401), SignInRefused),
            (reply(b"<html>", 403), SignInBlocked),
            (reply({"message": "Invalid credentials", "code": 200}, 403), SignInBlocked),
            (reply({"message": "Locked", "code": 200, "lockout_time_remaining": 90}, 401), TooManySignIns),
            (reply({"message": "Client deleted", "code": 242}), ClientRefused),
            (reply({"message": "No"}, 406), ClientRefused),
            (reply({"message": "Slow down"}, 429, {"Retry-After": "60"}), TooManySignIns),
            (reply(b"<html>", 503), ServerError),
            (reply(b"<html>"), BlinkResponseError),
            (reply(b""), BlinkResponseError),
            (reply([]), BlinkResponseError),
            (reply({}), BlinkResponseError),
            (reply({"account": {"account_id": 7}}), BlinkResponseError),
            (reply({**body(), "auth": {"token": "two words"}}), BlinkResponseError),
            (reply(body(tier=None)), BlinkResponseError),
        ],
    )
    async def test_each_is_told_as_what_it_is(self, answer: bytes, error: type[BlinkError]) -> None:
        with pytest.raises(error):
            await signing_in(answer)

    async def test_nothing_is_sent_twice(self) -> None:
        async with Loopback(in_order(reply({"message": "busy"}, 503))) as server:
            sign_in = LegacySignIn(BlinkUrls(oauth=server.url, rest=server.url), "a@b.example", "x", HARDWARE_ID)
            with pytest.raises(ServerError):
                await sign_in.start()
            await sign_in.aclose()
        assert len(server.seen) == 1

    async def test_no_answer_is_told(self) -> None:
        sign_in = LegacySignIn(
            BlinkUrls(oauth="http://127.0.0.1:9", rest="http://127.0.0.1:9"), "a@b.example", "x", HARDWARE_ID
        )
        with pytest.raises(BlinkUnreachable):
            await sign_in.start()
        await sign_in.aclose()


class TestAnswersToTheCode:
    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (reply({"valid": False, "require_new_pin": False, "code": 1621}), WrongPin),
            (reply({"valid": False, "require_new_pin": False, "code": 1621}, 400), WrongPin),
            (reply({"valid": False, "require_new_pin": True}), WrongPin),
            (reply({"message": "Unauthorized Access", "code": 101}, 401), SignInRefused),
            (reply(b"<html>", 403), SignInBlocked),
            (reply({"message": "An app update is required"}, 426), AppUpdateRequired),
            (reply({"message": "Slow down"}, 429), TooManySignIns),
            (reply({"message": "sorry"}, 500), ServerError),
            (reply({"message": "what?"}), BlinkResponseError),
            (reply(b"<html>"), BlinkResponseError),
        ],
    )
    async def test_each_is_told_as_what_it_is(self, answer: bytes, error: type[BlinkError]) -> None:
        with pytest.raises(error):
            await entering_the_code(answer)

    async def test_a_right_code_says_so(self) -> None:
        await entering_the_code(reply({"valid": True, "require_new_pin": False, "code": 1626}))
