"""The words that people type, in tables for each language; the grammar knows none of them.

Words for the same thing have commas between them, and examples use the first; things in order have semicolons.
"""

import functools
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import Enum, StrEnum

from blinkbot import translations
from blinkbot.bot.timeparse.problems import Code


class Unit(Enum):
    """Units of time, each with its length."""

    SECOND = timedelta(seconds=1)
    MINUTE = timedelta(minutes=1)
    HOUR = timedelta(hours=1)
    DAY = timedelta(days=1)
    WEEK = timedelta(weeks=1)
    MONTH = timedelta(days=30)
    YEAR = timedelta(days=365)


class Which(StrEnum):
    """Which one is meant; "past week" are the seven days until now, "last week" is one by the calendar."""

    THIS = "this"
    LAST = "last"
    PAST = "past"


class Part(StrEnum):
    """Parts of a day. The night belongs to the day on whose evening it begins."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class Link(StrEnum):
    """What a time is the beginning or the end of."""

    SINCE = "since"
    AFTER = "after"
    BEFORE = "before"
    UNTIL = "until"
    TO = "to"
    AND = "and"
    AROUND = "around"


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words about times. Each table is a kind of token, and is called so in the scanner's rules."""

    weekday: Mapping[int, str]  # Monday is 0
    month: Mapping[int, str]
    unit: Mapping[Unit, str]
    number: Mapping[int, str]  # an hour, a day of the month, or an amount
    amount: Mapping[float, str]  # before a unit only
    more: Mapping[float, str]  # behind an amount or a unit
    day: Mapping[int, str]  # by the distance from today
    part: Mapping[Part, str]
    weekend: str
    which: Mapping[Which, str]
    next: str
    ago: str
    within: str  # "in" before a length
    later: str
    forever: str
    clockword: Mapping[int, str]  # by the hour
    half: Mapping[str, str]  # "am" and "pm"
    mark: str  # behind a clock time
    ordinal: str  # behind a day of the month
    since: Mapping[Link, str]
    to: Mapping[Link, str]
    plus: Mapping[Link, str]
    link: Mapping[Link, str]
    filler: str  # changes nothing


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The words of a language."""

    times: TimeWords
    synonyms: Mapping[str, str]  # words of `times`, by what means the same
    part_hours: Mapping[Part, tuple[int, int]]  # after the midnight of its day
    everything: frozenset[str]  # instead of a camera's name
    beside_names: frozenset[str]  # lead up to a camera's name
    on: frozenset[str]
    off: frozenset[str]
    never: frozenset[str]  # instead of hours
    lengths: tuple[str, ...]  # examples of how long
    hours: tuple[str, ...]  # examples of hours of each day
    pasts: Mapping[Code | None, tuple[str, ...]]  # examples of when it was, by what was wrong; None: anything else

    def date(self, day: int, month: int) -> str:
        """A date in an example: "20 nov"."""
        return f"{day} {_first(self.times.month[month])}"

    def weekday(self, index: int) -> str:
        """A weekday in an example."""
        return _first(self.times.weekday[index])

    def until(self, end: str) -> str:
        """An end in an example: "until 7:00"."""
        return f"{_first(self.times.link[Link.UNTIL])} {end}"

    def length(self, number: str, unit: Unit) -> str:
        """A length in an example: "30 min"."""
        return f"{number} {_first(self.times.unit[unit])}"


def spoken() -> Vocabulary:
    """The words of the language that is spoken now; English where there are none."""
    return VOCABULARIES.get(translations.language(), ENGLISH)


@functools.lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Text as it is compared: no case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def _words(listed: str) -> frozenset[str]:
    return frozenset(folded(word) for word in listed.split(", "))


@functools.cache
def meanings(vocabulary: Vocabulary) -> dict[str, tuple[tuple[str, object], ...]]:
    """What each word about times stands for: mostly one kind of token with its value."""
    found: dict[str, tuple[tuple[str, object], ...]] = {}
    for kind in (field.name for field in fields(TimeWords)):
        table = getattr(vocabulary.times, kind)
        for value, listed in [(None, table)] if isinstance(table, str) else table.items():
            found |= dict.fromkeys(_words(listed), ((kind, value),))
    for word, meaning in vocabulary.synonyms.items():
        found[folded(word)] = tuple(entry for each in meaning.split() for entry in found[folded(each)])
    return found


def ordered(listed: str, first: int = 0) -> dict[int, str]:
    """A table of what stands between semicolons, by its number."""
    return dict(enumerate(listed.split("; "), first))


def _first(listed: str) -> str:
    return listed.partition(", ")[0]


ENGLISH = Vocabulary(
    times=TimeWords(
        weekday=ordered(
            "monday, mon; tuesday, tue, tues; wednesday, wed, weds; thursday, thu, thur, thurs; friday, fri; "
            "saturday, sat; sunday, sun"
        ),
        month=ordered(
            "jan, january; feb, february; mar, march; apr, april; may; jun, june; jul, july; aug, august; "
            "sep, sept, september; oct, october; nov, november; dec, december",
            first=1,
        ),
        unit={
            Unit.SECOND: "s, sec, secs, second, seconds",
            Unit.MINUTE: "min, m, mins, minute, minutes",
            Unit.HOUR: "h, hr, hrs, hour, hours",
            Unit.DAY: "days, d, day",
            Unit.WEEK: "weeks, w, wk, wks, week",
            Unit.MONTH: "months, month",
            Unit.YEAR: "years, year",
        },
        number=ordered("one; two; three; four; five; six; seven; eight; nine; ten; eleven; twelve", first=1),
        amount={
            0.25: "quarter of an, a quarter of an",
            0.5: "half, half a, half an, a half",
            1: "a, an",
            2: "couple of, a couple of",
            3: "few, a few",
            15: "fifteen",
            20: "twenty",
            30: "thirty",
            40: "forty",
            45: "forty five, forty-five",
            50: "fifty",
            60: "sixty",
            90: "ninety",
        },
        more={0.5: "and a half"},
        day={
            -2: "day before yesterday, the day before yesterday",
            -1: "yesterday",
            0: "today, earlier today, the day, all day, whole day, rest of the day, rest of day",
            1: "tomorrow",
            2: "day after tomorrow, the day after tomorrow",
        },
        part={
            Part.MORNING: "morning",
            Part.AFTERNOON: "afternoon",
            Part.EVENING: "evening",
            Part.NIGHT: "night, all night, whole night, overnight",
        },
        weekend="weekend",
        which={Which.THIS: "this", Which.LAST: "last", Which.PAST: "past"},
        next="next",
        ago="ago, back",
        within="in",
        later="later",
        forever="forever, always",
        clockword={0: "midnight", 12: "noon, midday", 24: "end of the day, end of day"},
        half={"am": "am, a.m", "pm": "pm, p.m"},
        mark="o'clock, oclock, uhr",
        ordinal="st, nd, rd, th",
        since={Link.SINCE: "since, from, between, starting"},
        to={Link.TO: "to"},
        plus={Link.AND: "and"},
        link={
            Link.AFTER: "after",
            Link.BEFORE: "before",
            Link.UNTIL: "until, till, til, up to",
            Link.AROUND: "around, about, at, circa, ca",
        },
        filler="on, the, of, for",
    ),
    synonyms={"tonight": "this night"},
    part_hours={Part.MORNING: (5, 12), Part.AFTERNOON: (12, 18), Part.EVENING: (18, 24), Part.NIGHT: (18, 30)},
    everything=_words("all, all cameras, every camera, everything, all clips"),
    beside_names=_words("in, at, the, from, of, on, by, for, clips, camera"),
    on=_words("on"),
    off=_words("off"),
    never=_words("off, no, none, never"),
    lengths=("30m", "2h", "until 7:00"),
    hours=("22:00-07:00", "off"),
    pasts={
        None: ("yesterday", "last night", "20 nov 18:00-20:00"),
        Code.NO_SUCH: ("18:00-20:00", "6pm-8pm"),
        Code.NO_LENGTH: ("last 30 min", "last 3 hours"),
        Code.TOO_LONG_AGO: ("last week",),
        Code.PART_HOURS: ("yesterday 18:00-20:00",),
        Code.ONE_DAY: ("yesterday 18:00-20:00",),
        Code.ENDS_BEFORE: ("yesterday 18:00-20:00", "20-22 nov"),
    },
)

VOCABULARIES = {translations.ENGLISH: ENGLISH}
