"""What a camera offers, by what it says of itself."""

from typing import Any

import pytest

from blinkbot.blink.camera_settings import NightLight, OfferedSetting, Setting, SettingValue
from blinkbot.blink.wire.camera_settings import camera_settings, cameras, change_body
from blinkbot.domain import Family
from tests.blink.aside import anything_aside


def config(**more: Any) -> dict[str, Any]:
    return {"name": "Porch", "enabled": True, **more}


def offers(**more: Any) -> dict[Setting | str, OfferedSetting]:
    return {offered.name: offered for offered in camera_settings(config(**more)).offered}


def test_only_what_a_camera_tells_is_offered() -> None:
    assert set(offers()) == {Setting.NAME}
    assert set(offers(motion_sensitivity=5, flip_video=None)) == {Setting.NAME, Setting.SENSITIVITY}


@pytest.mark.parametrize(
    ("field", "remark", "setting"),
    [
        ("early_termination", "early_termination_supported", Setting.EARLY_END),
        ("early_notification", "early_notification_compatible", Setting.EARLY_NOTIFICATION),
        ("flip_video", "flip_video_compatible", Setting.FLIPPED),
        ("snapshot_enabled", "snapshot_compatible", Setting.PHOTOS),
        ("snapshot_period_minutes", "snapshot_compatible", Setting.PHOTO_MINUTES),
        ("light_brightness", "spotlight_compatible", Setting.SPOTLIGHT_BRIGHTNESS),
    ],
)
def test_what_it_says_it_does_not_have_is_not_offered(field: str, remark: str, setting: Setting) -> None:
    assert setting in offers(**{field: 5, remark: True})
    assert setting in offers(**{field: 5})
    assert setting not in offers(**{field: 5, remark: False})


def test_what_is_not_optional_is_shown_and_cannot_be_changed() -> None:
    recording = offers(video_recording_enable=True, video_recording_optional=False)[Setting.RECORDING]
    assert (recording.value, recording.changeable, recording.takes(False)) == (True, False, False)
    assert offers(video_recording_enable=True, video_recording_optional=True)[Setting.RECORDING].takes(False)


def test_the_values_are_those_it_tells_and_not_a_fixed_list() -> None:
    assert offers(video_quality="best")[Setting.QUALITY].choices == ("saver", "standard", "best")
    told = offers(video_quality="best", video_quality_support=["best", "ultra"])[Setting.QUALITY]
    assert (told.choices, told.takes("ultra"), told.takes("saver")) == (("best", "ultra"), True, False)
    minutes = offers(snapshot_period_minutes=60, snapshot_period_minutes_options=[60, 120])[Setting.PHOTO_MINUTES]
    assert (minutes.takes(120), minutes.takes(61)) == (True, False)


def test_a_setting_that_nobody_knew_yet_is_offered_by_its_own_name() -> None:
    found = offers(hdr_mode="auto", hdr_mode_support=["auto", "off"])["hdr_mode"]
    assert (found.value, found.choices) == ("auto", ("auto", "off"))
    assert change_body(config(hdr_mode="auto"), Family.MINI, "hdr_mode", "off") == {"hdr_mode": "off"}


@pytest.mark.parametrize(
    ("told", "limits"),
    [
        ({"video_length": 30}, (5, 60)),
        ({"video_length": 30, "clip_max_length": 20}, (5, 20)),
        ({"clip_length": 30, "clip_length_max": 120}, (5, 120)),
        ({"clip_length": 30, "clip_length_max": "many"}, (5, 60)),
    ],
)
def test_the_longest_clip_is_what_the_camera_says(told: dict[str, Any], limits: tuple[int, int]) -> None:
    assert offers(**told)[Setting.CLIP_SECONDS].limits == limits


@pytest.mark.parametrize(
    ("told", "family", "sent"),
    [
        ({"illuminator_enable": 0}, Family.CAMERA, 2),
        ({"illuminator_enable": "off"}, Family.CAMERA, "auto"),
        ({"illuminator_enable": 1}, Family.DOORBELL, 2),
        ({"illuminator_enable": "on"}, Family.MINI, "auto"),
        ({}, Family.CAMERA, 2),
        ({}, Family.MINI, "auto"),
    ],
)
def test_a_night_light_is_set_in_the_cameras_own_form(told: dict[str, Any], family: Family, sent: object) -> None:
    assert change_body(config(**told), family, Setting.NIGHT_LIGHT, NightLight.AUTO) == {"illuminator_enable": sent}


def test_a_setting_goes_by_the_name_that_the_camera_has_for_it() -> None:
    old = config(video_length=30, alert_interval=10)
    new = config(clip_length=30, retrigger_time=10)
    for setting, names in ((Setting.CLIP_SECONDS, "video clip"), (Setting.RETRIGGER_SECONDS, "alert retrigger")):
        for body, name in zip((old, new), names.split(), strict=True):
            ((field, value),) = change_body(body, Family.CAMERA, setting, 20).items()
            assert (field.startswith(name), value) == (True, 20)


def test_what_to_detect_goes_together() -> None:
    body = config(detection_modes={"motion_detection": True, "person_detection": False, "pet_detection": True})
    assert offers(**body)[Setting.DETECTS_PERSONS].value is False
    assert offers(**body)["pet_detection"].value is True
    assert change_body(body, Family.CAMERA, Setting.DETECTS_PERSONS, True) == {
        "detection_modes": {"motion_detection": True, "person_detection": True, "pet_detection": True}
    }


@pytest.mark.parametrize(("told", "read"), [("off", "off"), (True, True), (None, None), ([], None), (3, None)])
def test_whether_live_view_is_on_may_be_a_word(told: object, read: object) -> None:
    assert camera_settings(config(liveview_enabled=told)).live_view == read


def test_the_word_for_the_battery_stands_beside_the_bars() -> None:
    body = {"camera": [config()], "signals": {"battery": 3, "battery_state": "ok"}}
    signals = camera_settings(body).signals
    assert signals is not None
    assert (signals.battery_bars, signals.battery) == (3, "ok")


def test_an_odd_camera_holds_up_no_other_in_the_obsolete_list() -> None:
    assert [
        each.name for each in cameras({"devicestatus": [None, config(), {}, {"enabled": "maybe"}]}, anything_aside)
    ] == ["Porch"]


@pytest.mark.parametrize(
    ("offered", "takes", "refuses"),
    [
        (OfferedSetting("x", 5, limits=(1, 9)), [1, 9], [0, 10, True, "5", 5.0, None]),
        (OfferedSetting("x", True), [True, False], [1, "on", None]),
        (OfferedSetting("x", "a"), ["b", ""], [1, True, None]),
        (OfferedSetting("x", "a", choices=("a", 2)), ["a", 2], ["b", None]),
    ],
)
def test_what_an_offer_takes(offered: OfferedSetting, takes: list[SettingValue], refuses: list[SettingValue]) -> None:
    assert all(map(offered.takes, takes))
    assert not any(map(offered.takes, refuses))
