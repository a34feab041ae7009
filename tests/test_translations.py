"""Sentences in the language of whoever reads them."""

import re
import tomllib
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path, PurePath

import pytest
from babel.messages.frontend import parse_keywords

from blinkbot.translations import OR, Plural, Sentence, added, best, gettext, joined, speaking
from tests.pseudo import KEYWORDS

MUTED = Sentence("{name} is muted.")
CLIPS = Plural("{n} clip", "{n} clips")


class Loud(NullTranslations):
    """A language in capitals, whose names and numbers stay as they are."""

    def gettext(self, message: str) -> str:
        return {"{name} is muted.": "QUIET: {name}", "Which camera?": "WHICH?"}.get(message, message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return "{n} CLIPS!"


@pytest.fixture(autouse=True)
def _loud() -> Iterator[None]:
    with added("xx", Loud()):
        yield


def test_a_sentence_is_translated_when_it_is_said() -> None:
    with speaking("xx"):
        assert MUTED(name="Porch") == "QUIET: Porch"
    assert MUTED(name="Porch") == "Porch is muted."


def test_a_number_chooses_the_form() -> None:
    assert [CLIPS(1), CLIPS(3)] == ["1 clip", "3 clips"]
    with speaking("xx"):
        assert CLIPS(1) == "1 CLIPS!"


def test_a_placeholder_that_is_not_filled_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        MUTED()


def test_what_fills_a_placeholder_may_hold_braces() -> None:
    assert MUTED(name="{name}") == "{name} is muted."


@pytest.mark.parametrize(
    ("code", "spoken"), [("xx", "xx"), ("xx-AT", "xx"), ("XX_at", "xx"), ("tlh", "en"), (None, "en"), ("", "en")]
)
def test_the_closest_language_is_spoken(code: str | None, spoken: str) -> None:
    assert best(code) == spoken


def test_a_language_that_is_not_there_any_more_is_english() -> None:
    with speaking("tlh"):
        assert gettext("Which camera?") == "Which camera?"


class May(NullTranslations):
    """A language that has two words for May."""

    def pgettext(self, context: str, message: str) -> str:
        return {"short month": "mai.", "full month": "maio"}[context]


def test_an_ambiguous_word_is_translated_by_its_meaning() -> None:
    may = [Sentence("May", context=context) for context in ("short month", "full month")]
    with added("yy", May()), speaking("yy"):
        assert [each() for each in may] == ["mai.", "maio"]
    assert [each() for each in may] == ["May", "May"]


def test_contributing_tells_how_to_extract_the_sentences() -> None:
    text = " ".join((Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
    told = re.findall(r"-k (\S+)", text[text.index("`pybabel extract") :])
    assert parse_keywords(told) == {name: KEYWORDS[name] for name in ("Sentence", "Plural")}


def test_catalogues_and_words_are_packed() -> None:
    packed = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())["tool"]["setuptools"]
    patterns = packed["package-data"]["blinkbot"]
    for file in ("locale/pt/LC_MESSAGES/blinkbot.mo", "bot/timeparse/words/en.toml"):
        assert any(PurePath(file).match(pattern) for pattern in patterns)


def test_lists_are_as_a_person_says_them() -> None:
    assert [joined(["A"]), joined(["A", "B"]), joined(["A", "B", "C"], OR)] == ["A", "A and B", "A, B or C"]
    assert joined([]) == ""
