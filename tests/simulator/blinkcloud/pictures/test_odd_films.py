"""Clips that make trouble: too big, or none at all; and many at once."""

import asyncio
import io
from itertools import pairwise

import av
import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.simulator.blinkcloud.pictures import odd_films
from tests.simulator.blinkcloud.app import App


def repacked(mp4: bytes) -> bytes:
    """The same streams in a new file."""
    target = io.BytesIO()
    with av.open(io.BytesIO(mp4), "r") as source, av.open(target, "w", format="mp4") as container:
        streams = {stream.index: container.add_stream_from_template(stream) for stream in source.streams}
        for packet in source.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream.index]
                container.mux(packet)
    return target.getvalue()


async def test_a_big_clip_is_small_again_once_packed_anew(cloud: BlinkCloud) -> None:
    clip = await cloud.big_clip("Porch", 52)
    assert len(clip.mp4) == 52_000_000
    assert len(repacked(clip.mp4)) < 1_000_000


async def test_noise_stays_big() -> None:
    film = odd_films.noise(3_000_000, seed=1)
    assert 3_000_000 <= len(film) < 7_000_000
    assert len(repacked(film)) >= 3_000_000


async def test_a_corrupt_clip_begins_like_an_mp4_and_cannot_be_opened(cloud: BlinkCloud) -> None:
    clip = await cloud.corrupt_clip("Porch", source="button_press")
    assert (clip.mp4[4:8], clip.source) == (b"ftyp", "button_press")
    with pytest.raises(av.error.FFmpegError), av.open(io.BytesIO(clip.mp4), "r") as container:
        container.decode(video=0)


async def test_a_burst_is_one_camera_again_and_again(cloud: BlinkCloud) -> None:
    clips = await cloud.burst("Porch", 3, every=10, seconds=1)
    assert {clip.camera_name for clip in clips} == {"Porch"}
    apart = [(later.created_at - earlier.created_at).total_seconds() for earlier, later in pairwise(clips)]
    assert apart == pytest.approx([10, 10], abs=1)


async def test_a_backlog_comes_at_once_from_all_cameras_and_over_hours(cloud: BlinkCloud, app: App) -> None:
    clips = await cloud.backlog(12, over=3600, seconds=1)
    assert {clip.camera.id for clip in clips} == {camera.id for camera in cloud.home.cameras}
    assert (clips[-1].created_at - clips[0].created_at).total_seconds() == pytest.approx(3300, abs=30)
    assert min(clip.updated_at for clip in clips) > clips[-1].created_at


async def test_a_backlog_is_never_seen_in_part(cloud: BlinkCloud, app: App) -> None:
    filming = asyncio.ensure_future(cloud.backlog(8, seconds=1))
    seen = set()
    while not filming.done():
        seen.add(len(await app.media()))
    await filming
    assert seen <= {0, 8}
    assert len(await app.media()) == 8


async def test_a_person_is_told_by_the_camera(cloud: BlinkCloud) -> None:
    assert (await cloud.person("Porch", seconds=1)).source == "cv_person"
