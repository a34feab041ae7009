"""What of Blink's answer is news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from blinkbot.domain import Cause, Clip
from blinkbot.watch import new_clips as detect

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TOMORROW = NOON + timedelta(days=1)
CLIP = Clip(
    key="cloud:1",
    id=1,
    network_id=10,
    network_name="Home",
    camera_id=301,
    camera_name="Porch",
    recorded_at=NOON,
    updated_at=NOON,
    cause=Cause.MOTION,
    video="/clip/1.mp4",
)


@pytest.mark.parametrize("cause", [Cause.MOTION, Cause.DOORBELL, "a cause of tomorrow"])
def test_what_happened_at_home_is_pushed(cause: Cause | str) -> None:
    assert detect.to_push([replace(CLIP, cause=cause)]) == {"cloud:1"}


@pytest.mark.parametrize("cause", [Cause.SNAPSHOT, Cause.LIVE_VIEW])
def test_what_somebody_asked_for_is_not(cause: Cause) -> None:
    assert not detect.to_push([replace(CLIP, cause=cause)])


def test_what_cannot_be_seen_yet_and_deleted_clips_are_not_pushed() -> None:
    unseen = replace(CLIP, partial=True, thumbnail=None)
    assert not detect.to_push([unseen, replace(CLIP, deleted=True)])
    assert detect.to_push([replace(unseen, thumbnail="/thumb/1")]) == {CLIP.key}


def test_the_cursor_is_the_latest_time_blink_told() -> None:
    later = replace(CLIP, updated_at=NOON + timedelta(hours=1))
    assert detect.next_cursor(NOON, [later.updated_at, CLIP.updated_at], TOMORROW) == later.updated_at


def test_the_cursor_never_goes_back() -> None:
    assert detect.next_cursor(NOON + timedelta(hours=2), [CLIP.updated_at], TOMORROW) == NOON + timedelta(hours=2)


def test_without_any_clip_there_is_no_cursor_and_a_little_of_the_past_is_asked_for() -> None:
    assert detect.next_cursor(None, [], TOMORROW) is None
    assert detect.since(None, NOON) == detect.start(None, None, NOON) == NOON - detect.FIRST_LOOK


def test_a_time_in_the_future_is_no_cursor() -> None:
    assert detect.next_cursor(NOON, [NOON + timedelta(days=400)], TOMORROW) == NOON
    assert detect.start(NOON + timedelta(days=400), None, NOON) == NOON - detect.LATE_WORDS


def test_what_was_recorded_long_before_the_first_look_is_history_also_where_it_is_listed_later() -> None:
    assert detect.to_push([CLIP], NOON + timedelta(hours=2)) == {"cloud:1"}
    assert not detect.to_push([CLIP], NOON + timedelta(hours=4))


def test_each_question_overlaps_the_last() -> None:
    assert detect.since(NOON, TOMORROW) == NOON - detect.OVERLAP
