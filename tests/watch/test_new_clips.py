"""What of Blink's answer is news."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from blinkbot.domain import Cause, Clip
from blinkbot.watch import new_clips as detect

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
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


@pytest.mark.parametrize("cause", [Cause.MOTION, Cause.PERSON, Cause.DOORBELL, "a cause of tomorrow"])
def test_what_happened_at_home_is_pushed(cause: Cause | str) -> None:
    assert detect.to_push([replace(CLIP, cause=cause)]) == {"cloud:1"}


@pytest.mark.parametrize("cause", [Cause.SNAPSHOT, Cause.LIVE_VIEW])
def test_what_somebody_asked_for_is_not(cause: Cause) -> None:
    assert not detect.to_push([replace(CLIP, cause=cause)])


def test_unfinished_and_deleted_clips_are_not_pushed() -> None:
    assert not detect.to_push([replace(CLIP, partial=True), replace(CLIP, deleted=True)])


def test_the_cursor_is_the_latest_time_blink_told() -> None:
    later = replace(CLIP, updated_at=NOON + timedelta(hours=1))
    assert detect.next_cursor(NOON, [later, CLIP]) == later.updated_at


def test_the_cursor_never_goes_back() -> None:
    assert detect.next_cursor(NOON + timedelta(hours=2), [CLIP]) == NOON + timedelta(hours=2)


def test_without_any_clip_there_is_no_cursor_and_everything_is_asked_for() -> None:
    assert detect.next_cursor(None, []) is None
    assert detect.since(None) is None


def test_each_question_overlaps_the_last() -> None:
    assert detect.since(NOON) == NOON - detect.OVERLAP
