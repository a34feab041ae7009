"""The hourly budget of requests: every request is counted here before it is sent, and none is sent beyond it.

Shares of the budget, by who waits (`ports.Priority`): the archive stops at half of it, looking by itself at four
fifths, people's orders at nineteen twentieths; the rest is for what ends an order that was begun.
"""

from collections import Counter, deque
from collections.abc import Callable

from blinkbot.domain.spending import RequestKind, Spending
from blinkbot.errors import BudgetSpent
from blinkbot.ports import Priority, current_priority

HOUR = 3600.0

SHARES = {Priority.ARCHIVE: 0.5, Priority.WATCH: 0.8, Priority.PERSON: 0.95}

SIGN_IN = "sign-in"  # as each of its steps is counted
FOLLOW_UPS = frozenset({"command-status", "command-done", "refresh", "logout", SIGN_IN, "verify-pin", "tier"})
"""What an order or a session hangs on that was begun: cut off here, the requests before it were for nothing."""

KINDS = {
    **dict.fromkeys(("media", "media-changed", "media-count"), RequestKind.LOOKS),
    "homescreen": RequestKind.HOME,
    **dict.fromkeys(("thumbnail", "new-thumbnail", "video-thumbnail"), RequestKind.PICTURES),
    "video": RequestKind.VIDEOS,
    **dict.fromkeys(("manifest-request", "manifest", "local-storage-status", "local-storage-media"), RequestKind.USB),
    **dict.fromkeys(("prepare-local-clip", "local-clip"), RequestKind.VIDEOS),
}


class RequestBudget:
    """So many requests in any hour. `limit` None counts and refuses nothing; `monotonic` tells seconds."""

    def __init__(self, limit: int | None, monotonic: Callable[[], float]) -> None:
        self.limit = limit
        self._monotonic = monotonic
        self._spent: deque[tuple[float, RequestKind]] = deque()

    def take(self, operation: str) -> None:
        """Count a request that is sent now. Raises BudgetSpent, which tells the seconds until it could be."""
        now = self._forget_old()
        priority = current_priority()
        if self.limit is not None:
            most = self.limit if operation in FOLLOW_UPS else self._most(priority)
            over = len(self._spent) - most
            if over >= 0:
                wait = self._spent[over][0] + HOUR - now
                raise BudgetSpent(operation, 429, retry_after=max(wait, 0.0) + 0.1)
        kind = RequestKind.ARCHIVE if priority is Priority.ARCHIVE else KINDS.get(operation, RequestKind.ORDERS)
        self._spent.append((now, kind))

    def spending(self) -> Spending:
        """What the last hour cost."""
        self._forget_old()
        for_watch = None if self.limit is None else self._most(Priority.WATCH)
        return Spending(Counter(kind for _, kind in self._spent), self.limit, for_watch)

    def _most(self, priority: Priority) -> int:
        return max(1, int((self.limit or 0) * SHARES[priority]))

    def _forget_old(self) -> float:
        now = self._monotonic()
        while self._spent and self._spent[0][0] <= now - HOUR:
            self._spent.popleft()
        return now
