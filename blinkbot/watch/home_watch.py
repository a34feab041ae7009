"""The home as last seen: read from Blink on its own slow beat and after commands, kept in memory and on disk."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from blinkbot.domain import Home
from blinkbot.errors import BlinkError, DataFolderError, NotSignedIn, SessionEnded
from blinkbot.ports import Clock, Cloud, SessionKeeper

_log = logging.getLogger(__name__)

# Arm state and health change seldom, and a command refreshes them at once (protocol §12).
HOME_EVERY = timedelta(minutes=5)


OnSeen = Callable[[Home], Awaitable[None]]
"""Told the home as it was just seen."""


class HomeStore(Protocol):
    """Where the home outlives a restart."""

    async def save_home(self, home: Home) -> None:
        """Keep the home as seen now."""
        ...

    async def load_home(self) -> Home | None:
        """The home as last seen, None before the first look."""
        ...


class HomeWatch:
    """Knows the home as last seen."""

    def __init__(
        self,
        cloud: Cloud,
        store: HomeStore,
        session: SessionKeeper,
        clock: Clock,
        on_seen: OnSeen | None = None,
    ) -> None:
        """`on_seen` is told of each look."""
        self._cloud = cloud
        self._store = store
        self._session = session
        self._clock = clock
        self._on_seen = on_seen
        self._latest: Home | None = None
        self._seen_at: datetime | None = None

    async def load(self) -> None:
        """Remember what the last run saw."""
        self._latest = await self._store.load_home()

    def latest(self) -> Home | None:
        """The home as last seen, None before the first look ever."""
        return self._latest

    def seen_within(self, age: timedelta) -> bool:
        """Whether this run looked at the home no longer ago than `age`."""
        return self._seen_at is not None and self._clock() - self._seen_at <= age

    async def refresh(self) -> Home:
        """One look at the homescreen. Raises BlinkErrors; a lost session is told to whoever keeps it."""
        try:
            home = await self._cloud.home()
        except SessionEnded as error:
            await self._session.lost(error)
            raise
        self._latest = home
        self._seen_at = self._clock()
        try:
            await self._store.save_home(home)
            if self._on_seen is not None:
                await self._on_seen(home)
        except DataFolderError as error:
            # What was seen is true all the same, and so is the command after which we looked. The next look tells
            # the rest again.
            _log.error("the home as seen now will not outlive a restart: %s", error)
        return home

    async def beat(self) -> None:
        """The periodic look. A failure is logged and left to the next beat: polling tells the owner what is wrong."""
        if not self._session.signed_in or self.seen_within(HOME_EVERY / 2):
            return
        try:
            await self.refresh()
        except NotSignedIn:
            _log.info("no look at the homescreen: not signed in")
        except BlinkError as error:
            _log.warning("no look at the homescreen: %s", error)
