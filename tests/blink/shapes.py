"""What has to come out of a body of each kind, so that nothing is dropped that a user would see.

A body's kind is the beginning of its file's name. The same checks hold for what real servers sent and for the bodies in
`fixtures`, which were made up in the same shapes.
"""

import re
from collections.abc import Callable
from typing import Any

from blinkbot.blink.camera_settings import NightLight
from blinkbot.blink.wire import account, camera_settings, commands, devices, home, live, media, schedules, signin, usb
from blinkbot.domain import Cause
from blinkbot.errors import AppUpdateRequired, BlinkError, BlinkRefused, Busy, NotSignedIn
from tests.blink.aside import nothing_aside

Check = Callable[[Any], None]


def homescreen(body: Any) -> None:
    """Every network, module and camera, with name, motion and picture."""
    found = home.home(body, nothing_aside)
    devices = [item for part in ("cameras", "owls", "doorbells") for item in body.get(part, [])]
    assert [camera.id for camera in found.cameras] == [item["id"] for item in devices]
    assert [camera.name for camera in found.cameras] == [item["name"] for item in devices]
    assert [camera.motion for camera in found.cameras] == [item["enabled"] for item in devices]
    assert [camera.battery for camera in found.cameras] == [item.get("battery") for item in devices]
    told = [(item.get("signals") or {}).get("temp") for item in devices]
    assert [camera.temperature_f for camera in found.cameras] == told
    assert all(camera.picture for camera in found.cameras)
    assert [network.armed for network in found.networks] == [item["armed"] for item in body["networks"]]
    modules = body["sync_modules"]
    assert [module.id for module in found.sync_modules] == [item["id"] for item in modules]
    assert [module.online for module in found.sync_modules] == [item["status"] == "online" for item in modules]
    accessories = body.get("accessories", {})
    lit = {item["target_id"] for part in ("storm", "superior") for item in accessories.get(part, [])}
    lit |= {item["id"] for item in body.get("owls", []) if item["type"] in ("superior", "superior_owl")}
    assert {camera.id for camera in found.cameras if camera.has_light} == lit
    mounts = {item["target_id"]: item["id"] for item in accessories.get("storm", [])}
    assert home.light_mounts(body, nothing_aside) == mounts


def clips(body: Any) -> None:
    """Every clip, where and why it was recorded."""
    page = media.media_page(body, nothing_aside)
    assert [clip.id for clip in page.clips] == [item["id"] for item in body["media"]]
    assert [clip.camera_name for clip in page.clips] == [item["device_name"] for item in body["media"]]
    assert [clip.partial for clip in page.clips] == [item["partial"] for item in body["media"]]
    for clip, item in zip(page.clips, body["media"], strict=True):
        assert (clip.video, bool(clip.thumbnail), clip.time_zone) == (item["media"], True, item["time_zone"])
        assert isinstance(clip.cause, Cause) or clip.cause == item["source"]
    assert page.is_last


def programs(body: Any) -> None:
    """Every schedule with every entry, in order."""
    found = schedules.schedules(body, nothing_aside)
    assert [(each.id, each.enabled) for each in found] == [(each["id"], each["status"] == "enabled") for each in body]
    assert [len(each.entries) for each in found] == [len(each["schedule"]) for each in body]
    for schedule, item in zip(found, body, strict=True):
        for entry, line in zip(schedule.entries, item["schedule"], strict=True):
            assert ([str(day) for day in entry.days], str(entry.action)) == (line["dow"], line["action"])
            assert f"{entry.at:%H:%M:%S}" in line["time"]


def saved_program(body: Any) -> None:
    """The answer to create and update."""
    inner = body.get("program", body)
    assert schedules.saved("update-program", body) == (inner["id"], inner["status"] == "enabled")


def started(body: Any) -> None:
    """A command that has begun: an id to wait for."""
    found = commands.started_command("arm", body)
    assert (found.id, found.finished, found.failed) == (body["id"], False, False)


def status(body: Any) -> None:
    """A look at a command: over only when it is complete, whatever 908 says."""
    found = commands.command_status(body, body["commands"][0]["id"])
    assert found.complete is body["complete"]
    assert found.succeeded


def settings(body: Any) -> None:
    """A camera's settings, in either shape."""
    item = body["camera"][0] if "camera" in body else body
    found = camera_settings.camera_settings(body)
    assert (found.name, found.motion, found.model) == (item["name"], item["enabled"], item.get("type", ""))
    assert found.sensitivity == item["motion_sensitivity"]
    assert found.clip_seconds == item.get("video_length", item.get("clip_length"))
    assert (found.early_end, found.audio) == (item["early_termination"], item["record_audio_enable"])
    assert found.night_light in list(NightLight)
    assert (found.signals is not None) == ("signals" in body)


def signals(body: Any) -> None:
    """A camera's bars and temperature."""
    found = devices.signals(body)
    assert (found.wifi_bars, found.sync_bars, found.battery_bars) == (body["wifi"], body["lfr"], body["battery"])
    assert found.temperature_f == body["temp"]
    assert (found.at is not None) == ("updated_at" in body)


def last_connection(body: Any) -> None:
    """A battery camera's last word."""
    found, item = devices.last_connection(body), body["camera_status"]
    assert (found.camera_id, found.temperature_f) == (item["camera_id"], item["temperature"])
    assert (found.wifi_dbm, found.battery_voltage) == (item["wifi_strength"], item["battery_voltage"])


def usage(body: Any) -> None:
    """Each camera's seconds; networks without cameras add none."""
    found = devices.usage(body, nothing_aside)
    items = [camera for network in body["networks"] for camera in network["cameras"]]
    told = [(item["id"], item["name"], item["clip_seconds"], item["lv_seconds"]) for item in items]
    assert [(each.camera_id, each.name, each.clip_seconds, each.live_seconds) for each in found.cameras] == told
    assert (found.days, found.normal_seconds) == (body["range_days"], body["reference"]["usage"])


def networks(body: Any) -> None:
    """The older list of networks."""
    told = [(item["id"], item["name"], item["armed"], item["time_zone"]) for item in body["networks"]]
    assert [(each.id, each.name, each.armed, each.time_zone) for each in devices.networks(body, nothing_aside)] == told


def network(body: Any) -> None:
    """A network after a change."""
    found, item = devices.network_settings(body), body["network"]
    assert (found.id, found.name, found.armed) == (item["id"], item["name"], item["armed"])
    assert found.saves_live_views == item.get("lv_save")


def hub(body: Any) -> None:
    """A sync module in the older form."""
    found, item = devices.hub(body), body["syncmodule"]
    assert (found.id, found.name, found.online) == (item["id"], item["name"], item["status"] == "online")
    assert found.last_seen_at is not None


def notifications(body: Any) -> None:
    """Every flag, also those of later years."""
    assert account.notifications(body) == body["notifications"]


def user(body: Any) -> None:
    """The person."""
    found = account.user(body)
    assert (found.id, found.email, found.time_zone) == (body["id"], body["email"], body["time_zone"])
    assert (found.temperature_unit, found.country) == (body["temp_units"], body.get("country_id", ""))


def regions(body: Any) -> None:
    """Every region, the preferred one marked."""
    found = account.regions(body)
    assert {each.name: each.label for each in found} == {
        name: item["friendly_name"] for name, item in body["regions"].items()
    }
    assert [each.name for each in found if each.preferred] == [body["preferred"]]
    order = [body["regions"][each.name]["display_order"] for each in found]
    assert order == sorted(order)


def version(body: Any) -> None:
    """What is said of the app's version."""
    found = account.app_version(body)
    assert (found.update_required, found.message) == (body["update_required"], body["message"])


def login(body: Any) -> None:
    """The older sign-in: whose session, for which program, and whether a code is awaited."""
    found = signin.logged_in(body)
    account = body["account"]
    assert (found.account_id, found.client_id, found.tier) == (
        account["account_id"],
        account["client_id"],
        account["tier"],
    )
    assert (found.pin_request is not None) == account["client_verification_required"]
    if found.pin_request is not None:
        assert found.pin_request.resend_after == body["allow_pin_resend_seconds"]
    assert found.token not in repr(found)


def pin_verdict(body: Any) -> None:
    """What is said of a code."""
    assert signin.pin_verdict(body).valid is body["valid"]


def pin_resent(body: Any) -> None:
    """When yet another code may be asked for."""
    assert signin.resend_after(body) == body["allow_pin_resend_seconds"]


def manifest(body: Any) -> None:
    """Every clip of a stick, ids as they are."""
    found = usb.manifest(body, nothing_aside)
    assert found is not None
    assert found.id == body["manifest_id"]
    told = [(item["id"], int(item["size"]), item["camera_name"]) for item in body["clips"]]
    assert [(clip.id, clip.kilobytes, clip.camera_name) for clip in found.clips] == told


def live_view(body: Any) -> None:
    """The command of a live view, and how long it may last."""
    found = live.started_live_view(body)
    assert (found.command_id, found.server, found.longest) == (body["command_id"], body["server"], body["duration"])


CHECKS: dict[str, Check] = {
    r"homescreen_.*": homescreen,
    r"media_changed_.*": clips,
    r"programs_list": programs,
    r"program_update_program_only": saved_program,
    r"arm|disarm|clip_request|camera_(enable|disable|update_response|status_command)": started,
    r"(owl_)?thumbnail_request|temp_calibrate_response|local_storage_(clip|manifest)_request": started,
    r"command_status_.*": status,
    r"camera_config.*|owl_config.*": settings,
    r"camera_signals.*": signals,
    r"camera_status": last_connection,
    r"camera_usage": usage,
    r"networks": networks,
    r"network_(get|update_response)": network,
    r"syncmodules.*": hub,
    r"notifications_config": notifications,
    r"user": user,
    r"regions": regions,
    r"version.*": version,
    r"login_v5|login_v5_2fa_required.*": login,
    r"pin_verify_.*": pin_verdict,
    r"pin_resend": pin_resent,
    r"local_storage_manifest": manifest,
    r"liveview_.*": live_view,
    r"tier_info": lambda body: _same(signin.account(body).tier, body["tier"]),
    r"account_options": lambda body: _same(account.options("account-options", body), body),
    r"client_options": lambda body: _same(account.client_options(body), body["options"]),
    r"app_logs_upload": lambda body: _same(account.uploaded_log(body).id, body["id"]),
}
"""By the kinds of bodies that they hold for."""

REFUSALS: dict[str, tuple[str, int, type[BlinkError]]] = {
    "error_unauthorized_101": ("networks", 401, NotSignedIn),
    "clip_request_busy": ("record-clip", 200, Busy),
    "snooze_not_enabled": ("snooze-camera", 400, BlinkRefused),
    "login_v5_invalid_credentials": ("login-v5", 200, BlinkRefused),
    "login_v5_client_deleted": ("login-v5", 200, BlinkRefused),
    "pin_verify_invalid": ("verify-pin", 200, BlinkRefused),
    "version_update_required": ("homescreen", 426, AppUpdateRequired),
}
"""Kind → the operation that it may answer, the HTTP status it came with, the error that it is."""

FINE: dict[str, str] = {
    "arm_no_cameras_enabled": "arm",
    "program_enable": "enable-program",
    "program_disable": "disable-program",
    "media_delete": "delete-media",
    "client_update": "update-client",
    "client_update_full": "update-client",
    "notifications_set": "set-notifications",
    "logout": "logout",
}
"""Kind → the operation that it answers, with nothing in it but that all went well."""

NOT_OURS = (
    "account_status",
    "blinkstatus",
    "camera_update_body",
    "device_identify",
    "login_v3",
    "login_v4",
    "motion_regions",
    "program_create_body",
    "program_update_action",
    "program_update_body",
    "support_phone",
)
"""What is sent rather than answered, and answers of addresses that are no operation of the page."""


def check_of(kind: str) -> Check | None:
    """What holds for a kind of body, None where nothing does."""
    return next((check for pattern, check in CHECKS.items() if re.fullmatch(pattern, kind)), None)


def _same(one: object, other: object) -> None:
    assert one == other
