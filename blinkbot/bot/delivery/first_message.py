"""An alert's first message: a picture that rings, at once; or the video itself where it is there as soon."""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from telegram import InlineKeyboardMarkup, Message
from telegram.error import TelegramError

from blinkbot.bot.client.attachments import (
    Attachment,
    KnownPhoto,
    Photo,
    Place,
    VideoFile,
    Words,
    known,
    photo_id,
    stored_file,
)
from blinkbot.bot.client.concurrency import finished
from blinkbot.bot.client.errors import is_refused_file, is_stale_file
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.clip_videos import ClipVideos
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.doorbell import FreshPictures
from blinkbot.bot.delivery.failure_policy import recorded
from blinkbot.bot.delivery.pictures import Pictures
from blinkbot.bot.delivery.sender import Sender
from blinkbot.domain import Cause
from blinkbot.domain.deliveries import Burst, Delivery, Stage
from blinkbot.domain.preferences import NotificationMode
from blinkbot.errors import BlinkError
from blinkbot.ports import Outbox

logger = logging.getLogger(__name__)

MakeAttachment = Callable[[str, InlineKeyboardMarkup], Attachment]
"""What is sent, made of its caption and its buttons."""


@dataclass(frozen=True, slots=True)
class FirstMessages:
    """Shows alerts in chats.

    `direct_within`: a video that can be there in so many seconds needs no picture before. `picture_of_events`: where
    Blink keeps no video, the camera takes a picture now, one for a burst.
    """

    outbox: Outbox
    composer: Composer
    sender: Sender
    videos: ClipVideos
    pictures: Pictures
    bursts: Bursts
    fresh_pictures: FreshPictures
    quota: MessageQuota
    direct_within: float
    picture_of_events: bool
    sleep: Sleep
    monotonic: Callable[[], float]

    async def show(self, delivery: Delivery) -> None:
        """Show one alert, or withhold it where the chat does not want it. A silent reply may have to wait for room.

        Raises telegram.error.TelegramError, what the outbox raises, and nothing because of Blink.
        """
        mode = self.composer.mode(delivery)
        if mode is NotificationMode.NOT_AT_ALL:
            logger.info("clip %s is not shown in chat %s, which does not want it", delivery.clip.key, delivery.chat_id)
            await self.outbox.suppress(delivery)
            return
        deadline = self.monotonic() + self.direct_within
        if delivery.clip.has_video:
            self.videos.begin(delivery)
        burst = await self.bursts.join(delivery)
        head = burst.head if burst is not None else None
        if head is None or head.id == delivery.id:
            await self._show_at(Place(silent=mode is NotificationMode.SILENT), delivery, deadline)
        elif mode is NotificationMode.LOUD and burst is not None and not self._has_rung(burst, delivery):
            # Who is there now matters more to the chat than what came without a sound before.
            await self._show_at(Place(head.thread_id, head.message_id), delivery, deadline)
        elif (room_at := self.quota.room_for_reply_at(delivery.chat_id)) is None:
            place = Place(head.thread_id, head.message_id, silent=True)
            await self._show_at(place, delivery, deadline)
        else:
            # The first of its burst counts it already, and what rings is not to wait for it.
            await self.outbox.postpone(delivery, room_at)
        if burst is not None:
            await self.bursts.bring_up_to_date(burst.id)

    def _has_rung(self, burst: Burst, delivery: Delivery) -> bool:
        """Whether a clip of a burst makes a sound in the chat of a delivery."""
        modes = (self.composer.mode(replace(delivery, clip=clip)) for clip in burst.shown)
        return NotificationMode.LOUD in modes

    async def _show_at(self, place: Place, delivery: Delivery, deadline: float) -> None:
        if await self._show_video(delivery, place, deadline):
            return
        async for picture, kept_as in self._pictures_of(delivery):
            if await self._is_taken(delivery, self._send_first(delivery, picture, place, Stage.PHOTO, kept_as)):
                return
        await finished(self._send_first(delivery, Words, place, Stage.TEXT))

    async def _show_video(self, delivery: Delivery, place: Place, deadline: float) -> bool:
        """Whether the video was there so soon that no picture had to come first."""
        if delivery.file is not None:
            return await self._is_taken(delivery, self._send_video(delivery, partial(known, delivery.file), place))
        # The visitor's picture comes before the visitor's video, and the thumbnail is there for nothing.
        if delivery.clip.cause is Cause.DOORBELL or delivery.photo_id is not None or delivery.alerts.sheet_first:
            return False
        if not self.direct_within or not delivery.clip.has_video:
            return False
        try:
            async with self.videos.at_once(delivery, deadline) as video:
                return video is not None and await self._is_taken(
                    delivery, self._send_video(delivery, partial(_under, video), place)
                )
        except (BlinkError, OSError) as error:
            logger.info("clip %s is shown before its video is there: %s", delivery.clip.key, error)
            return False

    async def _pictures_of(self, delivery: Delivery) -> AsyncIterator[tuple[MakeAttachment, str]]:
        """Pictures of a clip, the best first, and what their ids at Telegram are kept as.

        Each following one is for where Telegram did not take the last.
        """
        # At the door there is no time for a sheet: a fresh picture is on its way.
        wants_sheet = delivery.alerts.sheet_first and delivery.clip.cause is not Cause.DOORBELL
        if wants_sheet and delivery.clip.has_video:
            if delivery.sheet_id is not None:
                yield partial(KnownPhoto, delivery.sheet_id), "sheet_id"
            sheet = await self.pictures.contact_sheet(delivery.clip)
            if sheet is not None:
                yield partial(Photo, sheet), "sheet_id"
        if delivery.photo_id is not None:
            yield partial(KnownPhoto, delivery.photo_id), "photo_id"
        jpeg = await self.pictures.thumbnail(delivery.clip) or await self.pictures.first_frame(delivery.clip)
        if jpeg is not None:
            yield partial(Photo, jpeg), "photo_id"

    async def _is_taken(self, delivery: Delivery, sending: Coroutine[Any, Any, None]) -> bool:
        """Whether Telegram takes the file that is sent. Raises TelegramError for all that is not about it."""
        try:
            await finished(sending)
        except TelegramError as error:
            if not is_refused_file(error):
                raise
            logger.info("Telegram does not take what shows clip %s: %s", delivery.clip.key, error)
            if is_stale_file(error):
                await self.outbox.forget_file(delivery.clip.key)
            return False
        return True

    async def _send_video(self, delivery: Delivery, video: MakeAttachment, place: Place) -> None:
        shown, message, thread_id = await self._sent(delivery, video, place)
        await self.videos.arrived(shown, message.message_id, stored_file(message) or delivery.file, thread_id)

    async def _send_first(
        self, delivery: Delivery, make: MakeAttachment, place: Place, stage: Stage, kept_as: str | None = None
    ) -> None:
        shown, message, thread_id = await self._sent(delivery, make, place)
        in_chat = replace(shown, message_id=message.message_id, stage=stage)
        if delivery.clip.cause is Cause.DOORBELL:
            self.fresh_pictures.begin(in_chat)
        ids = {kept_as: photo_id(message)} if kept_as else {}
        await recorded(
            lambda: self.outbox.mark_shown(shown, message.message_id, stage, thread_id=thread_id, **ids), self.sleep
        )
        if delivery.clip.cause is not Cause.DOORBELL and self._wants_picture(delivery, place):
            self.fresh_pictures.begin(in_chat)
        logger.info("clip %s is shown in chat %s", delivery.clip.key, delivery.chat_id)

    def _wants_picture(self, delivery: Delivery, place: Place) -> bool:
        """Whether the camera is to take a picture of what it has no video of; what answers another has that one's."""
        clip = delivery.clip
        is_first = place.reply_to is None
        return self.picture_of_events and clip.no_video is not None and clip.camera_id != 0 and is_first

    async def _sent(
        self, delivery: Delivery, make: MakeAttachment, place: Place
    ) -> tuple[Delivery, Message, int | None]:
        """Send it under its caption: the delivery as shown now, so that its caption will say the same later."""
        shown = replace(delivery, shown_at=self.composer.locale().now)
        caption, keyboard, *_ = await self.composer.compose(shown)
        return shown, *await self.sender.send(delivery, make(caption, keyboard), place)


def _under(video: VideoFile, caption: str, keyboard: InlineKeyboardMarkup) -> VideoFile:
    return replace(video, caption=caption, keyboard=keyboard)
