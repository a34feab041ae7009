"""From local times to instants, over the nights in which clocks change."""

from bisect import bisect_left
from datetime import UTC, datetime, time, timedelta, tzinfo

MINUTE = timedelta(minutes=1)


def instants(local: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first and the last instant at which clocks show a local time, in UTC; mostly they are one. Of a time that
    clocks skip, it is the moment of the skip."""
    first, last = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= last:
        return first, last
    # Read with the offset from after the skip, it is before it, and the other way round.
    before = last.astimezone(zone).utcoffset()
    minutes = range((first - last) // MINUTE + 1)
    skip = bisect_left(minutes, True, key=lambda n: (last + n * MINUTE).astimezone(zone).utcoffset() != before)
    moment = (last + skip * MINUTE).replace(second=0, microsecond=0)
    return moment, moment


def instant(local: datetime, zone: tzinfo) -> datetime:
    """The first instant at which clocks show a local time, in UTC."""
    return instants(local, zone)[0]


def coming(local: datetime, now: datetime, zone: tzinfo) -> datetime:
    """The first instant after `now` at which clocks show a local time; where all are past, the first."""
    first, last = instants(local, zone)
    return last if first <= now < last else first


def next_time(at: time, now: datetime, zone: tzinfo) -> datetime:
    """The next instant after `now` at which clocks show a time of day, in UTC."""
    today = now.astimezone(zone).date()
    days = (datetime.combine(today + timedelta(days=ahead), at) for ahead in range(3))
    return next(found for day in days if (found := coming(day, now, zone)) > now)
