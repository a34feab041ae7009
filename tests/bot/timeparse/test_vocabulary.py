"""The grammar knows no word itself: with another vocabulary it reads another language, in that one's order."""

from dataclasses import fields, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.times import hours_problem, length_problem, problem, upcoming, window
from blinkbot.bot.timeparse.future import read_until
from blinkbot.bot.timeparse.past import Window, read_time
from blinkbot.bot.timeparse.problems import Code, TimeProblem
from blinkbot.bot.timeparse.quiet import read_quiet
from blinkbot.bot.timeparse.vocabulary import (
    VOCABULARIES,
    Link,
    Part,
    TimeWords,
    Unit,
    Vocabulary,
    Which,
    meanings,
    spoken,
)
from blinkbot.domain import Home
from blinkbot.domain.preferences import QuietHours
from blinkbot.translations import speaking

ENGLISH = spoken()
CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=CHICAGO)
"""A Sunday."""


def ordered(listed: str, first: int = 0) -> dict[int, str]:
    """A table of what stands between semicolons, by its number."""
    return dict(enumerate(listed.split("; "), first))


GERMAN = replace(
    ENGLISH,
    times=TimeWords(
        weekday=ordered("montag; dienstag; mittwoch; donnerstag; freitag; samstag; sonntag"),
        month=ordered("jan; feb; mär; apr; mai; jun; jul; aug; sep; okt; nov; dez", 1),
        unit={Unit.MINUTE: "min, Minuten", Unit.HOUR: "h, Stunde, Stunden", Unit.DAY: "Tage", Unit.WEEK: "Woche"},
        number={1: "eins", 2: "zwei", 7: "sieben"},
        amount={1: "ein, eine, einer", 0.5: "halbe, eine halbe"},
        more={0.5: "einhalb"},
        day={-2: "vorgestern", -1: "gestern", 0: "heute", 1: "morgen"},
        part={Part.MORNING: "früh", Part.EVENING: "Abend", Part.NIGHT: "Nacht"},
        weekend="Wochenende",
        which={Which.THIS: "diese", Which.LAST: "letzte, letzten"},
        next="nächste",
        ago="vor",
        within="in",
        later="später",
        forever="immer",
        clockword={12: "Mittag"},
        half={},
        mark="Uhr",
        ordinal="te",
        since={Link.SINCE: "seit, von, zwischen"},
        to={},
        plus={Link.AND: "und"},
        link={Link.UNTIL: "bis", Link.AROUND: "um, gegen"},
        filler="am, der, im",
    ),
    synonyms={},
    lengths=("30 min", "bis 7:00"),
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gestern Abend", "yesterday, 18:00–24:00"),
        ("letzte Nacht", "yesterday, 18:00 – today, 06:00"),
        ("vor 2 Stunden", "today, 09:30–10:30"),
        ("vor einer Woche", "Sun 15 Nov"),
        ("seit Montag", "since Mon 16 Nov"),
        ("20. Nov 18-20 Uhr", "Fri 20 Nov, 18:00–20:00"),
        ("am Freitag zwischen 18 und 20 Uhr", "Fri 20 Nov, 18:00–20:00"),
        ("letzte Woche", "Mon 9 Nov – Sun 15 Nov"),
        ("8. Mär", "Sun 8 Mar"),
    ],
)
def test_what_was(text: str, shown: str) -> None:
    read = read_time(text, NOON, CHICAGO, GERMAN)
    assert isinstance(read, Window), read
    assert window(read, Locale(Home(), NOON), CHICAGO) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("bis 7:00", "tomorrow 07:00"),
        ("bis sieben Uhr", "tomorrow 07:00"),
        ("bis morgen früh", "tomorrow 07:00"),
        ("eine halbe Stunde", "12:30"),
        ("zwei Stunden und 5 Minuten", "14:05"),
        ("bis zum", "I didn't get"),
    ],
)
def test_what_is_to_come(text: str, shown: str) -> None:
    read = read_until(text, NOON, CHICAGO, GERMAN)
    assert (upcoming(read, NOON, CHICAGO) if isinstance(read, datetime) else "I didn't get") == shown


def test_hours_of_each_day() -> None:
    assert read_quiet("von 22 bis 7", GERMAN) == QuietHours(time(22), time(7))


def test_what_would_do_instead_is_in_the_same_words() -> None:
    assert read_until("sieben", NOON, CHICAGO, GERMAN) == TimeProblem(
        Code.NO_UNIT, {"number": "sieben"}, ("sieben min", "sieben h")
    )
    asked = read_until("19 Uhr", NOON, CHICAGO, GERMAN)
    assert isinstance(asked, TimeProblem)
    assert asked.works == ("bis 19:00",)


def test_no_word_is_forgotten_because_it_is_in_two_tables() -> None:
    tables = [getattr(ENGLISH.times, field.name) for field in fields(TimeWords)]
    listed = [each for table in tables for each in ([table] if isinstance(table, str) else table.values())]
    told = [word for each in listed for word in each.split(", ")]
    assert sorted(told) == sorted(set(told))


def test_words_are_those_of_the_language_that_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VOCABULARIES, "de", GERMAN)
    monkeypatch.setattr("blinkbot.translations._shipped", lambda: frozenset({"de"}))
    assert spoken() is ENGLISH
    with speaking("de"):
        assert isinstance(read_until("bis 7:00", NOON, CHICAGO), datetime)
        assert isinstance(read_until("until 7:00", NOON, CHICAGO), TimeProblem)


@pytest.mark.parametrize("example", [each for works in ENGLISH.pasts.values() for each in works])
def test_examples_of_when_it_was_work(example: str) -> None:
    assert isinstance(read_time(example, NOON, CHICAGO), Window)


@pytest.mark.parametrize("example", ENGLISH.lengths)
def test_examples_of_lengths_work(example: str) -> None:
    assert isinstance(read_until(example, NOON, CHICAGO), datetime)


def test_examples_of_hours_work() -> None:
    hours, never = ENGLISH.hours
    assert isinstance(read_quiet(hours), QuietHours)
    assert never in ENGLISH.never


@pytest.mark.parametrize(("text", "shown"), [("a few hours", "since 09:00"), ("fifteen minutes", "since 11:45")])
def test_numbers_are_the_same_for_what_was_and_what_is_to_come(text: str, shown: str) -> None:
    read = read_time(text, NOON, CHICAGO)
    assert isinstance(read, Window)
    assert window(read, Locale(Home(), NOON), CHICAGO) == shown
    assert isinstance(read_until(text, NOON, CHICAGO), datetime)


DIGITS = ("0", "7", "31", "99", "2026", "12345", "1,5", "1.5", "20.11", "18:30", "25:00", "18h30", "24.12.", "3/4", "-")
LANGUAGES = st.sampled_from([ENGLISH, GERMAN])


@given(
    LANGUAGES.flatmap(lambda words: st.tuples(st.just(words), st.lists(st.sampled_from([*meanings(words), *DIGITS]))))
)
def test_no_words_of_a_language_break_it(typed: tuple[Vocabulary, list[str]]) -> None:
    words, text = typed[0], " ".join(typed[1])
    was, end, hours = (
        read_time(text, NOON, CHICAGO, words),
        read_until(text, NOON, CHICAGO, words),
        read_quiet(text, words),
    )
    assert was is None or (problem(was) if isinstance(was, TimeProblem) else window(was, Locale(Home(), NOON), CHICAGO))
    assert isinstance(hours, QuietHours) or hours_problem(hours, "/quiet")
    if isinstance(end, TimeProblem):
        assert length_problem(end, "/mute")
        assert all(isinstance(read_until(works, NOON, CHICAGO, words), datetime) for works in end.works)
