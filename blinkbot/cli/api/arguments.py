"""key=value words → values typed by the table of operations."""

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from blinkbot.blink import FILLED_IN, OPERATIONS, Argument, ArgumentKind, Operation
from blinkbot.domain import Family
from blinkbot.errors import BlinkbotError

_FLAGS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False, "1": True, "0": False}


class WrongUsage(BlinkbotError):
    """What was typed cannot be meant; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Typed values, and the further body fields where the operation takes such."""

    values: Mapping[str, object]
    extra: Mapping[str, object] = field(default_factory=dict)


def operation_named(name: str) -> Operation:
    """The row of the table. Raises WrongUsage that names it."""
    found = OPERATIONS.get(name)
    if found is None:
        close = difflib.get_close_matches(name, OPERATIONS, 1)
        hint = f"; did you mean {close[0]}?" if close else "; `blinkbot api --list` shows them"
        raise WrongUsage(f"there is no operation {name}{hint}")
    return found


def split(words: Iterable[str]) -> dict[str, str]:
    """key=value words → texts by key. Raises WrongUsage for others, and for a key given twice."""
    found: dict[str, str] = {}
    for word in words:
        key, mark, value = word.partition("=")
        if not mark or not key:
            raise WrongUsage(f"expected key=value, got {word}")
        if key in found:
            raise WrongUsage(f"{key} is given twice")
        found[key] = value
    return found


def typed(operation: Operation, family: Family | None, texts: Mapping[str, str]) -> Typed:
    """The texts as the table types them.

    What the table does not know becomes a further field of the body, JSON where it can be read as such, where the
    operation takes further fields. Raises WrongUsage that names the argument.
    """
    known = {argument.name: argument for argument in operation.arguments(family)}
    known |= {name: Argument(name) for name in FILLED_IN if f"{{{name}}}" in operation.route(family).path}
    values: dict[str, object] = {}
    extra: dict[str, object] = {}
    for name, text in texts.items():
        if name in known:
            values[name] = value_of(operation.name, known[name], text)
        elif operation.open_body:
            extra[name] = _json_or_text(text)
        else:
            takes = ", ".join(known) or "none"
            raise WrongUsage(f"{operation.name} has no argument {name}; it takes {takes}")
    return Typed(values, extra)


def value_of(operation: str, argument: Argument, text: str) -> object:
    """One typed value. Raises WrongUsage that names it and what was expected."""
    if not argument.choices:
        return _converted(operation, argument, text)
    for choice in argument.choices:
        if str(choice) == text:
            return choice
    raise _wrong(operation, argument, "one of " + ", ".join(map(str, argument.choices)))


def _converted(operation: str, argument: Argument, text: str) -> object:
    match argument.kind:
        case ArgumentKind.INTEGER:
            return _integer(operation, argument, text)
        case ArgumentKind.INTEGERS:
            return [_integer(operation, argument, part) for part in text.split(",")]
        case ArgumentKind.FLAG:
            flag = _FLAGS.get(text.strip().casefold())
            if flag is None:
                raise _wrong(operation, argument, "true or false")
            return flag
        case ArgumentKind.JSON:
            try:
                return json.loads(text)
            except ValueError as error:
                raise _wrong(operation, argument, "JSON") from error
        case ArgumentKind.PATH:
            if not text.startswith("/"):
                raise _wrong(operation, argument, "a path that begins with /")
            return text
        case ArgumentKind.TEXT:
            return text


def _integer(operation: str, argument: Argument, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise _wrong(operation, argument, f"{argument.kind.value}") from error


def _wrong(operation: str, argument: Argument, expected: str) -> WrongUsage:
    return WrongUsage(f"{operation}: {argument.name} should be {expected}")


def _json_or_text(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
