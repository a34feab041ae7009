"""What signing in answers."""

import pytest

from blinkbot.blink.wire.signin import Account, account, granted_tokens, pin_request
from blinkbot.domain import PinRequest
from blinkbot.errors import BlinkResponseError


def test_a_code_request_says_where_the_code_went() -> None:
    body = {"tsv_state": "sms", "tsv_methods": ["sms"], "next_time_in_secs": 60, "phone": "+1******77"}
    assert pin_request(body) == PinRequest("sms", "+1******77", 60)


@pytest.mark.parametrize("body", [None, "", [], {}, {"tsv_state": [], "next_time_in_secs": "soon"}])
def test_a_code_request_may_say_nothing(body: object) -> None:
    assert pin_request(body) == PinRequest()


def test_tokens_do_not_show_themselves() -> None:
    shown = repr(granted_tokens("the token", {"access_token": "aaa", "refresh_token": "rrr", "expires_in": 60}))
    assert "aaa" not in shown
    assert "rrr" not in shown


@pytest.mark.parametrize("access", [None, "", 5, "a b", "a\r\nX: y", "tökén"])
def test_a_token_that_cannot_stand_in_a_header_is_an_error(access: object) -> None:
    with pytest.raises(BlinkResponseError) as raised:
        granted_tokens("the token", {"access_token": access, "refresh_token": "r"})
    assert raised.value.field == "access_token"


@pytest.mark.parametrize("lifetime", [None, "soon", -1, 0, 10**30, True])
def test_a_lifetime_that_makes_no_sense_is_the_usual_one(lifetime: object) -> None:
    body = {"access_token": "a", "refresh_token": "r", "expires_in": lifetime}
    assert granted_tokens("the token", body).lifetime == 14400


def test_the_account_has_a_tier() -> None:
    assert account({"tier": "u014", "account_id": "7"}) == Account(7, "u014")


@pytest.mark.parametrize("body", [{}, {"tier": "u014"}, {"account_id": 7}, {"tier": 14, "account_id": 7}, []])
def test_an_account_without_its_parts_is_an_error(body: object) -> None:
    with pytest.raises(BlinkResponseError):
        account(body)
