"""The pieces that words about a time are made of: days, parts of a day, clock times, and what links them. Pure.

`timescan` finds them in what a person wrote; `timewords` puts them together for what was, `durations` for what is to
come.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YEARS = range(2000, 2100)
DAY = timedelta(days=1)


class BadTime(Exception):
    """Words about a time that there is not, or not yet, or that can be read in two ways.

    Its text is for people, and plain; `works` are words that would do instead, without the command.
    """

    def __init__(self, text: str, *works: str) -> None:
        self.works = works
        super().__init__(text)


class Unclear(Exception):
    """Pieces that make no time together."""


def whole_date(year: int, month: int, day: int) -> date:
    """Raises BadTime where there is no such day."""
    if year not in YEARS:
        raise BadTime(f"The year {year} is too far away.", "yesterday")
    if not 1 <= month <= 12:
        raise BadTime(f"There is no month {month}.", "20 nov", "2026-11-20")
    longest = calendar.monthrange(year, month)[1]
    if not 1 <= day <= longest:
        name = calendar.month_name[month]
        only = f" {year}" if (month, day) == (2, 29) else ""
        raise BadTime(f"There is no {day} {name}{only}.", f"{longest if day else 1} {MONTHS[month - 1]}")
    return date(year, month, day)


@dataclass(frozen=True, slots=True)
class Now:
    """When words are read, in local time without its zone; `ahead`: they tell of what is to come, not of what was."""

    at: datetime
    ahead: bool = False

    @property
    def today(self) -> date:
        """The local day."""
        return self.at.date()

    def nearest(self, month: int, day: int) -> date:
        """A date without its year: ahead the next one; else this year's or the last one's, whichever is nearer, so
        that January finds December. Raises BadTime."""
        this = whole_date(self.today.year, month, day)
        if self.ahead:
            return this if this >= self.today else whole_date(self.today.year + 1, month, day)
        if this <= self.today or (month, day) == (2, 29):
            return this
        before = whole_date(self.today.year - 1, month, day)
        return before if self.today - before < this - self.today else this

    def weekday(self, index: int) -> date:
        """The latest one, which may be today; ahead the next one that is not today. Monday is 0."""
        if self.ahead:
            return self.today + timedelta(days=(index - self.today.weekday() - 1) % 7 + 1)
        return self.today - timedelta(days=(self.today.weekday() - index) % 7)


class Link(StrEnum):
    """Words that say what a time is the beginning or the end of."""

    SINCE = "since"
    AFTER = "after"
    BEFORE = "before"
    UNTIL = "until"
    TO = "to"
    AROUND = "around"


class Part(StrEnum):
    """A part of a day. The night belongs to the day on whose evening it begins."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


HOURS = {Part.MORNING: (5, 12), Part.AFTERNOON: (12, 18), Part.EVENING: (18, 24), Part.NIGHT: (18, 30)}
"""When a part begins and ends, in hours after its day's midnight."""


@dataclass(frozen=True, slots=True)
class Days:
    """Local days, both ends included. `weekly`: told as a day of the week, of which there is one each week."""

    first: date
    last: date
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, up to 24:00. `half` is am, pm or "" for the 24-hour clock; `bare` is a mere number of an hour."""

    hour: int
    minute: int = 0
    half: str = ""
    bare: bool = False

    def readings(self, *, either_half: bool) -> tuple[timedelta, ...]:
        """Times after midnight that may be meant; with `either_half`, 7 may be seven in the evening as well."""
        if self.half:
            return (timedelta(hours=self.hour % 12 + (12 if self.half == "pm" else 0), minutes=self.minute),)
        written = timedelta(hours=self.hour, minutes=self.minute)
        twelve_later = timedelta(hours=self.hour + 12, minutes=self.minute)
        return (written, twelve_later) if either_half and 1 <= self.hour <= 12 else (written,)


@dataclass(frozen=True, slots=True)
class Back:
    """So long before now: all the time since (`ago` false), or what was about then."""

    length: timedelta
    ago: bool


Piece = Days | Part | Clock | Back | Link


@dataclass(frozen=True, slots=True)
class Point:
    """One side of a time: a day, a part of it, a clock time; any may be missing."""

    days: Days | None = None
    part: Part | None = None
    clock: Clock | None = None

    @property
    def has_frame(self) -> bool:
        """Whether it tells of a day, or a part of one."""
        return self.days is not None or self.part is not None


def point_of(found: Sequence[Piece]) -> Point:
    """Raises Unclear where something is there twice, or does not belong there."""
    days = [piece for piece in found if isinstance(piece, Days)]
    parts = [piece for piece in found if isinstance(piece, Part)]
    clocks = [piece for piece in found if isinstance(piece, Clock)]
    if max(len(days), len(parts), len(clocks)) > 1 or len(days) + len(parts) + len(clocks) != len(found) or not found:
        raise Unclear
    return Point(next(iter(days), None), next(iter(parts), None), next(iter(clocks), None))


def within(part: Part, clock: Clock) -> timedelta:
    """When a clock time is in a part of a day, after the midnight of its day. Raises BadTime where it is not."""
    begin, end = (timedelta(hours=hours) for hours in HOURS[part])
    for reading in clock.readings(either_half=True):
        for after in (reading, reading + DAY):
            if begin <= after <= end:
                return after
    told = " to ".join(f"{hours % 24}:00" for hours in HOURS[part])
    raise BadTime(f"The {part} is from {told}.", "yesterday 18:00-20:00")
