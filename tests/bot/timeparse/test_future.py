"""How long, until when and which hours, as people write it."""

import itertools
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.timeparse.future import LONGEST, SHORTEST, Complaint, next_time, point, read_quiet, read_until
from blinkbot.domain.preferences import QuietHours

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
        ("20000 min", 20_000),
        ("twenty minutes", 20),
        ("forty five minutes", 45),
        ("couple of hours", 120),
        ("the next two hours", 120),
        ("1H 30MIN", 90),
        ("1h.", 60),
        ("1h!", 60),
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
        ("until 24.11.", "Tue 07:00"),
        ("until 24.11. 8 Uhr", "Tue 08:00"),
        ("until 24/11", "Tue 07:00"),
        ("until 22:30 Uhr", "22:30"),
        ("until 6.30 pm", "18:30"),
        ("until 8 p.m.", "20:00"),
        ("until 7:00.", "tomorrow 07:00"),
        ("till seven", "tomorrow 07:00"),
        ("until wed, 9:00", "Wed 09:00"),
        ("until next friday", "Fri 07:00"),
        ("until the weekend", "Sat 07:00"),
        ("until the 24th", "Tue 07:00"),
        ("until the 20th", "20 Dec 07:00"),
        ("until december", "1 Dec 07:00"),
        ("until the day after tomorrow", "Tue 07:00"),
        ("until this evening", "18:00"),
        ("until monday morning", "tomorrow 07:00"),
        ("until 8 tonight", "20:00"),
        ("until 4 in the morning", "tomorrow 04:00"),
        ("until the end of the day", "tomorrow 00:00"),
        ("until tomorrow 24:00", "Tue 00:00"),
        ("tonight", "tomorrow 07:00"),
        ("all day", "tomorrow 00:00"),
    ],
)
def test_ends_are_local_times_still_to_come(text: str, end: str) -> None:
    assert until(text) == end


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("25:00", "There is no 25:00 on the clock."),
        ("until 25:00", "There is no 25:00 on the clock."),
        ("until 7:60", "There is no 7:60 on the clock."),
        ("until 13pm", "There is no 13 pm."),
        ("until quarter to 8", "I do not know the time “quarter to 8”."),
        ("until 1 jan", "That is longer than 30 days."),
        ("1 jan", "That is longer than 30 days."),
        ("until 24 dec 8pm", "That is longer than 30 days."),
        ("1h please", "I do not know how long “1h please” is."),
        ("yesterday", "That is past."),
        ("0h", "That is no time at all."),
        ("30 s", "That is less than a minute."),
        ("-5m", "I cannot go back in time."),
        ("31 days", "That is longer than 30 days."),
        ("999999 weeks", "That is longer than 30 days."),
        ("until yesterday", "That is past."),
        ("until today 8:00", "That is past."),
        ("until 31 feb", "There is no 31 February."),
        ("until 2026-02-31", "There is no 31 February."),
        ("until 0001-01-01", "The year 1 is too far away."),
        ("until christmas", "I do not know the time “christmas”."),
        ("forever", "I do not know how long “forever” is."),
        ("", "How long?"),
    ],
)
def test_what_means_no_time_is_answered_with_what_works(text: str, why: str) -> None:
    assert until(text) == f"{why} Try “/mute 1h” or “/mute until 7:00”."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("7pm", "Do you mean until 19:00? Try “/mute until 19:00”."),
        ("13:30", "Do you mean until 13:30? Try “/mute until 13:30” or “/mute 13h30”."),
        ("friday", "Do you mean until Fri 07:00? Try “/mute until friday”."),
        ("9999999h", "That is longer than 30 days. Try “/mute 1h” or “/mute until 7:00”."),
        ("999999999999 weeks", "That is longer than 30 days. Try “/mute 1h” or “/mute until 7:00”."),
        ("for the weekend", "Until which day? Try “/mute until monday”."),
        ("for december", "Until which day? Try “/mute 1h” or “/mute until 7:00”."),
        ("tomorrow", "Do you mean until tomorrow 07:00? Try “/mute until tomorrow”."),
        ("7", "7 what: minutes or hours? Try “/mute 7 min” or “/mute 7 h”."),
        ("999", "999 what: minutes or hours? Try “/mute 999 min”."),
        ("until 1h", "Is that how long, or until when? Try “/mute 1h” or “/mute until 1:00”."),
        ("until 1h30", "Is that how long, or until when? Try “/mute 1h30” or “/mute until 1:30”."),
        ("until 20 min", "Is that how long, or until when? Try “/mute 20 min”."),
        ("until 11/12", "“11/12” can be read as 11 dec and as 12 nov. Try “/mute until 11 dec”."),
        ("until 7.10", "“7.10” can be read as 7 oct and as 7:10. Try “/mute until 7:10”."),
        ("until tonight", "At what time of the night? Try “/mute until 22:00”."),
        ("next hour", "I do not know when that is. Try “/mute 1h” or “/mute until tomorrow”."),
    ],
)
def test_what_can_be_guessed_is_the_example(text: str, answer: str) -> None:
    assert until(text) == answer


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


_WORDS = [
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
    "24.12.",
    "11/12",
    "tonight",
    "evening",
    "next",
    "Uhr",
    "seven",
    "9999-12-31",
    "noon",
    "-",
    ",",
    ".",
    ":",
]


def test_am_is_no_minute() -> None:
    assert read_until("am", NOON, CHICAGO, "/mute") == Complaint(
        "I do not know how long “am” is. Try “/mute 1h” or “/mute until 7:00”."
    )


def test_no_two_words_about_time_break_it() -> None:
    for words in [*((word,) for word in _WORDS), *itertools.product(_WORDS, repeat=2)]:
        for between in (" ", ""):
            read_until(between.join(words), NOON, CHICAGO, "/mute")
            read_quiet(between.join(words), "/quiet")


@given(words=st.lists(st.sampled_from(_WORDS), max_size=7), glued=st.booleans())
def test_no_words_about_time_break_it(words: list[str], glued: bool) -> None:
    text = ("" if glued else " ").join(words)
    read = read_until(text, NOON, CHICAGO, "/mute")
    assert isinstance(read, Complaint) or SHORTEST <= read - NOON <= LONGEST
    assert isinstance(read_quiet(text, "/quiet"), Complaint | QuietHours)


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
    assert read_quiet(text, "/quiet") == QuietHours(time(22), time(7))


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("10-7", "10:00-07:00 would be 21 hours. Try “/quiet 22:00-07:00” or “/quiet 10:00-07:00”."),
        ("7 to 22", "07:00-22:00 would be 15 hours. Try “/quiet 19:00-22:00” or “/quiet 07:00-22:00”."),
    ],
)
def test_mere_numbers_that_would_be_most_of_a_day_are_asked_about(text: str, answer: str) -> None:
    assert read_quiet(text, "/quiet") == Complaint(answer)


def test_whole_clock_times_may_be_most_of_a_day_and_the_nearer_half_is_meant() -> None:
    assert read_quiet("10:00-7:00", "/quiet") == QuietHours(time(10), time(7))
    assert read_quiet("6-8pm", "/quiet") == QuietHours(time(18), time(20))


def test_quiet_hours_may_end_at_midnight() -> None:
    assert read_quiet("20-24", "/quiet") == QuietHours(time(20), time(0))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("22", "I need a beginning and an end."),
        ("7-7", "Those hours begin when they end."),
        ("25-7", "There is no 25 on the clock."),
        ("22:00-7:00-8:00", "I need a beginning and an end."),
        ("night to day", "I do not understand “night to day” as hours."),
    ],
)
def test_other_words_are_answered_with_hours_that_work(text: str, why: str) -> None:
    assert read_quiet(text, "/quiet") == Complaint(f"{why} Try “/quiet 22:00-07:00” or “/quiet off”.")
