"""How long, until when and which hours, as people write it."""

import itertools
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.text.times import length_problem, upcoming
from blinkbot.bot.timeparse.future import LONGEST, SHORTEST, read_until
from blinkbot.bot.timeparse.instants import next_time
from blinkbot.bot.timeparse.problems import Code, TimeProblem
from blinkbot.bot.timeparse.quiet import read_quiet
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.domain.preferences import QuietHours

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=CHICAGO)
"""A Sunday."""


def until(text: str, now: datetime = NOON) -> str:
    """The end in local words, or the complaint."""
    read = read_until(text, now, CHICAGO)
    return length_problem(read, "/mute") if isinstance(read, TimeProblem) else upcoming(read, now, CHICAGO)


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
    assert read_until(text, NOON, CHICAGO) == NOON + timedelta(minutes=minutes)


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
        ("25:00", "There's no “25:00”."),
        ("until 25:00", "There's no “25:00”."),
        ("until 7:60", "There's no “7:60”."),
        ("until 13pm", "There's no “13pm”."),
        ("until quarter to 8", "I didn't get “until quarter to 8”."),
        ("until 1 jan", "30 days is the most."),
        ("1 jan", "30 days is the most."),
        ("until 24 dec 8pm", "30 days is the most."),
        ("1h please", "I didn't get “1h please”."),
        ("yesterday", "That's in the past."),
        ("0h", "That's no time at all."),
        ("30 s", "One minute is the least."),
        ("-5m", "That's in the past."),
        ("31 days", "30 days is the most."),
        ("999999 weeks", "30 days is the most."),
        ("until yesterday", "That's in the past."),
        ("until today 8:00", "That's in the past."),
        ("until 31 feb", "There's no “31 feb”."),
        ("until 2026-02-31", "There's no “31 feb”."),
        ("until 0001-01-01", "The year 1 is too far away."),
        ("until christmas", "I didn't get “until christmas”."),
        ("forever", "I didn't get “forever”."),
    ],
)
def test_what_means_no_time_is_answered_with_what_works(text: str, why: str) -> None:
    assert until(text) == f"{why} Try 30m, 2h or until 7:00."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "How long? For example 30m or 2h."),
        ("7pm", "Until 19:00? Try <code>/mute until 19:00</code>."),
        ("13:30", "Until 13:30? Try <code>/mute until 13:30</code> or <code>/mute 13h30</code>."),
        ("friday", "Until Fri 07:00? Try <code>/mute until friday</code>."),
        ("9999999h", "30 days is the most. Try 30m, 2h or until 7:00."),
        ("999999999999 weeks", "30 days is the most. Try 30m, 2h or until 7:00."),
        ("for the weekend", "Until which day? Try <code>/mute until monday</code>."),
        ("for december", "Until which day? Try 30m, 2h or until 7:00."),
        ("tomorrow", "Until tomorrow 07:00? Try <code>/mute until tomorrow</code>."),
        ("0", "How long? For example 30m or 2h."),
        ("7", "7 minutes or hours? Try <code>/mute 7 min</code> or <code>/mute 7 h</code>."),
        ("999", "999 minutes or hours? Try <code>/mute 999 min</code>."),
        ("until 1h", "For how long, or until when? Try <code>/mute 1h</code> or <code>/mute until 1:00</code>."),
        ("until 1h30", "For how long, or until when? Try <code>/mute 1h30</code> or <code>/mute until 1:30</code>."),
        ("until 20 min", "For how long, or until when? Try <code>/mute 20 min</code>."),
        ("until 11/12", "“11/12” can mean 11 dec or 12 nov. Try <code>/mute until 11 dec</code>."),
        ("until 7.10", "“7.10” can mean 7 oct or 7:10. Try <code>/mute until 7:10</code>."),
        ("until tonight", "At what time? Try <code>/mute until 22:00</code>."),
        ("next hour", "I didn't get “next hour”. Try 30m, 2h or until 7:00."),
    ],
)
def test_what_can_be_guessed_is_the_example(text: str, answer: str) -> None:
    assert until(text) == answer


@pytest.mark.parametrize("example", spoken().lengths)
def test_the_examples_work(example: str) -> None:
    assert isinstance(read_until(example, NOON, CHICAGO), datetime)


def test_a_night_in_which_clocks_change_is_as_long_as_it_is() -> None:
    evening = datetime(2026, 3, 7, 22, 0, tzinfo=CHICAGO)
    assert next_time(time(7), evening, CHICAGO) - evening == timedelta(hours=8)
    assert until("8 h", evening) == "tomorrow 07:00"


def test_an_hour_that_clocks_show_twice_is_the_one_still_to_come() -> None:
    between = datetime(2026, 11, 1, 1, 45, tzinfo=CHICAGO)
    assert next_time(time(1, 30), between, CHICAGO) - between.astimezone(UTC) == timedelta(minutes=45)


def test_an_hour_that_clocks_skip_is_soon_after_it() -> None:
    before = datetime(2026, 3, 8, 1, 0, tzinfo=CHICAGO)
    assert until("until 2:30", before) == "03:00"


@given(text=st.text(max_size=40), hour=st.integers(0, 23))
def test_no_text_breaks_it(text: str, hour: int) -> None:
    now = NOON.replace(hour=hour)
    read = read_until(text, now, CHICAGO)
    assert isinstance(read, TimeProblem) or SHORTEST <= read - now <= LONGEST


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
    assert read_until("am", NOON, CHICAGO) == TimeProblem(Code.NOT_UNDERSTOOD, {"words": "am"})


def test_no_two_words_about_time_break_it() -> None:
    for words in [*((word,) for word in _WORDS), *itertools.product(_WORDS, repeat=2)]:
        for between in (" ", ""):
            read_until(between.join(words), NOON, CHICAGO)
            read_quiet(between.join(words))


@given(words=st.lists(st.sampled_from(_WORDS), max_size=7), glued=st.booleans())
def test_no_words_about_time_break_it(words: list[str], glued: bool) -> None:
    text = ("" if glued else " ").join(words)
    read = read_until(text, NOON, CHICAGO)
    assert isinstance(read, TimeProblem) or SHORTEST <= read - NOON <= LONGEST
    assert isinstance(read_quiet(text), TimeProblem | QuietHours)
