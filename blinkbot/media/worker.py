"""Media jobs, each in a process of its own: decoders crash on hostile files, and FFmpeg would keep 35 MB and more."""

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from blinkbot.domain import VideoFacts
from blinkbot.domain.clip_search import ClipEvent
from blinkbot.domain.statistics import ChartWords
from blinkbot.errors import MediaError, PlotsMissing, UnreadableVideo
from blinkbot.media.job_protocol import NO_PLOTS, PART_DONE, UNREADABLE, StatsJob, write_stats_job

logger = logging.getLogger(__name__)
PACKAGE_HOME = Path(__file__).parents[2]  # The folder that this package is in
TIMEOUT = 60.0  # Seconds for one job. A 50 MB clip takes under one on a PC; a Raspberry Pi under load is far slower.
SHRINK_TIMEOUT = 1800.0  # Seconds for encoding a clip again: a minute of 1080p takes a Raspberry Pi 4 some three
# Jobs that run side by side; more would only fill a small computer's memory. One clip is encoded beside them.
AT_ONCE = 2
STDERR_KEPT = 2000  # Bytes of a crashed decoder's output that are worth a place in the log


class MediaWorker:
    """Runs media jobs in other processes (`ports.Videos`). All raise MediaError; timeouts are in seconds."""

    def __init__(self, timeout: float = TIMEOUT, shrink_timeout: float = SHRINK_TIMEOUT) -> None:
        self._timeout = timeout
        self._shrink_timeout = shrink_timeout
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._shrinking_turns = asyncio.Semaphore(1)

    async def facts(self, video: Path) -> VideoFacts:
        return VideoFacts(**json.loads(await self._run("facts", video)))

    async def first_frame(self, video: Path) -> bytes:
        return await self._run("first-frame", video)

    async def telegram_thumbnail(self, jpeg: bytes) -> bytes:
        return await self._run("telegram-thumbnail", stdin=jpeg)

    async def remux(self, stream: Path | bytes, target: Path) -> None:
        """Make `target` of a live view's stream or its bytes, whole or not at all. Raises OSError, too."""
        async with _whole(target) as partial:
            if isinstance(stream, Path):
                await self._run("remux", partial, stream)
            else:
                await self._run("remux", partial, stdin=stream)

    async def contact_sheet(self, video: Path) -> bytes:
        return await self._run("contact-sheet", video)

    async def repack(self, video: Path, target: Path) -> int:
        """Copy picture and sound into `target`; returns its bytes."""
        async with _whole(target) as partial:
            return int(await self._run("repack", partial, video))

    async def shrink(self, video: Path, target: Path, limit: int, progress: Callable[[float], None]) -> int:
        """Encode into `target` with at most `limit` bytes; returns its bytes. Cancelling it ends the encoding."""
        part = 0.0

        def report(done: float) -> None:
            nonlocal part
            part = done
            progress(done)

        async with self._shrinking_turns, _whole(target) as partial:
            process = await _start("shrink", partial, video, limit)
            try:
                async with _ending(process), asyncio.timeout(self._shrink_timeout):
                    stdout, stderr = await asyncio.gather(_read(process.stdout), _progress(process.stderr, report))
                    status = await process.wait()
            except TimeoutError as error:
                raise MediaError(
                    f"{video.name} was {part:.0%} encoded when {self._shrink_timeout:g} s were over"
                ) from error
            return int(_result("shrink", status, stdout, stderr))

    async def plot(self, events: Sequence[ClipEvent], zone: str, now: datetime, words: ChartWords) -> bytes:
        """What /stats shows, as PNG. Raises PlotsMissing."""
        return await self._run("plot", stdin=write_stats_job(StatsJob(tuple(events), zone, now, words)))

    async def _run(self, job: str, *arguments: Path | int, stdin: bytes = b"") -> bytes:
        async with self._turns:
            process = await _start(job, *arguments)
            try:
                async with _ending(process), asyncio.timeout(self._timeout):
                    stdout, stderr = await process.communicate(stdin)
            except TimeoutError as error:
                raise MediaError(f"{job} was stopped after {self._timeout:g} s") from error
        assert process.returncode is not None
        return _result(job, process.returncode, stdout, stderr)


@asynccontextmanager
async def _whole(target: Path) -> AsyncIterator[Path]:
    """A file to write into that becomes `target` when all went well, and vanishes when not."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield partial
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


@asynccontextmanager
async def _ending(process: asyncio.subprocess.Process) -> AsyncIterator[None]:
    """The process has ended when the block has."""
    try:
        yield
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def _read(stream: asyncio.StreamReader | None) -> bytes:
    assert stream is not None
    return await stream.read()


async def _progress(stderr: asyncio.StreamReader | None, report: Callable[[float], None]) -> bytes:
    """Report how much is done; returns the end of what else was written."""
    assert stderr is not None
    rest = b""
    async for line in stderr:
        said = line.decode("utf-8", "replace")
        if said.startswith(PART_DONE):
            report(float(said.removeprefix(PART_DONE)))
        else:
            rest = (rest + line)[-STDERR_KEPT:]
    return rest


def _result(job: str, status: int, stdout: bytes, stderr: bytes) -> bytes:
    if status == 0:
        return stdout
    if status == NO_PLOTS:
        raise PlotsMissing(stdout.decode("utf-8", "replace"))
    if status == UNREADABLE:
        raise UnreadableVideo(stdout.decode("utf-8", "replace"))
    logger.warning("%s ended with status %s: %s", job, status, stderr.decode("utf-8", "replace")[-STDERR_KEPT:])
    raise MediaError(f"the decoder crashed on it ({job} ended with status {status})")


async def _start(job: str, *arguments: Path | int) -> asyncio.subprocess.Process:
    words = (str(each.absolute() if isinstance(each, Path) else each) for each in arguments)
    pipe = asyncio.subprocess.PIPE
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "blinkbot.media", job, *words),
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            env=_without_secrets(),
            cwd=PACKAGE_HOME,  # not the bot's working folder, from which Python would take modules
            start_new_session=True,  # Ctrl-C is for the bot, which ends its jobs in its own order
        )
    except OSError as error:
        raise MediaError(f"{job} could not be started: {error.strerror}") from error


def _without_secrets() -> dict[str, str]:
    """The environment without our settings: a decoder that was taken over finds no token."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BLINKBOT_")}
