"""Many videos as albums: filled in their order, cut where one would upload too much; what fits into none goes alone."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from telegram import Bot, InputMediaVideo, Message
from telegram.error import NetworkError

from blinkbot.bot.client.attachments import ANYWHERE, UPLOADING, Document, KnownVideo, Place, VideoFile, opened
from blinkbot.bot.client.errors import is_about_an_item
from blinkbot.bot.client.message_quota import ALBUM_SIZE
from blinkbot.domain.deliveries import FileKind, StoredFile

logger = logging.getLogger(__name__)

MOST_BYTES = 20_000_000
"""What is uploaded with one album: a broken line costs no more than this, and a slow one is free again for alerts."""


class _HasFile(Protocol):
    @property
    def file(self) -> StoredFile | None: ...


C = TypeVar("C", bound=_HasFile)


@dataclass(frozen=True, slots=True)
class AlbumItem(Generic[C]):
    """A clip that can stand in an album. `size` is what it uploads in bytes, 0 for what Telegram has."""

    clip: C
    video: VideoFile | KnownVideo
    size: int = 0


class AlbumTarget(Protocol[C]):
    """Where clips go. All but `failed` raise what went wrong."""

    async def upload(self, clip: C, files: AsyncExitStack) -> VideoFile | Document:
        """The clip's video for uploading; its file stays as long as `files`."""
        ...

    async def send_album(self, items: Sequence[AlbumItem[C]]) -> None:
        """Send two to ten of them together."""
        ...

    async def send_alone(self, clip: C) -> None:
        """Send one as a message of its own."""
        ...

    async def failed(self, clip: C, error: Exception) -> None:
        """One did not get there. Raises the error again where the others would not either."""
        ...


async def send_next_album(clips: Sequence[C], target: AlbumTarget[C]) -> int:
    """Send the first of these clips, as many as one album holds, and what has no place in one; how many that was."""
    album: list[AlbumItem[C]] = []
    alone: list[C] = []
    taken = 0
    async with AsyncExitStack() as files:
        for clip in clips:
            if len(album) == ALBUM_SIZE:
                break
            try:
                item = await _item(clip, target, files)
            except Exception as error:  # any error may be about this clip alone
                await target.failed(clip, error)
            else:
                if item is None:
                    alone.append(clip)
                elif album and sum(each.size for each in album) + item.size > MOST_BYTES:
                    break
                else:
                    album.append(item)
            taken += 1
        await _send(album, alone, target)
    return taken


async def _item(clip: C, target: AlbumTarget[C], files: AsyncExitStack) -> AlbumItem[C] | None:
    """A clip for an album; None for what has to go alone."""
    if clip.file is not None:
        is_video = clip.file.kind is FileKind.VIDEO
        return AlbumItem(clip, KnownVideo(clip.file.id, "")) if is_video else None
    video = await target.upload(clip, files)
    if isinstance(video, Document):
        return None
    return AlbumItem(clip, video, (await asyncio.to_thread(video.path.stat)).st_size)


async def _send(album: Sequence[AlbumItem[C]], alone: Sequence[C], target: AlbumTarget[C]) -> None:
    if len(album) < 2 or not await _sent_together(album, target):
        alone = [*(item.clip for item in album), *alone]
    for clip in alone:
        try:
            await target.send_alone(clip)
        except Exception as error:  # any error may be about this clip alone
            await target.failed(clip, error)


async def _sent_together(album: Sequence[AlbumItem[C]], target: AlbumTarget[C]) -> bool:
    """Whether that is all for these; False where they are to go one by one."""
    try:
        await target.send_album(album)
    except Exception as error:
        if isinstance(error, NetworkError) and is_about_an_item(error):
            # One of them is to blame, and Telegram does not say which.
            logger.info("an album is not taken, so its clips go one by one: %s", error)
            return False
        for item in album:
            await target.failed(item.clip, error)
    return True


def under_one_caption(items: Sequence[AlbumItem[C]], caption: str) -> list[VideoFile | KnownVideo]:
    """Their videos, the first with the caption: so Telegram shows it under the whole album."""
    return [replace(item.video, caption=caption if item is items[0] else "") for item in items]


async def send_album(
    bot: Bot, chat_id: int, videos: Sequence[VideoFile | KnownVideo], place: Place = ANYWHERE
) -> Sequence[Message]:
    """Send two to ten videos as one album, each with its caption, without buttons and covers; Telegram takes neither.

    Returns their messages in the same order. Documents and animations have no place among videos.
    """
    with ExitStack() as files:
        album = [_as_album_item(video, files) for video in videos]
        return await bot.send_media_group(chat_id, album, **place.as_arguments(), **UPLOADING)


def _as_album_item(video: VideoFile | KnownVideo, files: ExitStack) -> InputMediaVideo:
    """A video as a part of an album; its file stays open as long as `files`."""
    if isinstance(video, KnownVideo):
        return video.as_media()
    return video.as_media(files.enter_context(opened(video.path, attach=True)))
