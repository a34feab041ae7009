"""What each operation sends, for each camera family: written by hand from the protocol page (§1, §3, §4)."""

from typing import Any

import pytest

from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.domain import Family

CAMERA, MINI, DOORBELL = Family.CAMERA, Family.MINI, Family.DOORBELL
SENT = {"account": 7, "client": 21}
NETWORK = {"network": 100}
DEVICE = {"network": 100, "camera": 301}
STICK = {"network": 100, "sync_module": 50}
OLD = "/network/100/camera/301"
V1 = "/api/v1/accounts/7/networks/100"
OWL, LOTUS = f"{V1}/owls/301", f"{V1}/doorbells/301"
LOCAL = f"{V1}/sync_modules/50/local_storage"
PROGRAMS = "/api/v1/networks/100/programs"
V2 = "/api/v2/accounts/7/networks/100"
ZONES = {"zone_mask": [0, 1], "privacy_zones": [{"x": 0, "y": 0, "w": 3, "h": 2}], "basic_zone_rows": 1}
REGIONS = {"motion_regions": 33554431, "advanced_motion_regions": [4095] * 25}
FILTERS = {"types": ["pir"], "devices": {"owl": [304]}}
LINE = {"dow": ["mon"], "devices": [], "time": "2020-02-14 21:00:00 +0000", "action": "arm"}
LIVE = {"intent": "liveview", "motion_event_start_time": None}
SETTINGS = {
    "motion_sensitivity": 5,
    "video_length": 30,
    "early_notification": True,
    "record_audio_enable": False,
}

# operation, family, arguments, method, address, body (None: none is sent)
TABLE: list[tuple[str, Family | None, dict[str, Any], str, str, Any]] = [
    # account
    (
        "login-v5",
        None,
        {"email": "a@b.example", "password": "pw", "unique_id": "U", "client_name": "N", "reauth": "true"},
        "POST",
        "/api/v5/account/login",
        {"email": "a@b.example", "password": "pw", "unique_id": "U", "client_name": "N", "reauth": "true"},
    ),
    ("verify-pin", None, {"pin": "123456"}, "POST", "/api/v4/account/7/client/21/pin/verify", {"pin": "123456"}),
    ("resend-pin", None, {}, "POST", "/api/v4/account/7/client/21/pin/resend", None),
    ("logout", None, {}, "POST", "/api/v4/account/7/client/21/logout", {"message": "logout"}),
    ("tier", None, {}, "GET", "/api/v1/users/tier_info", None),
    ("user", None, {}, "GET", "/user", None),
    ("account-options", None, {}, "GET", "/api/v1/account/options", None),
    ("client-options", None, {}, "GET", "/api/v1/accounts/7/clients/21/options", None),
    ("update-client", None, {"notification_key": "k"}, "POST", "/client/21/update", {"notification_key": "k"}),
    ("clients", None, {}, "GET", "/account/clients", None),
    ("notifications", None, {}, "GET", "/api/v1/accounts/7/notifications/configuration", None),
    (
        "set-notifications",
        None,
        {"motion": False, "low_battery": True},
        "POST",
        "/api/v1/accounts/7/notifications/configuration",
        {"notifications": {"motion": False, "low_battery": True}},
    ),
    ("subscription", None, {}, "GET", "/api/v1/accounts/7/subscriptions/plans", None),
    ("video-options", None, {"auto_purge_days": 14}, "POST", "/api/v1/account/video_options", {"auto_purge_days": 14}),
    # service
    ("version", None, {}, "GET", "/api/v1/version", None),
    ("regions", None, {"locale": "US"}, "GET", "/regions?locale=US", None),
    ("upload-logs", None, {}, "POST", "/app/logs/upload", None),
    ("health", None, {}, "GET", "/health", None),
    # home
    ("homescreen", None, {}, "GET", "/api/v3/accounts/7/homescreen", None),
    ("homescreen", None, {"generation": "v4"}, "GET", "/api/v4/accounts/7/homescreen", None),
    # network
    ("arm", None, NETWORK, "POST", f"{V1}/state/arm", None),
    ("disarm", None, NETWORK, "POST", f"{V1}/state/disarm", None),
    ("command-status", None, {**NETWORK, "command": 2**33}, "GET", f"/network/100/command/{2**33}", None),
    ("command-done", None, {**NETWORK, "command": 5}, "POST", "/network/100/command/5/done/", None),
    (
        "update-network",
        None,
        {**NETWORK, "time_zone": "Europe/Berlin", "lv_save": True, "name": "Home"},
        "POST",
        "/network/100/update",
        {"time_zone": "Europe/Berlin", "lv_save": True, "name": "Home"},
    ),
    ("snooze-network", None, {**NETWORK, "snooze_time": 60}, "POST", f"{V1}/snooze", {"snooze_time": 60}),
    ("unsnooze-network", None, NETWORK, "POST", f"{V1}/unsnooze", None),
    ("programs", None, NETWORK, "GET", PROGRAMS, None),
    (
        "create-program",
        None,
        {**NETWORK, "name": "Nights", "schedule": [LINE]},
        "POST",
        f"{PROGRAMS}/create",
        {"name": "Nights", "schedule": [LINE], "format": "v1"},
    ),
    (
        "update-program",
        None,
        {**NETWORK, "program": 3, "name": "Nights", "schedule": [LINE]},
        "POST",
        f"{PROGRAMS}/3/update",
        {"id": 3, "name": "Nights", "schedule": [LINE], "format": "v1"},
    ),
    ("enable-program", None, {**NETWORK, "program": 3}, "POST", f"{PROGRAMS}/3/enable", None),
    ("disable-program", None, {**NETWORK, "program": 3}, "POST", f"{PROGRAMS}/3/disable", None),
    ("delete-program", None, {**NETWORK, "program": 3}, "POST", f"{PROGRAMS}/3/delete", None),
    ("networks", None, {}, "GET", "/networks", None),
    ("sync-modules", None, NETWORK, "GET", "/network/100/syncmodules", None),
    ("events", None, NETWORK, "GET", "/events/network/100", None),
    ("sirens", None, NETWORK, "GET", "/api/v1/networks/100/sirens/", None),
    (
        "activate-siren",
        None,
        {**NETWORK, "duration": 30},
        "POST",
        "/api/v1/networks/100/sirens/activate/",
        {"duration": 30},
    ),
    (
        "activate-siren",
        None,
        {**NETWORK, "siren": 4, "duration": 30},
        "POST",
        "/api/v1/networks/100/sirens/4/activate/",
        {"duration": 30},
    ),
    ("deactivate-siren", None, NETWORK, "POST", "/api/v1/networks/100/sirens/deactivate/", None),
    # camera
    ("enable-motion", CAMERA, DEVICE, "POST", f"{OLD}/enable", None),
    ("enable-motion", MINI, DEVICE, "POST", f"{OWL}/config", {"enabled": True}),
    ("enable-motion", DOORBELL, DEVICE, "POST", f"{LOTUS}/enable", None),
    ("disable-motion", CAMERA, DEVICE, "POST", f"{OLD}/disable", None),
    ("disable-motion", MINI, DEVICE, "POST", f"{OWL}/config", {"enabled": False}),
    ("disable-motion", DOORBELL, DEVICE, "POST", f"{LOTUS}/disable", None),
    ("new-thumbnail", CAMERA, DEVICE, "POST", f"{OLD}/thumbnail", None),
    ("new-thumbnail", MINI, DEVICE, "POST", f"{OWL}/thumbnail", None),
    ("new-thumbnail", DOORBELL, DEVICE, "POST", f"{LOTUS}/thumbnail", None),
    (
        "thumbnail",
        None,
        {"path": "/api/v3/x/t.jpg?ts=1&ext="},
        "GET",
        "/api/v3/x/t.jpg?ts=1&ext=",
        None,
    ),
    ("record-clip", CAMERA, DEVICE, "POST", f"{OLD}/clip", None),
    ("record-clip", MINI, DEVICE, "POST", f"{OWL}/clip", None),
    ("record-clip", DOORBELL, DEVICE, "POST", f"{LOTUS}/clip", None),
    ("camera-config", CAMERA, DEVICE, "GET", f"{OLD}/config", None),
    ("camera-config", MINI, DEVICE, "GET", f"{OWL}/config", None),
    ("camera-config", DOORBELL, DEVICE, "GET", f"{LOTUS}/config", None),
    (
        "update-camera",
        CAMERA,
        {**DEVICE, **SETTINGS, "illuminator_enable": 2},
        "POST",
        f"{OLD}/update",
        {**SETTINGS, "illuminator_enable": 2},
    ),
    (
        "update-camera",
        MINI,
        {**DEVICE, **SETTINGS, "illuminator_enable": "auto"},
        "POST",
        f"{OWL}/config",
        {**SETTINGS, "illuminator_enable": "auto"},
    ),
    (
        "update-camera",
        DOORBELL,
        {**DEVICE, **SETTINGS, "illuminator_enable": "off"},
        "POST",
        f"{LOTUS}/config",
        {**SETTINGS, "illuminator_enable": "off"},
    ),
    ("camera-signals", CAMERA, DEVICE, "GET", f"{OLD}/signals", None),
    ("camera-info", CAMERA, DEVICE, "GET", OLD, None),
    ("cameras", None, NETWORK, "GET", "/network/100/cameras", None),
    ("camera-usage", None, {}, "GET", "/api/v1/camera/usage", None),
    (
        "snooze-camera",
        CAMERA,
        {**DEVICE, "snooze_time": 1439},
        "POST",
        f"{V1}/cameras/301/snooze",
        {"snooze_time": 1439},
    ),
    ("snooze-camera", MINI, {**DEVICE, "snooze_time": 1}, "POST", f"{OWL}/snooze", {"snooze_time": 1}),
    ("snooze-camera", DOORBELL, {**DEVICE, "snooze_time": 1}, "POST", f"{LOTUS}/snooze", {"snooze_time": 1}),
    ("unsnooze-camera", CAMERA, DEVICE, "POST", f"{V1}/cameras/301/unsnooze", None),
    ("unsnooze-camera", MINI, DEVICE, "POST", f"{OWL}/unsnooze", None),
    ("unsnooze-camera", DOORBELL, DEVICE, "POST", f"{LOTUS}/unsnooze", None),
    ("zones", CAMERA, DEVICE, "GET", f"{V2}/cameras/301/zones", None),
    ("zones", MINI, DEVICE, "GET", f"{V2}/owls/301/zones", None),
    ("zones", DOORBELL, DEVICE, "GET", f"{V2}/doorbells/301/zones", None),
    ("set-zones", CAMERA, {**DEVICE, **ZONES}, "POST", f"{V2}/cameras/301/zones", ZONES),
    ("set-zones", MINI, {**DEVICE, **ZONES}, "POST", f"{V2}/owls/301/zones", ZONES),
    ("set-zones", DOORBELL, {**DEVICE, **ZONES}, "POST", f"{V2}/doorbells/301/zones", ZONES),
    ("motion-regions", CAMERA, DEVICE, "GET", f"{V1}/cameras/301/motion_regions", None),
    ("motion-regions", MINI, DEVICE, "GET", f"{OWL}/motion_regions", None),
    ("motion-regions", DOORBELL, DEVICE, "GET", f"{LOTUS}/motion_regions", None),
    ("motion-regions", CAMERA, {**DEVICE, **REGIONS}, "POST", f"{V1}/cameras/301/motion_regions", REGIONS),
    ("lights", MINI, {**DEVICE, "state": "on"}, "POST", f"{OWL}/lights/on", None),
    ("lights", MINI, {**DEVICE, "state": "off"}, "POST", f"{OWL}/lights/off", None),
    (
        "lights",
        CAMERA,
        {**DEVICE, "accessory": 9, "state": "on"},
        "POST",
        f"{V1}/cameras/301/accessories/storm/9/lights/on",
        None,
    ),
    ("liveview", CAMERA, DEVICE, "POST", "/api/v6/accounts/7/networks/100/cameras/301/liveview", LIVE),
    ("liveview", MINI, DEVICE, "POST", "/api/v2/accounts/7/networks/100/owls/301/liveview", LIVE),
    ("liveview", DOORBELL, DEVICE, "POST", "/api/v2/accounts/7/networks/100/doorbells/301/liveview", LIVE),
    # media
    (
        "media",
        None,
        {"start_time": "2026-11-22T18:34:34+00:00"},
        "POST",
        "/api/v4/accounts/7/media?start_time=2026-11-22T18%3A34%3A34%2B00%3A00",
        {},
    ),
    (
        "media",
        None,
        {"start_time": "a", "end_time": "b", "pagination_key": 9, "filters": FILTERS},
        "POST",
        "/api/v4/accounts/7/media?start_time=a&end_time=b&pagination_key=9",
        {"filters": FILTERS},
    ),
    ("media-count", None, {}, "GET", "/api/v1/accounts/7/media/count", None),
    ("unwatched-media", None, {}, "GET", "/api/v4/accounts/7/unwatched_media", None),
    ("mark-viewed", None, {"ids": [9]}, "POST", "/api/v4/accounts/7/media/mark_as_viewed", {"media_list": [9]}),
    ("media-settings", None, {}, "GET", "/api/v4/accounts/7/media_settings", None),
    ("set-media-settings", None, {"ttl_period": 7}, "PATCH", "/api/v4/accounts/7/media_settings", {"ttl_period": 7}),
    (
        "media-changed",
        None,
        {"since": "2026-11-22T18:34:34+0000", "page": 2},
        "GET",
        "/api/v1/accounts/7/media/changed?since=2026-11-22T18%3A34%3A34%2B0000&page=2",
        None,
    ),
    (
        "video",
        None,
        {"path": "/api/v2/accounts/7/clip/x.mp4"},
        "GET",
        "/api/v2/accounts/7/clip/x.mp4",
        None,
    ),
    ("video-thumbnail", None, {"path": "/api/v2/a/thumb/x.jpg"}, "GET", "/api/v2/a/thumb/x.jpg", None),
    ("delete-media", None, {"ids": [9, 2**33]}, "POST", "/api/v1/accounts/7/media/delete", {"media_list": [9, 2**33]}),
    ("video-count", None, {}, "GET", "/api/v2/videos/count", None),
    ("videos", None, {"page": 0}, "GET", "/api/v2/videos/page/0", None),
    ("video-info", None, {"video": 9}, "GET", "/api/v2/video/9", None),
    ("unwatched-videos", None, {}, "GET", "/api/v2/videos/unwatched", None),
    ("delete-video", None, {"video": 9}, "POST", "/api/v2/video/9/delete", None),
    # USB
    ("manifest-request", None, STICK, "POST", f"{LOCAL}/manifest/request", None),
    ("manifest", None, {**STICK, "request": 88}, "GET", f"{LOCAL}/manifest/request/88", None),
    (
        "prepare-local-clip",
        None,
        {**STICK, "manifest": "8977", "clip": "27185"},
        "POST",
        f"{LOCAL}/manifest/8977/clip/request/27185",
        None,
    ),
    (
        "local-clip",
        None,
        {**STICK, "manifest": "8977", "clip": "27185"},
        "GET",
        f"{LOCAL}/manifest/8977/clip/request/27185",
        None,
    ),
    (
        "delete-local-clip",
        None,
        {**STICK, "manifest": "8977", "clip": "27185"},
        "POST",
        f"{LOCAL}/manifest/8977/clip/delete/27185",
        None,
    ),
    ("local-storage-status", None, STICK, "GET", f"{LOCAL}/status", None),
    ("local-storage-media", None, {**STICK, "command": 89}, "GET", f"{LOCAL}/media/89", None),
    ("eject", None, STICK, "POST", f"{LOCAL}/eject", None),
    ("mount", None, STICK, "POST", f"{LOCAL}/mount", None),
    ("format-local-storage", None, STICK, "POST", f"{LOCAL}/format", None),
    ("clear-local-storage", None, STICK, "DELETE", LOCAL, None),
]


@pytest.mark.parametrize(
    ("operation", "family", "arguments", "method", "address", "body"),
    TABLE,
    ids=[f"{row[0]} {row[1] or ''}".strip() for row in TABLE],
)
def test_an_operation_sends_what_the_page_says(
    operation: str, family: Family | None, arguments: dict[str, Any], method: str, address: str, body: object
) -> None:
    prepared = OPERATIONS[operation].prepare({**SENT, **arguments}, family)
    assert (prepared.method, prepared.path, prepared.body) == (method, address, body)


def test_no_operation_and_no_family_is_left_out() -> None:
    every = {(name, family) for name, row in OPERATIONS.items() for family in row.routes}
    assert {(operation, family) for operation, family, *_ in TABLE} == every


def test_the_version_is_asked_for_with_the_build_of_the_app() -> None:
    assert OPERATIONS["version"].headers["APP-BUILD"]
    assert all(not row.headers for name, row in OPERATIONS.items() if name != "version")


def test_what_stands_in_an_address_cannot_break_out_of_it() -> None:
    values = {**SENT, **STICK, "manifest": "1/2?x=#", "clip": ".."}
    assert OPERATIONS["local-clip"].prepare(values).path.endswith("/manifest/1%2F2%3Fx%3D%23/clip/request/..")
