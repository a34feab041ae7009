"""What is wrong with words about a time, as a code with values. `text/times.py` makes sentences of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """What is wrong, with the names of its values. "words" and "number" are as they were typed."""

    NOT_UNDERSTOOD = "not understood"  # words
    NO_SUCH = "no such"  # words
    AMBIGUOUS = "ambiguous"  # words, one, other
    YEAR_TOO_FAR = "year too far"  # year
    WRONG_WEEKDAY = "wrong weekday"  # day, the date
    CLOCK_CHANGE = "clock change"
    PART_HOURS = "part hours"  # begin, end
    ONE_DAY = "one day"
    ENDS_BEFORE = "ends before"
    FUTURE = "future"
    PAST = "past"
    TOO_LONG_AGO = "too long ago"
    TOO_LONG = "too long"  # days
    TOO_SHORT = "too short"
    NO_LENGTH = "no length"
    HOW_LONG = "how long"
    NO_UNIT = "no unit"  # number
    LENGTH_OR_END = "length or end"
    UNTIL_WHEN = "until when"
    UNTIL = "until"  # at (in local time), now
    WHICH_DAY = "which day"
    WHICH_HOUR = "which hour"
    BEGIN_AND_END = "begin and end"
    NO_HOURS = "no hours"
    MOST_OF_A_DAY = "most of a day"  # begin, end, hours


@dataclass(frozen=True, slots=True)
class TimeProblem:
    """Why words mean no time. `works` are words that are meant perhaps, or would do instead; there may be none."""

    code: Code
    values: Mapping[str, object] = field(default_factory=dict)
    works: tuple[str, ...] = ()


class BadTime(Exception):
    """Words about a time that there is not, or that can be read in two ways. Does not leave this package."""

    def __init__(self, code: Code, *works: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.works, self.values = code, works, values


class Unclear(Exception):
    """Words that make no time together. Does not leave this package."""
