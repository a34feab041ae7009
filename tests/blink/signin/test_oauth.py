"""Signing in, step by step: with and without a code, with everything that can be refused, and never by itself."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.signin.oauth import OAuthSignIn
from blinkbot.domain import PinRequest, Tokens
from blinkbot.errors import (
    AppUpdateRequired,
    BlinkError,
    BlinkResponseError,
    BlinkUnreachable,
    ClientRefused,
    NotSignedIn,
    PinProblem,
    ServerError,
    SignInLimit,
    SignInRefused,
    TooManySignIns,
    WrongCredentials,
    WrongPin,
)
from tests.blink.helpers import HARDWARE_ID, NOON, FakeTime, Loopback, Seen, reply

EMAIL, PASSWORD, PIN = "anna@example.com", "pass&word=ü", "482915"
PAGE = b"""<!doctype html><script id="other" type="application/json">{"csrf-token": "not this"}</script>
<script type='application/json' id='oauth-args'>{"csrf-token": "page-token", "x": "\\u003c"}</script><form></form>"""
PIN_BODY = {"tsv_state": "whatsapp", "tsv_methods": ["sms"], "next_time_in_secs": 60, "phone": "+1 *** 77"}
CALLBACK = "immedia-blink://applinks.blink.com/signin/callback?code=the-code&state=x"
PAIR = {"access_token": "first-access", "refresh_token": "first-refresh", "expires_in": 14400, "token_type": "Bearer"}

Answers = dict[str, Callable[[Seen], bytes]]


class Blink:
    """The sign-in pages, answering as told: `answers["POST /oauth/v2/signin"]` and so on."""

    def __init__(self) -> None:
        self.pin_needed = False
        self.pin_entered = False
        self.answers: Answers = {}

    async def answer(self, seen: Seen) -> bytes:
        """The loopback server's answer."""
        step = f"{seen.method} {seen.path}"
        if step in self.answers:
            return self.answers[step](seen)
        return getattr(self, STEPS[step])(seen)  # type: ignore[no-any-return]

    def authorize(self, seen: Seen) -> bytes:
        """Steps 1 and 5."""
        if seen.query:
            return reply(b"", 302, {"Location": "/oauth/v2/signin", "Set-Cookie": "jar=1; Path=/oauth"})
        signed_in = not self.pin_needed or self.pin_entered
        return reply(b"", 302, {"Location": CALLBACK if signed_in else "/oauth/v2/signin"})

    def page(self, seen: Seen) -> bytes:
        """Step 2."""
        return reply(PAGE, headers={"Content-Type": "text/html"}) if "jar=1" in seen.headers["cookie"] else lost()

    def password(self, seen: Seen) -> bytes:
        """Step 3."""
        if "jar=1" not in seen.headers.get("cookie", ""):
            return lost()
        return reply(PIN_BODY, 202) if self.pin_needed else reply(b"", 303, {"Location": "/oauth/v2/authorize"})

    def pin(self, seen: Seen) -> bytes:
        """Step 4."""
        if seen.form["2fa_code"] != PIN:
            return reply({"error": "invalid_2fa_code"}, 400)
        self.pin_entered = True
        return reply({"status": "auth-completed"}, 201)

    def token(self, seen: Seen) -> bytes:
        """Step 6."""
        return reply(PAIR)

    def tier(self, seen: Seen) -> bytes:
        """Step 7."""
        return reply({"tier": "u014", "account_id": 7})


STEPS = {
    "GET /oauth/v2/authorize": "authorize",
    "GET /oauth/v2/signin": "page",
    "POST /oauth/v2/signin": "password",
    "POST /oauth/v2/2fa/verify": "pin",
    "POST /oauth/token": "token",
    "GET /api/v1/users/tier_info": "tier",
}


def lost() -> bytes:
    return reply({"error": "empty_cookies"}, 400)


class Desk:
    """A sign-in and the pages it talks to."""

    def __init__(self, blink: Blink, loopback: Loopback) -> None:
        self.blink = blink
        self.loopback = loopback
        self.time = FakeTime()
        urls = BlinkUrls(oauth=loopback.url, rest=loopback.url)
        self.sign_in = OAuthSignIn(urls, EMAIL, PASSWORD, HARDWARE_ID, self.time.timing)

    def refuse(self, step: str, answer: bytes) -> None:
        """Answer a step with this from now on."""
        self.blink.answers[step] = lambda seen: answer

    def sent(self, step: str) -> list[Seen]:
        """The requests of a step so far."""
        return [seen for seen in self.loopback.seen if f"{seen.method} {seen.path}" == step]


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    blink = Blink()
    async with Loopback(blink.answer) as loopback:
        desk = Desk(blink, loopback)
        yield desk
        await desk.sign_in.aclose()


@pytest.fixture
async def asked(desk: Desk) -> Desk:
    """A desk where Blink has just sent a code."""
    desk.blink.pin_needed = True
    assert isinstance(await desk.sign_in.start(), PinRequest)
    return desk


class TestWithoutACode:
    async def test_the_tokens_tell_whose_they_are_and_until_when(self, desk: Desk) -> None:
        assert await desk.sign_in.start() == Tokens(
            "first-access", "first-refresh", NOON + timedelta(hours=4), 7, "u014"
        )

    async def test_the_seven_steps_come_in_order(self, desk: Desk) -> None:
        await desk.sign_in.start()
        assert [f"{seen.method} {seen.path}" for seen in desk.loopback.seen] == [
            "GET /oauth/v2/authorize",
            "GET /oauth/v2/signin",
            "GET /oauth/v2/signin",
            "POST /oauth/v2/signin",
            "GET /oauth/v2/authorize",
            "POST /oauth/token",
            "GET /api/v1/users/tier_info",
        ]

    async def test_the_first_step_says_what_the_protocol_says(self, desk: Desk) -> None:
        await desk.sign_in.start()
        query = desk.loopback.seen[0].query
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

    async def test_the_password_goes_with_the_pages_token_and_headers(self, desk: Desk) -> None:
        await desk.sign_in.start()
        seen = desk.sent("POST /oauth/v2/signin")[0]
        assert seen.form == {"username": EMAIL, "password": PASSWORD, "csrf-token": "page-token"}
        assert seen.headers["origin"] == desk.loopback.url
        assert seen.headers["referer"] == f"{desk.loopback.url}/oauth/v2/signin"
        assert "Safari" in seen.headers["user-agent"]

    async def test_the_token_is_fetched_with_the_secret_of_the_first_step(self, desk: Desk) -> None:
        await desk.sign_in.start()
        seen = desk.sent("POST /oauth/token")[0]
        form = seen.form
        digest = hashlib.sha256(form.pop("code_verifier").encode()).digest()
        challenge = desk.loopback.seen[0].query["code_challenge"]
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

    async def test_every_attempt_has_its_own_secret_and_cookies(self, desk: Desk) -> None:
        await desk.sign_in.start()
        await desk.sign_in.start()
        first, second = (seen for seen in desk.sent("GET /oauth/v2/authorize") if seen.query)
        assert first.query["code_challenge"] != second.query["code_challenge"]
        assert "cookie" not in second.headers

    async def test_the_password_is_not_sent_after_a_redirect(self, desk: Desk) -> None:
        async with Loopback(desk.blink.answer) as elsewhere:
            desk.refuse("POST /oauth/v2/signin", reply(b"", 307, {"Location": f"{elsewhere.url}/oauth/v2/signin"}))
            await desk.sign_in.start()
            assert elsewhere.seen == []


class TestWithACode:
    @pytest.mark.parametrize(
        ("answer", "request_told"),
        [
            (reply(PIN_BODY, 202), PinRequest("whatsapp", "+1 *** 77", 60)),
            (reply(PIN_BODY, 412), PinRequest("whatsapp", "+1 *** 77", 60)),
            (reply(b"", 412), PinRequest()),
            (reply(b"<html>Enter the code</html>", 202), PinRequest()),
            (reply([1], 412), PinRequest()),
            (reply({"tsv_state": 5, "next_time_in_secs": "later"}, 202), PinRequest("5")),
        ],
    )
    async def test_both_answers_ask_for_it_with_or_without_a_body(
        self, desk: Desk, answer: bytes, request_told: PinRequest
    ) -> None:
        desk.refuse("POST /oauth/v2/signin", answer)
        assert await desk.sign_in.start() == request_told

    async def test_the_right_code_signs_in(self, asked: Desk) -> None:
        tokens = await asked.sign_in.finish(PIN)
        assert tokens.access == "first-access"
        seen = asked.sent("POST /oauth/v2/2fa/verify")[0]
        assert seen.form == {"2fa_code": PIN, "csrf-token": "page-token", "remember_me": "false"}
        assert seen.headers["referer"] == f"{asked.loopback.url}/oauth/v2/signin"

    async def test_a_code_may_be_typed_with_spaces(self, asked: Desk) -> None:
        assert await asked.sign_in.finish(" 482 915 ")

    async def test_a_wrong_code_may_be_entered_again(self, asked: Desk) -> None:
        with pytest.raises(WrongPin):
            await asked.sign_in.finish("000000")
        assert await asked.sign_in.finish(PIN)
        assert len(asked.sent("POST /oauth/v2/signin")) == 1

    async def test_a_polite_no_is_a_wrong_code_too(self, asked: Desk) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", reply({"message": "Invalid PIN"}))
        with pytest.raises(WrongPin):
            await asked.sign_in.finish("000000")
        del asked.blink.answers["POST /oauth/v2/2fa/verify"]
        assert await asked.sign_in.finish(PIN)

    @pytest.mark.parametrize("pin", ["", "12", "abcdef", "123456789", "４８２９１５", "48-2915"])
    async def test_what_cannot_be_a_code_is_not_sent(self, asked: Desk, pin: str) -> None:
        with pytest.raises(WrongPin) as refused:
            await asked.sign_in.finish(pin)
        assert refused.value.problem is PinProblem.UNREADABLE
        assert asked.sent("POST /oauth/v2/2fa/verify") == []

    async def test_a_code_nobody_asked_for_is_not_sent(self, desk: Desk) -> None:
        with pytest.raises(NotSignedIn):
            await desk.sign_in.finish(PIN)
        assert desk.loopback.seen == []

    async def test_a_code_works_once(self, asked: Desk) -> None:
        await asked.sign_in.finish(PIN)
        with pytest.raises(NotSignedIn):
            await asked.sign_in.finish(PIN)

    async def test_a_line_that_breaks_after_the_code_does_not_cost_the_code(self, asked: Desk) -> None:
        asked.refuse("POST /oauth/token", b"")
        with pytest.raises(BlinkUnreachable):
            await asked.sign_in.finish(PIN)
        del asked.blink.answers["POST /oauth/token"]
        assert await asked.sign_in.finish(PIN)
        assert len(asked.sent("POST /oauth/v2/2fa/verify")) == 1

    @pytest.mark.parametrize(("status", "error"), [(503, ServerError), (426, AppUpdateRequired)])
    async def test_trouble_with_blink_is_not_a_wrong_code(
        self, asked: Desk, status: int, error: type[BlinkError]
    ) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", reply(status=status))
        with pytest.raises(error):
            await asked.sign_in.finish(PIN)
        del asked.blink.answers["POST /oauth/v2/2fa/verify"]
        assert await asked.sign_in.finish(PIN)

    @pytest.mark.parametrize(
        ("answer", "error"),
        [(reply(status=406), ClientRefused), (reply(status=429), TooManySignIns), (lost(), SignInRefused)],
    )
    async def test_some_answers_to_a_code_end_the_attempt(
        self, asked: Desk, answer: bytes, error: type[BlinkError]
    ) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", answer)
        with pytest.raises(error):
            await asked.sign_in.finish(PIN)
        with pytest.raises(NotSignedIn):
            await asked.sign_in.finish(PIN)


class TestANewCode:
    async def test_it_is_not_asked_for_too_early(self, asked: Desk) -> None:
        asked.time.forward(14.5)
        with pytest.raises(TooManySignIns) as refused:
            await asked.sign_in.resend()
        assert (refused.value.limit, refused.value.wait) == (SignInLimit.CODE_SENT, 45.5)
        assert len(asked.sent("POST /oauth/v2/signin")) == 1

    async def test_it_can_be_asked_for_later(self, asked: Desk) -> None:
        asked.time.forward(60)
        assert await asked.sign_in.resend() == PinRequest("whatsapp", "+1 *** 77", 60)
        with pytest.raises(TooManySignIns):
            await asked.sign_in.resend()
        assert await asked.sign_in.finish(PIN)

    async def test_asking_may_turn_out_to_be_signed_in(self, asked: Desk) -> None:
        asked.time.forward(60)
        asked.blink.pin_needed = False
        assert isinstance(await asked.sign_in.resend(), Tokens)

    async def test_without_an_attempt_nothing_is_sent(self, desk: Desk) -> None:
        with pytest.raises(NotSignedIn):
            await desk.sign_in.resend()
        assert desk.loopback.seen == []

    async def test_a_failed_resend_leaves_the_old_code_good(self, asked: Desk) -> None:
        asked.time.forward(60)
        asked.refuse("POST /oauth/v2/signin", b"")
        with pytest.raises(BlinkUnreachable):
            await asked.sign_in.resend()
        assert await asked.sign_in.finish(PIN)

    @pytest.mark.parametrize("answer", [lost(), reply(status=429), reply(status=406)])
    async def test_after_an_attempt_that_blink_ended_it_begins_another(self, asked: Desk, answer: bytes) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", answer)
        with pytest.raises(BlinkError):
            await asked.sign_in.finish(PIN)
        del asked.blink.answers["POST /oauth/v2/2fa/verify"]
        assert await asked.sign_in.resend() == PinRequest("whatsapp", "+1 *** 77", 60)
        assert await asked.sign_in.finish(PIN)
        assert len(asked.sent("POST /oauth/v2/signin")) == 2

    async def test_a_sign_in_that_blink_forgot_is_begun_anew_at_the_second_word(self, asked: Desk) -> None:
        asked.time.forward(3600)
        asked.refuse("GET /oauth/v2/signin", lost())
        with pytest.raises(SignInRefused, match="lost track"):
            await asked.sign_in.resend()
        assert len(asked.sent("POST /oauth/v2/signin")) == 1
        del asked.blink.answers["GET /oauth/v2/signin"]
        assert isinstance(await asked.sign_in.resend(), PinRequest)
        assert await asked.sign_in.finish(PIN)

    async def test_what_could_not_be_begun_can_be_begun_later(self, asked: Desk) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", lost())
        with pytest.raises(SignInRefused):
            await asked.sign_in.finish(PIN)
        asked.refuse("GET /oauth/v2/signin", b"")
        with pytest.raises(BlinkUnreachable):
            await asked.sign_in.resend()
        del asked.blink.answers["GET /oauth/v2/signin"]
        assert isinstance(await asked.sign_in.resend(), PinRequest)


class TestRefusals:
    @pytest.mark.parametrize(
        ("step", "answer", "error"),
        [
            ("POST /oauth/v2/signin", reply(status=401), WrongCredentials),
            ("POST /oauth/v2/signin", reply(b"<html>", 403), WrongCredentials),
            ("POST /oauth/v2/signin", reply(status=406), ClientRefused),
            ("GET /oauth/v2/authorize", reply(status=406), ClientRefused),
            ("POST /oauth/v2/signin", reply(status=429), TooManySignIns),
            ("POST /oauth/v2/signin", lost(), SignInRefused),
            ("GET /oauth/v2/authorize", reply(status=403), SignInRefused),
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
        ],
    )
    async def test_each_is_its_own_error_and_nothing_is_tried_again(
        self, desk: Desk, step: str, answer: bytes, error: type[BlinkError]
    ) -> None:
        desk.refuse(step, answer)
        with pytest.raises(error):
            await desk.sign_in.start()
        assert len(desk.sent("POST /oauth/v2/signin")) <= 1
        assert len(desk.sent(step)) <= 2
        assert desk.time.slept == []

    async def test_too_many_sign_ins_say_when_to_come_back(self, desk: Desk) -> None:
        desk.refuse("POST /oauth/v2/signin", reply(status=429, headers={"Retry-After": "1800"}))
        with pytest.raises(TooManySignIns) as refused:
            await desk.sign_in.start()
        assert (refused.value.limit, refused.value.wait) == (SignInLimit.THROTTLED, 1800)

    @pytest.mark.parametrize("location", ["", "/oauth/v2/signin", "immedia-blink://x?error=access_denied"])
    async def test_an_authorization_without_a_code_is_an_error(self, desk: Desk, location: str) -> None:
        def authorize(seen: Seen) -> bytes:
            return desk.blink.authorize(seen) if seen.query else reply(b"", 302, {"Location": location})

        desk.blink.answers["GET /oauth/v2/authorize"] = authorize
        with pytest.raises(BlinkResponseError, match="field code"):
            await desk.sign_in.start()

    async def test_a_redirect_into_nothing_is_an_error(self, desk: Desk) -> None:
        desk.refuse("GET /oauth/v2/authorize", reply(b"", 302, {"Location": "immedia-blink://nowhere"}))
        with pytest.raises(BlinkError):
            await desk.sign_in.start()

    async def test_nothing_secret_is_in_an_error(self, desk: Desk) -> None:
        desk.refuse("POST /oauth/token", reply({"message": "no", "error": "first-refresh"}, 400))
        with pytest.raises(BlinkError) as raised:
            await desk.sign_in.start()
        told = str(raised.value) + repr(raised.value) + repr(desk.sign_in)
        assert not any(secret in told for secret in (PASSWORD, "first-refresh", "the-code"))


async def test_two_starts_at_once_come_one_after_the_other(desk: Desk) -> None:
    both: tuple[Awaitable[Tokens | PinRequest], ...] = (desk.sign_in.start(), desk.sign_in.start())
    assert [isinstance(tokens, Tokens) for tokens in await asyncio.gather(*both)] == [True, True]
    assert [seen.path for seen in desk.loopback.seen[:7]] == [seen.path for seen in desk.loopback.seen[7:]]
