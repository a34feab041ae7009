"""The job table: what is done by itself, and how often. The only file that knows apscheduler, for its proven timer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from blinkbot.lean_imports import lean

with lean("apscheduler"):
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from apscheduler.triggers.interval import IntervalTrigger

_log = logging.getLogger(__name__)
CLOCK_LOOK = 30.0  # Seconds between looks whether the clock was set back


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """Work for every so many seconds, the first time at once. Work may return in how many it wants to run again, where
    that is sooner."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


class Scheduler:
    """Runs the job table. A job never overlaps itself, a late one is not skipped, several late ones are one."""

    def __init__(
        self, clock: Callable[[], datetime] = _utc_now, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._clock_watch: asyncio.Task[None] | None = None
        # A Pi's clock leaps when it finds its time server: being late is no reason to drop a run (design decision 9).
        self._inner = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._runners: dict[str, _Runner] = {}

    def start(self, jobs: list[Job]) -> None:
        """Start the table; every job runs at once."""
        for job in jobs:
            runner = self._runners[job.name] = _Runner(job, self._run_in)
            every = IntervalTrigger(seconds=job.seconds, timezone=UTC)
            self._inner.add_job(runner.beat, every, id=job.name, next_run_time=datetime.now(UTC))
        self._inner.start()
        self._clock_watch = asyncio.create_task(self._watch_clock())

    def run_now(self, name: str) -> None:
        """Run a job now; right after its present run, where there is one."""
        if self._runners[name].busy:
            self._runners[name].again = True
        elif self._inner.running:
            self._inner.modify_job(name, next_run_time=datetime.now(UTC))

    def _run_in(self, name: str, seconds: float) -> None:
        if self._inner.running:
            self._inner.modify_job(name, next_run_time=datetime.now(UTC) + timedelta(seconds=seconds))

    async def stop(self) -> None:
        """No more runs; what is running is cancelled and waited for."""
        if not self._inner.running:
            return
        self._inner.pause()
        if self._clock_watch is not None:
            self._clock_watch.cancel()
            await asyncio.wait({self._clock_watch})
        for runner in self._runners.values():
            await runner.stop()
        self._inner.shutdown(wait=False)

    async def _watch_clock(self) -> None:
        """apscheduler plans by the wall clock: one that is set back by a day would stop every job for a day."""
        while True:
            await self._sleep(CLOCK_LOOK)
            now = self._clock()
            for name, runner in self._runners.items():
                planned = self._inner.get_job(name).next_run_time
                if planned - now > timedelta(seconds=runner.seconds + 1):
                    _log.warning("the clock was set back; the job %s runs now", name)
                    self._inner.modify_job(name, next_run_time=now)


class _Runner:
    """One job's runs, as tasks of their own: apscheduler would log a cancelled or a skipped one as an error."""

    def __init__(self, job: Job, run_in: Callable[[str, float], None]) -> None:
        self.again = False
        self.seconds = job.seconds
        self._job = job
        self._run_in = run_in
        self._task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        return self._task is not None and not self._task.done()

    async def beat(self) -> None:
        if not self.busy:
            self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        self.again = False
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def _run(self) -> None:
        while True:
            self.again = False
            try:
                wanted = await self._job.work()
                if isinstance(wanted, float) and wanted < self.seconds:
                    self._run_in(self._job.name, wanted)
            except Exception:  # a mistake in one run must not end a year of watching
                _log.exception("the job %s failed and will run again in %g s", self._job.name, self._job.seconds)
            if not self.again:
                return
