"""Pictures and videos as messages: sent anew, or put in the place of a text."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from telegram import Bot, InlineKeyboardMarkup, InputFile, InputMediaPhoto, InputMediaVideo, Message

from blinkbot.domain import VideoFacts

UPLOAD_WRITE_TIMEOUT = 60.0
"""Seconds for one write of 64 kB to the socket, not for the whole file: 50 MB pass on any line over 1 kB/s."""

UPLOAD_READ_TIMEOUT = 180.0
"""Seconds for Telegram to take in a video after its last byte."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG with an HTML caption."""

    jpeg: bytes = field(repr=False)
    caption: str
    keyboard: InlineKeyboardMarkup | None = None

    async def send(self, bot: Bot, chat_id: int, thread_id: int | None = None) -> Message:
        """Send it. Raises telegram.error.TelegramError."""
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
        """Put it where a message stands. Raises telegram.error.TelegramError."""
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
    """An MP4 on disk with an HTML caption. The file is streamed, never held in memory as a whole.

    `thumbnail` is a JPEG of at most 320 pixels a side.
    """

    path: Path
    caption: str
    facts: VideoFacts
    thumbnail: bytes | None = field(default=None, repr=False)
    keyboard: InlineKeyboardMarkup | None = None

    async def send(self, bot: Bot, chat_id: int, thread_id: int | None = None) -> Message:
        """Upload it as a video. Raises telegram.error.TelegramError."""
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
        """Put it where a message stands. Raises telegram.error.TelegramError."""
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
        """Upload it as a file. Raises telegram.error.TelegramError."""
        async with _opened(self.path, attach=False) as video:
            return await bot.send_document(
                chat_id,
                video,
                caption=self.caption,
                thumbnail=self.thumbnail,
                disable_content_type_detection=True,
                reply_markup=self.keyboard,
                message_thread_id=thread_id,
                read_timeout=UPLOAD_READ_TIMEOUT,
                write_timeout=UPLOAD_WRITE_TIMEOUT,
            )


@dataclass(frozen=True, slots=True)
class KnownVideo:
    """A video that Telegram has already, with an HTML caption."""

    file_id: str
    caption: str
    keyboard: InlineKeyboardMarkup | None = None

    async def send(self, bot: Bot, chat_id: int, thread_id: int | None = None) -> Message:
        """Send it. Raises telegram.error.BadRequest when Telegram has forgotten it: see `is_stale_file`."""
        return await bot.send_video(
            chat_id,
            self.file_id,
            caption=self.caption,
            supports_streaming=True,
            reply_markup=self.keyboard,
            message_thread_id=thread_id,
        )


def video_file_id(message: Message) -> str | None:
    """Telegram's id of the video in a message. A video without sound may have become an animation."""
    for sent in (message.video, message.animation):
        if sent is not None:
            return sent.file_id
    return None


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
