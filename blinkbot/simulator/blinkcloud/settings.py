"""A camera's settings as its config shows them, and what may be changed (protocol §4, update-camera)."""

from collections.abc import Callable
from typing import Any

from blinkbot.simulator.blinkcloud.answers import Body, Refusal
from blinkbot.simulator.blinkcloud.homescreen import FIRMWARE, online_word, signals
from blinkbot.simulator.blinkcloud.household import Camera, Family
from blinkbot.simulator.blinkcloud.moments import stamp
from blinkbot.simulator.blinkcloud.world import World

RANGES = {"motion_sensitivity": range(1, 10), "video_length": range(5, 61), "clip_length": range(5, 31)}
LIGHT_NUMBERS = (0, 1, 2)
LIGHT_WORDS = ("off", "on", "auto")
NAME_LENGTH = 48


def update_settings(camera: Camera, wanted: Body) -> Callable[[], None]:
    """Check what is wanted; the result carries it out.

    Raises:
        Refusal: a value is of the wrong type or out of range (400).
    """
    if not wanted:
        raise Refusal(400, "Nothing to update")
    for key, value in wanted.items():
        if not acceptable(camera, key, value):
            raise Refusal(400, f"Invalid {key}")

    def carry_out() -> None:
        for key, value in wanted.items():
            if key == "enabled":
                camera.motion_enabled = value
            elif key == "name":
                camera.name = value
            else:
                camera.settings[key] = value

    return carry_out


def acceptable(camera: Camera, key: str, value: Any) -> bool:
    """Whether a setting can take this value. Battery cameras number their light's states, the others name them."""
    if key in RANGES:
        return type(value) is int and value in RANGES[key]
    if key == "illuminator_enable":
        if camera.family is Family.CAMERA:
            return type(value) is int and value in LIGHT_NUMBERS
        return value in LIGHT_WORDS
    if key == "enabled":
        return isinstance(value, bool) and camera.family is not Family.CAMERA
    if key in ("early_notification", "record_audio_enable"):
        return isinstance(value, bool)
    if key == "name":
        return isinstance(value, str) and 0 < len(value) <= NAME_LENGTH
    return isinstance(value, str | int | bool)


def config_body(world: World, camera: Camera) -> Body:
    """The whole configuration."""
    if camera.family is not Family.CAMERA:
        return {**flat_config(camera), **camera.settings}
    return {"camera": [{**long_config(world, camera), **camera.settings}], "signals": signals_body(world, camera)}


def signals_body(world: World, camera: Camera) -> Body:
    """Bars and temperature with their time."""
    return {**signals(camera), "updated_at": stamp(world.clock())}


def flat_config(camera: Camera) -> Body:
    """A Mini's or doorbell's configuration: one flat object without ids."""
    body: Body = {
        "name": camera.name,
        "updated_at": stamp(camera.updated_at),
        "fw_version": FIRMWARE[camera.family],
        "enabled": camera.motion_enabled,
        "led_enabled": True,
        "led_state": "off",
        "status": online_word(camera) if camera.online else "offline",
        "video_quality": "best",
        "clip_length_max": 30,
        "clip_length": 30,
        "retrigger_time": 10,
        "motion_sensitivity": 5,
        "motion_regions": 33_554_431,
        "advanced_motion_regions": [4095] * 25,
        "early_termination": False,
        "night_vision_control": "normal",
        "early_notification": False,
        "early_notification_compatible": True,
        "early_termination_supported": True,
        "illuminator_enable": "auto",
        "illuminator_enable_v2": "auto",
        "illuminator_duration": 1,
        "illuminator_intensity": 4,
        "record_audio_enable": True,
        "volume_control": 7,
        "wifi": camera.wifi_bars,
        "video_recording_enable": True,
        "video_recording_optional": True,
        "flip_video": False,
        "flip_video_compatible": True,
        "local_storage_enabled": False,
        "local_storage_compatible": camera.family is Family.MINI,
    }
    if camera.light is not None:
        body["floodlight_on"] = camera.light
    return body


def long_config(world: World, camera: Camera) -> Body:
    """A battery camera's configuration. Its `thumbnail` can be a bare epoch (protocol §6)."""
    module = world.home.sync_module_of(camera.network_id)
    picture = camera.picture
    if picture is None:
        thumbnail = None
    else:
        thumbnail = str(int(picture.taken_at.timestamp())) if camera.modern_pictures else picture.path
    return {
        "id": camera.id,
        "created_at": stamp(camera.created_at),
        "updated_at": stamp(camera.updated_at),
        "deleted_at": None,
        "serial": camera.serial,
        "camera_key": "",
        "fw_version": FIRMWARE[camera.family],
        "mac_address": None,
        "ip_address": None,
        "thumbnail": thumbnail,
        "name": camera.name,
        "liveview_enabled": "off",
        "onboarded": True,
        "unit_number": 1,
        "motion_sensitivity": 5,
        "enabled": camera.motion_enabled,
        "alert_interval": 10,
        "video_length": 30,
        "clip_max_length": 60,
        "temp_alarm_enable": True,
        "temp_min": 50,
        "temp_max": 88,
        "illuminator_enable": 0,
        "illuminator_duration": 1,
        "illuminator_intensity": 4,
        "battery_alarm_enable": False,
        "battery_voltage_threshold": 512,
        "lfr_sync_interval": 8,
        "video_50_60hz": "freq_60hz",
        "invert_image": False,
        "flip_image": False,
        "record_audio_enable": True,
        "record_audio": True,
        "max_resolution": "r720",
        "wifi_timeout": 30,
        "status": online_word(camera) if camera.online else "offline",
        "wifi_strength": -100 + 10 * camera.wifi_bars,
        "lfr_strength": -110 + 10 * camera.sync_bars,
        "temperature": camera.temperature_f,
        "battery_voltage": 130 + 10 * camera.battery_bars,
        "battery_state": camera.battery,
        "battery_check_time": stamp(camera.updated_at),
        "temp_alert_state": "in_range",
        "early_notification": False,
        "early_notification_compatible": True,
        "early_termination": True,
        "early_termination_supported": True,
        "motion_alert": True,
        "motion_regions": 33_554_431,
        "motion_regions_compatible": True,
        "night_vision_exposure": 0,
        "video_quality": "standard",
        "armed": world.home.network(camera.network_id).armed,
        "local_storage_compatible": camera.model != "white",
        "local_storage_enabled": False,
        "type": camera.model,
        "account_id": world.account.id,
        "network_id": camera.network_id,
        "sync_module_id": None if module is None else module.id,
        "account": world.account.id,
        "network": camera.network_id,
        "camera_seq": 1,
    }
