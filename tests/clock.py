"""A clock that tests set."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Returns the moment it was set to, until it is moved."""

    def __init__(self, now: datetime = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)

    async def sleep(self, seconds: float) -> None:
        """Stands in for asyncio.sleep: time passes at once."""
        self.forward(seconds)
