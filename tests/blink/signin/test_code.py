"""Signing in with the code that Blink sends: entered, entered wrong, and asked for anew."""

import pytest

from blinkbot.domain import PinRequest, Tokens
from blinkbot.errors import (
    AppUpdateRequired,
    BlinkError,
    BlinkUnreachable,
    ClientRefused,
    NotSignedIn,
    PinProblem,
    ServerError,
    SignInBlocked,
    SignInLimit,
    SignInRefused,
    TooManySignIns,
    WrongPin,
)
from tests.blink.helpers import reply
from tests.blink.signin.signin_pages import PIN, PIN_BODY, Client, lost


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
        self, client: Client, answer: bytes, request_told: PinRequest
    ) -> None:
        client.refuse("POST /oauth/v2/signin", answer)
        assert await client.sign_in.start() == request_told

    async def test_the_right_code_signs_in(self, asked: Client) -> None:
        tokens = await asked.sign_in.finish(PIN)
        assert tokens.access == "first-access"
        seen = asked.sent("POST /oauth/v2/2fa/verify")[0]
        assert seen.form == {"2fa_code": PIN, "csrf-token": "page-token", "remember_me": "false"}
        assert seen.headers["referer"] == f"{asked.loopback.url}/oauth/v2/signin"

    async def test_a_code_may_be_typed_with_spaces(self, asked: Client) -> None:
        assert await asked.sign_in.finish(" 482 915 ")

    async def test_a_wrong_code_may_be_entered_again(self, asked: Client) -> None:
        with pytest.raises(WrongPin):
            await asked.sign_in.finish("000000")
        assert await asked.sign_in.finish(PIN)
        assert len(asked.sent("POST /oauth/v2/signin")) == 1

    async def test_a_polite_no_is_a_wrong_code_too(self, asked: Client) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", reply({"message": "Invalid PIN"}))
        with pytest.raises(WrongPin):
            await asked.sign_in.finish("000000")
        del asked.blink.answers["POST /oauth/v2/2fa/verify"]
        assert await asked.sign_in.finish(PIN)

    @pytest.mark.parametrize("pin", ["", "12", "abcdef", "123456789", "４８２９１５", "48-2915"])
    async def test_what_cannot_be_a_code_is_not_sent(self, asked: Client, pin: str) -> None:
        with pytest.raises(WrongPin) as refused:
            await asked.sign_in.finish(pin)
        assert refused.value.problem is PinProblem.UNREADABLE
        assert asked.sent("POST /oauth/v2/2fa/verify") == []

    async def test_a_code_nobody_asked_for_is_not_sent(self, client: Client) -> None:
        with pytest.raises(NotSignedIn):
            await client.sign_in.finish(PIN)
        assert client.loopback.seen == []

    async def test_a_code_works_once(self, asked: Client) -> None:
        await asked.sign_in.finish(PIN)
        with pytest.raises(NotSignedIn):
            await asked.sign_in.finish(PIN)

    async def test_a_line_that_breaks_after_the_code_does_not_cost_the_code(self, asked: Client) -> None:
        asked.refuse("POST /oauth/token", b"")
        with pytest.raises(BlinkUnreachable):
            await asked.sign_in.finish(PIN)
        del asked.blink.answers["POST /oauth/token"]
        assert await asked.sign_in.finish(PIN)
        assert len(asked.sent("POST /oauth/v2/2fa/verify")) == 1

    @pytest.mark.parametrize(("status", "error"), [(503, ServerError), (426, AppUpdateRequired), (403, SignInBlocked)])
    async def test_trouble_with_blink_is_not_a_wrong_code(
        self, asked: Client, status: int, error: type[BlinkError]
    ) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", reply(status=status))
        with pytest.raises(error):
            await asked.sign_in.finish(PIN)
        del asked.blink.answers["POST /oauth/v2/2fa/verify"]
        assert await asked.sign_in.finish(PIN)

    async def test_tokens_that_blink_does_not_take_are_fetched_anew(self, asked: Client) -> None:
        asked.refuse("GET /api/v1/users/tier_info", reply({"code": 101}, 401))
        with pytest.raises(SignInRefused):
            await asked.sign_in.finish(PIN)
        del asked.blink.answers["GET /api/v1/users/tier_info"]
        assert await asked.sign_in.finish(PIN)
        assert len(asked.sent("POST /oauth/token")) == 2
        assert len(asked.sent("POST /oauth/v2/2fa/verify")) == 1

    @pytest.mark.parametrize("trouble", [b"", reply(status=500)])
    async def test_trouble_with_the_last_step_repeats_that_alone(self, asked: Client, trouble: bytes) -> None:
        asked.refuse("GET /api/v1/users/tier_info", trouble)
        with pytest.raises(BlinkError):
            await asked.sign_in.finish(PIN)
        del asked.blink.answers["GET /api/v1/users/tier_info"]
        assert await asked.sign_in.finish(PIN)
        assert len(asked.sent("POST /oauth/token")) == 1

    @pytest.mark.parametrize(
        ("answer", "error"),
        [(reply(status=406), ClientRefused), (reply(status=429), TooManySignIns), (lost(), SignInRefused)],
    )
    async def test_some_answers_to_a_code_end_the_attempt(
        self, asked: Client, answer: bytes, error: type[BlinkError]
    ) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", answer)
        with pytest.raises(error):
            await asked.sign_in.finish(PIN)
        with pytest.raises(NotSignedIn):
            await asked.sign_in.finish(PIN)


class TestANewCode:
    async def test_it_is_not_asked_for_too_early(self, asked: Client) -> None:
        asked.time.forward(14.5)
        with pytest.raises(TooManySignIns) as refused:
            await asked.sign_in.resend()
        assert (refused.value.limit, refused.value.wait) == (SignInLimit.CODE_SENT, 45.5)
        assert len(asked.sent("POST /oauth/v2/signin")) == 1

    async def test_it_can_be_asked_for_later(self, asked: Client) -> None:
        asked.time.forward(60)
        assert await asked.sign_in.resend() == PinRequest("whatsapp", "+1 *** 77", 60)
        with pytest.raises(TooManySignIns):
            await asked.sign_in.resend()
        assert await asked.sign_in.finish(PIN)

    async def test_asking_may_turn_out_to_be_signed_in(self, asked: Client) -> None:
        asked.time.forward(60)
        asked.blink.pin_needed = False
        assert isinstance(await asked.sign_in.resend(), Tokens)

    async def test_without_an_attempt_nothing_is_sent(self, client: Client) -> None:
        with pytest.raises(NotSignedIn):
            await client.sign_in.resend()
        assert client.loopback.seen == []

    async def test_a_failed_resend_leaves_the_old_code_good(self, asked: Client) -> None:
        asked.time.forward(60)
        asked.refuse("POST /oauth/v2/signin", b"")
        with pytest.raises(BlinkUnreachable):
            await asked.sign_in.resend()
        assert await asked.sign_in.finish(PIN)

    @pytest.mark.parametrize("answer", [lost(), reply(status=429), reply(status=406)])
    async def test_after_an_attempt_that_blink_ended_it_begins_another(self, asked: Client, answer: bytes) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", answer)
        with pytest.raises(BlinkError):
            await asked.sign_in.finish(PIN)
        del asked.blink.answers["POST /oauth/v2/2fa/verify"]
        assert await asked.sign_in.resend() == PinRequest("whatsapp", "+1 *** 77", 60)
        assert await asked.sign_in.finish(PIN)
        assert len(asked.sent("POST /oauth/v2/signin")) == 2

    async def test_a_sign_in_that_blink_forgot_is_begun_anew_at_the_second_word(self, asked: Client) -> None:
        asked.time.forward(3600)
        asked.refuse("GET /oauth/v2/signin", lost())
        with pytest.raises(SignInRefused, match="lost track"):
            await asked.sign_in.resend()
        assert len(asked.sent("POST /oauth/v2/signin")) == 1
        del asked.blink.answers["GET /oauth/v2/signin"]
        assert isinstance(await asked.sign_in.resend(), PinRequest)
        assert await asked.sign_in.finish(PIN)

    async def test_what_could_not_be_begun_can_be_begun_later(self, asked: Client) -> None:
        asked.refuse("POST /oauth/v2/2fa/verify", lost())
        with pytest.raises(SignInRefused):
            await asked.sign_in.finish(PIN)
        asked.refuse("GET /oauth/v2/signin", b"")
        with pytest.raises(BlinkUnreachable):
            await asked.sign_in.resend()
        del asked.blink.answers["GET /oauth/v2/signin"]
        assert isinstance(await asked.sign_in.resend(), PinRequest)
