"""What becomes of a delivery that failed; where no video comes, the chat is told so under the clip's picture."""

import logging
from dataclasses import dataclass, replace

from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.attachments import Photo, Place, Words
from blinkbot.bot.client.errors import is_moot, is_refused_file
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.failure_policy import Decision, FailurePolicy, GiveUp
from blinkbot.bot.delivery.pictures import Pictures
from blinkbot.bot.delivery.sender import Sender
from blinkbot.domain.deliveries import Delivery
from blinkbot.domain.failures import FailureReason

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DeliveryFailures:
    """Settles deliveries that failed: they are tried again, or their chats are told why no video comes."""

    composer: Composer
    sender: Sender
    pictures: Pictures
    bursts: Bursts
    policy: FailurePolicy[Delivery]

    async def settle(self, delivery: Delivery, error: Exception) -> None:
        """Do what the policy decides after this error."""
        decision = self.policy.decide(error, delivery)
        if isinstance(decision, GiveUp) and decision.tell is not None:
            delivery = replace(delivery, failure=decision.tell)
            decision = await self._told(delivery, decision, decision.tell)
        await self.policy.carry_out(decision, delivery)

    async def _told(self, delivery: Delivery, decision: GiveUp, why: FailureReason) -> Decision:
        """The decision after telling the chat of it: another one where the telling has to wait."""
        try:
            await self._tell(delivery, why, picture=not decision.in_words_alone)
        except BadRequest as error:
            logger.warning("chat %d could not be told about clip %s: %s", delivery.chat_id, delivery.clip.key, error)
        except TelegramError as error:
            return self.policy.decide(error, delivery)
        return decision

    async def _tell(self, delivery: Delivery, why: FailureReason, *, picture: bool) -> None:
        """Say why; without a `picture`, in words alone where nothing of the clip is there yet."""
        if delivery.message_id is not None:
            await self._tell_in_place(delivery, why)
            return
        caption, buttons, *_ = await self.composer.compose(delivery, failure=why)
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
