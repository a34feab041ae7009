"""Pictures and videos as messages: sent anew, or put in the place of a text.

Captions are HTML. Everything here raises telegram.error.TelegramError as it comes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from telegram import Bot, InlineKeyboardMarkup, InputFile, InputMediaDocument, InputMediaPhoto, InputMediaVideo, Message
from telegram.constants import FileSizeLimit

from blinkbot.domain import VideoFacts
from blinkbot.errors import MediaError
from blinkbot.ports import Videos

UPLOAD_LIMIT = int(FileSizeLimit.FILESIZE_UPLOAD)
"""Bytes of a file that Telegram's own Bot API server takes from a bot."""

UPLOAD_WRITE_TIMEOUT = 60.0
"""Seconds for one write of 64 kB to the socket, not for the whole file: 50 MB pass on any line over 1 kB/s."""

UPLOAD_READ_TIMEOUT = 180.0
"""Seconds for Telegram to take in a video after its last byte."""


class TooBig(Exception):
    """A video is larger than Telegram takes; `size` and `limit` are in bytes. Its text is for people."""

    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        super().__init__(f"it has {size / 1e6:.0f} MB, and Telegram takes at most {limit / 1e6:.0f} MB from a bot.")


class Attachment(Protocol):
    """What can stand in a chat in the place of a text."""

    async def send(self, bot: Bot, chat_id: int, thread_id: int | None = None) -> Message:
        """Send it as a message of its own."""
        ...

    async def replace(self, bot: Bot, chat_id: int, message_id: int) -> Message | bool:
        """Put it where a message stands."""
        ...


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG."""

    jpeg: bytes = field(repr=False)
    caption: str
    keyboard: InlineKeyboardMarkup | None = None

    async def send(self, bot: Bot, chat_id: int, thread_id: int | None = None) -> Message:
        """Send it as a message of its own."""
        return await bot.send_photo(
            chat_id,
            self.jpeg,
            caption=self.caption,
            reply_markup=self.keyboard,
            message_thread_id=thread_id,
            read_timeout=UPLOAD_READ_TIMEOUT,
            write_timeout=UPLOAD_WRITE_TIMEOUT,
        )

    async def replace(self, bot: Bot, chat_id: int, message_id: int) -> Message | bool:
        """Put it where a message stands."""
        return await bot.edit_message_media(
            InputMediaPhoto(self.jpeg, caption=self.caption),
            chat_id=chat_id,
            message_id=message_id,
            reply_markup=self.keyboard,
            read_timeout=UPLOAD_READ_TIMEOUT,
            write_timeout=UPLOAD_WRITE_TIMEOUT,
        )


@dataclass(frozen=True, slots=True)
class VideoFile:
    """An MP4 on disk, streamed, never held in memory as a whole.

    `thumbnail` is a JPEG of at most 320 pixels a side.
    """

    path: Path
    caption: str
    facts: VideoFacts
    thumbnail: bytes | None = field(default=None, repr=False)
    keyboard: InlineKeyboardMarkup | None = None

    async def send(self, bot: Bot, chat_id: int, thread_id: int | None = None) -> Message:
        """Upload it as a message of its own."""
        async with _opened(self.path, attach=False) as video:
            return await bot.send_video(
                chat_id,
                video,
                caption=self.caption,
                duration=self.facts.duration,
                width=self.facts.width,
                height=self.facts.height,
                thumbnail=self.thumbnail,
                supports_streaming=True,
                reply_markup=self.keyboard,
                message_thread_id=thread_id,
                read_timeout=UPLOAD_READ_TIMEOUT,
                write_timeout=UPLOAD_WRITE_TIMEOUT,
            )

    async def replace(self, bot: Bot, chat_id: int, message_id: int) -> Message | bool:
        """Upload it where a message stands."""
        async with _opened(self.path, attach=True) as video:
            return await bot.edit_message_media(
                InputMediaVideo(
                    video,
                    caption=self.caption,
                    duration=self.facts.duration,
                    width=self.facts.width,
                    height=self.facts.height,
                    thumbnail=self.thumbnail,
                    supports_streaming=True,
                ),
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=self.keyboard,
                read_timeout=UPLOAD_READ_TIMEOUT,
                write_timeout=UPLOAD_WRITE_TIMEOUT,
            )


@dataclass(frozen=True, slots=True)
class Document:
    """The same for what is not, or is not taken as, a video."""

    path: Path
    caption: str
    thumbnail: bytes | None = field(default=None, repr=False)
    keyboard: InlineKeyboardMarkup | None = None

    async def send(self, bot: Bot, chat_id: int, thread_id: int | None = None) -> Message:
        """Upload it as a message of its own."""
        async with _opened(self.path, attach=False) as file:
            return await bot.send_document(
                chat_id,
                file,
                caption=self.caption,
                thumbnail=self.thumbnail,
                disable_content_type_detection=True,
                reply_markup=self.keyboard,
                message_thread_id=thread_id,
                read_timeout=UPLOAD_READ_TIMEOUT,
                write_timeout=UPLOAD_WRITE_TIMEOUT,
            )

    async def replace(self, bot: Bot, chat_id: int, message_id: int) -> Message | bool:
        """Upload it where a message stands."""
        async with _opened(self.path, attach=True) as file:
            return await bot.edit_message_media(
                InputMediaDocument(
                    file, caption=self.caption, thumbnail=self.thumbnail, disable_content_type_detection=True
                ),
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=self.keyboard,
                read_timeout=UPLOAD_READ_TIMEOUT,
                write_timeout=UPLOAD_WRITE_TIMEOUT,
            )


@dataclass(frozen=True, slots=True)
class KnownVideo:
    """A video that Telegram has already. Sending it raises BadRequest when that is no longer so: `is_stale_file`."""

    file_id: str
    caption: str
    keyboard: InlineKeyboardMarkup | None = None

    async def send(self, bot: Bot, chat_id: int, thread_id: int | None = None) -> Message:
        """Send it as a message of its own."""
        return await bot.send_video(
            chat_id,
            self.file_id,
            caption=self.caption,
            supports_streaming=True,
            reply_markup=self.keyboard,
            message_thread_id=thread_id,
        )


async def video_or_document(
    path: Path, caption: str, videos: Videos, thumbnail: bytes | None = None
) -> VideoFile | Document:
    """A file as a video, or as a document where nobody can read it as one."""
    try:
        return VideoFile(path, caption, await videos.facts(path), thumbnail)
    except MediaError:
        return Document(path, caption, thumbnail)


def video_file_id(message: Message) -> str | None:
    """Telegram's id of the video in a message. A video without sound may have become an animation."""
    sent = message.video or message.animation
    return sent.file_id if sent else None


def is_stale_file(error: Exception) -> bool:
    """Whether a BadRequest means that a file id is not good (any more), so that the file must be uploaded."""
    text = str(error).lower()
    return any(word in text for word in ("file identifier", "file_id", "file reference", "type of file mismatch"))


@asynccontextmanager
async def _opened(path: Path, *, attach: bool) -> AsyncIterator[InputFile]:
    handle = await asyncio.to_thread(path.open, "rb")
    try:
        yield InputFile(handle, filename=path.name, attach=attach, read_file_handle=False)
    finally:
        handle.close()
