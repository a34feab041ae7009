"""Schedules in the local time of a network."""

from datetime import UTC, date, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from blinkbot.domain import ArmAction, ScheduleEntry, Weekday
from blinkbot.domain.timezones import local_entry, zone_of

WINTER, SUMMER = date(2026, 1, 15), date(2026, 7, 15)
CHICAGO = ZoneInfo("America/Chicago")


def stored(days: str, at: str, offset: timedelta = timedelta()) -> ScheduleEntry:
    return ScheduleEntry(tuple(Weekday(day) for day in days.split()), time.fromisoformat(at), ArmAction.ARM, offset)


def test_tuesday_five_utc_is_monday_eleven_in_the_evening_in_chicago() -> None:
    local = local_entry(stored("tue", "05:00"), CHICAGO, WINTER)
    assert (local.days, local.at) == ((Weekday.MON,), time(23, 0))


def test_east_of_greenwich_the_days_move_forward() -> None:
    local = local_entry(stored("sun sat", "20:00"), ZoneInfo("Asia/Tokyo"), WINTER)
    assert (local.days, local.at) == ((Weekday.MON, Weekday.SUN), time(5, 0))


def test_a_stored_time_drifts_an_hour_at_daylight_saving() -> None:
    entry = stored("mon", "14:45")
    assert local_entry(entry, CHICAGO, WINTER).at == time(8, 45)
    assert local_entry(entry, CHICAGO, SUMMER).at == time(9, 45)


def test_the_offset_in_the_stored_time_counts() -> None:
    local = local_entry(stored("mon", "23:30", timedelta(hours=-5)), ZoneInfo("Europe/Berlin"), WINTER)
    assert (local.days, local.at) == ((Weekday.TUE,), time(5, 30))


def test_a_zone_nobody_knows_falls_back_to_the_configured_one_then_utc() -> None:
    assert zone_of("Europe/New York", "Europe/Berlin") == ZoneInfo("Europe/Berlin")
    assert zone_of("Europe/New York", "") is UTC
    assert zone_of("../etc/passwd", "\0", "a" * 3000) is UTC


@given(
    zone=st.sampled_from(sorted(available_timezones())).map(ZoneInfo),
    days=st.lists(st.sampled_from(list(Weekday)), min_size=1, unique=True),
    at=st.times(min_value=time(0, 0)).map(lambda t: t.replace(second=0, microsecond=0)),
    on=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
)
def test_converting_there_and_back_changes_nothing(zone: ZoneInfo, days: list[Weekday], at: time, on: date) -> None:
    entry = ScheduleEntry(tuple(days), at, ArmAction.DISARM)
    local = local_entry(entry, zone, on)
    again = local_entry(local, UTC, on)
    assert (again.days, again.at) == (entry.days, entry.at)
