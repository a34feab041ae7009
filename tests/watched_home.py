"""A signed-in client on the simulated cloud with a real store, and no Telegram: what watch and control stand on."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from blinkbot.blink import BlinkClient, BlinkUrls, OAuthSignIn, Timing
from blinkbot.control.chat_control import HomeControl
from blinkbot.control.signin import SignInService
from blinkbot.domain import PinRequest, Tokens
from blinkbot.errors import BlinkError
from blinkbot.media import MediaWorker
from blinkbot.simulator.blinkcloud import BlinkCloud
from blinkbot.store import Store
from blinkbot.watch.home_watch import HomeWatch
from blinkbot.watch.poll_interval import PollInterval
from blinkbot.watch.poller import Poller
from tests.clock import FakeClock

OWNER = 1001


@dataclass
class Heard:
    """Hears what owners are told."""

    said: list[str] = field(default_factory=list)

    async def pin_needed(self, request: PinRequest) -> None:
        self.said.append("pin")

    async def sign_in_needed(self, error: BlinkError) -> None:
        self.said.append(f"sign in: {type(error).__name__}")

    async def signed_in(self) -> None:
        self.said.append("signed in")


class WatchedHome:
    """The inside of the bot between Blink and the database. Waiting for devices takes no time here."""

    def __init__(self, folder: Path, **cloud: Any) -> None:
        self.cloud = BlinkCloud(command_seconds=0, clip_seconds=1, **cloud)
        self.clock = FakeClock()
        self.heard = Heard()
        self.armed_calls = 0
        self.watched: list[tuple[int, datetime, datetime]] = []
        self._folder = folder

    async def __aenter__(self) -> Self:
        await self.cloud.start()
        self.store = await Store.open(self._folder, self.clock)
        await self.store.authorize([OWNER])
        urls = BlinkUrls(self.cloud.url, self.cloud.url)
        hardware_id = await self.store.hardware_id()
        passed = FakeClock()
        start = passed.now
        timing = Timing(
            sleep=passed.sleep,
            monotonic=lambda: (passed.now - start) / timedelta(seconds=1),
            chance=lambda least, most: least,
        )
        self.client = BlinkClient(urls, self.store, hardware_id, timing)
        self.sign_in = OAuthSignIn(urls, self.cloud.email, self.cloud.password, hardware_id, timing)
        self.desk = SignInService(
            self.sign_in, self.store, self.heard, self.clock, fingerprint="ann", on_signed_in=self._signed_in
        )
        await self.desk.open()
        self.homes = HomeWatch(self.client, self.store, self.desk, self.clock)
        self.pace = PollInterval(30, self.clock, jitter=lambda: 0.0)
        self.poller = Poller(self.client, self.store, self.store, self.homes, self.desk, self.pace, self.clock)
        self.control = HomeControl(
            self.client,
            self.store,
            self.store,
            MediaWorker(),
            self.homes,
            self.poller,
            self.desk,
            self.store,
            self.clock,
            timezone="Europe/Berlin",
            on_armed=self._armed,
            on_watched=lambda *view: self.watched.append(view),
            sleep=self.clock.sleep,
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
