"""Hours of each day, as people write them."""

from datetime import time

import pytest

from blinkbot.bot.text.times import hours_problem
from blinkbot.bot.timeparse.problems import TimeProblem
from blinkbot.bot.timeparse.quiet import read_quiet
from blinkbot.domain.preferences import QuietHours


def answer(text: str) -> str:
    """What is said about words that are no hours."""
    read = read_quiet(text)
    assert isinstance(read, TimeProblem), read
    return hours_problem(read, "/quiet")


@pytest.mark.parametrize(
    "text",
    [
        "22:00-07:00",
        "22-7",
        "22:00 – 7:00",
        "10pm to 7am",
        "10 pm-7 am",
        "from 22 to 7",
        "22 until 7",
        "22 Uhr - 7 Uhr",
        "22:00 Uhr - 7:00 Uhr",
        "10-7am",
        "22:00 07:00",
        "22 7",
        "22.00-7.00",
        "10PM–7AM",
        "between 22 and 7",
        "22:00-07:00.",
    ],
)
def test_quiet_hours_are_read_as_people_write_them(text: str) -> None:
    assert read_quiet(text) == QuietHours(time(22), time(7))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("10-7", "10:00–07:00 is 21 hours. Try <code>/quiet 22:00-07:00</code> or <code>/quiet 10:00-07:00</code>."),
        ("7 to 22", "07:00–22:00 is 15 hours. Try <code>/quiet 19:00-22:00</code> or <code>/quiet 07:00-22:00</code>."),
    ],
)
def test_mere_numbers_that_would_be_most_of_a_day_are_asked_about(text: str, said: str) -> None:
    assert answer(text) == said


def test_whole_clock_times_may_be_most_of_a_day_and_the_nearer_half_is_meant() -> None:
    assert read_quiet("10:00-7:00") == QuietHours(time(10), time(7))
    assert read_quiet("6-8pm") == QuietHours(time(18), time(20))
    assert read_quiet("7-7pm") == QuietHours(time(7), time(19))


def test_quiet_hours_may_end_at_midnight() -> None:
    assert read_quiet("20-24") == QuietHours(time(20), time(0))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("22", "I need a start and an end."),
        ("7-7", "Start and end are the same."),
        ("25-7", "There's no “25”."),
        ("22:00-7:00-8:00", "I need a start and an end."),
        ("night to day", "I didn't get “night to day”."),
    ],
)
def test_other_words_are_answered_with_hours_that_work(text: str, why: str) -> None:
    assert answer(text) == f"{why} Try 22:00-07:00 or off."
