"""What a chat is told of, and how loudly: the rules, case by case."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from blinkbot.domain import Cause, Clip, Seen
from blinkbot.domain.preferences import (
    EVERYTHING,
    AlertKind,
    ChatAlerts,
    Mute,
    NotificationMode,
    QuietHours,
    Scope,
    Target,
    is_muted,
    kind_of,
    muted_until,
    notification_mode,
)

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 6, 1, 12, 0, tzinfo=BERLIN)
MIDNIGHT = datetime(2026, 6, 2, 0, 0, tzinfo=BERLIN)
HOUR = timedelta(hours=1)
HOME, PORCH = 11, 101
PORCH_ONLY, HOME_ONLY = Target(Scope.CAMERA, PORCH), Target(Scope.NETWORK, HOME)
NIGHT = QuietHours(time(22), time(7))
MOTION, DOORBELL, OFFLINE = AlertKind.MOTION, AlertKind.DOORBELL, AlertKind.OFFLINE


def mode(
    kind: AlertKind,
    alerts: ChatAlerts,
    mutes: Sequence[Mute] = (),
    *,
    now: datetime = NOON,
    ago: timedelta = timedelta(),
) -> NotificationMode:
    """How something is told that happened at the porch a while ago."""
    return notification_mode(
        kind, alerts, mutes, network_id=HOME, camera_id=PORCH, happened_at=now - ago, now=now, zone=BERLIN
    )


@pytest.mark.parametrize(
    ("kind", "alerts", "now", "expected"),
    [
        (MOTION, ChatAlerts(), NOON, NotificationMode.LOUD),
        (MOTION, ChatAlerts(loud=False), NOON, NotificationMode.SILENT),
        (MOTION, ChatAlerts(kinds=frozenset({DOORBELL})), NOON, NotificationMode.NOT_AT_ALL),
        (DOORBELL, ChatAlerts(kinds=frozenset({DOORBELL})), NOON, NotificationMode.LOUD),
        (MOTION, ChatAlerts(hidden_cameras=frozenset({PORCH})), NOON, NotificationMode.NOT_AT_ALL),
        (MOTION, ChatAlerts(hidden_cameras=frozenset({PORCH + 1})), NOON, NotificationMode.LOUD),
        (MOTION, ChatAlerts(quiet=NIGHT), NOON, NotificationMode.LOUD),
        (MOTION, ChatAlerts(quiet=NIGHT), MIDNIGHT, NotificationMode.SILENT),
        (OFFLINE, ChatAlerts(quiet=NIGHT), MIDNIGHT, NotificationMode.SILENT),
        (DOORBELL, ChatAlerts(quiet=NIGHT), MIDNIGHT, NotificationMode.LOUD),
        (DOORBELL, ChatAlerts(quiet=NIGHT, doorbell_in_quiet=False), MIDNIGHT, NotificationMode.SILENT),
        (DOORBELL, ChatAlerts(quiet=NIGHT, doorbell_in_quiet=False), NOON, NotificationMode.LOUD),
        (DOORBELL, ChatAlerts(quiet=NIGHT, loud=False), MIDNIGHT, NotificationMode.SILENT),
        (DOORBELL, ChatAlerts(silent=frozenset({DOORBELL})), NOON, NotificationMode.SILENT),
        (MOTION, ChatAlerts(silent=frozenset({MOTION})), NOON, NotificationMode.SILENT),
        (AlertKind.PERSON, ChatAlerts(silent=frozenset({MOTION})), NOON, NotificationMode.LOUD),
        (AlertKind.PERSON, ChatAlerts(silent=frozenset({MOTION}), quiet=NIGHT), MIDNIGHT, NotificationMode.SILENT),
        (MOTION, ChatAlerts(kinds=frozenset(), silent=frozenset({MOTION})), NOON, NotificationMode.NOT_AT_ALL),
    ],
)
def test_how_a_chat_is_told(kind: AlertKind, alerts: ChatAlerts, now: datetime, expected: NotificationMode) -> None:
    assert mode(kind, alerts, now=now) is expected


@pytest.mark.parametrize(
    ("cause", "seen", "kind"),
    [
        (Cause.MOTION, (), MOTION),
        (Cause.MOTION, (Seen.ANIMAL, Seen.PERSON, Seen.VEHICLE), AlertKind.PERSON),
        (Cause.MOTION, (Seen.ANIMAL, Seen.VEHICLE, Seen.UNUSUAL, Seen.PACKAGE), AlertKind.PACKAGE),
        (Cause.MOTION, (Seen.VEHICLE, Seen.UNUSUAL), AlertKind.UNUSUAL),
        (Cause.MOTION, (Seen.ANIMAL, Seen.VEHICLE), AlertKind.VEHICLE),
        (Cause.MOTION, ("dragon", Seen.ANIMAL), AlertKind.ANIMAL),
        (Cause.MOTION, ("dragon",), MOTION),
        (Cause.MOTION, ("motion", "doorbell"), MOTION),
        (Cause.DOORBELL, (Seen.PERSON,), DOORBELL),
        ("cv_tomorrow", (), MOTION),
    ],
)
def test_a_clip_counts_as_the_most_serious_kind_it_has(
    cause: Cause | str, seen: tuple[Seen | str, ...], kind: AlertKind
) -> None:
    assert kind_of(Clip("cloud:1", 1, HOME, "", PORCH, "", NOON, NOON, cause, "", seen=seen)) is kind


@pytest.mark.parametrize("mode", NotificationMode)
@pytest.mark.parametrize("before", NotificationMode)
def test_a_choice_of_kinds_is_told_as_it_was_made(before: NotificationMode, mode: NotificationMode) -> None:
    alerts = ChatAlerts().choosing(before, MOTION, OFFLINE).choosing(mode, MOTION)
    assert [alerts.choice_of(kind) for kind in (MOTION, OFFLINE, DOORBELL)] == [mode, before, NotificationMode.LOUD]


@pytest.mark.parametrize("kind", AlertKind)
def test_a_mute_silences_every_kind(kind: AlertKind) -> None:
    assert mode(kind, ChatAlerts(), [Mute(PORCH_ONLY, NOON, NOON + HOUR)]) is NotificationMode.NOT_AT_ALL


def test_what_was_recorded_during_a_mute_is_not_shown_when_it_comes_after_it() -> None:
    over = [Mute(PORCH_ONLY, NOON - 2 * HOUR, NOON - HOUR)]
    assert mode(MOTION, ChatAlerts(), over, ago=1.5 * HOUR) is NotificationMode.NOT_AT_ALL
    assert mode(MOTION, ChatAlerts(), over, ago=0.5 * HOUR) is NotificationMode.LOUD


def test_what_was_recorded_before_a_mute_is_not_shown_while_it_holds() -> None:
    assert mode(MOTION, ChatAlerts(), [Mute(PORCH_ONLY, NOON, NOON + HOUR)], ago=HOUR) is NotificationMode.NOT_AT_ALL


def test_quiet_hours_count_when_it_is_told_not_when_it_happened() -> None:
    morning = NOON.replace(hour=7)
    assert mode(MOTION, ChatAlerts(quiet=NIGHT), now=morning, ago=HOUR) is NotificationMode.LOUD
    assert mode(MOTION, ChatAlerts(quiet=NIGHT), now=NOON.replace(hour=22), ago=HOUR) is NotificationMode.SILENT


# -- mutes


@pytest.mark.parametrize(
    ("target", "covered"),
    [
        (EVERYTHING, True),
        (HOME_ONLY, True),
        (PORCH_ONLY, True),
        (Target(Scope.NETWORK, PORCH), False),
        (Target(Scope.CAMERA, HOME), False),
    ],
)
def test_a_mute_is_of_its_target(target: Target, covered: bool) -> None:
    mutes = [Mute(target, NOON, NOON + HOUR)]
    assert is_muted(mutes, HOME, PORCH, NOON) is covered
    assert muted_until(mutes, HOME, PORCH, NOON) == (NOON + HOUR if covered else None)


def test_a_mute_holds_from_its_first_moment_until_just_before_its_end() -> None:
    mutes, moment = [Mute(PORCH_ONLY, NOON, NOON + HOUR)], timedelta.resolution
    held = [NOON - moment, NOON, NOON + HOUR - moment, NOON + HOUR]
    assert [is_muted(mutes, HOME, PORCH, at) for at in held] == [False, True, True, False]
    assert [muted_until(mutes, HOME, PORCH, at) is not None for at in held] == [False, True, True, False]


def test_one_instant_in_a_mute_is_enough() -> None:
    assert is_muted([Mute(PORCH_ONLY, NOON, NOON + HOUR)], HOME, PORCH, NOON - HOUR, NOON)
    assert not is_muted([Mute(PORCH_ONLY, NOON, NOON + HOUR)], HOME, PORCH)


def test_of_several_mutes_the_last_end_counts() -> None:
    mutes = [
        Mute(HOME_ONLY, NOON, NOON + 3 * HOUR),
        Mute(PORCH_ONLY, NOON, NOON + HOUR),
        Mute(Target(Scope.CAMERA, PORCH + 1), NOON, NOON + 9 * HOUR),
        Mute(EVERYTHING, NOON - 2 * HOUR, NOON - HOUR),
    ]
    assert muted_until(mutes, HOME, PORCH, NOON) == NOON + 3 * HOUR


# -- quiet hours


@pytest.mark.parametrize(
    ("begin", "end", "at", "quiet"),
    [
        ("22:00", "07:00", "21:59:59", False),
        ("22:00", "07:00", "22:00", True),
        ("22:00", "07:00", "23:59:59", True),
        ("22:00", "07:00", "00:00", True),
        ("22:00", "07:00", "06:59:59", True),
        ("22:00", "07:00", "07:00", False),
        ("00:00", "06:00", "00:00", True),
        ("00:00", "06:00", "06:00", False),
        ("00:00", "06:00", "23:59:59", False),
        ("20:00", "00:00", "23:59:59", True),
        ("20:00", "00:00", "00:00", False),
        ("13:00", "15:00", "12:59:59", False),
        ("13:00", "15:00", "13:00", True),
        ("13:00", "15:00", "15:00", False),
    ],
)
def test_quiet_hours_hold_by_the_clock_on_the_wall(begin: str, end: str, at: str, quiet: bool) -> None:
    hours = QuietHours(time.fromisoformat(begin), time.fromisoformat(end))
    instant = datetime.combine(NOON.date(), time.fromisoformat(at), BERLIN)
    assert hours.hold_at(instant.astimezone(UTC), BERLIN) is quiet


@pytest.mark.parametrize(
    ("hours", "begin", "end"),
    [
        # The night in which clocks go from 2:00 to 3:00: an hour shorter, and what would begin or end in the hour that
        # is missing does so when it is over.
        (QuietHours(time(22), time(7)), "2026-03-28 21:00", "2026-03-29 05:00"),
        (QuietHours(time(2, 30), time(4)), "2026-03-29 01:00", "2026-03-29 02:00"),
        (QuietHours(time(1), time(2, 30)), "2026-03-29 00:00", "2026-03-29 01:00"),
        # The night in which they go from 3:00 back to 2:00: an hour longer.
        (QuietHours(time(22), time(7)), "2026-10-24 20:00", "2026-10-25 06:00"),
        (QuietHours(time(2), time(3)), "2026-10-25 00:00", "2026-10-25 02:00"),
    ],
)
def test_quiet_hours_follow_the_clock_through_the_nights_in_which_it_is_changed(
    hours: QuietHours, begin: str, end: str
) -> None:
    first, last = (datetime.fromisoformat(at).replace(tzinfo=UTC) for at in (begin, end))
    minute = timedelta(minutes=1)
    minutes = [first + number * minute for number in range(-60, (last - first) // minute + 60)]
    assert [at for at in minutes if hours.hold_at(at, BERLIN)] == [at for at in minutes if first <= at < last]


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_are_quiet_twice() -> None:
    hours = QuietHours(time(0), time(2, 30))
    held = [
        hours.hold_at(datetime(2026, 10, 25, *at, tzinfo=UTC), BERLIN) for at in ((0, 29), (0, 30), (1, 29), (1, 30))
    ]
    assert held == [True, False, True, False]
