"""The second step of an alert: the message that showed it becomes its video."""

import asyncio
import logging
from dataclasses import replace

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.attachments import Attachment, KnownVideo, known, stored_file
from blinkbot.bot.client.errors import is_moot, is_stale_file
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.context import Means
from blinkbot.bot.delivery.doorbell import FreshPictures
from blinkbot.domain import Cause
from blinkbot.domain.deliveries import Delivery

logger = logging.getLogger(__name__)


class VideoMessages:
    """Completes what `FirstMessages` has shown. Everything here can be repeated: an edit leaves no second message."""

    def __init__(self, means: Means, bursts: Bursts, doorbell: FreshPictures) -> None:
        self._means = means
        self._incidents = bursts
        self._doorbell = doorbell

    async def complete(self, delivery: Delivery) -> None:
        """Put the video where its first sight stands.

        Raises telegram.error.TelegramError, BlinkError, TooBig and OSError.
        """
        headed = await self._incidents.headed_by(delivery)
        count = headed.count if headed is not None else 1
        message_id = _message_of(delivery)
        buttons = await self._means.keyboard(delivery)
        # Also where the video is known already: the picture must not come after it.
        cover = await self._doorbell.wait(delivery) if delivery.clip.cause is Cause.DOORBELL else None
        try:
            message = await self._put(delivery, count, cover, buttons)
        except BadRequest as error:
            if not is_moot(error):
                raise
            # Somebody deleted it, or it was whole before a crash: in both cases nothing is left to be done.
            logger.info("clip %s needs nothing more in chat %s: %s", delivery.clip.key, delivery.chat_id, error)
            message = None
        file = stored_file(message) if isinstance(message, Message) else None
        await self._means.recorded(
            lambda: self._means.outbox.mark_sent(delivery, message_id, file, thread_id=delivery.thread_id)
        )
        logger.info("clip %s is whole in chat %s", delivery.clip.key, delivery.chat_id)
        if file is not None:
            self._means.downloads.drop(delivery.clip)
        if message is not None:
            await self._keep_buttons(delivery, buttons)
        if delivery.burst_id is not None:
            await self._incidents.bring_up_to_date(
                delivery.burst_id, rendered=count if headed is not None and message is not None else None
            )

    async def _put(
        self, delivery: Delivery, count: int, cover: bytes | None, buttons: InlineKeyboardMarkup
    ) -> Message | bool:
        caption = self._means.caption(delivery, count=count)
        if delivery.file is not None:
            try:
                video = known(delivery.file, caption, buttons)
                if isinstance(video, KnownVideo) and cover is not None:
                    video = replace(video, cover=self._doorbell.known_as(delivery))
                return await self._replaced(delivery, video)
            except BadRequest as error:
                if not is_stale_file(error):
                    raise
                logger.info("Telegram has forgotten the video of clip %s; it is uploaded again", delivery.clip.key)
                await self._means.outbox.forget_file(delivery.clip.key)
        return await self._upload(delivery, count, cover, buttons)

    async def _upload(
        self, delivery: Delivery, count: int, cover: bytes | None, buttons: InlineKeyboardMarkup
    ) -> Message | bool:
        async with self._means.downloads.lent(delivery.clip) as path:

            async def put(video: Attachment) -> Message | bool:
                size = (await asyncio.to_thread(path.stat)).st_size
                async with self._means.uploading:
                    with self._means.speed.measured(size):
                        return await self._replaced(delivery, video)

            return await self._means.uploads.show(
                path,
                self._means.caption(delivery, count=count),
                put,
                thumbnail=await self._means.small_thumbnail(delivery.clip, path, cover),
                keyboard=buttons,
                cover=cover,
                filename=self._means.file_name(delivery),
                progress=lambda part: self._tell_progress(delivery, count, part),
            )

    async def _tell_progress(self, delivery: Delivery, count: int, part: float) -> None:
        note = f"⏳ Making the video small enough for Telegram… {part:.0%}"
        await self._means.edit_words(delivery, self._means.caption(delivery, count=count, note=note))

    async def _keep_buttons(self, delivery: Delivery, sent: InlineKeyboardMarkup) -> None:
        """Put right what was pressed while the video was on its way: it came with the buttons of before."""
        buttons = await self._means.keyboard(delivery)
        if buttons == sent:
            return
        try:
            await self._means.bot.edit_message_reply_markup(
                delivery.chat_id, _message_of(delivery), reply_markup=buttons
            )
        except TelegramError as error:
            logger.info("the buttons under clip %s stay as they were: %s", delivery.clip.key, error)

    async def _replaced(self, delivery: Delivery, video: Attachment) -> Message | bool:
        return await video.replace(self._means.bot, delivery.chat_id, _message_of(delivery))


def _message_of(delivery: Delivery) -> int:
    if delivery.message_id is None:
        raise ValueError(f"delivery {delivery.id} is to be completed, but nothing of it is in a chat")
    return delivery.message_id
