"""Schedules in local time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from blinkbot.bot.text.devices import days, next_change, schedules
from blinkbot.domain import NetworkSchedules, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.timezones import zone_of
from blinkbot.errors import ServerError
from tests.bot.house import HOME, night
from tests.clock import FakeClock

NOW = FakeClock().now
D = Weekday


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (tuple(D), "every day"),
        ((D.MON, D.TUE, D.WED, D.THU, D.FRI), "Mon–Fri"),
        ((D.SUN, D.SAT), "Sat, Sun"),
        ((D.FRI, D.MON, D.TUE, D.WED, D.SUN), "Mon–Wed, Fri, Sun"),
        ((D.MON, D.MON), "Mon"),
    ],
)
def test_days_are_grouped(of: tuple[Weekday, ...], words: str) -> None:
    assert days(of) == words


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("America/Chicago", date(2027, 3, 14)),
        ("Europe/Berlin", date(2027, 3, 28)),
        ("America/Phoenix", None),
        ("UTC", None),
    ],
)
def test_the_next_change_of_the_clocks(zone: str, change: date | None) -> None:
    assert next_change(zone_of(zone), NOW.date()) == change


def test_zones_without_a_name_are_called_by_their_offset() -> None:
    shown = schedules([NetworkSchedules(HOME, (night(),), zone_of("America/Sao_Paulo"))], NOW)
    assert "times in UTC-03" in shown
    assert "clock change" not in shown


def test_names_are_escaped_and_empty_programs_say_so() -> None:
    strange = Schedule(1, 11, "<Night> & Day", enabled=True)
    assert "<b>&lt;Night&gt; &amp; Day</b> — on\nempty" in schedules(
        [NetworkSchedules(HOME, (strange,), zone_of("UTC"))], NOW
    )


def test_networks_without_schedules_are_left_out() -> None:
    assert schedules([NetworkSchedules(HOME, (), zone_of("UTC"))], NOW) == ""


def test_an_action_nobody_knows_is_shown_as_it_is() -> None:
    entry = ScheduleEntry((D.MON,), time(9, 0), "dance & sing")
    odd = Schedule(1, 11, "Odd", enabled=False, entries=(entry,))
    assert "▫️ Mon 09:00 dance &amp; sing" in schedules([NetworkSchedules(HOME, (odd,), zone_of("UTC"))], NOW)


def test_in_summer_the_local_times_are_an_hour_later() -> None:
    summer = datetime.fromisoformat("2026-07-01T12:00:00+00:00")
    assert "every day 07:30 disarm" in schedules(
        [NetworkSchedules(HOME, (night(),), zone_of("America/Chicago"))], summer
    )


def test_a_network_that_cannot_be_read_is_told_beside_the_others() -> None:
    silent = NetworkSchedules(replace(HOME, name="<Cabin>"), (), UTC, error=ServerError("programs", 503))
    text = schedules([silent], NOW)
    assert "&lt;Cabin&gt;" in text
    assert "Blink&#x27;s servers are having trouble." in text


@pytest.mark.parametrize(
    ("today", "warning"),
    [
        ("2026-11-22", "After the clock change on 28 March these run an hour later by your clock."),
        ("2026-07-01", "After the clock change on 25 October these run an hour earlier by your clock."),
    ],
)
def test_a_change_of_the_clocks_is_told_with_its_direction(today: str, warning: str) -> None:
    text = schedules(
        [NetworkSchedules(HOME, (night(),), zone_of("Europe/Berlin"))],
        datetime.fromisoformat(f"{today}T12:00:00+00:00"),
    )
    assert warning in text


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/Chicago", "an hour later"),
        ("Australia/Lord_Howe", "30 minutes earlier"),
        ("Antarctica/Troll", "2 hours later"),
    ],
)
def test_the_warning_says_by_how_much_the_clocks_change(zone: str, words: str) -> None:
    text = schedules([NetworkSchedules(HOME, (night(),), zone_of(zone))], NOW)
    assert f"these run {words} by your clock." in text


def test_networks_whose_clocks_change_on_other_days_are_named() -> None:
    zones = {"Home": "America/Chicago", "Cabin": "Europe/Berlin", "Hut": "America/Phoenix", "Shed": "America/Chicago"}
    places = [NetworkSchedules(replace(HOME, name=name), (night(),), zone_of(zone)) for name, zone in zones.items()]
    *_, chicago, berlin = schedules(places, NOW).split("\n\n")
    assert "14 March those of <b>Home</b> and <b>Shed</b> run an hour later" in chicago
    assert "28 March those of <b>Cabin</b> run an hour later" in berlin
