"""Reading JSON objects field by field; every failure is a BlinkResponseError that names the field ("cameras[2].id")."""

import math
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

from blinkbot.domain import OddEntry
from blinkbot.errors import BlinkResponseError

T = TypeVar("T")

LARGEST_ID = 2**63 - 1  # ids may exceed 2^32 (protocol §6), but nothing larger can be stored or is plausible
ONLINE = ("done", "online")  # the status of cameras and doorbells, and of the rest, when reachable (protocol §6)

_BARS = range(6)
_FLAGS = {"true": True, "false": False, "1": True, "0": False}


_SHAPE_KEYS, _SHAPE_KEY_LENGTH = 12, 32  # of an odd entry's fields, how many are named and how long their names

SetAside = Callable[[OddEntry, object], None]
"""Is told of each entry that cannot be read, and the entry itself, which is not to be kept."""


class Fields:
    """One JSON object out of an answer. `where` is its place in the body, "" for the body itself."""

    def __init__(self, operation: str, value: object, where: str = "") -> None:
        self._operation = operation
        self._where = where
        if not isinstance(value, dict):
            raise BlinkResponseError(operation, f"an object was expected, {_kind(value)} came", where)
        self._values = value

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def given(self, name: str) -> bool:
        """Whether a field is there and not null."""
        return self._values.get(name) is not None

    def items(self) -> Iterator[tuple[str, object]]:
        return iter(self._values.items())

    def wrong(self, name: str, problem: str) -> BlinkResponseError:
        """The error for a field of this object, to be raised by the caller."""
        return BlinkResponseError(self._operation, problem, self._path(name))

    def check(self, *names: str) -> None:
        """Raise unless at least one of these fields is there: else it is another body, not an empty one."""
        if not any(name in self._values for name in names):
            raise self.wrong(names[0], "it is missing")

    def id(self, name: str) -> int:
        """A positive integer, strings of digits included; required."""
        return self._needed(name, self.optional_id(name))

    def optional_id(self, name: str) -> int | None:
        value = self._values.get(name)
        if value is None:
            return None
        found = _integer(value)
        if found is None or not 0 < found <= LARGEST_ID:
            raise self.wrong(name, f"an id was expected, {_kind(value)} came")
        return found

    def integer(self, name: str) -> int | None:
        return _integer(self._values.get(name))

    def text(self, name: str, default: str = "") -> str:
        """A text that can be stored and sent; numbers become text; `default` for anything else and for ""."""
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return default
        return str(value).encode("utf-8", "replace").decode().replace("\0", "") or default

    def word(self, name: str) -> str | None:
        """A text that says something, None for anything else."""
        value = self._values.get(name)
        return (self.text(name) or None) if isinstance(value, str) else None

    def needed_word(self, name: str) -> str:
        return self._needed(name, self.word(name))

    def token(self, name: str) -> str:
        """A token: it goes into a header, so nothing but visible ASCII may be in it. Required."""
        word = self.word(name)
        if word is None or not word.isascii() or not word.isprintable() or " " in word:
            raise self.wrong(name, "a token was expected")
        return word

    def flag(self, name: str) -> bool:
        """True or false; missing or null is false. Raises for anything else: guessing could hide an alarm."""
        value = self._values.get(name)
        if value is None:
            return False
        found = value if isinstance(value, bool) else _FLAGS.get(str(value).casefold())
        if found is None:
            raise self.wrong(name, f"true or false was expected, {_kind(value)} came")
        return found

    def number(self, name: str) -> float | None:
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        try:
            return float(value) if math.isfinite(value) else None
        except OverflowError:
            return None

    def moment(self, name: str) -> datetime | None:
        """An ISO time in UTC, None where it is missing or null; without an offset it is UTC. Raises for others."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            found = datetime.fromisoformat(value)
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (TypeError, ValueError, OverflowError) as error:
            raise self.wrong(name, f"a time was expected, {_kind(value)} came") from error

    def needed_moment(self, name: str) -> datetime:
        return self._needed(name, self.moment(name))

    def seconds(self, name: str) -> int:
        return max(0, self.integer(name) or 0)

    def bars(self, name: str) -> int | None:
        count = self.integer(name)
        return count if count in _BARS else None

    @property
    def online(self) -> bool:
        return self.word("status") in ONLINE

    def part(self, name: str) -> "Fields | None":
        """An object in this one, None for anything else."""
        value = self._values.get(name)
        return Fields(self._operation, value, self._path(name)) if isinstance(value, dict) else None

    def needed_part(self, name: str) -> "Fields":
        return self._needed(name, self.part(name))

    def parts(self, name: str) -> Iterator["Fields"]:
        """The objects of a list; none where it is missing or null. Raises where it is no list of objects."""
        value = self._values.get(name)
        if value is None:
            return iter(())
        return objects(self._operation, value, self._path(name))

    def needed_parts(self, name: str) -> Iterator["Fields"]:
        """As `parts`, but raises where it is missing."""
        self.check(name)
        return self.parts(name)

    def readable(self, name: str, read: Callable[["Fields"], T], set_aside: SetAside) -> list[T]:
        """What `read` makes of the entries of a list; one that it cannot read is set aside by itself (§7, §7b).

        None where the list is missing or null. Raises where it is no list.
        """
        value = self._values.get(name)
        return [] if value is None else readable(self._operation, value, self._path(name), read, set_aside)

    def length(self, name: str) -> int:
        """How many entries a list has; 0 for anything else."""
        value = self._values.get(name)
        return len(value) if isinstance(value, list) else 0

    def labels(self, name: str) -> list[str]:
        """The words of a list, or the one word that stands in its place; what is no word is left out."""
        value = self._values.get(name)
        items = value if isinstance(value, list) else [value]
        return [item for item in items if isinstance(item, str)]

    def is_true(self, name: str) -> bool:
        """Whether a field says true, in any form; for what is only a remark."""
        value = self._values.get(name)
        return value is True or _FLAGS.get(str(value).casefold(), False)

    def words(self, name: str) -> list[str]:
        """The texts of a list; none where it is missing or null. Raises for anything else."""
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(name, f"a list of words was expected, {_kind(value)} came")
        return value

    def _needed(self, name: str, found: T | None) -> T:
        if found is None:
            raise self.wrong(name, "it is missing")
        return found

    def _path(self, name: str) -> str:
        return f"{self._where}.{name}" if self._where else name


def objects(operation: str, value: object, where: str) -> Iterator[Fields]:
    """The objects of a list. Raises where it is no list of objects."""
    if not isinstance(value, list):
        raise BlinkResponseError(operation, f"a list was expected, {_kind(value)} came", where)
    return (Fields(operation, item, f"{where}[{index}]") for index, item in enumerate(value))


def readable(operation: str, value: object, where: str, read: Callable[[Fields], T], set_aside: SetAside) -> list[T]:
    """As `Fields.readable`, of a body that is a list itself."""
    if not isinstance(value, list):
        raise BlinkResponseError(operation, f"a list was expected, {_kind(value)} came", where)
    found = []
    for item in value:
        try:
            found.append(read(Fields(operation, item, "")))
        except BlinkResponseError as error:
            set_aside(OddEntry(operation, where, error.field, error.problem, _shape(item)), item)
    return found


def picture_path(thumbnail: str | None) -> str | None:
    """The path to fetch for a `thumbnail`, whose older form lacks its ending; None for what is no path (§6)."""
    if not thumbnail or thumbnail.isdigit():
        return None
    path, mark, query = thumbnail.partition("?")
    if path.lower().endswith((".jpg", ".jpeg", ".png")):
        return thumbnail
    return f"{path}.jpg{mark}{query}"


def _integer(value: object) -> int | None:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


_KINDS = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "an object"}


def _kind(value: object) -> str:
    """What came, without its content: an answer may hold what does not belong into a log."""
    return next((name for kind, name in _KINDS.items() if isinstance(value, kind)), "nothing")


def _shape(value: object) -> str:
    """The names of an entry's fields and what stands in them, without their content; what came where it has none."""
    if not isinstance(value, dict):
        return _kind(value)
    named = [f"{_printable(name)}: {_kind(item)}" for name, item in list(value.items())[:_SHAPE_KEYS]]
    return ", ".join([*named, "…"] if len(value) > _SHAPE_KEYS else named) or "nothing in it"


def _printable(name: object) -> str:
    """A field's name as it may stand in a log: it comes from outside, too."""
    return "".join(char if char.isalnum() and char.isascii() else "_" for char in str(name)[:_SHAPE_KEY_LENGTH])
