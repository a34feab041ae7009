"""Waiting for what a device does (protocol §5): one command at a time per network, each with a deadline."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import chain, repeat

from blinkbot.blink.http.clock import Timing
from blinkbot.blink.wire.commands import command_status, started_command
from blinkbot.domain import CommandResult, Outcome
from blinkbot.errors import BlinkError, BlinkResponseError, BlinkUnreachable, Busy, ServerError
from blinkbot.locks import Locks

DEADLINE = 60.0  # seconds from a command's turn to its end: a sleepy battery camera on a weak link needs half a minute
POLL_EVERY = 1.0  # seconds between looks, as Blink's own app does it
BUSY_DELAYS = (1.0, 2.0, 4.0, 8.0)  # seconds while the sync module is busy, the last repeated: its own jobs take 3-15 s

Start = Callable[[], Awaitable[object]]  # sends the command; returns the JSON of the answer
Look = Callable[[int], Awaitable[object]]  # asks for the command with this id; returns the JSON of the answer


class Commands:
    """Runs commands: in order within a network, side by side across networks."""

    def __init__(self, timing: Timing, deadline: float = DEADLINE) -> None:
        self._timing = timing
        self._deadline = deadline
        self._turns = Locks()

    async def run(self, network_id: int, operation: str, start: Start, look: Look) -> CommandResult:
        """Send a command in its turn and wait for its end: UNKNOWN where none is seen. Raises as `start`."""
        async with self._turns[network_id]:
            until = self._timing.monotonic() + self._deadline
            started = started_command(operation, await self._start(start, until))
            if started.failed:
                return CommandResult(Outcome.REFUSED, started.message)
            if started.id is None or started.finished:
                return CommandResult(Outcome.DONE, started.message)
            return await self._end(started.id, look, until)

    async def begin(self, network_id: int, start: Start) -> object:
        """Send what begins like a command but ends on its own: the turn ends as it begins. Raises as `start`."""
        async with self._turns[network_id]:
            return await self._start(start, self._timing.monotonic() + self._deadline)

    async def _start(self, start: Start, until: float) -> object:
        for delay in chain(BUSY_DELAYS, repeat(BUSY_DELAYS[-1])):
            try:
                return await start()
            except Busy:
                if self._timing.monotonic() + delay >= until:
                    raise
            await self._timing.sleep(delay)
        raise AssertionError("repeat() never ends")

    async def _end(self, command_id: int, look: Look, until: float) -> CommandResult:
        """The end of an accepted command. A failed look says nothing about the command: look again."""
        reason = "it still runs"
        while self._timing.monotonic() < until:
            await self._timing.sleep(POLL_EVERY)
            try:
                async with asyncio.timeout(max(POLL_EVERY, until - self._timing.monotonic())):
                    status = command_status(await look(command_id), command_id)
            except TimeoutError:
                break
            except (BlinkUnreachable, BlinkResponseError, Busy, ServerError) as error:
                reason = str(error)
                continue
            except BlinkError as error:
                return CommandResult(Outcome.UNKNOWN, str(error))
            if status.complete:
                return CommandResult(Outcome.DONE if status.succeeded else Outcome.REFUSED, status.message)
        return CommandResult(Outcome.UNKNOWN, reason)
