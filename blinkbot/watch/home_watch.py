"""The home as last seen: read from Blink on its own slow beat and after commands, kept in memory and on disk."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from blinkbot.domain import Home
from blinkbot.errors import BlinkError, DataFolderError, NotSignedIn, SessionEnded
from blinkbot.ports import Clock, Cloud, HomeSource, Priority, SessionKeeper, with_priority
from blinkbot.store import HomeRepository
from blinkbot.watch.generations import Generations, Listing

_log = logging.getLogger(__name__)

# Arm state and health change seldom, and a command refreshes them at once (protocol §12).
HOME_EVERY = timedelta(minutes=5)

EMPTY_ANSWERS = 3  # in a row, until a home is believed to have no camera any more


@dataclass(slots=True)
class HomeWatch(HomeSource):
    """The home as last seen. `on_seen` is called after each look."""

    cloud: Cloud
    repository: HomeRepository
    session: SessionKeeper
    generations: Generations
    clock: Clock
    on_seen: Callable[[Home], Awaitable[None]] | None = None
    _latest: Home | None = field(default=None, init=False)
    _seen_at: datetime | None = field(default=None, init=False)
    _empty: int = field(default=0, init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)

    async def load(self) -> None:
        """Remember what the last run saw."""
        self._latest = await self.repository.load()
        self._seen_at = await self.repository.seen_at()

    def latest(self) -> Home | None:
        return self._latest

    @property
    def seen_at(self) -> datetime | None:
        return self._seen_at

    async def recent(self, max_age: timedelta) -> Home:
        async with self._turn:
            if self._latest is not None and self._seen_at is not None and self.clock() - self._seen_at <= max_age:
                return self._latest
            return await self.refresh()

    async def refresh(self) -> Home:
        """One look at the homescreen. Raises BlinkErrors; a session that ended is reported to its keeper."""
        try:
            home = await self.generations.ask(Listing.HOME, self.cloud.home)
        except SessionEnded as error:
            await self.session.lost(error)
            raise
        home = self._latest = await self._believed(home)
        self._seen_at = self.clock()
        try:
            await self.repository.save(home)
            if self.on_seen is not None:
                await self.on_seen(home)
        except DataFolderError as error:
            # What was seen is true all the same, and so is the command after which we looked. The next look tells
            # the rest again.
            _log.error("the home as seen now will not outlive a restart: %s", error)
        return home

    async def _believed(self, home: Home) -> Home:
        """What was listed, with the cameras that are known by their clips alone.

        An answer without any device is no proof that they are gone (protocol §6): only the third in a row is.
        """
        before = self._latest
        if before is not None and before.cameras and not home.cameras and self._empty < EMPTY_ANSWERS - 1:
            self._empty += 1
            _log.warning("the homescreen lists no camera; those of before are kept for now")
            # What it does list is as it says: whether a network is armed, above all.
            present = {network.id: network for network in home.networks}
            networks = tuple(present.get(network.id, network) for network in before.networks)
            return replace(before, networks=networks)
        self._empty = 0
        return home.with_unlisted(await self.repository.unlisted_cameras())

    async def run_once(self) -> None:
        """The periodic look. A failure is logged and left to the next one; /status shows what polling meets."""
        if not self.session.signed_in:
            return
        try:
            with with_priority(Priority.WATCH):
                await self.recent(HOME_EVERY / 2)
        except NotSignedIn:
            _log.info("homescreen not read: not signed in")
        except BlinkError as error:
            _log.warning("homescreen not read: %s", error)
