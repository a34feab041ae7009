"""Schedules that can be read and edited in local time (protocol §8)."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.blink.wire import schedules
from blinkbot.domain import ArmAction, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.timezones import local_entry, zone_of
from blinkbot.errors import BlinkResponseError, NotFound
from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.blink.place import Place

CHICAGO = ZoneInfo("America/Chicago")
WINTER = date(2026, 1, 15)
WORKDAYS = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


def local(at: str, *days: Weekday, action: ArmAction = ArmAction.ARM) -> ScheduleEntry:
    return ScheduleEntry(days or WORKDAYS, time.fromisoformat(at), action)


def in_utc(entry: ScheduleEntry, zone: tzinfo, on: date) -> ScheduleEntry:
    """An entry in a zone's local time as Blink stores it."""
    offset = datetime.combine(on, time(12), zone).utcoffset()
    assert offset is not None
    return local_entry(replace(entry, offset=offset), UTC, on)


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    cloud = BlinkCloud(command_seconds=0, clip_seconds=1, seed=1)
    await cloud.start()
    yield cloud
    await cloud.stop()


class TestAtBlink:
    async def test_a_schedule_made_in_local_time_is_read_back_in_local_time(self, cloud: BlinkCloud) -> None:
        async with Place.signed_in(cloud) as place:
            network = (await place.client.home()).networks[0]
            zone = zone_of(network.time_zone)
            wanted = [local("22:30"), local("06:15", action=ArmAction.DISARM)]
            made = await place.client.create_schedule(
                network.id, "Nights & days", [in_utc(entry, zone, WINTER) for entry in wanted]
            )
            found = {each.id: each for each in await place.client.schedules(network.id)}[made.id]
            assert found.name == "Nights & days"
            assert not found.enabled
            read = [local_entry(entry, zone, WINTER) for entry in found.entries]
            assert [(entry.days, entry.at, entry.action) for entry in read] == [
                (WORKDAYS, time(22, 30), ArmAction.ARM),
                (WORKDAYS, time(6, 15), ArmAction.DISARM),
            ]

    async def test_blink_stores_a_late_evening_in_chicago_under_the_next_day(self, cloud: BlinkCloud) -> None:
        async with Place.signed_in(cloud) as place:
            network = (await place.client.home()).networks[0]
            stored = in_utc(local("23:00", Weekday.MON), CHICAGO, WINTER)
            await place.client.create_schedule(network.id, "Late", [stored])
            line = cloud.home.programs[-1].schedule[0]
            assert line["dow"] == ["tue"]
            assert line["time"].endswith(" 05:00:00 +0000")

    async def test_an_update_sends_the_whole_schedule_and_leaves_it_on(self, cloud: BlinkCloud) -> None:
        async with Place.signed_in(cloud) as place:
            network = (await place.client.home()).networks[0]
            before = next(each for each in await place.client.schedules(network.id) if each.enabled)
            changed = Schedule(before.id, network.id, "Later nights", False, (local("01:00", Weekday.SAT),))
            assert (await place.client.update_schedule(changed)).enabled
            after = {each.id: each for each in await place.client.schedules(network.id)}[before.id]
            assert (after.name, after.enabled) == ("Later nights", True)
            assert [(entry.days, entry.at) for entry in after.entries] == [((Weekday.SAT,), time(1, 0))]

    async def test_an_update_sends_back_what_is_not_understood(self, cloud: BlinkCloud) -> None:
        async with Place.signed_in(cloud) as place:
            program = cloud.home.programs[0]
            program.more = {"colour": "red"}
            program.schedule[0] |= {"devices": [301], "note": "x"}
            lines = json.dumps(program.schedule)
            before = next(each for each in await place.client.schedules(program.network_id) if each.id == program.id)
            await place.client.update_schedule(replace(before, name="Renamed"))
            assert (program.name, json.dumps(program.schedule)) == ("Renamed", lines)
            assert program.more == {"colour": "red"}

    async def test_a_deleted_schedule_is_gone(self, cloud: BlinkCloud) -> None:
        async with Place.signed_in(cloud) as place:
            network = (await place.client.home()).networks[0]
            first = (await place.client.schedules(network.id))[0]
            await place.client.delete_schedule(network.id, first.id)
            assert first.id not in {each.id for each in await place.client.schedules(network.id)}
            with pytest.raises(NotFound):
                await place.client.delete_schedule(network.id, first.id)


class TestBodies:
    def test_an_entry_with_an_offset_of_its_own_is_sent_in_utc(self) -> None:
        entry = ScheduleEntry((Weekday.SUN,), time(23, 30), ArmAction.ARM, timedelta(hours=-6))
        assert schedules.schedule_body([entry], WINTER) == [
            {"dow": ["mon"], "devices": [], "time": "2026-01-15 05:30:00 +0000", "action": "arm"}
        ]

    def test_the_answer_to_create_tells_the_id(self) -> None:
        assert schedules.saved("create-program", {"program": {"id": 5, "status": "disabled"}}) == (5, False)

    @pytest.mark.parametrize("body", [{}, [], None, {"program": {}}, {"program": {"id": "x"}}])
    def test_an_answer_without_an_id_is_told(self, body: object) -> None:
        with pytest.raises(BlinkResponseError, match="create-program"):
            schedules.saved("create-program", body)


class TestLocalTime:
    """Over all zones, days and the days of a change."""

    zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
    days = st.lists(st.sampled_from(list(Weekday)), min_size=1, unique=True).map(tuple)
    times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
    # The nights of 2026 in which clocks change in Europe, North America and Australia, and any other day.
    dates = st.sampled_from(
        [date(2026, month, day) for month, day in ((3, 8), (3, 29), (4, 5), (10, 4), (10, 25), (11, 1))]
    ) | st.dates(date(2024, 1, 1), date(2030, 12, 31))

    @given(zone=zones, days=days, at=times, on=dates)
    def test_what_is_stored_reads_as_it_was_entered(
        self, zone: ZoneInfo, days: tuple[Weekday, ...], at: time, on: date
    ) -> None:
        read = local_entry(in_utc(ScheduleEntry(days, at, ArmAction.ARM), zone, on), zone, on)
        assert (read.days, read.at) == (days, at)

    @given(zone=zones, days=days, at=times, on=dates)
    def test_what_is_read_and_stored_again_is_what_was_stored(
        self, zone: ZoneInfo, days: tuple[Weekday, ...], at: time, on: date
    ) -> None:
        stored = ScheduleEntry(days, at, ArmAction.DISARM)
        again = in_utc(local_entry(stored, zone, on), zone, on)
        assert again == stored

    @given(zone=zones, day=st.sampled_from(list(Weekday)), at=times, on=dates)
    def test_the_instant_is_that_of_the_local_clock_on_a_day_without_a_change(
        self, zone: ZoneInfo, day: Weekday, at: time, on: date
    ) -> None:
        around = {datetime.combine(on + timedelta(days=n), time(12), zone).utcoffset() for n in (-1, 0, 1)}
        if len(around) > 1:
            return
        stored = in_utc(ScheduleEntry((day,), at, ArmAction.ARM), zone, on)
        instant = datetime.combine(on, at, zone).astimezone(UTC)
        assert stored.at == instant.time()
        assert stored.days == (day.shifted((instant.date() - on).days),)

    def test_a_stored_time_moves_an_hour_at_a_change(self) -> None:
        stored = local("05:00")
        before = local_entry(stored, CHICAGO, date(2026, 10, 31))
        after = local_entry(stored, CHICAGO, date(2026, 11, 1))
        assert (before.at, after.at) == (time(0, 0), time(23, 0))
        assert (before.days[0], after.days[0]) == (Weekday.MON, Weekday.SUN)
