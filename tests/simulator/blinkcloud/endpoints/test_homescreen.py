"""The homescreen shows the home as it is, with the quirks of real ones (protocol §6)."""

from typing import Any

from blinkbot.simulator.blinkcloud import BlinkCloud, Household, Network
from tests.simulator.blinkcloud.app import App


async def test_each_family_stands_in_its_list(app: App) -> None:
    body = await app.homescreen()
    assert [camera["name"] for camera in body["cameras"]] == ["Porch", "Garage"]
    assert [camera["name"] for camera in body["owls"]] == ["Living room", 'Tom & "Jerry" <cats> 🐈', "Forêt"]
    assert [camera["name"] for camera in body["doorbells"]] == ["Front door"]


async def test_client_and_user_are_told_in_headers(cloud: BlinkCloud, app: App) -> None:
    headers = (await app.get(f"/api/v3/accounts/{cloud.account_id}/homescreen")).headers
    assert headers["client-id"] == str(cloud.world.tokens.clients[0].id)
    assert headers["user-id"] == str(cloud.world.account.user_id)


async def test_each_family_has_its_own_word_for_online(app: App) -> None:
    body = await app.homescreen()
    assert {body[kind][0]["status"] for kind in ("cameras", "doorbells")} == {"done"}
    assert body["owls"][0]["status"] == "online"


async def test_an_offline_camera_stays_enabled(cloud: BlinkCloud, app: App) -> None:
    cloud.take_offline("Porch")
    porch = (await app.homescreen())["cameras"][0]
    assert (porch["status"], porch["enabled"]) == ("offline", True)
    cloud.bring_online("Porch")
    assert (await app.homescreen())["cameras"][0]["status"] == "done"


async def test_only_battery_cameras_have_a_thermometer(app: App) -> None:
    body = await app.homescreen()
    assert body["cameras"][0]["signals"]["temp"] == 54
    assert "temp" not in body["doorbells"][0]["signals"]
    assert "signals" not in body["owls"][0]


async def test_a_low_battery_shows(cloud: BlinkCloud, app: App) -> None:
    cloud.low_battery("Porch")
    porch = (await app.homescreen())["cameras"][0]
    assert (porch["battery"], porch["signals"]["battery"]) == ("low", 1)


async def test_both_forms_of_picture_addresses_occur(app: App) -> None:
    porch, garage = (await app.homescreen())["cameras"]
    assert porch["thumbnail"].endswith("&ext=")
    assert "." not in garage["thumbnail"].rpartition("/")[2]


async def test_arming_elsewhere_shows(cloud: BlinkCloud, app: App) -> None:
    cloud.disarm("Home")
    cloud.arm("Cabin")
    assert [network["armed"] for network in (await app.homescreen())["networks"]] == [False, True]


async def test_a_floodlight_stands_among_the_minis_and_the_accessories(app: App) -> None:
    body = await app.homescreen()
    light = next(camera for camera in body["owls"] if camera["type"] == "superior")
    assert body["accessories"]["superior"][0]["target_id"] == light["id"]


async def test_ids_exceed_32_bits(app: App) -> None:
    assert max(camera["id"] for camera in (await app.homescreen())["owls"]) > 2**32


async def test_an_active_stick_is_told_by_its_status_alone(app: App) -> None:
    module: dict[str, Any] = (await app.homescreen())["sync_modules"][0]
    assert (module["local_storage_status"], module["local_storage_enabled"]) == ("active", False)


async def test_an_update_that_is_required_is_harmless_inside_a_full_body(cloud: BlinkCloud, app: App) -> None:
    cloud.world.account.update_required = True
    body = await app.homescreen()
    assert (body["app_updates"]["code"], len(body["networks"])) == (105, 2)


async def test_a_rename_shows(cloud: BlinkCloud, app: App) -> None:
    cloud.rename("Porch", "Veranda <1>")
    assert (await app.homescreen())["cameras"][0]["name"] == "Veranda <1>"


async def test_a_home_can_have_a_time_zone_that_nobody_knows() -> None:
    cloud = BlinkCloud(Household(networks=[Network(1, "Home", "Europe/New York")]))
    await cloud.start()
    app = App(cloud)
    await app.sign_in()
    assert (await app.homescreen())["networks"][0]["time_zone"] == "Europe/New York"
    await app.close()
    await cloud.stop()
