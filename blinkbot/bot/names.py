"""Finding what somebody meant by a name: without regard to case and accents, and by the beginning of it too."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")

NAMELESS = "(no name)"


def folded(text: str) -> str:
    """Text as it is compared: no case, no accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.casefold().split())


def matching(wanted: str, items: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """The items that `wanted` may mean; several when it is ambiguous, none when it is unknown.

    The closest kind of match wins: the name as it is written, the same name folded, its beginning, then the
    beginning of any word in it. "gar" finds "Garage" before "Old garage", and "garage" finds "Garage" alone
    even where there is a "Garage door".
    """
    candidates = list(items)
    sought = folded(wanted)
    if not sought:
        return []
    kinds: Sequence[Callable[[str], bool]] = (
        lambda text: " ".join(text.split()) == " ".join(wanted.split()),
        lambda text: folded(text) == sought,
        lambda text: folded(text).startswith(sought),
        lambda text: any(word_start.startswith(sought) for word_start in _tails(folded(text))),
    )
    for fits in kinds:
        found = [item for item in candidates if fits(name(item))]
        if found:
            return found
    return []


def labels(items: Sequence[T], name: Callable[[T], str], place: Callable[[T], str]) -> list[str]:
    """A different label for each item: its name; where names repeat, with its place; then with a number."""
    plain = [name(item).strip() or NAMELESS for item in items]
    repeated = Counter(plain)
    placed = [
        f"{text} · {place(item)}" if repeated[text] > 1 and place(item) else text
        for text, item in zip(plain, items, strict=True)
    ]
    still = Counter(placed)
    seen: Counter[str] = Counter()
    result = []
    for text in placed:
        seen[text] += 1
        result.append(f"{text} #{seen[text]}" if still[text] > 1 else text)
    return result


def _tails(text: str) -> list[str]:
    """The text from each of its words on; a word begins where a letter or digit follows something else."""
    starts = [
        index for index, char in enumerate(text) if char.isalnum() and (index == 0 or not text[index - 1].isalnum())
    ]
    return [text[index:] for index in starts]
