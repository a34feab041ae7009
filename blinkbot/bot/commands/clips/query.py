"""What stands behind /clips: a camera, a time, both in any order, or neither. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from blinkbot.bot.text import times
from blinkbot.bot.text.formatting import escaped, listed, network_zone, quoted
from blinkbot.bot.text.names import MOST_WORDS, called, camera_labels, folded, is_everything
from blinkbot.bot.timeparse.past import Window, read_time
from blinkbot.bot.timeparse.problems import TimeProblem
from blinkbot.domain import Camera, Home

EVER = Window()


@dataclass(frozen=True, slots=True)
class Question:
    """Clips of any of these cameras (of all where there is none), in this window."""

    cameras: tuple[Camera, ...] = ()
    window: Window = EVER


@dataclass(frozen=True, slots=True)
class Misread:
    """What was not understood, with examples of what works. `text` is HTML."""

    text: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to take the words: these as a camera's name, the rest as a time."""

    name: str
    cameras: tuple[Camera, ...]
    exact: bool
    rest: str
    time: Window | TimeProblem | None

    @property
    def names_camera(self) -> bool:
        """Whether the words for a camera are such, or there are none."""
        return bool(self.cameras) or not self.name or is_everything(self.name)

    @property
    def rank(self) -> tuple[int, int]:
        """Lower is better: a whole name, then no name at all, then a part of one; of these the longest."""
        kind = 0 if self.exact else 1 if not self.cameras else 2
        return kind, -len(self.name)


def read_question(text: str, home: Home, now: datetime, fallback: str) -> Question | Misread:
    """What words ask for; `fallback` is the configured zone's name.

    Where they can be taken in several ways, that is chosen which explains them all, and whole names before parts:
    a camera may be called "Yesterday", or "Cam 2".
    """
    words = text.rstrip("?! ").replace(",", " ").split()
    if not words:
        return Question()
    if len(words) > MOST_WORDS:
        return Misread(f"That is too much at once for me. {_examples(home)}")
    readings = sorted(_readings(words, home, now, fallback), key=lambda reading: reading.rank)
    whole = next((each for each in readings if each.names_camera and isinstance(each.time, Window)), None)
    if whole is not None and isinstance(whole.time, Window):
        return Question(whole.cameras, whole.time)
    return Misread(_complaint(readings, text, home))


def _readings(words: list[str], home: Home, now: datetime, fallback: str) -> Iterator[_Reading]:
    """Every way to take neighbouring words as a name."""
    for first in range(len(words)):
        for after in range(first, len(words) + 1):
            if after > first or first == 0:
                yield _reading(words[first:after], [*words[:first], *words[after:]], home, now, fallback)


def _reading(named: list[str], others: list[str], home: Home, now: datetime, fallback: str) -> _Reading:
    name, rest = " ".join(named), " ".join(others)
    labelled = zip(home.cameras, camera_labels(home.cameras, home), strict=True)
    bare, found = called(name, labelled, lambda each: each[0].name, lambda each: each[1])
    cameras = [camera for camera, _ in found]
    exact = any(folded(camera.name) == folded(bare) for camera in cameras)
    network = home.network(cameras[0].network_id) if cameras else next(iter(home.networks), None)
    time = read_time(rest, now, network_zone(network, fallback)) if rest else EVER
    return _Reading(name, tuple(cameras), exact, rest, time)


def _complaint(readings: list[_Reading], text: str, home: Home) -> str:
    for each in readings:
        if each.names_camera and isinstance(each.time, TimeProblem):
            return f"{times.problem(each.time)} {_examples(home, *each.time.works)}"
    named = min((each for each in readings if each.cameras), key=lambda each: each.rank, default=None)
    if named is not None:
        return f"I do not understand {quoted(named.rest)} as a time. {_examples(home)}"
    timed = min(
        (each for each in readings if each.rest and isinstance(each.time, Window)),
        key=lambda each: len(each.name),
        default=None,
    )
    unknown = timed.name if timed is not None else text
    names = listed(list(dict.fromkeys(camera.name for camera in home.cameras)))
    return f"There is no camera {quoted(unknown)}. There is {names or 'none at all'}. {_examples(home)}"


def _examples(home: Home, *works: str) -> str:
    """What would work, with a camera of this home."""
    camera = f"{folded(home.cameras[0].name)} " if home.cameras else ""
    offered = [*works[:2], f"{camera}yesterday"]
    if not works:
        offered += ["last night", "20 nov 18:00-20:00"]
    quotes = [f"“/clips {escaped(each)}”" for each in dict.fromkeys(offered)]
    return f"Try {', '.join(quotes[:-1])} or {quotes[-1]}." if len(quotes) > 1 else f"Try {quotes[0]}."
