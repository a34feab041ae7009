"""Clock, sleep and chance in one value, so that tests can set them all."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Timing:
    """How the client knows and passes time.

    `clock` is the present in UTC, used for the expiry of tokens alone; `monotonic` counts seconds for deadlines,
    because the wall clock of a machine without a battery jumps; `sleep` waits so many seconds; `chance` returns a
    number between its two arguments and spreads retries.
    """

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[float, float], float] = random.uniform
