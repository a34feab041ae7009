"""Pictures, videos and words as messages: sent anew, or put in the place of what a message shows.

What is uploaded is a Photo, a VideoFile or a Document; what Telegram has already is a KnownPhoto, KnownVideo,
KnownAnimation or KnownDocument. All of them send and replace in the same way (`Attachment`).

Captions are HTML. Everything here raises telegram.error.TelegramError as it comes, and OSError where a file on disk
cannot be read. What is sent in reply to a message that is gone goes without the reply.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from telegram import (
    Bot,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAnimation,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
    ReplyParameters,
)
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from blinkbot.bot.client.errors import is_stale_file
from blinkbot.domain import VideoFacts
from blinkbot.domain.deliveries import FileKind, Queue, StoredFile

logger = logging.getLogger(__name__)

T = TypeVar("T")

UPLOAD_LIMIT = int(FileSizeLimit.FILESIZE_UPLOAD)
"""Bytes of a file that Telegram's own Bot API server takes from a bot."""

UPLOAD_WRITE_TIMEOUT = 60.0
"""Seconds for one write of 64 kB to the socket, not for the whole file: 50 MB pass on any line over 1 kB/s."""

UPLOAD_READ_TIMEOUT = 180.0
"""Seconds for Telegram to take in a video after its last byte."""

UPLOADING: dict[str, Any] = {"read_timeout": UPLOAD_READ_TIMEOUT, "write_timeout": UPLOAD_WRITE_TIMEOUT}

PICTURE_TIMEOUT = 30.0
"""Seconds for Telegram to answer to a picture, which is small and mostly urgent."""

UPLOADING_A_PICTURE: dict[str, Any] = {"read_timeout": PICTURE_TIMEOUT, "write_timeout": PICTURE_TIMEOUT}

COVER = "cover"
"""The name under which a video's cover travels beside it."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a message arrives: in which topic, as an answer to which message, and whether without a sound.

    `queue` tells the quota of an old clip.
    """

    thread_id: int | None = None
    reply_to: int | None = None
    silent: bool = False
    queue: Queue | None = None

    def as_arguments(self) -> dict[str, Any]:
        """It as the library's arguments."""
        answered = None if self.reply_to is None else ReplyParameters(self.reply_to, allow_sending_without_reply=True)
        place = {
            "message_thread_id": self.thread_id,
            "reply_parameters": answered,
            "disable_notification": self.silent,
        }
        return place if self.queue is None else {**place, "rate_limit_args": self.queue}


ANYWHERE = Place()


class Attachment(ABC):
    """A picture, a video or words, ready to be shown in a chat."""

    __slots__ = ()

    caption: str
    keyboard: InlineKeyboardMarkup | None

    async def send(self, bot: Bot, chat_id: int, place: Place = ANYWHERE) -> Message:
        """Send it as a message of its own."""
        content = {"caption": self.caption, "reply_markup": self.keyboard}
        return await self._sent(bot, chat_id, place.as_arguments() | content)

    async def replace(self, bot: Bot, chat_id: int, message_id: int) -> Message | bool:
        """Put it, with its caption and its buttons, where a message stands. No phone rings for that."""
        place = {"chat_id": chat_id, "message_id": message_id, "reply_markup": self.keyboard}
        return await self._put(bot, place)

    @abstractmethod
    async def _sent(self, bot: Bot, chat_id: int, place: dict[str, Any]) -> Message: ...

    @abstractmethod
    async def _put(self, bot: Bot, place: dict[str, Any]) -> Message | bool: ...


@dataclass(frozen=True, slots=True)
class Words(Attachment):
    """Nothing but its caption."""

    caption: str
    keyboard: InlineKeyboardMarkup | None = None

    async def _sent(self, bot: Bot, chat_id: int, place: dict[str, Any]) -> Message:
        return await bot.send_message(chat_id, place.pop("caption"), **place)

    async def _put(self, bot: Bot, place: dict[str, Any]) -> Message | bool:
        return await bot.edit_message_text(self.caption, **place)


@dataclass(frozen=True, slots=True)
class Photo(Attachment):
    """A JPEG or PNG."""

    jpeg: bytes = field(repr=False)
    caption: str
    keyboard: InlineKeyboardMarkup | None = None

    async def _sent(self, bot: Bot, chat_id: int, place: dict[str, Any]) -> Message:
        return await bot.send_photo(chat_id, self.jpeg, **place, **UPLOADING_A_PICTURE)

    async def _put(self, bot: Bot, place: dict[str, Any]) -> Message | bool:
        media = InputMediaPhoto(self.jpeg, caption=self.caption)
        return await bot.edit_message_media(media, **place, **UPLOADING_A_PICTURE)


@dataclass(frozen=True, slots=True)
class VideoFile(Attachment):
    """An MP4 on disk, streamed, never held in memory as a whole.

    `thumbnail` is a JPEG of at most 320 pixels a side. `cover` is a JPEG that a chat shows until the video is played.
    """

    path: Path
    caption: str
    facts: VideoFacts
    thumbnail: bytes | None = field(default=None, repr=False)
    keyboard: InlineKeyboardMarkup | None = None
    cover: bytes | None = field(default=None, repr=False)

    async def _sent(self, bot: Bot, chat_id: int, place: dict[str, Any]) -> Message:
        with opened(self.path, attach=False) as video:
            return await bot.send_video(chat_id, video, cover=self.cover, **self._looks(), **place, **UPLOADING)

    async def _put(self, bot: Bot, place: dict[str, Any]) -> Message | bool:
        with opened(self.path, attach=True) as video:
            if self.cover is None:
                return await bot.edit_message_media(self.as_media(video), **place, **UPLOADING)
            # The library uploads no cover that is inside an InputMediaVideo, so it is sent along by name.
            media = self.as_media(video, cover=f"attach://{COVER}")
            beside = {COVER: InputFile(self.cover, filename="cover.jpg")}
            return await bot.edit_message_media(media, **place, **UPLOADING, api_kwargs=beside)

    def as_media(self, video: InputFile, cover: str | None = None) -> InputMediaVideo:
        """It as a part of an album, or of an edit, with its opened file and the cover's id or address."""
        return InputMediaVideo(video, caption=self.caption, cover=cover, **self._looks())

    def _looks(self) -> dict[str, Any]:
        return {
            "duration": self.facts.duration,
            "width": self.facts.width,
            "height": self.facts.height,
            "thumbnail": self.thumbnail,
            "supports_streaming": True,
        }


@dataclass(frozen=True, slots=True)
class Document(Attachment):
    """The same for what is not, or is not taken as, a video. `filename` is what it is saved as, else its own name."""

    path: Path
    caption: str
    thumbnail: bytes | None = field(default=None, repr=False)
    keyboard: InlineKeyboardMarkup | None = None
    filename: str | None = None

    async def _sent(self, bot: Bot, chat_id: int, place: dict[str, Any]) -> Message:
        with opened(self.path, attach=False, filename=self.filename) as file:
            return await bot.send_document(chat_id, file, **self._looks(), **place, **UPLOADING)

    async def _put(self, bot: Bot, place: dict[str, Any]) -> Message | bool:
        with opened(self.path, attach=True, filename=self.filename) as file:
            media = InputMediaDocument(file, caption=self.caption, **self._looks())
            return await bot.edit_message_media(media, **place, **UPLOADING)

    def _looks(self) -> dict[str, Any]:
        # Told nothing, Telegram would look into the file and make it a video after all.
        return {"thumbnail": self.thumbnail, "disable_content_type_detection": True}


@dataclass(frozen=True, slots=True)
class _Known(Attachment):
    """What Telegram has already.

    Sending it raises BadRequest when that is no longer so: `errors.is_stale_file`.
    """

    method: ClassVar[str]
    media: ClassVar[type[InputMediaPhoto | InputMediaVideo | InputMediaAnimation | InputMediaDocument]]

    file_id: str
    caption: str
    keyboard: InlineKeyboardMarkup | None = None

    async def _sent(self, bot: Bot, chat_id: int, place: dict[str, Any]) -> Message:
        sent: Message = await getattr(bot, self.method)(chat_id, self.file_id, **self._looks(), **place)
        return sent

    async def _put(self, bot: Bot, place: dict[str, Any]) -> Message | bool:
        media = self.media(self.file_id, caption=self.caption, **self._looks())
        return await bot.edit_message_media(media, **place)

    def _looks(self) -> dict[str, Any]:
        return {}


class KnownPhoto(_Known):
    """A picture that Telegram has already."""

    __slots__ = ()
    method, media = "send_photo", InputMediaPhoto


@dataclass(frozen=True, slots=True)
class KnownVideo(_Known):
    """A video that Telegram has already; `cover` is the id of a picture that stands for it until it is played."""

    method, media = "send_video", InputMediaVideo
    cover: str | None = None

    def as_media(self) -> InputMediaVideo:
        """It as a part of an album."""
        return InputMediaVideo(self.file_id, caption=self.caption, **self._looks())

    def _looks(self) -> dict[str, Any]:
        return {"cover": self.cover, "supports_streaming": True}


class KnownAnimation(_Known):
    """A video without sound that Telegram keeps as an animation; it takes its id as nothing else."""

    __slots__ = ()
    method, media = "send_animation", InputMediaAnimation


class KnownDocument(_Known):
    """A file that Telegram has already."""

    __slots__ = ()
    method, media = "send_document", InputMediaDocument


KNOWN: dict[FileKind, type[KnownVideo | KnownAnimation | KnownDocument]] = {
    FileKind.VIDEO: KnownVideo,
    FileKind.ANIMATION: KnownAnimation,
    FileKind.DOCUMENT: KnownDocument,
}


def known(
    file: StoredFile, caption: str, keyboard: InlineKeyboardMarkup | None = None
) -> KnownVideo | KnownAnimation | KnownDocument:
    """A clip that Telegram has already, as what it keeps it."""
    return KNOWN[file.kind](file.id, caption, keyboard)


async def send_known_or(
    video: Attachment | None,
    put: Callable[[Attachment], Awaitable[T]],
    otherwise: Callable[[], Awaitable[T]],
    forget: Callable[[], Awaitable[None]] | None = None,
) -> T:
    """Let `put` show what Telegram has already; do `otherwise` where it has nothing, or has forgotten it.

    What it has forgotten is to be forgotten here, too: `forget`.
    """
    if video is not None:
        try:
            return await put(video)
        except BadRequest as error:
            if not is_stale_file(error):
                raise
            logger.info("Telegram has forgotten a file, so another way is taken: %s", error)
        if forget is not None:
            await forget()
    return await otherwise()


def stored_file(message: Message) -> StoredFile | None:
    """What Telegram keeps of a video or a file in a message; a video without sound may have become an animation."""
    # A message with an animation has it as a document, too.
    if message.video:
        return StoredFile(message.video.file_id, FileKind.VIDEO)
    if message.animation:
        return StoredFile(message.animation.file_id, FileKind.ANIMATION)
    if message.document:
        return StoredFile(message.document.file_id, FileKind.DOCUMENT)
    return None


def photo_id(message: Message) -> str | None:
    """What Telegram keeps of a message's picture, in its largest size."""
    largest = max(message.photo, key=lambda size: size.width * size.height, default=None)
    return largest.file_id if largest else None


@contextmanager
def opened(path: Path, *, attach: bool, filename: str | None = None) -> Iterator[InputFile]:
    """A file while it is sent."""
    # Not in a thread, which cannot be called back: what it opens after its caller was cancelled, stays open.
    with path.open("rb") as handle:
        yield InputFile(handle, filename=filename or path.name, attach=attach, read_file_handle=False)
