"""Clips from Blink on disk: each is downloaded once, however often and for how many chats it is wanted."""

import asyncio
import logging
import re
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from blinkbot.bot.client.concurrency import cancelled, has_result
from blinkbot.domain import Clip
from blinkbot.errors import CutShort
from blinkbot.ports import Cloud

logger = logging.getLogger(__name__)

AT_ONCE = 4
"""Downloads that run side by side: of a burst's clips the first are soon there, and Blink is not pressed."""


class Downloads:
    """Clips in the spool folder (files named send-…), each downloaded once for all queues and chats."""

    def __init__(self, cloud: Cloud, spool: Path) -> None:
        self._cloud = cloud
        self._spool = spool
        self._tasks: dict[str, asyncio.Task[Path]] = {}
        self._users: Counter[str] = Counter()
        self._unneeded: set[str] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)

    def begin(self, clip: Clip, *, piece: bool = False) -> asyncio.Task[Path]:
        """The clip's download, which is under way from now on at the latest. Cancel it never: others may wait too."""
        task = self._tasks.get(clip.key)
        if task is None or _is_lost(task):
            task = self._tasks[clip.key] = asyncio.create_task(self._download(clip, piece))
            task.add_done_callback(lambda done: self._forget_failure(clip, done))
        return task

    def has(self, clip: Clip) -> bool:
        """Whether the clip's file is there already."""
        task = self._tasks.get(clip.key)
        return task is not None and has_result(task) and not _is_lost(task)

    @asynccontextmanager
    async def in_use(self, clip: Clip, *, piece: bool = False) -> AsyncIterator[Path]:
        """The clip's file, which stays while the block runs. Raises BlinkError, OSError.

        It is removed afterwards where it turns out to be a piece (CutShort), or may be: the next to ask fetches anew.
        """
        self._users[clip.key] += 1
        try:
            yield await asyncio.shield(self.begin(clip, piece=piece))
        except CutShort:
            self._unneeded.add(clip.key)
            raise
        finally:
            if piece:
                self._unneeded.add(clip.key)
            self._users[clip.key] -= 1
            self._remove_unneeded(clip)

    def drop(self, clip: Clip) -> None:
        """The file is not needed any more, as soon as it is in use no more."""
        self._unneeded.add(clip.key)
        self._remove_unneeded(clip)

    def sweep(self) -> None:
        """Remove every file that is neither in use nor waited for: nothing is on its way any more."""
        if any(self._users.values()) or not all(task.done() for task in self._tasks.values()):
            return
        self._tasks.clear()
        for path in self._spool.glob("send-*.mp4"):
            path.unlink(missing_ok=True)

    async def close(self) -> None:
        """Break off what is being downloaded."""
        await cancelled(self._tasks.values())

    async def _download(self, clip: Clip, piece: bool) -> Path:
        path = self._spool / f"send-{re.sub(r'[^A-Za-z0-9]+', '-', clip.key)}.mp4"
        async with self._turns:
            if not path.exists():
                await self._cloud.download_clip(clip, path, piece=piece)
        return path

    def _forget_failure(self, clip: Clip, done: asyncio.Task[Path]) -> None:
        """A failed download is begun anew by the next who asks; those who wait for this one get its error."""
        if done.cancelled() or (error := done.exception()) is not None:
            self._tasks.pop(clip.key, None)
            if not done.cancelled():
                logger.info("clip %s could not be downloaded: %s", clip.key, error)

    def _remove_unneeded(self, clip: Clip) -> None:
        if clip.key in self._unneeded and not self._users[clip.key]:
            self._unneeded.discard(clip.key)
            del self._users[clip.key]
            if self.has(clip):
                self._tasks.pop(clip.key).result().unlink(missing_ok=True)


def _is_lost(task: asyncio.Task[Path]) -> bool:
    """Whether the file was taken away, as programs that clean up do."""
    return has_result(task) and not task.result().exists()
