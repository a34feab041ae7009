"""Clips on the sync module's stick (protocol §10)."""

from typing import Any

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App

HOME = 512_301
STORAGE = f"/api/v1/accounts/4310077/networks/{HOME}/sync_modules/730118/local_storage"


async def manifest_of(app: App) -> dict[str, Any]:
    command = (await app.post(STORAGE + "/manifest/request")).json()["id"]
    await app.finished(HOME, command)
    while "clips" not in (answer := await app.body(f"{STORAGE}/manifest/request/{command}")):
        continue
    found: dict[str, Any] = answer
    return found


def clip_path(manifest: dict[str, Any], action: str, place: int = 0) -> str:
    return f"{STORAGE}/manifest/{manifest['manifest_id']}/clip/{action}/{manifest['clips'][place]['id']}"


async def test_a_manifest_is_not_ready_at_once(cloud: BlinkCloud, app: App) -> None:
    cloud.usb.polls = 2
    command = (await app.post(STORAGE + "/manifest/request")).json()["id"]
    await app.finished(HOME, command)
    answers = [await app.body(f"{STORAGE}/manifest/request/{command}") for _ in range(3)]
    assert ["clips" in answer for answer in answers] == [False, False, True]


async def test_a_manifest_lists_the_newest_first_in_strings(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion_on_usb("Porch", seconds=1, created_ago=60)
    newest = await cloud.motion_on_usb("Garage", seconds=1)
    first, second = (await manifest_of(app))["clips"]
    assert (first["camera_name"], second["camera_name"]) == ("Garage", "Porch")
    assert first["id"] == str(newest.id)
    assert first["size"] == str(len(newest.mp4) // 1024)


async def test_names_have_lost_everything_but_letters_and_digits(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion_on_usb('Tom & "Jerry" <cats> 🐈', seconds=1)
    assert (await manifest_of(app))["clips"][0]["camera_name"] == "TomJerrycats"


async def test_a_clip_must_be_prepared_before_it_can_be_read(cloud: BlinkCloud, app: App) -> None:
    stored = await cloud.motion_on_usb("Porch", seconds=1)
    path = clip_path(await manifest_of(app), "request")
    assert (await app.get(path)).status_code == 404
    command = (await app.post(path)).json()
    assert command.keys() == {"id", "network_id"}
    await app.finished(HOME, command["id"])
    assert (await app.get(path)).content == stored.mp4


async def test_an_upload_keeps_no_camera_busy_and_is_not_started_twice(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion_on_usb("Porch", seconds=1)
    path = clip_path(await manifest_of(app), "request")
    cloud.stall_commands()
    first, second = [(await app.post(path)).json() for _ in range(2)]
    assert first == second
    assert (await app.post(f"/network/{HOME}/camera/301/thumbnail")).status_code == 200


async def test_a_clip_can_be_deleted_from_the_stick_at_once(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion_on_usb("Porch", seconds=1)
    path = clip_path(await manifest_of(app), "delete")
    command = (await app.post(path)).json()["id"]
    assert cloud.usb.clips == []
    assert (await app.body(f"/network/{HOME}/command/{command}"))["complete"] is True
    assert (await app.post(path)).status_code == 404


async def test_a_manifest_waits_while_the_module_is_busy(cloud: BlinkCloud, app: App) -> None:
    cloud.stall_commands()
    await app.post(f"/network/{HOME}/camera/301/thumbnail")
    assert (await app.post(STORAGE + "/manifest/request")).status_code == 409


async def test_a_restart_changes_ids_and_voids_manifests(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion_on_usb("Porch", seconds=1)
    before = await manifest_of(app)
    cloud.restart_module("Home")
    assert (await app.post(clip_path(before, "request"))).status_code == 404
    after = await manifest_of(app)
    assert after["clips"][0]["id"] != before["clips"][0]["id"]
    assert after["clips"][0]["created_at"] == before["clips"][0]["created_at"]


async def test_what_is_only_on_the_stick_is_not_in_the_cloud(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion_on_usb("Porch", seconds=1)
    assert await app.media() == []


async def test_one_event_can_be_in_both(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    cloud.copy_to_usb(clip)
    assert (await manifest_of(app))["clips"][0]["created_at"] == (await app.media())[0]["created_at"]


async def test_the_stick_says_how_it_is(app: App) -> None:
    assert (await app.body(STORAGE + "/status"))["status"] == "active"


async def test_without_a_stick_there_is_nothing_to_ask(cloud: BlinkCloud, app: App) -> None:
    cloud.home.sync_modules[0].usb_active = False
    assert (await app.post(STORAGE + "/manifest/request")).status_code == 400
    with pytest.raises(ValueError, match="no USB stick"):
        await cloud.motion_on_usb("Porch", seconds=1)
    with pytest.raises(ValueError, match="no USB stick"):
        await cloud.motion_on_usb("Forêt", seconds=1)


async def test_another_module_is_404(app: App) -> None:
    path = f"/api/v1/accounts/4310077/networks/{HOME}/sync_modules/1/local_storage/status"
    assert (await app.get(path)).status_code == 404


async def test_a_network_without_a_module_cannot_restart_it(cloud: BlinkCloud) -> None:
    with pytest.raises(ValueError, match="no sync module"):
        cloud.restart_module("Cabin")


async def test_a_list_of_before_a_restart_is_stale(cloud: BlinkCloud, app: App) -> None:
    command = (await app.post(STORAGE + "/manifest/request")).json()["id"]
    await app.finished(HOME, command)
    cloud.restart_module("Home")
    answer = await app.get(f"{STORAGE}/manifest/request/{command}")
    assert (answer.status_code, answer.json()["code"]) == (400, 2102)
    assert (await app.get(f"{STORAGE}/manifest/request/1")).status_code == 404


async def test_the_newer_list_lies_under_the_id_of_the_child(cloud: BlinkCloud, app: App) -> None:
    cloud.usb.polls = 0
    stored = await cloud.motion_on_usb("Porch", seconds=1)
    command = (await app.post(STORAGE + "/manifest/request")).json()["id"]
    status = await app.finished(HOME, command)
    (child,) = status["commands"]
    assert child["parent_command_id"] == command
    listed = await app.body(f"{STORAGE}/media/{child['id']}")
    assert [(clip["id"], clip["device_name"]) for clip in listed["media"]] == [(stored.id, "Porch")]
    assert abs(listed["media"][0]["clip_start_millis"] / 1000 - stored.created_at.timestamp()) < 1
    assert listed["manifest_id"] == (await app.body(f"{STORAGE}/manifest/request/{command}"))["manifest_id"]


async def test_a_stick_can_be_let_go_and_used_again(cloud: BlinkCloud, app: App) -> None:
    assert (await app.post(STORAGE + "/mount")).status_code == 400
    assert (await app.post(STORAGE + "/eject")).json().keys() == {"id", "network_id"}
    assert (await app.body(STORAGE + "/status"))["usb_state"] == "unmounted"
    assert (await app.post(STORAGE + "/manifest/request")).status_code == 400
    assert (await app.post(STORAGE + "/mount")).status_code == 200
    assert (await app.body(STORAGE + "/status"))["usb_state"] == "active"


@pytest.mark.parametrize(("method", "path"), [("POST", STORAGE + "/format"), ("DELETE", STORAGE)])
async def test_a_stick_can_be_wiped(cloud: BlinkCloud, app: App, method: str, path: str) -> None:
    await cloud.motion_on_usb("Porch", seconds=1)
    assert (await app.http.request(method, path)).status_code == 200
    assert cloud.usb.clips == []
