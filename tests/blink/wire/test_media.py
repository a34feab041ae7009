"""Clips: what Blink sends today, and what makes no sense."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from blinkbot.blink.wire import media
from blinkbot.domain import Cause, Clip, Family, NoVideo, Seen
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies
from tests.blink.aside import Aside, nothing_aside


def test_an_entry_is_a_clip() -> None:
    clip = media.media_page(bodies.media(bodies.entry()), nothing_aside).clips[0]
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
        ("cv_person", Cause.MOTION),
        ("person", Cause.MOTION),
        ("button_press", Cause.DOORBELL),
        ("button", Cause.DOORBELL),
        ("snapshot", Cause.SNAPSHOT),
        ("liveview", Cause.LIVE_VIEW),
        ("cv_cat", "cv_cat"),
        (None, ""),
    ],
)
def test_the_source_tells_the_cause(source: object, cause: str) -> None:
    assert media.media_page(bodies.media(bodies.entry(source=source)), nothing_aside).clips[0].cause == cause


@pytest.mark.parametrize(
    "told", ["2026-11-22T11:58:20Z", "2026-11-22T11:58:20+0000", "2026-11-22T12:58:20+01:00", "2026-11-22 11:58:20"]
)
def test_times_come_in_several_forms(told: str) -> None:
    clip = media.media_page(bodies.media(bodies.entry(created_at=told)), nothing_aside).clips[0]
    assert clip.recorded_at == datetime(2026, 11, 22, 11, 58, 20, tzinfo=UTC)


@pytest.mark.parametrize("told", ["yesterday", 1700000000, [], "0001-01-01T00:00:00+23:59", ""])
def test_an_entry_with_a_time_that_is_none_is_set_aside(told: object) -> None:
    aside = Aside()
    page = media.media_page(bodies.media(bodies.entry(created_at=told), bodies.entry(2)), aside)
    assert [clip.id for clip in page.clips] == [2]
    assert [(odd.operation, odd.place, odd.field) for odd in aside.found] == [("media-changed", "media", "created_at")]


def test_a_tombstone_is_marked() -> None:
    clip = media.media_page(bodies.media(bodies.entry(deleted=True, media=None, thumbnail=None)), nothing_aside).clips[
        0
    ]
    assert (clip.deleted, clip.video, clip.thumbnail) == (True, "", None)


@pytest.mark.parametrize("part", ["device_id", "device_name", "network_id", "network_name"])
def test_a_clip_that_does_not_say_where_it_came_from_is_still_a_clip(part: str) -> None:
    silent = bodies.entry() | {part: None}
    clips = media.media_page(bodies.media(silent, bodies.entry(2)), nothing_aside).clips
    assert [clip.id for clip in clips] == [9001, 2]


@pytest.mark.parametrize("part", ["id", "device_id", "network_id"])
def test_an_entry_with_an_id_that_is_none_is_set_aside(part: str) -> None:
    aside = Aside()
    page = media.media_page(bodies.media(bodies.entry() | {part: "front"}, bodies.entry(2)), aside)
    assert [clip.id for clip in page.clips] == [2]
    assert [odd.field for odd in aside.found] == [part]


def test_of_what_is_set_aside_only_the_shape_is_told() -> None:
    aside = Aside()
    media.media_page(bodies.media({"id": 0, "secret <b>": "token", "list": [1]}), aside)
    assert [(odd.problem, odd.shape) for odd in aside.found] == [
        ("an id was expected, a number came", "id: a number, secret__b_: a text, list: a list")
    ]


def test_an_unfinished_clip_is_marked() -> None:
    assert media.media_page(bodies.media(bodies.entry(partial=True)), nothing_aside).clips[0].partial


@pytest.mark.parametrize(
    ("count", "limit", "last"), [(0, 25, True), (2, 25, True), (2, 2, False), (3, 2, False), (2, 0, False)]
)
def test_a_short_page_is_the_last(count: int, limit: int, last: bool) -> None:
    page = media.media_page(bodies.media(*(bodies.entry(9000 + n) for n in range(count)), limit=limit), nothing_aside)
    assert page.is_last is last


@pytest.mark.parametrize("body", [{}, {"message": "Something new"}, {"media": "none"}, []])
def test_a_body_without_media_is_not_an_empty_page(body: object) -> None:
    with pytest.raises(BlinkResponseError):
        media.media_page(body, nothing_aside)


def test_a_moment_is_told_to_the_second_in_utc() -> None:
    moment = datetime(2026, 11, 22, 19, 34, 34, 900_000, tzinfo=UTC) - timedelta(hours=1)
    assert media.moment_text(moment) == "2026-11-22T18:34:34+0000"
    assert media.moment_text(None) == "1970-01-01T00:00:00+0000"


# -- today's list


def event_of(**more: Any) -> Clip:
    return media.event_page(bodies.events(bodies.event(**more)), nothing_aside).clips[0]


def test_an_event_with_a_video_is_a_clip() -> None:
    clip = event_of()
    assert (clip.key, clip.cause, clip.video) == (
        "cloud:9001",
        Cause.MOTION,
        "/api/v4/accounts/7/media/9001/video/contents",
    )
    assert (clip.seen, clip.sentence, clip.description) == (
        (Seen.PERSON,),
        "Ann comes home",
        "Ann comes home with two bags",
    )
    assert (clip.family, clip.no_video) == (Family.CAMERA, None)


def test_an_event_without_a_video_says_why() -> None:
    clip = event_of(type="event", media=None, thumbnail=None, no_media_reason="no_subscription")
    assert (clip.video, clip.no_video) == ("", NoVideo.NO_SUBSCRIPTION)


@pytest.mark.parametrize(
    ("told", "why"), [(None, NoVideo.UNKNOWN), ("none", NoVideo.UNKNOWN), ("cosmic_rays", "cosmic_rays")]
)
def test_a_reason_of_tomorrow_is_kept_as_it_is(told: object, why: str) -> None:
    assert event_of(type="event", media=None, no_media_reason=told).no_video == why


@pytest.mark.parametrize(
    ("told", "seen"),
    [
        (None, ()),
        ([], ()),
        (["person", "vehicle", "person"], (Seen.PERSON, Seen.VEHICLE)),
        ("Animal", (Seen.ANIMAL,)),
        (["dragon", 7, None, ""], ("dragon",)),
        ({"person": True}, ()),
    ],
)
def test_labels_come_in_several_forms(told: object, seen: tuple[object, ...]) -> None:
    assert event_of(cv_detection=told).seen == seen


def test_what_is_unusual_is_a_label_too() -> None:
    assert event_of(cv_detection=None, unusual_activity={"is_unusual": True}).seen == (Seen.UNUSUAL,)
    assert event_of(cv_detection=None, unusual_activity={"is_unusual": False}).seen == ()


def test_older_sources_tell_of_people_too() -> None:
    clip = media.media_page(bodies.media(bodies.entry(source="cv_person")), nothing_aside).clips[0]
    assert (clip.cause, clip.seen) == (Cause.MOTION, (Seen.PERSON,))


@pytest.mark.parametrize("told", [None, {}, [], "a man", {"short_description": None}])
def test_there_may_be_no_sentence(told: object) -> None:
    assert event_of(ai_vd=told).sentence == ""


def test_a_sentence_of_ten_thousand_characters_is_cut_and_stands_in_one_line() -> None:
    clip = event_of(ai_vd={"short_description": "a\nman " * 2000, "full_description": "x" * 10_000})
    assert len(clip.sentence) == media.SENTENCE_LENGTH
    assert clip.sentence.startswith("a man a man")
    assert len(clip.description) == media.DESCRIPTION_LENGTH


def test_a_second_camera_says_which_entry_is_of_the_same_event() -> None:
    assert event_of(primary_id=9000, secondary_id=9001).same_as == 9000
    assert event_of(primary_id=9001, secondary_id=9002).same_as is None


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [],
        "entry",
        {"id": 5},
        {**bodies.event(5), "id": 0},
        {**bodies.event(5), "device_id": None, "device_name": None},
        {**bodies.event(5), "created_at": "soon", "updated_at": None},
        {**bodies.event(5), "type": "hologram", "media": None},
    ],
)
def test_an_odd_event_holds_up_no_other(odd: object) -> None:
    aside = Aside()
    page = media.event_page({"media": [odd, bodies.event()], "pagination_key": 3}, aside)
    assert ([clip.id for clip in page.clips], page.key) == ([9001], 3)
    assert len(aside.found) == 1


@pytest.mark.parametrize("body", [{}, {"message": "Something new"}, {"media": "none"}, {"media": None}, []])
def test_a_body_without_a_list_is_not_an_empty_list(body: object) -> None:
    with pytest.raises(BlinkResponseError):
        media.event_page(body, nothing_aside)
