"""Schedules: what Blink sends, and what makes no sense."""

import json
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from blinkbot.blink.wire.schedules import changed_body, kept_fields, schedules
from blinkbot.domain import ArmAction, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.timezones import local_entry
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies
from tests.blink.aside import anything_aside

WINTER = date(2026, 1, 15)


def test_a_program_is_a_schedule() -> None:
    schedule = schedules([bodies.program()], anything_aside)[0]
    assert (schedule.id, schedule.network_id, schedule.name, schedule.enabled) == (3, 100, "Nights", True)
    assert [(entry.at, entry.action) for entry in schedule.entries] == [
        (time(22, 0), ArmAction.ARM),
        (time(6, 30), ArmAction.DISARM),
    ]
    assert schedule.entries[0].days == (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


@pytest.mark.parametrize(
    ("told", "at", "offset"),
    [
        ("2020-02-14 21:00:00 +0000", time(21), timedelta()),
        ("2020-02-14 21:05:09 -0630", time(21, 5, 9), -timedelta(hours=6, minutes=30)),
        ("2020-02-14 21:00:00 +05:45", time(21), timedelta(hours=5, minutes=45)),
        ("2020-02-14T21:00:00Z", time(21), timedelta()),
        ("14:45", time(14, 45), timedelta()),
    ],
)
def test_only_the_clock_part_and_its_offset_count(told: str, at: time, offset: timedelta) -> None:
    entry = {"dow": ["Mon"], "time": told, "action": "arm"}
    read = schedules([bodies.program(schedule=[entry])], anything_aside)[0].entries[0]
    assert (read.at, read.offset) == (at, offset)


ODD = [
    *({"dow": ["mon"], "time": told, "action": "arm"} for told in ("", "25:00", "12:61:00", "noon", None, 7, "1٢:00")),
    {"dow": ["mon"], "time": "12:00 +9900", "action": "arm"},
    {"dow": ["mon", "xyz"], "time": "10:00", "action": "arm"},
    {"dow": "daily", "time": "10:00"},
    {},
    None,
    "arm",
    [1],
]
"""Entries of which nobody knows what they mean."""


@pytest.mark.parametrize("odd", ODD)
def test_an_entry_that_makes_no_sense_holds_up_no_other(odd: object) -> None:
    good = {"dow": ["mon"], "time": "10:00", "action": "arm"}
    read = schedules([bodies.program(schedule=[odd, good, odd])], anything_aside)[0]
    assert [entry.at for entry in read.entries] == [time(10)]
    assert changed_body(read, WINTER) == [odd, good, odd]


@pytest.mark.parametrize("odd", [None, "none", 7, {}, {"id": "x"}, {"id": 0, "network_id": 1}, {"id": 3}])
def test_a_program_that_makes_no_sense_holds_up_no_other(odd: object) -> None:
    assert [each.id for each in schedules([odd, bodies.program(), odd, bodies.program(4)], anything_aside)] == [3, 4]


def test_an_unknown_action_stays_a_word() -> None:
    entry = {"dow": [], "time": "10:00", "action": "snooze"}
    assert schedules([bodies.program(schedule=[entry])], anything_aside)[0].entries[0].action == "snooze"


@pytest.mark.parametrize("word", ["ARM", "Arm", " arm "])
def test_an_action_may_be_in_capitals(word: str) -> None:
    entry = {"dow": [], "time": "10:00", "action": word}
    assert schedules([bodies.program(schedule=[entry])], anything_aside)[0].entries[0].action is ArmAction.ARM


def test_days_may_be_full_words_and_doubled() -> None:
    entry = {"dow": ["Monday", "mon", "SUNDAY", "Monday"], "time": "10:00", "action": "arm"}
    assert schedules([bodies.program(schedule=[entry])], anything_aside)[0].entries[0].days == (
        Weekday.MON,
        Weekday.SUN,
    )


@pytest.mark.parametrize(
    ("status", "enabled"),
    [("enabled", True), ("ENABLED", True), ("disabled", False), (None, False), ("paused", False), (True, False)],
)
def test_only_a_program_that_says_so_is_on(status: object, enabled: bool) -> None:
    assert schedules([bodies.program(status=status)], anything_aside)[0].enabled is enabled


def test_a_program_without_a_status_is_off() -> None:
    body = bodies.program()
    del body["status"]
    assert schedules([body], anything_aside)[0].enabled is False


def test_ids_may_be_strings() -> None:
    found = schedules([{**bodies.program(), "id": "5190000000003", "network_id": "100"}], anything_aside)[0]
    assert (found.id, found.network_id) == (5190000000003, 100)


def test_a_program_without_entries_is_a_schedule() -> None:
    assert schedules([bodies.program(schedule=None, status="disabled")], anything_aside)[0].enabled is False


@pytest.mark.parametrize("body", [{}, None, "none"])
def test_programs_that_are_no_list_are_an_error(body: object) -> None:
    with pytest.raises(BlinkResponseError):
        schedules(body, anything_aside)


STORED: list[Any] = [
    {
        "dow": ["Monday", "mon"],
        "devices": [301, 302],
        "time": "2020-02-14 21:00:00 +0000",
        "action": "ARM",
        "x": {"y": 1},
    },
    {"surprise": True},
    {"action": "disarm", "time": "06:30", "dow": ["tue"], "devices": "[]"},
]


def stored() -> Schedule:
    return schedules([bodies.program(schedule=STORED, status="enabled", colour=[1.5, None])], anything_aside)[0]


def test_what_was_not_changed_goes_back_as_it_came() -> None:
    assert json.dumps(changed_body(stored(), WINTER)) == json.dumps(STORED)


def test_it_does_so_after_a_look_in_local_time() -> None:
    read = stored()
    seen = tuple(local_entry(entry, ZoneInfo("America/Chicago"), WINTER) for entry in read.entries)
    assert json.dumps(changed_body(replace(read, entries=seen), WINTER)) == json.dumps(STORED)


@pytest.mark.parametrize(
    ("change", "sent"),
    [
        ({"days": (Weekday.SAT,)}, {"dow": ["sat"]}),
        ({"at": time(20)}, {"time": "2026-01-15 20:00:00 +0000"}),
        ({"action": ArmAction.DISARM}, {"action": "disarm"}),
        ({"at": time(23), "offset": timedelta(hours=2)}, {}),
    ],
    ids=["days", "time", "action", "the same moment in another zone"],
)
def test_only_what_was_changed_is_written_anew(change: dict[str, Any], sent: dict[str, Any]) -> None:
    read = stored()
    first, second = read.entries
    body = changed_body(replace(read, entries=(replace(first, **change), second)), WINTER)
    assert body == [{**STORED[0], **sent}, *STORED[1:]]


def test_days_and_time_of_another_zone_are_written_together() -> None:
    line = {"dow": ["mon"], "devices": [7], "time": "2020-02-14 23:00:00 -0600", "action": "arm"}
    read = schedules([bodies.program(schedule=[line])], anything_aside)[0]
    changed = replace(read, entries=(replace(read.entries[0], at=time(22)),))
    assert changed_body(changed, WINTER) == [{**line, "dow": ["tue"], "time": "2026-01-15 04:00:00 +0000"}]


def test_entries_that_were_taken_out_are_gone_and_new_ones_come_behind() -> None:
    read = stored()
    new = ScheduleEntry((Weekday.FRI,), time(12), ArmAction.ARM)
    body = changed_body(replace(read, entries=(new, read.entries[1])), WINTER)
    assert body[:2] == STORED[1:]
    assert body[2:] == [{"dow": ["fri"], "devices": [], "time": "2026-01-15 12:00:00 +0000", "action": "arm"}]


def test_an_entry_that_is_there_twice_stays_so() -> None:
    line = {"dow": ["mon"], "devices": [7], "time": "10:00", "action": "arm"}
    read = schedules([bodies.program(schedule=[line, dict(line, devices=[8])])], anything_aside)[0]
    assert [entry["devices"] for entry in changed_body(read, WINTER)] == [[7], [8]]  # type: ignore[index]


def test_what_a_program_holds_beside_its_entries_is_kept() -> None:
    assert kept_fields(stored()) == {
        "id": 3,
        "network_id": 100,
        "status": "enabled",
        "format": "v1",
        "colour": [1.5, None],
    }
