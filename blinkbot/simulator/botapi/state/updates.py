"""The queue of updates, and the one long poll that may wait on it."""

import asyncio
from collections import deque
from typing import Any

from blinkbot.simulator.botapi.protocol.errors import Refusal
from blinkbot.simulator.botapi.state.waiting import Waiters

_MAX_WAIT = 50
_TAKEN_OVER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class UpdateQueue:
    """The unconfirmed updates; asking with an offset confirms everything before it. No `allowed` kinds: all."""

    def __init__(self, waiters: Waiters) -> None:
        self._waiters = waiters
        self._next_id = 100_000_001
        self._pending: deque[dict[str, Any]] = deque()
        self.allowed: tuple[str, ...] = ()
        self._poll: asyncio.Future[None] | None = None
        self._closed = False
        self.webhook_url = ""

    @property
    def being_polled(self) -> bool:
        return self._poll is not None and not self._poll.done()

    def push(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update, unless the bot did not ask for its kind."""
        if self.allowed and kind not in self.allowed:
            return
        self._pending.append({"update_id": self._next_id, kind: payload})
        self._next_id += 1
        self._wake()

    async def get(self, offset: int | None, limit: int, timeout: int) -> list[dict[str, Any]]:
        """The next updates, within `timeout` seconds. Raises Refusal (409) for a webhook or a newer poll."""
        if self.webhook_url:
            raise Refusal(409, f"Conflict: {_WEBHOOK_SET}")
        self._terminate(_TAKEN_OVER)
        if offset:
            self._confirm(offset)
        if not self._pending and timeout > 0 and not self._closed:
            await self._wait(min(timeout, _MAX_WAIT))
        return list(self._pending)[: max(1, min(limit, 100))]

    def drop_pending(self) -> None:
        self._pending.clear()

    def set_webhook(self, url: str) -> None:
        """Set a webhook ("" for none), which ends a waiting poll."""
        self.webhook_url = url
        if url:
            self._terminate("terminated by setWebhook request")

    def close(self) -> None:
        """End a waiting poll, and let none wait any more."""
        self._closed = True
        self._wake()

    def reopen(self) -> None:
        """Let polls wait again."""
        self._closed = False

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        while offset > 0 and self._pending and self._pending[0]["update_id"] < offset:
            self._pending.popleft()

    def _terminate(self, why: str) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(Refusal(409, f"Conflict: {why}"))

    def _wake(self) -> None:
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def _wait(self, timeout: int) -> None:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        self._waiters.wake()
        await asyncio.wait([poll], timeout=timeout)
        if poll.done():
            poll.result()
        else:
            poll.cancel()
