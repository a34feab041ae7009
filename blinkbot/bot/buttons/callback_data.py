"""Callback data: a button's word and values in Telegram's 64 bytes, and back.

A kind of button is declared once, as a `Callback` with its word and its fields; the fields' types tell how they are
written. Telegram hands callback data back from any message of any age, and a modified client may send what it likes:
data carries a version and is read strictly, so that exactly what `encode` makes is read. Ids in it are checked by the
handler. A word that buttons in chats still carry is never given another meaning.
"""

import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, ClassVar, dataclass_transform

from telegram.constants import InlineKeyboardButtonLimit

from blinkbot.domain import Seen
from blinkbot.domain.preferences import Scope, Target
from blinkbot.domain.timezones import EPOCH

VERSION = "1"
MOST_COUNTED = 999_999
LAST_MINUTE = 10**9

_MINUTE = timedelta(minutes=1)

kinds: dict[str, type["Callback"]] = {}  # Every kind of button by its word


class UnknownCallback(ValueError):
    """Callback data that this version never made."""


@dataclass_transform(frozen_default=True)
class Callback:
    """What a button means: a frozen dataclass, declared with the word that stands for it in callback data.

    Fields may be ids (int), ids or "all" (int | None), flags (bool), members of a StrEnum, a clip's key (Key, last),
    and the types named below.
    """

    word: ClassVar[str]
    codecs: ClassVar[dict[str, "Codec"]]
    """How each field is written, in their order."""

    def __init_subclass__(cls, *, word: str) -> None:
        if word in kinds:
            raise TypeError(f"two buttons are called {word!r}")
        dataclass(frozen=True)(cls)
        hints = typing.get_type_hints(cls, include_extras=True)
        cls.codecs = {field.name: _codec_of(hints[field.name]) for field in fields(cls)}  # type: ignore[arg-type]
        cls.word = word
        kinds[word] = cls


@dataclass(frozen=True, slots=True)
class Found:
    """What a list of clips is of: a camera or all (None), and a time in whole minutes since 1970, open where None. The
    end is not part of it. `seen`: those alone in which Blink saw this."""

    camera_id: int | None
    since: int | None
    until: int | None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Codec:
    """How a value is written in `width` parts (0: all that are left); `read` refuses what `write` never makes."""

    width: int
    write: Callable[[Any], str]
    read: Callable[[str], Any]


def _whole(most: int, *, none: str | None = None) -> Codec:
    """Whole numbers from 0 on; `none` is how None is written, where it may be None."""

    def read(text: str) -> int | None:
        if none is not None and text == none:
            return None
        number = int(text)
        if not 0 <= number <= most:
            raise ValueError(text)
        return number

    return Codec(1, lambda value: str(none if value is None else value), read)


def _read_found(text: str) -> Found:
    of, since, until = text.split(":")
    camera, dot, code = of.partition(".")
    seen = _SEEN_BY_CODE[code] if dot else None
    return Found(_ID_OR_ALL.read(camera), _MINUTE_OR_OPEN.read(since), _MINUTE_OR_OPEN.read(until), seen)


def _write_found(found: Found) -> str:
    ends = (_MINUTE_OR_OPEN.write(end) for end in (found.since, found.until))
    of = _ID_OR_ALL.write(found.camera_id)
    return ":".join([of if found.seen is None else f"{of}.{_SEEN_CODES[found.seen]}", *ends])


def _read_target(text: str) -> Target:
    scope, _, number = text.partition(":")
    return Target(Scope(scope), _ID.read(number))


def _read_key(text: str) -> str:
    kind, _, rest = text.partition(":")
    if not (kind.isascii() and kind.islower() and 1 <= len(kind) <= 10 and 1 <= len(rest) <= 50):
        raise ValueError(text)
    if not all("!" <= char <= "~" for char in rest):
        raise ValueError(text)
    return text


def minutes_of(at: datetime, *, up: bool = False) -> int:
    """An instant in whole minutes since 1970, as buttons carry it: the one that has begun, or with `up` the next."""
    return -((EPOCH - at) // _MINUTE) if up else (at - EPOCH) // _MINUTE


def instant_of(minutes: int) -> datetime:
    return EPOCH + minutes * _MINUTE


_ID = _whole(2**63 - 1)
_ID_OR_ALL = _whole(2**63 - 1, none="all")
_MINUTE_OR_OPEN = _whole(LAST_MINUTE, none="")

# With whole words a button would not fit.
_SEEN_CODES = {Seen.PERSON: "p", Seen.VEHICLE: "v", Seen.ANIMAL: "a", Seen.PACKAGE: "k", Seen.UNUSUAL: "u"}
_SEEN_BY_CODE = {code: seen for seen, code in _SEEN_CODES.items()}

Minute = Annotated[int, _whole(LAST_MINUTE)]
Count = Annotated[int, _whole(MOST_COUNTED)]
Key = Annotated[str, Codec(0, str, _read_key)]

_CODECS: dict[Any, Codec] = {
    int: _ID,
    int | None: _ID_OR_ALL,
    bool: Codec(1, lambda on: "on" if on else "off", {"on": True, "off": False}.__getitem__),
    Found: Codec(3, _write_found, _read_found),
    Target: Codec(2, lambda target: f"{target.scope}:{target.id}", _read_target),
}


def encode(callback: Callback) -> str:
    """The callback data of a button. Raises ValueError when it would not fit Telegram's 64 bytes."""
    values = [codec.write(getattr(callback, name)) for name, codec in callback.codecs.items()]
    data = ":".join([VERSION, callback.word, *values])
    if len(data.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"callback data is longer than Telegram takes: {data}")
    return data


def decode(data: str) -> Callback:
    """The button that was tapped. Raises UnknownCallback for anything that `encode` does not make."""
    version, _, rest = data.partition(":")
    word, *parts = rest.split(":")
    kind = kinds.get(word)
    if version == VERSION and kind is not None:
        try:
            callback = kind(**_read(kind, parts))
            # Numbers can be written in several ways, a button writes them in one.
            if encode(callback) == data:
                return callback
        except (ValueError, KeyError) as error:
            raise UnknownCallback("callback data that no button sends") from error
    raise UnknownCallback("callback data of another version")


def _read(kind: type[Callback], parts: list[str]) -> dict[str, Any]:
    values = {}
    for name, codec in kind.codecs.items():
        width = codec.width or len(parts)
        values[name], parts = codec.read(":".join(parts[:width])), parts[width:]
    if parts:
        raise ValueError(parts)
    return values


def _codec_of(hint: Any) -> Codec:
    for extra in getattr(hint, "__metadata__", ()):
        if isinstance(extra, Codec):
            return extra
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Codec(1, str, hint)
    if isinstance(hint, types.UnionType | type) and hint in _CODECS:
        return _CODECS[hint]
    raise TypeError(f"no button can carry {hint}")
