"""Bodies that real servers sent pass through wire.py with nothing dropped that a user would see."""

import json
from pathlib import Path
from typing import Any

import pytest

import blinkbot
from blinkbot.blink import wire, wire_programs
from blinkbot.blink.operations import OPERATIONS
from blinkbot.blink.refusals import answer_of
from blinkbot.errors import BlinkError, BlinkRefused, Busy, NotSignedIn
from tests.blink.helpers import NOON

FOLDER = Path(blinkbot.__file__).parents[2] / "shared" / "payloads"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason=f"the real bodies are not at {FOLDER}")


def files(pattern: str) -> list[Path]:
    return sorted(FOLDER.glob(pattern))


def named(path: Path) -> str:
    return path.stem


def load(path: Path) -> Any:
    return json.loads(path.read_bytes())


@pytest.mark.parametrize("path", files("homescreen_*.json"), ids=named)
def test_a_real_homescreen_keeps_every_device(path: Path) -> None:
    body = load(path)
    home = wire.home(body)
    devices = [item for part in ("cameras", "owls", "doorbells") for item in body.get(part, [])]
    assert [camera.id for camera in home.cameras] == [item["id"] for item in devices]
    assert [camera.name for camera in home.cameras] == [item["name"] for item in devices]
    assert [camera.motion for camera in home.cameras] == [item["enabled"] for item in devices]
    assert all(camera.picture for camera in home.cameras)
    assert [network.armed for network in home.networks] == [item["armed"] for item in body["networks"]]
    assert [module.id for module in home.sync_modules] == [item["id"] for item in body["sync_modules"]]


def test_the_real_floodlight_of_the_large_home_has_a_light() -> None:
    body = load(FOLDER / "homescreen_FULL_catalina_owl_superior_lotus__udiblink_2024.json")
    lit = [camera.id for camera in wire.home(body).cameras if camera.has_light]
    assert lit == [body["accessories"]["superior"][0]["target_id"]]


@pytest.mark.parametrize("path", files("media_changed_*.json"), ids=named)
def test_a_real_media_page_keeps_every_clip(path: Path) -> None:
    body = load(path)
    page = wire.media_page(body)
    assert [clip.id for clip in page.clips] == [entry["id"] for entry in body["media"]]
    assert all(clip.video and clip.thumbnail and clip.cause for clip in page.clips)
    assert page.is_last


@pytest.mark.parametrize(
    "path",
    files("arm__*.json")
    + files("disarm__*.json")
    + files("*thumbnail_request*.json")
    + files("clip_request__*.json")
    + files("camera_enable*.json")
    + files("camera_disable*.json")
    + files("camera_update_response*.json")
    + files("camera_status_command*.json"),
    ids=named,
)
def test_a_real_first_answer_to_a_command_has_an_id_to_wait_for(path: Path) -> None:
    body = load(path)
    started = wire.started_command("arm", body)
    assert (started.id, started.finished, started.failed) == (body["id"], False, False)


@pytest.mark.parametrize("path", files("command_status_*.json"), ids=named)
def test_a_real_command_status_ends_only_when_it_is_complete(path: Path) -> None:
    body = load(path)
    looked = wire.command_status(body, body["commands"][0]["id"])
    assert looked.complete is body["complete"]
    assert looked.succeeded
    assert looked.complete == ("running" not in path.stem)


@pytest.mark.parametrize("path", files("programs_list*.json"), ids=named)
def test_a_real_program_list_keeps_every_entry(path: Path) -> None:
    body = load(path)
    schedules = wire_programs.schedules(body)
    assert [schedule.id for schedule in schedules] == [program["id"] for program in body]
    assert [len(schedule.entries) for schedule in schedules] == [len(program["schedule"]) for program in body]


@pytest.mark.parametrize("path", files("tier_info*.json"), ids=named)
def test_a_real_tier_is_read(path: Path) -> None:
    assert wire.account(load(path)).tier == load(path)["tier"]


@pytest.mark.parametrize(
    ("pattern", "operation", "status", "error"),
    [
        ("error_unauthorized_101*.json", "networks", 401, NotSignedIn),
        ("clip_request_busy*.json", "record-clip", 200, Busy),
        ("clip_request_busy*.json", "record-clip", 307, Busy),
        ("snooze_not_enabled*.json", "snooze-camera", 400, BlinkRefused),
        ("login_v5_invalid_credentials*.json", "login-v5", 200, BlinkRefused),
        ("login_v5_client_deleted*.json", "login-v5", 200, BlinkRefused),
        ("pin_verify_invalid*.json", "verify-pin", 200, BlinkRefused),
    ],
)
def test_a_real_error_is_that_error(pattern: str, operation: str, status: int, error: type[BlinkError]) -> None:
    for path in files(pattern):
        with pytest.raises(error):
            answer_of(OPERATIONS[operation], status, {}, path.read_bytes(), NOON)


@pytest.mark.parametrize(
    ("pattern", "operation"),
    [
        ("homescreen_*.json", "homescreen"),
        ("version_*.json", "version"),
        ("program_enable*.json", "enable-program"),
        ("program_disable*.json", "disable-program"),
        ("arm_no_cameras_enabled*.json", "arm"),
        ("media_delete*.json", "delete-media"),
        ("pin_verify_valid*.json", "verify-pin"),
        ("pin_resend*.json", "resend-pin"),
        ("client_update__*.json", "update-client"),
        ("regions_*.json", "regions"),
        ("user_*.json", "user"),
        ("networks_*.json", "networks"),
        ("local_storage_*.json", "manifest"),
        ("liveview_*.json", "liveview"),
        ("notifications_*.json", "notifications"),
        ("*config*.json", "camera-config"),
    ],
)
def test_a_real_good_answer_is_no_error(pattern: str, operation: str) -> None:
    for path in files(pattern):
        assert answer_of(OPERATIONS[operation], 200, {}, path.read_bytes(), NOON) == load(path)
