"""The job table."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest

from blinkbot.scheduler import Job, Scheduler
from tests.clock import FakeClock


class Work:
    """Counts its runs, and may take for ever or fail."""

    def __init__(self, *, endless: bool = False, fails: bool = False) -> None:
        self.runs = 0
        self.cancelled = False
        self._endless, self._fails = endless, fails
        self._ran = asyncio.Condition()

    async def __call__(self) -> None:
        self.runs += 1
        async with self._ran:
            self._ran.notify_all()
        if self._fails:
            raise ValueError("a mistake")
        if self._endless:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.cancelled = True
                raise

    async def ran(self, times: int) -> None:
        async with asyncio.timeout(5), self._ran:
            await self._ran.wait_for(lambda: self.runs >= times)


async def test_the_first_run_is_now_and_not_after_an_interval() -> None:
    scheduler, work = Scheduler(), Work()
    scheduler.start([Job("rare", 3600, work)])
    await work.ran(1)
    await scheduler.stop()


async def test_a_job_can_be_brought_forward() -> None:
    scheduler, work = Scheduler(), Work()
    scheduler.start([Job("rare", 3600, work)])
    await work.ran(1)
    scheduler.run_now("rare")
    await work.ran(2)
    await scheduler.stop()


async def test_a_job_never_overlaps_itself() -> None:
    scheduler, slow, quick = Scheduler(), Work(endless=True), Work()
    scheduler.start([Job("slow", 0.01, slow), Job("quick", 0.01, quick)])
    await quick.ran(5)
    assert slow.runs == 1
    await scheduler.stop()


async def test_a_mistake_in_one_run_does_not_end_the_watch(caplog: pytest.LogCaptureFixture) -> None:
    scheduler, work = Scheduler(), Work(fails=True)
    scheduler.start([Job("poll", 0.01, work)])
    await work.ran(3)
    await scheduler.stop()
    assert "the job poll failed and will run again in 0.01 s" in caplog.text


async def test_stopping_cancels_what_runs_and_reports_no_error(caplog: pytest.LogCaptureFixture) -> None:
    scheduler, work = Scheduler(), Work(endless=True)
    scheduler.start([Job("poll", 1, work)])
    await work.ran(1)
    await scheduler.stop()
    assert work.cancelled
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_a_clock_that_is_set_back_stops_no_job() -> None:
    clock = FakeClock(datetime.now(UTC))
    look = asyncio.Event()

    async def until_looked_at(_: float) -> None:
        await look.wait()
        look.clear()

    scheduler, work = Scheduler(clock, until_looked_at), Work()
    scheduler.start([Job("rare", 3600, work)])
    await work.ran(1)
    clock.forward(-86_400)
    look.set()
    await work.ran(2)
    await scheduler.stop()


async def test_a_clock_that_is_right_brings_no_run_forward() -> None:
    clock = FakeClock(datetime.now(UTC))
    looks = asyncio.Semaphore(0)
    looked = asyncio.Semaphore(0)

    async def until_looked_at(_: float) -> None:
        looked.release()
        await looks.acquire()

    scheduler, work = Scheduler(clock, until_looked_at), Work()
    scheduler.start([Job("rare", 3600, work)])
    await work.ran(1)
    looks.release()
    await looked.acquire()
    await looked.acquire()
    await scheduler.stop()
    assert work.runs == 1


async def test_work_that_wants_to_run_sooner_does() -> None:
    scheduler, ran = Scheduler(), asyncio.Semaphore(0)

    async def work() -> float:
        ran.release()
        return 0.01

    scheduler.start([Job("rare", 3600, work)])
    async with asyncio.timeout(5):
        for _ in range(3):
            await ran.acquire()
    await scheduler.stop()
