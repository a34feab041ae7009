"""The control API for the demo page and other programs."""

from datetime import timedelta
from typing import Any

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App


async def test_motion_makes_a_clip(cloud: BlinkCloud, visitor: App) -> None:
    body = {"camera": "Porch", "seconds": 1, "source": "cv_motion"}
    made = (await visitor.post("/simulator/motion", body)).json()["clip"]
    [clip] = cloud.clips
    assert made == {"id": clip.id, "camera": "Porch", "source": "cv_motion", "bytes": len(clip.mp4)}


async def test_a_camera_can_be_named_by_id(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.post("/simulator/motion", {"camera": 301, "seconds": 1})
    assert cloud.clips[0].camera_name == "Porch"


async def test_walking_past_a_sleeping_camera_makes_none(visitor: App) -> None:
    assert (await visitor.post("/simulator/walk", {"camera": "Forêt"})).json() == {"clip": None}


async def test_a_press_rings(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.post("/simulator/press", {"camera": "Front door", "seconds": 1})
    assert cloud.clips[0].source == "button_press"


async def test_the_home_can_be_changed_and_seen(visitor: App) -> None:
    await visitor.post("/simulator/disarm", {"network": "Home"})
    await visitor.post("/simulator/arm", {"network": "Cabin"})
    await visitor.post("/simulator/offline", {"camera": "Garage"})
    await visitor.post("/simulator/low_battery", {"camera": "Porch"})
    home = await visitor.body("/simulator/home")
    assert [network["armed"] for network in home["networks"]] == [False, True]
    porch, garage = home["cameras"][:2]
    assert (porch["battery"], garage["online"]) == ("low", False)
    back = (await visitor.post("/simulator/online", {"camera": "Garage"})).json()
    assert back["cameras"][1]["online"] is True


async def test_a_picture_needs_no_token(cloud: BlinkCloud, visitor: App) -> None:
    home = await visitor.body("/simulator/home")
    picture = await visitor.get(home["cameras"][0]["picture"])
    taken = cloud.home.camera("Porch").picture
    assert taken is not None
    assert (picture.headers["content-type"], picture.content) == ("image/jpeg", taken.jpeg)


async def test_tokens_can_be_ended(app: App) -> None:
    await app.post("/simulator/expire_tokens")
    assert (await app.get("/user")).status_code == 401
    await app.post("/simulator/revoke_refresh")
    assert (await app.refresh(app.tokens["refresh_token"])).status_code == 400


async def test_a_pin_can_be_asked_for(visitor: App) -> None:
    await visitor.post("/simulator/require_pin")
    await visitor.open_signin_page()
    assert (await visitor.post_password()).status_code == 412


@pytest.mark.parametrize(
    ("verb", "body", "status"),
    [
        ("motion", {"camera": "Attic"}, 404),
        ("motion", {}, 404),
        ("motion", {"camera": "Porch", "seconds": 0}, 400),
        ("motion", {"camera": "Porch", "seconds": True}, 400),
        ("motion", {"camera": "Porch", "source": 5}, 400),
        ("arm", {"network": "Moon"}, 404),
        ("fly", {}, 404),
        ("serve", {"kind": "tomorrow's"}, 400),
        ("serve", {}, 400),
        ("describe", {"clip": 7}, 404),
        ("describe", {}, 404),
        ("motion", {"camera": "Porch", "labels": "person"}, 400),
        ("motion", {"camera": "Porch", "labels": [1]}, 400),
        ("motion", {"camera": "Porch", "late": -1}, 400),
        ("keep_video", {"clip": "7"}, 404),
        ("same_event", {"first": 7, "second": 8}, 404),
        ("odd_entry", {"entry": 0}, 400),
        ("hide", {"camera": "Attic"}, 404),
    ],
)
async def test_nonsense_is_refused(visitor: App, verb: str, body: dict[str, Any], status: int) -> None:
    assert (await visitor.post(f"/simulator/{verb}", body)).status_code == status


async def test_it_is_no_part_of_what_blink_was_asked(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.body("/simulator/home")
    assert cloud.requests == []


async def test_a_clip_can_be_on_the_stick_alone_or_in_both_places(cloud: BlinkCloud, visitor: App) -> None:
    stored = (await visitor.post("/simulator/motion_on_usb", {"camera": "Front door", "seconds": 1})).json()["clip"]
    assert (cloud.clips, stored["camera"]) == ([], "Frontdoor")
    await visitor.post("/simulator/motion", {"camera": "Porch", "seconds": 1, "also_on_usb": True})
    home = await visitor.body("/simulator/home")
    assert (home["clips"], home["clips_on_usb"]) == (1, 2)
    assert (await visitor.post("/simulator/motion_on_usb", {"camera": "Forêt"})).status_code == 400


async def test_an_old_clip_a_big_one_and_a_broken_one(cloud: BlinkCloud, visitor: App) -> None:
    for trouble in ({"recorded_ago": 7200, "seconds": 1}, {"megabytes": 2}, {"corrupt": True}):
        assert (await visitor.post("/simulator/motion", {"camera": "Porch", **trouble})).status_code == 200
    old, big, broken = cloud.clips
    assert (old.updated_at - old.created_at).total_seconds() == 7200
    assert len(big.mp4) == 2_000_000
    assert b"moov" not in broken.mp4


async def test_bursts_and_backlogs(cloud: BlinkCloud, visitor: App) -> None:
    burst = await visitor.post("/simulator/burst", {"camera": "Porch", "clips": 2, "seconds": 1})
    assert len(burst.json()["clips"]) == 2
    await visitor.post("/simulator/backlog", {"clips": 3, "seconds": 1})
    assert len(cloud.clips) == 5
    assert (await visitor.post("/simulator/backlog", {"clips": 0})).status_code == 400


async def test_what_is_silenced_lit_and_heard_can_be_seen(cloud: BlinkCloud, visitor: App) -> None:
    later = cloud.world.clock() + timedelta(minutes=5)
    cloud.home.network("Home").snoozed_until = cloud.home.camera("Porch").snoozed_until = later
    cloud.home.sirens[0].sounding_until = later
    cloud.home.camera("Porch").light = True
    home = await visitor.body("/simulator/home")
    assert [network["snoozed"] for network in home["networks"]] == [True, False]
    assert (home["cameras"][0]["snoozed"], home["cameras"][0]["light"]) == (True, True)
    assert home["sirens"] == [{"id": 61_004, "network_id": 512_301, "name": "Hall siren", "sounding": True}]


async def test_a_module_and_batteries_come_back(cloud: BlinkCloud, visitor: App) -> None:
    await visitor.post("/simulator/module_offline", {"network": "Home"})
    assert not cloud.home.sync_modules[0].online
    await visitor.post("/simulator/module_online", {"network": "Home"})
    assert cloud.home.sync_modules[0].online
    assert (await visitor.post("/simulator/module_offline", {"network": "Cabin"})).status_code == 400
    await visitor.post("/simulator/low_battery", {"camera": "Porch"})
    home = (await visitor.post("/simulator/new_batteries", {"camera": "Porch"})).json()
    assert home["cameras"][0]["battery"] == "ok"


async def events(app: App) -> list[Any]:
    """Today's list, the newest first."""
    answer = await app.post(f"/api/v4/accounts/{app.cloud.account_id}/media?start_time=2000-01-01T00:00:00%2B00:00")
    listed: list[Any] = answer.json()["media"]
    return listed


async def test_a_clip_is_described_at_once_or_late(app: App, cloud: BlinkCloud) -> None:
    seen = {"labels": ["person"], "sentence": "Ann comes home.", "description": "Ann, at length.", "unusual": True}
    made = (await app.post("/simulator/motion", {"camera": "Porch", "seconds": 1, **seen, "late": 60})).json()["clip"]
    [entry] = await events(app)
    assert (entry["cv_detection"], entry["ai_vd"], entry["unusual_activity"]) == (None, {}, None)
    await app.post("/simulator/describe", {"clip": made["id"], **seen})
    [entry] = await events(app)
    assert (entry["cv_detection"], entry["unusual_activity"]["is_unusual"]) == (["person"], True)
    assert entry["ai_vd"] == {"short_description": "Ann comes home.", "full_description": "Ann, at length."}
    await app.post("/simulator/describe", {"clip": made["id"], "labels": ["animal"], "late": 60})
    cloud.clips[0].described_at = cloud.world.clock()
    [entry] = await events(app)
    assert (entry["cv_detection"], entry["ai_vd"]) == (["animal"], {})


async def test_without_a_plan_events_have_no_video_until_it_is_kept(app: App) -> None:
    home = (await app.post("/simulator/serve", {"kind": "no plan"})).json()
    assert home["serves"] == "no plan"
    made = (await app.post("/simulator/motion", {"camera": "Porch", "seconds": 1})).json()["clip"]
    [entry] = await events(app)
    assert (entry["type"], entry["no_media_reason"]) == ("event", "no_subscription")
    await app.post("/simulator/keep_video", {"clip": made["id"]})
    [entry] = await events(app)
    assert (entry["type"], entry["no_media_reason"]) == ("video", "none")


@pytest.mark.parametrize(("kind", "status"), [("old", 404), ("new", 200)])
async def test_either_generation_of_lists_is_served(app: App, kind: str, status: int) -> None:
    assert (await app.post("/simulator/serve", {"kind": kind})).json()["serves"] == kind
    path = f"/api/v4/accounts/{app.cloud.account_id}/media?start_time=2000-01-01T00:00:00%2B00:00"
    assert (await app.post(path)).status_code == status


async def test_two_cameras_see_one_event(app: App) -> None:
    clips = [
        (await app.post("/simulator/motion", {"camera": camera, "seconds": 1})).json()["clip"]["id"]
        for camera in ("Porch", "Garage")
    ]
    await app.post("/simulator/same_event", {"first": clips[0], "second": clips[1]})
    assert {each["id"]: each.get("primary_id") for each in await events(app)} == {clips[0]: None, clips[1]: clips[0]}


@pytest.mark.parametrize("entry", [{"id": 0, "type": "hologram"}, [], "what?", 7, None])
async def test_an_odd_entry_stands_before_the_others(app: App, entry: object) -> None:
    await app.post("/simulator/motion", {"camera": "Porch", "seconds": 1})
    await app.post("/simulator/odd_entry", {"listing": "media", "entry": entry})
    listed = await events(app)
    assert (len(listed), listed[0]) == (2, entry)


async def test_a_hidden_camera_is_in_no_homescreen(app: App, cloud: BlinkCloud) -> None:
    await app.post("/simulator/hide", {"camera": "Front door"})
    door = cloud.home.camera("Front door").id
    home = await app.body(f"/api/v4/accounts/{app.cloud.account_id}/homescreen")
    assert door not in [each["id"] for each in home["doorbells"]]


async def test_pictures_and_files_can_come_late_or_in_part(cloud: BlinkCloud, app: App) -> None:
    await app.post("/simulator/show_certificate", {"kind": "expired"})
    assert (await app.post("/simulator/show_certificate", {"kind": "lovely"})).status_code == 400
    await app.post("/simulator/show_pictures_late", {"seconds": 60})
    assert cloud.world.picture_delay == timedelta(seconds=60)
    whole = (await app.get("/regions?locale=US")).content
    await app.post("/simulator/send_piece", {"pattern": "GET /regions*", "part": 0.5})
    assert (await app.get("/regions?locale=US")).content == whole[: len(whole) // 2]
