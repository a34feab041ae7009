"""How fast Blink is polled."""

import pytest

from blinkbot.domain import SlowedBy
from blinkbot.errors import BlinkError, BlinkUnreachable, BudgetSpent, Throttled
from blinkbot.watch.poll_interval import PollInterval
from tests.clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def pace(clock: FakeClock) -> PollInterval:
    return PollInterval(30, clock, jitter=lambda: 0.0)


def throttled(retry_after: float | None = None) -> BlinkError:
    return Throttled("media-changed", 429, retry_after=retry_after)


def test_the_first_poll_is_due_at_once(pace: PollInterval) -> None:
    assert pace.due()


def test_while_something_is_armed_it_polls_as_set(pace: PollInterval, clock: FakeClock) -> None:
    pace.succeeded(armed=True)
    assert not pace.due()
    clock.forward(30)
    assert pace.due()
    assert pace.slowed_by is None


def test_a_poll_that_takes_its_time_does_not_cost_the_next_beat(pace: PollInterval, clock: FakeClock) -> None:
    pace.begin()
    clock.forward(3)
    pace.succeeded(armed=True)
    clock.forward(27)
    assert pace.due()


def test_a_beat_that_comes_a_breath_early_is_the_one_that_was_meant(pace: PollInterval, clock: FakeClock) -> None:
    pace.begin()
    pace.succeeded(armed=True)
    clock.forward(29.99)
    assert pace.due()


def test_what_blink_asks_for_is_waited_for_to_the_end(pace: PollInterval, clock: FakeClock) -> None:
    pace.begin()
    clock.forward(5)
    pace.failed(throttled(retry_after=120))
    clock.forward(119.99)
    assert not pace.due()
    clock.forward(0.01)
    assert pace.due()


@pytest.mark.parametrize("back", [60, 86_400])
def test_a_clock_that_is_set_back_stops_no_watch(pace: PollInterval, clock: FakeClock, back: float) -> None:
    pace.succeeded(armed=True)
    clock.forward(-back)
    assert pace.due()


def test_nothing_armed_means_minutes(pace: PollInterval, clock: FakeClock) -> None:
    pace.succeeded(armed=False)
    clock.forward(119)
    assert not pace.due()
    clock.forward(1)
    assert pace.due()
    assert pace.slowed_by is SlowedBy.NOTHING_ARMED


def test_a_long_interval_is_not_shortened(clock: FakeClock) -> None:
    pace = PollInterval(3600, clock)
    pace.succeeded(armed=False)
    assert pace.seconds == 3600


def test_each_refusal_doubles_the_distance_up_to_a_quarter_of_an_hour(pace: PollInterval) -> None:
    seen = []
    for _ in range(7):
        pace.failed(throttled())
        seen.append(pace.seconds)
    assert seen == [60, 120, 240, 480, 900, 900, 900]
    assert pace.slowed_by is SlowedBy.THROTTLED


@pytest.mark.parametrize(("interval", "first"), [(10, 60), (1, 6)])
def test_a_refusal_means_a_minute_also_where_polls_are_quick(clock: FakeClock, interval: float, first: float) -> None:
    pace = PollInterval(interval, clock, jitter=lambda: 0.0)
    pace.failed(throttled())
    assert pace.seconds == first


def test_a_spent_budget_is_waited_for_and_is_no_failure(pace: PollInterval, clock: FakeClock) -> None:
    pace.failed(BudgetSpent("media", 429, retry_after=40))
    assert (pace.left(), pace.slowed_by) == (40, SlowedBy.BUDGET)
    clock.forward(40)
    pace.failed(BlinkUnreachable("no route"))
    assert pace.seconds == 60


def test_an_outage_slows_less_since_clips_wait(pace: PollInterval) -> None:
    for _ in range(9):
        pace.failed(BlinkUnreachable("no route"))
    assert pace.seconds == 300


def test_retry_after_is_honoured(pace: PollInterval) -> None:
    pace.failed(throttled(retry_after=1000))
    assert pace.seconds == 1000


def test_bots_that_failed_together_do_not_return_together(clock: FakeClock) -> None:
    pace = PollInterval(30, clock, jitter=lambda: 1.0)
    pace.failed(throttled())
    assert pace.seconds == pytest.approx(72)


def test_success_ends_the_slowness(pace: PollInterval) -> None:
    pace.failed(throttled())
    pace.succeeded(armed=True)
    assert (pace.seconds, pace.slowed_by) == (30, None)


def test_a_new_sign_in_ends_a_back_off(pace: PollInterval) -> None:
    pace.failed(throttled())
    pace.start_over()
    assert pace.due()
    assert (pace.seconds, pace.slowed_by) == (30, None)


def test_hurrying_skips_the_wait_but_not_a_back_off(pace: PollInterval) -> None:
    pace.succeeded(armed=False)
    pace.poll_soon()
    assert pace.due()
    pace.failed(throttled())
    pace.poll_soon()
    assert not pace.due()
