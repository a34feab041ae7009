"""A signed-in client on the simulated cloud with a real store, and no Telegram: what watch and control stand on."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from blinkbot.blink import BlinkClient, BlinkUrls, Timing
from blinkbot.blink.signin.oauth import OAuthSignIn
from blinkbot.control.chat_control import chat_controls
from blinkbot.control.signin import SignInService
from blinkbot.domain import PinRequest, Tokens
from blinkbot.errors import BlinkError
from blinkbot.media import MediaWorker
from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.store import Store
from blinkbot.watch.generations import Generations
from blinkbot.watch.home_watch import HomeWatch
from blinkbot.watch.pace import Pace
from blinkbot.watch.poll_interval import PollInterval
from blinkbot.watch.poller import Poller
from tests.clock import FakeClock

OWNER = 1001


@dataclass
class Heard:
    """Hears what owners are told."""

    said: list[str] = field(default_factory=list)

    async def pin_needed(self, request: PinRequest, asked_by: int | None = None) -> None:
        self.said.append("pin")

    async def sign_in_needed(self, error: BlinkError) -> None:
        self.said.append(f"sign in: {type(error).__name__}")

    async def signed_in(self, asked_by: int | None = None) -> None:
        self.said.append("signed in")


class WatchedHome:
    """The inside of the bot between Blink and the database. Waiting for devices takes no time here."""

    def __init__(self, folder: Path, **cloud: Any) -> None:
        self.cloud = BlinkCloud(command_seconds=0, clip_seconds=1, **cloud)
        self.clock = FakeClock()
        self.heard = Heard()
        self.armed_calls = 0
        self.live_views: list[tuple[int, datetime, datetime]] = []
        self._folder = folder

    async def __aenter__(self) -> Self:
        await self.cloud.start()
        self.store = await Store.open(self._folder, self.clock)
        await self.store.chats.authorize([OWNER])
        urls = BlinkUrls(self.cloud.url, self.cloud.url)
        hardware_id = await self.store.account.hardware_id()
        passed = FakeClock()
        start = passed.now
        timing = Timing(
            sleep=passed.sleep,
            monotonic=lambda: (passed.now - start) / timedelta(seconds=1),
            chance=lambda least, most: least,
        )
        self.client = BlinkClient(urls, self.store.tokens, hardware_id, timing)
        self.sign_in = OAuthSignIn(urls, self.cloud.email, self.cloud.password, hardware_id, timing)
        store, clock = self.store, self.clock
        self.sign_in_service = SignInService(
            self.sign_in,
            store.tokens,
            store.account,
            self.heard,
            clock,
            fingerprint="ann",
            on_signed_in=self._signed_in,
        )
        await self.sign_in_service.open()
        self.videos = MediaWorker()
        generations = Generations(store.account, clock)
        self.home_watch = HomeWatch(self.client, store.home, self.sign_in_service, generations, clock)
        self.interval = PollInterval(30, clock, jitter=lambda: 0.0)
        self.poller = Poller(
            self.client,
            store.clips,
            store.chats,
            self.home_watch,
            self.sign_in_service,
            store.preferences,
            self.interval,
            Pace(30, clock, jitter=lambda: 0.5),
            generations,
            clock,
        )
        self.control = chat_controls(
            self.client,
            store,
            self.videos,
            self.home_watch,
            self.poller.health,
            self.sign_in_service,
            clock,
            "Europe/Berlin",
            on_armed=self._armed,
            on_asked=self.poller.stir,
            on_live_view=lambda *view: self.live_views.append(view),
            sleep=clock.sleep,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.sign_in.aclose()
        await self.client.aclose()
        await self.store.close()
        await self.cloud.stop()

    async def _signed_in(self, _: Tokens) -> None:
        return None

    def _armed(self) -> None:
        self.armed_calls += 1
