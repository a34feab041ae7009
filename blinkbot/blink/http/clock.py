"""Clock, sleep and chance in one value, so that tests can set them all."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Timing:
    """How the client knows and passes time."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)  # for the expiry of tokens alone: it may jump
    monotonic: Callable[[], float] = time.monotonic  # seconds, for deadlines
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[float, float], float] = random.uniform  # spreads retries
