"""Where a camera looks for motion: both forms, read and written."""

from dataclasses import replace
from typing import Any

import pytest

from blinkbot.blink.camera_settings import MotionRegions, PrivacyZone, Zones
from blinkbot.blink.wire.zones import motion_regions, regions_body, zones, zones_body
from blinkbot.errors import BlinkResponseError

NEWER: dict[str, Any] = {
    "basic_zone_rows": 2,
    "basic_zone_columns": 3,
    "sub_zone_rows": 1,
    "zone_mask": [1, 0, 1, 1, 1, 1],
    "privacy_zones": [{"x": 10, "y": 2, "w": 3, "h": 4, "name": "bed"}],
    "use_analytics_for_motion": True,
}
OLDER: dict[str, Any] = {"motion_regions": 2**30 + 2**31 + 3, "advanced_motion_regions": [4095] * 25}


def newer(body: dict[str, Any] = NEWER) -> Zones:
    found = zones(body)
    assert isinstance(found, Zones)
    return found


def test_the_newer_form() -> None:
    assert newer() == Zones(2, 3, (1, 0, 1, 1, 1, 1), (PrivacyZone(10, 2, 3, 4),), True)


def test_sides_may_be_told_in_full() -> None:
    sides = {"x": 1, "y": 2, "width": 3, "height": 4}
    assert newer({**NEWER, "privacy_zones": [sides]}).privacy == (PrivacyZone(1, 2, 3, 4),)


def test_what_was_not_changed_goes_back_as_it_came() -> None:
    assert zones_body(newer()) == NEWER


def test_only_what_was_changed_is_written_anew() -> None:
    assert zones_body(replace(newer(), mask=(0,) * 6)) == {**NEWER, "zone_mask": [0] * 6}
    moved = [{"x": 0, "y": 0, "w": 1, "h": 1}]
    assert zones_body(replace(newer(), privacy=(PrivacyZone(0, 0, 1, 1),))) == {**NEWER, "privacy_zones": moved}
    assert zones_body(replace(newer(), analytics=False)) == {**NEWER, "use_analytics_for_motion": False}


def test_new_ones_are_written_whole() -> None:
    body = zones_body(Zones(1, 2, (0, 1)))
    assert body == {"basic_zone_rows": 1, "basic_zone_columns": 2, "zone_mask": [0, 1], "privacy_zones": []}


def test_the_older_form() -> None:
    found = motion_regions(OLDER)
    assert (found.regions, found.advanced) == ((True, True, *(False,) * 23), True)
    assert found.fine == (4095,) * 25
    assert not found.beside_zones


def test_bits_that_nobody_knows_stay() -> None:
    assert regions_body(motion_regions(OLDER)) == OLDER
    changed = replace(motion_regions(OLDER), regions=(True,) * 25, advanced=False)
    assert regions_body(changed)["motion_regions"] == 2**31 + 2**25 - 1


def test_the_older_form_where_the_newer_stands() -> None:
    body = {**OLDER, "privacy_zones": [{"x": 0, "y": 0, "w": 1, "h": 1}]}
    found = zones(body)
    assert isinstance(found, MotionRegions)
    assert found.beside_zones
    assert regions_body(found) == body


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        None,
        {**NEWER, "zone_mask": "all"},
        {**NEWER, "zone_mask": [True]},
        {**NEWER, "zone_mask": [-1]},
        {**NEWER, "basic_zone_rows": None},
        {**NEWER, "privacy_zones": [{"x": 1}]},
        {"motion_regions": -1},
        {"motion_regions": 1, "advanced_motion_regions": ["x"]},
    ],
)
def test_what_is_none_is_an_error(wrong: object) -> None:
    with pytest.raises(BlinkResponseError):
        zones(wrong)
