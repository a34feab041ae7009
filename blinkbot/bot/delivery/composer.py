"""What a delivery's message says and how it arrives: caption, buttons and sound, made anew whenever it is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypedDict, Unpack

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.clip_keyboards import clip_keyboard, is_muted_itself
from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.text import captions
from blinkbot.bot.text import delivery as texts
from blinkbot.bot.text.formatting import escaped
from blinkbot.bot.text.locale import Locale
from blinkbot.domain.deliveries import Delivery
from blinkbot.domain.failures import FailureReason
from blinkbot.domain.preferences import NotificationMode, kind_of, notification_mode
from blinkbot.ports import ChatDirectory, Outbox
from blinkbot.translations import ENGLISH, speaking


class Notes(TypedDict, total=False):
    """What a caption says beside what happened: of how many clips a burst is made; why no video comes; which part is
    done of making it smaller."""

    count: int
    failure: FailureReason | None
    shrunk: float


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes all that is read of deliveries, in the language of each chat."""

    outbox: Outbox
    chats: ChatDirectory
    locale: Callable[[], Locale]
    open_keyboards: OpenKeyboards
    late_after: timedelta

    def caption(self, delivery: Delivery, **notes: Unpack[Notes]) -> str:
        """What stands under a delivery's message, the same from its first one on. See `captions.clip_caption`."""
        failure, shrunk = notes.get("failure"), notes.get("shrunk")
        locale = self.locale()
        delay = (delivery.shown_at or locale.now) - delivery.clip.recorded_at
        with speaking(language_of(delivery.chat_id, self.chats)):
            note = "" if shrunk is None else texts.shrinking(shrunk)
            if failure is not None:
                note = captions.NO_VIDEO(why=escaped(texts.why(failure)))
            worth_telling = delay if delay > self.late_after else None
            return captions.clip_caption(
                delivery.clip, locale, delay=worth_telling, count=notes.get("count", 1), note=note
            )

    def album_caption(self, deliveries: Sequence[Delivery]) -> str:
        """What stands under an album."""
        with speaking(language_of(deliveries[0].chat_id, self.chats)):
            return captions.album_caption([delivery.clip for delivery in deliveries], self.locale())

    async def keyboard(self, delivery: Delivery) -> InlineKeyboardMarkup:
        """The buttons under a delivery's message, as they are to be now: what was opened there stays open."""
        if delivery.message_id is not None:
            opened = self.open_keyboards.at((delivery.chat_id, delivery.message_id))
            if opened is not None:
                return opened
        locale = self.locale()
        # Read anew: the camera may have been muted by the button under its picture since this was claimed.
        mutes = await self.outbox.mutes(delivery.chat_id, locale.now)
        with speaking(language_of(delivery.chat_id, self.chats)):
            muted = is_muted_itself(delivery.clip, mutes, locale.now)
            return clip_keyboard(delivery.clip, locale.home, muted=muted)

    def file_name(self, delivery: Delivery) -> str:
        """What a delivery's video is saved as where it goes as a file."""
        return captions.file_name(delivery.clip, self.locale())

    def mode(self, delivery: Delivery) -> NotificationMode:
        """How the chat wants to be told of a delivery, now."""
        clip, locale = delivery.clip, self.locale()
        return notification_mode(
            kind_of(clip),
            delivery.alerts,
            delivery.mutes,
            network_id=clip.network_id,
            camera_id=clip.camera_id,
            happened_at=clip.recorded_at,
            now=locale.now,
            zone=locale.zone(clip.network_id),
        )

    def wants_no_sound(self, delivery: Delivery) -> bool:
        """Whether the chat wants no sound now for any event: an old press of the bell rings nowhere any more."""
        locale = self.locale()
        return delivery.alerts.wants_no_sound(locale.now, locale.zone(delivery.clip.network_id))


def language_of(chat_id: int, chats: ChatDirectory) -> str:
    """The language that a chat is spoken to in."""
    chat = chats.find(chat_id)
    return (chat.language if chat else None) or ENGLISH
