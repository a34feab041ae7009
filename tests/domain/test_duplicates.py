"""One event, recorded twice: in the cloud and on a USB stick."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blinkbot.domain import Cause, Clip, Origin
from blinkbot.domain.duplicates import TOLERANCE, bare_name, duplicate_of, same_camera

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def clip(origin: Origin = Origin.CLOUD, *, camera: int = 301, name: str = "Front door", late: float = 0) -> Clip:
    at = NOON + timedelta(seconds=late)
    return Clip(f"{origin}:{camera}:{late}", 1, 100, "Home", camera, name, at, at, Cause.MOTION, "", origin=origin)


def test_the_same_camera_a_moment_apart_is_one_event() -> None:
    cloud = clip()
    assert duplicate_of(clip(Origin.USB, late=2), [cloud]) is cloud


def test_the_nearest_counts() -> None:
    near, far = clip(late=-1), clip(late=4)
    assert duplicate_of(clip(Origin.USB), [far, near]) is near


@pytest.mark.parametrize("late", [-6, 6, 3600])
def test_farther_apart_are_two_events(late: float) -> None:
    assert duplicate_of(clip(Origin.USB, late=late), [clip()]) is None


def test_two_cameras_are_two_events() -> None:
    assert duplicate_of(clip(Origin.USB, camera=302), [clip()]) is None


def test_two_clips_of_the_cloud_are_two_events() -> None:
    assert duplicate_of(clip(late=1), [clip()]) is None


def test_without_a_known_camera_the_rest_of_its_name_counts() -> None:
    stick = clip(Origin.USB, camera=0, name="Frontdoor")
    assert duplicate_of(stick, [clip(name="Front-door")]) is not None
    assert duplicate_of(stick, [clip(name="Back door")]) is None


def test_names_without_letters_are_nobodys() -> None:
    assert not same_camera(clip(camera=0, name="🐈"), clip(camera=0, name="!!"))


def test_the_same_name_in_another_network_is_another_camera() -> None:
    assert not same_camera(clip(), replace(clip(), network_id=200))


def test_case_punctuation_and_forms_of_letters_do_not_count() -> None:
    assert bare_name("Front-Door (1)") == bare_name("frontdoor1") == "frontdoor1"
    assert bare_name("Fore\u0302t") == bare_name("For\u00eat") == "forêt"


@given(st.text(), st.floats(-10, 10))
def test_being_twins_is_mutual(name: str, late: float) -> None:
    one, other = clip(name=name), clip(Origin.USB, camera=0, name=name, late=late)
    assert (duplicate_of(one, [other]) is None) == (duplicate_of(other, [one]) is None)
    if abs(other.recorded_at - one.recorded_at) > TOLERANCE:
        assert duplicate_of(one, [other]) is None
