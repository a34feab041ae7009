"""JSON ↔ schedules (protocol §8).

What Blink stores of a program may be more than what is understood here: cameras that it is about, fields of tomorrow,
entries that make no sense. All of that is kept, and sent back as it came.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, time, timedelta

from blinkbot.blink.wire.fields import Fields, SetAside, readable
from blinkbot.domain import ArmAction, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.timezones import local_entry
from blinkbot.errors import BlinkResponseError

_PROGRAM_TIME = re.compile(
    r"(?:\d{4}-\d\d?-\d\d?[ T])?"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"(?: ?(?:Z|UTC|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)))?",
    re.ASCII,
)


def schedules(body: object, set_aside: SetAside) -> tuple[Schedule, ...]:
    return tuple(readable("programs", body, "programs", _schedule, set_aside))


def saved(operation: str, body: object) -> tuple[int, bool]:
    """What Blink says of a program it has taken: its id, and whether it is on."""
    top = Fields(operation, body)
    program = top.part("program") or top
    return program.id("id"), _enabled(program)


def schedule_body(entries: Iterable[ScheduleEntry], on: date) -> list[object]:
    """Entries as Blink takes them: new and changed times in UTC, under the date `on`, which means nothing."""
    return [_entry_body(entry, on) for entry in entries]


def changed_body(schedule: Schedule, on: date) -> list[object]:
    """The entries of a program that is stored already, at the places where they were; new ones come behind.

    What stands between them and cannot be read is left there.
    """
    left = list(schedule.entries)
    body: list[object] = []
    for line in _stored_entries(schedule):
        place = next((place for place, entry in enumerate(left) if entry.stored is line), None)
        if place is not None:
            body.append(_entry_body(left.pop(place), on))
        elif _understood(line) is None:
            body.append(line)
    return [*body, *schedule_body(left, on)]


def kept_fields(schedule: Schedule) -> dict[str, object]:
    """What Blink stores of a program beside its name and its entries."""
    return {name: value for name, value in (schedule.stored or {}).items() if name not in ("name", "schedule")}


def _stored_entries(schedule: Schedule) -> list[object]:
    found = (schedule.stored or {}).get("schedule")
    return found if isinstance(found, list) else []


def _entry_body(entry: ScheduleEntry, on: date) -> dict[str, object]:
    """What is stored, with that alone replaced which is not the same any more."""
    wanted = local_entry(entry, UTC, on)
    body: dict[str, object] = {
        "dow": [day.value for day in wanted.days],
        "devices": [],
        "time": f"{on:%Y-%m-%d} {wanted.at:%H:%M:%S} +0000",
        "action": str(entry.action),
    }
    before = _understood(entry.stored)
    if before is None or entry.stored is None:
        return body
    there = local_entry(before, UTC, on)
    same_days, same_time = there.days == wanted.days, there.at == wanted.at
    if before.offset:  # days and time mean nothing without each other
        same_days = same_time = same_days and same_time
    same = {"dow": same_days, "time": same_time, "action": before.action == entry.action, "devices": True}
    return {**entry.stored, **{name: value for name, value in body.items() if not same[name]}}


def _understood(stored: object) -> ScheduleEntry | None:
    if not isinstance(stored, dict):
        return None
    try:
        return replace(_entry(Fields("programs", stored)), stored=stored)
    except BlinkResponseError:
        return None


def _schedule(item: Fields) -> Schedule:
    stored = dict(item.items())
    lines = stored.get("schedule")
    if lines is not None and not isinstance(lines, list):
        raise item.wrong("schedule", "a list was expected")
    return Schedule(
        id=item.id("id"),
        network_id=item.id("network_id"),
        name=item.text("name"),
        enabled=_enabled(item),
        entries=tuple(entry for line in lines or () if (entry := _understood(line)) is not None),
        stored=stored,
    )


def _enabled(item: Fields) -> bool:
    return item.text("status").casefold() == "enabled"


def _entry(item: Fields) -> ScheduleEntry:
    at, offset = _clock_part(item)
    action = item.text("action").strip()
    known = action.casefold() in list(ArmAction)
    return ScheduleEntry(
        days=tuple(dict.fromkeys(_weekday(item, day) for day in item.words("dow"))),
        at=at,
        action=ArmAction(action.casefold()) if known else action,
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
