"""How busy a home was: events by hour and weekday, by camera and day, and how long each took into a chat. Pure.

Also names of cameras for where there is little room, so that no two become one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import count
from statistics import median, quantiles

from blinkbot.domain.clip_search import ClipEvent

WEEKDAYS = 7
HOURS = 24

MOST_CAMERAS = 6
"""Cameras with a colour of their own; there are no more colours that everybody can tell apart."""

LEAST_DAYS = 7
"""Days that are shown, also of a bot that was set up yesterday."""

CameraKey = int | str
"""See `key_of`."""


@dataclass(frozen=True, slots=True)
class CameraDays:
    """One camera's clips, day by day; or those of all that are not among the busiest, without a name."""

    name: str
    by_day: tuple[int, ...]
    is_others: bool = False


@dataclass(frozen=True, slots=True)
class Delays:
    """How long it took until something was in a chat, in seconds: all of them, and within what half and 90 % came."""

    seconds: tuple[float, ...]
    median: float
    ninety: float


@dataclass(frozen=True, slots=True)
class Activity:
    """`by_hour` has a row of 24 counts for each weekday; `days` are the local days since the first event, or seven.

    `cameras` are the busiest first, with the others last. `delays` is None where nothing was shown. `of_people` and
    `without_video` count the events in which a person was seen, and those of which Blink keeps no video.
    """

    by_hour: tuple[tuple[int, ...], ...]
    days: tuple[date, ...]
    cameras: tuple[CameraDays, ...]
    delays: Delays | None
    of_people: int = 0
    without_video: int = 0

    @property
    def total(self) -> int:
        """How many events there were."""
        return sum(map(sum, self.by_hour))

    @property
    def busiest(self) -> int:
        """The largest count of one hour."""
        return max(max(row) for row in self.by_hour)


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words in the picture of an activity: its weekdays and days, a name for each camera whose own cannot be drawn,
    titles, axes and legends."""

    weekdays: tuple[str, ...]
    days: tuple[str, ...]
    when: str
    hour: str
    per_day: str
    cameras: tuple[str, ...]
    others: str
    delays: str
    none: str
    half: str
    ninety: str
    seconds: str
    last_bar: str


def key_of(event: ClipEvent) -> CameraKey:
    """What tells its camera from others: the id; the name where there is none, as on a USB stick."""
    return event.camera_id or event.camera_name


def activity(events: Sequence[ClipEvent], zone: tzinfo, now: datetime) -> Activity:
    """Count what happened, by the local time of a zone; it is at least one thing."""
    hours: Counter[tuple[int, int]] = Counter()
    by_camera: Counter[CameraKey] = Counter()
    by_day: Counter[tuple[CameraKey, date]] = Counter()
    names: dict[CameraKey, str] = {}
    for each in events:
        local, camera = each.at.astimezone(zone), key_of(each)
        hours[local.weekday(), local.hour] += 1
        by_camera[camera] += 1
        by_day[camera, local.date()] += 1
        names[camera] = each.camera_name
    first = min(day for _, day in by_day)
    last = max(now.astimezone(zone).date(), max(day for _, day in by_day))
    first = min(first, last - timedelta(days=LEAST_DAYS - 1))
    days = tuple(first + timedelta(days=number) for number in range((last - first).days + 1))
    order = [camera for camera, _ in by_camera.most_common()]
    cameras = [CameraDays(names[camera], tuple(by_day[camera, day] for day in days)) for camera in order[:MOST_CAMERAS]]
    others = order[MOST_CAMERAS:]
    if others:
        sums = tuple(sum(by_day[camera, day] for camera in others) for day in days)
        cameras.append(CameraDays("", sums, is_others=True))
    rows = tuple(tuple(hours[weekday, hour] for hour in range(HOURS)) for weekday in range(WEEKDAYS))
    of_people, without_video = sum(each.of_people for each in events), sum(not each.has_video for each in events)
    return Activity(rows, days, tuple(cameras), delays_of(events), of_people, without_video)


def delays_of(events: Sequence[ClipEvent]) -> Delays | None:
    """How long they took, None where none was shown."""
    seconds = tuple(each.delay for each in events if each.delay is not None)
    if not seconds:
        return None
    ninety = quantiles(seconds, n=10, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return Delays(seconds, median(seconds), ninety)


def numbered(names: Sequence[str]) -> list[str]:
    """The names, with a number behind each that stands there more than once: all are different."""
    repeated = Counter(names)
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(1))
    # A number that another one has as a part of its name is no use.
    return [
        next(new for number in numbers[name] if (new := f"{name} #{number}") not in repeated)
        if repeated[name] > 1
        else name
        for name in names
    ]


def shortened(names: Sequence[str], length: int) -> list[str]:
    """The names in at most so many letters each (at least ten), and no two the same that were not.

    They are cut in the middle, since one house's names often begin alike, and end in a place or a number; or elsewhere,
    where only that keeps what differs.
    """
    for head in sorted(range(length), key=lambda head: abs(head - length // 2)):
        result = [_cut(name, length, head) for name in names]
        if len(set(result)) == len(set(names)):
            return result
    room = length - len(f" #{len(names)}")
    return numbered([_cut(name, room, room // 2) for name in names])


def _cut(name: str, length: int, head: int) -> str:
    """A name of at most so many letters; its end begins with a whole word where there is one behind `head` letters."""
    if len(name) <= length:
        return name
    tail = name[len(name) - (length - 1 - head) :] if head < length - 1 else ""
    in_a_word = not name[: len(name) - len(tail)].endswith(" ")
    if in_a_word and " " in tail:
        tail = tail[tail.index(" ") :]
    tail = tail.lstrip()
    return f"{name[: length - 1 - len(tail)].rstrip()}…{tail}"
