"""The courier as it is shipped, on a real store, behind a Telegram on loopback."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from blinkbot.bot import Courier, TelegramAccess, build_bot
from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.client.video_upload import UploadLimit, VideoUploads
from blinkbot.bot.text.locale import Locale
from blinkbot.config import AlertSettings
from blinkbot.simulator.botapi import FloodLimits, Group, Phone, TelegramServer
from blinkbot.store import Store
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.post import FakeCloud, FakeDoorbell, Post, Threads, Videos
from tests.bot.house import home
from tests.clock import FakeClock

BEN = 1002


@pytest.fixture
async def server(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    """Without flood control: there is a test of its own for that."""
    async with TelegramServer(clock=clock, limits=FloodLimits.none()) as running:
        yield running


@pytest.fixture
def ben(server: TelegramServer) -> Phone:
    """Another person's chat."""
    return server.phone(BEN, first_name="Ben")


@pytest.fixture
def family(server: TelegramServer, phone: Phone, ben: Phone) -> Group:
    return server.group(FAMILY, "Family", [phone, ben])


@pytest.fixture
async def post(clock: FakeClock, tmp_path: Path) -> AsyncIterator[Post]:
    store = await Store.open(tmp_path, clock)
    await store.chats.authorize([OWNER, BEN, FAMILY])
    yield Post(store, clock)
    await store.close()


@pytest.fixture
def quota(clock: FakeClock) -> MessageQuota:
    return MessageQuota(clock)


@pytest.fixture
def bot(server: TelegramServer, quota: MessageQuota) -> PollingBot:
    """It tells the courier's quota what it sends, as in `app`."""
    return build_bot(TelegramAccess(server.token, server.url), quota=quota)


@pytest.fixture
def cloud() -> FakeCloud:
    return FakeCloud()


@pytest.fixture
def videos() -> Videos:
    return Videos()


@pytest.fixture
def doorbell(clock: FakeClock) -> FakeDoorbell:
    return FakeDoorbell(clock)


@pytest.fixture
def threads() -> Threads:
    return Threads()


Hire = Callable[..., Courier]


@pytest.fixture
async def hire(
    bot: PollingBot,
    quota: MessageQuota,
    post: Post,
    cloud: FakeCloud,
    videos: Videos,
    doorbell: FakeDoorbell,
    threads: Threads,
    clock: FakeClock,
    phone: Phone,
) -> AsyncIterator[Hire]:
    """Makes a courier; another one on the same store is the bot after a new start."""
    hired: list[Courier] = []

    def make(**settings: object) -> Courier:
        choices: dict[str, object] = {
            "topics": threads,
            "take_picture": doorbell.take_picture,
            "quota": quota,
            "settings": AlertSettings(),
            "uploads": VideoUploads(videos, UploadLimit()),
            "open_keyboards": OpenKeyboards(),
            "monotonic": lambda: clock.now.timestamp(),
        }
        courier = Courier(
            bot,
            post.store.outbox,
            post.store.chats,
            cloud.port,
            videos,
            post.store.spool_dir,
            clock,
            lambda: Locale(home(), clock(), "Europe/Berlin"),
            **(choices | settings),  # type: ignore[arg-type]
        )
        hired.append(courier)
        return courier

    async with bot:
        yield make
        for courier in hired:
            await courier.close()


@pytest.fixture
def courier(hire: Hire) -> Courier:
    return hire()
