"""One camera at a time, each family at its own addresses (protocol §1, §4)."""

from typing import Any

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App

HOME, CABIN = 512_301, 512_977
BASE = f"/api/v1/accounts/4310077/networks/{HOME}"
PORCH, GARAGE = f"/network/{HOME}/camera/301", f"/network/{HOME}/camera/302"
DOOR, LIVING_ROOM = f"{BASE}/doorbells/303", f"{BASE}/owls/304"
FLOODLIGHT = f"/api/v1/accounts/4310077/networks/{CABIN}/owls/306"


async def run(app: App, path: str, body: dict[str, Any] | None = None, network: int = HOME) -> None:
    answer = await app.post(path, body)
    assert answer.status_code == 200, answer.text
    assert (await app.finished(network, answer.json()["id"]))["status"] == 0


async def picture_path(app: App, kind: str, place: int) -> str:
    found: str = (await app.homescreen())[kind][place]["thumbnail"]
    return found


@pytest.mark.parametrize(
    ("base", "kind", "place"),
    [(PORCH, "cameras", 0), (GARAGE, "cameras", 1), (LIVING_ROOM, "owls", 0), (DOOR, "doorbells", 0)],
)
async def test_a_new_picture_has_a_new_address_once_it_is_taken(
    cloud: BlinkCloud, app: App, base: str, kind: str, place: int
) -> None:
    before = await picture_path(app, kind, place)
    command = (await app.post(base + "/thumbnail")).json()
    assert await picture_path(app, kind, place) == before
    await app.finished(HOME, command["id"])
    after = await picture_path(app, kind, place)
    assert after != before
    address = after if after.endswith("ext=") else after + ".jpg"
    taken = cloud.home.camera((await app.homescreen())[kind][place]["id"]).picture
    assert taken is not None
    assert (await app.get(address)).content == taken.jpeg


async def test_the_old_form_of_address_needs_its_ending(app: App) -> None:
    assert (await app.get(await picture_path(app, "cameras", 1))).status_code == 404


async def test_battery_cameras_answer_at_the_newer_base_too(app: App) -> None:
    await run(app, f"{BASE}/cameras/301/thumbnail")


async def test_a_mini_answers_with_four_keys(app: App) -> None:
    answer = (await app.post(LIVING_ROOM + "/thumbnail")).json()
    assert answer.keys() == {"id", "network_id", "command", "state"}


@pytest.mark.parametrize(("base", "name"), [(PORCH, "Porch"), (DOOR, "Front door")])
async def test_motion_can_be_switched_off_and_on(cloud: BlinkCloud, app: App, base: str, name: str) -> None:
    await run(app, base + "/disable")
    assert cloud.home.camera(name).motion_enabled is False
    await run(app, base + "/enable")
    assert cloud.home.camera(name).motion_enabled is True


async def test_a_mini_is_switched_in_its_config(cloud: BlinkCloud, app: App) -> None:
    await run(app, LIVING_ROOM + "/config", {"enabled": False})
    assert cloud.home.camera("Living room").motion_enabled is False
    assert (await app.post(LIVING_ROOM + "/enable")).status_code == 404
    assert cloud.unknown_requests == [f"POST {LIVING_ROOM}/enable"]


async def test_a_mini_has_changed_its_settings_before_it_answers(cloud: BlinkCloud, app: App) -> None:
    answer = (await app.post(LIVING_ROOM + "/config", {"enabled": False})).json()
    assert answer["state"] == "done"
    assert cloud.home.camera("Living room").motion_enabled is False


async def test_a_recording_comes_as_a_snapshot(app: App) -> None:
    await run(app, PORCH + "/clip")
    [entry] = await app.media()
    assert (entry["source"], entry["device_id"]) == ("snapshot", 301)


@pytest.mark.parametrize("base", [f"/network/{HOME}/camera/304", f"{BASE}/owls/301", f"/network/{CABIN}/camera/301"])
async def test_a_camera_is_found_only_under_its_family_and_network(app: App, base: str) -> None:
    answer = await app.post(base + "/thumbnail")
    assert (answer.status_code, answer.json()["code"]) == (404, 500)


async def test_settings_are_changed_and_shown(app: App) -> None:
    await run(app, PORCH + "/update", {"motion_sensitivity": 7, "illuminator_enable": 2})
    config = (await app.body(PORCH + "/config"))["camera"][0]
    assert (config["motion_sensitivity"], config["illuminator_enable"]) == (7, 2)
    await run(app, LIVING_ROOM + "/config", {"illuminator_enable": "off"})
    assert (await app.body(LIVING_ROOM + "/config"))["illuminator_enable"] == "off"


@pytest.mark.parametrize(
    ("base", "body"),
    [
        (PORCH + "/update", {"motion_sensitivity": 10}),
        (PORCH + "/update", {"video_length": 4}),
        (PORCH + "/update", {"illuminator_enable": "auto"}),
        (PORCH + "/update", {"record_audio_enable": 1}),
        (PORCH + "/update", {}),
        (LIVING_ROOM + "/config", {"illuminator_enable": 2}),
        (LIVING_ROOM + "/config", {"enabled": "yes"}),
    ],
)
async def test_impossible_settings_are_refused(app: App, base: str, body: dict[str, Any]) -> None:
    assert (await app.post(base, body)).status_code == 400


async def test_a_body_must_be_labelled_as_json(app: App) -> None:
    answer = await app.http.post(PORCH + "/update", content='{"motion_sensitivity": 5}')
    assert answer.status_code == 415


async def test_broken_json_is_refused(app: App) -> None:
    headers = {"Content-Type": "application/json"}
    assert (await app.http.post(PORCH + "/update", content='{"motion', headers=headers)).status_code == 400


async def test_a_floodlight_is_switched(cloud: BlinkCloud, app: App) -> None:
    await run(app, FLOODLIGHT + "/lights/on", network=CABIN)
    assert cloud.home.camera("Forêt").light is True
    await run(app, FLOODLIGHT + "/lights/off", network=CABIN)
    assert cloud.home.camera("Forêt").light is False


async def test_the_light_of_a_mount_is_switched(cloud: BlinkCloud, app: App) -> None:
    mount = (await app.homescreen())["accessories"]["storm"][0]
    assert (mount["target"], mount["target_id"]) == ("camera", 301)
    for state, lit in (("on", True), ("off", False)):
        await run(app, f"{BASE}/cameras/301/accessories/storm/{mount['id']}/lights/{state}")
        assert cloud.home.camera("Porch").light is lit


@pytest.mark.parametrize(
    "path", ["cameras/301/accessories/storm/1/lights/on", "cameras/302/accessories/storm/9301/lights/on"]
)
async def test_a_mount_is_only_known_where_it_hangs(app: App, path: str) -> None:
    assert (await app.post(f"{BASE}/{path}")).status_code == 404


async def test_a_mini_without_a_light_is_the_wrong_device(app: App) -> None:
    answer = await app.post(LIVING_ROOM + "/lights/on")
    assert (answer.status_code, answer.json()["code"]) == (400, 1630)


@pytest.mark.parametrize(
    ("base", "kind"), [(f"{BASE}/cameras/301", "cameras"), (LIVING_ROOM, "owls"), (DOOR, "doorbells")]
)
async def test_a_snooze_answers_a_bare_message_and_shows(app: App, base: str, kind: str) -> None:
    answer = await app.post(base + "/snooze", {"snooze_time": 240})
    assert answer.status_code == 200
    assert "id" not in answer.json()
    camera = (await app.homescreen())[kind][0]
    assert (camera["snooze"], camera["snooze_time_remaining"]) == (True, 240)


@pytest.mark.parametrize("minutes", [0, -5, 1440, "60", None, True])
async def test_an_impossible_snooze_is_2800(app: App, minutes: Any) -> None:
    answer = await app.post(LIVING_ROOM + "/snooze", {"snooze_time": minutes})
    assert (answer.status_code, answer.json()["code"]) == (400, 2800)


async def test_nothing_to_snooze_where_motion_is_off(cloud: BlinkCloud, app: App) -> None:
    cloud.home.camera("Living room").motion_enabled = False
    answer = await app.post(LIVING_ROOM + "/snooze", {"snooze_time": 60})
    assert (answer.status_code, answer.json()["code"]) == (400, 2805)


async def test_a_network_can_be_snoozed_while_it_is_armed(cloud: BlinkCloud, app: App) -> None:
    assert (await app.post(BASE + "/snooze", {"snooze_time": 60})).status_code == 200
    cloud.disarm("Home")
    assert (await app.post(BASE + "/snooze", {"snooze_time": 60})).json()["code"] == 2805


async def test_a_siren_sounds_until_its_time_is_over_or_somebody_silences_it(cloud: BlinkCloud, app: App) -> None:
    sirens = f"/api/v1/networks/{HOME}/sirens/"
    (siren,) = cloud.home.sirens

    async def sounding() -> list[bool]:
        shown = (await app.homescreen())["sirens"], (await app.get(sirens)).json()
        return [each["sounding"] for (each,) in shown]

    await run(app, f"{sirens}{siren.id}/activate/", {"duration": 30})
    assert await sounding() == [True, True]
    siren.sounding_until = cloud.world.clock()
    assert await sounding() == [False, False]
    await run(app, sirens + "activate/", {"duration": 30})
    await run(app, sirens + "deactivate/")
    assert await sounding() == [False, False]
    assert (await app.post(sirens + "activate/", {"duration": 301})).status_code == 400


NEWER, OLDER = 5_190_000_000_305, 304
ZONES = f"/api/v2/accounts/4310077/networks/512301/owls/{NEWER}/zones"
REGIONS = f"/api/v1/accounts/4310077/networks/512301/owls/{OLDER}/motion_regions"


async def test_zones_are_kept_once_the_command_is_done(cloud: BlinkCloud, app: App) -> None:
    there = await app.body(ZONES)
    cells = [0, *there["zone_mask"][1:]]
    command = (await app.post(ZONES, {"zone_mask": cells})).json()["id"]
    await app.finished(512_301, command)
    assert await app.body(ZONES) == {**there, "zone_mask": cells}


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone_mask": [1]},
        {"zone_mask": "all"},
        {"privacy_zones": [{"x": 0, "y": 0, "w": 1, "h": 1}] * 3},
        {"privacy_zones": [{"x": 19, "y": 0, "w": 2, "h": 1}]},
        {"privacy_zones": [{"x": 0, "y": 0}]},
    ],
)
async def test_zones_that_cannot_be_are_refused(app: App, wrong: dict[str, Any]) -> None:
    assert (await app.post(ZONES, wrong)).status_code == 400


async def test_an_older_camera_has_motion_regions_alone(app: App) -> None:
    assert (await app.get(ZONES.replace(str(NEWER), str(OLDER)))).status_code == 404
    assert (await app.body(REGIONS))["motion_regions"] == 33_554_431
    await app.finished(512_301, (await app.post(REGIONS, {"motion_regions": 1})).json()["id"])
    assert (await app.body(REGIONS))["motion_regions"] == 1
    for wrong in ({}, {"motion_regions": -1}, {"motion_regions": 1, "advanced_motion_regions": [4096] * 25}):
        assert (await app.post(REGIONS, wrong)).status_code == 400


@pytest.mark.parametrize("path", ["cameras/301", "owls/304", "doorbells/303", ""])
async def test_a_snooze_can_be_ended(cloud: BlinkCloud, app: App, path: str) -> None:
    base = f"/api/v1/accounts/4310077/networks/512301/{path}".rstrip("/")
    assert (await app.post(base + "/snooze", {"snooze_time": 60})).status_code == 200
    assert (await app.post(base + "/unsnooze")).status_code == 200
    things = [cloud.home.networks[0], *cloud.home.cameras]
    assert all(thing.snoozed_until is None for thing in things)
