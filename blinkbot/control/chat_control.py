"""What a chat may ask of the home. Every call checks the chat's rights again (design decision 6)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from blinkbot.control.access import ChatAccess, known_home
from blinkbot.control.cameras import CameraControl
from blinkbot.control.networks import NetworkControl
from blinkbot.control.recordings import RecordingControl
from blinkbot.control.signin import SignInControl, SignInService
from blinkbot.domain import Health, Home, Overview
from blinkbot.errors import BlinkError
from blinkbot.ports import ChatClips, ChatControl, ChatPreferences, Clock, Cloud, ControlOf, HomeSource, Videos
from blinkbot.store import ClipRepository, Store

_log = logging.getLogger(__name__)

# Tapping /status twice needs no second request.
FRESH_ENOUGH = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class HomeChatControl(ChatControl):
    """What one chat may do."""

    access: ChatAccess
    home_source: HomeSource
    all_clips: ClipRepository
    chosen: Callable[[int], ChatPreferences]
    health: Callable[[], Health]
    networks: NetworkControl
    cameras: CameraControl
    recordings: RecordingControl
    sign_in: SignInControl

    @property
    def clips(self) -> ChatClips:
        self.access.check()
        return self.all_clips.for_chat(self.access.chat_id)

    @property
    def preferences(self) -> ChatPreferences:
        self.access.check()
        return self.chosen(self.access.chat_id)

    async def home(self) -> Home:
        self.access.check()
        if self.home_source.latest() is None:
            self.access.check_session()
        return await known_home(self.home_source)

    async def overview(self) -> Overview:
        self.access.check()
        if self.access.session.signed_in:
            self.access.on_asked()
            try:
                await self.home_source.recent(FRESH_ENOUGH)
            except BlinkError as error:
                _log.warning("Blink not reached, /status shows the last known state: %s", error)
        return Overview(
            home=self.home_source.latest() or Home(),
            home_seen_at=self.home_source.seen_at,
            last_clips=await self.all_clips.last_of_each_camera(),
            health=self.health(),
            sign_in=self.sign_in.state,
        )


def chat_controls(
    cloud: Cloud,
    store: Store,
    videos: Videos,
    home: HomeSource,
    health: Callable[[], Health],
    sign_in: SignInService,
    clock: Clock,
    timezone: str,
    *,
    on_armed: Callable[[], None],
    on_asked: Callable[[], None],
    on_live_view: Callable[[int, datetime, datetime], None],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> ControlOf:
    """The control of each chat, put together of what all chats share. See each part for what it is given."""

    def control_of(chat_id: int) -> HomeChatControl:
        access = ChatAccess(chat_id, store.chats, sign_in, on_asked)
        access.check()
        return HomeChatControl(
            access,
            home,
            store.clips,
            store.preferences.for_chat,
            health,
            NetworkControl(access, cloud, home, timezone, on_armed),
            CameraControl(access, cloud, home, videos, store.spool_dir, clock, on_live_view, sleep),
            RecordingControl(access, cloud, store.clips, store.spool_dir),
            SignInControl(access, sign_in),
        )

    return control_of
