"""The clips that are older than the first look: read page by page while requests are plentiful, and never news."""

import logging
from dataclasses import dataclass, field

from blinkbot.errors import BlinkError, DataFolderError, SessionEnded
from blinkbot.ports import Clock, Cloud, Priority, SessionKeeper, with_priority
from blinkbot.store import ClipRepository
from blinkbot.watch.new_clips import FIRST_LOOK
from blinkbot.watch.poll_interval import PollInterval

_log = logging.getLogger(__name__)

# Seconds between pages: nothing waits for them.
ARCHIVE_EVERY = 60.0


@dataclass(slots=True)
class Archive:
    """Reads one page at a time; a restart goes on where the last run was."""

    cloud: Cloud
    clips: ClipRepository
    session: SessionKeeper
    clock: Clock
    _interval: PollInterval = field(init=False)
    _complete: bool = field(default=False, init=False)
    _page_before: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        self._interval = PollInterval(ARCHIVE_EVERY, self.clock)

    async def run_once(self) -> None:
        """Called by the scheduler: reads the next page, where there is one. A failure is left to a later run."""
        if self._complete or not self.session.signed_in or not self._interval.due():
            return
        self._interval.begin()
        try:
            with with_priority(Priority.ARCHIVE):
                await self._read_page()
        except SessionEnded as error:
            await self.session.lost(error)
        except BlinkError as error:
            self._interval.failed(error)
            _log.info("no page of older clips was read, next try in %.0f s: %s", self._interval.seconds, error)
        except DataFolderError as error:
            _log.error("older clips could not be saved: %s", error)
        else:
            self._interval.rest(ARCHIVE_EVERY, None)

    async def _read_page(self) -> None:
        progress = await self.clips.progress()
        if not progress.baseline:
            return
        position = await self.clips.archive_position()
        if position is None or progress.begun_at is None:
            self._complete = True
            return
        page = await self.cloud.changed_page(None, position)
        # What is younger is the poller's: written down here first, it would be no news there.
        old = [clip for clip in page.clips if clip.recorded_at < progress.begun_at - FIRST_LOOK]
        await self.clips.record(old, to_push=(), chats=(), cursor=None)
        keys = frozenset(clip.key for clip in page.clips)
        more = None if keys == self._page_before else page.more  # a page that repeats is followed by none
        self._page_before = keys
        await self.clips.set_archive_position(more)
        if more is None:
            _log.info("all older clips are known")
