"""What can be muted and what is said about it: the words of /mute, /unmute and /snooze. Pure; texts are HTML."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from blinkbot.bot.buttons.callbacks import UNTIL_MORNING
from blinkbot.bot.text.formatting import bold, cut, escaped, listed, network_zone, quoted
from blinkbot.bot.text.names import ALL_CAMERAS, MOST_WORDS, called, camera_labels, folded, labels
from blinkbot.bot.timeparse.future import LONGEST, MORNING, about_time, next_time, point
from blinkbot.domain import Home
from blinkbot.domain.preferences import EVERYTHING, Mute, Scope, Target

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

ICONS = {Scope.CAMERA: "📷 ", Scope.NETWORK: "🏠 ", Scope.ALL: ""}

ALL_OF_IT = "<b>Everything</b>"

LENGTHS = (("1 h", 60), ("3 h", 180), ("Until 7:00", UNTIL_MORNING), ("1 day", 1440))
"""The lengths that are offered, with their minutes."""

IT_IS_GONE = "🔔 That mute has ended. What it was for is not there any more."


@dataclass(frozen=True, slots=True)
class MuteTarget:
    """A target with the name somebody gave it, what tells it from all others, and the zone its times are told in.

    `gone`: it is not in the home any more.
    """

    target: Target
    name: str
    label: str
    zone: tzinfo
    gone: bool = False

    @property
    def bold(self) -> str:
        """The name as it stands in a message."""
        return ALL_OF_IT if self.target == EVERYTHING else bold(self.label)

    @property
    def verb(self) -> str:
        """ "Front Porch is", in plain text."""
        return f"{cut(self.label)} is"

    @property
    def choice(self) -> str:
        """Its button, where one is to be chosen."""
        return f"{ICONS[self.target.scope]}{self.label}"

    @property
    def ending(self) -> str:
        """The button that ends its mute."""
        return f"🔔 Unmute {'everything' if self.target == EVERYTHING else self.label}"


def everything(home: Home, time_zone: str) -> MuteTarget:
    """All there is; its times are those of the first network."""
    zone = network_zone(home.networks[0] if home.networks else None, time_zone)
    return MuteTarget(EVERYTHING, "", "Everything", zone)


def places(home: Home, time_zone: str) -> list[MuteTarget]:
    """What has a name: the cameras, then the networks. `time_zone` serves networks without a usable one."""
    cameras = [
        MuteTarget(
            Target(Scope.CAMERA, camera.id),
            camera.name,
            label,
            network_zone(home.network(camera.network_id), time_zone),
        )
        for camera, label in zip(home.cameras, camera_labels(home.cameras, home), strict=True)
    ]
    names = labels(home.networks, lambda network: network.name, lambda _: "")
    networks = [
        MuteTarget(Target(Scope.NETWORK, network.id), network.name, label, network_zone(network, time_zone))
        for network, label in zip(home.networks, names, strict=True)
    ]
    return [*cameras, *networks]


def is_all(words: str) -> bool:
    """Whether everything is meant."""
    return folded(words) in ALL_CAMERAS


def meant(words: str, home: Home, time_zone: str) -> list[MuteTarget]:
    """What somebody may mean by a name, or by the label that tells namesakes apart; everything where there is none."""
    there = places(home, time_zone)
    if not words or is_all(words):
        # Where a camera is called "All", both may be meant.
        same = [place for place in there if words and folded(place.name) == folded(words)]
        return [everything(home, time_zone), *same]
    return called(words, there, lambda place: place.name, lambda place: place.label)[1]


def silenced(target: Target, home: Home, time_zone: str) -> MuteTarget | None:
    """A target with its name; None where the home has no such thing any more."""
    if target.scope is Scope.ALL:
        return everything(home, time_zone)
    return next((place for place in places(home, time_zone) if place.target == target), None)


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


def with_name(command: str, name: str) -> str:
    """A command as it begins an example, without the dot of a label, which no phone's keyboard has.

    A mere number would be taken for a part of the time.
    """
    bare = name.strip(" ·")
    return f"{command} {bare}" if bare and not bare.isdecimal() else command


def ended(words: str) -> str | None:
    """What is left of words that end with "off", as "/mute porch off"; None where they do not."""
    *rest, last = words.split() or [""]
    return " ".join(rest) if folded(last) == "off" else None


def minutes_until(until: datetime, now: datetime) -> int:
    """For a button that is tapped in a moment: the minutes, rounded up."""
    return max(1, math.ceil((until - now) / timedelta(minutes=1)))


def end_of(minutes: int, now: datetime, zone: tzinfo) -> datetime:
    """When a tap's minutes are over; no forged number lasts longer than words can."""
    if minutes == UNTIL_MORNING:
        return next_time(MORNING, now, zone)
    return now + min(timedelta(minutes=minutes), LONGEST)


def minute_of(until: datetime) -> int:
    """For a button that is tapped later: the minute that has begun at the end."""
    return (until - EPOCH) // timedelta(minutes=1)


def end_at(minute: int, now: datetime) -> datetime | None:
    """The end that such a button tells, None where it is past; no forged one is later than words can tell."""
    until = min(EPOCH + timedelta(minutes=minute), now + LONGEST)
    return until if until > now else None


def past(what: MuteTarget, command: str) -> str:
    """The end that a button told is past."""
    works = with_name(command, "all" if what.target == EVERYTHING else folded(what.label))
    return f"That time is over already. Try {quoted(f'{works} 1h')}."


def muted(what: MuteTarget, until: datetime, now: datetime) -> str:
    """It is muted now."""
    return f"🔕 {what.bold} is muted here until {point(until, now, what.zone)}. Clips stay in /clips."


def muted_toast(what: MuteTarget, until: datetime, now: datetime) -> str:
    """The same in plain text, for the top of the screen."""
    return f"🔕 {what.verb} muted here until {point(until, now, what.zone)}."


def shown_again(ended: Sequence[MuteTarget]) -> str:
    """These are muted no more."""
    names = [ALL_OF_IT] if EVERYTHING in [what.target for what in ended] else [w.bold for w in ended if not w.gone]
    if not names:
        return IT_IS_GONE
    whole = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"🔔 {whole} {'is' if len(names) == 1 else 'are'} shown here again."


def no_such(wanted: str, home: Home, command: str) -> str:
    """Nothing is called so. `command` stands in the example."""
    names = [*(camera.name for camera in home.cameras), *(network.name for network in home.networks)]
    there = f" There is {listed(list(dict.fromkeys(names)))}." if names else ""
    works = " ".join([command, folded(names[0]) if names else "all", *(["1h"] if command != "/unmute" else [])])
    return f"There is no camera or network {quoted(wanted)}.{there} Try {quoted(works)}."


def named(target: Target, home: Home, time_zone: str) -> MuteTarget:
    """A target by its name; of what is gone from the home, no more than that."""
    gone = MuteTarget(target, "", f"a {target.scope} that is gone", everything(home, time_zone).zone, gone=True)
    return silenced(target, home, time_zone) or gone


def covers(wide: Target, narrow: Target, home: Home) -> bool:
    """Whether a mute of `wide` hides `narrow`, too."""
    if narrow.scope is Scope.CAMERA:
        camera = home.camera(narrow.id)
        return wide.covers(camera.network_id if camera else 0, narrow.id)
    return wide in (narrow, EVERYTHING)


def mutes_list(mutes: Sequence[Mute], home: Home, now: datetime, time_zone: str) -> str:
    """What is muted in a chat now."""
    if not mutes:
        return "🔔 Nothing is muted here. For how long shall I be silent?"
    lines = []
    for mute in mutes:
        what = named(mute.target, home, time_zone)
        lines.append(f"• {what.bold} until {escaped(point(mute.until, now, what.zone))}")
    return "\n".join(["🔕 Muted here:", *lines])
