"""Every error ends in a sentence a person understands."""

import inspect

import pytest

from blinkbot import errors
from blinkbot.bot.text.error_messages import SOMETHING_BROKE, complaint
from blinkbot.errors import BlinkError, BlinkRefused, BlinkResponseError, TooManySignIns

BLINK_ERRORS = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, BlinkError)]


def made(kind: type[BlinkError]) -> BlinkError:
    if issubclass(kind, BlinkRefused):
        return kind("some-operation", 499)
    return kind("some-operation", "problem") if issubclass(kind, BlinkResponseError) else kind("secret detail")


@pytest.mark.parametrize("kind", [kind for kind in BLINK_ERRORS if kind is not TooManySignIns])
def test_each_kind_of_trouble_has_its_sentence(kind: type[BlinkError]) -> None:
    told = complaint(made(kind))
    assert told != SOMETHING_BROKE
    assert told.endswith(".")
    assert "secret detail" not in told
    assert "some-operation" not in told
    assert len(told) < 200


def test_too_many_sign_ins_say_how_long_to_wait() -> None:
    assert complaint(TooManySignIns("Try again in 7 minutes.")) == "Try again in 7 minutes."


def test_blinks_own_words_are_given_on() -> None:
    told = complaint(BlinkRefused("new-thumbnail", 200, "Camera is <asleep>"))
    assert told == "Blink refused: Camera is <asleep>. Try again in a minute."


def test_what_nobody_foresaw_has_a_sentence_too() -> None:
    assert complaint(KeyError("x")) == SOMETHING_BROKE
