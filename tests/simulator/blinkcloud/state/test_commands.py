"""Commands: an answer at once, the truth later (protocol §5)."""

import json

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App

HOME, CABIN = 512_301, 512_977


async def send_arm(app: App, network: int, action: str) -> int:
    answer = await app.post(f"/api/v1/accounts/{app.cloud.account_id}/networks/{network}/state/{action}")
    assert answer.status_code == 200
    command: int = answer.json()["id"]
    return command


async def test_disarming_takes_effect_when_the_command_is_done(cloud: BlinkCloud, app: App) -> None:
    command = await send_arm(app, HOME, "disarm")
    assert cloud.home.network("Home").armed is True
    status = await app.finished(HOME, command)
    assert (status["complete"], status["status"], status["status_code"]) == (True, 0, 908)
    assert cloud.home.network("Home").armed is False


async def test_908_says_nothing_before_complete(cloud: BlinkCloud, app: App) -> None:
    cloud.stall_commands()
    command = await send_arm(app, HOME, "disarm")
    status = await app.body(f"/network/{HOME}/command/{command}")
    assert (status["complete"], status["status_code"], status["status_msg"]) == (False, 908, "Command succeeded")


async def test_every_awake_camera_gets_its_sub_command(cloud: BlinkCloud, app: App) -> None:
    cloud.home.camera("Garage").motion_enabled = False
    command = await send_arm(app, HOME, "disarm")
    status = await app.finished(HOME, command)
    assert {each["camera_id"] for each in status["commands"]} == {None, 301, 303, 304, 5_190_000_000_305}
    assert {each["parent_command_id"] for each in status["commands"][1:]} == {command}


async def test_arming_with_every_camera_asleep_works_and_says_304(cloud: BlinkCloud, app: App) -> None:
    for camera in cloud.home.cameras:
        camera.motion_enabled = False
    answer = await app.post(f"/api/v1/accounts/{cloud.account_id}/networks/{CABIN}/state/arm")
    assert (answer.status_code, answer.json()["code"]) == (200, 304)
    assert cloud.home.network("Cabin").armed is True


async def test_a_sync_module_does_one_thing_at_a_time(cloud: BlinkCloud, app: App) -> None:
    cloud.stall_commands()
    await send_arm(app, HOME, "disarm")
    busy = await app.post(f"/network/{HOME}/camera/301/thumbnail")
    assert busy.status_code == 409
    assert busy.json() == {"message": "System is busy, please wait", "error": None, "code": 307}


async def test_the_next_command_runs_once_the_first_is_done(app: App) -> None:
    await app.finished(HOME, await send_arm(app, HOME, "disarm"))
    assert (await app.post(f"/network/{HOME}/camera/301/thumbnail")).status_code == 200


async def test_networks_do_not_wait_for_each_other(cloud: BlinkCloud, app: App) -> None:
    cloud.stall_commands()
    await send_arm(app, HOME, "disarm")
    await send_arm(app, CABIN, "arm")


async def test_a_busy_module_can_say_so_in_a_plain_200(cloud: BlinkCloud, app: App) -> None:
    cloud.busy("Home", times=2, status=200)
    path = f"/api/v1/accounts/{cloud.account_id}/networks/{HOME}/state/disarm"
    answers = [await app.post(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [answer.json().get("code") for answer in answers] == [307, 307, None]


async def test_a_command_can_fail_in_the_end_and_change_nothing(cloud: BlinkCloud, app: App) -> None:
    cloud.refuse_command("Home", "disarm", code=514, message="Sync module is offline")
    status = await app.finished(HOME, await send_arm(app, HOME, "disarm"))
    assert (status["complete"], status["status"], status["status_code"]) == (True, 1, 514)
    assert status["status_msg"] == "Sync module is offline"
    assert status["commands"][0]["state_condition"] == "error"
    assert cloud.home.network("Home").armed is True


async def test_a_camera_out_of_reach_takes_no_picture(cloud: BlinkCloud, app: App) -> None:
    cloud.take_offline("Porch")
    before = cloud.home.camera("Porch").picture
    command = (await app.post(f"/network/{HOME}/camera/301/thumbnail")).json()
    status = await app.finished(HOME, command["id"])
    assert (status["complete"], status["status"]) == (True, 1)
    assert cloud.home.camera("Porch").picture is before


async def test_debug_of_an_ordinary_command_is_json(app: App) -> None:
    status = await app.finished(HOME, await send_arm(app, HOME, "disarm"))
    assert "lfr_ok" in json.loads(status["commands"][0]["debug"])


@pytest.mark.parametrize("path", ["/network/512301/command/1", "/network/512977/command/7500820000"])
async def test_an_unknown_command_or_network_is_404(app: App, path: str) -> None:
    await send_arm(app, HOME, "disarm")
    assert (await app.get(path)).status_code == 404


async def test_done_does_not_cut_an_ordinary_command_short(cloud: BlinkCloud, app: App) -> None:
    cloud.stall_commands()
    command = await send_arm(app, HOME, "disarm")
    assert (await app.post(f"/network/{HOME}/command/{command}/done/")).json()["code"] == 902
    assert (await app.body(f"/network/{HOME}/command/{command}"))["complete"] is False


async def test_an_unknown_action_is_404(cloud: BlinkCloud, app: App) -> None:
    path = f"/api/v1/accounts/{cloud.account_id}/networks/{HOME}/state/explode"
    assert (await app.post(path)).status_code == 404
