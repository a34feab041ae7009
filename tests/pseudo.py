"""A language made of the catalogue: every letter of a sentence gets a hat, names and numbers stay as they are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir

import blinkbot
from blinkbot.translations import added

PSEUDO = "xx"
KEYWORDS: Any = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "Sentence": {1: (1,), 2: (1, (2, "c"))},
    "Plural": (1, 2),
}
HATS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀçđéƒĝĥíĵķĺɱñóþʠŕšţúṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĹṀÑÓÞɊŔŠŢÚṼŴẊÝŽ",
)
KEPT = re.compile(r"\{[^}]*\}|<[^>]*>|&\w+;|/[a-z]+")
"""What a translator leaves as it is: placeholders, tags, commands."""


@cache
def catalogue() -> frozenset[str]:
    """Every message of the code, as translators get them."""
    found = extract_from_dir(Path(blinkbot.__file__).parent, keywords=KEYWORDS)
    messages: set[str] = set()
    for _, _, message, _, _ in found:
        messages |= {message} if isinstance(message, str) else {each for each in message if each}
    return frozenset(messages)


def hatted(message: str) -> str:
    """A message in the pseudo-language."""
    parts = re.split(f"({KEPT.pattern})", message)
    return "".join(part if index % 2 else part.translate(HATS) for index, part in enumerate(parts))


class PseudoTranslations(NullTranslations):
    """Translates what is in the catalogue, and nothing else."""

    def gettext(self, message: str) -> str:
        """A message with hats."""
        return hatted(message) if message in catalogue() else message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The same of the form that fits."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The same; every context has the same hats."""
        return self.gettext(message)


@contextmanager
def pseudo_language() -> Iterator[str]:
    """Have the pseudo-language within this block; gives its code."""
    with added(PSEUDO, PseudoTranslations()):
        yield PSEUDO
