"""What goes wrong on purpose: refused calls, cut connections, slow answers, a narrow line."""

import asyncio
from dataclasses import dataclass

from blinkbot.simulator.botapi.protocol.errors import Refusal, too_many_requests

EVERY_METHOD = "*"
"""Stands for all methods but getUpdates, which is always under way."""
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
    """What happens to a call: `refusal` is the answer, None cuts the connection.

    With `after_accepting` the call is carried out first: the "may have arrived" case.
    """

    refusal: Refusal | None
    after_accepting: bool


@dataclass(frozen=True, slots=True)
class Delay:
    """Seconds to wait before a call is carried out, or (`after_accepting`) before it is answered."""

    seconds: float
    after_accepting: bool


class Faults:
    """The faults that are still to happen, in the order they were asked for."""

    def __init__(self) -> None:
        self._faults: list[tuple[str, Fault]] = []
        self._delays: dict[str, Delay] = {}
        self._released = asyncio.Event()
        self.uplink = Uplink()

    def add(
        self,
        method: str,
        times: int,
        *,
        status: int | None,
        description: str | None,
        retry_after: int | None,
        after_accepting: bool,
    ) -> None:
        """Let the next calls fail. No status: 429 with `retry_after`, a cut after accepting, else 500."""
        refusal: Refusal | None = None
        if retry_after is not None and status in (None, 429) and description is None:
            refusal = too_many_requests(retry_after)
        elif status is not None or not after_accepting:
            status = status or 500
            refusal = Refusal(status, description or _REASONS.get(status, "Error"), retry_after=retry_after)
        self._faults += [(method.lower(), Fault(refusal, after_accepting))] * times

    def add_cut(self, method: str, times: int, *, after_accepting: bool) -> None:
        """Let the connection of the next calls be cut."""
        self._faults += [(method.lower(), Fault(None, after_accepting))] * times

    def delay(self, method: str, seconds: float, *, after_accepting: bool) -> None:
        """Be slow from now on; 0 seconds ends it."""
        self._delays[method.lower()] = Delay(seconds, after_accepting)

    def take(self, method: str) -> Fault | None:
        """The fault of this call, which is then used up."""
        for index, (name, fault) in enumerate(self._faults):
            if name == method.lower() or (name == EVERY_METHOD and method != "getUpdates"):
                del self._faults[index]
                return fault
        return None

    async def pause(self, method: str, *, after_accepting: bool) -> None:
        """Be as slow as this method is to be at this point; returns early when the server stops."""
        general = None if method == "getUpdates" else self._delays.get(EVERY_METHOD)
        delay = self._delays.get(method.lower(), general)
        if delay is None or delay.after_accepting is not after_accepting or self._released.is_set():
            return
        released = asyncio.ensure_future(self._released.wait())
        await asyncio.wait([released], timeout=delay.seconds)
        released.cancel()

    def release(self) -> None:
        """End every pause: the server stops."""
        self._released.set()
        self.uplink.release()

    def rearm(self) -> None:
        """Let pauses last again: the server starts."""
        self._released.clear()
        self.uplink.rearm()


class Uplink:
    """The way from the bot to the server, shared by all its requests like a household's uplink.

    `speed` is what it carries, in bytes a second; None for as much as comes.
    """

    def __init__(self) -> None:
        self.speed: float | None = None
        self._free_at = 0.0
        self._released = asyncio.Event()

    async def carry(self, size: int) -> None:
        """Take as long as these bytes take."""
        if self.speed is None or not size or self._released.is_set():
            return
        now = asyncio.get_running_loop().time()
        self._free_at = max(self._free_at, now) + size / self.speed
        released = asyncio.ensure_future(self._released.wait())
        await asyncio.wait([released], timeout=self._free_at - now)
        released.cancel()

    def release(self) -> None:
        """Hold up nothing any more."""
        self._released.set()

    def rearm(self) -> None:
        """Be narrow again, if it was."""
        self._released.clear()
