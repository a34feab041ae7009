"""A camera's configuration as each family tells it (protocol §4, camera-config)."""

from typing import Any

from blinkbot.simulator.blinkcloud.answers import Body
from blinkbot.simulator.blinkcloud.endpoints.homescreen import FIRMWARE, online_word, signals
from blinkbot.simulator.blinkcloud.state.household import Camera, Family
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.world import World

EVERYWHERE = 33_554_431
"""`motion_regions` with all 25 regions on."""

FLAT: dict[str, Any] = {
    "led_enabled": True,
    "led_state": "off",
    "video_quality": "best",
    "clip_length_max": 30,
    "clip_length": 30,
    "retrigger_time": 10,
    "motion_sensitivity": 5,
    "motion_regions": EVERYWHERE,
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
    "video_recording_enable": True,
    "video_recording_optional": True,
    "flip_video": False,
    "flip_video_compatible": True,
    "local_storage_enabled": False,
}
"""What every new Mini and doorbell says."""

LONG: dict[str, Any] = {
    "deleted_at": None,
    "camera_key": "",
    "mac_address": None,
    "ip_address": None,
    "a1": False,
    "alert_interval": 10,
    "alert_repeat": "off",
    "alert_tone_enable": True,
    "alert_tone_volume": 0,
    "auto_test": False,
    "battery_alarm_enable": False,
    "battery_alert_count": 0,
    "battery_voltage_hysteresis": 512,
    "battery_voltage_interval": 0,
    "battery_voltage_threshold": 512,
    "buzzer_on": True,
    "camera_seq": 1,
    "clip_bitrate": 0,
    "clip_max_length": 60,
    "clip_rate": 0,
    "clip_warning_threshold": 15,
    "country_id": None,
    "early_notification": False,
    "early_notification_compatible": True,
    "early_pir_compatible": False,
    "early_termination": True,
    "early_termination_supported": True,
    "flip_image": False,
    "flip_video": False,
    "flip_video_compatible": False,
    "illuminator_duration": 1,
    "illuminator_enable": 0,
    "illuminator_intensity": 4,
    "invert_image": False,
    "last_battery_alert": None,
    "last_lfr_alert": None,
    "last_offline_alert": None,
    "last_snapshot_event": None,
    "last_temp_alert": None,
    "last_usage_alert": None,
    "last_wifi_alert": None,
    "lfr_alert_count": 0,
    "lfr_sync_interval": 8,
    "liveview_bitrate": 0,
    "liveview_enabled": "off",
    "liveview_rate": 0,
    "local_connection_certificate_id": None,
    "local_storage_enabled": False,
    "max_resolution": "r720",
    "mfg_main_range": 0,
    "mfg_main_type": "MA",
    "mfg_mez_range": 0,
    "mfg_mez_type": "",
    "motion_alert": True,
    "motion_regions": EVERYWHERE,
    "motion_regions_compatible": True,
    "motion_sensitivity": 5,
    "night_vision_exposure": 0,
    "night_vision_exposure_compatible": False,
    "offline_alert_count": 0,
    "onboarded": True,
    "privacy_zones_compatible": False,
    "record_audio": True,
    "record_audio_enable": True,
    "retry_count": 0,
    "ring_device_id": None,
    "siren_enable": False,
    "siren_volume": None,
    "snapshot_compatible": False,
    "snapshot_enabled": False,
    "snapshot_period_minutes": 60,
    "snapshot_period_minutes_options": [60],
    "snooze_till": None,
    "temp_adjust": 0,
    "temp_alarm_enable": True,
    "temp_alert_count": 0,
    "temp_alert_state": "in_range",
    "temp_hysteresis": None,
    "temp_interval": 1,
    "temp_max": 88,
    "temp_min": 50,
    "unit_number": 1,
    "usage_alert_count": 0,
    "video_50_60hz": "freq_60hz",
    "video_length": 30,
    "video_quality": "standard",
    "video_quality_support": ["saver", "standard"],
    "video_recording_enable": True,
    "video_recording_optional": False,
    "wifi_alert_count": 0,
    "wifi_timeout": 30,
}
"""What every new battery camera says."""


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
        **FLAT,
        "name": camera.name,
        "updated_at": stamp(camera.updated_at),
        "fw_version": FIRMWARE[camera.family],
        "enabled": camera.motion_enabled,
        "status": online_word(camera) if camera.online else "offline",
        "wifi": camera.wifi_bars,
        "local_storage_compatible": camera.family is Family.MINI,
    }
    if camera.light is not None:
        body["floodlight_on"] = camera.light
    return body


def long_config(world: World, camera: Camera) -> Body:
    """A battery camera's configuration. Its `thumbnail` can be a bare epoch (protocol §6)."""
    module = world.home.sync_module_of(camera.network_id)
    thumbnail = None if camera.picture is None else camera.picture.path
    if camera.picture is not None and camera.modern_pictures:
        thumbnail = str(int(camera.picture.taken_at.timestamp()))
    return {
        **LONG,
        "id": camera.id,
        "created_at": stamp(camera.created_at),
        "updated_at": stamp(camera.updated_at),
        "first_boot": stamp(camera.created_at),
        "serial": camera.serial,
        "fw_version": FIRMWARE[camera.family],
        "thumbnail": thumbnail,
        "name": camera.name,
        "enabled": camera.motion_enabled,
        "status": online_word(camera) if camera.online else "offline",
        "wifi_strength": -100 + 10 * camera.wifi_bars,
        "lfr_strength": -110 + 10 * camera.sync_bars,
        "temperature": camera.temperature_f,
        "battery_voltage": 130 + 10 * camera.battery_bars,
        "battery_state": camera.battery,
        "battery_check_time": stamp(camera.updated_at),
        "last_connect": {
            "camera_id": camera.id,
            "updated_at": stamp(camera.updated_at),
            "fw_version": FIRMWARE[camera.family],
            "temperature": camera.temperature_f,
            "serial": camera.serial,
        },
        "armed": world.home.network(camera.network_id).armed,
        "local_storage_compatible": camera.model != "white",
        "type": camera.model,
        "account_id": world.account.id,
        "network_id": camera.network_id,
        "sync_module_id": None if module is None else module.id,
        "account": world.account.id,
        "network": camera.network_id,
    }
