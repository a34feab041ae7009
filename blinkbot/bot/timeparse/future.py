"""How long, or until when: what people write after /mute and /snooze.

Times of day are local; lengths are counted on the world's clock, so that "8 h" over the night when clocks change are
eight hours.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

from blinkbot.bot.timeparse.instants import coming, next_time
from blinkbot.bot.timeparse.pieces import DAY, Back, Context, Days, Length, Piece, Point, point_of, with_clocks
from blinkbot.bot.timeparse.problems import BadTime, Code, TimeProblem, Unclear
from blinkbot.bot.timeparse.scanner import AMOUNTS, pieces
from blinkbot.bot.timeparse.tokens import NUMERALS, Token, tokens, typed
from blinkbot.bot.timeparse.vocabulary import Link, Part, Unit, Vocabulary, spoken

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=30)
MORNING = time(7)  # When a night is over that is slept through, and when a day begins that is typed without a time

_FIRST_OF_TIMES = frozenset({*NUMERALS, "amount", "day", "weekday", "next", "link", "forever"})
"""Kinds of tokens with which no camera's name begins, as far as one can guess."""


def read_until(text: str, now: datetime, zone: tzinfo, words: Vocabulary | None = None) -> datetime | TimeProblem:
    """The end of what lasts as long as these words say, from `now` on, in UTC; a problem has only `works` that work."""
    reading = _Reading(now, zone, words or spoken())
    try:
        return reading.end(text)
    except BadTime as error:
        return TimeProblem(error.code, error.values, tuple(reading.working(error.works)))


def about_time(text: str, words: Vocabulary | None = None) -> bool:
    """Whether words are meant as a time, even one that there is not."""
    try:
        first = next(tokens(text, words or spoken()), None)
    except Unclear:
        return False
    return first is not None and (first.kind in _FIRST_OF_TIMES or first.text == "-")


class _Reading:
    def __init__(self, now: datetime, zone: tzinfo, words: Vocabulary) -> None:
        # Adding to a local time would count on the clock's face.
        self.now = now.astimezone(UTC)
        self.zone = zone
        self.context = Context(now.astimezone(zone).replace(tzinfo=None), words, ahead=True)

    def end(self, text: str) -> datetime:
        """Raises BadTime."""
        try:
            found = [*tokens(text, self.context.words)]
            self._check_unit(found)
            until = self._until(pieces(_with_minutes(found), self.context), typed(found))
        except Unclear:
            raise BadTime(Code.NOT_UNDERSTOOD, words=text) from None
        return self._checked(until)

    def _check_unit(self, found: Sequence[Token]) -> None:
        """Raises BadTime where there is a mere number."""
        if len(found) == 1 and found[0].kind in {*AMOUNTS} - {"amount"}:
            if found[0].value == 0:
                raise BadTime(Code.HOW_LONG)
            number, length = found[0].text, self.context.words.length
            raise BadTime(Code.NO_UNIT, length(number, Unit.MINUTE), length(number, Unit.HOUR), number=number)

    def working(self, works: Sequence[str]) -> list[str]:
        """Those of these words that are an end, or are one behind "until"."""
        until = self.context.words.until
        return [words for each in works for words in (each, until(each)) if self._is_end(words)]

    def _is_end(self, text: str) -> bool:
        try:
            self.end(text)
        except BadTime:
            return False
        return True

    def _checked(self, until: datetime) -> datetime:
        length = until - self.now
        if length > LONGEST:
            raise BadTime(Code.TOO_LONG, days=LONGEST.days)
        if length < timedelta():
            raise BadTime(Code.PAST)
        if length < SHORTEST:
            raise BadTime(Code.TOO_SHORT if length else Code.NO_LENGTH)
        return until

    def _until(self, found: Sequence[Piece], text: str) -> datetime:
        """The end that is meant. Raises BadTime, Unclear."""
        match found:
            case []:
                raise BadTime(Code.HOW_LONG)
            case [Back()]:
                raise BadTime(Code.PAST)
            case [Link.TO, *_] if text.startswith("-"):
                raise BadTime(Code.PAST)
            case [Link.UNTIL | Link.TO]:
                raise BadTime(Code.UNTIL_WHEN)
            case [Link.UNTIL | Link.TO, *rest]:
                return self._instant(_point(rest))
        if lengths := _lengths(found):
            return self.now + sum((length.time for length in lengths), timedelta())
        return self._unlinked(_point(found), text)

    def _unlinked(self, point: Point, text: str) -> datetime:
        """The end of a day or a night that is named without "until". Raises BadTime where it may not be meant."""
        days, part, context = point.days, point.part and point.part.part, self.context
        if point.clock is None:
            if part is Part.NIGHT and (days is None or days.first == context.night):
                return next_time(MORNING, self.now, self.zone)
            if part is Part.MORNING and days is not None and days.first == context.today + DAY:
                return next_time(MORNING, self.now, self.zone)
            if part is None and days == Days(context.today, context.today):
                return next_time(time(), self.now, self.zone)
        raise self._question(point, text)

    def _question(self, point: Point, text: str) -> BadTime:
        """Whether the end that is named is meant. Raises BadTime where it cannot be."""
        until, words = self._instant(point), self.context.words
        if point.days is not None and point.days.first != point.days.last:
            # "For the weekend" is not over when the weekend begins.
            after = point.days.last + DAY
            is_near = after - self.context.today <= 8 * DAY
            return BadTime(Code.WHICH_DAY, *[words.until(words.weekday(after.weekday()))] * is_near)
        self._checked(until)
        local = until.astimezone(self.zone)
        end = f"{local:%H:%M}" if point.clock and until - self.now < DAY else text
        length = [text.replace(":", "h")] * (point.clock is not None and text == point.clock.typed)
        return BadTime(Code.UNTIL, words.until(end), *length, at=local, now=self.now)

    def _instant(self, point: Point) -> datetime:
        """The next instant of a point; a day's, without a time, is in the morning. Raises BadTime."""
        after_midnight = _after_midnight(point)
        if point.days is None:
            return next_time((self.context.midnight + after_midnight).time(), self.now, self.zone)
        local = datetime.combine(point.days.first, time()) + after_midnight
        return coming(local, self.now, self.zone)


def _with_minutes(found: Sequence[Token]) -> Sequence[Token]:
    """ "1 h 30" as "1 h 30 min"."""
    before, last = [token for token in found[:-1] if token.kind != "plus"], found[-1:]
    if last and last[0].kind == "number" and last[0].value <= 59 and before and before[-1].value is Unit.HOUR:
        return [*found, Token("unit", Unit.MINUTE, "", last[0].end)]
    return found


def _lengths(found: Sequence[Piece]) -> list[Length]:
    """The lengths that pieces are: "1 h", "2 days and 3 h"; none where they are something else."""
    lengths = [piece for piece in found if isinstance(piece, Length)]
    return lengths if all(isinstance(piece, Length) or piece is Link.AND for piece in found) else []


def _point(found: Sequence[Piece]) -> Point:
    """Raises Unclear, BadTime where it is rather a length."""
    if lengths := _lengths(found):
        clocks = [length.clock.typed for length in lengths[:1] if length.clock]
        raise BadTime(Code.LENGTH_OR_END, " ".join(length.typed for length in lengths), *clocks)
    return point_of([piece for piece in with_clocks(found) if piece is not Link.AROUND])


def _after_midnight(point: Point) -> timedelta:
    """When a point is, after the midnight of its day. Raises BadTime."""
    part, clock = point.part, point.clock
    if clock is not None:
        # "4 in the morning" is before the morning.
        return clock.reading if part is None or part.part is Part.MORNING else part.at(clock)
    if part is None or part.part is Part.MORNING:
        return timedelta(hours=MORNING.hour)
    if part.part is Part.NIGHT:
        raise BadTime(Code.WHICH_HOUR, "22:00")
    return timedelta(hours=part.begin)
