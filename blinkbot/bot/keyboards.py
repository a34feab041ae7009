"""Inline buttons, and what their callback data means.

Telegram hands callback data back from any message of any age, and a modified client may send whatever it likes:
data is short (64 bytes at most), carries a version, and is read strictly. Ids in it are checked by whoever acts.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from blinkbot.domain import ArmAction

VERSION = "1"
LABEL_LENGTH = 48
"""Characters of a label: a phone shows fewer than this on one row."""


@dataclass(frozen=True, slots=True)
class SwitchNetwork:
    """Arm or disarm one network, or every one (None)."""

    action: ArmAction
    network_id: int | None


@dataclass(frozen=True, slots=True)
class TakePicture:
    """A new picture by one camera, or by every one (None)."""

    camera_id: int | None


@dataclass(frozen=True, slots=True)
class PlayClip:
    """Send the video of one clip."""

    key: str


@dataclass(frozen=True, slots=True)
class ShowClips:
    """Turn the list of clips, of one camera or of all (None), to a page."""

    camera_id: int | None
    page: int


@dataclass(frozen=True, slots=True)
class SwitchSchedule:
    """Switch a schedule on or off."""

    network_id: int
    schedule_id: int
    on: bool


@dataclass(frozen=True, slots=True)
class SignInToBlink:
    """Start a sign-in; while a code is awaited, that sends a new one."""


Tap = SwitchNetwork | TakePicture | PlayClip | ShowClips | SwitchSchedule | SignInToBlink
T = TypeVar("T", bound=Tap)


class UnknownTap(ValueError):
    """Callback data that this version never made."""


def encode(tap: Tap) -> str:
    """Callback data for a tap. Raises ValueError when it would not fit Telegram's 64 bytes."""
    match tap:
        case SwitchNetwork(action, network_id):
            fields = ["arm" if action is ArmAction.ARM else "dis", _id(network_id)]
        case TakePicture(camera_id):
            fields = ["snap", _id(camera_id)]
        case PlayClip(key):
            fields = ["play", key]
        case ShowClips(camera_id, page):
            fields = ["clips", _id(camera_id), str(page)]
        case SwitchSchedule(network_id, schedule_id, on):
            fields = ["on" if on else "off", str(network_id), str(schedule_id)]
        case SignInToBlink():
            fields = ["signin"]
    data = ":".join([VERSION, *fields])
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"callback data is longer than Telegram takes: {data}")
    return data


_ID = r"(0|[1-9][0-9]{0,18})"
_PAGE = r"(0|[1-9][0-9]{0,5})"
_READERS: tuple[tuple[re.Pattern[str], Callable[..., Tap]], ...] = (
    (re.compile(rf"arm:{_ID}|arm:all"), lambda text: SwitchNetwork(ArmAction.ARM, _read(text))),
    (re.compile(rf"dis:{_ID}|dis:all"), lambda text: SwitchNetwork(ArmAction.DISARM, _read(text))),
    (re.compile(rf"snap:{_ID}|snap:all"), lambda text: TakePicture(_read(text))),
    (re.compile(r"play:([a-z]{1,10}:[!-~]{1,50})"), PlayClip),
    (re.compile(rf"clips:(?:{_ID}|all):{_PAGE}"), lambda text, page: ShowClips(_read(text), int(page))),
    (re.compile(rf"on:{_ID}:{_ID}"), lambda network, schedule: SwitchSchedule(int(network), int(schedule), on=True)),
    (re.compile(rf"off:{_ID}:{_ID}"), lambda network, schedule: SwitchSchedule(int(network), int(schedule), on=False)),
    (re.compile(r"signin"), SignInToBlink),
)


def decode(data: str) -> Tap:
    """What was tapped. Raises UnknownTap for anything that `encode` does not make."""
    version, _, rest = data.partition(":")
    if version == VERSION:
        for pattern, make in _READERS:
            if found := pattern.fullmatch(rest):
                return make(*found.groups())
    raise UnknownTap("callback data of another version")


def means(kind: type[T]) -> Callable[[object], bool]:
    """A pattern for telegram.ext.CallbackQueryHandler: whether the data is a tap of this kind."""

    def is_such(data: object) -> bool:
        try:
            return isinstance(data, str) and isinstance(decode(data), kind)
        except UnknownTap:
            return False

    return is_such


def rows(buttons: Iterable[tuple[str, Tap]], *, wide: int = 1) -> list[list[InlineKeyboardButton]]:
    """Buttons in rows of `wide`."""
    made = [button(label, tap) for label, tap in buttons]
    return [made[index : index + wide] for index in range(0, len(made), wide)]


def keyboard(buttons: Sequence[tuple[str, Tap]], *, wide: int = 1) -> InlineKeyboardMarkup:
    """A whole keyboard of such rows."""
    return InlineKeyboardMarkup(rows(buttons, wide=wide))


def button(label: str, tap: Tap) -> InlineKeyboardButton:
    """One button, its label cut where no phone would show it."""
    short = label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1] + "…"
    return InlineKeyboardButton(short, callback_data=encode(tap))


def _id(value: int | None) -> str:
    return "all" if value is None else str(value)


def _read(text: str | None) -> int | None:
    return None if text is None else int(text)
