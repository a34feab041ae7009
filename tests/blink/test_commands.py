"""Waiting for what a device does: three ends, one at a time per network, always with an end."""

import asyncio
from collections.abc import Sequence

import pytest

from blinkbot.blink.commands import BUSY_DELAYS, DEADLINE, Commands
from blinkbot.domain import CommandResult, Outcome
from blinkbot.errors import BlinkError, BlinkResponseError, BlinkUnreachable, Busy, NotFound, NotSignedIn, Throttled
from tests.blink import bodies
from tests.blink.helpers import FakeTime

Step = object  # an answer, or an error to raise


class Device:
    """A device that answers a command, and looks at it, in a given order; the last one repeats."""

    def __init__(self, starts: Sequence[Step] = (), looks: Sequence[Step] = ()) -> None:
        self.time = FakeTime()
        self.commands = Commands(self.time.timing)
        self._starts = list(starts or [bodies.command()])
        self._looks = list(looks or [bodies.status()])
        self.started = 0
        self.looked = 0

    async def start(self) -> object:
        """The command arrives."""
        self.started += 1
        return self._next(self._starts)

    async def look(self, command_id: int) -> object:
        """Somebody asks for it."""
        assert command_id == 5
        self.looked += 1
        return self._next(self._looks)

    async def run(self, network_id: int = 100) -> CommandResult:
        """Send it and wait."""
        return await self.commands.run(network_id, "arm", self.start, self.look)

    @staticmethod
    def _next(steps: list[Step]) -> object:
        step = steps.pop(0) if len(steps) > 1 else steps[0]
        if isinstance(step, BaseException):
            raise step
        return step


def busy() -> Busy:
    return Busy("arm", 409, "System is busy, please wait", 307)


async def test_a_command_is_watched_until_it_is_complete() -> None:
    device = Device(looks=[bodies.status(False), bodies.status(False), bodies.status()])
    assert await device.run() == CommandResult(Outcome.DONE, "Command succeeded")
    assert device.time.slept == [1.0, 1.0, 1.0]


async def test_a_refusal_comes_with_blinks_own_word() -> None:
    device = Device(looks=[bodies.status(status_code=523, status_msg="Live view failed")])
    assert await device.run() == CommandResult(Outcome.REFUSED, "Live view failed")


async def test_a_command_that_does_not_end_is_unknown_at_the_deadline() -> None:
    device = Device(looks=[bodies.status(False)])
    assert (await device.run()).outcome is Outcome.UNKNOWN
    assert sum(device.time.slept) == DEADLINE


@pytest.mark.parametrize(
    "answer", [{"message": "done"}, {"id": 5, "state_condition": "done"}, {"id": 5, "complete": True, "status": 0}]
)
async def test_an_answer_that_needs_no_waiting_is_done_at_once(answer: object) -> None:
    device = Device(starts=[answer])
    assert (await device.run()).done
    assert device.looked == 0


async def test_an_answer_that_failed_at_once_is_a_refusal() -> None:
    device = Device(starts=[{"id": 5, "state_condition": "error", "message": "No"}])
    assert await device.run() == CommandResult(Outcome.REFUSED, "No")


async def test_a_busy_sync_module_is_waited_for_with_growing_delays() -> None:
    device = Device(starts=[busy(), busy(), busy(), bodies.command()])
    assert (await device.run()).done
    assert device.time.slept[:3] == list(BUSY_DELAYS[:3])


async def test_a_sync_module_that_stays_busy_is_told_within_the_deadline() -> None:
    device = Device(starts=[busy()])
    with pytest.raises(Busy):
        await device.run()
    assert sum(device.time.slept) < DEADLINE


async def test_a_refused_start_is_that_error() -> None:
    with pytest.raises(NotFound):
        await Device(starts=[NotFound("arm", 404)]).run()


@pytest.mark.parametrize(
    "trouble", [BlinkUnreachable("no connection"), BlinkResponseError("command-status", "it is empty"), {}, busy()]
)
async def test_a_look_that_failed_says_nothing_about_the_command(trouble: Step) -> None:
    device = Device(looks=[trouble, trouble, bodies.status()])
    assert (await device.run()).done


async def test_when_no_look_works_the_end_is_unknown_and_says_why() -> None:
    result = await Device(looks=[BlinkUnreachable("Blink could not be reached")]).run()
    assert result == CommandResult(Outcome.UNKNOWN, "Blink could not be reached")


@pytest.mark.parametrize("refusal", [Throttled("command-status", 403), NotFound("command-status", 404)])
async def test_a_refused_look_is_not_repeated(refusal: BlinkError) -> None:
    device = Device(looks=[refusal])
    assert await device.run() == CommandResult(Outcome.UNKNOWN, str(refusal))
    assert device.looked == 1


async def test_a_session_that_ends_while_waiting_leaves_the_end_unknown() -> None:
    device = Device(looks=[NotSignedIn("sign in")])
    assert await device.run() == CommandResult(Outcome.UNKNOWN, "sign in")


async def test_a_look_that_hangs_ends_with_the_deadline() -> None:
    time = FakeTime()
    hung = asyncio.Event()

    async def start() -> object:
        return bodies.command()

    async def look(command_id: int) -> object:
        hung.set()
        await asyncio.Event().wait()
        raise AssertionError("it hangs")

    time.sleep = no_wait  # type: ignore[method-assign]
    result = await Commands(time.timing, deadline=0.02).run(100, "arm", start, look)
    assert result.outcome is Outcome.UNKNOWN
    assert hung.is_set()


async def no_wait(seconds: float) -> None:
    """Time does not pass here; only the event loop's own clock does."""
    await asyncio.sleep(0)


class Queue:
    """Commands that hold on until released, and the order they started in."""

    def __init__(self) -> None:
        self.commands = Commands(FakeTime().timing)
        self.started: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}
        self.arrived = asyncio.Event()

    def send(self, name: str, network_id: int) -> "asyncio.Task[CommandResult]":
        """Send a command under a name."""
        self.gates[name] = asyncio.Event()

        async def start() -> object:
            self.started.append(name)
            self.arrived.set()
            await self.gates[name].wait()
            return {"message": name}

        async def look(command_id: int) -> object:
            raise AssertionError("nothing to look at")

        return asyncio.create_task(self.commands.run(network_id, name, start, look))

    async def until_started(self, *names: str) -> None:
        """Wait until just these have started."""
        while self.started != list(names):
            self.arrived.clear()
            await asyncio.wait_for(self.arrived.wait(), 5)


async def test_one_command_at_a_time_per_network_in_order() -> None:
    queue = Queue()
    tasks = [queue.send(name, 100) for name in ("first", "second", "third")]
    for done in range(1, 4):
        await queue.until_started(*("first", "second", "third")[:done])
        queue.gates[queue.started[-1]].set()
    assert [(await task).message for task in tasks] == ["first", "second", "third"]


async def test_different_networks_run_together() -> None:
    queue = Queue()
    tasks = [queue.send("lake", 100), queue.send("flat", 200)]
    await queue.until_started("lake", "flat")
    for gate in queue.gates.values():
        gate.set()
    await asyncio.gather(*tasks)


async def test_a_cancelled_command_gives_its_turn_away() -> None:
    queue = Queue()
    first, second = queue.send("first", 100), queue.send("second", 100)
    await queue.until_started("first")
    first.cancel()
    await queue.until_started("first", "second")
    queue.gates["second"].set()
    assert (await second).done


async def test_a_failed_command_gives_its_turn_away() -> None:
    device = Device(starts=[NotFound("arm", 404), bodies.command()])
    with pytest.raises(NotFound):
        await device.run()
    assert (await device.run()).done
