"""The requests that arrived, for tests to count and to wait for. Never bodies: they hold passwords and tokens."""

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class SeenRequest:
    """One request. `status` is None until it was answered; `query` is the raw text after the question mark."""

    method: str
    path: str
    query: str
    at: datetime
    status: int | None = None

    @property
    def target(self) -> str:
        """What patterns are matched against: `GET /path?query`."""
        return f"{self.method} {self.path}?{self.query}" if self.query else f"{self.method} {self.path}"


def matcher(pattern: str) -> re.Pattern[str]:
    """A path pattern: it is found anywhere in `GET /path?query`; `*` stands for anything."""
    return re.compile(re.escape(pattern).replace(r"\*", ".*"))


class RequestLog:
    """All requests in the order in which they arrived."""

    def __init__(self) -> None:
        self.requests: list[SeenRequest] = []
        self._changed = asyncio.Condition()

    def matching(self, pattern: str, after: int = 0) -> list[SeenRequest]:
        """The requests that match, leaving out the first `after` of all requests."""
        wanted = matcher(pattern)
        return [request for request in self.requests[after:] if wanted.search(request.target)]

    def arrived(self, request: SeenRequest) -> None:
        """Note a request that is about to be worked on."""
        self.requests.append(request)

    async def answered(self, request: SeenRequest, status: int) -> None:
        """Note a request's answer, and wake those who wait for it."""
        request.status = status
        async with self._changed:
            self._changed.notify_all()

    async def wait_for(self, pattern: str, after: int = 0, times: int = 1) -> SeenRequest:
        """The last of so many matching, answered requests, waited for; the first `after` of all do not count."""
        while True:
            done = [request for request in self.matching(pattern, after) if request.status is not None]
            if len(done) >= times:
                return done[times - 1]
            async with self._changed:
                await self._changed.wait()
