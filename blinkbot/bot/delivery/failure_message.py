"""What a chat is told where no video comes: under the clip's picture, in its own message where there is one."""

import logging

from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.attachments import Photo
from blinkbot.bot.client.errors import is_moot, is_refused_file
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.context import Means
from blinkbot.bot.text.captions import NO_VIDEO
from blinkbot.bot.text.formatting import escaped
from blinkbot.domain.deliveries import Delivery

logger = logging.getLogger(__name__)


class FailureMessages:
    """Tells a chat why a clip's video does not come."""

    def __init__(self, means: Means, bursts: Bursts) -> None:
        self._means = means
        self._incidents = bursts

    async def tell(self, delivery: Delivery, why: str, *, picture: bool = True) -> None:
        """Say why (plain text); without a `picture`, in words alone where nothing of the clip is there yet.

        Raises telegram.error.TelegramError.
        """
        note = NO_VIDEO(why=escaped(why))
        if delivery.message_id is not None:
            await self._tell_in_place(delivery, note)
        elif not (picture and await self._told_under_picture(delivery, note)):
            await self._tell_in_words(delivery, note)

    async def _tell_in_place(self, delivery: Delivery, note: str) -> None:
        """The picture stays, and says under it why no video comes."""
        headed = await self._incidents.headed_by(delivery)
        words = self._means.caption(delivery, count=headed.count if headed else 1, note=note)
        try:
            await self._means.edit_words(delivery, words)
        except BadRequest as error:
            if not is_moot(error):
                raise

    async def _told_under_picture(self, delivery: Delivery, note: str) -> bool:
        """Whether the chat was told under the clip's thumbnail: there may be none, or none that Telegram takes."""
        jpeg = await self._means.thumbnails.of(delivery.clip)
        if jpeg is None:
            return False
        photo = Photo(jpeg, self._means.caption(delivery, note=note), await self._means.keyboard(delivery))
        bot, chat_id = self._means.bot, delivery.chat_id
        try:
            await self._means.posted(
                delivery, lambda thread_id: photo.send(bot, chat_id, thread_id=thread_id, silent=delivery.backlog)
            )
        except TelegramError as error:
            if not is_refused_file(error):
                raise
            logger.info("Telegram does not take a picture of clip %s: %s", delivery.clip.key, error)
            return False
        return True

    async def _tell_in_words(self, delivery: Delivery, note: str) -> None:
        words, keyboard = self._means.caption(delivery, note=note), await self._means.keyboard(delivery)
        await self._means.posted(
            delivery,
            lambda thread_id: self._means.bot.send_message(
                delivery.chat_id,
                words,
                reply_markup=keyboard,
                message_thread_id=thread_id,
                disable_notification=delivery.backlog,
            ),
        )
