"""What changed, and the bytes behind it (protocol §7)."""

import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import av
import pytest
from PIL import Image

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    running = BlinkCloud(clock=lambda: NOON, media_limit=3, clip_seconds=1)
    await running.start()
    yield running
    await running.stop()


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S+0000")


async def test_a_new_clip_is_listed_and_can_be_downloaded_byte_for_byte(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    [entry] = await app.media()
    assert (entry["device_name"], entry["source"], entry["network_name"]) == ("Porch", "pir", "Home")
    video = await app.get(entry["media"])
    assert video.headers["content-type"] == "video/mp4"
    assert video.content == clip.mp4
    assert (await app.get(entry["thumbnail"])).content == clip.jpeg


async def test_a_clip_is_a_playable_film_with_its_index_in_front(cloud: BlinkCloud) -> None:
    clip = await cloud.motion("Garage", seconds=3)
    assert clip.mp4[4:8] == b"ftyp"
    assert clip.mp4.index(b"moov") < clip.mp4.index(b"mdat")
    with av.open(io.BytesIO(clip.mp4), "r") as film:
        video = film.streams.video[0]
        assert (video.codec_context.name, video.width, video.height) == ("h264", 640, 360)
        assert film.streams.audio[0].codec_context.name == "aac"
        assert len(list(film.decode(video=0))) == 45


async def test_a_clip_can_be_full_hd(cloud: BlinkCloud) -> None:
    clip = await cloud.motion("Garage", seconds=1, size=(1920, 1080))
    with av.open(io.BytesIO(clip.mp4), "r") as film:
        assert film.streams.video[0].height == 1080


async def test_no_two_clips_are_the_same(cloud: BlinkCloud) -> None:
    assert (await cloud.motion("Porch", seconds=1)).mp4 != (await cloud.motion("Porch", seconds=1)).mp4


async def test_a_seed_makes_the_same_clip_again() -> None:
    one, other = (BlinkCloud(clock=lambda: NOON, seed=7) for _ in range(2))
    assert (await one.motion("Porch", seconds=1)).jpeg == (await other.motion("Porch", seconds=1)).jpeg


async def test_since_compares_with_the_time_of_change_not_of_recording(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion("Porch", seconds=1, announced_late=3600)
    [late] = await app.media(iso(NOON - timedelta(seconds=1)))
    assert late["created_at"] == (NOON - timedelta(hours=1)).isoformat()
    assert await app.media(iso(NOON)) == []


async def test_since_is_understood_without_percent_encoding_too(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion("Porch", seconds=1)
    path = f"/api/v1/accounts/{cloud.account_id}/media/changed?since=2026-11-22T11:00:00+0000&page=1"
    assert len((await app.body(path))["media"]) == 1


@pytest.mark.parametrize("query", ["page=1", "since=yesterday&page=1", "since=2026-11-22T11:00:00Z&page=x"])
async def test_nonsense_is_refused(cloud: BlinkCloud, app: App, query: str) -> None:
    assert (await app.get(f"/api/v1/accounts/{cloud.account_id}/media/changed?{query}")).status_code == 400


async def test_pages_end_with_a_short_one_and_hold_each_clip_once(cloud: BlinkCloud, app: App) -> None:
    ids = {(await cloud.motion("Porch", seconds=1, created_ago=ago)).id for ago in range(5)}
    first, second, third = [await app.media(page=page) for page in (1, 2, 3)]
    assert (len(first), len(second), third) == (3, 2, [])
    assert {entry["id"] for entry in first + second} == ids


async def test_pages_are_not_in_the_order_of_time(cloud: BlinkCloud, app: App) -> None:
    for ago in range(3):
        await cloud.motion("Porch", seconds=1, created_ago=ago)
    times = [entry["created_at"] for entry in await app.media()]
    assert times not in (sorted(times), sorted(times, reverse=True))


async def test_a_deleted_clip_leaves_a_tombstone(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1, created_ago=500)
    cloud.delete(clip)
    [entry] = await app.media(iso(NOON - timedelta(seconds=1)))
    assert entry["deleted"] is True
    gone = await app.get(entry["media"])
    assert (gone.status_code, gone.json()["code"]) == (404, 700)


async def test_a_partial_clip_has_only_a_part_until_it_is_complete(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1, partial=True)
    [entry] = await app.media()
    assert entry["partial"] is True
    assert len((await app.get(entry["media"])).content) < len(clip.mp4)
    cloud.complete(clip)
    assert (await app.media())[0]["partial"] is False
    assert (await app.get(entry["media"])).content == clip.mp4


async def test_reading_a_clip_marks_it_watched_and_lists_it_again(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion("Porch", seconds=1, created_ago=500)
    assert await app.media(iso(NOON - timedelta(seconds=1))) == []
    await app.get((await app.media())[0]["media"])
    [entry] = await app.media(iso(NOON - timedelta(seconds=1)))
    assert entry["watched"] is True


async def test_a_clip_can_be_missing_for_a_moment(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    cloud.clip_404_once(clip)
    path = (await app.media())[0]["media"]
    assert [(await app.get(path)).status_code for _ in range(2)] == [404, 200]


async def test_a_clip_without_a_picture_says_null(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion("Porch", seconds=1, thumbnail=False)
    assert (await app.media())[0]["thumbnail"] is None


async def test_a_snapshot_has_the_newer_addresses(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1, source="snapshot")
    [entry] = await app.media()
    assert entry["media"].startswith("/api/v3/media/accounts/")
    assert (await app.get(entry["media"])).content == clip.mp4
    assert (await app.get(entry["thumbnail"])).content == clip.jpeg


async def test_a_range_of_a_clip_can_be_read(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    path = (await app.media())[0]["media"]
    answer = await app.http.get(path, headers={"Range": "bytes=4-7"})
    assert (answer.status_code, answer.content) == (206, b"ftyp")
    assert answer.headers["content-range"] == f"bytes 4-7/{len(clip.mp4)}"
    assert (await app.http.get(path, headers={"Range": "bytes=-4"})).content == clip.mp4[-4:]
    assert (await app.http.get(path, headers={"Range": "bytes=99999999-"})).status_code == 416


async def test_deleting_answers_711(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    answer = await app.post(f"/api/v1/accounts/{cloud.account_id}/media/delete", {"media_list": [clip.id]})
    assert (answer.status_code, answer.json()["code"], clip.deleted) == (200, 711, True)


async def test_a_bad_list_deletes_nothing(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    path = f"/api/v1/accounts/{cloud.account_id}/media/delete"
    for bad in ([clip.id, 5], [], ["x"], None):
        answer = await app.post(path, {"media_list": bad})
        assert (answer.status_code, answer.json()["code"]) == (400, 706)
    assert clip.deleted is False


async def test_media_needs_a_token(cloud: BlinkCloud, app: App) -> None:
    clip = await cloud.motion("Porch", seconds=1)
    del app.http.headers["Authorization"]
    assert (await app.get(clip.media_path(cloud.account_id))).status_code == 401


async def test_walking_past_records_only_where_it_is_armed_awake_and_online(cloud: BlinkCloud) -> None:
    assert await cloud.walk_past("Porch", seconds=1) is not None
    assert await cloud.walk_past("Forêt", seconds=1) is None
    cloud.take_offline("Porch")
    assert await cloud.walk_past("Porch", seconds=1) is None
    cloud.home.camera("Garage").motion_enabled = False
    assert await cloud.walk_past("Garage", seconds=1) is None


async def test_a_ring_records_even_when_disarmed(cloud: BlinkCloud, app: App) -> None:
    cloud.disarm("Home")
    await cloud.press("Front door", seconds=1)
    [entry] = await app.media()
    assert (entry["source"], entry["device"]) == ("button_press", "lotus")


async def test_a_clip_keeps_the_name_it_was_recorded_under(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion("Porch", seconds=1)
    cloud.rename("Porch", "Veranda")
    assert (await app.media())[0]["device_name"] == "Porch"


async def test_pictures_are_photographs_in_size_and_form(cloud: BlinkCloud) -> None:
    picture = cloud.home.camera("Porch").picture
    assert picture is not None
    assert Image.open(io.BytesIO(picture.jpeg)).size == (640, 360)
