"""Domain values as rows, and back.

A column has the name of its field; the field's type says how it is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from blinkbot.domain import Camera, Clip, Network, SyncModule, Tokens
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import FileKind, StoredFile
from blinkbot.domain.timezones import EPOCH

Row = Mapping[str, Any]
"""A row as SQLite gives it: `Any`, because the tables are strict and the columns' types are in `migrations`."""

Value = TypeVar("Value", Camera, Clip, Network, SyncModule, Tokens)
Word = TypeVar("Word", bound=StrEnum)

WORDS_APART = ","
"""Between the words of a column that holds several."""

_MICROSECOND = timedelta(microseconds=1)


def micros(moment: datetime) -> int:
    """Whole microseconds since 1970 in UTC. Raises ValueError for a time without a zone."""
    if moment.utcoffset() is None:
        raise ValueError(f"a time without a zone cannot be stored: {moment}")
    return (moment - EPOCH) // _MICROSECOND


def moment(stored: int) -> datetime:
    """The inverse of `micros`, in UTC."""
    return EPOCH + stored * _MICROSECOND


def text(words: str) -> str:
    """Text that SQLite and Telegram can hold: half a surrogate pair, which JSON can smuggle in, becomes "?"."""
    return words.encode("utf-8", "replace").decode("utf-8")


def open_word(kind: type[Word], stored: str) -> Word | str:
    """A member of an open enum where it is one, the plain string otherwise."""
    try:
        return kind(stored)
    except ValueError:
        return stored


def row_of(value: Value) -> dict[str, Any]:
    """The columns of a value, without what only we know of it (when it was seen, Telegram's copy)."""
    return {field.name: _stored(getattr(value, field.name)) for field in fields(value)}


def value_from(kind: type[Value], row: Row) -> Value:
    """The value of a row."""
    columns: dict[str, Any] = {
        name: None if row[name] is None else read(row[name]) for name, read in _READERS[kind].items()
    }
    return kind(**columns)


def file_from(row: Row) -> StoredFile | None:
    """Telegram's copy of the clip of a row of `clips`."""
    return None if row["file_id"] is None else StoredFile(row["file_id"], FileKind(row["file_kind"]))


def kept_clip_from(row: Row) -> KeptClip:
    """The clip of a row, with what we know of it; the row has `suppressed` beside a clip's own columns."""
    return KeptClip(
        value_from(Clip, row),
        file_from(row),
        gone=bool(row["deleted"]),
        suppressed=bool(row["suppressed"]),
        photo_id=row["photo_id"],
    )


def _stored(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime):
        return micros(value)
    if isinstance(value, tuple):
        return WORDS_APART.join(text(word).replace(WORDS_APART, " ") for word in value)
    return text(value) if isinstance(value, str) else value


def _reader(hint: Any) -> Callable[[Any], Any]:
    """What makes a stored value one of this type; `Cause | str`, say, is an open enum."""
    if get_origin(hint) is tuple:
        word = _reader(get_args(hint)[0])
        return lambda stored: tuple(word(each) for each in stored.split(WORDS_APART) if each)
    kinds = get_args(hint) or (hint,)
    enum = next((kind for kind in kinds if issubclass(kind, StrEnum)), None)
    if enum is not None:
        return partial(open_word, enum) if str in kinds else enum
    if datetime in kinds:
        return moment
    return bool if bool in kinds else lambda stored: stored


_READERS: dict[type, dict[str, Callable[[Any], Any]]] = {
    kind: {name: _reader(hint) for name, hint in get_type_hints(kind).items()} for kind in Value.__constraints__
}
