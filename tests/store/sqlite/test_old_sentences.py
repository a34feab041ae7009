"""Sentences that earlier versions kept, as codes."""

import json

import pytest

from blinkbot.domain.failures import FailureCode, FailureReason
from blinkbot.store.sqlite import old_sentences
from blinkbot.store.sqlite.old_sentences import code_of


@pytest.mark.parametrize(
    ("sentence", "kept"),
    [
        ("Telegram does not take the file.", {"code": "refused"}),
        (
            "it has 61 MB, and Telegram takes at most 50 from a bot.",
            {"code": "too big", "size": 61_000_000, "limit": 50_000_000},
        ),
        ("The file cannot be read. Try again in a minute.", {"code": "error", "error": "MediaError"}),
        (
            "it could not be had for two days. Blink wants us to slow down. Try again in some minutes.",
            {"code": "unavailable", "error": "Throttled"},
        ),
        (
            "it could not be had for two days. Blink refused: Clip is <locked>. Try again in a minute.",
            {"code": "unavailable", "error": "BlinkRefused", "message": "Clip is <locked>."},
        ),
        (
            "it could not be had for two days. Blink has locked the account; try again in 600 seconds",
            {"code": "unavailable", "error": "TooManySignIns", "limit": "LOCKED", "wait": 600},
        ),
    ],
)
def test_a_sentence_becomes_a_code_with_its_values(sentence: str, kept: dict[str, object]) -> None:
    assert json.loads(code_of(sentence)) == kept


@pytest.mark.parametrize("sentence", ["A word of my own.", "it could not be had for two days. Who knows.", "{}", "[1]"])
def test_of_what_is_not_known_the_sentence_is_kept(sentence: str) -> None:
    assert FailureReason.from_json(code_of(sentence)) == FailureReason(FailureCode.OTHER, {"message": sentence})


def test_each_error_in_them_is_known() -> None:
    for name in old_sentences._ERRORS.values():
        assert FailureReason(FailureCode.ERROR, {"error": name}).error is not None
