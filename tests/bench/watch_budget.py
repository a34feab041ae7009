"""What a budget of looks buys: `python -m tests.bench.watch_budget [PLOT.png]`. Not a test: it prints a table.

Days of made-up events, from a seed, in homes of several kinds; how long each event waits in Blink's list until a look
finds it, with looks at a fixed interval and with those that `watch.pace` derives, at the same most looks in any hour.
"""

import random
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from blinkbot.watch.pace import Expected, Pace
from tests.clock import FakeClock

SEED = 9
DAYS = 14
DAY = 86_400.0
HOUR = 3600.0
BEGIN = datetime(2026, 11, 2, tzinfo=UTC)
FIXED = (120, 60, 30, 20, 15, 10)
"""Intervals, in seconds."""


@dataclass(frozen=True)
class Kind:
    """A kind of home: visits a day, clips of a visit, seconds between those, and the hours in which it is armed."""

    name: str
    visits: float
    clips: float
    gap: tuple[float, float]
    armed: tuple[tuple[float, float], ...]


HOMES = (
    Kind("flat: armed while away, a visit now and then", 3, 2, (15, 70), ((8, 17),)),
    Kind("house: armed at night and during work", 10, 4, (15, 70), ((0, 6.5), (8, 15), (22, 24))),
    Kind("garden: always armed, children and a cat", 25, 4, (15, 70), ((0, 24),)),
    Kind("street: always armed, one clip of each car", 40, 1.1, (15, 70), ((0, 24),)),
)


def is_armed(kind: Kind, second: float) -> bool:
    """Whether it is, so many seconds after the first midnight."""
    hour = second % DAY / HOUR
    return any(begin <= hour < end for begin, end in kind.armed)


def listed(kind: Kind, days: int, chance: random.Random) -> list[float]:
    """When Blink lists clips, in seconds: visits by day and some at night, while armed."""
    found = []
    second = 0.0
    while second < days * DAY:
        by_day = 7 <= second % DAY / HOUR < 23
        second += chance.expovariate(kind.visits / DAY * (1.3 if by_day else 0.4))
        at = second
        while is_armed(kind, at) and at < days * DAY:
            found.append(at + chance.uniform(8, 30))
            if chance.random() < 1 - 1 / kind.clips:
                at += chance.uniform(*kind.gap)
            else:
                break
    return sorted(found)


@dataclass(frozen=True)
class Outcome:
    """How long events waited, in seconds, and when there were looks."""

    waits: Sequence[float]
    looks: Sequence[float]

    @property
    def most_in_an_hour(self) -> int:
        """The most looks that any hour holds."""
        first, most = 0, 0
        for last, look in enumerate(self.looks):
            while self.looks[first] <= look - HOUR:
                first += 1
            most = max(most, last - first + 1)
        return most


def watch(events: Sequence[float], days: int, step: Callable[[float, bool], float]) -> Outcome:
    """Look after so many seconds as `step` says, which is told the time and whether something was found."""
    waits: list[float] = []
    looks: list[float] = []
    now, waiting = 0.0, list(reversed(events))
    while now < days * DAY or waiting:
        looks.append(now)
        found = False
        while waiting and waiting[-1] <= now:
            waits.append(now - waiting.pop())
            found = True
        now += step(now, found)
    return Outcome(waits, looks)


def fixed(kind: Kind, interval: float, days: int, seed: int) -> Outcome:
    """Looks at a fixed interval, armed or not."""
    return watch(listed(kind, days, random.Random(seed)), days, lambda _now, _found: interval)


def derived(kind: Kind, allowance: float, days: int, seed: int, interval: float = 30.0) -> Outcome:
    """Looks as the bot makes them, at most so many an hour."""
    clock = FakeClock(BEGIN)
    pace = Pace(min(interval, HOUR / allowance), clock, random.Random(seed).random)
    was_armed = False

    def step(now: float, found: bool) -> float:
        nonlocal was_armed
        clock.now = BEGIN + timedelta(seconds=now)
        armed = is_armed(kind, now)
        if found or (armed and not was_armed):
            pace.stir()
        was_armed = armed
        return pace.next(Expected.MOTION if armed else Expected.NOTHING_ARMED, allowance)[0]

    return watch(listed(kind, days, random.Random(seed)), days, step)


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    most: int
    mean: float
    median: float
    ninety: float


def row(name: str, outcomes: Sequence[Outcome], days: int) -> Row:
    """All the outcomes as one."""
    waits = sorted(wait for outcome in outcomes for wait in outcome.waits)
    looks = sum(len(outcome.looks) for outcome in outcomes)
    return Row(
        name,
        max(outcome.most_in_an_hour for outcome in outcomes),
        looks / len(outcomes) / (days * 24),
        statistics.median(waits),
        waits[len(waits) * 9 // 10],
    )


def rows(homes: Sequence[Kind], days: int) -> Iterator[tuple[Row, Row]]:
    """For each budget, fixed and derived."""
    for interval in FIXED:
        budget = HOUR / interval
        yield (
            row(f"fixed, every {interval} s", [fixed(kind, interval, days, SEED) for kind in homes], days),
            row(f"derived, {budget:.0f} an hour", [derived(kind, budget, days, SEED) for kind in homes], days),
        )


def show(title: str, pairs: Sequence[tuple[Row, Row]]) -> None:
    """Print a table."""
    print(f"\n{title}\n{'':26}{'most an hour':>14}{'mean':>8}{'median, s':>12}{'90 %, s':>10}")
    for pair in pairs:
        for each in pair:
            print(f"{each.name:26}{each.most:14}{each.mean:8.0f}{each.median:12.1f}{each.ninety:10.1f}")


def plot(pairs: Sequence[tuple[Row, Row]], target: Path) -> None:
    """Draw the trade of budget against delay."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3.6), dpi=80, layout="constrained")
    axes = figure.subplots()
    for index, (name, colour) in enumerate((("fixed", "#888888"), ("derived", "#0a7d5a"))):
        chosen = [pair[index] for pair in pairs]
        budgets = [HOUR / interval for interval in FIXED]
        axes.plot(budgets, [each.median for each in chosen], "o-", color=colour, label=f"{name}: median")
        axes.plot(budgets, [each.ninety for each in chosen], "o:", color=colour, label=f"{name}: 90 %")
    axes.set(xscale="log", yscale="log", xlabel="most looks in any hour", ylabel="seconds until a clip is found")
    axes.set_xticks([HOUR / interval for interval in FIXED], [f"{HOUR / interval:.0f}" for interval in FIXED])
    axes.set_yticks([2, 5, 10, 20, 50, 100], ["2", "5", "10", "20", "50", "100"])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(target)


def main() -> None:
    """Print the tables, and draw the plot where a file is named."""
    together = list(rows(HOMES, DAYS))
    show(f"All homes, {DAYS} days", together)
    for kind in HOMES:
        show(kind.name, list(rows([kind], DAYS))[2:3])
    if len(sys.argv) > 1:
        plot(together, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
