"""Videos made fit for Telegram: packed again, or encoded smaller, where they are too big; as files where they are odd.

    await uploads.show(path, caption, lambda attachment: attachment.send(bot, chat_id), progress=tell)

does all of it. `fit` and `attachment` are its steps, for who handles refusals in another way.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self, TypedDict, TypeVar, Unpack
from urllib.parse import urlsplit

from telegram import InlineKeyboardMarkup
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from blinkbot.bot.client.attachments import UPLOAD_LIMIT, Document, VideoFile
from blinkbot.bot.client.concurrency import cancelled, first_of
from blinkbot.bot.client.errors import TooBig, is_refused_video, is_too_large
from blinkbot.bot.client.retry import Sleep
from blinkbot.errors import CutShort, MediaError, UnreadableVideo
from blinkbot.ports import Videos

logger = logging.getLogger(__name__)

T = TypeVar("T")
Progress = Callable[[float], Awaitable[object]]

OWN_HOST = "api.telegram.org"

LOCAL_UPLOAD_LIMIT = int(FileSizeLimit.FILESIZE_UPLOAD_LOCAL_MODE)
"""Bytes of a file that a Bot API server of one's own takes."""

TELL_EVERY = 4.0
"""Seconds between words about how far a video is: each is an edit of a message, of which Telegram takes few."""


async def no_progress(_: float) -> None:
    """The progress that is shown nowhere."""


class UploadLimit:
    """How many bytes of a file the Bot API server takes: `known` from its address, and learned when it takes fewer."""

    def __init__(self, known: int = UPLOAD_LIMIT) -> None:
        self.known = known

    @classmethod
    def of(cls, api_url: str) -> Self:
        """The limit of the Bot API server at this address."""
        return cls(UPLOAD_LIMIT if urlsplit(api_url).hostname == OWN_HOST else LOCAL_UPLOAD_LIMIT)

    def learn(self) -> bool:
        """The server does not take what should have been small enough: from now on nothing is above 50 MB.

        False when that was the limit already, so that nothing is won by trying again.
        """
        if self.known <= UPLOAD_LIMIT:
            return False
        logger.warning("this Bot API server refuses %d MB; videos are shrunk to 50 MB", self.known // 10**6)
        self.known = UPLOAD_LIMIT
        return True


class Looks(TypedDict, total=False):
    """How a video shows in a chat. See VideoFile."""

    thumbnail: bytes | None
    keyboard: InlineKeyboardMarkup | None
    cover: bytes | None


class VideoUploads:
    """Makes attachments of MP4s on disk."""

    def __init__(self, videos: Videos, limit: UploadLimit, sleep: Sleep = asyncio.sleep) -> None:
        self._videos = videos
        self.limit = limit
        self._sleep = sleep

    async def show(
        self,
        path: Path,
        caption: str,
        put: Callable[[VideoFile | Document], Awaitable[T]],
        *,
        filename: str | None = None,
        progress: Progress = no_progress,
        whole: bool = False,
        **looks: Unpack[Looks],
    ) -> T:
        """Let `put` send a video, or replace a message by it, in whichever form Telegram takes it.

        `filename` is what is saved where it goes as a file. `put` is called again where Telegram refuses the size, or
        the file as a video. Returns what it returned.
        Raises TooBig, CutShort (see `attachment`), and what `put` raises about anything else.
        """
        while True:
            attachment = await self.attachment(path, caption, progress=progress, whole=whole, **looks)
            if isinstance(attachment, Document):
                attachment = replace(attachment, filename=filename)
            believed = self.limit.known
            try:
                return await self.send_unchanged(path, partial(put, attachment))
            except TooBig:
                if self.limit.known == believed:
                    raise
            except TelegramError as error:
                if not (is_refused_video(error) and isinstance(attachment, VideoFile)):
                    raise
                logger.info("Telegram does not take %s as a video (%s): it goes as a file", path.name, error)
                return await put(replace(as_document(attachment), filename=filename))

    async def send_unchanged(self, path: Path, send: Callable[[], Awaitable[T]]) -> T:
        """Let `send` upload a file as it is. Raises TooBig, and what `send` raises about anything else."""
        size = await _size(path)
        if size > self.limit.known:
            raise TooBig(size, self.limit.known)
        try:
            return await send()
        except TelegramError as error:
            if not is_too_large(error):
                raise
            self.limit.learn()
            raise TooBig(size, self.limit.known) from error

    async def attachment(
        self,
        path: Path,
        caption: str,
        *,
        progress: Progress = no_progress,
        whole: bool = False,
        **looks: Unpack[Looks],
    ) -> VideoFile | Document:
        """The file made fit (`fit`), as a video, or as a document where it cannot be read as one. Raises TooBig.

        Raises CutShort for what cannot be read where it has to be `whole`.
        """
        await self.fit(path, progress)
        try:
            facts = await self._videos.facts(path)
        except MediaError as error:
            if whole and isinstance(error, UnreadableVideo):
                raise CutShort("video", str(error)) from error
            logger.info("%s goes as a file: %s", path.name, error)
            return Document(path, caption, looks.get("thumbnail"), looks.get("keyboard"))
        return VideoFile(path, caption, facts, **looks)

    async def fit(self, path: Path, progress: Progress = no_progress) -> None:
        """Let the video at `path` be small enough for Telegram, in its own place; mostly it is already.

        It is packed again first, which loses nothing, and encoded again only where that does not do. `progress` is
        told the part of the encoding that is done, 0 to 1, every few seconds. Raises TooBig; the file stays as it was
        then, and when this is cancelled.
        """
        size = await _size(path)
        if size <= self.limit.known:
            return
        smaller = path.with_name(f".{path.stem}.smaller.mp4")
        try:
            await self._make_smaller(path, smaller, progress)
            smaller.replace(path)
        except MediaError as error:
            logger.info("%s has %d bytes and cannot be made smaller: %s", path.name, size, error)
            raise TooBig(size, self.limit.known) from error
        finally:
            smaller.unlink(missing_ok=True)

    async def _make_smaller(self, path: Path, smaller: Path, progress: Progress) -> None:
        """Raises MediaError when it does not get small enough."""
        try:
            if await self._videos.repack(path, smaller) <= self.limit.known:
                return
        except MediaError as error:
            logger.info("%s cannot be packed again, so it is encoded again: %s", path.name, error)
        await self._shrink(path, smaller, progress)

    async def _shrink(self, path: Path, smaller: Path, progress: Progress) -> None:
        part = 0.0

        def now_at(done: float) -> None:
            nonlocal part
            part = done

        shrinking = asyncio.ensure_future(self._videos.shrink(path, smaller, self.limit.known, now_at))
        try:
            while not shrinking.done():
                await _told(progress, part)
                await first_of(asyncio.shield(shrinking), self._sleep(TELL_EVERY))
            await shrinking
        finally:
            await cancelled([shrinking])


async def _told(progress: Progress, part: float) -> None:
    try:
        await progress(part)
    except TelegramError as error:
        # Minutes of work are not given up because a word about them was not taken.
        logger.debug("how far a video is cannot be shown: %s", error)


async def _size(path: Path) -> int:
    return (await asyncio.to_thread(path.stat)).st_size


def as_document(video: VideoFile) -> Document:
    """The same file as a document, for where it is not taken as a video."""
    return Document(video.path, video.caption, video.thumbnail, video.keyboard)
