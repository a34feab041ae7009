"""What every part of the control stands on: the home's two sides, and one chat's rights."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Protocol, TypeVar

from blinkbot.control.signin import SignInService
from blinkbot.domain import (
    Clip,
    Home,
    Role,
)
from blinkbot.domain.clip_search import ClipDay, ClipEvent, ClipPage, ClipQuery, KeptClip
from blinkbot.domain.deliveries import StoredFile
from blinkbot.domain.preferences import ChatAlerts, Mute, Target
from blinkbot.errors import (
    NotAllowed,
    NotSignedIn,
    SessionEnded,
)
from blinkbot.ports import ChatDirectory, Clock, Cloud, HealthSource, HomeSource, Videos

T = TypeVar("T")


class ClipShelf(Protocol):
    """The clips we remember. Found are those that can be played: Blink has them, or Telegram."""

    async def find_clips(self, query: ClipQuery, page: int, size: int, *, chat_id: int) -> ClipPage:
        """A page of the clips that match, newest first; `withheld` is told of this chat."""
        ...

    async def clips_from(self, query: ClipQuery, offset: int, most: int, *, chat_id: int) -> Sequence[KeptClip]:
        """Clips that match, newest first, the first `offset` of them left out; `most` at most."""
        ...

    async def clip_days(self, query: ClipQuery, zone: tzinfo) -> Sequence[ClipDay]:
        """The days of this zone on which clips match, newest first."""
        ...

    async def clip(self, key: str, *, chat_id: int) -> KeptClip | None:
        """One clip, None when it was never known."""
        ...

    async def mark_deleted(self, keys: Sequence[str]) -> None:
        """Blink has these no more."""
        ...

    async def happenings(self, since: datetime) -> Sequence[ClipEvent]:
        """Every event since then that was an alert, oldest first."""
        ...

    async def last_clips(self) -> Mapping[int, Clip]:
        """Each camera's newest clip."""
        ...

    async def remember_file(self, key: str, file: StoredFile) -> None:
        """Telegram's copy of a clip."""
        ...

    @property
    def spool_dir(self) -> Path:
        """Where videos rest between the two clouds."""
        ...


class AlertStore(Protocol):
    """What each chat has chosen to be told, and what is muted in it. Every method is one transaction."""

    async def chat_alerts(self, chat_id: int) -> ChatAlerts:
        """What a chat has chosen; the defaults where it never chose."""
        ...

    async def choose_alerts(self, chat_id: int, alerts: ChatAlerts) -> None:
        """Keep a chat's choice."""
        ...

    async def mutes(self, chat_id: int, now: datetime) -> Sequence[Mute]:
        """The mutes that hold at `now` or later, ending soonest first."""
        ...

    async def mute(self, chat_id: int, mute: Mute) -> None:
        """Add a mute; takes the place of an earlier one of the same target."""
        ...

    async def unmute(self, chat_id: int, target: Target | None) -> Sequence[Mute]:
        """End the mute of exactly this target, or all of the chat's (None); returns those that held."""
        ...


class Whole:
    """The two sides of the home, and who may ask."""

    def __init__(
        self,
        cloud: Cloud,
        shelf: ClipShelf,
        choices: AlertStore,
        videos: Videos,
        homes: HomeSource,
        health: HealthSource,
        desk: SignInService,
        directory: ChatDirectory,
        clock: Clock,
        *,
        timezone: str,
        on_armed: Callable[[], None],
        on_watched: Callable[[int, datetime, datetime], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`timezone` serves networks whose own is unusable; `on_armed` is called when motion can be expected.

        `on_watched` is told of each live view: its camera's id, its begin and its end.
        """
        self.cloud = cloud
        self.shelf = shelf
        self.choices = choices
        self.videos = videos
        self.homes = homes
        self.health = health
        self.desk = desk
        self.directory = directory
        self.clock = clock
        self.timezone = timezone
        self.on_armed = on_armed
        self.on_watched = on_watched
        self.sleep = sleep
        self.look_turn = asyncio.Lock()


class Bound:
    """What one chat may ask; parts of a ports.ChatControl are made of it."""

    def __init__(self, whole: Whole, chat_id: int) -> None:
        self.whole = whole
        self.chat_id = chat_id

    def check(self) -> None:
        """Raise NotAllowed unless this chat still owns the home."""
        chat = self.whole.directory.find(self.chat_id)
        if chat is None or chat.role is not Role.OWNER:
            raise NotAllowed(f"chat {self.chat_id} is no owner")

    def check_session(self) -> None:
        """Raise NotSignedIn unless requests to Blink make sense."""
        if not self.whole.desk.signed_in:
            raise NotSignedIn("there is no session")

    async def home(self) -> Home:
        """The home as last seen; asks Blink only when it was never seen. Raises NotSignedIn."""
        self.check()
        latest = self.whole.homes.latest()
        if latest is not None:
            return latest
        self.check_session()
        return await self.whole.homes.refresh()

    async def asked(self, request: Awaitable[T]) -> T:
        """The answer; a session that ended on the way is reported to the desk."""
        try:
            return await request
        except SessionEnded as error:
            await self.whole.desk.lost(error)
            raise
