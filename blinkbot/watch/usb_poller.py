"""Looks at the USB sticks of sync modules for clips that the cloud does not have (protocol §10)."""

import logging
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from blinkbot.domain import Clip, Home, SyncModule
from blinkbot.errors import BlinkError, DataFolderError, NotSignedIn, SessionEnded
from blinkbot.ports import ChatDirectory, Clock, Cloud, HomeSource, Priority, SessionKeeper, with_priority
from blinkbot.store import UsbClipRepository
from blinkbot.watch import usb_new_clips as new_clips
from blinkbot.watch.poll_interval import PollInterval

_log = logging.getLogger(__name__)

REMEMBERED_VIEWS = 100


@dataclass(slots=True)
class UsbPoller:
    """Looks at every stick when it is time, one sync module after the other, each at an interval of its own.

    `interval` is in seconds, between looks at one stick while its network is armed.
    """

    cloud: Cloud
    clips: UsbClipRepository
    directory: ChatDirectory
    home_watch: HomeSource
    session: SessionKeeper
    clock: Clock
    interval: float
    _intervals: dict[int, PollInterval] = field(default_factory=dict, init=False)
    _begun: dict[int, datetime] = field(default_factory=dict, init=False)
    _live_views: deque[new_clips.LiveView] = field(default_factory=lambda: deque(maxlen=REMEMBERED_VIEWS), init=False)

    def poll_soon(self) -> None:
        """Look at the next beat: something was armed. A back-off is kept."""
        for interval in self._intervals.values():
            interval.poll_soon()

    def note_live_view(self, camera_id: int, begun: datetime, ended: datetime) -> None:
        """A camera was watched live: what it saves of that is no news. Forgotten at a stop."""
        self._live_views.append(new_clips.LiveView(camera_id, begun, ended))

    async def run_once(self) -> None:
        """Called by the scheduler every interval: looks at the sticks that are due, when signed in."""
        if not self.session.signed_in:
            return
        try:
            home = self.home_watch.latest() or await self.home_watch.refresh()
        except BlinkError as error:
            _log.warning("USB sticks not read, since the home is not known: %s", error)
            return
        for module in new_clips.sticks(home):
            self._begun.setdefault(module.id, self.clock())
            if self.session.signed_in and self._interval_of(module).due():
                with with_priority(Priority.WATCH):
                    await self.step(module, home)

    async def step(self, module: SyncModule, home: Home) -> Sequence[Clip]:
        """One look at one stick; returns what was queued. Failures make its looks rarer; none stops them."""
        interval = self._interval_of(module)
        interval.begin()
        try:
            queued = await self._look(module, home)
        except NotSignedIn as error:
            if isinstance(error, SessionEnded):
                await self.session.lost(error)
            return ()
        except BlinkError as error:
            interval.failed(error)
            _log.warning(
                "USB stick of sync module %d not read, next try in %.0f s: %s", module.id, interval.seconds, error
            )
            return ()
        except DataFolderError as error:
            # Nothing was kept, the mark included: the next look finds the same clips new again.
            _log.error("what is on the stick of sync module %d could not be kept: %s", module.id, error)
            return ()
        network = home.network(module.network_id)
        interval.succeeded(armed=network is None or network.armed)
        return queued

    async def _look(self, module: SyncModule, home: Home) -> Sequence[Clip]:
        first_look = not await self.clips.baseline_done(module.id)
        newest = await self.clips.newest(module.id)
        clips = await self.cloud.usb_clips(module, home)
        now = self.clock()
        if first_look:
            to_push = new_clips.news_of_first_look(clips, self._begun.get(module.id, now), now)
            _log.info("first look at the stick of sync module %d: %d clips", module.id, len(clips))
        else:
            to_push = new_clips.news(clips, newest)
        queued = await self.clips.record(
            module.id,
            clips,
            to_push=to_push - new_clips.saved_live_views(clips, self._live_views),
            chats=[chat.id for chat in self.directory.all()],
            newest=new_clips.next_mark(newest, clips, now),
        )
        for clip in queued:
            _log.info("new clip %s on USB from camera %d", clip.key, clip.camera_id)
        return queued

    def _interval_of(self, module: SyncModule) -> PollInterval:
        return self._intervals.setdefault(module.id, PollInterval(self.interval, self.clock))
