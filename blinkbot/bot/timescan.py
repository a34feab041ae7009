"""Finding the pieces of words about the past. Pure.

English words, dates as they are written in several countries, 12 and 24 hours.
"""

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from blinkbot.bot.timepieces import HOURS, Back, BadTime, Clock, Days, Link, Part, Piece

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
YEARS = range(2000, 2100)
LONGEST = timedelta(days=3660)
"""Blink's cameras are younger than ten years; what reaches back further was mistyped."""

Make = Callable[[re.Match[str], datetime], Sequence[Piece]]

_MONTH = (
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
)
_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?"
_YEAR = r"(?:,? ?(?P<year>\d{4})(?![:\d]))?"
_NTH = r"(?:st|nd|rd|th)?"
_UNIT = r"(?P<unit>min|mins|minutes?|m|hours?|hrs?|h|days?|d|weeks?|w|months?|years?)"
_UNITS = {
    "mo": timedelta(days=30),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(days=7),
    "y": timedelta(days=365),
}
"""By how they begin, the first that fits."""

_NUMBERS = {
    **dict.fromkeys(("a", "an", "one"), 1),
    **dict(zip(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), range(2, 11), strict=True)),
    "a couple of": 2,
    "couple of": 2,
    "a few": 3,
    "few": 3,
}
_NUMBER = rf"(?P<number>\d{{1,9}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_SOME_DAYS = timedelta(days=3)
"""How far "a month ago" reaches to both sides."""

_END = r"(?=[\s,-]|$)"


def pieces(text: str, now: datetime) -> list[Piece] | None:
    """The pieces of a text that is folded (`names.folded`); `now` is local. None where it is no words about a time.

    Raises BadTime.
    """
    found: list[Piece] = []
    position = 0
    while position < len(text):
        match, make = next(
            ((match, make) for pattern, make in _PATTERNS if (match := pattern.match(text, position))), (None, None)
        )
        if match is None or make is None:
            return None
        found += make(match, now)
        position = match.end()
    return found


def _whole_date(year: int, month: int, day: int) -> date:
    """Raises BadTime where there is no such day."""
    if year not in YEARS:
        raise BadTime(f"There are no clips from the year {year}.", "yesterday")
    if not 1 <= month <= 12:
        raise BadTime(f"There is no month {month}.", "20 nov", "2026-11-20")
    longest = calendar.monthrange(year, month)[1]
    if not 1 <= day <= longest:
        name = calendar.month_name[month]
        only = f" {year}" if (month, day) == (2, 29) else ""
        raise BadTime(f"There is no {day} {name}{only}.", f"{longest if day else 1} {MONTHS[month - 1]}")
    return date(year, month, day)


def _nearest_date(month: int, day: int, today: date) -> date:
    """A date without its year: this year's or the last one's, whichever is nearer, so that January finds December."""
    this = _whole_date(today.year, month, day)
    if this <= today or (month, day) == (2, 29):
        return this
    before = _whole_date(today.year - 1, month, day)
    return before if today - before < this - today else this


def _dated(match: re.Match[str], now: datetime, month: int, day: int) -> Sequence[Piece]:
    told = match.groupdict()
    on = _nearest_date(month, day, now.date()) if not told.get("year") else _whole_date(_year(match), month, day)
    weekday = told.get("weekday")
    if weekday and WEEKDAYS[on.weekday()] != weekday:
        right = calendar.day_name[on.weekday()]
        raise BadTime(
            f"{on.day} {calendar.month_name[on.month]} {on.year} is a {right}.", f"{on.day} {MONTHS[month - 1]}"
        )
    return [Days(on, on)]


def _year(match: re.Match[str]) -> int:
    return int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)


def _named_month(match: re.Match[str]) -> int:
    return MONTHS.index(match["month"]) + 1


def _day_month(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    return _dated(match, now, _named_month(match), int(match["day"]))


def _numbers(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    """20.11. and 2026-11-20: the order is known."""
    return _dated(match, now, int(match["number"]), int(match["day"]))


def _slashed(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    """20/11 or 11/20: the order is known only where one of them is no month."""
    one, other = int(match["one"]), int(match["other"])
    if 1 <= one <= 12 and 1 <= other <= 12 and one != other:
        first, second = f"{one} {MONTHS[other - 1]}", f"{other} {MONTHS[one - 1]}"
        raise BadTime(f"“{match[0].strip()}” can be read as {first} and as {second}.", first, second)
    day, month = (one, other) if other <= 12 else (other, one)
    return _dated(match, now, month, day)


def _days_of_month(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    """20-22 nov."""
    year = _year(match) if match["year"] else None
    first, last = (
        _whole_date(year, _named_month(match), int(match[name]))
        if year
        else _nearest_date(_named_month(match), int(match[name]), now.date())
        for name in ("day", "last")
    )
    if last < first:
        raise BadTime(
            f"{match['last']} comes before {match['day']}.", f"{match['last']}-{match['day']} {match['month']}"
        )
    return [Days(first, last)]


def _month(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    month = _named_month(match)
    year = _year(match) if match["year"] else now.year - (month > now.month)
    first = _whole_date(year, month, 1)
    return [Days(first, first.replace(day=calendar.monthrange(year, month)[1]))]


def _weekday(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    """The latest one; "last monday" is never today."""
    today = now.date()
    ago = (today.weekday() - WEEKDAYS.index(match["weekday"])) % 7
    on = today - timedelta(days=7 if ago == 0 and match["which"] == "last" else ago)
    return [Days(on, on)]


def _ago(days: int) -> Make:
    def make(_: re.Match[str], now: datetime) -> Sequence[Piece]:
        on = now.date() - timedelta(days=days)
        return [Days(on, on)]

    return make


def _week(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    monday = now.date() - timedelta(days=now.weekday() + (7 if match["which"] == "last" else 0))
    return [Days(monday, monday + timedelta(days=6))]


def _weekend(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    """The one that has begun latest; "last weekend" is over."""
    saturday = now.date() - timedelta(days=(now.weekday() - 5) % 7)
    if match["which"] == "last" and now.weekday() >= 5:
        saturday -= timedelta(days=7)
    return [Days(saturday, saturday + timedelta(days=1))]


def _month_of_now(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    first = now.date().replace(day=1)
    if match["which"] == "last":
        first = (first - timedelta(days=1)).replace(day=1)
    return [Days(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))]


def _last_night(_: re.Match[str], now: datetime) -> Sequence[Piece]:
    """The night before this day, which is going on until six."""
    on = now.date() - timedelta(days=1)
    return [Days(on, on), Part.NIGHT]


def _tonight(_: re.Match[str], now: datetime) -> Sequence[Piece]:
    """This day's night; after midnight the one that is going on."""
    on = now.date() - timedelta(days=1 if now.hour < HOURS[Part.NIGHT][1] - 24 else 0)
    return [Days(on, on), Part.NIGHT]


def _this_part(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    return [Days(now.date(), now.date()), Part(match["part"])]


def _back(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    told = match.groupdict()
    word = told.get("number") or "one"
    number = int(word) if word.isdigit() else _NUMBERS[word]
    unit = next(length for begin, length in _UNITS.items() if match["unit"].startswith(begin))
    if number * (unit // timedelta(minutes=1)) > LONGEST // timedelta(minutes=1):
        raise BadTime("That is longer ago than any clip.", "last week")
    if number == 0:
        raise BadTime("That is no time at all.", "last 30 min", "last 3 hours")
    ago = "ago" in told
    if ago and unit >= timedelta(days=1):
        on = now.date() - number * unit
        around = _SOME_DAYS if unit > timedelta(days=7) else timedelta()
        return [Days(on - around, on + around)]
    return [Back(number * unit, ago)]


def _dotted(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    """20.11 and 18.30: a day or a time, unless it can be both."""
    first, second = match["first"], match["second"]
    is_date = 1 <= int(first) <= 31 and 1 <= int(second) <= 12
    is_clock = int(first) <= 24 and len(second) == 2 and int(second) <= 59
    if is_date and is_clock:
        day, time = f"{int(first)} {MONTHS[int(second) - 1]}", f"{first}:{second}"
        raise BadTime(f"“{match[0].strip()}” can be read as {day} and as {time}.", day, time)
    if is_clock:
        return [Clock(int(first), int(second))]
    on = _nearest_date(int(second), int(first), now.date())
    return [Days(on, on)]


def _nth(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    """The latest 20th."""
    month, day = now.date().replace(day=1), int(match["day"])
    if not 1 <= day <= 31:
        raise BadTime(f"No month has a day {day}.", "20 nov")
    while day > calendar.monthrange(month.year, month.month)[1] or month.replace(day=day) > now.date():
        month = (month - timedelta(days=1)).replace(day=1)
    return [Days(month.replace(day=day), month.replace(day=day))]


def _year_of_now(match: re.Match[str], now: datetime) -> Sequence[Piece]:
    year = now.year - (match["which"] == "last")
    return [Days(date(year, 1, 1), date(year, 12, 31))]


def _clock(match: re.Match[str], _: datetime) -> Sequence[Piece]:
    told = match.groupdict()
    hour, minute, half = int(match["hour"]), int(told.get("minute") or 0), (told.get("half") or "")[:1]
    if half and not 1 <= hour <= 12:
        raise BadTime(f"There is no {hour} {half}m.", "18:00-20:00", "6pm-8pm")
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise BadTime(f"There is no {match[0].strip()} on the clock.", "18:00-20:00", "6pm-8pm")
    bare = told.get("minute") is None and not half and "mark" not in told
    return [Clock(hour, minute, half and f"{half}m", bare)]


def _future(_: re.Match[str], __: datetime) -> Sequence[Piece]:
    raise BadTime("That is still to come.", "yesterday", "last night")


def _always(*made: Piece) -> Make:
    return lambda match, now: made


_WORDS: tuple[tuple[str, Make], ...] = (
    # The first that fits counts: what is longer stands before what it begins with.
    (r"(?:tomorrow|next \w+|later)", _future),
    (r"(?:the )?day before yesterday", _ago(2)),
    (r"(?:earlier )?today", _ago(0)),
    (r"yesterday", _ago(1)),
    (r"last night", _last_night),
    (r"tonight|this night", _tonight),
    (r"this (?P<part>morning|afternoon|evening)", _this_part),
    (r"half an hour ago", _always(Back(timedelta(minutes=30), ago=True))),
    (rf"{_NUMBER} ?{_UNIT} (?P<ago>ago)", _back),
    (rf"(?:the )?(?:last|past) {_NUMBER} ?{_UNIT}", _back),
    (r"(?:the )?(?:last|past) (?P<unit>hour|minute|day)", _back),
    (r"(?:the )?past (?P<unit>week|month|year)", _back),
    # Alone, as behind /mute: "3h", "7 days".
    (rf"^{_NUMBER} ?{_UNIT}$", _back),
    (r"(?:the )?(?P<which>this|last) week", _week),
    (r"(?:the |at the |on the )?(?:(?P<which>this|last) )?weekend", _weekend),
    (r"(?:the )?(?P<which>this|last) month", _month_of_now),
    (r"(?P<which>this|last) year", _year_of_now),
    (rf"(?:from )?(?P<day>\d{{1,2}}){_NTH} ?(?:-|to) ?(?P<last>\d{{1,2}}){_NTH} {_MONTH}{_YEAR}", _days_of_month),
    (rf"{_MONTH} ?(?P<day>\d{{1,2}}){_NTH} ?(?:-|to) ?(?P<last>\d{{1,2}}){_NTH}{_YEAR}(?!:)", _days_of_month),
    (rf"(?:{_WEEKDAY},? )?(?P<day>\d{{1,2}}){_NTH}\.? ?(?:of )?{_MONTH}{_YEAR}", _day_month),
    (rf"(?:{_WEEKDAY},? )?{_MONTH} ?(?P<day>\d{{1,2}}){_NTH}(?![:\d]){_YEAR}", _day_month),
    (rf"{_MONTH}{_YEAR}", _month),
    (r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})", _numbers),
    (rf"(?:{_WEEKDAY},? )?(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.(?P<year>\d{{4}}|\d{{2}})?", _numbers),
    (r"(?P<first>\d{1,2})\.(?P<second>\d{1,2})", _dotted),
    (r"(?:on )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)", _nth),
    (r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?", _slashed),
    (r"(?P<one>\d{1,2})-(?P<other>\d{1,2})-(?P<year>\d{4})", _slashed),
    (rf"(?:(?P<which>this|last) )?{_WEEKDAY}", _weekday),
    (r"(?:in the )?morning", _always(Part.MORNING)),
    (r"(?:in the )?afternoon", _always(Part.AFTERNOON)),
    (r"(?:in the )?evening", _always(Part.EVENING)),
    (r"(?:at |in the )?night", _always(Part.NIGHT)),
    (r"(?:at )?noon", _always(Clock(12))),
    (r"(?:at )?midnight", _always(Clock(0))),
    (r"since|from|between|starting", _always(Link.SINCE)),
    (r"after", _always(Link.AFTER)),
    (r"before", _always(Link.BEFORE)),
    (r"until|till|til|up to", _always(Link.UNTIL)),
    (r"to|and", _always(Link.TO)),
    (r"around|about|at|circa|ca\.?", _always(Link.AROUND)),
    (r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?::\d{2})? ?(?P<half>[ap])\.?m\.?", _clock),
    (r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?", _clock),
    (r"(?P<hour>\d{1,2})(?P<mark>h)(?P<minute>\d{2})?", _clock),
    (r"(?P<hour>\d{1,2}) ?(?P<mark>o'?clock|uhr)", _clock),
    (r"(?P<hour>\d{1,2})", _clock),
    (r"on|the|of|in", _always()),
)
_PATTERNS = (
    *((re.compile(rf"[\s,]*(?:{words}){_END}", re.ASCII), make) for words, make in _WORDS),
    (re.compile(r"\s*-"), _always(Link.TO)),
    (re.compile(r"[\s,]+"), _always()),
)
