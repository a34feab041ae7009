"""Finding the pieces of words about what was, or of what is to come. Pure.

English words, dates as they are written in several countries, 12 and 24 hours.
"""

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from blinkbot.bot.text.names import folded
from blinkbot.bot.timeparse.tokens import (
    DAY,
    HOURS,
    MONTHS,
    WEEKDAYS,
    Back,
    BadTime,
    Clock,
    Days,
    Link,
    Now,
    Part,
    Piece,
    whole_date,
)

LONGEST = timedelta(days=3660)
"""Blink's cameras are younger than ten years; what reaches back further was mistyped."""
LONGEST_TEXT = 100
"""Characters of words about a time; longer ones are something else."""

Make = Callable[[re.Match[str], Now], Sequence[Piece]]

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


def plain(text: str) -> str:
    """Words as `pieces` takes them: no case, no accents, one kind of dash."""
    return folded(text.replace("–", "-").replace("—", "-").replace("’", "'"))


def pieces(text: str, now: Now) -> list[Piece] | None:
    """The pieces of a plain text; None where it is no words about a time.

    Raises BadTime.
    """
    if len(text) > LONGEST_TEXT:
        return None
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


def _dated(match: re.Match[str], now: Now, month: int, day: int) -> Sequence[Piece]:
    told = match.groupdict()
    on = now.nearest(month, day) if not told.get("year") else whole_date(_year(match), month, day)
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


def _day_month(match: re.Match[str], now: Now) -> Sequence[Piece]:
    return _dated(match, now, _named_month(match), int(match["day"]))


def _numbers(match: re.Match[str], now: Now) -> Sequence[Piece]:
    """20.11. and 2026-11-20: the order is known."""
    return _dated(match, now, int(match["number"]), int(match["day"]))


def _slashed(match: re.Match[str], now: Now) -> Sequence[Piece]:
    """20/11 or 11/20: the order is known only where one of them is no month."""
    one, other = int(match["one"]), int(match["other"])
    if 1 <= one <= 12 and 1 <= other <= 12 and one != other:
        first, second = f"{one} {MONTHS[other - 1]}", f"{other} {MONTHS[one - 1]}"
        raise BadTime(f"“{match[0].strip()}” can be read as {first} and as {second}.", first, second)
    day, month = (one, other) if other <= 12 else (other, one)
    return _dated(match, now, month, day)


def _days_of_month(match: re.Match[str], now: Now) -> Sequence[Piece]:
    """20-22 nov."""
    year = _year(match) if match["year"] else None
    first, last = (
        whole_date(year, _named_month(match), int(match[name]))
        if year
        else now.nearest(_named_month(match), int(match[name]))
        for name in ("day", "last")
    )
    if last < first:
        raise BadTime(
            f"{match['last']} comes before {match['day']}.", f"{match['last']}-{match['day']} {match['month']}"
        )
    return [Days(first, last)]


def _month(match: re.Match[str], now: Now) -> Sequence[Piece]:
    month = _named_month(match)
    here = now.today.month
    near = now.today.year + (month <= here) if now.ahead else now.today.year - (month > here)
    year = _year(match) if match["year"] else near
    first = whole_date(year, month, 1)
    return [Days(first, first.replace(day=calendar.monthrange(year, month)[1]))]


def _weekday(match: re.Match[str], now: Now) -> Sequence[Piece]:
    """ "last monday" is never today; "next monday" is only ahead."""
    if match["which"] == "next" and not now.ahead:
        return _future(match, now)
    on = now.weekday(WEEKDAYS.index(match["weekday"]))
    if match["which"] == "last" and on >= now.today:
        on -= 7 * DAY
    return [Days(on, on, weekly=True)]


def _ago(days: int) -> Make:
    def make(_: re.Match[str], now: Now) -> Sequence[Piece]:
        on = now.today - timedelta(days=days)
        return [Days(on, on)]

    return make


def _in(days: int) -> Make:
    def make(match: re.Match[str], now: Now) -> Sequence[Piece]:
        on = now.today + timedelta(days=days)
        return [Days(on, on)] if now.ahead else _future(match, now)

    return make


def _week(match: re.Match[str], now: Now) -> Sequence[Piece]:
    monday = now.today - timedelta(days=now.today.weekday() + (7 if match["which"] == "last" else 0))
    return [Days(monday, monday + timedelta(days=6))]


def _weekend(match: re.Match[str], now: Now) -> Sequence[Piece]:
    """The one that has begun latest, or ahead begins next; "last weekend" is over."""
    saturday = now.today - timedelta(days=(now.today.weekday() - 5) % 7)
    if now.ahead:
        saturday = now.weekday(5)
    if match["which"] == "last" and now.today.weekday() >= 5:
        saturday -= timedelta(days=7)
    return [Days(saturday, saturday + timedelta(days=1))]


def _month_of_now(match: re.Match[str], now: Now) -> Sequence[Piece]:
    first = now.today.replace(day=1)
    if match["which"] == "last":
        first = (first - timedelta(days=1)).replace(day=1)
    return [Days(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))]


def _last_part(match: re.Match[str], now: Now) -> Sequence[Piece]:
    """Yesterday's; the night before this day is going on until six."""
    on = now.today - DAY
    return [Days(on, on), Part(match["part"])]


def _tonight(_: re.Match[str], now: Now) -> Sequence[Piece]:
    """This day's night; after midnight the one that is going on."""
    on = now.today - timedelta(days=1 if now.at.hour < HOURS[Part.NIGHT][1] - 24 else 0)
    return [Days(on, on), Part.NIGHT]


def _this_part(match: re.Match[str], now: Now) -> Sequence[Piece]:
    return [Days(now.today, now.today), Part(match["part"])]


def _back(match: re.Match[str], now: Now) -> Sequence[Piece]:
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
        on = now.today - number * unit
        around = _SOME_DAYS if unit > timedelta(days=7) else timedelta()
        return [Days(on - around, on + around)]
    return [Back(number * unit, ago)]


def _dotted(match: re.Match[str], now: Now) -> Sequence[Piece]:
    """20.11 and 18.30: a day or a time, unless it can be both."""
    first, second = match["first"], match["second"]
    is_date = 1 <= int(first) <= 31 and 1 <= int(second) <= 12
    is_clock = int(first) <= (23 if int(second) else 24) and len(second) == 2 and int(second) <= 59
    if is_date and is_clock:
        day, time = f"{int(first)} {MONTHS[int(second) - 1]}", f"{first}:{second}"
        raise BadTime(f"“{match[0].strip()}” can be read as {day} and as {time}.", day, time)
    if is_clock:
        return [Clock(int(first), int(second))]
    on = now.nearest(int(second), int(first))
    return [Days(on, on)]


def _nth(match: re.Match[str], now: Now) -> Sequence[Piece]:
    """The latest 20th, or ahead the next."""
    month, day = now.today.replace(day=1), int(match["day"])
    if not 1 <= day <= 31:
        raise BadTime(f"No month has a day {day}.", "20 nov")

    def fits(on: date) -> bool:
        return on >= now.today if now.ahead else on <= now.today

    while day > calendar.monthrange(month.year, month.month)[1] or not fits(month.replace(day=day)):
        month = (month + timedelta(days=31 if now.ahead else -1)).replace(day=1)
    return [Days(month.replace(day=day), month.replace(day=day))]


def _year_of_now(match: re.Match[str], now: Now) -> Sequence[Piece]:
    year = now.today.year - (match["which"] == "last")
    return [Days(date(year, 1, 1), date(year, 12, 31))]


def _clock(match: re.Match[str], _: Now) -> Sequence[Piece]:
    told = match.groupdict()
    hour, minute, half = int(match["hour"]), int(told.get("minute") or 0), (told.get("half") or "")[:1]
    if half and not 1 <= hour <= 12:
        raise BadTime(f"There is no {hour} {half}m.", "18:00-20:00", "6pm-8pm")
    if minute > 59 or hour * 60 + minute > 24 * 60:
        raise BadTime(f"There is no {match[0].strip()} on the clock.", "18:00-20:00", "6pm-8pm")
    bare = told.get("minute") is None and not half and "mark" not in told
    return [Clock(hour, minute, half and f"{half}m", bare)]


def _future(_: re.Match[str], now: Now) -> Sequence[Piece]:
    if now.ahead:
        raise BadTime("I do not know when that is.", "1h", "tomorrow")
    raise BadTime("That is still to come.", "yesterday", "last night")


def _always(*made: Piece) -> Make:
    return lambda match, now: made


_WORDS: tuple[tuple[str, Make], ...] = (
    # The first that fits counts: what is longer stands before what it begins with.
    (r"(?:the )?day after tomorrow", _in(2)),
    (r"tomorrow", _in(1)),
    (rf"(?P<which>next) {_WEEKDAY}", _weekday),
    (r"(?:next \w+|later)", _future),
    (r"(?:the )?day before yesterday", _ago(2)),
    (r"(?:earlier )?today", _ago(0)),
    (r"yesterday", _ago(1)),
    (r"last (?P<part>evening|night)", _last_part),
    (r"tonight|this night", _tonight),
    (r"this (?P<part>morning|afternoon|evening)", _this_part),
    (r"half an hour ago", _always(Back(timedelta(minutes=30), ago=True))),
    (rf"{_NUMBER} ?{_UNIT} (?P<ago>ago)", _back),
    (rf"(?:the )?(?:last|past) {_NUMBER} ?{_UNIT}", _back),
    (r"(?:the )?(?:last|past) half(?: an)? hour", _always(Back(timedelta(minutes=30), ago=False))),
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
    (r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::\d{2})? ?(?P<half>[ap])\.?m\.?", _clock),
    (r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2}) ?(?:o'?clock|uhr)", _clock),
    (r"(?P<first>\d{1,2})\.(?P<second>\d{1,2})", _dotted),
    (r"(?:on )?(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)", _nth),
    (r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?:/(?P<year>\d{4}|\d{2}))?", _slashed),
    (r"(?P<one>\d{1,2})-(?P<other>\d{1,2})-(?P<year>\d{4})", _slashed),
    (rf"(?:(?P<which>this|last) )?{_WEEKDAY}", _weekday),
    (r"(?:in the )?morning", _always(Part.MORNING)),
    (r"(?:in the )?afternoon", _always(Part.AFTERNOON)),
    (r"(?:in the )?evening", _always(Part.EVENING)),
    (r"(?:at |in the )?night", _always(Part.NIGHT)),
    (r"(?:at )?(?:noon|midday)", _always(Clock(12))),
    (r"(?:at )?midnight", _always(Clock(0))),
    (r"since|from|between|starting", _always(Link.SINCE)),
    (r"after", _always(Link.AFTER)),
    (r"before", _always(Link.BEFORE)),
    (r"until|till|til|up to", _always(Link.UNTIL)),
    (r"to|and", _always(Link.TO)),
    (r"around|about|at|circa|ca\.?", _always(Link.AROUND)),
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
