"""How fast Blink is polled: as set while something is armed, slower when nothing can happen or Blink is unwell."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from blinkbot.domain import SlowedBy
from blinkbot.errors import BlinkError, BlinkRefused, BudgetSpent, Throttled
from blinkbot.ports import Clock

# (what, factor on the interval, ceiling in seconds): minutes when nothing is armed (protocol §12).
UNARMED_FACTOR, UNARMED_CEILING = 4, 300.0
# Each failure in a row doubles the distance. 403 and 429 mean we are too fast, so they may slow us further than an
# outage, after which people want their clips soon.
FAILURE_FACTOR = 2
THROTTLED_FIRST, THROTTLED_FACTOR = 60.0, 6  # seconds, or as many intervals where that is less (protocol §12)
THROTTLED_CEILING = 900.0
OUTAGE_CEILING = 300.0
# Many bots that lost the same server should not come back in the same second.
JITTER = 0.2
# Beats come every interval, but no clock is exact: the beat that is meant must not be a few milliseconds too early,
# since the one after it comes a whole interval later. As (part of the interval, most seconds).
SLACK = (0.25, 0.5)


class PollInterval:
    """Decides when the next poll is due. `interval` is in seconds."""

    def __init__(self, interval: float, clock: Clock, jitter: Callable[[], float] = random.random) -> None:
        self._interval = interval
        self._clock = clock
        self._jitter = jitter
        self._slack = min(SLACK[0] * interval, SLACK[1])
        self._failures = 0
        self._begun: datetime | None = None
        self._next: datetime | None = None
        self.seconds = interval
        self.slowed_by: SlowedBy | None = None

    def due(self) -> bool:
        """Whether it is time for the next poll; also after the clock was set back, however far."""
        if self._next is None:
            return True
        left = (self._next - self._clock()).total_seconds()
        return not 0 < left <= self.seconds

    def left(self) -> float:
        """Seconds until the next poll is due."""
        return 0.0 if self._next is None or self.due() else (self._next - self._clock()).total_seconds()

    @property
    def begun(self) -> datetime | None:
        """When the last poll began."""
        return self._begun

    def begin(self) -> None:
        """A poll begins: the distance to the next one counts from here, however long this one takes."""
        self._begun = self._clock()

    def poll_soon(self) -> None:
        """Poll at the next beat: something was armed. A back-off is kept."""
        if not self._failures:
            self._next = None

    def start_over(self) -> None:
        """Poll at the next beat, back-off or not: after a sign-in, the failures before count no more."""
        self._failures = 0
        self._next = None
        self.seconds = self._interval
        self.slowed_by = None

    def succeeded(self, *, armed: bool) -> None:
        """Blink answered, and the interval that is set holds; `armed` tells whether motion can be expected."""
        if armed:
            self.rest(self._interval, None)
        else:
            slower = max(self._interval, min(self._interval * UNARMED_FACTOR, UNARMED_CEILING))
            self.rest(slower, SlowedBy.NOTHING_ARMED)

    def rest(self, seconds: float, slowed_by: SlowedBy | None) -> None:
        """Blink answered; the next poll is so many seconds after this one began."""
        self._failures = 0
        self._wait(seconds, slowed_by, self._begun or self._clock(), self._slack)

    def failed(self, error: BlinkError) -> None:
        """Blink did not answer, or not well, or was not asked, since the budget is spent: that is no failure."""
        if isinstance(error, BudgetSpent):
            self._wait(error.retry_after or self._interval, SlowedBy.BUDGET, self._clock(), 0.0)
            return
        self._failures += 1
        throttled = isinstance(error, Throttled)
        ceiling = max(THROTTLED_CEILING if throttled else OUTAGE_CEILING, self._interval)
        first = self._interval * FAILURE_FACTOR
        if throttled:
            first = max(first, min(THROTTLED_FIRST, self._interval * THROTTLED_FACTOR))
        delay = min(first * FAILURE_FACTOR ** (self._failures - 1), ceiling)
        delay *= 1 + JITTER * self._jitter()
        asked = error.retry_after if isinstance(error, BlinkRefused) else None
        reason = SlowedBy.THROTTLED if throttled else SlowedBy.FAILURES
        # Blink counts from its answer.
        self._wait(max(delay, asked or 0.0), reason, self._clock(), 0.0)

    def _wait(self, seconds: float, slowed_by: SlowedBy | None, since: datetime, slack: float) -> None:
        self.seconds = seconds
        self.slowed_by = slowed_by
        self._next = since + timedelta(seconds=seconds - slack)
