"""Schedules: what Blink sends, and what makes no sense."""

from datetime import time, timedelta

import pytest

from blinkbot.blink.wire.schedules import schedules
from blinkbot.domain import ArmAction, Weekday
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies


def test_a_program_is_a_schedule() -> None:
    schedule = schedules([bodies.program()])[0]
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
    read = schedules([bodies.program(schedule=[entry])])[0].entries[0]
    assert (read.at, read.offset) == (at, offset)


@pytest.mark.parametrize("told", ["", "25:00", "12:61:00", "noon", None, "12:00 +9900", 7, "1٢:00"])
def test_a_time_that_is_none_is_named(told: object) -> None:
    with pytest.raises(BlinkResponseError) as raised:
        schedules([bodies.program(schedule=[{"dow": ["mon"], "time": told, "action": "arm"}])])
    assert raised.value.field == "programs[0].schedule[0].time"


def test_an_unknown_action_stays_a_word() -> None:
    entry = {"dow": [], "time": "10:00", "action": "snooze"}
    assert schedules([bodies.program(schedule=[entry])])[0].entries[0].action == "snooze"


def test_an_unknown_day_is_named() -> None:
    with pytest.raises(BlinkResponseError) as raised:
        schedules([bodies.program(schedule=[{"dow": ["mon", "xyz"], "time": "10:00", "action": "arm"}])])
    assert raised.value.field == "programs[0].schedule[0].dow"


def test_a_program_without_entries_is_a_schedule() -> None:
    assert schedules([bodies.program(schedule=None, status="disabled")])[0].enabled is False


@pytest.mark.parametrize("body", [{}, None, "none", [None]])
def test_programs_that_are_no_list_of_objects_are_an_error(body: object) -> None:
    with pytest.raises(BlinkResponseError):
        schedules(body)
