"""The pieces that words about the past are made of: days, parts of a day, clock times, and what links them. Pure.

`timescan` finds them in what a person wrote, `timewords` puts them together.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class BadTime(Exception):
    """Words about a time that there is not, or not yet, or that can be read in two ways.

    Its text is for people, and plain; `works` are words that would do instead, without the command.
    """

    def __init__(self, text: str, *works: str) -> None:
        self.works = works
        super().__init__(text)


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
    """Local days, both ends included."""

    first: date
    last: date


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
