"""Weekly programs that Blink's own servers carry out (protocol §8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta, tzinfo
from enum import StrEnum

from blinkbot.domain.model import Network
from blinkbot.errors import BlinkError


class Weekday(StrEnum):
    """A day of a schedule; the values are how Blink abbreviates them."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    def shifted(self, days: int) -> "Weekday":
        """The weekday so many days later (or earlier, when negative)."""
        order = list(Weekday)
        return order[(order.index(self) + days) % 7]


class ArmAction(StrEnum):
    """What a schedule entry does."""

    ARM = "arm"
    DISARM = "disarm"


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """One line of a weekly schedule as Blink stores it.

    `at` is the clock part and `offset` its distance from UTC, normally zero. People are shown the network's
    local time: `timezones.local_entry` converts, with days shifted where the conversion crosses midnight.
    `stored` is all that Blink keeps of it, sent back as it came but for what was changed here; None for a new one.
    """

    days: tuple[Weekday, ...]
    at: time
    action: ArmAction | str
    offset: timedelta = timedelta()
    stored: Mapping[str, object] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A weekly program that Blink's own servers carry out (protocol §8); `stored` as in its entries."""

    id: int
    network_id: int
    name: str
    enabled: bool
    entries: tuple[ScheduleEntry, ...] = ()
    stored: Mapping[str, object] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class NetworkSchedules:
    """The schedules of one network, with the zone its times are shown in.

    `error` is why they could not be read, None where they were.
    """

    network: Network
    schedules: tuple[Schedule, ...]
    zone: tzinfo
    error: BlinkError | None = None
