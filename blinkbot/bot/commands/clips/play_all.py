"""Playing every clip of a list: as albums of ten, oldest first, since who plays all watches in order.

Telegram counts each item of an album, so a chat is given time after each; and after some albums the person is asked,
so that no chat is flooded by one tap.
"""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from pathlib import Path

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from blinkbot.bot.buttons.callback_data import Found
from blinkbot.bot.buttons.callbacks import PlayAll
from blinkbot.bot.buttons.clip_keyboards import clip_keyboard
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.albums import AlbumItem, send_next_album, under_one_caption
from blinkbot.bot.client.attachments import Attachment, Document, VideoFile, known, send_known_or, stored_file
from blinkbot.bot.client.errors import TooBig
from blinkbot.bot.client.message_quota import ALBUM_SIZE
from blinkbot.bot.commands.clips.actions import is_muted
from blinkbot.bot.commands.clips.lists import Listing
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import clips as text
from blinkbot.bot.text.captions import album_caption, clip_caption, file_name, why_no_video
from blinkbot.bot.text.delivery import NOT_TAKEN, too_big
from blinkbot.bot.text.error_messages import error_message
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import Queue
from blinkbot.errors import BlinkbotError, BlinkUnreachable, Missing, NotFound, NotSignedIn

logger = logging.getLogger(__name__)

router = Router()

ALBUMS_A_TAP = 3
SHORTEST_REST = 0.2  # Seconds between looks whether the chat has room: the wall clock may have been set

NAMED_FAILURES = 10
NO_BUTTONS = InlineKeyboardMarkup([])
PATH_ENDS = (NotSignedIn, BlinkUnreachable)  # After these, nothing more is fetched; what Telegram has is still sent


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


class _Playing:
    """One tap's worth of clips on its way (`albums.AlbumTarget`)."""

    def __init__(self, request: Request, listing: Listing, offset: int, total: int) -> None:
        self._request = request
        self._listing = listing
        self._locale = listing.locale
        self._offset = offset
        self._total = total
        self._sent = 0
        self._done = 0
        self._failed: list[tuple[KeptClip, str]] = []
        self._path_ended: BlinkbotError | None = None
        self._files: dict[str, Path] = {}

    async def play(self, clips: Sequence[KeptClip]) -> None:
        """Send them in this order, albums as they fill."""
        while self._done < len(clips):
            number = self._offset + self._done + 1
            sending = text.SENDING(number=number, total=self._total)
            await self._request.reply.show(text.headed(self._listing.title, sending))
            self._done += await send_next_album(clips[self._done :], self)

    def summary(self) -> str:
        first, last = self._offset + 1, self._offset + self._done
        part = text.RANGE(first=first, last=last, total=self._total)
        lines = [text.SENT(self._sent) if self._done == self._total else text.SENT_SOME(self._sent, range=part)]
        if self._failed:
            lines.append(text.NOT_SENT(len(self._failed)))
            lines += text.reasons(self._failed, NAMED_FAILURES, self._locale)
        return text.headed(self._listing.title, "\n".join(lines))

    async def upload(self, clip: KeptClip, files: AsyncExitStack) -> VideoFile | Document:
        path = await files.enter_async_context(self._file(clip))
        return await self._request.tools.uploads.attachment(path, "")

    async def send_album(self, items: Sequence[AlbumItem[KeptClip]]) -> None:
        caption = album_caption([item.clip.clip for item in items], self._locale)
        await self._wait_for_room(len(items))
        messages = await self._request.reply.send_album(under_one_caption(items, caption), queue=Queue.BACKLOG)
        for item, message in zip(items, messages, strict=True):
            await self._arrived(item.clip, message)

    async def send_alone(self, clip: KeptClip) -> None:
        """See AlbumTarget. It has its buttons then."""
        caption = clip_caption(clip.clip, self._locale)
        muted = await is_muted(self._request, clip.clip)
        buttons = clip_keyboard(clip.clip, self._locale.home, muted=muted)

        async def upload() -> Message:
            async with self._file(clip) as path:
                name = file_name(clip.clip, self._locale)
                uploads = self._request.tools.uploads
                return await uploads.show(path, caption, self._post, keyboard=buttons, filename=name)

        await self._wait_for_room(1)
        video = None if clip.file is None else known(clip.file, caption, buttons)
        await self._arrived(clip, await send_known_or(video, self._post, upload))

    async def failed(self, clip: KeptClip, error: Exception) -> None:
        match error:
            case NotFound() if clip.clip.no_video is not None:
                why = why_no_video(clip.clip)
            case NotFound():
                why = text.GONE_EVERYWHERE()
            case TooBig(size=size, limit=limit):
                why = too_big(size, limit)
            case BlinkbotError():
                why = error_message(error)
            case BadRequest():
                why = NOT_TAKEN()
            case _:
                raise error
        logger.info("clip %s cannot be played: %s", clip.clip.key, error)
        if isinstance(error, PATH_ENDS):
            self._path_ended = error
        self._failed.append((clip, why))

    @asynccontextmanager
    async def _file(self, kept: KeptClip) -> AsyncIterator[Path]:
        """The clip's file on this disk, fetched once. Raises BlinkbotErrors."""
        key = kept.clip.key
        if key in self._files:
            yield self._files[key]
            return
        if kept.gone or kept.clip.no_video is not None:
            raise NotFound("video", missing=Missing.CLIP)
        if self._path_ended is not None:
            raise self._path_ended
        path = self._files[key] = await self._request.control.recordings.fetch(kept.clip)
        try:
            yield path
        finally:
            del self._files[key]
            path.unlink(missing_ok=True)

    async def _post(self, video: Attachment) -> Message:
        return await self._request.reply.send(video, queue=Queue.BACKLOG)

    async def _arrived(self, kept: KeptClip, message: Message) -> None:
        self._sent += 1
        file = stored_file(message)
        if file is not None and file != kept.file:
            await self._request.control.clips.set_file(kept.clip.key, file)

    async def _wait_for_room(self, count: int) -> None:
        """Wait until the chat has room for so many more beside its alerts."""
        chat_id, context, quota = self._request.chat_id, self._request.context, self._request.tools.quota
        while (free_at := quota.room_for_old_at(chat_id, count)) is not None:
            await context.sleep(max((free_at - context.clock()) / timedelta(seconds=1), SHORTEST_REST))
