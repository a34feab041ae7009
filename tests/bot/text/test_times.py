"""Words about times; most are seen in the tests of what is read."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.times import PROBLEMS, hours_problem, length_problem, problem, upcoming, window
from blinkbot.bot.timeparse.past import Window
from blinkbot.bot.timeparse.problems import Code, TimeProblem
from blinkbot.domain import Home
from blinkbot.domain.timezones import zone_of

CHICAGO = zone_of("America/Chicago")
SANTIAGO = zone_of("America/Santiago")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=CHICAGO)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(2, "14:00"), (24, "tomorrow 12:00"), (48, "Tue 12:00"), (24 * 7, "29 Nov 12:00")],
)
def test_an_instant_to_come_is_said_as_people_say_it(ahead: int, words: str) -> None:
    assert upcoming(NOW + timedelta(hours=ahead), NOW, CHICAGO) == words


def test_all_time_needs_no_words() -> None:
    assert window(Window(), Locale(Home(), NOW), CHICAGO) == ""


def test_a_day_without_its_midnight_is_a_whole_day() -> None:
    after = datetime(2026, 9, 6, 20, 0, tzinfo=SANTIAGO)
    skipped = Window(datetime(2026, 9, 6, 4, 0, tzinfo=UTC), datetime(2026, 9, 7, 3, 0, tzinfo=UTC))
    assert window(skipped, Locale(Home(), after), SANTIAGO) == "today"


def test_every_problem_has_a_sentence() -> None:
    assert {*PROBLEMS} == {*Code}


def test_what_was_typed_is_escaped() -> None:
    assert problem(TimeProblem(Code.NOT_UNDERSTOOD, {"words": "<b>"})) == "I didn't get “&lt;b&gt;”."


def test_dates_and_times_are_shown_as_such() -> None:
    assert problem(TimeProblem(Code.WRONG_WEEKDAY, {"day": date(2026, 11, 20)})) == "That day is Fri 20 Nov 2026."
    most = TimeProblem(Code.MOST_OF_A_DAY, {"begin": time(10), "end": time(7), "hours": 21})
    assert problem(most) == "10:00–07:00 is 21 hours."


def test_examples_are_whole_commands_where_something_is_meant_or_named() -> None:
    unknown, guessed = TimeProblem(Code.PAST), TimeProblem(Code.WHICH_DAY, works=("until monday",))
    assert length_problem(unknown, "/mute") == "That's in the past. Try 30m, 2h or until 7:00."
    assert length_problem(unknown, "/mute a").endswith(
        "Try <code>/mute a 30m</code> or <code>/mute a until 7:00</code>."
    )
    assert length_problem(guessed, "/mute") == "Until which day? Try <code>/mute until monday</code>."
    assert length_problem(TimeProblem(Code.HOW_LONG), "/mute a") == "How long? For example 30m or 2h."
    assert hours_problem(unknown, "/quiet").endswith("Try 22:00-07:00 or off.")


def test_of_today_the_clock_alone_is_said() -> None:
    locale, at = Locale(Home(), NOW), NOW - timedelta(hours=2)
    assert window(Window(since=at), locale, CHICAGO) == "since 10:00"
    assert window(Window(until=at), locale, CHICAGO) == "before 10:00"
    assert window(Window(at - timedelta(days=1), at), locale, CHICAGO) == "yesterday, 10:00 – today, 10:00"
    assert window(Window(at, NOW + timedelta(hours=12)), locale, CHICAGO) == "today, 10:00–24:00"
