"""Callback data: a button's meaning in Telegram's 64 bytes, and back.

Telegram hands callback data back from any message of any age, and a modified client may send whatever it likes: data
carries a version and is read strictly, so that exactly what `encode` makes is read. Ids in it are checked by whoever
acts. A word of an older version that buttons in chats still carry is never given another meaning.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from telegram.constants import InlineKeyboardButtonLimit

from blinkbot.bot.buttons import callbacks as taps
from blinkbot.bot.buttons.callbacks import Callback, Found
from blinkbot.domain import ArmAction
from blinkbot.domain.preferences import AlertKind, Scope, Target

VERSION = "1"


class UnknownCallback(ValueError):
    """Callback data that this version never made."""


@dataclass(frozen=True, slots=True)
class Part:
    """How one value is written in so many fields. `read` raises ValueError, KeyError for what `write` never makes."""

    width: int
    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _whole(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not 0 <= number <= most:
            raise ValueError(text)
        return number

    return read


def _or_word(word: str, read: Callable[[str], int]) -> Callable[[str], int | None]:
    return lambda text: None if text == word else read(text)


def _write_found(found: Found) -> str:
    camera = "all" if found.camera_id is None else str(found.camera_id)
    ends = ("" if end is None else str(end) for end in (found.since, found.until))
    return ":".join([camera, *ends])


def _read_found(text: str) -> Found:
    camera, since, until = text.split(":")
    return Found(_or_word("all", _ID)(camera), _or_word("", _MINUTE)(since), _or_word("", _MINUTE)(until))


def _key(text: str) -> str:
    kind, _, rest = text.partition(":")
    if not (kind.isascii() and kind.islower() and 1 <= len(kind) <= 10 and 1 <= len(rest) <= 50):
        raise ValueError(text)
    if not all("!" <= char <= "~" for char in rest):
        raise ValueError(text)
    return text


_ID = _whole(2**63 - 1)
_MINUTE = _whole(10**9)
TO_THE_END = 0

ID = Part(1, str, _ID)
ID_OR_ALL = Part(1, lambda value: "all" if value is None else str(value), _or_word("all", _ID))
MINUTE = Part(1, str, _MINUTE)
COUNT = Part(1, str, _whole(999_999))
FLAG = Part(1, lambda on: "on" if on else "off", {"on": True, "off": False}.__getitem__)
KEY = Part(TO_THE_END, str, _key)
FOUND = Part(3, _write_found, _read_found)
TARGET = Part(
    2,
    lambda target: f"{target.scope}:{target.id}",
    lambda text: Target(Scope(text.partition(":")[0]), _ID(text.partition(":")[2])),
)
KIND = Part(1, str, AlertKind)
CHOICE = Part(1, str, taps.Choice)


@dataclass(frozen=True, slots=True)
class Form:
    """How a kind of tap is written: a word, then its values in the order of the class; `fixed` ones go without."""

    word: str
    kind: type[Any]
    parts: tuple[Part, ...] = ()
    fixed: dict[str, object] = field(default_factory=dict)

    def write(self, tap: Callback) -> str:
        """The data of a tap of this kind."""
        free = [each.name for each in fields(tap) if each.name not in self.fixed]
        return ":".join(
            [self.word, *(part.write(getattr(tap, name)) for name, part in zip(free, self.parts, strict=True))]
        )

    def read(self, data: str) -> Callback:
        """The tap of such data. Raises ValueError or KeyError."""
        left = data.split(":")[1:]
        values = []
        for part in self.parts:
            width = part.width or len(left)
            taken, left = left[:width], left[width:]
            if len(taken) != width:
                raise ValueError(data)
            values.append(part.read(":".join(taken)))
        if left:
            raise ValueError(data)
        free = [each.name for each in fields(self.kind) if each.name not in self.fixed]
        tap: Callback = self.kind(**dict(zip(free, values, strict=True)), **self.fixed)
        return tap

    def fits(self, tap: Callback) -> bool:
        """Whether a tap is written this way."""
        return type(tap) is self.kind and all(getattr(tap, name) == value for name, value in self.fixed.items())


FORMS = (
    Form("arm", taps.SwitchNetwork, (ID_OR_ALL,), {"action": ArmAction.ARM}),
    Form("dis", taps.SwitchNetwork, (ID_OR_ALL,), {"action": ArmAction.DISARM}),
    Form("snap", taps.TakePicture, (ID_OR_ALL,)),
    Form("live", taps.WatchLive, (ID,)),
    Form("light", taps.SwitchLight, (ID, FLAG)),
    Form("siren?", taps.AskSiren, (ID,)),
    Form("siren", taps.SwitchSiren, (ID, FLAG)),
    Form("on", taps.SwitchSchedule, (ID, ID), {"on": True}),
    Form("off", taps.SwitchSchedule, (ID, ID), {"on": False}),
    Form("no", taps.Dismiss),
    Form("signin", taps.SignInToBlink),
    Form("play", taps.PlayClip, (KEY,)),
    Form("more", taps.MoreAboutClip, (KEY,)),
    Form("less", taps.LessAboutClip, (KEY,)),
    Form("sheet", taps.ShowSheet, (KEY,)),
    Form("file", taps.SendAsFile, (KEY,)),
    Form("del?", taps.AskDeleteClip, (KEY,)),
    Form("del", taps.DeleteClip, (KEY,)),
    Form("clips", taps.ShowClips, (ID_OR_ALL, COUNT)),
    Form("found", taps.ShowFound, (FOUND, COUNT)),
    Form("days", taps.ShowDays, (FOUND, COUNT)),
    Form("all", taps.PlayAll, (FOUND, COUNT)),
    Form("delall?", taps.AskDeleteAll, (FOUND,)),
    Form("delall", taps.DeleteAll, (FOUND, COUNT)),
    Form("mute", taps.MuteFor, (TARGET, COUNT)),
    Form("muteuntil", taps.MuteUntil, (TARGET, MINUTE)),
    Form("unmute", taps.Unmute, (TARGET,)),
    Form("snooze", taps.SnoozeFor, (TARGET, COUNT)),
    Form("snoozeuntil", taps.SnoozeUntil, (TARGET, MINUTE)),
    Form("quiet", taps.QuietFrom, (COUNT, COUNT)),
    Form("noquiet", taps.QuietOff),
    Form("alerts", taps.ShowAlerts, (FLAG,)),
    Form("kind", taps.SwitchKind, (KIND, FLAG)),
    Form("cam", taps.SwitchCamera, (ID, FLAG)),
    Form("choose", taps.SwitchChoice, (CHOICE, FLAG)),
    Form("topics", taps.SwitchTopics, (FLAG,)),
)
_BY_WORD = {form.word: form for form in FORMS}


def encode(tap: Callback) -> str:
    """Callback data for a tap. Raises ValueError when it would not fit Telegram's 64 bytes."""
    form = next(form for form in FORMS if form.fits(tap))
    data = f"{VERSION}:{form.write(tap)}"
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"callback data is longer than Telegram takes: {data}")
    return data


def decode(data: str) -> Callback:
    """What was tapped. Raises UnknownCallback for anything that `encode` does not make."""
    version, _, rest = data.partition(":")
    form = _BY_WORD.get(rest.partition(":")[0])
    if version == VERSION and form is not None:
        try:
            tap = form.read(rest)
            # Numbers can be written in several ways, a button writes them in one.
            if encode(tap) == data:
                return tap
        except (ValueError, KeyError) as error:
            raise UnknownCallback("callback data that no button sends") from error
    raise UnknownCallback("callback data of another version")
