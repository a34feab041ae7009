"""What tokens make together: days, parts of a day, clock times, lengths, and what links them."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from blinkbot.bot.timeparse.problems import BadTime, Code, Unclear
from blinkbot.bot.timeparse.vocabulary import Link, Part, Unit, Vocabulary

YEARS = range(2000, 2100)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Context:
    """When words are read, in local time without its zone, and in which language. `ahead`: they are about what is to
    come, not about what was."""

    at: datetime
    words: Vocabulary
    ahead: bool = False

    @property
    def today(self) -> date:
        return self.at.date()

    @property
    def midnight(self) -> datetime:
        return datetime.combine(self.today, time())

    @property
    def night(self) -> date:
        """The day whose night is the next, or is going on."""
        _, end = self.words.part_hours[Part.NIGHT]
        return self.today - (DAY if self.at.hour < end - 24 else timedelta())

    def whole_date(self, year: int, month: int, day: int) -> date:
        """Raises BadTime where there is no such day."""
        if year not in YEARS:
            raise BadTime(Code.YEAR_TOO_FAR, year=year)
        if not 1 <= month <= 12:
            raise BadTime(Code.NO_SUCH, self.words.date(20, 11), words=f"{year}-{month:02}-{day:02}")
        longest = calendar.monthrange(year, month)[1]
        if not 1 <= day <= longest:
            told = self.words.date(day, month) + (f" {year}" if (month, day) == (2, 29) else "")
            raise BadTime(Code.NO_SUCH, self.words.date(longest if day else 1, month), words=told)
        return date(year, month, day)

    def nearest(self, month: int, day: int) -> date:
        """A date without its year: ahead the next one; else this year's or the last one's, whichever is nearer, so
        that January finds December. Raises BadTime."""
        this = self.whole_date(self.today.year, month, day)
        if self.ahead:
            return this if this >= self.today else self.whole_date(self.today.year + 1, month, day)
        if this <= self.today or (month, day) == (2, 29):
            return this
        before = self.whole_date(self.today.year - 1, month, day)
        return before if self.today - before < this - self.today else this

    def weekday(self, index: int) -> date:
        """The latest one, which may be today; ahead the next one that is not today. Monday is 0."""
        if self.ahead:
            return self.today + timedelta(days=(index - self.today.weekday() - 1) % 7 + 1)
        return self.today - timedelta(days=(self.today.weekday() - index) % 7)


@dataclass(frozen=True, slots=True)
class Days:
    """Local days, both ends included. `weekly`: typed as a day of the week, of which there is one each week."""

    first: date
    last: date
    weekly: bool = False


@dataclass(frozen=True, slots=True)
class DayPart:
    """A part of a day, with its hours after the day's midnight."""

    part: Part
    begin: int
    end: int

    def at(self, clock: "Clock") -> timedelta:
        """When a clock time is in this part, after the midnight of its day. Raises BadTime where it is not."""
        begin, end = timedelta(hours=self.begin), timedelta(hours=self.end)
        for reading in clock.readings(either_half=True):
            for after in (reading, reading + DAY):
                if begin <= after <= end:
                    return after
        raise BadTime(Code.PART_HOURS, begin=begin, end=end - DAY if end > DAY else end)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, up to 24:00. `half` is am, pm or "" for the 24-hour clock; `bare` is a mere number of an hour."""

    hour: int
    minute: int = 0
    half: str = ""
    bare: bool = False

    @property
    def typed(self) -> str:
        return f"{self.hour}:{self.minute:02}"

    @property
    def reading(self) -> timedelta:
        return self.readings(either_half=False)[0]

    def readings(self, *, either_half: bool) -> tuple[timedelta, ...]:
        """Times after midnight that may be meant; with `either_half`, 7 may be seven in the evening as well."""
        if self.half:
            return (timedelta(hours=self.hour % 12 + (12 if self.half == "pm" else 0), minutes=self.minute),)
        written = timedelta(hours=self.hour, minutes=self.minute)
        twelve_later = timedelta(hours=self.hour + 12, minutes=self.minute)
        return (written, twelve_later) if either_half and 1 <= self.hour <= 12 else (written,)

    def before(self, end: "Clock | None") -> timedelta:
        """How long after midnight it is as the beginning of what ends then: in "6-8pm", 6 is in the evening, and in
        "10-7am", 10 as well."""
        if end is None or not end.half or not self.bare:
            return self.reading
        return min(self.readings(either_half=True), key=lambda begin: (end.reading - begin) % DAY or DAY)


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as typed, in units down to `unit`. "18h" and "18h30" can be a clock time as well."""

    time: timedelta
    unit: Unit
    typed: str
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Back:
    """So long before now: all the time since (`ago` false), or what was about then."""

    length: timedelta
    ago: bool


Piece = Days | DayPart | Clock | Length | Back | Link


@dataclass(frozen=True, slots=True)
class Point:
    """One side of a time: a day, a part of it, a clock time; any may be missing."""

    days: Days | None = None
    part: DayPart | None = None
    clock: Clock | None = None

    @property
    def has_frame(self) -> bool:
        return self.days is not None or self.part is not None


def point_of(found: Sequence[Piece]) -> Point:
    """Raises Unclear where something is there twice, or does not belong there."""
    days = [piece for piece in found if isinstance(piece, Days)]
    parts = [piece for piece in found if isinstance(piece, DayPart)]
    clocks = [piece for piece in found if isinstance(piece, Clock)]
    if max(len(days), len(parts), len(clocks)) > 1 or len(days) + len(parts) + len(clocks) != len(found) or not found:
        raise Unclear
    return Point(next(iter(days), None), next(iter(parts), None), next(iter(clocks), None))


def with_clocks(found: Sequence[Piece]) -> list[Piece]:
    """The pieces where "18h" is a clock time. Raises BadTime where the clock does not show it."""
    return [piece.clock if isinstance(piece, Length) and piece.clock else piece for piece in found]
