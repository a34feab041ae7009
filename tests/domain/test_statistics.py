"""How busy a home was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from blinkbot.domain.clip_search import ClipEvent
from blinkbot.domain.statistics import MOST_CAMERAS, activity, numbered, shortened

NOW = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
SUNDAY = 6


def event(at: datetime = NOW, camera_id: int = 1, name: str = "Porch", delay: float | None = None) -> ClipEvent:
    return ClipEvent(at, camera_id, name, 1, delay)


def test_hours_and_days_are_those_of_the_clock_on_the_wall() -> None:
    late = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    counts = activity([event(late)], ZoneInfo("Europe/Berlin"), NOW)
    assert counts.by_hour[SUNDAY][0] == 1
    assert counts.total == counts.busiest == 1
    assert counts.cameras[0].by_day[counts.days.index(date(2026, 11, 22))] == 1


def test_a_week_is_shown_at_least() -> None:
    assert activity([event()], UTC, NOW).days == tuple(date(2026, 11, day) for day in range(16, 23))


def test_days_without_events_are_days_too() -> None:
    counts = activity([event(NOW - timedelta(days=9)), event()], UTC, NOW)
    assert len(counts.days) == 10
    assert counts.cameras[0].by_day == (1, *[0] * 8, 1)


def test_cameras_beyond_the_busiest_are_counted_together() -> None:
    events = [event(camera_id=number, name=f"C{number}") for number in range(9) for _ in range(10 - number)]
    cameras = activity(events, UTC, NOW).cameras
    assert [camera.name for camera in cameras] == ["C0", "C1", "C2", "C3", "C4", "C5", ""]
    assert len(cameras) == MOST_CAMERAS + 1
    assert sum(cameras[-1].by_day) == 4 + 3 + 2


def test_a_renamed_camera_has_its_latest_name() -> None:
    events = [event(NOW - timedelta(days=1), name="Door"), event(name="Front Door")]
    assert [camera.name for camera in activity(events, UTC, NOW).cameras] == ["Front Door"]


def test_cameras_of_which_only_the_name_is_known_are_told_apart_by_it() -> None:
    events = [event(camera_id=0, name=name) for name in ("Shed", "Shed", "Pool")]
    assert [(each.name, sum(each.by_day)) for each in activity(events, UTC, NOW).cameras] == [("Shed", 2), ("Pool", 1)]


def test_delays_are_those_of_what_was_shown() -> None:
    delays = activity([*(event(delay=float(second)) for second in range(1, 12)), event()], UTC, NOW).delays
    assert delays
    assert (len(delays.seconds), delays.median, delays.ninety) == (11, 6.0, 10.0)


def test_a_single_delay_is_all_there_is_to_say() -> None:
    delays = activity([event(delay=4.0)], UTC, NOW).delays
    assert delays
    assert (delays.median, delays.ninety) == (4.0, 4.0)


def test_where_nothing_was_shown_there_are_no_delays() -> None:
    assert activity([event()], UTC, NOW).delays is None


# -- names where there is little room


def test_names_that_repeat_are_numbered() -> None:
    assert numbered(["Porch", "Door", "Porch"]) == ["Porch #1", "Door", "Porch #2"]
    assert numbered(["Porch", "Porch", "Porch #1"]) == ["Porch #2", "Porch #3", "Porch #1"]


def test_what_fits_is_not_shortened() -> None:
    assert shortened(["Porch", "Garden house"], 12) == ["Porch", "Garden house"]


@pytest.mark.parametrize(
    "names",
    [
        [f"Camera in the long corridor, {end}" for end in ("north", "south", "east", "west", "up", "down")],
        [f"{number}. camera in the long corridor" for number in range(6)],
        [f"Camera {number:6} in the corridor that is long" for number in range(6)],
        [f"In a very long corridor {number} of a very long house" for number in range(12)],
    ],
    ids=["end", "beginning", "a third", "middle"],
)
def test_names_that_are_cut_stay_as_different_as_they_were(names: list[str]) -> None:
    for length in (20, 10):
        cut = shortened(names, length)
        assert len(set(cut)) == len(names)
        assert all(len(name) <= length and "…" in name for name in cut)


def test_they_are_cut_in_the_middle_before_a_whole_word() -> None:
    assert shortened(["Front door of the house · Cabin"], 20) == ["Front door o…· Cabin"]
    assert shortened(["Camera in the corridor, up", "Camera in the corridor, down"], 14) == [
        "Camera in t…up",
        "Camera in…down",
    ]


def test_they_are_cut_elsewhere_where_only_that_keeps_what_differs() -> None:
    assert shortened(["In the house, 1st floor, door", "In the house, 2nd floor, door"], 18) == [
        "In the house, 1…or",
        "In the house, 2…or",
    ]


def test_people_and_events_without_a_video_are_counted() -> None:
    events = [replace(event(), of_people=True), replace(event(), of_people=True, has_video=False), event()]
    counts = activity(events, UTC, NOW)
    assert (counts.of_people, counts.without_video) == (2, 1)
