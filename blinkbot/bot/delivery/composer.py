"""What a delivery's message says and how it arrives: caption, buttons and sound, made anew whenever it is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple, TypedDict, Unpack

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.clip_keyboards import clip_keyboard, is_muted_itself
from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.text import captions
from blinkbot.bot.text import delivery as texts
from blinkbot.bot.text.formatting import escaped
from blinkbot.bot.text.locale import Locale, speaking_to
from blinkbot.domain import Clip, Home
from blinkbot.domain.deliveries import Delivery
from blinkbot.domain.failures import FailureReason
from blinkbot.domain.preferences import NotificationMode, kind_of, notification_mode
from blinkbot.ports import ChatDirectory, Outbox


class Notes(TypedDict, total=False):
    """What a caption says beside what happened: of how many clips a burst is made; why no video comes; which part is
    done of making it smaller."""

    count: int
    failure: FailureReason | None
    shrunk: float


class ButtonState(NamedTuple):
    """What the buttons under a clip are made of: those that were opened there, else the home and the mutes."""

    opened: InlineKeyboardMarkup | None
    home: Home
    muted: bool = False

    def keyboard(self, clip: Clip) -> InlineKeyboardMarkup:
        """The buttons; what was opened stays open."""
        return self.opened or clip_keyboard(clip, self.home, muted=self.muted)


class Composed(NamedTuple):
    """What a delivery's message says: the same caption from its first one on. `file_name` is what its video is saved as
    where it goes as a file."""

    caption: str
    keyboard: InlineKeyboardMarkup
    file_name: str
    buttons: ButtonState


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes all that is read of deliveries, in the language of each chat."""

    outbox: Outbox
    chats: ChatDirectory
    locale: Callable[[], Locale]
    open_keyboards: OpenKeyboards
    late_after: timedelta

    async def compose(self, delivery: Delivery, **notes: Unpack[Notes]) -> Composed:
        """All that a delivery's message says, now. See `captions.clip_caption`."""
        locale = self.locale()
        buttons = await self._buttons(delivery, locale)
        with speaking_to(delivery.chat_id, self.chats):
            caption, file_name = self._caption(delivery, locale, **notes), captions.file_name(delivery.clip, locale)
            return Composed(caption, buttons.keyboard(delivery.clip), file_name, buttons)

    async def changed_keyboard(self, delivery: Delivery, sent: Composed) -> InlineKeyboardMarkup | None:
        """The buttons under a delivery's message, where they are to be others by now than those that it came with."""
        buttons = await self._buttons(delivery, self.locale())
        if buttons == sent.buttons:
            return None
        with speaking_to(delivery.chat_id, self.chats):
            keyboard = buttons.keyboard(delivery.clip)
        return None if keyboard == sent.keyboard else keyboard

    def album_caption(self, deliveries: Sequence[Delivery]) -> str:
        """What stands under an album."""
        with speaking_to(deliveries[0].chat_id, self.chats):
            return captions.album_caption([delivery.clip for delivery in deliveries], self.locale())

    def _caption(self, delivery: Delivery, locale: Locale, **notes: Unpack[Notes]) -> str:
        failure, shrunk = notes.get("failure"), notes.get("shrunk")
        delay = (delivery.shown_at or locale.now) - delivery.clip.recorded_at
        note = "" if shrunk is None else texts.shrinking(shrunk)
        if failure is not None:
            note = captions.NO_VIDEO(why=escaped(texts.why(failure)))
        worth_telling = delay if delay > self.late_after else None
        return captions.clip_caption(delivery.clip, locale, delay=worth_telling, count=notes.get("count", 1), note=note)

    async def _buttons(self, delivery: Delivery, locale: Locale) -> ButtonState:
        if delivery.message_id is not None:
            opened = self.open_keyboards.at((delivery.chat_id, delivery.message_id))
            if opened is not None:
                return ButtonState(opened, locale.home)
        # Read anew: the camera may have been muted by the button under its picture since this was claimed.
        mutes = await self.outbox.mutes(delivery.chat_id, locale.now)
        return ButtonState(None, locale.home, is_muted_itself(delivery.clip, mutes, locale.now))

    def mode(self, delivery: Delivery) -> NotificationMode:
        """The chat's notification mode for a delivery, now."""
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
        """Whether the chat wants no sound now for it: an old press of the bell rings in no quiet hours any more."""
        locale = self.locale()
        clip = delivery.clip
        return delivery.alerts.wants_no_sound(kind_of(clip), locale.now, locale.zone(clip.network_id))
