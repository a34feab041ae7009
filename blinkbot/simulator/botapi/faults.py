"""Planned faults: refused calls, cut connections, slow answers, a narrow line."""

import asyncio
import contextlib
from dataclasses import dataclass

from blinkbot.simulator.botapi.protocol.errors import Refusal, too_many_requests

EVERY_METHOD = "*"
"""All methods but getUpdates, which is always under way."""
_REASONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    500: "Internal Server Error",
    502: "Bad Gateway",
    504: "Gateway Timeout",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The fate of a call: a refusal, or None for a cut connection, before or after it is carried out."""

    refusal: Refusal | None
    after_accepting: bool


@dataclass(frozen=True, slots=True)
class Delay:
    """A wait before a call is carried out, or (`after_accepting`) before it is answered."""

    seconds: float
    after_accepting: bool


class Faults:
    """The planned faults, in order."""

    def __init__(self) -> None:
        self._faults: list[tuple[str, Fault]] = []
        self._delays: dict[str, Delay] = {}
        self._released = asyncio.Event()
        self.uplink = Uplink(self._released)

    def add(self, method: str, times: int, fault: Fault) -> None:
        """Plan a fault for the next calls."""
        self._faults += [(method.lower(), fault)] * times

    def delay(self, method: str, delay: Delay) -> None:
        """Be slow from now on; 0 seconds ends that."""
        self._delays[method.lower()] = delay

    def take(self, method: str) -> Fault | None:
        """The next fault of this method, which is then used up."""
        for index, (name, fault) in enumerate(self._faults):
            if name == method.lower() or (name == EVERY_METHOD and method != "getUpdates"):
                del self._faults[index]
                return fault
        return None

    async def pause(self, method: str, *, after_accepting: bool) -> None:
        """Wait as long as this method is to take at this point, or until the server stops."""
        general = None if method == "getUpdates" else self._delays.get(EVERY_METHOD)
        delay = self._delays.get(method.lower(), general)
        if delay is not None and delay.after_accepting is after_accepting:
            await _wait(self._released, delay.seconds)

    def release(self) -> None:
        """End every pause: the server stops."""
        self._released.set()

    def rearm(self) -> None:
        """Allow pauses again: the server starts."""
        self._released.clear()


class Uplink:
    """The bot's uplink, shared by all its requests; `speed` in bytes a second, None for no limit."""

    def __init__(self, released: asyncio.Event) -> None:
        self.speed: float | None = None
        self._free_at = 0.0
        self._released = released

    async def carry(self, size: int) -> None:
        """Wait as long as these bytes take."""
        if self.speed is None or not size or self._released.is_set():
            return
        now = asyncio.get_running_loop().time()
        self._free_at = max(self._free_at, now) + size / self.speed
        await _wait(self._released, self._free_at - now)


async def _wait(released: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(released.wait(), seconds)


def refusal_of(status: int | None, description: str | None, retry_after: int | None) -> Refusal:
    """The refusal of a planned fault: 429 with `retry_after` alone, 500 where no status is given."""
    if retry_after is not None and status in (None, 429) and description is None:
        return too_many_requests(retry_after)
    status = status or 500
    return Refusal(status, description or _REASONS.get(status, "Error"), retry_after=retry_after)
