"""Inline buttons in rows."""

from collections.abc import Callable, Iterable

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback, UnknownCallback, decode, encode

LABEL_LENGTH = 48  # Characters of a label: a phone shows fewer than this on one row

Button = tuple[str, Callback]  # A label (plain text) and what it means


def is_one_of(*kinds: type[Callback]) -> Callable[[object], bool]:
    """A pattern for telegram.ext.CallbackQueryHandler: whether the data is a button's of one of these kinds."""

    def is_such(data: object) -> bool:
        try:
            return isinstance(data, str) and isinstance(decode(data), kinds)
        except UnknownCallback:
            return False

    return is_such


def has_button(shown: InlineKeyboardMarkup | None, *kinds: type[Callback]) -> bool:
    is_such = is_one_of(*kinds)
    return shown is not None and any(is_such(each.callback_data) for row in shown.inline_keyboard for each in row)


def rows(buttons: Iterable[Button], *, wide: int = 1) -> list[list[InlineKeyboardButton]]:
    made = [button(label, callback) for label, callback in buttons]
    return [made[index : index + wide] for index in range(0, len(made), wide)]


def keyboard(buttons: Iterable[Button], *, wide: int = 1) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows(buttons, wide=wide))


def button(label: str, callback: Callback) -> InlineKeyboardButton:
    """One button, its label cut where no phone would show it."""
    short = label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1] + "…"
    return InlineKeyboardButton(short, callback_data=encode(callback))
