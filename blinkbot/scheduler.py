"""The job table: what happens by itself, and how often. The only file that knows apscheduler."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that happens every so many seconds, for the first time at once."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


class Scheduler:
    """Runs the job table. A job never overlaps itself, a late one is not skipped, several late ones are one."""

    def __init__(self) -> None:
        # A Pi's clock leaps when it finds its time server: being late is no reason to drop a run (design decision 9).
        self._inner = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def start(self, jobs: list[Job]) -> None:
        """Start the table; every job's first run is now."""
        for job in jobs:
            self._inner.add_job(
                _guarded(job), "interval", seconds=job.seconds, id=job.name, next_run_time=datetime.now(UTC)
            )
        self._inner.start()

    def run_now(self, name: str) -> None:
        """Bring a job's next run forward to now."""
        self._inner.modify_job(name, next_run_time=datetime.now(UTC))

    def stop(self) -> None:
        """No more runs; what is running is cancelled."""
        if self._inner.running:
            self._inner.shutdown(wait=False)


def _guarded(job: Job) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        # The last fence: a mistake in one run must not end a year of watching; it is logged with its traceback.
        try:
            await job.work()
        except Exception:
            _log.exception("the job %s failed and will run again in %g s", job.name, job.seconds)

    return run
