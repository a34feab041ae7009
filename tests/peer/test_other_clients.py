"""What clients other than blinkpy are known to do, done by hand: the simulated cloud gets along with it."""

from collections.abc import AsyncIterator

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App

HOME = 512_301


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    cloud = BlinkCloud(command_seconds=0, clip_seconds=1, seed=1)
    await cloud.start()
    yield cloud
    assert cloud.unknown_requests == []
    await cloud.stop()


@pytest.fixture
async def app(cloud: BlinkCloud) -> AsyncIterator[App]:
    app = App(cloud)
    await app.sign_in()
    yield app
    await app.close()


async def test_a_refresh_with_neither_hardware_id_nor_scope(app: App) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": app.tokens["refresh_token"], "client_id": "ios"}
    answer = await app.http.post("/oauth/token", data=form)
    assert answer.status_code == 200
    app.use(answer.json())
    assert (await app.homescreen())["networks"]


async def test_the_number_of_clips(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion("Porch", seconds=1)
    assert await app.body(f"/api/v1/accounts/{cloud.account_id}/media/count") == {"count": 1}


@pytest.mark.parametrize("account", ["", "/accounts/4310077"])
async def test_the_siren_with_and_without_the_account_in_its_address(cloud: BlinkCloud, app: App, account: str) -> None:
    base = f"/api/v1{account}/networks/{HOME}/sirens/"
    (siren,) = await app.body(base)
    for path in (f"{base}{siren['id']}/activate/", f"{base}activate/"):
        command = (await app.post(path, {"duration": 30})).json()["id"]
        await app.finished(HOME, command)
        assert cloud.home.sirens[0].sounding_until is not None
        await app.finished(HOME, (await app.post(f"{base}deactivate/")).json()["id"])
        assert cloud.home.sirens[0].sounding_until is None


async def test_the_motion_regions_of_every_camera_in_the_accounts_options(cloud: BlinkCloud, app: App) -> None:
    regions = (await app.body("/api/v1/account/options"))["advanced_motion_regions"]
    assert set(regions) == {f"cam_{camera.id}" for camera in cloud.home.cameras}
    assert all(len(each) == 25 for each in regions.values())


async def test_the_word_for_the_battery_in_the_signals_of_a_configuration(cloud: BlinkCloud, app: App) -> None:
    cloud.low_battery("Porch")
    assert (await app.body(f"/network/{HOME}/camera/301/config"))["signals"]["battery_state"] == "low"
