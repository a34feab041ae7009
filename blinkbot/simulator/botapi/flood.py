"""Flood control: how many messages Telegram takes before it answers 429.

Telegram publishes only rough figures (Bots FAQ: about one message a second in a chat, 20 a minute in a group, 30 a
second over all chats). Here they are token buckets, which hold a burst, and one sliding window.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from blinkbot.simulator.botapi.protocol.errors import too_many_requests

_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class FloodLimits:
    """The limits; rates are per second, None switches one off.

    Each item of an album counts as a message. Edits are counted apart, since Telegram is known to be kinder to them,
    and only per chat. Chat actions, answers to taps and deletions are not counted.
    """

    chat_rate: float | None = 1.0
    chat_burst: int = 20
    group_per_minute: int | None = 20
    overall_rate: float | None = 30.0
    edit_rate: float | None = 3.0
    edit_burst: int = 30

    @classmethod
    def none(cls) -> "FloodLimits":
        return cls(chat_rate=None, group_per_minute=None, overall_rate=None, edit_rate=None)


class _Bucket:
    """A token bucket."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._filled_at: datetime | None = None

    def wait_for(self, count: int, now: datetime) -> float:
        """Seconds until `count` may pass; 0.0 when they may now. More than the burst pass when the bucket is full."""
        if self._filled_at is not None:
            passed = max((now - self._filled_at).total_seconds(), 0.0)
            self._level = min(self._burst, self._level + passed * self._rate)
        self._filled_at = now
        return max((min(count, self._burst) - self._level) / self._rate, 0.0)

    def take(self, count: int) -> None:
        self._level -= count


class _Window:
    """At most `limit` in any 60 seconds."""

    _LENGTH = timedelta(seconds=60)

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._taken: deque[datetime] = deque()
        self._now: datetime | None = None

    def wait_for(self, count: int, now: datetime) -> float:
        self._now = now
        while self._taken and self._taken[0] <= now - self._LENGTH:
            self._taken.popleft()
        excess = len(self._taken) + min(count, self._limit) - self._limit
        if excess <= 0:
            return 0.0
        return (self._taken[excess - 1] + self._LENGTH - now).total_seconds()

    def take(self, count: int) -> None:
        if self._now is not None:
            self._taken.extend([self._now] * count)


class FloodControl:
    """Flood control; refused calls are not counted."""

    def __init__(self, limits: FloodLimits, clock: Callable[[], datetime]) -> None:
        self._limits = limits
        self._clock = clock
        self._chats: dict[int, _Bucket] = {}
        self._groups: dict[int, _Window] = {}
        self._edits: dict[int, _Bucket] = {}
        self._overall = _Bucket(limits.overall_rate, limits.overall_rate) if limits.overall_rate else None

    def admit_messages(self, chat_id: int, count: int = 1) -> None:
        """Count messages to a chat. Raises Refusal (429) when they are too many now."""
        gates: list[_Bucket | _Window] = [self._overall] if self._overall else []
        if self._limits.chat_rate:
            bucket = _Bucket(self._limits.chat_rate, self._limits.chat_burst)
            gates.append(self._chats.setdefault(chat_id, bucket))
        if self._limits.group_per_minute and chat_id < 0:
            gates.append(self._groups.setdefault(chat_id, _Window(self._limits.group_per_minute)))
        self._pass(gates, count)

    def admit_edit(self, chat_id: int) -> None:
        """Count an edit in a chat. Raises Refusal (429) when it is too much now."""
        if self._limits.edit_rate:
            bucket = _Bucket(self._limits.edit_rate, self._limits.edit_burst)
            self._pass([self._edits.setdefault(chat_id, bucket)], 1)

    def _pass(self, gates: list[_Bucket | _Window], count: int) -> None:
        now = self._clock()
        wait = max((gate.wait_for(count, now) for gate in gates), default=0.0)
        if wait > _ROUNDING:
            raise too_many_requests(math.ceil(wait))
        for gate in gates:
            gate.take(count)
