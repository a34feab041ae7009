"""What /mute, /unmute and /snooze are about: the things that words mean, and the ends that buttons carry. Pure."""

import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from blinkbot.bot.buttons.callback_data import instant_of
from blinkbot.bot.buttons.callbacks import UNTIL_MORNING
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.muting import EVERYTHING_BUTTON, GONE_NAMES, MuteTarget
from blinkbot.bot.text.names import MOST_WORDS, called, camera_labels, is_everything, network_labels, normalize
from blinkbot.bot.timeparse.future import LONGEST, MORNING, about_time
from blinkbot.bot.timeparse.instants import next_time
from blinkbot.domain import Home
from blinkbot.domain.preferences import EVERYTHING, Scope, Target


def everything(locale: Locale) -> MuteTarget:
    """All there is; its times are those of the first network."""
    networks = locale.home.networks
    return MuteTarget(EVERYTHING, "", EVERYTHING_BUTTON(), locale.zone(networks[0].id if networks else None))


def places(locale: Locale) -> Iterator[MuteTarget]:
    """What has a name: the cameras, then the networks."""
    cameras, networks = locale.home.cameras, locale.home.networks
    for camera, label in zip(cameras, camera_labels(cameras, locale.home), strict=True):
        yield MuteTarget(Target(Scope.CAMERA, camera.id), camera.name, label, locale.zone(camera.network_id))
    for network, label in zip(networks, network_labels(networks), strict=True):
        yield MuteTarget(Target(Scope.NETWORK, network.id), network.name, label, locale.zone(network.id))


def is_all(words: str) -> bool:
    return not words or is_everything(words)


def meant(words: str, locale: Locale) -> list[MuteTarget]:
    """What a name may mean, or the label that tells namesakes apart; everything where there is none."""
    there = list(places(locale))
    if is_all(words):
        # Where a camera is called "All", both may be meant.
        same = [place for place in there if words and normalize(place.name) == normalize(words)]
        return [everything(locale), *same]
    return called(words, there, lambda place: place.name, lambda place: place.label)[1]


def named(target: Target, locale: Locale) -> MuteTarget:
    """A target with its name; of what is gone from the home, no more than that."""
    all_of_it = everything(locale)
    if target.scope is Scope.ALL:
        return all_of_it
    found = next((place for place in places(locale) if place.target == target), None)
    return found or MuteTarget(target, "", GONE_NAMES[target.scope](), all_of_it.zone, gone=True)


def split(words: str, *, known: Callable[[str], bool], readable: Callable[[str], bool]) -> tuple[str, str]:
    """Words as what and how long, in either order; one of them may be missing.

    `known` tells whether words name something, `readable` whether they are a time. Of a time that is none, the
    closest guess is given, so that it can be complained about.
    """
    parts = words.split()
    if len(parts) > MOST_WORDS:
        return "", words
    cuts = [(" ".join(parts[:index]), " ".join(parts[index:])) for index in range(len(parts) + 1)]
    timed = [(name, length) for name, length in cuts if length and readable(length)]
    timed += [(name, length) for length, name in reversed(cuts) if length and readable(length)]
    for name, length in timed:
        if not name or known(name):
            return name, length
    for name, length in reversed(cuts):
        # "2 of what is no time" is rather that than "Garage 2".
        if name and known(name) and not (length and name.isdecimal()):
            return name, length
    if about_time(words):
        return "", words
    return timed[0] if timed else (words, "")


def without_marks(words: str) -> str:
    """Words without quotes and commas; within a number, a comma stays."""
    return re.sub(r'["“”„]|(?<![0-9]),|,(?![0-9])', " ", words)


def with_name(slash: str, name: str) -> str:
    """A command as it begins an example, without the dot of a label, which no phone's keyboard has. A mere number would
    be taken for a part of the time."""
    bare = name.strip(" ·")
    return f"{slash} {bare}" if bare and not bare.isdecimal() else slash


def minutes_until(until: datetime, now: datetime) -> int:
    """For a button that is tapped in a moment: the minutes, rounded up."""
    return max(1, math.ceil((until - now) / timedelta(minutes=1)))


def end_of(minutes: int, what: MuteTarget, now: datetime) -> datetime:
    """When a button's minutes are over; no forged number lasts longer than words can."""
    if minutes == UNTIL_MORNING:
        return next_time(MORNING, now, what.zone)
    return now + min(timedelta(minutes=minutes), LONGEST)


def end_at(minute: int, now: datetime) -> datetime | None:
    """The end that such a button carries, None where it is past; no forged one is later than words can tell."""
    until = min(instant_of(minute), now + LONGEST)
    return until if until > now else None


def covers(wide: Target, narrow: Target, home: Home) -> bool:
    if narrow.scope is Scope.CAMERA:
        camera = home.camera(narrow.id)
        return wide.covers(camera.network_id if camera else 0, narrow.id)
    return wide in (narrow, EVERYTHING)
