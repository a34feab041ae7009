"""Pictures of clips: Blink's thumbnails, each fetched once for all queues and chats, and what is made of the videos."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from blinkbot.bot.client.concurrency import cancelled
from blinkbot.bot.delivery.downloads import Downloads
from blinkbot.domain import Clip
from blinkbot.errors import BlinkError, MediaError
from blinkbot.ports import Cloud, Videos

logger = logging.getLogger(__name__)

THUMBNAIL_WITHIN = 3.0
"""Seconds to wait for a thumbnail: an alert goes as a text then, and a video with its first frame."""

FRAME_WITHIN = 3.0
"""Seconds to wait for the first frame of a video that is there, before the alert goes as a text."""

SHEET_WITHIN = 4.0
"""Seconds to wait for the video and its contact sheet, before the thumbnail goes instead."""

KEPT_PICTURES = 16
"""Thumbnails held in memory, of some 50 kB each: one is wanted again when its video is ready."""


@dataclass(frozen=True, slots=True)
class _Fetch:
    task: asyncio.Task[bytes | None]
    begun: float


@dataclass(slots=True)
class Pictures:
    """Gives pictures, or None where there is none in time. `monotonic` counts seconds."""

    cloud: Cloud
    downloads: Downloads
    videos: Videos
    monotonic: Callable[[], float]
    _fetches: OrderedDict[str, _Fetch] = field(default_factory=OrderedDict, init=False)

    async def thumbnail(self, clip: Clip) -> bytes | None:
        """Blink's picture of a clip, within THUMBNAIL_WITHIN of the first asking."""
        if clip.thumbnail is None:
            return None
        fetch = self._fetches.get(clip.key) or self._begin(clip)
        left = fetch.begun + THUMBNAIL_WITHIN - self.monotonic()
        await asyncio.wait([fetch.task], timeout=max(left, 0))
        if not fetch.task.done():
            logger.info("the thumbnail of clip %s takes too long", clip.key)
            return None
        return fetch.task.result()

    async def first_frame(self, clip: Clip) -> bytes | None:
        """The first picture of a video that is there already."""
        if not self.downloads.has(clip):
            return None
        return await self._made_of_video(clip, self.videos.first_frame, FRAME_WITHIN)

    async def contact_sheet(self, clip: Clip) -> bytes | None:
        """Some pictures of the whole video."""
        return await self._made_of_video(clip, self.videos.contact_sheet, SHEET_WITHIN)

    async def for_video(self, clip: Clip, video: Path, jpeg: bytes | None = None) -> bytes | None:
        """A video's thumbnail as Telegram takes it: of this picture, else of Blink's, else of the first frame."""
        picture = jpeg or await self.thumbnail(clip)
        try:
            return await self.videos.telegram_thumbnail(picture or await self.videos.first_frame(video))
        except MediaError as error:
            logger.info("clip %s goes without its thumbnail: %s", clip.key, error)
            return None

    async def close(self) -> None:
        """Break off what is being fetched."""
        await cancelled(fetch.task for fetch in self._fetches.values())

    async def _made_of_video(self, clip: Clip, make: Callable[[Path], Awaitable[bytes]], within: float) -> bytes | None:
        try:
            async with asyncio.timeout(within), self.downloads.in_use(clip) as path:
                return await make(path)
        except (TimeoutError, BlinkError, MediaError, OSError) as error:
            logger.info("no picture is made of the video of clip %s: %r", clip.key, error)
            return None

    def _begin(self, clip: Clip) -> _Fetch:
        fetch = self._fetches[clip.key] = _Fetch(asyncio.create_task(self._fetched(clip)), self.monotonic())
        fetch.task.add_done_callback(lambda done: self._forget_failure(clip, done))
        for key in [key for key, each in self._fetches.items() if each.task.done()][:-KEPT_PICTURES]:
            del self._fetches[key]
        return fetch

    async def _fetched(self, clip: Clip) -> bytes | None:
        try:
            return await self.cloud.clip_thumbnail(clip)
        except BlinkError as error:
            logger.info("there is no thumbnail of clip %s: %s", clip.key, error)
            return None

    def _forget_failure(self, clip: Clip, done: asyncio.Task[bytes | None]) -> None:
        """The next to ask finds out whether there is a picture by then."""
        if done.cancelled() or done.exception() is not None or done.result() is None:
            self._fetches.pop(clip.key, None)
