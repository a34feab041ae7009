"""One look for new clips: ask, find the news, write clips and deliveries in one transaction."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from blinkbot.domain import Clip, Health
from blinkbot.errors import BlinkbotError, BlinkError, DataFolderError, NotSignedIn, SessionEnded
from blinkbot.ports import ChatDirectory, Clock, Cloud, HomeSource, SessionKeeper
from blinkbot.store import ClipRepository
from blinkbot.watch import new_clips
from blinkbot.watch.poll_interval import PollInterval

_log = logging.getLogger(__name__)

# Polls in a row that find us shut out, each after a renewal that went well, until the owner is asked to sign in.
SHUT_OUT = 3


@dataclass(slots=True)
class Poller:
    """Looks for new clips when it is time."""

    cloud: Cloud
    clips: ClipRepository
    directory: ChatDirectory
    home_watch: HomeSource
    session: SessionKeeper
    interval: PollInterval
    clock: Clock
    _last_good: datetime | None = field(default=None, init=False)
    _failure: BlinkbotError | None = field(default=None, init=False)
    _shut_out: int = field(default=0, init=False)
    _looked_for: set[int] = field(default_factory=set, init=False)

    def health(self) -> Health:
        """How polling stands, for /status."""
        return Health(self._last_good, self._failure, self.interval.seconds, self.interval.slowed_by)

    async def run_once(self) -> None:
        """Called by the scheduler every interval: polls when signed in and due."""
        if self.session.signed_in and self.interval.due():
            await self.step()

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
        except BlinkError as error:
            self._failure = error
            self.interval.failed(error)
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
        home = self.home_watch.latest()
        self.interval.succeeded(armed=home is None or home.anything_armed)
        return queued

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
        cursor = await self.clips.cursor()
        first_look = not await self.clips.baseline_done()
        clips = await self.cloud.changed_clips(new_clips.since(cursor))
        queued = await self.clips.record(
            clips,
            # What is there before the bot's first look is history, not news.
            to_push=frozenset() if first_look else new_clips.to_push(clips),
            chats=[chat.id for chat in self.directory.all()],
            cursor=new_clips.next_cursor(cursor, clips),
        )
        if first_look:
            _log.info("first look at Blink: %d clips are there already", len(clips))
        for clip in queued:
            _log.info("new clip %s from camera %d (%s)", clip.key, clip.camera_id, clip.cause)
        return queued
