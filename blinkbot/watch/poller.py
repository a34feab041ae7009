"""One look for new clips: ask, find the news, write clips and deliveries in one transaction."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from blinkbot.domain import Clip, Health, Home
from blinkbot.domain.preferences import muted_until
from blinkbot.domain.spending import RequestKind
from blinkbot.errors import (
    BlinkbotError,
    BlinkError,
    BudgetSpent,
    DataFolderError,
    NotSignedIn,
    SessionEnded,
    Throttled,
)
from blinkbot.ports import (
    ChatDirectory,
    ClipPage,
    Clock,
    Cloud,
    Generation,
    HomeSource,
    Priority,
    SessionKeeper,
    with_priority,
)
from blinkbot.store import ClipRepository, ListProgress, PreferenceRepository
from blinkbot.watch import new_clips
from blinkbot.watch.clip_lists import PagedList, ReadPage
from blinkbot.watch.generations import Generations, Listing
from blinkbot.watch.home_watch import HOME_EVERY
from blinkbot.watch.pace import Expected, Pace
from blinkbot.watch.poll_interval import PollInterval

_log = logging.getLogger(__name__)

# Polls in a row that find us shut out, each after a renewal that went well, until the owner is asked to sign in.
SHUT_OUT = 3
# A look that just began is not made again because a person asks.
STIRRED_AFTER = timedelta(seconds=5)
# Clips that come while everything is muted can wait, unless it ends soon.
MUTED_FOR = timedelta(minutes=10)
# Looks an hour at the homescreen, and as many at the older list.
BEATS = 3600 // int(HOME_EVERY.total_seconds())


@dataclass(slots=True)
class Poller:
    """Looks for new clips when it is time."""

    cloud: Cloud
    clips: ClipRepository
    directory: ChatDirectory
    home_watch: HomeSource
    session: SessionKeeper
    preferences: PreferenceRepository
    interval: PollInterval
    pace: Pace
    generations: Generations
    clock: Clock
    _last_good: datetime | None = field(default=None, init=False)
    _failure: BlinkbotError | None = field(default=None, init=False)
    _expected_before: Expected | None = field(default=None, init=False)
    _shut_out: int = field(default=0, init=False)
    _looked_for: set[int] = field(default_factory=set, init=False)
    _changes_read_at: datetime | None = field(default=None, init=False)
    _events: PagedList = field(init=False)
    _changes: PagedList = field(init=False)

    def __post_init__(self) -> None:
        self._events = PagedList(self.cloud.event_page)
        self._changes = PagedList(self._changed_page)

    def health(self) -> Health:
        """How polling stands, for /status."""
        return Health(
            self._last_good,
            self._failure,
            self.interval.seconds,
            self.interval.slowed_by,
            spending=self.cloud.spending,
            left_out=self.cloud.odd_entries,
            older_lists=self.generations.older,
        )

    def stir(self) -> None:
        """Something happened after which more may: look soon, and quicker for a while. A back-off is kept."""
        self.pace.stir()
        begun = self.interval.begun
        if begun is None or not timedelta() <= self.clock() - begun < STIRRED_AFTER:
            self.interval.poll_soon()

    async def run_once(self) -> float | None:
        """Called by the scheduler: polls when signed in and due. Returns in how many seconds it is due again."""
        if not self.session.signed_in:
            return None
        if self.interval.due():
            with with_priority(Priority.WATCH):
                await self.step()
        return self.interval.left()

    async def step(self) -> Sequence[Clip]:
        """One poll; returns what was queued. Failures slow polling and show in `health`; none stops it."""
        self.interval.begin()
        try:
            queued = await self._look()
        except NotSignedIn as error:
            self._failure = error
            self.interval.failed(error)
            self._shut_out += 1
            # A session that was just renewed and is refused all the same may be a passing fault of Blink's; that it
            # stays refused is for the owner to know, since a new sign-in alone can mend it (a changed tier, say).
            if isinstance(error, SessionEnded) or self._shut_out >= SHUT_OUT:
                self._shut_out = 0
                await self.session.lost(error)
            return ()
        except BudgetSpent as error:
            self.interval.failed(error)
            _log.info("no request is left of this hour's budget, next look in %.0f s", self.interval.seconds)
            return ()
        except BlinkError as error:
            self._failure = error
            self.interval.failed(error)
            if isinstance(error, Throttled):
                self.pace.subdue()
            _log.warning("Blink poll failed, next try in %.0f s: %s", self.interval.seconds, error)
            return ()
        except DataFolderError as error:
            # Nothing of the answer was kept, the cursor included: the next poll is told the same clips again.
            self._failure = error
            _log.error("new clips could not be saved: %s", error)
            return ()
        self._last_good = self.clock()
        self._failure = None
        self._shut_out = 0
        await self._look_for_new_cameras(queued)
        await self._rest(stirred=bool(queued))
        return queued

    async def _rest(self, *, stirred: bool) -> None:
        expected = await self._expected()
        if stirred or (expected is Expected.MOTION and self._expected_before is Expected.NOTHING_ARMED):
            self.pace.stir()
        self._expected_before = expected
        self.interval.rest(*self.pace.next(expected, self._allowance()))

    async def _expected(self) -> Expected:
        home = self.home_watch.latest()
        if home is None:
            return Expected.MOTION
        if not home.anything_armed:
            return Expected.NOTHING_ARMED
        try:
            return Expected.ALL_MUTED if await self._is_muted(home) else Expected.MOTION
        except DataFolderError as error:
            _log.error("what is muted could not be read: %s", error)
            return Expected.MOTION

    async def _is_muted(self, home: Home) -> bool:
        """Whether no chat is shown anything of any camera, now and for long."""
        now = self.clock()
        chats = self.directory.all()
        for chat in chats:
            mutes = await self.preferences.for_chat(chat.id).mutes()
            for camera in home.cameras:
                until = muted_until(mutes, camera.network_id, camera.id, now)
                if until is None or until - now < MUTED_FOR:
                    return False
        return bool(chats and home.cameras)

    def _allowance(self) -> float | None:
        """How many looks an hour the budget leaves, beside what else was asked in the last one."""
        spending = self.cloud.spending
        if spending.for_watch is None:
            return None
        beside = spending.total - spending.by_kind.get(RequestKind.LOOKS, 0)
        return max(float(spending.for_watch - max(beside, BEATS) - BEATS), 0.0)

    async def _look_for_new_cameras(self, clips: Sequence[Clip]) -> None:
        """Look at the home once for each camera that it did not have: the buttons under its first clip are to work."""
        home = self.home_watch.latest()
        if home is None:
            return
        new = {clip.camera_id for clip in clips if home.camera(clip.camera_id) is None} - self._looked_for
        if not new:
            return
        self._looked_for |= new
        try:
            await self.home_watch.refresh()
        except BlinkError as error:
            _log.info("homescreen not read for cameras %s: %s", sorted(new), error)

    async def _look(self) -> Sequence[Clip]:
        """Read today's list of what happened, and on a slower beat the older one: that alone tells deletions (§7b)."""
        progress = await self.clips.progress()
        if not progress.baseline and self.cloud.server_now is None:
            # Any answer of Blink's tells its clock, by which its lists go; this one is wanted soon in any case.
            await self.home_watch.recent(HOME_EVERY)
        now = self.cloud.server_now or self.clock()

        async def look(generation: Generation) -> Sequence[Clip]:
            if generation is Generation.OLD:
                return await self._look_at_changes(progress, now)
            return await self._look_at_events(progress, now)

        queued = await self.generations.ask(Listing.EVENTS, look)
        # Apart from the question above: what becomes of the older list says nothing of today's.
        return queued if self._changes_are_known() else [*queued, *await self._look_at_changes(progress, now)]

    async def _look_at_events(self, progress: ListProgress, now: datetime) -> Sequence[Clip]:
        start = new_clips.start(progress.newest, progress.begun_at, now)
        queued: list[Clip] = []
        async for page in self._events.pages(start):
            queued += await self._record(page, progress, None, None)
        return queued

    async def _look_at_changes(self, progress: ListProgress, now: datetime) -> Sequence[Clip]:
        # What is there before the bot's first look is history; that look only has to know where now is.
        begun_at = None if progress.baseline else now
        cursor = progress.cursor or progress.begun_at
        queued: list[Clip] = []
        async for page in self._changes.pages(new_clips.since(cursor, now)):
            done = page.changes is not None
            until = new_clips.next_cursor(cursor, page.changes, now) if page.changes is not None else None
            queued += await self._record(page, progress, until, begun_at if done else None)
        self._changes_read_at = self.clock()
        return queued

    async def _record(
        self, page: ReadPage, progress: ListProgress, cursor: datetime | None, begun_at: datetime | None
    ) -> Sequence[Clip]:
        queued = await self.clips.record(
            page.clips,
            to_push=new_clips.to_push(page.clips, progress.begun_at) if progress.baseline else frozenset(),
            chats=[chat.id for chat in self.directory.all()],
            cursor=cursor,
            begun_at=begun_at,
        )
        if begun_at is not None:
            _log.info("first look at Blink: what was recorded before %s is history", begun_at)
        for clip in queued:
            _log.info("new clip %s from camera %d (%s)", clip.key, clip.camera_id, clip.cause)
        return queued

    async def _changed_page(self, since: datetime | None, page: int | None) -> ClipPage:
        return await self.cloud.changed_page(since, page or 1)

    def _changes_are_known(self) -> bool:
        """Whether the older list was read lately, as often as the homescreen is."""
        read_at = self._changes_read_at
        return read_at is not None and abs(self.clock() - read_at) < HOME_EVERY
