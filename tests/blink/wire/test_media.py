"""Clips: what Blink sends today, and what makes no sense."""

from datetime import UTC, datetime, timedelta

import pytest

from blinkbot.blink.wire import media
from blinkbot.domain import Cause
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies


def test_an_entry_is_a_clip() -> None:
    clip = media.media_page(bodies.media(bodies.entry())).clips[0]
    assert (clip.key, clip.camera_id, clip.camera_name, clip.network_name) == (
        "cloud:9001",
        301,
        "Porch",
        "Lake house",
    )
    assert clip.recorded_at == datetime(2026, 11, 22, 11, 58, 20, tzinfo=UTC)
    assert clip.updated_at == datetime(2026, 11, 22, 11, 59, 1, tzinfo=UTC)
    assert clip.video == "/api/v2/accounts/7/media/clip/9001.mp4"
    assert clip.thumbnail == "/api/v2/accounts/7/media/thumb/9001"


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("pir", Cause.MOTION),
        ("cv_motion", Cause.MOTION),
        ("cv_person", Cause.PERSON),
        ("person", Cause.PERSON),
        ("button_press", Cause.DOORBELL),
        ("button", Cause.DOORBELL),
        ("snapshot", Cause.SNAPSHOT),
        ("liveview", Cause.LIVE_VIEW),
        ("cv_cat", "cv_cat"),
        (None, ""),
    ],
)
def test_the_source_tells_the_cause(source: object, cause: str) -> None:
    assert media.media_page(bodies.media(bodies.entry(source=source))).clips[0].cause == cause


@pytest.mark.parametrize(
    "told", ["2026-11-22T11:58:20Z", "2026-11-22T11:58:20+0000", "2026-11-22T12:58:20+01:00", "2026-11-22 11:58:20"]
)
def test_times_come_in_several_forms(told: str) -> None:
    clip = media.media_page(bodies.media(bodies.entry(created_at=told))).clips[0]
    assert clip.recorded_at == datetime(2026, 11, 22, 11, 58, 20, tzinfo=UTC)


@pytest.mark.parametrize("told", ["yesterday", 1700000000, [], "0001-01-01T00:00:00+23:59", ""])
def test_a_time_that_is_none_is_named(told: object) -> None:
    with pytest.raises(BlinkResponseError) as raised:
        media.media_page(bodies.media(bodies.entry(), bodies.entry(created_at=told)))
    assert (raised.value.operation, raised.value.field) == ("media-changed", "media[1].created_at")


def test_a_tombstone_is_marked() -> None:
    clip = media.media_page(bodies.media(bodies.entry(deleted=True, media=None, thumbnail=None))).clips[0]
    assert (clip.deleted, clip.video, clip.thumbnail) == (True, "", None)


@pytest.mark.parametrize("part", ["device_id", "device_name", "network_id", "network_name"])
def test_a_clip_that_does_not_say_where_it_came_from_is_still_a_clip(part: str) -> None:
    silent = bodies.entry() | {part: None}
    clips = media.media_page(bodies.media(silent, bodies.entry(2))).clips
    assert [clip.id for clip in clips] == [9001, 2]


@pytest.mark.parametrize("part", ["id", "device_id", "network_id"])
def test_an_id_that_is_none_is_named(part: str) -> None:
    with pytest.raises(BlinkResponseError) as raised:
        media.media_page(bodies.media(bodies.entry(), bodies.entry() | {part: "front"}))
    assert raised.value.field == f"media[1].{part}"


def test_an_unfinished_clip_is_marked() -> None:
    assert media.media_page(bodies.media(bodies.entry(partial=True))).clips[0].partial


@pytest.mark.parametrize(
    ("count", "limit", "last"), [(0, 25, True), (2, 25, True), (2, 2, False), (3, 2, False), (2, 0, False)]
)
def test_a_short_page_is_the_last(count: int, limit: int, last: bool) -> None:
    page = media.media_page(bodies.media(*(bodies.entry(9000 + n) for n in range(count)), limit=limit))
    assert page.is_last is last


@pytest.mark.parametrize("body", [{}, {"message": "Something new"}, {"media": "none"}, []])
def test_a_body_without_media_is_not_an_empty_page(body: object) -> None:
    with pytest.raises(BlinkResponseError):
        media.media_page(body)


def test_a_moment_is_told_to_the_second_in_utc() -> None:
    moment = datetime(2026, 11, 22, 19, 34, 34, 900_000, tzinfo=UTC) - timedelta(hours=1)
    assert media.moment_text(moment) == "2026-11-22T18:34:34+0000"
    assert media.moment_text(None) == "1970-01-01T00:00:00+0000"
