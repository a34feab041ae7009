"""The further steps of an alert: the message that showed it becomes its video, and says what Blink says late."""

import logging
from dataclasses import dataclass
from functools import partial

from telegram import Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from blinkbot.bot.client.attachments import Photo, photo_id, stored_file
from blinkbot.bot.client.concurrency import first_of
from blinkbot.bot.client.errors import is_moot
from blinkbot.bot.client.retry import Sleep, wait_after
from blinkbot.bot.delivery.bursts import CATCH_UP_AFTER, RECENT, Bursts
from blinkbot.bot.delivery.clip_videos import ClipVideos
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.doorbell import FreshPictures
from blinkbot.bot.delivery.pictures import Pictures
from blinkbot.bot.delivery.sender import Sender, message_of
from blinkbot.domain import Cause
from blinkbot.domain.deliveries import Delivery, DeliveryState, Stage
from blinkbot.domain.failures import FailureCode, FailureReason
from blinkbot.errors import CutShort
from blinkbot.locks import Locks
from blinkbot.ports import Clock, Outbox

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class VideoMessages:
    """Completes what `FirstMessages` has shown. Everything here can be repeated: an edit leaves no second message."""

    composer: Composer
    sender: Sender
    videos: ClipVideos
    bursts: Bursts
    fresh_pictures: FreshPictures
    locks: Locks

    async def complete(self, delivery: Delivery) -> None:
        """Put the video where its first message stands.

        Raises telegram.error.TelegramError, BlinkError, TooBig and OSError.
        """
        shown_count = await self.bursts.count_in(delivery)
        count = shown_count or 1
        message_id = message_of(delivery)
        # Also where the video is known already: the picture must not come after it.
        fresh = await self.fresh_pictures.wait(delivery)
        cover = fresh if delivery.clip.cause is Cause.DOORBELL else None
        async with self.locks[delivery.id]:
            pass  # The same for what came late: none is begun any more, since the delivery is being sent.
        composed = await self.composer.compose(delivery, count=count)
        try:
            message = await self.videos.put(
                delivery,
                partial(self.sender.replace, delivery),
                composed,
                cover=cover,
                cover_id=None if cover is None else self.fresh_pictures.known_as(delivery),
                progress=lambda part: self.sender.reword(delivery, count=count, shrunk=part),
            )
        except CutShort:
            if delivery.stage is Stage.PIECE or not self.videos.may_be_a_piece(delivery):
                raise
            await self._show_piece(delivery, count)
            return
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

    async def _show_piece(self, delivery: Delivery, count: int) -> None:
        """Put there what Blink has of a video that it does not finish; it waits to become the whole one."""
        why = FailureReason(FailureCode.UNFINISHED)
        composed = await self.composer.compose(delivery, count=count, failure=why)
        await self.videos.put(delivery, partial(self.sender.replace, delivery), composed, piece=True)
        await self.videos.shown(delivery, Stage.PIECE)
        logger.info("a piece of clip %s is in chat %s", delivery.clip.key, delivery.chat_id)


@dataclass(frozen=True, slots=True)
class LateWords:
    """Lets messages say what Blink says only after they were sent: who was seen, its sentence, a picture. Silently.

    What stands in a message is written down, so that none is forgotten over a stop.
    """

    outbox: Outbox
    composer: Composer
    sender: Sender
    pictures: Pictures
    bursts: Bursts
    locks: Locks
    clock: Clock
    sleep: Sleep

    async def keep_up(self) -> None:
        """Change messages as Blink says more, those of before the last stop first; for ever."""
        while True:
            wait = await self.catch_up()
            if wait is None:
                await self.outbox.wait_for_late_words()
            else:
                await first_of(self.outbox.wait_for_late_words(), self.sleep(wait))

    async def catch_up(self) -> float | None:
        """Change what is to be changed now; seconds until the next try, None where Telegram took all of it."""
        waits = [await self._update(each) for each in await self.outbox.outdated(self.clock() - RECENT)]
        return max((wait for wait in waits if wait is not None), default=None)

    async def _update(self, delivery_id: int) -> float | None:
        async with self.locks[delivery_id]:
            delivery = await self.outbox.delivery(delivery_id)
            if delivery is None or delivery.state is DeliveryState.SENDING:
                return None
            try:
                await self._show(delivery)
            except BadRequest as error:
                if not is_moot(error):
                    logger.warning("clip %s stays as it is in chat %s: %s", delivery.clip.key, delivery.chat_id, error)
            except (Forbidden, ChatMigrated) as error:
                logger.info("chat %s is shown no more of clip %s: %s", delivery.chat_id, delivery.clip.key, error)
            except TelegramError as error:
                logger.info("chat %s is shown more in a moment: %s", delivery.chat_id, error)
                return max(CATCH_UP_AFTER, wait_after(error, 0))
            await self.outbox.mark_up_to_date(delivery)
            return None

    async def _show(self, delivery: Delivery) -> None:
        count = await self.bursts.count_in(delivery)
        is_in_words = delivery.stage is Stage.TEXT and delivery.failure is None and not _is_whole(delivery)
        jpeg = await self.pictures.thumbnail(delivery.clip) if is_in_words else None
        if jpeg is None:
            await self.sender.reword(delivery, count=count or 1, failure=delivery.failure)
            return
        caption, keyboard, *_ = await self.composer.compose(delivery, count=count or 1)
        message = await self.sender.replace(delivery, Photo(jpeg, caption, keyboard))
        file_id = photo_id(message) if isinstance(message, Message) else None
        await self.outbox.mark_shown(delivery, message_of(delivery), Stage.PHOTO, photo_id=file_id)


def _is_whole(delivery: Delivery) -> bool:
    """Whether the video is in the chat."""
    return delivery.state is DeliveryState.SENT and delivery.clip.has_video
