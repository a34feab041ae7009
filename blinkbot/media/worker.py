"""Videos and pictures are opened in a short-lived process of their own.

For two reasons: a file that crashes the decoder must not take the bot with it, and FFmpeg would stay in the bot's
memory for ever after the first clip (measured: 82 MB resident after one 1080p clip and 112 MB after a thumbnail,
instead of 47 MB). A process for each job costs a quarter of a second; a standing pool would keep helpers of its own
in memory for a few clips a day.
"""

import asyncio
import json
import logging
import os
import sys
from pathlib import Path

from blinkbot.domain import VideoFacts
from blinkbot.errors import MediaError

logger = logging.getLogger(__name__)

PACKAGE_HOME = Path(__file__).parents[2]
"""The folder that this package is in."""

UNREADABLE = 3
"""The exit status with which the process says that the file is to blame; its stdout says how."""

TIMEOUT = 60.0
"""Seconds for one job. A 50 MB clip takes under one on a desk; a Raspberry Pi under load is far slower."""

AT_ONCE = 2
"""Jobs that run side by side; more would only fill a small computer's memory."""


class MediaWorker:
    """Runs media jobs off the event loop, in other processes (`ports.Videos`)."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        """`timeout` is in seconds, for one job."""
        self._timeout = timeout
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def facts(self, video: Path) -> VideoFacts:
        """Duration, width and height. Raises MediaError."""
        return VideoFacts(**json.loads(await self._run("facts", video)))

    async def first_frame(self, video: Path) -> bytes:
        """The first frame as JPEG. Raises MediaError."""
        return await self._run("first-frame", video)

    async def telegram_thumbnail(self, jpeg: bytes) -> bytes:
        """A JPEG of at most 320 pixels a side and 200 kB, of a picture in any common format. Raises MediaError."""
        return await self._run("telegram-thumbnail", stdin=jpeg)

    async def remux(self, stream: Path | bytes, target: Path) -> None:
        """Make an MP4 of a live view's transport stream, a file or its bytes. See `remux.to_mp4`.

        `target` exists afterwards only if that went well; what stood there before stays where it did not. Raises
        MediaError, and OSError when the disk refuses.
        """
        partial = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            if isinstance(stream, Path):
                await self._run("remux", partial, stream)
            else:
                await self._run("remux", partial, stdin=stream)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)

    async def _run(self, job: str, *files: Path, stdin: bytes = b"") -> bytes:
        async with self._turns:
            process = await _start(job, files)
            try:
                async with asyncio.timeout(self._timeout):
                    stdout, stderr = await process.communicate(stdin)
            except TimeoutError as error:
                raise MediaError(f"{job} was stopped after {self._timeout:g} s") from error
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.communicate()
        if process.returncode == 0:
            return stdout
        if process.returncode == UNREADABLE:
            raise MediaError(stdout.decode("utf-8", "replace"))
        logger.warning(
            "%s ended with status %s: %s", job, process.returncode, stderr.decode("utf-8", "replace")[-2000:]
        )
        raise MediaError(f"the decoder crashed on it ({job} ended with status {process.returncode})")


async def _start(job: str, files: tuple[Path, ...]) -> asyncio.subprocess.Process:
    arguments = ("-m", "blinkbot.media", job, *(str(file.absolute()) for file in files))
    pipe = asyncio.subprocess.PIPE
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
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
    """This process's environment without our settings: a decoder that a hostile file has taken over finds no token."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BLINKBOT_")}
