"""What media jobs cost, whole processes with their imports: run by hand, figures printed (`pytest -m soak -n 0 -s`)."""

import random
import resource
import time
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import pytest
from PIL import Image, ImageDraw

from blinkbot.domain.clip_search import ClipEvent
from blinkbot.media import MediaWorker
from tests.media.panels import job_of

SIZE = (1920, 1080)
SECONDS = 30
SHEET_CPU = 0.5
"""Seconds of CPU for the contact sheet of 30 seconds of 1080p with keyframes every few seconds."""

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.mark.parametrize("rate", [15, 30])
@pytest.mark.parametrize("gop_seconds", [1, 2, 4, 6, 8])
async def test_a_contact_sheet_is_cheap(folder: Path, gop_seconds: int, rate: int) -> None:
    clip = walk(folder / f"gop-{gop_seconds}.mp4", gop_seconds, rate)
    spent = [
        await cpu_of(
            f"contact sheet, {rate} frames a second, a keyframe every {gop_seconds} s",
            MediaWorker().contact_sheet(clip),
        )
        for _ in range(5)
    ]
    assert min(spent) < SHEET_CPU


async def test_a_clip_with_one_keyframe(folder: Path) -> None:
    clip = walk(folder / "one.mp4", SECONDS)
    await cpu_of("contact sheet, one keyframe in all", MediaWorker().contact_sheet(clip))
    await cpu_of("facts", MediaWorker().facts(clip))
    await cpu_of("repack", MediaWorker().repack(clip, folder / "packed.mp4"))
    size = (folder / "packed.mp4").stat().st_size
    for part in (0.8, 0.5, 0.2):
        shrinking = MediaWorker().shrink(clip, folder / "small.mp4", int(size * part), lambda _: None)
        await cpu_of(f"shrink {size} bytes to {part:.0%}", shrinking)


async def test_a_plot() -> None:
    chance = random.Random(1)
    now = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    events = [
        ClipEvent(now - timedelta(hours=chance.random() * 700), camera, f"Camera {camera}", 1, chance.random() * 9)
        for camera in range(8)
        for _ in range(100)
    ]
    await cpu_of("plot of 800 events", MediaWorker().plot(events, "Europe/Berlin", now, job_of(tuple(events)).words))


async def cpu_of(what: str, job: Awaitable[object]) -> float:
    """Seconds of CPU that a job's process takes, all told."""
    before, begun = _children(), time.monotonic()
    await job
    spent = _children() - before
    print(f"\n{what}: {spent:.2f} s of CPU in {time.monotonic() - begun:.2f} s", end="")
    return spent


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def walk(path: Path, gop_seconds: int, rate: int = 15) -> Path:
    """Somebody walks through a garden: about 1.2 Mbit a second, as cameras send."""
    garden = _garden()
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = *SIZE, "yuv420p", 1_200_000
        stream.codec_context.gop_size = gop_seconds * rate
        stream.options = {
            "preset": "veryfast",
            "bf": "0",
            "sc_threshold": "0",
            "maxrate": "2000000",
            "bufsize": "2000000",
        }
        for number in range(SECONDS * rate):
            picture, left = garden.copy(), int(number / (SECONDS * rate) * SIZE[0])
            ImageDraw.Draw(picture).rectangle((left, 400, left + 220, 900), fill=(200, 80, 40))
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))  # type: ignore[no-untyped-call]  # PyAV left it so
        container.mux(stream.encode())
    return path


def _garden() -> Image.Image:
    """Detail at several scales, as a small sensor leaves it."""
    picture = Image.new("RGB", SIZE, (120, 140, 110))
    for scale, amount in ((240, 140), (60, 80), (12, 44), (3, 16)):
        noise = Image.effect_noise((SIZE[0] // scale, SIZE[1] // scale), amount).resize(SIZE, Image.Resampling.BICUBIC)
        picture = Image.blend(picture, Image.merge("RGB", (noise, noise, noise)), 0.22)
    return picture
