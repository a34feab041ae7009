"""Old operations that old clients still use (protocol §4, marked †)."""

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App


async def test_networks_are_summed_up_by_id_and_only_those_with_a_module_are_onboarded(app: App) -> None:
    summary = (await app.body("/networks"))["summary"]
    assert summary["512301"] == {"name": "Home", "onboarded": True}
    assert summary["512977"]["onboarded"] is False


async def test_usage_counts_recorded_seconds_and_lists_networks_without_cameras(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion("Porch", seconds=2)
    home, cabin = (await app.body("/api/v1/camera/usage"))["networks"]
    assert home["cameras"][0] == {"id": 301, "name": "Porch", "usage": 2, "lv_seconds": 0, "clip_seconds": 2}
    assert cabin["cameras"] == []


async def test_the_module_of_a_network(app: App) -> None:
    assert (await app.body("/network/512301/syncmodules"))["syncmodule"]["id"] == 730_118
    assert (await app.get("/network/512977/syncmodules")).status_code == 404


async def test_battery_cameras_of_a_network(app: App) -> None:
    listed = (await app.body("/network/512301/cameras"))["devicestatus"]
    assert [camera["name"] for camera in listed] == ["Porch", "Garage"]


async def test_what_a_camera_last_told(app: App) -> None:
    for path in ("/network/512301/camera/301", "/network/512301/camera/301/status"):
        assert (await app.body(path))["camera_status"]["temperature"] == 54


async def test_recordings_as_events(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    [event] = (await app.body("/events/network/512301"))["event"]
    assert (event["video_id"], event["camera_name"]) == (clip.id, "Porch")


async def test_old_videos_are_counted_paged_and_deleted(cloud: BlinkCloud, app: App) -> None:
    old = await cloud.motion("Porch", seconds=1, created_ago=60)
    new = await cloud.motion("Garage", seconds=1)
    assert await app.body("/api/v2/videos/count") == {"count": 2}
    assert [video["id"] for video in (await app.body("/api/v2/videos/page/0"))["videos"]] == [new.id, old.id]
    assert (await app.body(f"/api/v2/video/{new.id}"))["video"]["camera_name"] == "Garage"
    assert (await app.post(f"/api/v2/video/{new.id}/delete")).status_code == 200
    assert (await app.get(f"/api/v2/video/{new.id}")).json()["code"] == 700
    assert await app.body("/api/v2/videos/count") == {"count": 1}


async def test_watched_videos_leave_the_unwatched(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    assert len((await app.body("/api/v2/videos/unwatched"))["videos"]) == 1
    await app.get(clip.media_path(cloud.account_id))
    assert (await app.body("/api/v2/videos/unwatched"))["videos"] == []
