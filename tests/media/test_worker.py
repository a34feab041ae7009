"""Media jobs run in other processes, which may crash, hang or be given up."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from blinkbot import ports
from blinkbot.domain import VideoFacts
from blinkbot.domain.clip_search import ClipEvent
from blinkbot.errors import MediaError, PlotsMissing
from blinkbot.media import MediaWorker
from tests.media.films import film
from tests.media.panels import job_of


async def test_the_worker_tells_what_a_video_is(tmp_path: Path) -> None:
    reader: ports.Videos = MediaWorker()
    assert await reader.facts(film(tmp_path / "clip.mp4")) == VideoFacts(duration=2, width=320, height=180)


async def test_the_worker_makes_thumbnails_of_first_frames(tmp_path: Path) -> None:
    worker = MediaWorker()
    frame = await worker.first_frame(film(tmp_path / "clip.mp4", size=(640, 360)))
    assert Image.open(BytesIO(frame)).size == (640, 360)
    assert Image.open(BytesIO(await worker.telegram_thumbnail(frame))).size == (320, 180)


async def test_the_worker_makes_contact_sheets(tmp_path: Path) -> None:
    sheet = await MediaWorker().contact_sheet(film(tmp_path / "clip.mp4", seconds=4))
    assert Image.open(BytesIO(sheet)).size == (644, 548)


async def test_the_worker_makes_clips_smaller_and_tells_how_far_it_is(tmp_path: Path) -> None:
    worker, told = MediaWorker(), list[float]()
    clip, small = film(tmp_path / "clip.mp4", seconds=3), tmp_path / "small.mp4"
    assert await worker.repack(clip, small) == small.stat().st_size
    limit = clip.stat().st_size // 2
    assert await worker.shrink(clip, small, limit, told.append) == small.stat().st_size <= limit
    assert told
    assert all(0 <= part <= 1 for part in told)
    assert not _left_behind(tmp_path)


async def test_the_worker_draws_what_happened() -> None:
    now = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    happened = (ClipEvent(now, 1, "Porch", 1, 2.0),)
    png = await MediaWorker().plot(happened, "Europe/Berlin", now, job_of(happened).words)
    assert Image.open(BytesIO(png)).format == "PNG"


async def test_a_computer_without_matplotlib_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "matplotlib.py").write_text("raise ImportError('not installed')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    now = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    happened = (ClipEvent(now, 1, "Porch", 1),)
    with pytest.raises(PlotsMissing, match="pip install"):
        await MediaWorker().plot(happened, "UTC", now, job_of(happened).words)


JOBS: dict[str, Callable[[MediaWorker, Path, Path], Awaitable[object]]] = {
    "facts": lambda worker, video, _: worker.facts(video),
    "first frame": lambda worker, video, _: worker.first_frame(video),
    "contact sheet": lambda worker, video, _: worker.contact_sheet(video),
    "repack": lambda worker, video, target: worker.repack(video, target),
    "shrink": lambda worker, video, target: worker.shrink(video, target, 10**6, lambda _: None),
}


UNSEEN = {"first frame": {"cut"}, "repack": {"zeros"}}
"""What a job does not notice, since it reads no further, or copies without a look."""


@pytest.mark.parametrize("job", JOBS)
async def test_corrupt_videos_are_media_errors_whatever_is_done_to_them(tmp_path: Path, job: str) -> None:
    whole = film(tmp_path / "clip.mp4", index_first=True).read_bytes()
    body = whole.index(b"mdat") + 4
    hostile = {
        "page": b"<html>Service unavailable</html>",
        "cut": whole[: len(whole) // 2],
        "index": whole[: body // 2] + b"\xff" * (body - body // 2) + whole[body:],
        "playlist": b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/other.mp4\n",
        "zeros": whole[:body] + bytes(len(whole) - body),
    }
    for name in set(hostile) - UNSEEN.get(job, set()):
        (tmp_path / f"{name}.mp4").write_bytes(hostile[name])
        with pytest.raises(MediaError):
            await JOBS[job](MediaWorker(), tmp_path / f"{name}.mp4", tmp_path / "target.mp4")
    assert not _left_behind(tmp_path)


async def test_encoding_that_takes_too_long_is_stopped_and_says_how_far_it_was(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"endless\.mp4 was 0% encoded when 0\.05 s were over"):
        await MediaWorker(shrink_timeout=0.05).shrink(
            _never_ready(tmp_path), tmp_path / "small.mp4", 10**6, lambda _: None
        )
    assert _children() == set()


async def test_encoding_that_nobody_waits_for_any_more_is_stopped(tmp_path: Path) -> None:
    fifo = _never_ready(tmp_path)
    shrinking = asyncio.create_task(MediaWorker().shrink(fifo, tmp_path / "small.mp4", 10**6, lambda _: None))
    writer = await _when_opened(fifo)
    shrinking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await shrinking
    os.close(writer)
    assert _children() == set()


async def test_a_sheet_is_not_kept_waiting_by_encoding(tmp_path: Path) -> None:
    fifo = _never_ready(tmp_path)
    worker = MediaWorker()
    shrinking = [
        asyncio.create_task(worker.shrink(fifo, tmp_path / f"{number}.mp4", 10**6, lambda _: None))
        for number in range(3)
    ]
    writer = await _when_opened(fifo)
    await worker.contact_sheet(film(tmp_path / "clip.mp4", seconds=0.5))
    assert len(_children()) == 1
    for task in shrinking:
        task.cancel()
    await asyncio.gather(*shrinking, return_exceptions=True)
    os.close(writer)


async def test_file_names_may_look_like_options_or_hold_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    film(Path("--help “ü” $(x).mp4"))
    assert (await MediaWorker().facts(Path("--help “ü” $(x).mp4"))).duration == 2


async def test_a_broken_video_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "page.mp4").write_text("<html>")
    with pytest.raises(MediaError, match=r"^page\.mp4 cannot be read as a video: Invalid data"):
        await MediaWorker().facts(tmp_path / "page.mp4")


async def test_a_broken_picture_is_told_in_a_sentence() -> None:
    with pytest.raises(MediaError, match=r"^the picture cannot be read"):
        await MediaWorker().telegram_thumbnail(b"<html>")


async def test_a_decoder_that_crashes_takes_nothing_with_it(tmp_path: Path) -> None:
    fifo = _never_ready(tmp_path)
    worker = MediaWorker()
    reading = asyncio.create_task(worker.facts(fifo))
    writer = await _when_opened(fifo)
    os.kill(_reader_of(fifo), signal.SIGSEGV)
    with pytest.raises(MediaError, match=r"the decoder crashed on it \(facts ended with status -11\)"):
        await reading
    os.close(writer)
    assert (await worker.facts(film(tmp_path / "next.mp4"))).duration == 2


async def test_a_decoder_that_hangs_is_stopped(tmp_path: Path) -> None:
    fifo = _never_ready(tmp_path)
    with pytest.raises(MediaError, match=r"facts was stopped after 0\.05 s"):
        await MediaWorker(timeout=0.05).facts(fifo)
    assert _children() == set()


async def test_a_job_that_nobody_waits_for_any_more_is_stopped(tmp_path: Path) -> None:
    fifo = _never_ready(tmp_path)
    reading = asyncio.create_task(MediaWorker().facts(fifo))
    writer = await _when_opened(fifo)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    os.close(writer)
    assert _children() == set()


async def test_ctrl_c_in_the_bots_terminal_does_not_reach_the_decoder(tmp_path: Path) -> None:
    fifo = _never_ready(tmp_path)
    reading = asyncio.create_task(MediaWorker().facts(fifo))
    writer = await _when_opened(fifo)
    group = os.getpgid(_reader_of(fifo))
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    os.close(writer)
    assert group != os.getpgrp()


async def test_many_jobs_at_once_all_get_their_turn(tmp_path: Path) -> None:
    worker = MediaWorker()
    films = [film(tmp_path / f"{seconds}.mp4", seconds=seconds) for seconds in (1, 2, 3, 4)]
    facts = await asyncio.gather(*(worker.facts(path) for path in films))
    assert [fact.duration for fact in facts] == [1, 2, 3, 4]


async def test_a_process_that_cannot_start_is_a_media_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(MediaError, match="facts could not be started: No such file"):
        await MediaWorker().facts(tmp_path / "clip.mp4")


async def test_the_decoder_is_told_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BLINKBOT_TELEGRAM__TOKEN", "42:AAE-for-nobody-else")
    fifo = _never_ready(tmp_path)
    reading = asyncio.create_task(MediaWorker().facts(fifo))
    writer = await _when_opened(fifo)
    environment = _environment_of(_reader_of(fifo))
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    os.close(writer)
    assert b"PATH=" in environment
    assert b"AAE-for-nobody-else" not in environment


def test_the_bot_itself_loads_neither_ffmpeg_nor_pillow() -> None:
    heavy = {"av", "PIL", "matplotlib"}
    listing = f"import sys, blinkbot.media.worker; print({heavy} & {{name.split('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "set()"


def _left_behind(folder: Path) -> list[Path]:
    """Files that a job began and did not finish, and targets of jobs that failed."""
    return [*folder.glob(".*"), *folder.glob("target*")]


def _never_ready(folder: Path) -> Path:
    """A "video" whose reader waits for ever: a pipe nobody writes into."""
    fifo = folder / "endless.mp4"
    os.mkfifo(fifo)
    return fifo


async def _when_opened(fifo: Path) -> int:
    """Opens the writing end, which the kernel lets through as soon as somebody has opened the pipe for reading."""
    return await asyncio.to_thread(os.open, fifo, os.O_WRONLY)


def _children() -> set[int]:
    return {int(pid) for pid in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()}


def _environment_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


def _reader_of(fifo: Path) -> int:
    """The child of ours that was started on this file."""
    (found,) = (
        pid for pid in _children() if os.fsencode(fifo) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    )
    return found
