"""Finding what is meant by a name: without regard to case and accents, and by the beginning of it too."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from blinkbot.bot.text.formatting import NAMELESS, join_names, quoted
from blinkbot.bot.timeparse.vocabulary import normalize as normalize
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.domain import Camera, Home, Network
from blinkbot.domain.statistics import numbered
from blinkbot.translations import Sentence

T = TypeVar("T")

MOST_WORDS = 14
"""Words behind a command in which names and times are looked for; of more, every way to cut them would be tried."""


def is_everything(words: str) -> bool:
    return normalize(words) in spoken().everything


@dataclass(frozen=True, slots=True)
class Noun:
    """What is said of a kind of thing where none is found: there are none at all, or none of that {name}."""

    none: Sentence
    unknown: Sentence

    def no_such(self, wanted: str, names: Iterable[str]) -> str:
        """HTML: nothing is called so; these are the names there are."""
        return self.unknown(name=quoted(wanted), names=join_names(list(dict.fromkeys(names))))


def matching(wanted: str, items: Iterable[T], name: Callable[[T], str]) -> list[T]:
    """The items that `wanted` may mean; several when it is ambiguous, none when it is unknown.

    The closest kind of match wins: the name as it is written, the same name normalize, its beginning, then the
    beginning of any word in it. "gar" finds "Garage" before "Old garage", and "garage" finds "Garage" alone
    even where there is a "Garage door".
    """
    candidates = list(items)
    sought = normalize(wanted)
    if not sought:
        return []
    kinds: Sequence[Callable[[str], bool]] = (
        lambda text: " ".join(text.split()) == " ".join(wanted.split()),
        lambda text: normalize(text) == sought,
        lambda text: normalize(text).startswith(sought),
        lambda text: any(word_start.startswith(sought) for word_start in _tails(normalize(text))),
    )
    found = ([item for item in candidates if fits(name(item))] for fits in kinds)
    return next(filter(None, found), [])


def called(words: str, items: Iterable[T], name: Callable[[T], str], label: Callable[[T], str]) -> tuple[str, list[T]]:
    """What words may mean, as `matching` finds it, and its name in them: "the garage" is "garage" where no name
    begins with "the". Where no name fits, the beginning of a label may: "Kitchen · Cabin" tells namesakes apart."""
    among = list(items)

    def sought(text: str) -> list[T]:
        typed = _typed(text)
        return matching(text, among, name) or [one for one in among if typed and _typed(label(one)).startswith(typed)]

    named, found = words, sought(words)
    while not found and normalize(named.partition(" ")[0]) in spoken().beside_names:
        named = named.partition(" ")[2]
        found = sought(named)
    return (named, found) if found else (words, [])


def _typed(label: str) -> str:
    """A label as it is typed: without its dot, which no phone's keyboard has, and without commas and quotes."""
    return normalize(re.sub(r'[·,"“”„]', " ", label))


def camera_labels(cameras: Sequence[Camera], home: Home) -> list[str]:
    """A different label for each camera, with its network where names repeat."""

    def place(camera: Camera) -> str:
        network = home.network(camera.network_id)
        return network.name if network and len(home.networks) > 1 else ""

    return labels(cameras, lambda camera: camera.name, place)


def network_labels(networks: Sequence[Network]) -> list[str]:
    return labels(networks, lambda network: network.name, lambda _: "")


def labels(items: Sequence[T], name: Callable[[T], str], place: Callable[[T], str]) -> list[str]:
    """A different label for each item: its name; where names repeat, with its place; then with a number."""
    plain = [name(item).strip() or NAMELESS() for item in items]
    repeated = Counter(plain)
    return numbered(
        [
            f"{text} · {place(item)}" if repeated[text] > 1 and place(item) else text
            for text, item in zip(plain, items, strict=True)
        ]
    )


def _tails(text: str) -> list[str]:
    """The text from each of its words on; a word begins where a letter or digit follows something else."""
    starts = [
        index for index, char in enumerate(text) if char.isalnum() and (index == 0 or not text[index - 1].isalnum())
    ]
    return [text[index:] for index in starts]
