"""This home's line to Telegram: whose turn it is, and how fast it is, learned from uploads."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

FIRST_GUESS = 500_000.0
"""Bytes a second before anything was measured: what a slow line at home sends."""

LEAST_BYTES = 100_000
"""A smaller upload tells of the way there and back, not of the line."""

TRUSTED_FACTOR = 4
"""How many times as large a file may be as one that went up fast, to be believed to go as fast: the first few hundred
kilobytes vanish into buffers on the way, however slow the line behind them is."""

FORGET_AFTER = 600.0
"""Seconds after which a fast line is not believed to be one any more: others may have come home and use it."""


class UploadLine:
    """`monotonic` gives seconds that never go back."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._speed = FIRST_GUESS
        self._largest = 0
        self._learned_at = monotonic()
        self._under_way = 0
        self._urgent_one = asyncio.Lock()
        self._no_urgent_one = asyncio.Event()
        self._no_urgent_one.set()

    @property
    def is_busy(self) -> bool:
        """Whether the line is taken by an upload now."""
        return self._under_way > 0

    def seconds_for(self, size: int) -> float:
        """How long so many bytes are likely to take, rather too long than too short."""
        trusted = min(size, TRUSTED_FACTOR * self._largest) if self._is_fresh() else 0
        return trusted / self._speed + (size - trusted) / min(self._speed, FIRST_GUESS)

    def _is_fresh(self) -> bool:
        return self._monotonic() - self._learned_at < FORGET_AFTER

    @contextmanager
    def measured(self, size: int) -> Iterator[None]:
        """Learn from an upload of so many bytes, which is done inside; one that fails tells nothing."""
        begun = self._monotonic()
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
        self._learn(size, self._monotonic() - begun)

    @asynccontextmanager
    async def taken(self, size: int, *, urgent: bool) -> AsyncIterator[None]:
        """The line for so many bytes. What is urgent goes one at a time: two would only slow each other.

        The rest does not begin while such an upload is under way.
        """
        if not urgent:
            if size:
                await self._no_urgent_one.wait()
            with self.measured(size):
                yield
            return
        async with self._urgent_one:
            self._no_urgent_one.clear()
            try:
                with self.measured(size):
                    yield
            finally:
                self._no_urgent_one.set()

    def _learn(self, size: int, seconds: float) -> None:
        if size < LEAST_BYTES or seconds <= 0:
            return
        speed = size / seconds
        # A slow upload is believed at once, a fast one by half: a picture too many costs less than a late alert.
        self._speed = speed if speed < self._speed else (self._speed + speed) / 2
        self._largest = max(size, self._largest if self._is_fresh() else 0)
        self._learned_at = self._monotonic()
