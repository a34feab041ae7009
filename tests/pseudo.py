"""A language made of the catalogue: every letter of a sentence gets a hat, names and numbers stay as they are."""

import html
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir

import blinkbot
from blinkbot.bot.timeparse.vocabulary import meanings, spoken
from blinkbot.simulator.botapi import ChatView, MediaKind, SimMessage
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
def messages_by_file() -> dict[str, frozenset[str]]:
    """The messages of each file of the package, as translators get them."""
    found: dict[str, set[str]] = {}
    for file, _, message, _, _ in extract_from_dir(Path(blinkbot.__file__).parent, keywords=KEYWORDS):
        forms = {message} if isinstance(message, str) else {each for each in message if each}
        found[file] = found.get(file, set()) | forms
    return {file: frozenset(messages) for file, messages in found.items()}


@cache
def catalogue() -> frozenset[str]:
    """Every message of the code."""
    return frozenset().union(*messages_by_file().values())


def hatted(message: str) -> str:
    """A message in the pseudo-language."""
    parts = re.split(f"({KEPT.pattern})", message)
    return "".join(part if index % 2 else part.translate(HATS) for index, part in enumerate(parts))


class PseudoTranslations(NullTranslations):
    """Translates what is in the catalogue, and nothing else; `said` is what it has translated."""

    def __init__(self) -> None:
        super().__init__()
        self.said: set[str] = set()

    def gettext(self, message: str) -> str:
        """A message with hats."""
        if message not in catalogue():
            return message
        self.said.add(message)
        return hatted(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The same of the form that fits."""
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The same; every context has the same hats."""
        return self.gettext(message)

    def unsaid(self, *files: str) -> set[str]:
        """The messages of these files that were not said yet, both forms of each plural."""
        return set().union(*(messages_by_file()[file] for file in files)) - self.said


@contextmanager
def pseudo_language() -> Iterator[PseudoTranslations]:
    """Have the pseudo-language within this block."""
    language = PseudoTranslations()
    with added(PSEUDO, language):
        yield language


class Reader:
    """Finds words that escaped translation. `names` are what people, devices and zones are called, and words of Blink's
    own; `typed` is what people have typed until now."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({*names, *(name.casefold() for name in names)}, key=len, reverse=True)
        self.typed: list[str] = []

    def escaped(self, text: str) -> list[str]:
        """The words of a text that are in no language but ours, but for names, commands and examples."""
        quoted_out = re.sub(r"“([^”]*)”", lambda found: "" if self._may_be_quoted(found[1]) else found[0], text)
        for example in (*spoken().lengths, *spoken().hours):
            quoted_out = re.sub(rf"(?<!\w){re.escape(example)}(?!\w)", "", quoted_out)
        return re.findall("[A-Za-z]+", self._bare(quoted_out))

    def _bare(self, text: str) -> str:
        for name in self._names:
            text = text.replace(name, "")
        return re.sub(r"/[a-z]+\b( (on|off)\b)?|°[CF]\b", "", text)

    def _may_be_quoted(self, words: str) -> bool:
        """Whether it was typed, word by word, or is a command with names and words about times behind it alone."""
        if any(f" {words.removesuffix('…')}" in f" {line}" for line in self.typed):
            return True
        vocabulary = spoken()
        known = {*meanings(vocabulary), *vocabulary.on, *vocabulary.off, *vocabulary.everything}
        return words.startswith("/") and set(re.findall("[A-Za-z]+", self._bare(words))) <= known


def shown(view: ChatView) -> dict[str, str]:
    """All that a chat has shown until now, and where: every state of every message, buttons, notes, the menu."""
    found: dict[str, str] = {}
    for message in view.messages:
        for state in message.states if message.from_bot and message.service is None else ():
            found[with_quotes(state)] = f"message {message.id}"
            found |= {button.text: f"a button of {message.id}" for row in state.buttons for button in row}
            if state.media is not None and state.media.kind is MediaKind.DOCUMENT:
                found[state.media.file_name] = f"the file of {message.id}"
    found |= {answer.text: "a note" for answer in view.answers}
    return found | {command.description: "the menu" for command in view.commands}


def with_quotes(message: SimMessage) -> str:
    """What a message says, with commands that can be copied in quotes."""
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<code>(/.*?)</code>", r"“\1”", message.html)))


def is_under_way(message: SimMessage) -> bool:
    """Whether more is to come in this message's place."""
    return message.content.startswith("⏳") or (message.content.startswith("🔴") and not message.buttons)
