"""The words behind /clips that say when: "last night", "20 nov 18:00-20:00", "since monday". Pure.

All is local time of one zone. What is left out is taken as a person means it who looks for something that has happened:
a weekday, a part of the day or a clock time without its day is the latest one that has begun. The parts of a day:
morning 5-12, afternoon 12-18, evening 18-24, night 18-6; the night belongs to the day on whose evening it begins,
so at one in the morning "tonight" and "last night" are the night that is going on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from blinkbot.bot.text.formatting import long_day, recent_day
from blinkbot.bot.timeparse.scanner import pieces, plain
from blinkbot.bot.timeparse.tokens import (
    DAY,
    HOURS,
    Back,
    BadTime,
    Clock,
    Days,
    Link,
    Now,
    Part,
    Piece,
    Point,
    Unclear,
    point_of,
    within,
)

ABOUT = timedelta(minutes=30)
"""How far "around 7pm" reaches to both sides."""

MINUTE = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A time from `since` until just before `until`, in whole minutes of UTC; None is an open end."""

    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why words about a time mean none. `text` is a sentence for people; `works` are words that would do instead."""

    text: str
    works: tuple[str, ...] = ()


def read_time(text: str, now: datetime, zone: tzinfo) -> Window | Complaint | None:
    """The time that words mean at `now`; a Complaint where there is no such time, None where they tell of no time."""
    local = now.astimezone(zone).replace(tzinfo=None)
    try:
        found = pieces(plain(text), Now(local))
        return _window(found, now, zone) if found else None
    except BadTime as error:
        return Complaint(str(error), error.works)


def spoken(window: Window, now: datetime, zone: tzinfo) -> str:
    """A window as it is shown: "yesterday", "Fri 20 Nov, 18:00–20:00", "since Mon 16 Nov"; "" for all time."""
    today = now.astimezone(zone).date()
    since, until = window.since, window.until
    if since is None:
        if until is None:
            return ""
        by_day = _is_midnight(until, zone)
        last_day = _spoken_day((until - MINUTE).astimezone(zone).date(), today)
        return f"until {last_day}" if by_day else f"before {_spoken_instant(until, today, zone)}"
    if until is None:
        return f"since {_spoken_instant(since, today, zone)}"
    first, after = since.astimezone(zone), until.astimezone(zone)
    last = (until - MINUTE).astimezone(zone).date()
    whole = _is_midnight(since, zone) and _is_midnight(until, zone)
    if whole:
        begin, end = _spoken_day(first.date(), today), _spoken_day(last, today)
        return begin if first.date() == last else f"{begin} – {end}"
    if first.date() == last:
        return f"{_spoken_day(last, today)}, {first:%H:%M}–{'24:00' if _is_midnight(until, zone) else f'{after:%H:%M}'}"
    return f"{_spoken_instant(since, today, zone)} – {_spoken_instant(until, today, zone)}"


def _spoken_instant(at: datetime, today: date, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    on = _spoken_day(local.date(), today)
    return on if _is_midnight(at, zone) else f"{on}, {local:%H:%M}"


def _spoken_day(on: date, today: date) -> str:
    return recent_day(on, today) or long_day(on, today)


def _is_midnight(at: datetime, zone: tzinfo) -> bool:
    """Whether a local day begins at an instant; in some zones, once a year, that is at one o'clock."""
    return at == instant(datetime.combine(at.astimezone(zone).date(), time()), zone)


def instant(local: datetime, zone: tzinfo, *, last: bool = False) -> datetime:
    """The instant of a local time, in UTC. Of a time that the clock shows twice it is the first, or the last; of one
    that the clock skips, the moment of the skip."""
    first = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if second >= first:
        return second if last else first
    # Skipped: read with each offset, it lies on both sides of the change.
    before = second.astimezone(zone).utcoffset()
    while first - second > timedelta(seconds=1):
        middle = second + (first - second) // 2
        if middle.astimezone(zone).utcoffset() == before:
            second = middle
        else:
            first = middle
    return (first + timedelta(seconds=1)).replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class _Span:
    """Local times without their zone; None is an open end."""

    since: datetime | None
    until: datetime | None


def _window(found: Sequence[Piece], now: datetime, zone: tzinfo) -> Window | None:
    """Raises BadTime."""
    try:
        span = _Reading(now.astimezone(zone).replace(tzinfo=None)).span(found)
    except Unclear:
        return None
    since = None if span.since is None else _whole_minute(instant(span.since, zone))
    until = None if span.until is None else _whole_minute(instant(span.until, zone, last=True) + MINUTE - INSTANT)
    if since is not None and since > now:
        raise BadTime("That is still to come.", "yesterday", "last night")
    if since is not None and until is not None and until <= since:
        raise BadTime("The clocks were changed then: there was no such time.", "yesterday")
    return Window(since, until)


class _Reading:
    """Puts pieces together; `now` is local."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def span(self, found: Sequence[Piece]) -> _Span:
        """What the pieces mean. Raises Unclear, BadTime."""
        match found:
            case [Back(length, ago=False)]:
                return _Span(self.now - length, None)
            case [Back(length, ago=True)]:
                about = ABOUT if length >= timedelta(hours=1) else ABOUT / 6
                return _Span(self.now - length - about, self.now - length + about)
        links = [index for index, piece in enumerate(found) if isinstance(piece, Link)]
        if not links:
            return self._alone(point_of(found))
        if len(links) == 1:
            return self._linked(found, links[0])
        first, second = links[0], links[-1]
        if len(links) > 2 or (found[first] is not Link.SINCE and found[first] is not Link.AFTER):
            raise Unclear
        return self._from_to([*found[:first], *found[first + 1 : second]], found[second + 1 :])

    def _linked(self, found: Sequence[Piece], at: int) -> _Span:
        """One link: "since monday", "yesterday before 7", "18-20"."""
        link = found[at]
        if link is Link.TO or (link is Link.UNTIL and at > 0 and not _only_days(found[:at])):
            return self._from_to(found[:at], found[at + 1 :])
        point = point_of([*found[:at], *found[at + 1 :]])
        match link:
            case Link.AROUND:
                return self._alone(point, about=True)
            case Link.SINCE:
                return _Span(self._begin(point), None)
            case Link.AFTER:
                return self._after(point)
            case _:
                return self._before(point, whole=link is Link.UNTIL)

    def _alone(self, point: Point, *, about: bool = False) -> _Span:
        if point.clock is None:
            return self._frame(point)
        if point.clock.bare and not about and not point.has_frame:
            # A mere number is a time beside a day only.
            raise Unclear
        at = self._begin(point)
        return _Span(at - ABOUT, at + ABOUT)

    def _after(self, point: Point) -> _Span:
        if point.clock is None:
            return _Span(self._frame(point).until, None)
        return _Span(self._begin(point), self._frame(point).until if point.has_frame else None)

    def _before(self, point: Point, *, whole: bool) -> _Span:
        """`whole`: the day that is named belongs to it."""
        if point.clock is None:
            frame = self._frame(point)
            return _Span(None, frame.until if whole else frame.since)
        if point.has_frame:
            return _Span(self._frame(point).since, self._begin(point))
        midnight = datetime.combine(self.now.date(), time())
        return _Span(midnight, midnight + point.clock.readings(either_half=False)[0])

    def _from_to(self, left: Sequence[Piece], right: Sequence[Piece]) -> _Span:
        begin, end = point_of(left), point_of(right)
        if (begin.clock is None and not begin.has_frame) or (end.clock is None and not end.has_frame):
            raise Unclear
        if end.has_frame and begin.has_frame:
            since, until = self._begin(begin), self._end(end)
            if until <= since and begin.days is not None and begin.days.weekly:
                # On a Tuesday, "monday to wednesday" was last week.
                since -= 7 * DAY
            return self._ordered(since, until)
        if end.has_frame:
            # "18:00-20:00 yesterday": the day is the whole's.
            begin, end = Point(end.days, end.part, begin.clock), Point(clock=end.clock)
            if end.clock is None:
                return self._ordered(self._begin(begin), self._frame(begin).until)
        since = self._begin(begin, before=end.clock)
        either_half = begin.part is not None or (begin.clock is not None and begin.clock.half != "")
        return _Span(since, _next(end.clock, since, either_half=either_half))

    def _ordered(self, since: datetime, until: datetime) -> _Span:
        if until <= since:
            raise BadTime("That ends before it begins.", "yesterday 18:00-20:00", "20-22 nov")
        return _Span(since, until)

    def _begin(self, point: Point, before: Clock | None = None) -> datetime:
        """Where a point begins; `before` is the clock time of the end that follows: in "6-8pm", 6 is in the evening."""
        if point.clock is None:
            return self._frame(point).since
        if point.has_frame:
            return self._within(point, point.clock, before)
        since = _latest_reading(point.clock, before)
        at = datetime.combine(self.now.date(), time()) + since
        return at if at <= self.now else at - DAY

    def _end(self, point: Point) -> datetime:
        return self._frame(point).until if point.clock is None else self._within(point, point.clock, None)

    def _within(self, point: Point, clock: Clock, before: Clock | None) -> datetime:
        """A clock time on a day, or in a part of it."""
        frame = self._frame(point)
        if point.days is not None and point.days.first != point.days.last:
            raise BadTime("A clock time needs one day.", "yesterday 18:00-20:00")
        midnight = datetime.combine(frame.since.date(), time())
        if point.part is None:
            return midnight + _latest_reading(clock, before)
        return midnight + within(point.part, clock)

    def _frame(self, point: Point) -> "_Frame":
        """The day or the part of it that a point tells of."""
        part, days = point.part, point.days
        if days is None:
            if part is None:
                raise Unclear
            begun = self.now >= datetime.combine(self.now.date(), time()) + timedelta(hours=HOURS[part][0])
            on = self.now.date() - (timedelta() if begun else DAY)
            days = Days(on, on)
        first, last = (datetime.combine(on, time()) for on in (days.first, days.last))
        if part is None:
            return _Frame(first, last + DAY)
        if days.first != days.last:
            raise BadTime(f"“{part}” needs one day.", f"yesterday {part}")
        begin, end = HOURS[part]
        return _Frame(first + timedelta(hours=begin), first + timedelta(hours=end))


@dataclass(frozen=True, slots=True)
class _Frame(_Span):
    """A span with both its ends."""

    since: datetime
    until: datetime


def _only_days(found: Sequence[Piece]) -> bool:
    return all(isinstance(piece, Days | Part) for piece in found)


def _latest_reading(clock: Clock, before: Clock | None) -> timedelta:
    """The time after midnight, of the two that "6" may be in "6-8pm" the one that is nearest before the end."""
    if before is None or not before.half or not clock.bare:
        return clock.readings(either_half=False)[0]
    (end,) = before.readings(either_half=False)
    fitting = [reading for reading in clock.readings(either_half=True) if reading < end]
    return fitting[-1] if fitting else clock.readings(either_half=False)[0]


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


def _whole_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
