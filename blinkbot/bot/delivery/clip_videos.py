"""A delivery's video on its way: as Telegram has it, else downloaded, made fit and uploaded; and written down then."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from blinkbot.bot.client.attachments import Attachment, Document, KnownVideo, VideoFile, known, send_known_or
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.client.video_upload import Progress, UploadLimit, VideoUploads, no_progress
from blinkbot.bot.delivery.composer import Composed
from blinkbot.bot.delivery.downloads import Downloads
from blinkbot.bot.delivery.failure_policy import UNFINISHED_FOR, recorded
from blinkbot.bot.delivery.pictures import Pictures
from blinkbot.bot.delivery.sender import message_of
from blinkbot.bot.delivery.upload_line import UploadLine
from blinkbot.domain import Clip
from blinkbot.domain.deliveries import Delivery, Stage, StoredFile
from blinkbot.errors import MediaError
from blinkbot.ports import Clock, Outbox, Videos

logger = logging.getLogger(__name__)

T = TypeVar("T")

HEAD_START = 0.3
"""Seconds that a video has to be downloaded before the thumbnail goes: about as long as that takes to come, too."""


@dataclass(frozen=True, slots=True)
class ClipVideos:
    """Gives the videos of deliveries to those who put them into chats. `monotonic` counts seconds."""

    outbox: Outbox
    downloads: Downloads
    pictures: Pictures
    videos: Videos
    uploads: VideoUploads
    limit: UploadLimit
    line: UploadLine
    clock: Clock
    sleep: Sleep
    monotonic: Callable[[], float]

    def begin(self, delivery: Delivery) -> None:
        """Let the video be downloaded from now on, where it has to be."""
        if delivery.file is None:
            self.downloads.begin(delivery.clip)

    async def put(
        self,
        delivery: Delivery,
        put: Callable[[Attachment], Awaitable[T]],
        composed: Composed,
        *,
        cover: bytes | None = None,
        cover_id: str | None = None,
        progress: Progress = no_progress,
        piece: bool = False,
    ) -> T:
        """Let `put` show the video in whichever form Telegram takes it, uploaded where Telegram has not got it.

        Where a `piece` will do, it goes as it is, as a file. `cover` is what is shown until it is played, `cover_id`
        its id at Telegram. Returns what `put` returned.
        Raises telegram.error.TelegramError, BlinkError, TooBig and OSError.
        """
        caption, keyboard, file_name, _ = composed
        video = None if delivery.file is None else known(delivery.file, caption, keyboard)
        if isinstance(video, KnownVideo):
            video = replace(video, cover=cover_id)

        async def upload() -> T:
            async with self.downloads.in_use(delivery.clip, piece=piece) as path:

                async def uploaded(video: Attachment) -> T:
                    async with self.line.taken(await _size(path), urgent=not delivery.backlog):
                        return await put(video)

                return await self.uploads.show(
                    path,
                    caption,
                    uploaded,
                    thumbnail=await self.pictures.for_video(delivery.clip, path, cover),
                    keyboard=keyboard,
                    cover=cover,
                    filename=file_name,
                    progress=progress,
                    whole=not piece,
                )

        return await send_known_or(video, put, upload, forget=lambda: self.outbox.forget_file(delivery.clip.key))

    async def for_album(self, delivery: Delivery, files: AsyncExitStack) -> VideoFile | Document:
        """The video as a part of an album; its file stays as long as `files`. Raises BlinkError, TooBig, OSError."""
        piece = self.may_be_a_piece(delivery)
        path = await files.enter_async_context(self.downloads.in_use(delivery.clip, piece=piece))
        thumbnail = await self.pictures.for_video(delivery.clip, path)
        return await self.uploads.attachment(path, "", thumbnail=thumbnail, whole=not piece)

    def may_be_a_piece(self, delivery: Delivery) -> bool:
        """Whether Blink has had its time to finish a video, so that a piece of it is better than nothing."""
        return self.clock() - delivery.queued_at >= UNFINISHED_FOR

    @asynccontextmanager
    async def at_once(self, delivery: Delivery, deadline: float) -> AsyncIterator[VideoFile | None]:
        """The video, where it can be in its chat before `deadline` in `monotonic`'s seconds; else None.

        It is to be sent within the block. Raises BlinkError and OSError.
        """
        async with AsyncExitStack() as held:
            yield await self._ready_by(deadline, delivery.clip, held)

    async def _ready_by(self, deadline: float, clip: Clip, held: AsyncExitStack) -> VideoFile | None:
        if self.line.is_busy:
            return None
        left = min(HEAD_START, deadline - self.monotonic())
        await asyncio.wait([self.downloads.begin(clip)], timeout=max(left, 0))
        if not self.downloads.has(clip):
            return None
        path = await held.enter_async_context(self.downloads.in_use(clip))
        size = await _size(path)
        left = deadline - self.line.seconds_for(size) - self.monotonic()
        if size > self.limit.known or left <= 0:
            return None
        try:
            async with asyncio.timeout(left):
                facts, jpeg = await asyncio.gather(self.videos.facts(path), self.pictures.thumbnail(clip))
                thumbnail = None if jpeg is None else await self.videos.telegram_thumbnail(jpeg)
        except (TimeoutError, MediaError) as error:
            logger.debug("clip %s does not go as a video at once: %r", clip.key, error)
            return None
        held.enter_context(self.line.measured(size))
        return VideoFile(path, "", facts, thumbnail)

    async def shown(self, delivery: Delivery, stage: Stage) -> None:
        """Write down that less than the whole is in its message, and let it wait for the rest."""
        await recorded(lambda: self.outbox.mark_shown(delivery, message_of(delivery), stage), self.sleep)

    async def arrived(
        self, delivery: Delivery, message_id: int, file: StoredFile | None, thread_id: int | None
    ) -> None:
        """Write down that it is whole in the chat; once Telegram has it, the download is not needed any more."""
        await recorded(lambda: self.outbox.mark_sent(delivery, message_id, file, thread_id=thread_id), self.sleep)
        logger.info("clip %s is whole in chat %s", delivery.clip.key, delivery.chat_id)
        if file is not None:
            self.downloads.drop(delivery.clip)


async def _size(path: Path) -> int:
    return (await asyncio.to_thread(path.stat)).st_size
