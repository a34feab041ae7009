"""Looks at the USB sticks of sync modules for clips that the cloud does not have (protocol §10)."""

import logging
from collections import deque
from collections.abc import Container, Sequence
from datetime import datetime
from typing import Protocol

from blinkbot.domain import Clip, Home, SyncModule
from blinkbot.errors import BlinkError, DataFolderError, NotSignedIn, SessionEnded
from blinkbot.ports import ChatDirectory, Clock, HomeSource, SessionKeeper
from blinkbot.watch import usb_new_clips as usb_rules
from blinkbot.watch.poll_interval import PollInterval

_log = logging.getLogger(__name__)

REMEMBERED_VIEWS = 100


class StickReader(Protocol):
    """Lists what is on a stick."""

    async def usb_clips(self, module: SyncModule, home: Home) -> Sequence[Clip]:
        """Every clip on a sync module's stick. Takes some seconds; raises BlinkErrors."""
        ...


class StickStore(Protocol):
    """Where clips, their deliveries and each stick's mark are kept."""

    async def usb_looked_at(self, module_id: int) -> bool:
        """Whether a first look was completed, so that what is unknown is new."""
        ...

    async def usb_newest(self, module_id: int) -> datetime | None:
        """The newest recording of the looks before, None when there was none."""
        ...

    async def record_usb_clips(
        self,
        module_id: int,
        clips: Sequence[Clip],
        *,
        to_push: Container[str],
        chats: Sequence[int],
        newest: datetime | None,
    ) -> Sequence[Clip]:
        """Keep clips and mark, queue the new ones that are to be pushed; returns these. One transaction."""
        ...


class UsbPoller:
    """Looks at every stick when it is time, one sync module after the other, each at a pace of its own."""

    def __init__(
        self,
        cloud: StickReader,
        store: StickStore,
        directory: ChatDirectory,
        homes: HomeSource,
        session: SessionKeeper,
        clock: Clock,
        *,
        interval: float,
    ) -> None:
        """`interval` is in seconds, between looks at one stick while its network is armed."""
        self._cloud = cloud
        self._store = store
        self._directory = directory
        self._homes = homes
        self._session = session
        self._clock = clock
        self._interval = interval
        self._paces: dict[int, PollInterval] = {}
        self._begun: dict[int, datetime] = {}
        self._watched: deque[usb_rules.LiveView] = deque(maxlen=REMEMBERED_VIEWS)

    def hurry(self) -> None:
        """Look at the next beat: something was armed. A back-off is kept."""
        for pace in self._paces.values():
            pace.hurry()

    def watched_live(self, camera_id: int, begun: datetime, ended: datetime) -> None:
        """Somebody watched a camera live: what it saves of that is no news. Forgotten at a stop."""
        self._watched.append(usb_rules.LiveView(camera_id, begun, ended))

    async def beat(self) -> None:
        """Called by the scheduler every interval: looks at the sticks that are due, when signed in."""
        if not self._session.signed_in:
            return
        try:
            home = self._homes.latest() or await self._homes.refresh()
        except BlinkError as error:
            _log.warning("no look at USB sticks, since the home is not known: %s", error)
            return
        for module in usb_rules.sticks(home):
            self._begun.setdefault(module.id, self._clock())
            if self._session.signed_in and self._pace(module).due():
                await self.step(module, home)

    async def step(self, module: SyncModule, home: Home) -> Sequence[Clip]:
        """One look at one stick; returns what was queued. Failures slow its pace and never stop the watch."""
        pace = self._pace(module)
        pace.begin()
        try:
            queued = await self._look(module, home)
        except NotSignedIn as error:
            if isinstance(error, SessionEnded):
                await self._session.lost(error)
            return ()
        except BlinkError as error:
            pace.failed(error)
            _log.warning("no look at the stick of sync module %d, next in %.0f s: %s", module.id, pace.seconds, error)
            return ()
        except DataFolderError as error:
            # Nothing was kept, the mark included: the next look finds the same clips new again.
            _log.error("what is on the stick of sync module %d could not be kept: %s", module.id, error)
            return ()
        network = home.network(module.network_id)
        pace.succeeded(armed=network is None or network.armed)
        return queued

    async def _look(self, module: SyncModule, home: Home) -> Sequence[Clip]:
        first_look = not await self._store.usb_looked_at(module.id)
        newest = await self._store.usb_newest(module.id)
        clips = await self._cloud.usb_clips(module, home)
        now = self._clock()
        if first_look:
            to_push = usb_rules.news_of_first_look(clips, self._begun.get(module.id, now), now)
            _log.info("first look at the stick of sync module %d: %d clips", module.id, len(clips))
        else:
            to_push = usb_rules.news(clips, newest)
        queued = await self._store.record_usb_clips(
            module.id,
            clips,
            to_push=to_push - usb_rules.saved_live_views(clips, self._watched),
            chats=[chat.id for chat in self._directory.chats()],
            newest=usb_rules.next_mark(newest, clips, now),
        )
        for clip in queued:
            _log.info("new clip %s on USB from camera %d", clip.key, clip.camera_id)
        return queued

    def _pace(self, module: SyncModule) -> PollInterval:
        return self._paces.setdefault(module.id, PollInterval(self._interval, self._clock))
