"""The second step of an alert: the message that showed it becomes its video."""

import logging
from dataclasses import dataclass
from functools import partial

from telegram import Message
from telegram.error import BadRequest

from blinkbot.bot.client.attachments import stored_file
from blinkbot.bot.client.errors import is_moot
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.clip_videos import ClipVideos
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.doorbell import FreshPictures
from blinkbot.bot.delivery.sender import Sender, message_of
from blinkbot.domain import Cause
from blinkbot.domain.deliveries import Delivery

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VideoMessages:
    """Completes what `FirstMessages` has shown. Everything here can be repeated: an edit leaves no second message."""

    composer: Composer
    sender: Sender
    videos: ClipVideos
    bursts: Bursts
    doorbell: FreshPictures

    async def complete(self, delivery: Delivery) -> None:
        """Put the video where its first message stands.

        Raises telegram.error.TelegramError, BlinkError, TooBig and OSError.
        """
        shown_count = await self.bursts.count_in(delivery)
        count = shown_count or 1
        message_id = message_of(delivery)
        # Also where the video is known already: the picture must not come after it.
        cover = await self.doorbell.wait(delivery) if delivery.clip.cause is Cause.DOORBELL else None
        composed = await self.composer.compose(delivery, count=count)
        try:
            message = await self.videos.put(
                delivery,
                partial(self.sender.replace, delivery),
                composed,
                cover=cover,
                cover_id=None if cover is None else self.doorbell.known_as(delivery),
                progress=lambda part: self.sender.reword(delivery, count=count, shrunk=part),
            )
        except BadRequest as error:
            if not is_moot(error):
                raise
            # It was deleted, or was whole before a crash: in both cases nothing is left to be done.
            logger.info("clip %s needs nothing more in chat %s: %s", delivery.clip.key, delivery.chat_id, error)
            message = None
        file = stored_file(message) if isinstance(message, Message) else None
        await self.videos.arrived(delivery, message_id, file, delivery.thread_id)
        if message is not None:
            await self.sender.change_buttons(delivery, composed)
        if delivery.burst_id is not None:
            rendered = None if message is None else shown_count
            await self.bursts.bring_up_to_date(delivery.burst_id, rendered=rendered)
