"""Sentences in the language of whoever reads them."""

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from blinkbot.translations import Plural, Sentence, added, best, gettext, speaking

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
