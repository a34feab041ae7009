"""key=value words → values typed by the table of operations."""

import difflib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from blinkbot.blink import FILLED_IN, OPERATIONS, Argument, ArgumentKind, Operation
from blinkbot.cli.terminal import WrongUsage
from blinkbot.domain import Family
from blinkbot.translations import COMMA, OR, Sentence, joined

_FLAGS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False, "1": True, "0": False}

NO_OPERATION = Sentence("There's no operation {name}. `blinkbot api --list` shows all.")
NO_OPERATION_CLOSE = Sentence("There's no operation {name}. Did you mean {closest}?")
NO_PAIR = Sentence("Write arguments as key=value, not {word}.")
TWICE = Sentence("{key} is given twice.")
NO_ARGUMENT = Sentence("{operation} has no argument {name}. It takes {arguments}.")
TAKES_NONE = Sentence("{operation} has no argument {name}. It takes none.")
ONE_OF = Sentence("{operation}: {name} should be one of {choices}.")
EXPECTED = {
    ArgumentKind.INTEGER: Sentence("{operation}: {name} should be a whole number."),
    ArgumentKind.INTEGERS: Sentence("{operation}: {name} should be whole numbers with commas between them."),
    ArgumentKind.FLAG: Sentence("{operation}: {name} should be true or false."),
    ArgumentKind.JSON: Sentence("{operation}: {name} should be JSON."),
    ArgumentKind.PATH: Sentence("{operation}: {name} should be a path that begins with /."),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """Typed values, and the further body fields where the operation takes such."""

    values: Mapping[str, object]
    extra: Mapping[str, object] = field(default_factory=dict)


def operation_named(name: str) -> Operation:
    """The table's row. Raises WrongUsage."""
    found = OPERATIONS.get(name)
    if found is None:
        close = difflib.get_close_matches(name, OPERATIONS, 1)
        raise WrongUsage(NO_OPERATION_CLOSE(name=name, closest=close[0]) if close else NO_OPERATION(name=name))
    return found


def split(words: Iterable[str]) -> dict[str, str]:
    """key=value words → texts by key. Raises WrongUsage for others, and for a key given twice."""
    found: dict[str, str] = {}
    for word in words:
        key, mark, value = word.partition("=")
        if not mark or not key:
            raise WrongUsage(NO_PAIR(word=word))
        if key in found:
            raise WrongUsage(TWICE(key=key))
        found[key] = value
    return found


def typed(operation: Operation, family: Family | None, texts: Mapping[str, str]) -> Typed:
    """Type the texts by the table; with `open_body` unknown ones become body fields. Raises WrongUsage."""
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
            sentence = NO_ARGUMENT if known else TAKES_NONE
            raise WrongUsage(sentence(operation=operation.name, name=name, arguments=joined(list(known), COMMA)))
    return Typed(values, extra)


def value_of(operation: str, argument: Argument, text: str) -> object:
    """One typed value. Raises WrongUsage that names it and what was expected."""
    if argument.choices:
        for choice in argument.choices:
            if str(choice) == text:
                return choice
        choices = joined([*map(str, argument.choices)], OR)
        raise WrongUsage(ONE_OF(operation=operation, name=argument.name, choices=choices))
    try:
        return _converted(argument.kind, text)
    except (ValueError, KeyError) as error:
        raise WrongUsage(EXPECTED[argument.kind](operation=operation, name=argument.name)) from error


def _converted(kind: ArgumentKind, text: str) -> object:
    match kind:
        case ArgumentKind.INTEGER:
            return int(text)
        case ArgumentKind.INTEGERS:
            return [int(part) for part in text.split(",")]
        case ArgumentKind.FLAG:
            return _FLAGS[text.strip().casefold()]
        case ArgumentKind.JSON:
            return json.loads(text)
        case ArgumentKind.PATH if not text.startswith("/"):
            raise ValueError
    return text


def _json_or_text(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
