"""The words that people type, a file for each language in words/; the grammar knows none of them.

Words for the same thing have commas between them, and examples use the first.
"""

import functools
import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from enum import Enum, StrEnum
from pathlib import Path

from blinkbot import translations
from blinkbot.bot.timeparse.problems import Code
from blinkbot.domain import Seen

WORDS = Path(__file__).with_name("words")


class Unit(Enum):
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
    times: TimeWords
    synonyms: Mapping[str, str]  # words of `times`, by what means the same
    part_hours: Mapping[Part, tuple[int, int]]  # after the midnight of its day
    everything: tuple[str, ...]  # instead of a camera's name
    beside_names: tuple[str, ...]  # lead up to a camera's name
    seen: Mapping[Seen, tuple[str, ...]]  # who or what a camera saw, each in one word
    beside_seen: tuple[str, ...]  # lead up to one of these
    on: tuple[str, ...]
    off: tuple[str, ...]
    never: tuple[str, ...]  # instead of hours
    lengths: tuple[str, ...]  # examples of how long
    hours: tuple[str, ...]  # examples of hours of each day
    pasts: Mapping[Code | None, tuple[str, ...]]  # examples of when it was, by what was wrong; None: anything else

    def date(self, day: int, month: int) -> str:
        """A date in an example: "20 nov"."""
        return f"{day} {_first(self.times.month[month])}"

    def weekday(self, index: int) -> str:
        return _first(self.times.weekday[index])

    def until(self, end: str) -> str:
        return f"{_first(self.times.link[Link.UNTIL])} {end}"

    def length(self, number: str, unit: Unit) -> str:
        """A length in an example: "30 min"."""
        return f"{number} {_first(self.times.unit[unit])}"


@functools.lru_cache(maxsize=1024)
def normalize(text: str) -> str:
    """Text as it is compared: no case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def _words(listed: str) -> tuple[str, ...]:
    return tuple(normalize(word) for word in listed.split(", "))


@functools.cache
def meanings(vocabulary: Vocabulary) -> dict[str, tuple[tuple[str, object], ...]]:
    """What each word about times stands for: mostly one kind of token with its value."""
    found: dict[str, tuple[tuple[str, object], ...]] = {}
    for kind in (field.name for field in fields(TimeWords)):
        table = getattr(vocabulary.times, kind)
        for value, listed in [(None, table)] if isinstance(table, str) else table.items():
            found |= dict.fromkeys(_words(listed), ((kind, value),))
    for word, meaning in vocabulary.synonyms.items():
        found[normalize(word)] = tuple(entry for each in meaning.split() for entry in found[normalize(each)])
    return found


def _first(listed: str) -> str:
    return listed.partition(", ")[0]


_KEYS: Mapping[str, Callable[[str], object]] = {
    "unit": lambda name: Unit[name.upper()],
    "part": Part,
    "which": Which,
    **dict.fromkeys(("amount", "more"), float),
    **dict.fromkeys(("day", "clockword"), int),
    **dict.fromkeys(("since", "to", "plus", "link"), Link),
}
"""What the keys of each table in a file stand for; others are strings."""

_LISTS = ("everything", "beside_names", "beside_seen", "on", "off", "never")


def read(file: Path) -> Vocabulary:
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    times = table["times"]
    for kind, words in times.items():
        if isinstance(words, list):
            times[kind] = dict(enumerate(words, 0 if kind == "weekday" else 1))
        elif isinstance(words, dict):
            times[kind] = {_KEYS.get(kind, str)(key): listed for key, listed in words.items()}
    return Vocabulary(
        times=TimeWords(**times),
        synonyms=table["synonyms"],
        part_hours={Part(part): (begin, end) for part, (begin, end) in table["part_hours"].items()},
        lengths=tuple(table["lengths"]),
        hours=tuple(table["hours"]),
        pasts={None if code == "otherwise" else Code(code): tuple(works) for code, works in table["pasts"].items()},
        seen={Seen(what): _words(listed) for what, listed in table["seen"].items()},
        **{name: _words(table[name]) for name in _LISTS},
    )


VOCABULARIES: dict[str, Vocabulary] = {}  # Those that were spoken already, by their language


def spoken() -> Vocabulary:
    """The words of the language that is spoken now; English where there are none."""
    language = translations.language()
    if language not in VOCABULARIES:
        file = WORDS / f"{language}.toml"
        VOCABULARIES[language] = read(file if file.is_file() else WORDS / f"{translations.ENGLISH}.toml")
    return VOCABULARIES[language]
