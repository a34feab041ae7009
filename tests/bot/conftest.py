"""The bot as it is shipped, in front of a home in memory and behind a Telegram on loopback."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from blinkbot.bot import ChatBot, TelegramAccess, TelegramAnnouncer, Tools, build_bot, menu
from blinkbot.bot.buttons.clip_keyboards import clip_keyboard
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.polling import PollingBot
from blinkbot.domain import Clip
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import StoredFile
from blinkbot.errors import TelegramError
from blinkbot.simulator.botapi import FloodLimits, Phone, SimMessage, TelegramServer
from blinkbot.store import ChatRepository, Store
from blinkbot.store.store import DATABASE_NAME
from tests.bot.house import MP4, House, clip
from tests.bot.house import OWNER as OWNER
from tests.bot.pseudo_talk import Talk
from tests.bot.running import chatbot_of, tools_for
from tests.bot.under_clips import Arrive
from tests.clock import FakeClock
from tests.pseudo import PSEUDO, pseudo_language

STRANGER = 6666
FAMILY = -2002


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def server(clock: FakeClock, request: pytest.FixtureRequest) -> AsyncIterator[TelegramServer]:
    # A talk says in seconds what people say in weeks.
    limits = FloodLimits.none() if "talk" in request.fixturenames else FloodLimits()
    async with TelegramServer(clock=clock, limits=limits) as running:
        yield running


@pytest.fixture
def phone(server: TelegramServer) -> Phone:
    """The owner's private chat."""
    return server.phone(OWNER, first_name="Ada")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with tables and nothing in them: making those takes longer than most tests."""

    async def make(folder: Path) -> None:
        await (await Store.open(folder, FakeClock())).close()

    folder = tmp_path_factory.mktemp("empty")
    asyncio.run(make(folder))
    return folder / DATABASE_NAME


@pytest.fixture
async def store(empty_database: Path, tmp_path: Path, clock: FakeClock) -> AsyncIterator[Store]:
    """The owner's chat and a family group are authorized."""
    await asyncio.to_thread(shutil.copy, empty_database, tmp_path)
    store = await Store.open(tmp_path, clock)
    await store.chats.authorize([OWNER, FAMILY])
    yield store
    await store.close()


@pytest.fixture
def directory(store: Store) -> ChatRepository:
    return store.chats


@pytest.fixture
def bot(server: TelegramServer) -> PollingBot:
    return build_bot(TelegramAccess(server.token, server.url))


@pytest.fixture
def announcer(bot: PollingBot, directory: ChatRepository) -> TelegramAnnouncer:
    return TelegramAnnouncer(bot, directory, menu)


@pytest.fixture
async def house(store: Store, announcer: TelegramAnnouncer, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> House:
    """Signed in. The database may take its time on a busy computer: toasts wait for it."""
    monkeypatch.setattr("blinkbot.bot.dispatch.dispatcher.SOON", 1.0)
    house = House(store, announcer, clock)
    await house.sign_in()
    return house


@pytest.fixture
def topics(bot: PollingBot, store: Store) -> ForumTopics:
    return ForumTopics(bot, store.forum_topics)


@pytest.fixture
def moments_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two taps on one button there is time enough that the second is meant."""
    monkeypatch.setattr("blinkbot.bot.dispatch.dispatcher.SECOND_TAP", 0.0)


@pytest.fixture
def alarms() -> list[TelegramError]:
    """What only a person can mend."""
    return []


@pytest.fixture
def tools(announcer: TelegramAnnouncer, topics: ForumTopics) -> Tools:
    """What handlers work with."""
    return tools_for(announcer, topics)


@pytest.fixture
async def chatbot(
    bot: PollingBot,
    house: House,
    tools: Tools,
    directory: ChatRepository,
    alarms: list[TelegramError],
) -> AsyncIterator[ChatBot]:
    """The running Telegram side."""
    running = chatbot_of(bot, house, directory, tools)
    await running.connect()
    await running.start(alarms.append)
    yield running
    await running.stop()


@pytest.fixture
def arrive(bot: Bot, phone: Phone, house: House, chatbot: ChatBot) -> Arrive:
    """Lets a clip arrive in a chat, as a video with its buttons."""

    async def arrive(arriving: Clip | None = None, *, chat: Phone = phone, gone: bool = False) -> SimMessage:
        arriving = arriving or clip()
        buttons = clip_keyboard(arriving, house.now)
        sent = await bot.send_video(chat.chat_id, MP4, caption=arriving.camera_name, reply_markup=buttons)
        assert sent.video
        await house.keep(*await house.kept(), KeptClip(arriving, StoredFile(sent.video.file_id), gone=gone))
        return chat.now(sent.message_id)

    return arrive


@pytest.fixture
async def talk(
    server: TelegramServer, phone: Phone, house: House, chatbot: ChatBot, moments_later: None
) -> AsyncIterator[Talk]:
    """A talk in the pseudo-language."""
    with pseudo_language() as language:
        for chat in (OWNER, FAMILY):
            await house.store.chats.set_language(chat, PSEUDO)
        yield Talk(language, server, phone, house, chatbot)
