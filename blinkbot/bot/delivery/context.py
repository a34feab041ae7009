"""What every lane of the courier works with, and how a clip's message is put into its chat."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest

from blinkbot.bot.buttons.clip_keyboards import clip_keyboard, is_muted_itself
from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.client.errors import has_no_text
from blinkbot.bot.client.forum_topics import ForumTopics, in_topic
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.client.video_upload import VideoUploads
from blinkbot.bot.delivery.downloads import Downloads, Thumbnails
from blinkbot.bot.delivery.upload_speed import UploadSpeed
from blinkbot.bot.text.captions import clip_caption, file_name
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import Clip, Home
from blinkbot.domain.deliveries import Delivery, Stage
from blinkbot.domain.preferences import NotificationMode, kind_of, manner_of
from blinkbot.errors import DataFolderError, MediaError
from blinkbot.ports import Clock, Outbox, Videos

logger = logging.getLogger(__name__)

T = TypeVar("T")

STORE_REST = 30.0
"""Seconds between tries to write down what is in a chat, while the disk takes nothing."""


@dataclass(frozen=True, slots=True)
class AlertTimes:
    """How alerts arrive: `config.AlertSettings` tells what each is. `direct_within` is in seconds."""

    burst_window: timedelta = timedelta(seconds=120)
    direct_within: float = 1.0
    late_after: timedelta = timedelta(seconds=30)
    fresh_for: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Means:
    """`home` gives the home as last seen, `time_zone` is the configured zone's name; `monotonic` counts seconds."""

    bot: Bot
    outbox: Outbox
    videos: Videos
    clock: Clock
    sleep: Sleep
    monotonic: Callable[[], float]
    home: Callable[[], Home]
    time_zone: str
    times: AlertTimes
    topics: ForumTopics
    uploads: VideoUploads
    downloads: Downloads
    thumbnails: Thumbnails
    speed: UploadSpeed
    quota: MessageQuota
    open_keyboards: OpenKeyboards
    uploading: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while an alert's video goes up: two at a time would only slow each other on the line of a home."""

    def caption(self, delivery: Delivery, *, count: int = 1, note: str = "") -> str:
        """What stands under a delivery's message, the same from its first sight on. See `captions.clip_caption`."""
        delay = (delivery.shown_at or self.clock()) - delivery.clip.recorded_at
        worth_telling = delay > self.times.late_after
        return clip_caption(
            delivery.clip, self.locale(), delay=delay if worth_telling else None, count=count, note=note
        )

    def locale(self) -> Locale:
        """The home and the hour that words are said at."""
        return Locale(self.home(), self.clock(), self.time_zone)

    async def keyboard(self, delivery: Delivery) -> InlineKeyboardMarkup:
        """The buttons under a delivery's message, as they are to be now: what somebody has opened there stays."""
        if delivery.message_id is not None:
            open_keyboards = self.open_keyboards.at((delivery.chat_id, delivery.message_id))
            if open_keyboards is not None:
                return open_keyboards
        now = self.clock()
        # Read anew: somebody may have muted the camera by the button under its picture since this was claimed.
        mutes = await self.outbox.mutes(delivery.chat_id, now)
        return clip_keyboard(delivery.clip, self.home(), muted=is_muted_itself(delivery.clip, mutes, now))

    def file_name(self, delivery: Delivery) -> str:
        """What a delivery's video is saved as where it goes as a file."""
        return file_name(delivery.clip, self.locale())

    def manner(self, delivery: Delivery) -> NotificationMode:
        """How the chat wants to be told of a delivery, now."""
        return manner_of(
            kind_of(delivery.clip),
            delivery.alerts,
            delivery.mutes,
            network_id=delivery.clip.network_id,
            camera_id=delivery.clip.camera_id,
            happened_at=delivery.clip.recorded_at,
            now=self.clock(),
            zone=self.locale().zone(delivery.clip.network_id),
        )

    def wants_no_sound(self, delivery: Delivery) -> bool:
        """Whether the chat wants no sound now, whatever came: at an old press of the bell nobody waits any more."""
        return delivery.alerts.wants_no_sound(self.clock(), self.locale().zone(delivery.clip.network_id))

    async def posted(self, delivery: Delivery, send: Callable[[int | None], Awaitable[T]]) -> tuple[T, int | None]:
        """Send new messages, in the camera's topic where the chat wants that: what `send` gave back, and the thread.

        `send` is as in `in_topic`. Raises telegram.error.TelegramError.
        """
        if not delivery.alerts.topics:
            return await send(None), None
        clip = delivery.clip
        return await in_topic(self.topics, delivery.chat_id, clip.camera_id, clip.camera_name, send)

    async def edit_words(self, delivery: Delivery, words: str) -> None:
        """Change what stands in a delivery's message, a caption or a text; its buttons stay.

        Raises telegram.error.TelegramError.
        """
        message_id, keyboard = delivery.message_id, await self.keyboard(delivery)
        if delivery.stage is Stage.TEXT:
            try:
                await self.bot.edit_message_text(
                    words, chat_id=delivery.chat_id, message_id=message_id, reply_markup=keyboard
                )
                return
            except BadRequest as error:
                # It has become a video since we were told of it.
                if not has_no_text(error):
                    raise
        await self.bot.edit_message_caption(
            chat_id=delivery.chat_id, message_id=message_id, caption=words, reply_markup=keyboard
        )

    async def small_thumbnail(self, clip: Clip, video: Path, jpeg: bytes | None = None) -> bytes | None:
        """A video's thumbnail as Telegram takes it: of this picture, else of Blink's, else of the first frame.

        None where there is no picture at all.
        """
        picture = jpeg or await self.thumbnails.of(clip)
        try:
            return await self.videos.telegram_thumbnail(picture or await self.videos.first_frame(video))
        except MediaError as error:
            logger.info("clip %s goes without its thumbnail: %s", clip.key, error)
            return None

    async def recorded(self, write: Callable[[], Awaitable[T]]) -> T:
        """Write down what is in a chat already, however long that takes: what is not written is sent again."""
        while True:
            try:
                return await write()
            except DataFolderError as error:
                logger.error("what was sent cannot be written down, trying again in %g s: %s", STORE_REST, error)
                await self.sleep(STORE_REST)
