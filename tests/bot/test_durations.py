"""How long, until when and which hours, as people write it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.alerts import QuietHours
from blinkbot.bot.durations import LONGEST, SHORTEST, Complaint, next_time, point, read_quiet, read_until

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=CHICAGO)
"""A Sunday."""


def until(text: str, now: datetime = NOON) -> str:
    """The end in local words, or the complaint."""
    read = read_until(text, now, CHICAGO, "/mute")
    return read.text if isinstance(read, Complaint) else point(read, now, CHICAGO)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1h", 60),
        ("90m", 90),
        ("90 min", 90),
        ("1 h 30", 90),
        ("1h30m", 90),
        ("1h 5", 65),
        ("2 hours", 120),
        ("2 HOURS", 120),
        ("2 h and 5 min", 125),
        ("1.5h", 90),
        ("1,5 h", 90),
        ("half an hour", 30),
        ("a quarter of an hour", 15),
        ("an hour", 60),
        ("an hour and a half", 90),
        ("two hours", 120),
        ("for 3 days", 3 * 1440),
        ("a week", 7 * 1440),
        ("120 s", 2),
        ("30 days", 30 * 1440),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, minutes: int) -> None:
    assert read_until(text, NOON, CHICAGO, "/mute") == NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("until 18:30", "18:30"),
        ("until 7:00", "tomorrow 07:00"),
        ("until 7", "tomorrow 07:00"),
        ("until 7.15", "tomorrow 07:15"),
        ("till 7pm", "19:00"),
        ("til 12:30 pm", "12:30"),
        ("until 12 am", "tomorrow 00:00"),
        ("until 12:00", "tomorrow 12:00"),
        ("until noon", "tomorrow 12:00"),
        ("until midnight", "tomorrow 00:00"),
        ("until 24:00", "tomorrow 00:00"),
        ("until tomorrow", "tomorrow 07:00"),
        ("until tomorrow 8:00", "tomorrow 08:00"),
        ("until tomorrow at 8", "tomorrow 08:00"),
        ("until 8:00 tomorrow", "tomorrow 08:00"),
        ("until friday", "Fri 07:00"),
        ("until fri 20:00", "Fri 20:00"),
        ("until sunday", "29 Nov 07:00"),
        ("until 2026-12-01 18:00", "1 Dec 18:00"),
        ("until 1 dec", "1 Dec 07:00"),
        ("until december 1st 9am", "1 Dec 09:00"),
        ("until the morning", "tomorrow 07:00"),
        ("tonight", "tomorrow 07:00"),
        ("all day", "tomorrow 00:00"),
    ],
)
def test_ends_are_local_times_still_to_come(text: str, end: str) -> None:
    assert until(text) == end


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("25:00", "There is no 25:00."),
        ("until 25:00", "There is no 25:00."),
        ("until 7:60", "There is no 7:60."),
        ("until 13pm", "There is no 13pm."),
        ("0h", "That is no time at all."),
        ("30 s", "That is less than a minute."),
        ("-5m", "I cannot go back in time."),
        ("31 days", "That is longer than 30 days."),
        ("999999 weeks", "That is longer than 30 days."),
        ("until yesterday", "That is past."),
        ("until today 8:00", "That is past."),
        ("until 31 feb", "There is no 31 feb."),
        ("until 2026-02-31", "There is no 2026-02-31."),
        ("until 0001-01-01", "0001-01-01 is too far away."),
        ("until christmas", "I do not know the time “christmas”."),
        ("forever", "I do not know how long “forever” is."),
        ("7", "7 what: minutes or hours?"),
        ("7:00", "Do you mean until 07:00?"),
        ("", "How long?"),
    ],
)
def test_what_means_no_time_is_answered_with_what_works(text: str, why: str) -> None:
    assert until(text) == f"{why} Try “/mute 1h” or “/mute until 7:00”."


@pytest.mark.parametrize("example", ["1h", "until 7:00"])
def test_the_examples_work(example: str) -> None:
    assert isinstance(read_until(example, NOON, CHICAGO, "/mute"), datetime)


def test_a_night_in_which_clocks_change_is_as_long_as_it_is() -> None:
    evening = datetime(2026, 3, 7, 22, 0, tzinfo=CHICAGO)
    assert next_time(time(7), evening, CHICAGO) - evening == timedelta(hours=8)
    assert until("8 h", evening) == "tomorrow 07:00"


def test_an_hour_that_clocks_show_twice_is_the_one_still_to_come() -> None:
    between = datetime(2026, 11, 1, 1, 45, tzinfo=CHICAGO)
    assert next_time(time(1, 30), between, CHICAGO) - between.astimezone(UTC) == timedelta(minutes=45)


def test_an_hour_that_clocks_skip_is_soon_after_it() -> None:
    before = datetime(2026, 3, 8, 1, 0, tzinfo=CHICAGO)
    assert until("until 2:30", before) == "03:30"


@given(text=st.text(max_size=40), hour=st.integers(0, 23))
def test_no_text_breaks_it(text: str, hour: int) -> None:
    now = NOON.replace(hour=hour)
    read = read_until(text, now, CHICAGO, "/mute")
    assert isinstance(read, Complaint) or SHORTEST <= read - now <= LONGEST


_WORDS = st.lists(
    st.sampled_from(
        [
            "until",
            "till",
            "for",
            "1",
            "25",
            "7",
            "7:00",
            "99999999999",
            "h",
            "m",
            "min",
            "days",
            "weeks",
            "a",
            "half",
            "an",
            "and",
            "pm",
            "am",
            "tomorrow",
            "yesterday",
            "monday",
            "31",
            "feb",
            "2026-02-30",
            "9999-12-31",
            "noon",
            "-",
            ",",
            ".",
            ":",
        ]
    ),
    max_size=7,
)


def test_am_is_no_minute() -> None:
    assert read_until("am", NOON, CHICAGO, "/mute") == Complaint(
        "I do not know how long “am” is. Try “/mute 1h” or “/mute until 7:00”."
    )


@given(words=_WORDS, glued=st.booleans())
def test_no_words_about_time_break_it(words: list[str], glued: bool) -> None:
    text = ("" if glued else " ").join(words)
    read = read_until(text, NOON, CHICAGO, "/mute")
    assert isinstance(read, Complaint) or SHORTEST <= read - NOON <= LONGEST
    assert isinstance(read_quiet(text, "/quiet"), Complaint | QuietHours)


@pytest.mark.parametrize(
    "text", ["22:00-07:00", "22-7", "22:00 – 7:00", "10pm to 7am", "10 pm-7 am", "from 22 to 7", "22 until 7"]
)
def test_quiet_hours_are_read_as_people_write_them(text: str) -> None:
    assert read_quiet(text, "/quiet") == QuietHours(time(22), time(7))


def test_quiet_hours_may_end_at_midnight() -> None:
    assert read_quiet("20-24", "/quiet") == QuietHours(time(20), time(0))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("22", "I need a beginning and an end."),
        ("7-7", "Those hours begin when they end."),
        ("25-7", "There is no 25."),
        ("22:00-7:00-8:00", "I need a beginning and an end."),
        ("night to day", "I do not know the time “night”."),
    ],
)
def test_other_words_are_answered_with_hours_that_work(text: str, why: str) -> None:
    assert read_quiet(text, "/quiet") == Complaint(f"{why} Try “/quiet 22:00-07:00” or “/quiet off”.")
