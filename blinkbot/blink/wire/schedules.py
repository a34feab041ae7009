"""JSON ↔ schedules (protocol §8)."""

import re
from collections.abc import Iterable
from datetime import UTC, date, time, timedelta

from blinkbot.blink.wire.fields import Fields, objects
from blinkbot.domain import ArmAction, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.timezones import local_entry

_PROGRAM_TIME = re.compile(
    r"(?:\d{4}-\d\d?-\d\d?[ T])?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"(?: ?(?:Z|UTC|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)))?",
    re.ASCII,
)


def schedules(body: object) -> tuple[Schedule, ...]:
    return tuple(_schedule(item) for item in objects("programs", body, "programs"))


def saved(operation: str, body: object) -> tuple[int, bool]:
    """What Blink says of a program it has taken: its id, and whether it is on."""
    top = Fields(operation, body)
    program = top.part("program") or top
    return program.id("id"), program.word("status") == "enabled"


def schedule_body(entries: Iterable[ScheduleEntry], on: date) -> list[dict[str, object]]:
    """Entries as Blink takes them: in UTC, under the date `on`, which means nothing."""
    return [_entry_body(local_entry(entry, UTC, on), on) for entry in entries]


def _entry_body(entry: ScheduleEntry, on: date) -> dict[str, object]:
    return {
        "dow": [day.value for day in entry.days],
        "devices": [],
        "time": f"{on:%Y-%m-%d} {entry.at:%H:%M:%S} +0000",
        "action": str(entry.action),
    }


def _schedule(item: Fields) -> Schedule:
    return Schedule(
        id=item.id("id"),
        network_id=item.id("network_id"),
        name=item.text("name"),
        enabled=item.word("status") == "enabled",
        entries=tuple(_entry(entry) for entry in item.parts("schedule")),
    )


def _entry(item: Fields) -> ScheduleEntry:
    at, offset = _clock_part(item)
    action = item.text("action")
    return ScheduleEntry(
        days=tuple(_weekday(item, day) for day in item.words("dow")),
        at=at,
        action=ArmAction(action) if action in list(ArmAction) else action,
        offset=offset,
    )


def _clock_part(item: Fields) -> tuple[time, timedelta]:
    """The clock part of an entry's time and its distance from UTC; the date beside it means nothing (§8)."""
    match = _PROGRAM_TIME.fullmatch(item.text("time").strip())
    if match is None:
        raise item.wrong("time", "a time of day was expected")
    try:
        at = time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))
    except ValueError as error:
        raise item.wrong("time", "a time of day was expected") from error
    offset = timedelta(hours=int(match["hours"] or 0), minutes=int(match["minutes"] or 0))
    if offset >= timedelta(days=1):
        raise item.wrong("time", "its distance from UTC is impossible")
    return at, -offset if match["sign"] == "-" else offset


def _weekday(item: Fields, word: str) -> Weekday:
    try:
        return Weekday(word.casefold()[:3])
    except ValueError as error:
        raise item.wrong("dow", "a weekday was expected") from error
