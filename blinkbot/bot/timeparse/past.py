"""The words behind /clips that say when: "last night", "20 nov 18:00-20:00", "since monday". Pure.

All is local time of one zone. What is left out is taken as a person means it who looks for something that has happened:
a weekday, a part of the day or a clock time without its day is the latest one that has begun. The parts of a day:
morning 5-12, afternoon 12-18, evening 18-24, night 18-6; the night belongs to the day on whose evening it begins,
so at one in the morning "tonight" and "last night" are the night that is going on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from blinkbot.bot.timeparse.instants import MINUTE, instants
from blinkbot.bot.timeparse.pieces import DAY, Back, Clock, Context, Days, Length, Piece, Point, point_of, with_clocks
from blinkbot.bot.timeparse.problems import BadTime, Code, TimeProblem, Unclear
from blinkbot.bot.timeparse.scanner import checked_back, pieces
from blinkbot.bot.timeparse.tokens import tokens
from blinkbot.bot.timeparse.vocabulary import Link, Unit, Vocabulary, spoken

ABOUT = timedelta(minutes=30)  # How far "around 7pm" reaches to both sides

Span = tuple[datetime | None, datetime | None]  # Local times without their zone; None is an open end


@dataclass(frozen=True, slots=True)
class Window:
    """A time from `since` until just before `until`, in whole minutes of UTC; None is an open end."""

    since: datetime | None = None
    until: datetime | None = None


def read_time(text: str, now: datetime, zone: tzinfo, words: Vocabulary | None = None) -> Window | TimeProblem | None:
    """The time that words mean at `now`; a problem where there is no such time, None where they are about no time."""
    words = words or spoken()
    context = Context(now.astimezone(zone).replace(tzinfo=None), words)
    try:
        found = pieces([*tokens(text, words)], context)
        return _window(_Reading(context).span(found), now, zone) if found else None
    except Unclear:
        return None
    except BadTime as error:
        works = error.works or words.pasts.get(error.code, words.pasts[None])
        return TimeProblem(error.code, error.values, works)


def _window(span: Span, now: datetime, zone: tzinfo) -> Window:
    """Raises BadTime."""
    begin, end = span
    since = begin and instants(begin, zone)[0].replace(second=0, microsecond=0)
    until = end and (instants(end, zone)[1] + MINUTE - timedelta.resolution).replace(second=0, microsecond=0)
    if since is not None and since > now:
        raise BadTime(Code.FUTURE)
    if since is not None and until is not None and until <= since:
        raise BadTime(Code.CLOCK_CHANGE)
    return Window(since, until)


class _Reading:
    def __init__(self, context: Context) -> None:
        self.context = context
        self.now, self.midnight = context.at, context.midnight

    def span(self, found: Sequence[Piece]) -> Span:
        """What the pieces mean. Raises Unclear, BadTime."""
        match found:
            case [Back(length, ago=True)]:
                about = ABOUT if length >= timedelta(hours=1) else ABOUT / 6
                return self.now - length - about, self.now - length + about
            case [Back(length)]:
                return self.now - length, None
            case [Length(length, unit, clock=clock)] if clock is None or unit is Unit.HOUR:
                return self.now - checked_back(length), None
        about_then = Link.AROUND in found
        found = [piece for piece in with_clocks(found) if piece is not Link.AROUND]
        links = [index for index, piece in enumerate(found) if isinstance(piece, Link)]
        if not links:
            return self._alone(point_of(found), about=about_then)
        if len(links) == 1:
            return self._linked(found, links[0])
        first, second = links[0], links[-1]
        if len(links) > 2 or found[first] not in (Link.SINCE, Link.AFTER):
            raise Unclear
        return self._from_to([*found[:first], *found[first + 1 : second]], found[second + 1 :])

    def _linked(self, found: Sequence[Piece], at: int) -> Span:
        """One link: "since monday", "yesterday before 7", "18-20"."""
        link = found[at]
        if link in (Link.TO, Link.AND) or (
            link is Link.UNTIL and any(isinstance(piece, Clock) for piece in found[:at])
        ):
            return self._from_to(found[:at], found[at + 1 :])
        point = point_of([*found[:at], *found[at + 1 :]])
        match link:
            case Link.SINCE:
                return self._begin(point), None
            case Link.AFTER:
                return self._after(point)
            case _:
                return self._before(point, whole=link is Link.UNTIL)

    def _alone(self, point: Point, *, about: bool) -> Span:
        if point.clock is None:
            return self._frame(point)
        if point.clock.bare and not about and not point.has_frame:
            # A mere number is a time beside a day only.
            raise Unclear
        at = self._begin(point)
        return at - ABOUT, at + ABOUT

    def _after(self, point: Point) -> Span:
        if point.clock is None:
            return self._frame(point)[1], None
        return self._begin(point), self._frame(point)[1] if point.has_frame else None

    def _before(self, point: Point, *, whole: bool) -> Span:
        """`whole`: the day that is named belongs to it."""
        if point.clock is None:
            return None, self._frame(point)[whole]
        if point.has_frame:
            return self._frame(point)[0], self._begin(point)
        return self.midnight, self.midnight + point.clock.reading

    def _from_to(self, left: Sequence[Piece], right: Sequence[Piece]) -> Span:
        begin, end = point_of(left), point_of(right)
        if end.has_frame and begin.has_frame:
            since, until = self._begin(begin), self._begin(end) if end.clock else self._frame(end)[1]
            if until <= since and begin.days is not None and begin.days.weekly:
                # On a Tuesday, "monday to wednesday" was last week.
                since -= 7 * DAY
            return self._ordered(since, until)
        if end.has_frame:
            # "18:00-20:00 yesterday": the day is the whole's.
            begin, end = Point(end.days, end.part, begin.clock), Point(clock=end.clock)
            if end.clock is None:
                return self._ordered(self._begin(begin), self._frame(begin)[1])
        since = self._begin(begin, end.clock)
        either_half = begin.part is not None or (begin.clock is not None and begin.clock.half != "")
        return since, _next(end.clock, since, either_half=either_half)

    def _ordered(self, since: datetime, until: datetime) -> Span:
        if until <= since:
            raise BadTime(Code.ENDS_BEFORE)
        return since, until

    def _begin(self, point: Point, end: Clock | None = None) -> datetime:
        """Where a point begins; `end` is the clock time that follows."""
        if point.clock is None:
            return self._frame(point)[0]
        if not point.has_frame:
            at = self.midnight + point.clock.before(end)
            return at if at <= self.now else at - DAY
        if point.days is not None and point.days.first != point.days.last:
            raise BadTime(Code.ONE_DAY)
        midnight = datetime.combine(self._frame(point)[0].date(), time())
        return midnight + (point.part.at(point.clock) if point.part else point.clock.before(end))

    def _frame(self, point: Point) -> tuple[datetime, datetime]:
        """The day or the part of it that a point tells of."""
        part, days = point.part, point.days
        if days is None:
            if part is None:
                raise Unclear
            begun = self.now >= self.midnight + timedelta(hours=part.begin)
            on = self.context.today - (timedelta() if begun else DAY)
            days = Days(on, on)
        first, last = (datetime.combine(on, time()) for on in (days.first, days.last))
        if part is None:
            return first, last + DAY
        if days.first != days.last:
            raise BadTime(Code.ONE_DAY)
        return first + timedelta(hours=part.begin), first + timedelta(hours=part.end)


def _next(clock: Clock | None, after: datetime, *, either_half: bool) -> datetime:
    """The first time after `after` at which the clock shows this; after 11 am or in the evening, 2 is either two."""
    if clock is None:
        raise Unclear
    midnight = datetime.combine(after.date(), time())
    return min(
        at
        for reading in clock.readings(either_half=either_half and clock.bare)
        for at in (midnight + reading, midnight + reading + DAY, midnight + reading + 2 * DAY)
        if at > after
    )
