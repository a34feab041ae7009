"""Names, times and temperatures as people read them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.text.formatting import (
    about,
    fitting,
    humanize,
    join_names,
    name,
    quoted,
    temperature,
    truncate,
)
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import Home
from blinkbot.domain.timezones import zone_of

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
CHICAGO = zone_of("America/Chicago")


@pytest.mark.parametrize(
    ("hours_ago", "words"),
    [
        (1, "today 11:00"),
        (13, "yesterday 23:00"),
        (24 * 3, "Thu 12:00"),
        (24 * 7, "15 Nov 12:00"),
        (24 * 400, "18 Oct 2025 13:00"),
        (-24, "23 Nov 12:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(hours_ago: float, words: str) -> None:
    assert Locale(Home(), NOW).moment(NOW - timedelta(hours=hours_ago), CHICAGO) == words


def test_where_it_was_today_goes_without_saying_the_clock_is_enough() -> None:
    locale = Locale(Home(), NOW)
    assert locale.recent(NOW - timedelta(hours=1), CHICAGO) == "11:00"
    assert locale.recent(NOW - timedelta(hours=13), CHICAGO) == "yesterday 23:00"


def test_a_time_stays_true_when_time_passes() -> None:
    locale = Locale(Home(), NOW)
    assert locale.time(NOW, CHICAGO) == "12:00"
    assert locale.time(NOW - timedelta(days=2), CHICAGO) == "Fri 20 Nov, 12:00"
    assert locale.time(NOW - timedelta(days=365), CHICAGO) == "Sat 22 Nov 2025, 12:00"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("America/Chicago", "68 °F"),
        ("Pacific/Honolulu", "68 °F"),
        ("America/Indiana/Knox", "68 °F"),
        ("US/Pacific", "68 °F"),
        ("America/Nassau", "68 °F"),
        ("America/Toronto", "20 °C"),
        ("America/Argentina/Ushuaia", "20 °C"),
        ("Europe/Berlin", "20 °C"),
        ("", "20 °C"),
    ],
)
def test_temperatures_have_the_unit_of_the_people_there(zone: str, shown: str) -> None:
    assert temperature(68, zone_of(zone)) == shown


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 s"),
        (12, "12 s"),
        (89, "89 s"),
        (119, "2 min"),
        (59.5 * 60, "60 min"),
        (90 * 60, "90 min"),
        (95 * 60, "2 h"),
        (7200, "2 h"),
        (3600 * 36, "36 h"),
        (3600 * 72, "3 days"),
    ],
)
def test_a_span_is_rough(seconds: float, words: str) -> None:
    assert humanize(timedelta(seconds=seconds)) == words


def test_names_are_escaped_cut_and_never_empty() -> None:
    assert name('<b>&"') == "&lt;b&gt;&amp;&quot;"
    assert name(" \n ") == "(no name)"
    assert len(truncate("x" * 3000)) == 64
    assert quoted("a\nb") == "“a b”"


def test_lists_read_like_sentences() -> None:
    assert join_names([]) == ""
    assert join_names(["A"]) == "<b>A</b>"
    assert join_names(["A", "B", "C"]) == "<b>A</b>, <b>B</b> and <b>C</b>"
    assert join_names(["x"] * 25).endswith("and 5 more")


@given(st.lists(st.text(alphabet="ab🎥&", max_size=80), max_size=200))
def test_whatever_is_said_fits_into_a_message(lines: list[str]) -> None:
    text = fitting("\n".join(lines), 500)
    assert len(text.encode("utf-16-le")) // 2 <= 500


def test_a_text_that_fits_is_left_alone() -> None:
    assert fitting("a\nb") == "a\nb"


def test_a_cut_text_says_how_much_is_missing() -> None:
    assert fitting("\n".join(["x" * 100] * 10), 320).endswith("\n… and 8 more lines")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "5 s"), (22, "20 s"), (63.8357, "a minute"), (300, "5 minutes"), (3500, "an hour"), (7300, "2 hours")],
)
def test_how_long_it_will_take_is_rounded(seconds: float, words: str) -> None:
    assert about(timedelta(seconds=seconds)) == words
