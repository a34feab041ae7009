"""Reading Blink's lists of clips page by page, to their end; what was read before a failure is not read again."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from blinkbot.domain import Clip
from blinkbot.errors import BlinkRefused, Busy, ServerError, Throttled
from blinkbot.ports import ClipPage


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read. `changes` are the times of change of this page and all before it, once it is the last."""

    clips: Sequence[Clip]
    changes: Sequence[datetime] | None


@dataclass(slots=True)
class _Reading:
    """A list that is being read: from when, which page is next (None: the first), and what was told so far."""

    start: datetime | None
    next: int | None = None
    keys: set[str] = field(default_factory=set)
    changes: set[datetime] = field(default_factory=set)


class PagedList:
    """One of Blink's lists. After a failure in the middle of it, the next look goes on from there."""

    def __init__(self, ask: Callable[[datetime | None, int | None], Awaitable[ClipPage]]) -> None:
        """`ask` asks for a page of the list from a time on; the first page has no number."""
        self._ask = ask
        self._reading: _Reading | None = None

    async def pages(self, start: datetime | None) -> AsyncIterator[ReadPage]:
        """The pages from `start`, or from where a look before was interrupted. Raises BlinkErrors.

        There is no bound, since there are accounts of any size (protocol §7). A page on which nothing is new ends it,
        so that pages that repeat, and keys that never end, do.
        """
        resumed = self._reading is not None
        reading = self._reading = self._reading or _Reading(start)
        is_last = False
        while not is_last:
            try:
                page = await self._ask(reading.start, reading.next)
            except BlinkRefused as error:
                if not resumed or isinstance(error, Throttled | Busy | ServerError):
                    raise
                # Its place in the list is not known any more.
                resumed, reading = False, _Reading(start)
                self._reading = reading
                continue
            resumed = False
            new = {clip.key for clip in page.clips} - reading.keys
            changes = reading.changes | {clip.updated_at for clip in page.clips}
            is_last = page.more is None or not new
            yield ReadPage(page.clips, tuple(changes) if is_last else None)
            # Only now: a page that could not be kept is asked for again.
            reading.keys |= new
            reading.changes, reading.next = changes, page.more
        self._reading = None
