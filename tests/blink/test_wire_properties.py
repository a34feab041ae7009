"""Whatever comes in place of a body: a sane value, or the one error that names operation and field."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from blinkbot.blink.http.responses import body_of
from blinkbot.blink.models import CameraUsage
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.wire import account, camera_settings, commands, devices, home, media, schedules, signin, usb, zones
from blinkbot.domain import Family, Home
from blinkbot.errors import BlinkRefused, BlinkResponseError
from tests.blink import bodies
from tests.blink.aside import Aside, anything_aside, nothing_aside
from tests.blink.helpers import NOON

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name: str) -> Any:
    """A body in the shape of a real one."""
    return json.loads((FIXTURES / f"{name}.json").read_bytes())


READERS: dict[str, tuple[Callable[[Any], object], Callable[[], Any]]] = {
    "homescreen": (
        lambda body: home.home(body, anything_aside),
        lambda: {**bodies.homescreen(), "accessories": {"storm": [{"id": 1, "target_id": 301}]}},
    ),
    "media": (
        lambda body: media.event_page(body, anything_aside),
        lambda: bodies.events(bodies.event(), bodies.event(9002)),
    ),
    "media-changed": (
        lambda body: media.media_page(body, anything_aside),
        lambda: bodies.media(bodies.entry(), bodies.entry(9002)),
    ),
    "programs": (lambda body: schedules.schedules(body, anything_aside), lambda: [bodies.program(), bodies.program(4)]),
    "arm": (lambda body: commands.started_command("arm", body), bodies.command),
    "command-status": (lambda body: commands.command_status(body, 5), bodies.status),
    "tier": (signin.account, lambda: {"tier": "u014", "account_id": 7}),
    "refresh": (
        lambda body: signin.granted_tokens("refresh", body),
        lambda: {"access_token": "a", "refresh_token": "r", "expires_in": 60},
    ),
    "sign-in": (signin.pin_request, lambda: {"tsv_state": "sms", "phone": "+1", "next_time_in_secs": 3}),
    "login-v5": (signin.logged_in, lambda: fixture("login_v5")),
    "verify-pin": (signin.pin_verdict, lambda: fixture("pin_verify_valid")),
    "resend-pin": (signin.resend_after, lambda: fixture("pin_resend")),
    "user": (account.user, lambda: fixture("user")),
    "client-options": (account.client_options, lambda: fixture("client_options")),
    "clients": (
        lambda body: account.clients(body, anything_aside),
        lambda: {"clients": [{"id": 1, "client_type": "ios", "verified": True}]},
    ),
    "notifications": (account.notifications, lambda: fixture("notifications_config")),
    "subscription": (
        lambda body: account.plans(body, anything_aside),
        lambda: {"subscriptions": [{"name": "Plus", "status": "active", "expires_at": None}]},
    ),
    "version": (account.app_version, lambda: fixture("version")),
    "regions": (account.regions, lambda: fixture("regions")),
    "upload-logs": (account.uploaded_log, lambda: fixture("app_logs_upload")),
    "camera-config": (camera_settings.camera_settings, lambda: fixture("camera_config_battery")),
    "camera-signals": (devices.signals, lambda: fixture("camera_signals")),
    "camera-usage": (lambda body: devices.usage(body, anything_aside), lambda: fixture("camera_usage")),
    "camera-info": (devices.last_connection, lambda: fixture("camera_status")),
    "cameras": (
        lambda body: camera_settings.cameras(body, anything_aside),
        lambda: {"devicestatus": fixture("camera_config_battery")["camera"]},
    ),
    "sirens": (
        lambda body: devices.sirens(body, anything_aside),
        lambda: [{"id": 1, "network_id": 2, "name": "Hall", "status": "online"}],
    ),
    "networks": (lambda body: devices.networks(body, anything_aside), lambda: fixture("networks")),
    "update-network": (devices.network_settings, lambda: fixture("network_update_response")),
    "sync-modules": (devices.hub, lambda: fixture("syncmodules")),
    "create-program": (
        lambda body: schedules.saved("create-program", body),
        lambda: fixture("program_update_program_only"),
    ),
    "media-settings": (account.media_settings, lambda: {"ttl_period": 30, "ttl_period_options": [3, 30]}),
    "media-count": (lambda body: account.count("media-count", body, "count"), lambda: {"count": 3}),
    "zones": (
        zones.zones,
        lambda: {
            "basic_zone_rows": 1,
            "basic_zone_columns": 2,
            "zone_mask": [0, 1],
            "privacy_zones": [{"x": 0, "y": 0, "w": 3, "h": 2}],
            "use_analytics_for_motion": True,
        },
    ),
    "motion-regions": (
        zones.motion_regions,
        lambda: {"motion_regions": 33554431, "advanced_motion_regions": [4095] * 25},
    ),
    "local-storage-media": (
        lambda body: usb.newer_manifest(body, anything_aside),
        lambda: {"manifest_id": 1, "media": [{"id": 1, "device_name": "x", "clip_start_millis": 1_795_348_800_000}]},
    ),
    "local-storage-status": (usb.status, lambda: {"usb_state": "active", "usb_storage_used": 3, "storage_warning": 0}),
    "manifest": (lambda body: usb.manifest(body, anything_aside), lambda: fixture("local_storage_manifest")),
    "video-count": (media.video_count, lambda: {"count": 3}),
    "videos": (
        lambda body: media.old_videos("videos", body),
        lambda: {"videos": [{"id": 1, "camera_id": 2, "network_id": 3, "created_at": "2026-11-22T12:00:00+00:00"}]},
    ),
    "video-info": (
        media.old_video,
        lambda: {"video": {"id": 1, "camera_id": 2, "network_id": 3, "created_at": "2026-11-22T12:00:00+00:00"}},
    ),
    "events": (
        media.events,
        lambda: {"event": [{"id": 1, "camera_id": 2, "created_at": "2026-11-22T12:00:00+00:00", "type": "motion"}]},
    ),
}


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a body."""
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    else:
        return []
    return [(value, key) for key, _ in inner] + [place for _, child in inner for place in places(child)]


def read(operation: str, body: Any) -> object:
    """The value, or None where the error is the right one."""
    try:
        return READERS[operation][0](body)
    except BlinkResponseError as error:
        if error.operation != operation:
            pytest.fail(f"{error} does not name {operation}")
        return None


# Making up examples takes far longer than reading them: each is read by every operation.


@settings(max_examples=200, deadline=None)
@given(body=anything)
def test_any_json_is_read_or_refused(body: Any) -> None:
    for operation in READERS:
        note(f"read by {operation}")
        read(operation, body)


spots = st.fixed_dictionaries(
    {operation: st.integers(0, len(places(good())) - 1) for operation, (_, good) in READERS.items()}
)
"""A place in a good body of each operation, by its number in `places`."""


@settings(max_examples=200, deadline=None)
@given(spots=spots, value=anything)
def test_a_good_body_with_one_odd_value_is_read_or_refused(spots: dict[str, int], value: Any) -> None:
    for operation, spot in spots.items():
        note(f"read by {operation}")
        body = READERS[operation][1]()
        container, key = places(body)[spot]
        container[key] = value
        read(operation, body)


@pytest.mark.parametrize("operation", READERS)
def test_a_good_body_that_lacks_something_is_read_or_refused(operation: str) -> None:
    for spot in range(len(places(READERS[operation][1]()))):
        body = READERS[operation][1]()
        container, key = places(body)[spot]
        del container[key]
        read(operation, body)


@given(data=st.data())
def test_a_home_that_is_read_is_sane(data: st.DataObject) -> None:
    body = bodies.homescreen()
    container, key = data.draw(st.sampled_from(places(body)))
    container[key] = data.draw(anything)
    found = read("homescreen", body)
    if isinstance(found, Home):
        for camera in found.cameras:
            camera.name.encode()
            assert 0 < camera.id < 2**63
            assert camera.temperature_f is None or math.isfinite(camera.temperature_f)


@settings(max_examples=20)
@given(st.lists(st.integers(min_value=1, max_value=2**63 - 1), unique=True, max_size=60))
def test_no_clip_of_a_page_is_lost(numbers: list[int]) -> None:
    page = media.media_page(bodies.media(*(bodies.entry(number) for number in numbers)), nothing_aside)
    assert [clip.id for clip in page.clips] == numbers


def test_a_page_of_ten_thousand_entries_is_read() -> None:
    body = json.loads(json.dumps(bodies.media(*(bodies.entry(number) for number in range(1, 10_001)), limit=10_000)))
    assert len(media.media_page(body, nothing_aside).clips) == 10_000


@given(number=st.integers(min_value=2**32, max_value=2**63 - 1))
def test_large_ids_stay_what_they_are(number: int) -> None:
    found = home.home(bodies.homescreen(cameras=[bodies.camera(number)]), nothing_aside)
    assert found.cameras[0].id == number
    assert commands.started_command("arm", bodies.command(number)).id == number
    assert devices.usage(
        {"networks": [{"network_id": number, "cameras": [{"id": str(number), "name": "x"}]}]}, nothing_aside
    ).cameras[0] == CameraUsage(number, number, "x", 0, 0)


@given(number=st.integers(max_value=0) | st.integers(min_value=2**63))
def test_ids_that_cannot_be_are_set_aside(number: int) -> None:
    aside = Aside()
    found = home.home(bodies.homescreen(cameras=[bodies.camera(number), bodies.camera(301)]), aside)
    assert [camera.id for camera in found.cameras if camera.family is Family.CAMERA] == [301]
    assert [(odd.place, odd.field) for odd in aside.found] == [("cameras", "id")]


def test_a_stick_of_ten_thousand_clips_is_read() -> None:
    line = {"size": "88", "camera_name": "Gate", "created_at": "2026-11-22T12:00:00+00:00"}
    found = usb.manifest(
        {"manifest_id": 1, "clips": [{**line, "id": number} for number in range(1, 10_001)]}, nothing_aside
    )
    assert found is not None
    assert len(found.clips) == 10_000


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.json")), ids=lambda path: path.stem)
@settings(max_examples=30)
@given(data=st.data())
def test_an_answer_that_is_cut_is_told(path: Path, data: st.DataObject) -> None:
    whole = path.read_bytes().strip()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with pytest.raises(BlinkResponseError, match="networks"):
        body_of(OPERATIONS["networks"], 200, {}, cut, NOON)


@given(st.binary(max_size=200))
def test_bytes_in_place_of_an_answer_are_told(body: bytes) -> None:
    try:
        body_of(OPERATIONS["networks"], 200, {}, body, NOON)
    except (BlinkResponseError, BlinkRefused) as error:
        if "networks" not in str(error):
            pytest.fail(f"{error} does not name the operation")
    else:
        json.loads(body)


@given(st.text(max_size=200))
def test_a_page_in_place_of_an_answer_is_told(text: str) -> None:
    page = f"<html>{text}</html>".encode("utf-8", "replace")
    with pytest.raises(BlinkResponseError, match="unusable answer to networks: it is a web page"):
        body_of(OPERATIONS["networks"], 200, {}, page, NOON)


@pytest.mark.parametrize("odd", ["..", "1/2", "", None, "a b", "x" * 65])
def test_an_id_of_a_stick_that_would_lead_elsewhere_is_refused(odd: object) -> None:
    with pytest.raises(BlinkResponseError, match="manifest_id"):
        usb.manifest({"manifest_id": odd, "clips": []}, nothing_aside)
