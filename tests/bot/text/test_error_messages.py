"""Every error ends in a sentence a person understands."""

import inspect

import pytest

from blinkbot import errors
from blinkbot.bot.text.error_messages import error_message, sign_in_needed
from blinkbot.errors import (
    BlinkbotError,
    BlinkError,
    BlinkRefused,
    BlinkResponseError,
    BudgetSpent,
    ConfigError,
    LiveViewEnd,
    LiveViewFailed,
    Missing,
    NotFound,
    NotSignedIn,
    PinProblem,
    SessionEnded,
    SignInLimit,
    TooManySignIns,
    WrongCredentials,
    WrongPin,
)


def made(kind: type[BlinkError]) -> list[BlinkError]:
    if kind is TooManySignIns:
        return [TooManySignIns(limit, wait, 5) for limit in SignInLimit for wait in (None, 1.0, 45.5, 3600)]
    if kind is WrongPin:
        return [WrongPin(problem) for problem in PinProblem]
    if kind is LiveViewFailed:
        return [LiveViewFailed(end, "secret detail") for end in LiveViewEnd]
    if kind is NotFound:
        return [NotFound("some-operation", missing=missing) for missing in (None, *Missing)]
    if issubclass(kind, BlinkRefused):
        return [kind("some-operation", 499), kind("some-operation", 499, code=1630), kind("some-operation", 499, "No.")]
    return [kind("some-operation", "problem") if issubclass(kind, BlinkResponseError) else kind("secret detail")]


ALL = [
    error
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, BlinkError)
    for error in made(kind)
]


@pytest.mark.parametrize("error", ALL, ids=repr)
def test_each_kind_of_trouble_has_its_sentence(error: BlinkError) -> None:
    told = error_message(error)
    assert told != error_message(None)
    assert told.endswith((".", "123456"))
    assert told[0].isupper()
    assert "secret detail" not in told
    assert "some-operation" not in told
    assert "{" not in told
    assert len(told) < 200


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            BudgetSpent("arm", 429, retry_after=400),
            "I've sent Blink all the requests I may send in an hour. Try again in 7 min.",
        ),
        (TooManySignIns(SignInLimit.CODE_SENT, 22.3), "A code is on its way. Ask for a new one in 23 s."),
        (TooManySignIns(SignInLimit.CODE_SENT, 0.5), "A code is on its way. Ask for a new one in 1 s."),
        (
            TooManySignIns(SignInLimit.ATTEMPTS, 400, 5),
            "I've signed in 5 times within an hour. More could make Blink lock the account: try again in 7 min.",
        ),
        (TooManySignIns(SignInLimit.LOCKED, 90), "Blink has locked the account for now. Try again in 90 s."),
        (TooManySignIns(SignInLimit.THROTTLED), "Too many sign-ins in a short time. Try again in an hour or so."),
    ],
)
def test_too_many_sign_ins_say_how_long_to_wait(error: TooManySignIns, told: str) -> None:
    assert error_message(error) == told


def test_blinks_own_words_are_given_on() -> None:
    told = error_message(BlinkRefused("new-thumbnail", 200, "Camera is <asleep>."))
    assert told == "Blink says “Camera is <asleep>”. Try again in a minute."


def test_a_long_word_of_blinks_is_cut() -> None:
    assert len(error_message(BlinkRefused("arm", 400, "so " * 200))) < 250


def test_the_codes_of_blink_that_a_person_meets_are_worded() -> None:
    assert error_message(BlinkRefused("lights", 400, "Wrong device type", 1630)) == "This device can't do that."


def test_why_a_sign_in_is_needed() -> None:
    assert sign_in_needed(SessionEnded("no")) == "Blink signed me out. No alerts until you sign in again."
    assert sign_in_needed(NotSignedIn("no")) == "I'm not signed in to Blink. No alerts until you sign in."
    assert sign_in_needed(WrongCredentials("no")).endswith(
        "Correct them, then restart me. No alerts until you sign in."
    )


@pytest.mark.parametrize("error", [KeyError("x"), None, ConfigError([], None), BlinkbotError("x")])
def test_what_nobody_foresaw_has_a_sentence_too(error: Exception | None) -> None:
    assert error_message(error) == error_message(None)
