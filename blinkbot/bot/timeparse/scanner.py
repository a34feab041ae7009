"""From tokens to pieces, by rules over kinds of tokens. They hold for every language: where languages differ, both
orders of words are in them."""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from string import ascii_letters
from typing import Any

from blinkbot.bot.timeparse.pieces import DAY, Back, Clock, Context, DayPart, Days, Length, Piece
from blinkbot.bot.timeparse.problems import BadTime, Code, Unclear
from blinkbot.bot.timeparse.tokens import NUMERALS, Token, typed
from blinkbot.bot.timeparse.vocabulary import Part, TimeWords, Unit, Which

LONGEST_BACK = timedelta(days=3660)
"""Blink's cameras are younger than ten years; what reaches back further was mistyped."""

SOME_DAYS = timedelta(days=3)  # How far "a month ago" reaches to both sides
AMOUNTS = ("number", "amount", "year", "count", "dotted", "tenths")  # Kinds of tokens that say how many units there are
HOUR_SIGN = "h"  # The same in all languages; only "18h" may be a clock time, not "18 hours"


@dataclass(frozen=True, slots=True)
class _Match:
    tokens: Sequence[Token]
    context: Context

    def all(self, kind: str) -> list[Any]:
        return [token.value for token in self.tokens if token.kind == kind]

    def __getitem__(self, kind: str) -> Any:
        """The value of the first token of a kind, None where there is none."""
        return next(iter(self.all(kind)), None)


def pieces(tokens: Sequence[Token], context: Context) -> list[Piece]:
    """The pieces that tokens make. Raises BadTime, and Unclear where a token is left over."""
    kinds = "".join(_LETTERS[token.kind] for token in tokens)
    found: list[Piece] = []
    position = 0
    while position < len(tokens):
        fit, make = next(((fit, make) for rule, make in _RULES if (fit := rule.match(kinds, position))), (None, None))
        if fit is None or make is None:
            raise Unclear
        found += make(_Match(tokens[position : fit.end()], context))
        position = fit.end()
    return found


def checked_back(length: timedelta) -> timedelta:
    """A length that reaches back from now. Raises BadTime where it reaches nowhere, or too far."""
    if length > LONGEST_BACK:
        raise BadTime(Code.TOO_LONG_AGO)
    if not length:
        raise BadTime(Code.NO_LENGTH)
    return length


# -- lengths


def _length(match: _Match) -> Length:
    """ "2 hours", "half an hour"; "18h" may be a clock time as well."""
    unit, text = match["unit"], typed(match.tokens)
    first = next(token for token in match.tokens if token.kind in AMOUNTS)
    amount = first.value if isinstance(first.value, int | float) else float(first.text.replace(",", "."))
    # Capped, since many million weeks are more than a timedelta holds.
    seconds = min((amount + (match["more"] or 0)) * unit.value.total_seconds(), 2 * LONGEST_BACK.total_seconds())
    clock = _shown(first.value, 0) if first.kind == "number" and text == f"{first.text}{HOUR_SIGN}" else None
    return Length(timedelta(seconds=seconds), unit, text, clock)


def _hours(match: _Match) -> Sequence[Piece]:
    """ "18h30", a length or a clock time."""
    hour, minute = match["hours"]
    length = timedelta(hours=hour, minutes=minute)
    return [Length(length, Unit.MINUTE, typed(match.tokens), _shown(hour, minute))]


def _coming(match: _Match) -> Sequence[Piece]:
    """ "next 3 hours"."""
    return [_length(match)] if match.context.ahead else _future(match)


def _recent(match: _Match) -> Sequence[Piece]:
    """ "last 3 hours"."""
    return [Back(checked_back(_length(match).time), ago=False)]


def _ago(match: _Match) -> Sequence[Piece]:
    """ "2 hours ago", "a month ago"."""
    length = _length(match)
    back = checked_back(length.time)
    if length.unit.value < DAY:
        return [Back(back, ago=True)]
    around = SOME_DAYS if length.unit.value > Unit.WEEK.value else timedelta()
    on = match.context.today - back
    return [Days(on - around, on + around)]


# -- days and their parts


def _day(match: _Match) -> Sequence[Piece]:
    """So many days from today."""
    distance, context = match["day"], match.context
    return _future(match) if distance > 0 and not context.ahead else _one_day(context.today + distance * DAY)


def _period(match: _Match) -> Sequence[Piece]:
    """ "this week", "last month" by the calendar; "past month" and "last hour" reach until now."""
    which, unit, today = match["which"], match["unit"], match.context.today
    last = which is Which.LAST
    if which is Which.PAST or (last and unit.value <= DAY):
        return [Back(unit.value, ago=False)]
    if unit is Unit.WEEK:
        monday = today - timedelta(days=today.weekday() + 7 * last)
        return [Days(monday, monday + 6 * DAY)]
    if unit is Unit.MONTH:
        first = today.replace(day=1)
        return [_month_from((first - DAY).replace(day=1) if last else first)]
    if unit is Unit.YEAR:
        return [Days(date(today.year - last, 1, 1), date(today.year - last, 12, 31))]
    raise Unclear


def _weekend(match: _Match) -> Sequence[Piece]:
    """The one that has begun latest, or ahead begins next; "last weekend" is over."""
    saturday = match.context.weekday(5)
    if match["which"] is Which.LAST and match.context.today.weekday() >= 5:
        saturday -= 7 * DAY
    return [Days(saturday, saturday + DAY)]


def _weekday(match: _Match) -> Sequence[Piece]:
    """ "last monday" is never today; "next monday" is only ahead."""
    if match.all("next") and not match.context.ahead:
        return _future(match)
    on = match.context.weekday(match["weekday"])
    if match["which"] is Which.LAST and on >= match.context.today:
        on -= 7 * DAY
    return [Days(on, on, weekly=True)]


def _part(match: _Match) -> Sequence[Piece]:
    """A part of a day. The night before this day is going on until six, as "last night" and as "this night"."""
    which, part, context = match["which"], match["part"], match.context
    told = DayPart(part, *context.words.part_hours[part])
    if which is None:
        return [told]
    if which is Which.THIS:
        return [*_one_day(context.night if part is Part.NIGHT else context.today), told]
    return [*_one_day(context.today - DAY), told]


def _date(match: _Match) -> Sequence[Piece]:
    """20.11. and 2026-11-20: the order is known."""
    if match["iso"]:
        return _dated(match, *match["iso"])
    day, month, *year = match["date"]
    return _dated(match, _whole(year), month, day)


def _slashed(match: _Match) -> Sequence[Piece]:
    """20/11 or 11/20: the order is known only where one of them is no month."""
    one, other, *year = match["slashed"]
    if 1 <= one <= 12 and 1 <= other <= 12 and one != other:
        raise _ambiguous(match, match.context.words.date(one, other), match.context.words.date(other, one))
    day, month = (one, other) if other <= 12 else (other, one)
    return _dated(match, _whole(year), month, day)


def _dotted(match: _Match) -> Sequence[Piece]:
    """20.11 and 18.30: a day or a time, unless it can be both."""
    (first, second), context, text = match["dotted"] or match["tenths"], match.context, typed(match.tokens)
    is_clock = match["dotted"] and _shown(first, second)
    if is_clock and first in range(1, 32) and second in range(1, 13):
        raise _ambiguous(match, context.words.date(first, second), text.replace(".", ":"))
    return [Clock(first, second)] if is_clock else _one_day(context.nearest(second, first))


def _ambiguous(match: _Match, one: str, other: str) -> BadTime:
    return BadTime(Code.AMBIGUOUS, one, other, words=typed(match.tokens), one=one, other=other)


def _dated(match: _Match, year: int | None, month: int, day: int) -> Sequence[Piece]:
    context, weekday = match.context, match["weekday"]
    on = context.nearest(month, day) if year is None else context.whole_date(year, month, day)
    if weekday is not None and on.weekday() != weekday:
        raise BadTime(Code.WRONG_WEEKDAY, context.words.date(day, month), day=on)
    return _one_day(on)


def _whole(year: Sequence[int]) -> int | None:
    """A year that may be written with two digits."""
    return year[0] + 2000 * (year[0] < 100) if year else None


def _days_of_month(match: _Match) -> Sequence[Piece]:
    """20-22 nov."""
    context, month, year, numbers = match.context, match["month"], match["year"], match.all("number")
    first, last = (context.whole_date(year, month, day) if year else context.nearest(month, day) for day in numbers)
    if last < first:
        raise BadTime(Code.ENDS_BEFORE, f"{numbers[1]}-{context.words.date(numbers[0], month)}")
    return [Days(first, last)]


def _month(match: _Match) -> Sequence[Piece]:
    today, month = match.context.today, match["month"]
    near = today.year + (month <= today.month if match.context.ahead else -(month > today.month))
    return [_month_from(match.context.whole_date(match["year"] or near, month, 1))]


def _month_from(first: date) -> Days:
    return Days(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))


def _nth(match: _Match) -> Sequence[Piece]:
    """The latest 20th, or ahead the next."""
    on, day = match.context.today, match["number"]
    if not 1 <= day <= 31:
        raise BadTime(Code.NO_SUCH, words=typed(match.tokens))
    while on.day != day:
        on += DAY if match.context.ahead else -DAY
    return _one_day(on)


def _one_day(on: date) -> Sequence[Piece]:
    return [Days(on, on)]


def _future(match: _Match) -> Sequence[Piece]:
    """What is still to come; when, the word does not tell."""
    if match.context.ahead:
        raise Unclear
    raise BadTime(Code.FUTURE)


# -- clock times


def _clock(match: _Match) -> Sequence[Piece]:
    """ "18:30", "6.30 pm", "7 o'clock", "7"."""
    hour, minute, *_ = match["clock"] or match["dotted"] or (match["number"], 0)
    half = match["half"] or ""
    if _shown(hour, minute) is None or (half and not 1 <= hour <= 12):
        raise BadTime(Code.NO_SUCH, words=typed(match.tokens))
    return [Clock(hour, minute, half, bare=[token.kind for token in match.tokens] == ["number"])]


def _shown(hour: int, minute: int) -> Clock | None:
    """A clock time, None where no clock shows it."""
    return Clock(hour, minute) if minute <= 59 and hour * 60 + minute <= 24 * 60 else None


_KINDS = dict.fromkeys([*NUMERALS, *(field.name for field in fields(TimeWords))])
_LETTERS = dict(zip(_KINDS, ascii_letters, strict=False))


def _compiled(rule: str) -> re.Pattern[str]:
    return re.compile(re.sub("[a-z]+", lambda kind: _LETTERS[kind[0]], rule).replace(" ", ""))


_LENGTH = f"({'|'.join(AMOUNTS)}) more? unit more?"
_NO_TIME = "(?!half|mark|unit)"

_RULES: tuple[tuple[re.Pattern[str], Callable[[_Match], Sequence[Piece]]], ...] = tuple(
    (_compiled(rule), make)
    for rule, make in (
        # The first that fits counts: what is longer stands before what it begins with.
        (f"later|within {_LENGTH}", _future),
        (f"next {_LENGTH}", _coming),
        ("next weekday|which weekday|weekday which", _weekday),
        ("next", _future),
        (f"{_LENGTH} ago|ago {_LENGTH}", _ago),
        (f"which {_LENGTH}", _recent),
        ("which unit|unit which", _period),
        ("which? weekend|weekend which", _weekend),
        ("which? part", _part),
        ("since? number ordinal? to number ordinal? month year?", _days_of_month),
        (f"month number ordinal? to number ordinal? {_NO_TIME} year?", _days_of_month),
        (
            f"weekday? (number ordinal? month|month number ordinal? {_NO_TIME}) year?",
            lambda match: _dated(match, match["year"], match["month"], match["number"]),
        ),
        ("month year?", _month),
        ("weekday? (iso|date)", _date),
        ("weekday? slashed", _slashed),
        ("weekday", _weekday),
        ("day", _day),
        (_LENGTH, lambda match: [_length(match)]),
        ("hours", _hours),
        ("(clock|dotted|number) (half|mark)|clock", _clock),
        ("number ordinal", _nth),
        ("number", _clock),
        ("dotted|tenths", _dotted),
        ("clockword", lambda match: [Clock(match["clockword"])]),
        ("since|to|plus|link", lambda match: [token.value for token in match.tokens]),
        ("within", lambda _: []),
    )
)
