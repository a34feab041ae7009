"""The table of operations, for people and as JSON."""

import json

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from blinkbot.blink import OPERATIONS, Argument, ArgumentKind, Operation, Route
from blinkbot.domain import Family
from blinkbot.translations import Sentence

WIDE = 200  # Columns where the output is no terminal: addresses stay on one line for grep


OPERATION = Sentence("operation")
ARGUMENTS = Sentence("arguments")
SENDS = Sentence("sends")
PROTOCOL = Sentence("protocol")
LEGEND = Sentence("""blinkbot api OPERATION key=value … sends one. Cameras, networks and sync modules go by id or name.
[arguments] in brackets may be left out. Blink's notes call those with † obsolete. Those with ‡ delete for good, and
want --yes.""")


def as_table(console: Console | None = None) -> None:
    """Print every operation: what it is called, what is sent, what it needs."""
    console = console or Console()
    if not console.is_terminal:
        console.width = WIDE
    table = Table(box=None, pad_edge=False)
    table.add_column(OPERATION(), no_wrap=True)
    table.add_column(ARGUMENTS())
    table.add_column(SENDS(), overflow="fold")
    table.add_column(PROTOCOL())
    group = ""
    for operation in OPERATIONS.values():
        if operation.group != group:
            group = operation.group
            table.add_row(f"[bold]{group}[/]")
        table.add_row(_name(operation), escape(_arguments(operation)), escape(_sends(operation)), operation.protocol)
    console.print(table)
    console.print(f"\n{LEGEND()}", markup=False, highlight=False)


def as_json() -> str:
    """Every operation as a JSON list."""
    return json.dumps([_row(operation) for operation in OPERATIONS.values()], indent=2, ensure_ascii=False)


def _name(operation: Operation) -> str:
    marks = "†" * operation.obsolete + "‡" * operation.deletes_for_good
    return f"{operation.name} {marks}".rstrip()


def _arguments(operation: Operation) -> str:
    shown = [
        argument.name if argument.required and _everywhere(argument, operation) else f"[{argument.name}]"
        for argument in _all_arguments(operation)
        if not (operation.families and argument.name == "network")
    ]
    return " ".join([*shown, "[any=…]"] if operation.open_body else shown)


def _all_arguments(operation: Operation) -> list[Argument]:
    """Those of all families, each once."""
    families: tuple[Family | None, ...] = operation.families or (None,)
    found: dict[str, Argument] = {}
    for family in families:
        found |= {argument.name: argument for argument in operation.arguments(family) if argument.name not in found}
    return list(found.values())


def _everywhere(argument: Argument, operation: Operation) -> bool:
    return all(argument in operation.arguments(family) for family in operation.routes)


def _sends(operation: Operation) -> str:
    lines = [(family, f"{_methods(route)} {route.path}") for family, route in operation.routes.items()]
    return "\n".join(f"{family}: {line}" if family else line for family, line in lines)


def _methods(route: Route) -> str:
    return f"{route.method}/POST" if route.written else route.method


def _row(operation: Operation) -> dict[str, object]:
    return {
        "name": operation.name,
        "group": operation.group,
        "protocol": operation.protocol,
        "obsolete": operation.obsolete,
        "answer": operation.response.value,
        "needs_session": operation.needs_token,
        "further_fields": operation.open_body,
        "deletes_for_good": operation.deletes_for_good,
        "routes": [
            {
                "family": family,
                "method": _methods(route),
                "path": route.path,
                "arguments": [_argument(argument) for argument in operation.arguments(family)],
            }
            for family, route in operation.routes.items()
        ],
    }


def _argument(argument: Argument) -> dict[str, object]:
    row: dict[str, object] = {
        "name": argument.name,
        "type": ArgumentKind(argument.kind).value,
        "required": argument.required,
    }
    if argument.choices:
        row["choices"] = list(argument.choices)
    if argument.default is not None:
        row["default"] = argument.default
    return row
