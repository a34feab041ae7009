"""Buttons that were opened under a clip: an edit that the bot makes meanwhile is not to fold them up again.

An alert's message is edited within seconds: the video comes, the count grows. Telegram takes buttons with each edit,
and those of before would come just when a finger is on its way to “Yes, delete”.
"""

from collections import OrderedDict

from telegram import InlineKeyboardMarkup

KEPT = 64  # Messages that are remembered; those of before are not edited any more

MessageKey = tuple[int, int]  # A chat and a message in it


class OpenKeyboards:
    """What stands under messages in the place of their first buttons. It is forgotten at a stop, after which hardly an
    edit is due."""

    def __init__(self) -> None:
        self._buttons: OrderedDict[MessageKey, InlineKeyboardMarkup] = OrderedDict()

    def at(self, place: MessageKey) -> InlineKeyboardMarkup | None:
        """What is open under a message; None where that has its first buttons."""
        return self._buttons.get(place)

    def keep(self, place: MessageKey, buttons: InlineKeyboardMarkup) -> None:
        self._buttons[place] = buttons
        self._buttons.move_to_end(place)
        if len(self._buttons) > KEPT:
            self._buttons.popitem(last=False)

    def fold(self, place: MessageKey) -> None:
        self._buttons.pop(place, None)
