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
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]|^\W*[A-Z][a-z]+\W*$")
"""Two words, or one that begins like the label of a button."""
BESIDE_A_VALUE = re.compile(r"(?<![/\w])[A-Za-z]{2,} | [A-Za-z]{2,}")
"""A word before or behind what is filled in."""


def files() -> list[Path]:
    """Where sentences are made and said."""
    return sorted(file for part in ("bot", "cli") for file in (PACKAGE / part).rglob("*.py"))


def speaking_files() -> list[Path]:
    """Where what is said comes together. errors.py knows the words of Telegram's errors."""
    parts = ("commands", "dispatch", "buttons", "delivery", "client")
    found = (file for part in parts for file in (PACKAGE / "bot" / part).rglob("*.py"))
    return sorted(file for file in found if file != PACKAGE / "bot" / "client" / "errors.py")


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


FOR_NO_PERSON = {"Sentence", "Plural", "logger", "re", "keep_working", "postpone", "TypeVar"}
"""What is called with sentences of the catalogue, with lines and reasons for the log, with patterns and types."""


NAMES = {"Updater", "clip ", "device alert "}
"""A class of the library, and what the log calls what is delivered."""


def is_for_no_person(node: ast.AST) -> bool:
    """Whether the words in a node are no news."""
    called = ast.unparse(node.func).split(".") if isinstance(node, ast.Call) else []
    return isinstance(node, ast.Raise) or bool(FOR_NO_PERSON & {*called[:1], *called[-1:]})


def parts_of(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes in a node, but for types, which may be quoted."""
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns"):
            yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, ast.AST))


def words_of_its_own(tree: ast.AST) -> Iterator[str]:
    """The words that code says by itself: strings of two words and more, and those that begin like a label."""
    for node in parts_of(tree):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring or is_for_no_person(node):
            continue
        match node:
            case ast.Constant(value=str(text)):
                yield from [text] if WORDS.search(text) and text not in NAMES else []
            case ast.JoinedStr(values=parts):
                for part in parts:
                    beside = str(part.value) if isinstance(part, ast.Constant) else ""
                    yield from [beside] if BESIDE_A_VALUE.search(beside) and beside not in NAMES else []
                    yield from words_of_its_own(ast.Expression(part))
            case _:
                yield from words_of_its_own(node)


@pytest.mark.parametrize("file", speaking_files(), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_other_words_reach_a_chat(file: Path) -> None:
    assert [*words_of_its_own(ast.parse(file.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    "code",
    [
        "show('no clip here')",
        "show(text='no clip here')",
        "become(Photo(jpeg, 'no clip here'))",
        "send(Words(f'no {what} here'))",
        "keyboard([('try again', PlayClip(key))])",
        "buttons = [('Again', PlayClip(key))]",
        "show(trouble or 'no clip here')",
        "show('⚠️ no clip' + name)",
        "show('\\n'.join(['no clip', name]))",
        "words = 'no clip here'\nshow(words)",
        "show('no clip' if gone else '')",
        "show('{} is gone'.format(name))",
        "show(f'{name} is gone')",
        "show(f'{SENTENCE()} {\"no clip here\"}')",
    ],
)
def test_words_are_found_however_they_are_said(code: str) -> None:
    assert [*words_of_its_own(ast.parse(code))]


@pytest.mark.parametrize(
    "code",
    [
        '"""A docstring."""',
        "GONE = Sentence('The clip is gone.')",
        "logger.info('the clip %s is gone', key)",
        "raise NotFound(f'no {what} there')",
        "WORDS = re.compile('two words')",
        "f'⚠️ {why()}'",
        "request.words.partition(' ')",
    ],
)
def test_what_no_person_reads_is_left_alone(code: str) -> None:
    assert [*words_of_its_own(ast.parse(code))] == []
