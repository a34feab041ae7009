"""Playing every clip of a list: as albums of ten, oldest first, since somebody who plays all watches in order.

Telegram counts each item of an album, so a chat is given time after each; and after some albums the person is asked,
so that nobody's chat is flooded by one tap.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest, NetworkError

from blinkbot.bot.buttons.callback_data import Found
from blinkbot.bot.buttons.callbacks import PlayAll
from blinkbot.bot.buttons.clip_keyboards import clip_keyboard
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.attachments import Attachment, Document, KnownVideo, VideoFile, known, stored_file
from blinkbot.bot.client.errors import TooBig, is_about_an_item, is_stale_file
from blinkbot.bot.client.message_quota import ALBUM_SIZE, MessageQuota
from blinkbot.bot.commands.clips.actions import is_muted
from blinkbot.bot.commands.clips.lists import Listing
from blinkbot.bot.delivery.backlog import MOST_BYTES
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import clips as text
from blinkbot.bot.text.captions import album_caption, clip_caption, file_name
from blinkbot.bot.text.delivery import too_big
from blinkbot.bot.text.error_messages import error_message
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import FileKind, Lane
from blinkbot.errors import BlinkbotError, BlinkUnreachable, NotFound, NotSignedIn

logger = logging.getLogger(__name__)

router = Router()

ALBUMS_A_TAP = 3

SHORTEST_REST = 0.2
"""Seconds between looks whether the chat has room: the wall clock may have been set."""

NAMED_FAILURES = 10
NO_BUTTONS = InlineKeyboardMarkup([])
GONE = "Blink has deleted it, and Telegram does not give it."

PATH_ENDS = (NotSignedIn, BlinkUnreachable)
"""After these, nothing more is fetched; what Telegram has is still sent."""


@router.button(PlayAll, apart=True)
async def play_all(request: Request, callback: PlayAll) -> None:
    """Send the clips of a list, the oldest `offset` left out, as far as one tap goes."""
    found, offset = callback.found, callback.offset
    listing = await Listing.of(request, found)
    total = (await request.control.clips.page(listing.query, 0)).total
    if offset > 0:
        # The button that goes on has done its work.
        await request.change_buttons(NO_BUTTONS)
    if offset >= total:
        await request.reply.show(text.headed(listing.title, text.ALL_SENT()))
        return
    end = min(total, offset + ALBUM_SIZE * ALBUMS_A_TAP)
    clips = await request.control.clips.slice(listing.query, total - end, end - offset)
    playing = _Playing(request, listing, offset, total)
    await playing.play(tuple(reversed(clips)))
    # Below what it is about, where the person is by now.
    await request.reply.remove()
    await request.reply.show(playing.summary(), _go_on(found, end, total))


def _go_on(found: Found, end: int, total: int) -> InlineKeyboardMarkup | None:
    return keyboard([(text.GO_ON(number=end + 1, total=total), PlayAll(found, end))]) if end < total else None


@dataclass(frozen=True, slots=True)
class _Item:
    """A clip that is ready. `path` is its file on this disk, None for what Telegram has; `size` is what it uploads."""

    kept: KeptClip
    what: VideoFile | KnownVideo
    path: Path | None = None
    size: int = 0


class _Playing:
    """One tap's worth of clips on its way."""

    def __init__(self, request: Request, listing: Listing, offset: int, total: int) -> None:
        self._request = request
        self._listing = listing
        self._locale = listing.locale
        self._offset = offset
        self._total = total
        self._footage = request.tools.uploads
        self._quota = request.tools.quota or MessageQuota(request.context.clock)
        self._sent = 0
        self._done = 0
        self._failed: list[tuple[KeptClip, str]] = []
        self._path_ended: BlinkbotError | None = None

    async def play(self, clips: Sequence[KeptClip]) -> None:
        """Send them in this order, albums as they fill."""
        left = list(clips)
        while left:
            await self._tell()
            async with AsyncExitStack() as files:
                album, alone, taken = await self._fill(left, files)
                left = left[taken:]
                await self._send(album)
                for kept, file in alone:
                    await self._send_alone(kept, file)
                self._done += taken

    def summary(self) -> str:
        """What came of it."""
        first, last = self._offset + 1, self._offset + self._done
        part = text.RANGE(first=first, last=last, total=self._total)
        lines = [text.SENT(self._sent) if self._done == self._total else text.SENT_SOME(self._sent, range=part)]
        if self._failed:
            lines.append(text.NOT_SENT(len(self._failed)))
            lines += text.reasons(self._failed, NAMED_FAILURES, self._locale)
        return text.headed(self._listing.title, "\n".join(lines))

    async def _tell(self) -> None:
        number = self._offset + self._done + 1
        await self._request.reply.show(text.headed(self._listing.title, text.SENDING(number=number, total=self._total)))

    async def _fill(
        self, clips: Sequence[KeptClip], files: AsyncExitStack
    ) -> tuple[list[_Item], list[tuple[KeptClip, Path | None]], int]:
        """The next album, what has no place in one, and how many clips that was. Fetched files end with `files`."""
        album: list[_Item] = []
        alone: list[tuple[KeptClip, Path | None]] = []
        for number, kept in enumerate(clips):
            if len(album) == ALBUM_SIZE or sum(item.size for item in album) >= MOST_BYTES:
                return album, alone, number
            if kept.file is not None:
                if kept.file.kind is FileKind.VIDEO:
                    album.append(_Item(kept, KnownVideo(kept.file.id, "")))
                else:
                    alone.append((kept, None))
                continue
            path = await self._fetched(kept, files)
            if path is None:
                continue
            item = await self._item(kept, path)
            if item is None:
                alone.append((kept, path))
            elif album and sum(each.size for each in album) + item.size > MOST_BYTES:
                # It begins the next album, where it is fetched again: rare, and simpler than to hand it on.
                return album, alone, number
            else:
                album.append(item)
        return album, alone, len(clips)

    async def _item(self, kept: KeptClip, path: Path) -> _Item | None:
        """The clip as a part of an album; None where it is no video, or too big."""
        try:
            what = await self._footage.attachment(path, "")
        except TooBig:
            return None
        if isinstance(what, Document):
            return None
        return _Item(kept, what, path, (await asyncio.to_thread(path.stat)).st_size)

    async def _fetched(self, kept: KeptClip, files: AsyncExitStack) -> Path | None:
        """Its file; None, and noted, where it cannot be had."""
        if kept.gone:
            self._failed.append((kept, GONE))
            return None
        if self._path_ended is not None:
            self._failed.append((kept, error_message(self._path_ended)))
            return None
        try:
            path = await self._request.control.fetch_clip(kept.clip)
        except NotFound:
            self._failed.append((kept, GONE))
            return None
        except BlinkbotError as error:
            self._failed.append((kept, error_message(error)))
            self._path_ended = error if isinstance(error, PATH_ENDS) else None
            return None
        files.callback(path.unlink, missing_ok=True)
        return path

    async def _send(self, album: Sequence[_Item]) -> None:
        if len(album) < 2:
            for item in album:
                await self._send_alone(item.kept, item.path)
            return
        caption = album_caption([item.kept.clip for item in album], self._locale)
        videos = [replace(item.what, caption=caption if item is album[0] else "") for item in album]
        await self._rest(len(album))
        try:
            messages = await self._request.reply.send_album(videos, lane=Lane.BACKLOG)
        except NetworkError as error:
            if not is_about_an_item(error):
                raise
            # One of them is to blame, and Telegram does not say which.
            logger.info("an album is not taken, so its clips go one by one: %s", error)
            for item in album:
                await self._send_alone(item.kept, item.path)
            return
        for item, message in zip(album, messages, strict=True):
            await self._has_arrived(item.kept, message, uploaded=item.path is not None)

    async def _send_alone(self, kept: KeptClip, path: Path | None) -> None:
        """As a message of its own, with its buttons, in whichever form Telegram takes it."""
        try:
            if path is None:
                await self._send_known(kept)
            else:
                await self._upload(kept, path)
        except (BadRequest, TooBig) as error:
            logger.info("clip %s is not taken: %s", kept.clip.key, error)
            why = too_big(error.size, error.limit) if isinstance(error, TooBig) else "Telegram does not take it."
            self._failed.append((kept, why))

    async def _send_known(self, kept: KeptClip) -> None:
        if kept.file is None:
            raise ValueError(kept.clip.key)
        caption, buttons = await self._under(kept)
        await self._rest(1)
        try:
            message = await self._post(known(kept.file, caption, buttons))
        except BadRequest as error:
            if not is_stale_file(error):
                raise
            logger.info("Telegram has forgotten the video of clip %s", kept.clip.key)
            async with AsyncExitStack() as files:
                path = await self._fetched(kept, files)
                if path is not None:
                    await self._upload(kept, path)
        else:
            await self._has_arrived(kept, message, uploaded=False)

    async def _upload(self, kept: KeptClip, path: Path) -> None:
        caption, buttons = await self._under(kept)
        await self._rest(1)
        name = file_name(kept.clip, self._locale)
        message = await self._footage.show(path, caption, self._post, keyboard=buttons, filename=name)
        await self._has_arrived(kept, message, uploaded=True)

    async def _post(self, video: Attachment) -> Message:
        return await self._request.reply.send(video, lane=Lane.BACKLOG)

    async def _has_arrived(self, kept: KeptClip, message: Message, *, uploaded: bool) -> None:
        self._sent += 1
        file = stored_file(message) if uploaded else None
        if file is not None:
            await self._request.control.clips.set_file(kept.clip.key, file)

    async def _rest(self, count: int) -> None:
        """Wait until the chat has room for so many more beside its alerts."""
        chat_id, context = self._request.chat_id, self._request.context
        while (free_at := self._quota.room_for_old_at(chat_id, count)) is not None:
            await context.sleep(max((free_at - context.clock()) / timedelta(seconds=1), SHORTEST_REST))

    async def _under(self, kept: KeptClip) -> tuple[str, InlineKeyboardMarkup]:
        return clip_caption(kept.clip, self._locale), clip_keyboard(
            kept.clip, self._locale.home, muted=await is_muted(self._request, kept.clip)
        )
