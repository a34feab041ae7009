"""One module alone knows what Telegram's errors say."""

import ast
from pathlib import Path

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError

import blinkbot
from blinkbot.bot.client import errors

PACKAGE = Path(blinkbot.__file__).parent
HOME = PACKAGE / "bot" / "client" / "errors.py"
TALKING = sorted(
    file for file in (PACKAGE / "bot").rglob("*.py") if file != HOME and "from telegram" in file.read_text()
)


def phrases() -> set[str]:
    """What that module looks for."""
    calls = [node for node in ast.walk(ast.parse(HOME.read_text())) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("_says", "_saying")]
    return {
        arg.value for call in said for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
    }


def compares_a_message(node: ast.AST) -> bool:
    """Whether this is `error.message.lower()`, `str(error).lower()`, or `… in error.message`."""
    if isinstance(node, ast.Compare):
        operands = [node.left, *node.comparators]
        return any(isinstance(each, ast.Attribute) and each.attr == "message" for each in operands)
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    lowered = node.func.value
    of_message = isinstance(lowered, ast.Attribute) and lowered.attr == "message"
    of_text = isinstance(lowered, ast.Call) and isinstance(lowered.func, ast.Name) and lowered.func.id == "str"
    return node.func.attr in ("lower", "casefold", "startswith", "find") and (of_message or of_text)


@pytest.mark.parametrize("file", TALKING, ids=lambda file: file.stem)
def test_no_other_file_reads_the_text_of_an_error(file: Path) -> None:
    source = file.read_text()
    assert [node.lineno for node in ast.walk(ast.parse(source)) if compares_a_message(node)] == []  # type: ignore[attr-defined]
    strings = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
    assert strings & phrases() == set()


def test_there_are_texts_to_know() -> None:
    assert len(phrases()) > 20


@pytest.mark.parametrize(
    ("told", "holds"),
    [
        (BadRequest("Message is not modified: specified new message content…"), {"is_unchanged", "is_moot"}),
        (BadRequest("TOPIC_NOT_MODIFIED"), {"is_unchanged", "is_moot"}),
        (BadRequest("Message to edit not found"), {"is_gone", "is_moot"}),
        (BadRequest("MESSAGE_ID_INVALID"), {"is_gone", "is_moot"}),
        (BadRequest("There is no text in the message to edit"), {"has_no_text"}),
        (BadRequest("Message to be replied not found"), {"is_lost_reply"}),
        (BadRequest("Query is too old and response timeout expired or query id is invalid"), {"is_late_answer"}),
        (BadRequest("Chat not found"), {"is_lost_chat"}),
        (BadRequest("Message thread not found"), {"is_lost_topic"}),
        (BadRequest("TOPIC_CLOSED"), {"is_closed_topic"}),
        (NetworkError("Request Entity Too Large"), {"is_too_large", "is_refused_file", "is_about_an_item"}),
        (NetworkError("Bad Gateway"), set()),
    ],
    ids=lambda value: str(value) if isinstance(value, TelegramError) else "",
)
def test_what_an_error_means(told: TelegramError, holds: set[str]) -> None:
    tests = {name: test for name, test in vars(errors).items() if name.startswith(("is_", "has_"))}
    about_files = {"is_refused_video", "is_refused_file", "is_about_an_item"}
    assert {name for name, test in tests.items() if test(told)} - (about_files - holds) == holds
