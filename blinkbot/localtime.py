"""Local times: a network's zone, and schedules as the people who live there read them (protocol §6, §8)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blinkbot.domain import ScheduleEntry


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
    stored = datetime.combine(on, entry.at.replace(tzinfo=None)) - entry.offset
    local = stored.replace(tzinfo=UTC).astimezone(zone)
    return _moved(entry, local, on, local.utcoffset() or timedelta())


def utc_entry(entry: ScheduleEntry, zone: tzinfo, on: date) -> ScheduleEntry:
    """A local entry as Blink stores it, in UTC, with the zone's offset that holds on `on`."""
    local = datetime.combine(on, entry.at.replace(tzinfo=None)).replace(tzinfo=zone)
    return _moved(entry, local.astimezone(UTC), on, timedelta())


def _moved(entry: ScheduleEntry, moment: datetime, on: date, offset: timedelta) -> ScheduleEntry:
    shift = (moment.date() - on).days
    order = list(dict.fromkeys(day.shifted(shift) for day in entry.days))
    return replace(entry, days=tuple(order), at=moment.time().replace(tzinfo=None), offset=offset)
