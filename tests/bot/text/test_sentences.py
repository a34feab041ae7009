"""Sentences for people: each is in the catalogue, is filled as it wants to be, and no other words reach a chat."""

import ast
import re
import string
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import blinkbot
from blinkbot.translations import Plural, Sentence
from tests.pseudo import catalogue

PACKAGE = Path(blinkbot.__file__).parent
SAYING = {"show", "toast", "send_message", "end", "answer"}
"""Methods that put words before a person."""


def files() -> list[Path]:
    """Where sentences are made and said."""
    return sorted(file for part in ("bot", "cli") for file in (PACKAGE / part).rglob("*.py"))


def module_of(file: Path) -> ModuleType:
    return import_module(".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"))


def placeholders(sentence: Sentence | Plural) -> set[str]:
    forms = (sentence.message,) if isinstance(sentence, Sentence) else (sentence.singular, sentence.plural)
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


def said(file: Path) -> Iterator[tuple[ast.Call, Sentence | Plural]]:
    """The calls of sentences in a file."""
    module = module_of(file)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            found: object = module
            for part in ast.unparse(node.func).split("."):
                found = getattr(found, part, None)
            if isinstance(found, Sentence | Plural):
                yield node, found


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_sentence_is_given_what_it_has_places_for(file: Path) -> None:
    for call, sentence in said(file):
        given = {keyword.arg for keyword in call.keywords}
        if None not in given:
            given |= {"n"} if isinstance(sentence, Plural) and (call.args or "n" in given) else set()
            assert placeholders(sentence) <= {name for name in given if name}, ast.unparse(call)
            assert {name for name in given if name} - {"n"} <= placeholders(sentence), ast.unparse(call)


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_sentence_is_in_the_catalogue(file: Path) -> None:
    for value in vars(module_of(file)).values():
        if isinstance(value, Sentence):
            assert value.message in catalogue()
        elif isinstance(value, Plural):
            assert {value.singular, value.plural} <= catalogue()


def words_in(node: ast.expr) -> Iterator[str]:
    """What an argument says by itself, not what it calls for."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            for part in parts:
                yield from words_in(part)
        case ast.IfExp(body=body, orelse=orelse):
            yield from [*words_in(body), *words_in(orelse)]


@pytest.mark.parametrize("file", sorted((PACKAGE / "bot").rglob("*.py")), ids=lambda file: file.name)
def test_no_other_words_reach_a_chat(file: Path) -> None:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAYING:
            said_here = [text for argument in node.args for text in words_in(argument)]
            assert [text for text in said_here if re.search("[A-Za-z]{2}", text)] == [], ast.unparse(node)
