"""What every part of a chat's control stands on: the home's two sides, and one chat's rights."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from blinkbot.control.signin import SignInService
from blinkbot.domain import Health, Home, Role
from blinkbot.errors import NotAllowed, NotSignedIn, SessionEnded
from blinkbot.ports import ChatClips, ChatControl, ChatPreferences, Clock, Cloud, HomeSource, Videos
from blinkbot.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ControlContext:
    """The two sides of the home, shared by all chats.

    `timezone` serves networks whose own is unusable; `on_armed` is called when motion can be expected, `on_live_view`
    after each live view with its camera's id, its begin and its end.
    """

    cloud: Cloud
    store: Store
    videos: Videos
    home_watch: HomeSource
    health: Callable[[], Health]
    sign_in: SignInService
    clock: Clock
    timezone: str
    on_armed: Callable[[], None]
    on_live_view: Callable[[int, datetime, datetime], None]
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class ChatControlBase(ChatControl):
    """What every part of a chat's control stands on."""

    def __init__(self, context: ControlContext, chat_id: int) -> None:
        self.context = context
        self.chat_id = chat_id

    @property
    def clips(self) -> ChatClips:
        self.check()
        return self.context.store.clips.for_chat(self.chat_id)

    @property
    def preferences(self) -> ChatPreferences:
        self.check()
        return self.context.store.preferences.for_chat(self.chat_id)

    def check(self) -> None:
        """Raise NotAllowed unless this chat still owns the home."""
        chat = self.context.store.chats.find(self.chat_id)
        if chat is None or not chat.role.covers(Role.OWNER):
            raise NotAllowed(f"chat {self.chat_id} is no owner")

    def check_session(self) -> None:
        """Raise NotAllowed unless this chat still owns the home, NotSignedIn unless requests to Blink make sense."""
        self.check()
        if not self.context.sign_in.signed_in:
            raise NotSignedIn("there is no session")

    async def home(self) -> Home:
        self.check()
        latest = self.context.home_watch.latest()
        if latest is not None:
            return latest
        self.check_session()
        return await self.context.home_watch.refresh()

    async def request(self, answer: Awaitable[T]) -> T:
        """Blink's answer; a session that ended on the way is reported to the sign-in service."""
        try:
            return await answer
        except SessionEnded as error:
            await self.context.sign_in.lost(error)
            raise
