"""One file alone reads the texts of Telegram's errors, so that a changed one is put right in one place."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import blinkbot.bot
from blinkbot.bot.client import errors

BOT = Path(blinkbot.bot.__file__).parent
IMPORTS_THE_LIBRARY = re.compile("^(from|import) telegram", re.MULTILINE)
OTHERS = sorted(file for file in BOT.rglob("*.py") if file != Path(errors.__file__))
FILES = [file for file in OTHERS if IMPORTS_THE_LIBRARY.search(file.read_text(encoding="utf-8"))]
MATCHERS = {"match", "search", "fullmatch", "findall", "finditer", "sub", "split"}
LIBRARY = {"TelegramError", "BadRequest", "NetworkError", "TimedOut", "Forbidden", "InvalidToken", "Conflict"}


def errors_in(tree: ast.AST) -> set[str]:
    """The names that errors have in a file."""
    caught = {node.name for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.name}
    given = {
        node.arg
        for node in ast.walk(tree)
        if isinstance(node, ast.arg)
        and node.annotation
        and ast.unparse(node.annotation).endswith(("Error", "Exception"))
    }
    return {*caught, *given, "error"}


def texts_in(node: ast.AST, names: set[str]) -> bool:
    """Whether a node holds the text of an error."""
    for each in ast.walk(node):
        match each:
            case ast.Attribute(value=ast.Name(id=name), attr="message" | "args") if name in names:
                return True
            case ast.Call(func=ast.Name(id="str" | "repr"), args=[ast.Name(id=name)]) if name in names:
                return True
            case ast.FormattedValue(value=ast.Name(id=name)) if name in names:
                return True
    return False


def readings(tree: ast.AST) -> Iterator[str]:
    """Where something is decided by the text of an error, or the text is kept for that; to hand it on is no reading."""
    names = errors_in(tree)
    for node in ast.walk(tree):
        read: list[ast.expr | None] = []
        match node:
            case ast.Compare(left=left, comparators=others):
                read = [left, *others]
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.Match(subject=test):
                read = [test]
            case ast.Assign(value=value) | ast.AnnAssign(value=value) | ast.NamedExpr(value=value):
                # A line for the log may be put together beforehand.
                read = [] if isinstance(value, ast.JoinedStr) else [value]
            case ast.Call(func=ast.Attribute(value=owner, attr=method), args=args):
                read = [owner, *(args if method in MATCHERS else ())]
            case ast.MatchClass(cls=kind, kwd_attrs=["message"]) if ast.unparse(kind).split(".")[-1] in LIBRARY:
                yield ast.unparse(node)
        yield from (ast.unparse(each) for each in read if each is not None and texts_in(each, names))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(BOT)))
def test_no_other_file_reads_them(file: Path) -> None:
    assert [*readings(ast.parse(file.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    "code",
    [
        "'not modified' in error.message",
        "'not modified' in str(error).lower()",
        "error.message.lower().startswith('bad')",
        "re.search('not modified', error.message)",
        "GONE.search(str(error))",
        "error.message == 'Message is not modified'",
        "text = error.message",
        "if words := str(error): pass",
        "try: pass\nexcept BadRequest as trouble:\n    'x' in trouble.message",
        "def f(refusal: TelegramError): return 'x' in f'{refusal}'",
        "match error:\n    case telegram.error.BadRequest(message='x'): pass",
        "error.args[0].strip()",
    ],
)
def test_a_reading_is_found_however_it_is_written(code: str) -> None:
    assert [*readings(ast.parse(code))]


@pytest.mark.parametrize(
    "code", ["raise NotSent(error.message) from error", "logger.info('%s', error)", "is_gone(error)"]
)
def test_to_hand_it_on_is_no_reading(code: str) -> None:
    assert [*readings(ast.parse(code))] == []
