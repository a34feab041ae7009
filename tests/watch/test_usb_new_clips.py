"""What of a look at a USB stick is news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from blinkbot.domain import Clip, Home, Origin, SyncModule
from blinkbot.watch.usb_new_clips import (
    FUTURE,
    OVERLAP,
    LiveView,
    news,
    news_of_first_look,
    next_mark,
    saved_live_views,
    sticks,
)

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def clip(minutes: float) -> Clip:
    at = NOON + timedelta(minutes=minutes)
    return Clip(f"usb:50:porch:{int(at.timestamp())}", 1, 100, "Home", 301, "Porch", at, at, "", "", origin=Origin.USB)


def keys(*clips: Clip) -> frozenset[str]:
    return frozenset(each.key for each in clips)


def test_a_stick_that_was_empty_so_far_has_nothing_but_news() -> None:
    assert news([clip(-500), clip(0)], None) == keys(clip(-500), clip(0))


def test_a_long_clip_listed_after_a_later_one_is_news() -> None:
    assert news([clip(-1)], NOON) == keys(clip(-1))


def test_what_lies_far_before_the_newest_is_another_sticks_past() -> None:
    assert news([clip(-11)], NOON) == frozenset()


def test_at_the_first_look_what_was_recorded_since_we_tried_is_news() -> None:
    begun, now = NOON, NOON + timedelta(minutes=5)
    assert news_of_first_look([clip(-1), clip(2)], begun, now) == keys(clip(2))


def test_a_clock_of_ours_that_is_wrong_makes_no_news_of_history() -> None:
    years_ago = NOON - timedelta(days=20_000)
    assert news_of_first_look([clip(-60), clip(0)], years_ago, years_ago + timedelta(minutes=5)) == frozenset()


def test_a_clip_from_the_future_does_not_make_the_rest_old() -> None:
    assert next_mark(NOON, [clip(60 * 24 * 365)], NOON) == NOON


def test_what_a_camera_began_while_it_was_watched_live_was_made_on_request() -> None:
    watched = [LiveView(301, NOON, NOON + timedelta(minutes=1))]
    before, during, after = clip(-1), clip(0.5), clip(1.1)
    assert saved_live_views([before, during, after], watched) == keys(during)
    assert saved_live_views([replace(during, camera_id=302)], watched) == frozenset()


def test_the_mark_is_the_newest_and_never_goes_back() -> None:
    assert next_mark(None, [], NOON) is None
    assert next_mark(None, [clip(-5), clip(-9)], NOON) == NOON - timedelta(minutes=5)
    assert next_mark(NOON, [clip(-5)], NOON) == NOON


def test_only_modules_that_keep_clips_and_can_be_asked_are_looked_at() -> None:
    modules = tuple(
        SyncModule(number, 100, "My Blink Sync Module", online=number & 1 > 0, usb_active=number & 2 > 0)
        for number in range(1, 4)
    )
    assert [module.id for module in sticks(Home(sync_modules=modules))] == [3]


@given(st.lists(st.floats(-10_000, 10_000)), st.floats(-10_000, 10_000))
def test_a_clip_newer_than_all_before_is_always_news(before: list[float], later: float) -> None:
    mark = next_mark(None, [clip(minutes) for minutes in before], NOON)
    newest = max(before, default=later)
    if later >= newest:
        assert clip(later).key in news([clip(later)], mark)


@given(st.lists(st.floats(-10_000, 10_000), min_size=1))
def test_the_mark_lies_never_in_the_far_future(minutes: list[float]) -> None:
    mark = next_mark(None, [clip(each) for each in minutes], NOON)
    assert mark is None or mark <= NOON + FUTURE
    assert OVERLAP < FUTURE
