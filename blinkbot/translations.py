"""Sentences for people, through gettext: translated when they are said, into the reader's language.

A sentence is whole and has named placeholders; what fills them is a name, a number or a time, never half a sentence.
Catalogues lie in `locale/<language>/LC_MESSAGES/blinkbot.mo`; English needs none, since it is what stands in the code.
"""

import functools
import gettext as _gettext
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

DOMAIN = "blinkbot"
LOCALE_FOLDER = Path(__file__).parent / "locale"
ENGLISH = "en"
_spoken = ContextVar("language", default=ENGLISH)
_added: dict[str, _gettext.NullTranslations] = {ENGLISH: _gettext.NullTranslations()}


def gettext(message: str) -> str:
    return _catalogue(_spoken.get()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return _catalogue(_spoken.get()).ngettext(singular, plural, n)


def pgettext(context: str, message: str) -> str:
    """gettext for an ambiguous word; `context` tells translators the meaning."""
    return _catalogue(_spoken.get()).pgettext(context, message)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence said later, in the language spoken then: `SENTENCE(name="Porch")`. In HTML, escape values before."""

    message: str
    context: str = field(default="", kw_only=True)  # Tells translators which meaning of an ambiguous word this is

    def __call__(self, **values: object) -> str:
        said = pgettext(self.context, self.message) if self.context else gettext(self.message)
        return said.format_map(values)


@dataclass(frozen=True, slots=True)
class Plural:
    """The same, in a form for one and a form for many: `CLIPS(3)` is "3 clips". The number is `{n}` in it."""

    singular: str
    plural: str

    def __call__(self, n: int, **values: object) -> str:
        return ngettext(self.singular, self.plural, n).format_map({"n": n, **values})


AND = Sentence("{several} and {last}")
OR = Sentence("{several} or {last}")
COMMA = Sentence("{several}, {last}")


def joined(parts: Sequence[str], link: Sentence = AND) -> str:
    """Parts as a person lists them: "A, B and C", or with OR as the link "A, B or C"."""
    return link(several=joined(parts[:-1], COMMA), last=parts[-1]) if len(parts) > 1 else "".join(parts)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Say what is said in this block, and in tasks that it starts, in the language for a code (see `best`)."""
    token = _spoken.set(best(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language that is spoken now."""
    return _spoken.get()


def languages() -> frozenset[str]:
    """The languages there are: those whose catalogue is shipped, and English."""
    return _shipped() | _added.keys()


def best(code: str | None) -> str:
    """The language for a code such as Telegram's language_code ("pt-br", "de", None): the closest that there is."""
    wanted = (code or "").replace("_", "-").lower()
    for candidate in (wanted, wanted.partition("-")[0]):
        if candidate in languages():
            return candidate
    return ENGLISH


@contextmanager
def added(language: str, catalogue: _gettext.NullTranslations) -> Iterator[None]:
    """Have one more language within this block, as tests and translators at work do."""
    _added[language] = catalogue
    _catalogue.cache_clear()
    try:
        yield
    finally:
        del _added[language]
        _catalogue.cache_clear()


@functools.cache
def _shipped() -> frozenset[str]:
    return frozenset(file.parents[1].name for file in LOCALE_FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))


@functools.cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    found = _added.get(language)
    return found if found is not None else _gettext.translation(DOMAIN, LOCALE_FOLDER, [language])
