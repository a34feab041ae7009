"""The server-sent events of the demo's page: a snapshot first, then every change."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

Payload = Callable[[], Any]

HELLO = "retry: 1000\n\n"
"""A page that lost its connection asks again after a second."""


class Broadcast:
    """The event streams of all open pages."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[str | None]] = set()

    def __len__(self) -> int:
        return len(self._pages)

    def send(self, name: str, value: Any) -> None:
        """Send an event to every open page."""
        for page in self._pages:
            page.put_nowait(_event(name, value))

    def end(self) -> None:
        """Close every stream."""
        for page in self._pages:
            page.put_nowait(None)

    async def stream(self, snapshot: Payload) -> AsyncIterator[str]:
        """The events of a page: a snapshot, then every change."""
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield HELLO + _event("snapshot", snapshot())
            while (event := await page.get()) is not None:
                yield event
        finally:
            self._pages.discard(page)


def _event(name: str, value: Any) -> str:
    # JSON has no raw line breaks, so one data line is enough.
    return f"event: {name}\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"
