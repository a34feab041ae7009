"""From text to tokens: the words of a vocabulary, and numbers as they are written in several countries."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from blinkbot.bot.timeparse.problems import Unclear
from blinkbot.bot.timeparse.vocabulary import Link, Vocabulary, meanings, normalize

LONGEST_TEXT = 100  # Characters of words about a time; longer ones are something else

NUMERALS = {
    # The first that fits counts.
    "iso": r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
    "date": r"\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})?",
    "slashed": r"\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?|\d{1,2}-\d{1,2}-\d{4}",
    "clock": r"\d{1,2}:\d{2}(?::\d{2})?",
    "hours": r"\d{1,2}h\d{2}(?![a-z])",
    "dotted": r"\d{1,2}\.\d{2}",
    "tenths": r"\d{1,2}\.\d",
    "count": r"\d{1,12}[.,]\d{1,3}|\d{5,12}|\d{3}",
    "year": r"\d{4}",
    "number": r"\d{1,2}",
}
"""Kinds of tokens in digits, with how they are written."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word or digits, what they stand for, and where they begin. The value of digits is the number or numbers."""

    kind: str
    value: Any
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def tokens(text: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """The tokens of a text but fillers. Raises Unclear at the first word that is not about a time."""
    text = normalize(re.sub("[–—]", "-", text).replace("’", "'"))
    position = 0
    while position < len(text):
        match = _pattern(vocabulary).match(text, position)
        if match is None or len(text) > LONGEST_TEXT:
            raise Unclear
        kind, told = match.lastgroup, match[0]
        if kind == "word":
            for kind, value in meanings(vocabulary)[told]:
                if kind != "filler":
                    yield Token(kind, value, told, position)
        elif kind is not None:
            numbers = tuple(int(digits) for digits in re.findall("[0-9]+", told))
            yield Token(kind, numbers if len(numbers) > 1 else numbers[0] if numbers else Link.TO, told, position)
        position = match.end()


def typed(found: Sequence[Token]) -> str:
    """Tokens as they were typed, without what was left out between them."""
    text, end = "", found[0].start if found else 0
    for token in found:
        text += f"{' ' if token.start > end else ''}{token.text if token.start >= end else ''}"
        end = token.end
    return text


@functools.cache
def _pattern(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Any token that may come next; of words the longest, where it does not go on."""
    numerals = [rf"(?P<{kind}>(?:{written})(?![.:/]?\d))" for kind, written in NUMERALS.items()]
    longest_first = sorted(meanings(vocabulary), key=len, reverse=True)
    word = rf"(?P<word>(?:{'|'.join(map(re.escape, longest_first))})(?![^\W\d_]))"
    return re.compile("|".join([r"[\s,.!?]+", *numerals, "(?P<to>-)", word]), re.ASCII)
