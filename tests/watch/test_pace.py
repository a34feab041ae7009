"""How quick the cloud is polled, within what the budget leaves."""

import pytest

from blinkbot.domain import SlowedBy
from blinkbot.watch.pace import CALM_SHARE, HOUR, QUICK, QUICK_FOR, SUBDUED, SUBDUED_FOR, Expected, Pace
from tests.bench.watch_budget import HOMES, derived, fixed, row
from tests.clock import FakeClock

PLENTY = 400.0


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def pace(clock: FakeClock) -> Pace:
    return Pace(30, clock, jitter=lambda: 0.5)


def test_where_nothing_happens_it_polls_as_set(pace: Pace) -> None:
    assert pace.next(Expected.MOTION, PLENTY) == (30, None)
    assert pace.next(Expected.MOTION, None) == (30, None)


@pytest.mark.parametrize(
    ("expected", "reason"),
    [(Expected.NOTHING_ARMED, SlowedBy.NOTHING_ARMED), (Expected.ALL_MUTED, SlowedBy.MUTED)],
)
def test_it_is_slow_where_nothing_can_be_shown(pace: Pace, expected: Expected, reason: SlowedBy) -> None:
    assert pace.next(expected, PLENTY) == (120, reason)


def test_after_something_happened_it_is_quick_for_some_minutes(pace: Pace, clock: FakeClock) -> None:
    pace.stir()
    first, _ = pace.next(Expected.MOTION, PLENTY)
    assert first == QUICK
    clock.forward(100)
    assert QUICK < pace.next(Expected.MOTION, PLENTY)[0] < 30
    clock.forward(QUICK_FOR.total_seconds() - 100)
    assert pace.next(Expected.MOTION, PLENTY) == (30, None)


def test_a_clock_that_is_set_back_ends_the_quickness(pace: Pace, clock: FakeClock) -> None:
    pace.stir()
    clock.forward(-3600)
    assert pace.next(Expected.MOTION, PLENTY) == (30, None)


def test_a_small_budget_slows_it_and_says_so(pace: Pace) -> None:
    seconds, reason = pace.next(Expected.MOTION, 60)
    assert seconds == pytest.approx(3600 / (60 * CALM_SHARE), rel=0.05)
    assert reason is SlowedBy.BUDGET


def test_no_chance_makes_an_hour_of_looks_dearer_than_its_budget(pace: Pace, clock: FakeClock) -> None:
    looks = 0
    begun = clock.now
    while clock.now - begun < HOUR:
        pace.stir()
        looks += 1
        clock.forward(pace.next(Expected.MOTION, 120)[0])
    assert 100 < looks <= 120


def test_after_blink_asked_to_slow_down_it_is_not_quick_for_half_an_hour(pace: Pace, clock: FakeClock) -> None:
    pace.subdue()
    pace.stir()
    assert pace.next(Expected.MOTION, PLENTY)[0] == SUBDUED
    clock.forward(SUBDUED_FOR.total_seconds())
    pace.stir()
    assert pace.next(Expected.MOTION, PLENTY)[0] == QUICK


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 24), (1.0, 36)])
def test_chance_spreads_looks_by_a_fifth(clock: FakeClock, chance: float, seconds: float) -> None:
    assert Pace(30, clock, lambda: chance).next(Expected.MOTION, PLENTY)[0] == pytest.approx(seconds)


def test_with_the_looks_a_day_of_a_fixed_half_minute_clips_are_found_in_half_the_time() -> None:
    days = 3
    as_ever = row("fixed", [fixed(kind, 30, days, seed=9) for kind in HOMES], days)
    now = row("derived", [derived(kind, 240, days, seed=9) for kind in HOMES], days)
    assert now.mean <= as_ever.mean
    assert now.most <= 240
    assert now.median <= as_ever.median / 2
    assert now.ninety <= as_ever.ninety
