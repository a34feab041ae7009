"""Local times: a network's zone, and schedule entries in it (protocol §6, §8)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blinkbot.domain import ScheduleEntry

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zone_of(*names: str) -> tzinfo:
    """The first of these zone names that the zone database knows, else UTC.

    Blink sends names that no database has; the caller passes the network's name, then the configured one.
    """
    for name in names:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return UTC


def local_entry(entry: ScheduleEntry, zone: tzinfo, on: date) -> ScheduleEntry:
    """An entry in a zone's local time, as it holds in the week of `on`.

    The days move with the clock where the conversion crosses midnight: Tuesday 05:00 UTC is Monday 23:00 in
    Chicago. The result's `offset` is the zone's, so converting it again gives it back.
    """
    offset = _offset(zone, on)
    local = datetime.combine(on, entry.at.replace(tzinfo=None)) - entry.offset + offset
    shift = (local.date() - on).days
    days = tuple(dict.fromkeys(day.shifted(shift) for day in entry.days))
    return replace(entry, days=days, at=local.time(), offset=offset)


def _offset(zone: tzinfo, on: date) -> timedelta:
    """The zone's distance from UTC on a day: at noon, since clocks change at night.

    One for the whole day, so that every local time has one stored time and the other way round, also on the day of
    a change, where the clock skips an hour or has one twice.
    """
    return datetime.combine(on, time(12), zone).utcoffset() or timedelta()
