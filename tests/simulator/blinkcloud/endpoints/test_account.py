"""The account and the service as a whole (protocol §4, account and service)."""

from typing import Any

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App

NOTIFICATIONS = "/api/v1/accounts/4310077/notifications/configuration"


async def test_regions_and_health_need_no_token(visitor: App) -> None:
    assert (await visitor.body("/regions?locale=US"))["preferred"] == "usu014"
    assert (await visitor.get("/health")).status_code == 200


async def test_the_version_is_asked_for_by_build(visitor: App) -> None:
    answer = await visitor.http.get("/api/v1/version", headers={"APP-BUILD": "IOS_2511191620"})
    assert answer.json()["code"] == 103
    assert (await visitor.get("/api/v1/version")).status_code == 400


async def test_an_old_app_is_told_to_update(cloud: BlinkCloud, visitor: App) -> None:
    cloud.world.account.update_required = True
    answer = await visitor.http.get("/api/v1/version", headers={"APP-BUILD": "IOS_1"})
    assert (answer.json()["code"], answer.json()["update_required"]) == (105, True)


async def test_the_user_has_the_accounts_email(cloud: BlinkCloud, app: App) -> None:
    assert (await app.body("/user"))["email"] == cloud.email


async def test_notifications_are_switched_one_by_one(app: App) -> None:
    assert (await app.post(NOTIFICATIONS, {"notifications": {"motion": False}})).status_code == 200
    flags = (await app.body(NOTIFICATIONS))["notifications"]
    assert (flags["motion"], flags["low_battery"]) == (False, True)


@pytest.mark.parametrize("wanted", [{"motion": "no"}, {"earthquake": True}, ["motion"], None])
async def test_impossible_notifications_are_refused(app: App, wanted: Any) -> None:
    assert (await app.post(NOTIFICATIONS, {"notifications": wanted})).status_code == 400


async def test_a_plan_can_be_missing(cloud: BlinkCloud, app: App) -> None:
    path = f"/api/v1/accounts/{cloud.account_id}/subscriptions/plans"
    assert (await app.body(path))["subscriptions"][0]["status"] == "active"
    cloud.world.account.subscribed = False
    assert (await app.body(path))["subscriptions"] == []


async def test_clips_are_kept_for_the_days_that_were_chosen(app: App) -> None:
    assert (await app.post("/api/v1/account/video_options", {"auto_purge_days": 7})).status_code == 200
    assert (await app.homescreen())["video_stats"]["auto_delete_days"] == 7
    bad = await app.post("/api/v1/account/video_options", {"auto_purge_days": 8})
    assert (bad.status_code, bad.json()["code"]) == (400, 213)


async def test_a_client_is_listed_and_can_be_updated(cloud: BlinkCloud, app: App) -> None:
    [client] = (await app.body("/account/clients"))["clients"]
    assert client["unique_id"] == app.hardware_id
    assert (await app.post(f"/client/{client['id']}/update", {"notification_key": "k"})).json()["code"] == 241
    assert cloud.world.tokens.clients[0].notification_key == "k"
    path = f"/api/v1/accounts/{cloud.account_id}/clients/{client['id']}/options"
    assert await app.body(path) == {"options": "{}"}
    assert (await app.post("/client/1/update", {"notification_key": "k"})).status_code == 404


async def test_a_log_can_be_sent(cloud: BlinkCloud, app: App) -> None:
    answer = await app.post("/app/logs/upload", {"log": "nothing happened"})
    assert answer.json()["account_id"] == cloud.account_id


async def test_a_network_can_be_renamed_and_moved(cloud: BlinkCloud, app: App) -> None:
    changed = {"name": "Haus", "time_zone": "Europe/Vienna", "lv_save": True}
    network = (await app.post("/network/512301/update", changed)).json()["network"]
    assert (network["name"], network["time_zone"], network["lv_save"]) == ("Haus", "Europe/Vienna", True)
    assert cloud.home.network("Haus").time_zone == "Europe/Vienna"
    assert (await app.post("/network/512301/update", {"lv_save": "yes"})).status_code == 400


async def test_an_empty_update_only_asks(cloud: BlinkCloud, app: App) -> None:
    network = (await app.post("/network/512301/update")).json()["network"]
    assert (network["name"], network["armed"]) == ("Home", True)


async def test_sirens_sound_for_a_while_and_fall_silent(cloud: BlinkCloud, app: App) -> None:
    base, home = "/api/v1/networks/512301/sirens/", 512_301
    [siren] = await app.body(base)
    assert siren["sounding"] is False
    command = (await app.post(f"{base}{siren['id']}/activate/", {"duration": 30})).json()
    await app.finished(home, command["id"])
    assert (await app.body(base))[0]["sounding"] is True
    await app.finished(home, (await app.post(base + "deactivate/")).json()["id"])
    assert (await app.body(base))[0]["sounding"] is False


@pytest.mark.parametrize("body", [{}, {"duration": 0}, {"duration": "30"}])
async def test_a_siren_wants_a_duration(app: App, body: dict[str, Any]) -> None:
    assert (await app.post("/api/v1/networks/512301/sirens/activate/", body)).status_code == 400


async def test_clips_are_counted_and_marked_as_watched(cloud: BlinkCloud, app: App) -> None:
    clips = [await cloud.motion("Porch", seconds=1) for _ in range(3)]
    cloud.delete(clips[2])
    base = f"/api/v4/accounts/{cloud.account_id}"
    assert await app.body(f"{base}/unwatched_media") == {"unwatched_clips": 2}
    assert (await app.post(f"{base}/media/mark_as_viewed", {"media_list": [clips[0].id]})).status_code == 200
    assert await app.body(f"{base}/unwatched_media") == {"unwatched_clips": 1}
    assert (await app.post(f"{base}/media/mark_as_viewed", {"media_list": [clips[2].id]})).status_code == 404
    assert (await app.post(f"{base}/media/mark_as_viewed", {"media_list": 7})).status_code == 400


async def test_how_long_clips_are_kept_can_be_chosen_in_the_newer_way(cloud: BlinkCloud, app: App) -> None:
    path = f"/api/v4/accounts/{cloud.account_id}/media_settings"
    assert (await app.http.patch(path, json={"ttl_period": 14})).status_code == 200
    assert await app.body(path) == {"ttl_period": 14, "ttl_period_options": [3, 7, 14, 30, 60]}
    assert (await app.http.patch(path, json={"ttl_period": 15})).status_code == 400
