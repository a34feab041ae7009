"""What stands behind /clips: who or what was seen, a camera, a time; each may be left out, the order is free. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from blinkbot.bot.text.clips import NO_TIME, TOO_MUCH
from blinkbot.bot.text.devices import CAMERA
from blinkbot.bot.text.formatting import quoted
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.names import MOST_WORDS, called, camera_labels, is_everything, normalize
from blinkbot.bot.text.times import problem, with_examples
from blinkbot.bot.timeparse.past import Window, read_time
from blinkbot.bot.timeparse.problems import TimeProblem
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.domain import Camera, Home, Seen

EVER = Window()


@dataclass(frozen=True, slots=True)
class Question:
    """Clips of any of these cameras (of all where there is none), in this window, in which Blink saw this."""

    cameras: tuple[Camera, ...] = ()
    window: Window = EVER
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Misread:
    """What was not understood, with examples of what works. `text` is HTML."""

    text: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to take the words: one as what was seen, these as a camera's name, the rest as a time."""

    seen: Seen | None
    name: str
    cameras: tuple[Camera, ...]
    exact: bool
    rest: str
    time: Window | TimeProblem | None

    @property
    def names_camera(self) -> bool:
        return bool(self.cameras) or not self.name or is_everything(self.name)

    @property
    def rank(self) -> tuple[int, int, bool]:
        """Lower is better: a whole name, then no name at all, then a part of one; of these the longest."""
        kind = 0 if self.exact else 1 if not self.cameras else 2
        return kind, -len(self.name), self.seen is None


def read_question(text: str, locale: Locale) -> Question | Misread:
    """What words ask for. Where they can be taken in several ways, that is chosen which explains them all, and whole
    names before parts: a camera may be called "Yesterday", "Car", or "Cam 2"."""
    words = text.rstrip("?! ").replace(",", " ").split()
    if not words:
        return Question()
    if len(words) > MOST_WORDS:
        return Misread(with_examples(TOO_MUCH(), _examples(locale.home)))
    readings = sorted(_readings(words, locale), key=lambda reading: reading.rank)
    whole = next((each for each in readings if each.names_camera and isinstance(each.time, Window)), None)
    if whole is not None and isinstance(whole.time, Window):
        return Question(whole.cameras, whole.time, whole.seen)
    return _misread(readings, text, locale.home)


def _readings(words: list[str], locale: Locale) -> Iterator[_Reading]:
    for seen, left in _without_seen(words):
        for first in range(max(1, len(left))):
            for after in range(first, len(left) + 1):
                if after > first or first == 0:
                    yield _reading(seen, left[first:after], [*left[:first], *left[after:]], locale)


def _without_seen(words: list[str]) -> Iterator[tuple[Seen | None, list[str]]]:
    """The words as they are; and for each that tells what was seen, the others, without what leads up to it, too."""
    yield None, words
    for seen, names in spoken().seen.items():
        for at, word in enumerate(words):
            if normalize(word) in names:
                before, after = words[:at], words[at + 1 :]
                yield seen, [*before, *after]
                while before and normalize(before[-1]) in spoken().beside_seen:
                    before.pop()
                    yield seen, [*before, *after]


def _reading(seen: Seen | None, named: list[str], others: list[str], locale: Locale) -> _Reading:
    name, rest, home = " ".join(named), " ".join(others), locale.home
    labelled = zip(home.cameras, camera_labels(home.cameras, home), strict=True)
    bare, found = called(name, labelled, lambda each: each[0].name, lambda each: each[1])
    cameras = [camera for camera, _ in found]
    exact = any(normalize(camera.name) == normalize(bare) for camera in cameras)
    networks = [camera.network_id for camera in cameras] or [network.id for network in home.networks]
    time = read_time(rest, locale.now, locale.zone(networks[0] if networks else None)) if rest else EVER
    return _Reading(seen, name, tuple(cameras), exact, rest, time)


def _misread(readings: list[_Reading], text: str, home: Home) -> Misread:
    for each in readings:
        if each.names_camera and isinstance(each.time, TimeProblem):
            return Misread(with_examples(problem(each.time), _examples(home, each.time.works)))
    named = min((each for each in readings if each.cameras), key=lambda each: each.rank, default=None)
    if named is not None:
        return Misread(with_examples(NO_TIME(words=quoted(named.rest)), _examples(home)))
    timed = [each.name for each in readings if (each.rest or each.seen) and isinstance(each.time, Window)]
    names = [camera.name for camera in home.cameras]
    why = CAMERA.no_such(min(timed, key=len, default=text), names) if names else CAMERA.none()
    return Misread(with_examples(why, _examples(home)))


def _examples(home: Home, works: Sequence[str] = ()) -> list[str]:
    yesterday, *others = spoken().pasts[None]
    camera = f"{normalize(home.cameras[0].name)} " if home.cameras else ""
    offered = [*works[:2], f"{camera}{yesterday}", *([] if works else others)]
    return [f"/clips {each}" for each in dict.fromkeys(offered)]
