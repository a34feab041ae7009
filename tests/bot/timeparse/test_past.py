"""What words about the past mean, in Chicago on Sunday 22 November 2026 at noon where no other time is told."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.times import problem, window
from blinkbot.bot.timeparse.past import Window, read_time
from blinkbot.bot.timeparse.problems import Code, TimeProblem
from blinkbot.domain import Home

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=CHICAGO)
ONE_AT_NIGHT = datetime(2026, 11, 22, 1, 0, tzinfo=CHICAGO)


def meant(words: str, now: datetime = NOON) -> str:
    """The window, in the words in which it is shown."""
    read = read_time(words, now, CHICAGO)
    assert isinstance(read, Window), read
    return window(read, Locale(Home(), now), CHICAGO)


def complaint(words: str, now: datetime = NOON) -> TimeProblem:
    found = read_time(words, now, CHICAGO)
    assert isinstance(found, TimeProblem), found
    return found


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("today", "today"),
        ("Yesterday", "yesterday"),
        ("the day before yesterday", "Fri 20 Nov"),
        ("Monday", "Mon 16 Nov"),
        ("on friday", "Fri 20 Nov"),
        ("sunday", "today"),
        ("last sunday", "Sun 15 Nov"),
        ("this week", "Mon 16 Nov – today"),
        ("last week", "Mon 9 Nov – Sun 15 Nov"),
        ("weekend", "yesterday – today"),
        ("last weekend", "Sat 14 Nov – Sun 15 Nov"),
        ("last month", "Thu 1 Oct – Sat 31 Oct"),
        ("november", "Sun 1 Nov – Mon 30 Nov"),
        ("3 days ago", "Thu 19 Nov"),
        ("a week ago", "Sun 15 Nov"),
        ("two weeks ago", "Sun 8 Nov"),
        ("a month ago", "Tue 20 Oct – Mon 26 Oct"),
        ("a year ago", "Wed 19 Nov 2025 – Tue 25 Nov 2025"),
        ("last year", "Wed 1 Jan 2025 – Wed 31 Dec 2025"),
        ("the 20th", "Fri 20 Nov"),
        ("31st", "Sat 31 Oct"),
        ("22.9", "Tue 22 Sep"),
        ("20 nov", "Fri 20 Nov"),
        ("20th of November", "Fri 20 Nov"),
        ("nov 20", "Fri 20 Nov"),
        ("November 20, 2025", "Thu 20 Nov 2025"),
        ("fri 20 nov", "Fri 20 Nov"),
        ("20.11.", "Fri 20 Nov"),
        ("20.11.2026", "Fri 20 Nov"),
        ("2026-11-20", "Fri 20 Nov"),
        ("20/11", "Fri 20 Nov"),
        ("11/20/26", "Fri 20 Nov"),
        ("20-22 nov", "Fri 20 Nov – today"),
        ("monday to wednesday", "Mon 16 Nov – Wed 18 Nov"),
        ("wednesday to monday", "Wed 11 Nov – Mon 16 Nov"),
        ("since monday", "since Mon 16 Nov"),
        ("after monday", "since Tue 17 Nov"),
        ("before 20 nov", "until Thu 19 Nov"),
        ("until 20 nov", "until Fri 20 Nov"),
    ],
)
def test_days(words: str, shown: str) -> None:
    assert meant(words) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("last night", "yesterday, 18:00 – today, 06:00"),
        ("yesterday evening", "yesterday, 18:00–24:00"),
        ("last evening", "yesterday, 18:00–24:00"),
        ("this morning", "today, 05:00–12:00"),
        ("evening", "yesterday, 18:00–24:00"),
        ("monday night", "Mon 16 Nov, 18:00 – Tue 17 Nov, 06:00"),
        ("last night 2-4", "today, 02:00–04:00"),
        ("last night 10-12", "yesterday, 22:00–24:00"),
        ("last night after 2", "today, 02:00–06:00"),
        ("yesterday evening at 7", "yesterday, 18:30–19:30"),
        ("yesterday morning 8", "yesterday, 07:30–08:30"),
    ],
)
def test_parts_of_a_day(words: str, shown: str) -> None:
    assert meant(words) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("2026-11-20 18:00-20:00", "Fri 20 Nov, 18:00–20:00"),
        ("20 nov 18-20", "Fri 20 Nov, 18:00–20:00"),
        ("yesterday from 6pm to 8pm", "yesterday, 18:00–20:00"),
        ("between 6 and 8pm yesterday", "yesterday, 18:00–20:00"),
        ("6-8pm", "yesterday, 18:00–20:00"),
        ("11am-2", "today, 11:00–14:00"),
        ("yesterday 10-7am", "yesterday, 22:00 – today, 07:00"),
        ("yesterday 7-7pm", "yesterday, 07:00–19:00"),
        ("yesterday 12-1pm", "yesterday, 12:00–13:00"),
        ("10pm-2", "yesterday, 22:00 – today, 02:00"),
        ("18-20", "yesterday, 18:00–20:00"),
        ("8:30–9:15", "today, 08:30–09:15"),
        ("22:00-24:00 yesterday", "yesterday, 22:00–24:00"),
        ("20 nov 18:00 - 21 nov 6:00", "Fri 20 Nov, 18:00 – yesterday, 06:00"),
        ("since 18:00", "since yesterday, 18:00"),
        ("since yesterday 18:00", "since yesterday, 18:00"),
        ("after 22:00 yesterday", "yesterday, 22:00–24:00"),
        ("before 7", "today, 00:00–07:00"),
        ("yesterday until noon", "yesterday, 00:00–12:00"),
        ("around 7pm", "yesterday, 18:30–19:30"),
        ("around midnight", "yesterday, 23:30 – today, 00:30"),
        ("last 3 hours", "since 09:00"),
        ("last 30 min", "since 11:30"),
        ("last hour", "since 11:00"),
        ("last half hour", "since 11:30"),
        ("past half an hour", "since 11:30"),
        ("yesterday 6.30 pm", "yesterday, 18:00–19:00"),
        ("22:30 Uhr", "yesterday, 22:00–23:00"),
        ("2 hours ago", "today, 09:30–10:30"),
        ("two hours ago", "today, 09:30–10:30"),
        ("half an hour ago", "today, 11:25–11:35"),
        ("last couple of hours", "since 10:00"),
        ("past month", "since Fri 23 Oct, 12:00"),
        ("3h", "since 09:00"),
        ("24 hours", "since yesterday, 12:00"),
        ("18h-20h", "yesterday, 18:00–20:00"),
        ("yesterday 10", "yesterday, 09:30–10:30"),
        ("18.00-20.00", "yesterday, 18:00–20:00"),
        ("10 min ago", "today, 11:45–11:55"),
    ],
)
def test_clock_times(words: str, shown: str) -> None:
    assert meant(words) == shown


@pytest.mark.parametrize("words", ["last night", "tonight"])
def test_at_one_at_night_the_night_is_the_one_that_is_going_on(words: str) -> None:
    assert meant(words, ONE_AT_NIGHT) == "yesterday, 18:00 – today, 06:00"


def test_days_of_the_week_that_are_not_over_are_last_weeks() -> None:
    tuesday = NOON + timedelta(days=2)
    assert meant("monday to wednesday", tuesday) == "Mon 16 Nov – Wed 18 Nov"
    assert meant("monday to tuesday", tuesday) == "yesterday – today"


def test_in_january_december_is_last_years() -> None:
    assert meant("20 dec", datetime(2027, 1, 5, 12, 0, tzinfo=CHICAGO)) == "Sun 20 Dec 2026"


@pytest.mark.parametrize(
    ("words", "text", "works"),
    [
        ("31 feb", "There's no “31 feb”.", "28 feb"),
        ("29 feb", "There's no “29 feb 2026”.", "28 feb"),
        ("2026-13-01", "There's no “2026-13-01”.", "20 nov"),
        ("25:00", "There's no “25:00”.", "18:00-20:00"),
        ("18:00-20:75", "There's no “20:75”.", "18:00-20:00"),
        ("13pm", "There's no “13pm”.", "18:00-20:00"),
        ("3/4", "“3/4” can mean 3 apr or 4 mar.", "3 apr"),
        ("20.11", "“20.11” can mean 20 nov or 20:11.", "20 nov"),
        ("yesterday 25", "There's no “25”.", "18:00-20:00"),
        ("mon 20 nov", "That day is Fri 20 Nov 2026.", "20 nov"),
        ("tomorrow", "That's in the future.", "yesterday"),
        ("25 dec", "That's in the future.", "yesterday"),
        ("today 18-20", "That's in the future.", "yesterday"),
        ("tonight", "That's in the future.", "yesterday"),
        ("last 99999999 hours", "That's longer ago than any clip.", "last week"),
        ("1.1.1990", "The year 1990 is too far away.", "yesterday"),
        ("last night 14-16", "That part of the day is 18:00–06:00.", "yesterday 18:00-20:00"),
        ("this week 18-20", "That needs a single day.", "yesterday 18:00-20:00"),
        ("20 nov to 18 nov", "That ends before it starts.", "yesterday 18:00-20:00"),
        ("next friday", "That's in the future.", "yesterday"),
        ("the day after tomorrow", "That's in the future.", "yesterday"),
    ],
)
def test_times_that_there_are_not_are_told_with_what_works(words: str, text: str, works: str) -> None:
    found = complaint(words)
    assert (problem(found), found.works[0]) == (text, works)


@pytest.mark.parametrize("words", ["", "garage", "10", "since", "18", "to to to", "- - -", "x" * 200])
def test_words_that_tell_of_no_time_are_none(words: str) -> None:
    assert read_time(words, NOON, CHICAGO) is None


def length(words: str) -> timedelta:
    read = read_time(words, NOON, CHICAGO)
    assert isinstance(read, Window)
    assert read.since is not None
    assert read.until is not None
    return read.until - read.since


def test_a_window_over_the_change_to_summer_time_is_an_hour_shorter() -> None:
    assert length("8 mar") == timedelta(hours=23)
    assert length("8 mar 1:00-3:30") == timedelta(hours=1, minutes=30)


def test_an_hour_that_the_clock_shows_twice_is_both() -> None:
    assert length("1 nov 1:00-2:00") == timedelta(hours=2)


def test_half_an_hour_that_the_clock_skipped_is_told() -> None:
    assert complaint("8 mar 2:15-2:45").code is Code.CLOCK_CHANGE


def test_the_window_is_in_the_zones_own_time() -> None:
    assert read_time("20 nov 18:00-20:00", NOON, CHICAGO) == Window(
        datetime(2026, 11, 21, 0, 0, tzinfo=UTC), datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    )


VOCABULARY = (
    "yesterday today last night this week monday fri 20 nov 31 feb 2026-11-20 20.11. 3/4 18:00 18-20 6pm 2am 24:00"
    " 25:00 before after since until from to and between around at noon midnight morning evening hours ago min - ,"
    " in the 0 1 9 12 99 weekend month tomorrow 8 mar 2:30 1:30 a few months year 20th 31st 20.11 18.30 2h days"
)
WORDS = st.sampled_from(VOCABULARY.split())
ZONES = st.sampled_from(["America/Chicago", "America/Santiago", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo"])
MOMENTS = st.integers(0, 20 * 365 * 24 * 60).map(
    lambda minutes: datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def is_sound(text: str, now: datetime, zone: ZoneInfo) -> bool:
    """Whether what was read is a window in order that has begun, with words to show it; or no window."""
    found = read_time(text, now, zone)
    if not isinstance(found, Window):
        return found is None or bool(problem(found) and found.works)
    began = found.since is None or found.since <= now
    in_order = found.since is None or found.until is None or found.since < found.until
    return began and in_order and bool(window(found, Locale(Home(), now), zone))


@given(st.lists(WORDS, max_size=6).map(" ".join), MOMENTS, ZONES)
def test_any_words_about_time_make_a_sound_window_or_none(text: str, now: datetime, zone: str) -> None:
    assert is_sound(text, now, ZoneInfo(zone))


@given(st.text(max_size=40), MOMENTS)
def test_nothing_that_can_be_typed_breaks_it(text: str, now: datetime) -> None:
    assert is_sound(text, now, CHICAGO)
