"""Why no video comes, in words."""

import pytest

from blinkbot.bot.text.delivery import shrinking, why
from blinkbot.domain.failures import FailureCode, FailureReason
from blinkbot.errors import (
    BlinkRefused,
    Busy,
    LiveViewEnd,
    LiveViewFailed,
    MediaError,
    NotFound,
    PlotsMissing,
    SignInLimit,
    TooManySignIns,
    UnsafeHost,
)


@pytest.mark.parametrize("code", list(FailureCode))
def test_each_code_has_words_that_are_kept(code: FailureCode) -> None:
    reason = FailureReason(code, {"size": 61_200_000, "limit": 50_000_000, "message": "A word of before."})
    assert FailureReason.from_json(reason.as_json()) == reason
    assert why(reason).endswith(".")


def test_a_size_is_told_in_megabytes() -> None:
    reason = FailureReason(FailureCode.TOO_BIG, {"size": 61_200_000, "limit": 50_000_000})
    assert why(reason) == "It has 62 MB, and Telegram takes 50 MB at most from a bot."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Busy("video", 409), "I tried for two days. The sync module is busy."),
        (BlinkRefused("video", 400, "Clip is <locked>"), "Blink says “Clip is <locked>”."),
        (NotFound("video"), "Blink doesn't have it any more."),
        (LiveViewFailed(LiveViewEnd.ENDED), "The camera may be offline"),
        (UnsafeHost("evil.example"), "Blink pointed to an unknown server"),
        (PlotsMissing("matplotlib"), "The file can't be read."),
        (MediaError("cut short"), "The file can't be read."),
        (TooManySignIns(SignInLimit.LOCKED, 600.0), "Blink has locked the account for now. Try again in 10 min."),
        (RuntimeError("a mistake"), "Something went wrong inside the bot."),
    ],
)
def test_an_error_is_worded_as_ever_after_it_was_kept(error: Exception, words: str) -> None:
    kept = FailureReason.of_error(error, FailureCode.UNAVAILABLE).as_json()
    assert words in why(FailureReason.from_json(kept))


def test_progress_is_told_in_percent() -> None:
    assert "40%" in shrinking(0.4)


def test_a_size_just_above_the_limit_is_not_told_as_the_limit() -> None:
    reason = FailureReason(FailureCode.TOO_BIG, {"size": 50_000_001, "limit": 50_000_000})
    assert why(reason) == "It has 51 MB, and Telegram takes 50 MB at most from a bot."
