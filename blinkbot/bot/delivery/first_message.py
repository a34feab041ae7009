"""The first sight of an alert: a picture that rings, at once; or the video itself where it is there as soon."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from telegram import Message, ReplyParameters
from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.attachments import (
    KnownAnimation,
    KnownDocument,
    KnownPhoto,
    KnownVideo,
    Photo,
    VideoFile,
    known,
    photo_id,
    stored_file,
)
from blinkbot.bot.client.concurrency import finished
from blinkbot.bot.client.errors import is_lost_reply, is_refused_file, is_stale_file
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.context import Means
from blinkbot.bot.delivery.doorbell import FreshPictures
from blinkbot.domain import Cause
from blinkbot.domain.deliveries import Delivery, Stage
from blinkbot.domain.preferences import NotificationMode
from blinkbot.errors import BlinkError, MediaError

logger = logging.getLogger(__name__)

HEAD_START = 0.3
"""Seconds that a video has to be downloaded before the thumbnail goes: about as long as that takes to come, too."""

FRAME_WITHIN = 3.0
"""Seconds to wait for the first frame of a video that is there, before the alert goes as a text."""

SHEET_WITHIN = 4.0
"""Seconds to wait for the video and its contact sheet, before the thumbnail goes instead."""


_Attachment = Photo | KnownPhoto | VideoFile | KnownVideo | KnownAnimation | KnownDocument


@dataclass(frozen=True, slots=True)
class _Place:
    """How a message arrives: with a sound or without, alone or as an answer."""

    silent: bool
    reply_to: int | None = None
    reply_thread: int | None = None

    def reply_in(self, thread_id: int | None) -> int | None:
        """The message to be answered, None where that is in another topic than the answer will be."""
        return self.reply_to if self.reply_thread == thread_id else None


@dataclass(frozen=True, slots=True)
class _Sight:
    """A picture to be shown; `is_sheet` tells that it is the contact sheet."""

    picture: KnownPhoto | Photo
    is_sheet: bool = False


class FirstMessages:
    """Shows alerts in chats."""

    def __init__(self, means: Means, bursts: Bursts, doorbell: FreshPictures) -> None:
        self._means = means
        self._incidents = bursts
        self._doorbell = doorbell

    async def show(self, delivery: Delivery) -> None:
        """Show one alert, or withhold it where the chat does not want it. A silent reply may have to wait for room.

        Raises telegram.error.TelegramError, what the outbox raises, and nothing because of Blink.
        """
        manner = self._means.manner(delivery)
        if manner is NotificationMode.NOT_AT_ALL:
            logger.info("clip %s is not shown in chat %s, which does not want it", delivery.clip.key, delivery.chat_id)
            await self._means.outbox.suppress(delivery)
            return
        begun = self._means.monotonic()
        if delivery.file is None:
            self._means.downloads.begin(delivery.clip)
        burst = await self._incidents.join(delivery)
        head = burst.head if burst is not None else None
        if head is None or head.id == delivery.id:
            await self._show_at(_Place(silent=manner is NotificationMode.SILENT), delivery, begun)
        elif (room_at := self._means.quota.room_for_reply_at(delivery.chat_id)) is None:
            place = _Place(silent=True, reply_to=head.message_id, reply_thread=head.thread_id)
            await self._show_at(place, delivery, begun)
        else:
            # The first of its burst counts it already, and what rings is not to wait for it.
            await self._means.outbox.postpone(delivery, room_at, "the chat's room is left to what rings")
        if burst is not None:
            await self._incidents.bring_up_to_date(burst.id)

    async def _show_at(self, place: _Place, delivery: Delivery, begun: float) -> None:
        if not await self._show_video(delivery, place, begun):
            await self._show_picture(delivery, place)

    # -- the video itself

    async def _show_video(self, delivery: Delivery, place: _Place, begun: float) -> bool:
        """Whether the video was there so soon that no picture had to come first."""
        if delivery.file is not None:
            return await self._sent(delivery, known(delivery.file, ""), place)
        # The visitor's picture comes before the visitor's video, and the thumbnail is there for nothing.
        if delivery.clip.cause is Cause.DOORBELL or delivery.photo_id is not None or delivery.alerts.sheet_first:
            return False
        if not self._means.times.direct_within or self._means.speed.is_busy:
            return False
        downloading = self._means.downloads.begin(delivery.clip)
        await asyncio.wait([downloading], timeout=min(HEAD_START, self._means.times.direct_within))
        if not self._means.downloads.has(delivery.clip):
            return False
        try:
            async with self._means.downloads.lent(delivery.clip) as path:
                return await self._sent_quickly(delivery, path, place, begun)
        except (BlinkError, OSError) as error:
            logger.info("clip %s is shown before its video is there: %s", delivery.clip.key, error)
            return False

    async def _sent_quickly(self, delivery: Delivery, path: Path, place: _Place, begun: float) -> bool:
        size = (await asyncio.to_thread(path.stat)).st_size
        deadline = begun + self._means.times.direct_within - self._means.speed.seconds_for(size)
        if size > self._means.uploads.upload_limit:
            return False
        video = await self._ready_by(deadline, delivery, path)
        if video is None:
            return False
        with self._means.speed.measured(size):
            return await self._sent(delivery, video, place)

    async def _ready_by(self, deadline: float, delivery: Delivery, path: Path) -> VideoFile | None:
        """The video as an attachment; None where it is none, or takes too long to look into."""
        left = deadline - self._means.monotonic()
        if left <= 0:
            return None
        try:
            async with asyncio.timeout(left):
                facts, jpeg = await asyncio.gather(
                    self._means.videos.facts(path), self._means.thumbnails.of(delivery.clip)
                )
                thumbnail = None if jpeg is None else await self._means.videos.telegram_thumbnail(jpeg)
        except (TimeoutError, MediaError) as error:
            logger.debug("clip %s does not go as a video at once: %r", delivery.clip.key, error)
            return None
        return VideoFile(path, "", facts, thumbnail)

    async def _sent(self, delivery: Delivery, video: _Attachment, place: _Place) -> bool:
        """Whether Telegram took the video as a message of its own. Raises TelegramError for all but the file."""
        try:
            await finished(self._send_whole(delivery, video, place))
        except TelegramError as error:
            if not is_refused_file(error):
                raise
            logger.info("Telegram does not take clip %s at once: %s", delivery.clip.key, error)
            if is_stale_file(error):
                await self._means.outbox.forget_file(delivery.clip.key)
            return False
        return True

    async def _send_whole(self, delivery: Delivery, video: _Attachment, place: _Place) -> None:
        shown, message, thread_id = await self._posted(delivery, video, place)
        file = stored_file(message) or delivery.file
        await self._means.recorded(
            lambda: self._means.outbox.mark_sent(shown, message.message_id, file, thread_id=thread_id)
        )
        logger.info("clip %s is in chat %s at once", delivery.clip.key, delivery.chat_id)
        if file is not None:
            self._means.downloads.drop(delivery.clip)

    # -- a picture of it

    async def _show_picture(self, delivery: Delivery, place: _Place) -> None:
        async for sight in self._sights(delivery):
            try:
                await finished(self._send_picture(delivery, sight, place))
            except TelegramError as error:
                if not is_refused_file(error):
                    raise
                logger.info("Telegram does not take a picture of clip %s: %s", delivery.clip.key, error)
                if is_stale_file(error):
                    await self._means.outbox.forget_file(delivery.clip.key)
            else:
                return
        await finished(self._send_text(delivery, place))

    async def _send_picture(self, delivery: Delivery, sight: _Sight, place: _Place) -> None:
        shown, message, thread_id = await self._posted(delivery, sight.picture, place)
        ids = {"sheet_id" if sight.is_sheet else "photo_id": photo_id(message)}
        await self._shown(shown, message, Stage.PHOTO, thread_id, **ids)

    async def _sights(self, delivery: Delivery) -> AsyncIterator[_Sight]:
        """Pictures of a clip, the best first; each following one is for where Telegram did not take the last."""
        # At the door nobody waits for a sheet: a fresh picture is on its way.
        if delivery.alerts.sheet_first and delivery.clip.cause is not Cause.DOORBELL:
            if delivery.sheet_id is not None:
                yield _Sight(KnownPhoto(delivery.sheet_id, ""), is_sheet=True)
            sheet = await self._sheet(delivery)
            if sheet is not None:
                yield _Sight(Photo(sheet, ""), is_sheet=True)
        if delivery.photo_id is not None:
            yield _Sight(KnownPhoto(delivery.photo_id, ""))
        jpeg = await self._means.thumbnails.of(delivery.clip) or await self._first_frame(delivery)
        if jpeg is not None:
            yield _Sight(Photo(jpeg, ""))

    async def _first_frame(self, delivery: Delivery) -> bytes | None:
        """The first picture of a video that is there already."""
        if not self._means.downloads.has(delivery.clip):
            return None
        return await self._made_of_video(delivery, self._means.videos.first_frame, FRAME_WITHIN)

    async def _sheet(self, delivery: Delivery) -> bytes | None:
        return await self._made_of_video(delivery, self._means.videos.contact_sheet, SHEET_WITHIN)

    async def _made_of_video(
        self, delivery: Delivery, make: Callable[[Path], Awaitable[bytes]], within: float
    ) -> bytes | None:
        """A picture of the video, None where there is none within so many seconds."""
        try:
            async with asyncio.timeout(within), self._means.downloads.lent(delivery.clip) as path:
                return await make(path)
        except (TimeoutError, BlinkError, MediaError, OSError) as error:
            logger.info("no picture is made of the video of clip %s: %r", delivery.clip.key, error)
            return None

    async def _send_text(self, delivery: Delivery, place: _Place) -> None:
        shown = replace(delivery, shown_at=self._means.clock())
        keyboard = await self._means.keyboard(delivery)
        message, thread_id = await self._put(
            delivery,
            place,
            lambda thread_id, reply_to: self._means.bot.send_message(
                delivery.chat_id,
                self._means.caption(shown),
                reply_markup=keyboard,
                message_thread_id=thread_id,
                disable_notification=place.silent,
                reply_parameters=_answering(reply_to),
            ),
        )
        await self._shown(shown, message, Stage.TEXT, thread_id)

    async def _shown(
        self, delivery: Delivery, message: Message, stage: Stage, thread_id: int | None, **ids: str | None
    ) -> None:
        if delivery.clip.cause is Cause.DOORBELL:
            self._doorbell.begin(replace(delivery, message_id=message.message_id, stage=stage))
        await self._means.recorded(
            lambda: self._means.outbox.mark_shown(delivery, message.message_id, stage, thread_id=thread_id, **ids)
        )
        logger.info("clip %s is shown in chat %s", delivery.clip.key, delivery.chat_id)

    async def _posted(
        self, delivery: Delivery, attachment: _Attachment, place: _Place
    ) -> tuple[Delivery, Message, int | None]:
        """Send it under its caption: the delivery as shown now, so that its caption will say the same later."""
        shown = replace(delivery, shown_at=self._means.clock())
        keyboard = await self._means.keyboard(delivery)
        dressed = replace(attachment, caption=self._means.caption(shown), keyboard=keyboard)
        message, thread_id = await self._put(
            delivery,
            place,
            lambda thread_id, reply_to: dressed.send(
                self._means.bot, delivery.chat_id, thread_id=thread_id, reply_to=reply_to, silent=place.silent
            ),
        )
        return shown, message, thread_id

    async def _put(
        self,
        delivery: Delivery,
        place: _Place,
        send: Callable[[int | None, int | None], Awaitable[Message]],
    ) -> tuple[Message, int | None]:
        """Send a message, as an answer where that can be: the message, and its thread."""

        async def answered(thread_id: int | None) -> Message:
            reply_to = place.reply_in(thread_id)
            try:
                return await send(thread_id, reply_to)
            except BadRequest as error:
                # Telegram sends without the answered message where it is deleted, but not where it is out of reach.
                if reply_to is None or not is_lost_reply(error):
                    raise
                logger.info("clip %s answers nothing in chat %s: %s", delivery.clip.key, delivery.chat_id, error)
                return await send(thread_id, None)

        return await self._means.posted(delivery, answered)


def _answering(message_id: int | None) -> ReplyParameters | None:
    return None if message_id is None else ReplyParameters(message_id, allow_sending_without_reply=True)
