"""What a chat is told where no video comes: under the clip's picture, in its own message where there is one."""

import logging
from dataclasses import dataclass

from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.attachments import Photo, Place, Words
from blinkbot.bot.client.errors import is_moot, is_refused_file
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.pictures import Pictures
from blinkbot.bot.delivery.sender import Sender
from blinkbot.domain.deliveries import Delivery
from blinkbot.domain.failures import FailureReason

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FailureMessages:
    """Tells a chat why a clip's video does not come."""

    composer: Composer
    sender: Sender
    pictures: Pictures
    bursts: Bursts

    async def tell(self, delivery: Delivery, why: FailureReason, *, picture: bool = True) -> None:
        """Say why; without a `picture`, in words alone where nothing of the clip is there yet.

        Raises telegram.error.TelegramError.
        """
        if delivery.message_id is not None:
            await self._tell_in_place(delivery, why)
            return
        caption, buttons = self.composer.caption(delivery, failure=why), await self.composer.keyboard(delivery)
        place = Place(silent=delivery.backlog)
        jpeg = await self.pictures.thumbnail(delivery.clip) if picture else None
        if jpeg is not None:
            try:
                await self.sender.send(delivery, Photo(jpeg, caption, buttons), place)
            except TelegramError as error:
                if not is_refused_file(error):
                    raise
                logger.info("Telegram does not take a picture of clip %s: %s", delivery.clip.key, error)
            else:
                return
        await self.sender.send(delivery, Words(caption, buttons), place)

    async def _tell_in_place(self, delivery: Delivery, why: FailureReason) -> None:
        """The picture stays, and says under it why no video comes."""
        count = await self.bursts.count_in(delivery) or 1
        try:
            await self.sender.reword(delivery, count=count, failure=why)
        except BadRequest as error:
            if not is_moot(error):
                raise
