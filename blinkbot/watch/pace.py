"""How often the cloud is asked while Blink is well: a pure rule over what was seen, and what the budget leaves.

Quick after something happened, since more follows: arming, a press, motion, a person who asks. Then ever slower, down
to the interval that is set; slow where nothing can happen, or is shown to no chat for long. Two shares of what the
budget leaves: one for looks at the slower interval, one for being quicker than that, so that neither uses up the other;
the more of the second is used, the less quick they are.
"""

import math
import random
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from blinkbot.domain import SlowedBy
from blinkbot.ports import Clock

# Seconds between looks in a burst: "a few seconds apart" (protocol §12).
QUICK = 5.0
QUICK_FOR = timedelta(minutes=2)
# The distance grows with the time since something happened, by this part of it: what follows mostly does so at once.
SLOWING = 0.07
# What of the budget's looks an hour is for the slower interval; the rest is for being quicker.
CALM_SHARE = 0.5
# Of what the budget leaves, so much is planned with: an hour of looks that chance made short holds some more.
PLANNED = 0.97
# Looks are not made in one beat with those of other bots.
JITTER = 0.2
# (what, factor on the interval, ceiling in seconds): minutes when nothing is armed (protocol §12).
SLOW_FACTOR, SLOW_CEILING = 4, 300.0
# After Blink asked us to slow down: at least so many seconds between looks, for so long (protocol §12).
SUBDUED, SUBDUED_FOR = 30.0, timedelta(minutes=30)
HOUR = timedelta(hours=1)


class Expected(StrEnum):
    """What may happen, and is shown."""

    MOTION = "motion"
    NOTHING_ARMED = "nothing is armed"
    ALL_MUTED = "every chat is muted"


class Pace:
    """The distance to the next look. `interval` is in seconds; `jitter` is a chance between 0 and 1."""

    def __init__(self, interval: float, clock: Clock, jitter: Callable[[], float] = random.random) -> None:
        self._interval = interval
        self._clock = clock
        self._jitter = jitter
        self._stirred_at: datetime | None = None
        self._subdued_at: datetime | None = None
        # When looks were quicker than the slower interval, and what part of a look each cost more than that.
        self._surplus: deque[tuple[datetime, float]] = deque()

    def stir(self) -> None:
        """Something happened after which more may."""
        self._stirred_at = self._clock()

    def subdue(self) -> None:
        """Blink asked us to slow down."""
        self._subdued_at = self._clock()

    def next(self, expected: Expected, allowance: float | None) -> tuple[float, SlowedBy | None]:
        """Seconds to the next look, and why they are more than set. `allowance`: looks an hour (None: any number)."""
        looks = math.inf if allowance is None else max(PLANNED * allowance, 1.0)
        seconds, slowed_by = self._calm(expected, looks)
        now = self._clock()
        if self._is_within(self._subdued_at, SUBDUED_FOR, now):
            if seconds < SUBDUED <= 3 * self._interval:
                seconds, slowed_by = SUBDUED, SlowedBy.THROTTLED
        else:
            share = (1 - CALM_SHARE) * looks
            used = self._surplus_of_an_hour(now)
            quick = self._quick(now) * (1 + used / share)
            surplus = 1 - quick / seconds
            if quick < seconds and used + surplus <= share:
                self._surplus.append((now, surplus))
                seconds, slowed_by = quick, None
        return seconds * (1 + JITTER * (2 * self._jitter() - 1)), slowed_by

    def _calm(self, expected: Expected, looks: float) -> tuple[float, SlowedBy | None]:
        seconds, slowed_by = self._interval, None
        affordable = HOUR.total_seconds() / (CALM_SHARE * looks)
        if affordable > seconds:
            seconds, slowed_by = affordable, SlowedBy.BUDGET
        if expected is not Expected.MOTION:
            seconds = max(seconds, min(self._interval * SLOW_FACTOR, SLOW_CEILING))
            slowed_by = SlowedBy.NOTHING_ARMED if expected is Expected.NOTHING_ARMED else SlowedBy.MUTED
        return seconds, slowed_by

    def _quick(self, now: datetime) -> float:
        if self._stirred_at is None or not self._is_within(self._stirred_at, QUICK_FOR, now):
            return math.inf
        return max(min(QUICK, self._interval), (now - self._stirred_at).total_seconds() * SLOWING)

    def _surplus_of_an_hour(self, now: datetime) -> float:
        while self._surplus and not self._is_within(self._surplus[0][0], HOUR, now):
            self._surplus.popleft()
        return sum(cost for _, cost in self._surplus)

    @staticmethod
    def _is_within(moment: datetime | None, length: timedelta, now: datetime) -> bool:
        # Also after the clock was set back, however far.
        return moment is not None and timedelta() <= now - moment < length
