"""Inline buttons in rows."""

from collections.abc import Callable, Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback, UnknownCallback, decode, encode

LABEL_LENGTH = 48
"""Characters of a label: a phone shows fewer than this on one row."""


def means(kind: type[object]) -> Callable[[object], bool]:
    """A pattern for telegram.ext.CallbackQueryHandler: whether the data is a tap of this kind."""

    def is_such(data: object) -> bool:
        try:
            return isinstance(data, str) and isinstance(decode(data), kind)
        except UnknownCallback:
            return False

    return is_such


def rows(buttons: Iterable[tuple[str, Callback]], *, wide: int = 1) -> list[list[InlineKeyboardButton]]:
    """Buttons in rows of `wide`."""
    made = [button(label, tap) for label, tap in buttons]
    return [made[index : index + wide] for index in range(0, len(made), wide)]


def keyboard(buttons: Sequence[tuple[str, Callback]], *, wide: int = 1) -> InlineKeyboardMarkup:
    """A whole keyboard of such rows."""
    return InlineKeyboardMarkup(rows(buttons, wide=wide))


def button(label: str, tap: Callback) -> InlineKeyboardButton:
    """One button, its label cut where no phone would show it."""
    short = label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1] + "…"
    return InlineKeyboardButton(short, callback_data=encode(tap))
