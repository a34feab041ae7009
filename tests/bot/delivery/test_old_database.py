"""A database of a blinkbot that kept sentences is taken over in the middle of its work, and nothing is lost."""

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from blinkbot.bot import Courier, DeviceAlertCourier, ForumTopics, TelegramAccess, build_bot
from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.client.video_upload import UploadLimit, VideoUploads
from blinkbot.bot.text.delivery import why
from blinkbot.bot.text.locale import Locale
from blinkbot.config import AlertSettings
from blinkbot.domain import Home
from blinkbot.domain.clip_search import ClipQuery
from blinkbot.domain.deliveries import Queue
from blinkbot.domain.failures import FailureCode, FailureReason
from blinkbot.simulator.botapi import FloodLimits, Group, Phone, TelegramServer
from blinkbot.store import Store
from tests.bot.delivery.post import FakeCloud, FakeDoorbell, Videos
from tests.bot.house import jpeg
from tests.clock import FakeClock
from tests.plain_http import plain_bot
from tests.store.things import pending_count

FIXTURE = Path(__file__).parents[2] / "store" / "fixtures" / "old_database.sql"
ADA, FAMILY, CLUB, TEAM = 1730501, -1001730502000, -1001730777000, -1001730888000
IN_THE_SETTINGS = [ADA, FAMILY, -730777, -730888]
UNDER_WAY = ("waiting", "sending")


def old_rows() -> list[sqlite3.Row]:
    """The deliveries as they were left."""
    db = sqlite3.connect(":memory:")
    db.row_factory = sqlite3.Row
    db.executescript(FIXTURE.read_text(encoding="utf-8"))
    return list(db.execute("SELECT * FROM deliveries ORDER BY id"))


@pytest.fixture
async def store(clock: FakeClock, tmp_path: Path) -> AsyncIterator[Store]:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    db = sqlite3.connect(folder / "blinkbot.db")
    db.executescript(FIXTURE.read_text(encoding="utf-8"))
    db.close()
    store = await Store.open(folder, clock)
    await store.chats.authorize(IN_THE_SETTINGS)
    yield store
    await store.close()


async def rows(store: Store, query: str = "SELECT * FROM deliveries ORDER BY id") -> list[dict[str, Any]]:
    return await store.database.run(lambda db: list(db.query(query)))


class Ids:
    """Lets the next messages in the simulated Telegram have chosen ids, as those of the fixture have."""

    def __init__(self, server: TelegramServer) -> None:
        self._others: Iterator[int] = itertools.count(5000)
        self._next: list[int] = []
        server._world._next_id = lambda chat: self._next.pop(0) if self._next else next(self._others)  # type: ignore[method-assign]

    def take(self, message_id: int) -> None:
        """The next message has this one."""
        self._next.append(message_id)


@pytest.fixture
def quota(clock: FakeClock) -> MessageQuota:
    return MessageQuota(clock)


@pytest.fixture
async def server(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock=clock, limits=FloodLimits.none()) as running:
        yield running


@pytest.fixture
def ada(server: TelegramServer) -> Phone:
    return server.phone(ADA)


@pytest.fixture
def family(server: TelegramServer, ada: Phone) -> Group:
    for chat_id in (CLUB, TEAM):
        server.group(chat_id, "A group", [ada])
    return server.group(FAMILY, "Family", [ada], bot_is_admin=True, forum=True)


@pytest.fixture
async def bot(
    server: TelegramServer, quota: MessageQuota, ada: Phone, family: Group, store: Store
) -> AsyncIterator[PollingBot]:
    """The bot, in chats that show what the old bot has shown there."""
    ids = Ids(server)
    topics = await rows(store, "SELECT * FROM topics ORDER BY thread_id")
    for topic in topics:
        ids.take(topic["thread_id"])
        family.create_topic(topic["name"])
    # Else the messages of before would count in the quota, and the real clock's limits would be waited for.
    async with plain_bot(server) as before:
        for row in await rows(store):
            if row["message_id"] is None or row["chat_id"] not in (ADA, FAMILY):
                continue
            ids.take(row["message_id"])
            if row["stage"] == "text":
                await before.send_message(row["chat_id"], "shown", message_thread_id=row["thread_id"])
            else:
                await before.send_photo(row["chat_id"], jpeg(), caption="shown", message_thread_id=row["thread_id"])
        for row in await rows(store, "SELECT * FROM notices WHERE message_id IS NOT NULL ORDER BY id"):
            ids.take(row["message_id"])
            await before.send_message(row["chat_id"], "offline")
    async with build_bot(TelegramAccess(server.token, server.url), quota=quota) as bot:
        yield bot


@pytest.fixture
async def courier(bot: PollingBot, store: Store, quota: MessageQuota, clock: FakeClock) -> AsyncIterator[Courier]:
    home = await store.home.load() or Home()
    doorbell = FakeDoorbell(clock)
    doorbell.ready.set()
    videos = Videos()
    courier = Courier(
        bot,
        store.outbox,
        store.chats,
        FakeCloud().port,
        videos,
        store.spool_dir,
        clock,
        lambda: Locale(home, clock(), "Europe/Berlin"),
        AlertSettings(),
        topics=ForumTopics(bot, store.forum_topics),
        take_picture=doorbell.take_picture,
        uploads=VideoUploads(videos, UploadLimit()),
        quota=quota,
        open_keyboards=OpenKeyboards(),
        sleep=clock.sleep,
        monotonic=lambda: clock.now.timestamp(),
    )
    yield courier
    await courier.close()


async def test_what_was_under_way_arrives(
    courier: Courier, store: Store, clock: FakeClock, ada: Phone, family: Group, server: TelegramServer
) -> None:
    assert await store.outbox.recover() == 7
    assert await pending_count(store) == 31
    for _ in range(300):
        if not any([await courier.deliver_next(queue) for queue in (Queue.ALERTS, Queue.VIDEOS, Queue.BACKLOG)]):
            clock.forward(5)
        if not await pending_count(store):
            break
    before, after = old_rows(), await rows(store)
    assert [row["id"] for row in after] == [row["id"] for row in before]
    became = {row["id"]: row["state"] for row in after}
    assert {became[row["id"]] for row in before if row["state"] in UNDER_WAY} == {"sent"}
    assert {row["id"]: row["state"] for row in before if row["state"] not in UNDER_WAY}.items() <= became.items()
    kept = {row["id"]: row["message_id"] for row in before if row["message_id"] is not None}
    assert {row["id"]: row["message_id"] for row in after if row["id"] in kept} == kept
    under_way = {row["id"] for row in before if row["state"] in UNDER_WAY}
    for chat in (ada, family):
        videos = {message.id for message in chat.messages if message.video}
        mine = {row["message_id"] for row in after if row["id"] in under_way and row["chat_id"] == chat.chat_id}
        assert mine <= videos


async def test_why_no_video_came_stands_under_the_head_of_a_burst_as_before(
    courier: Courier, store: Store, ada: Phone, family: Group
) -> None:
    heads = [await store.outbox.burst(burst_id) for burst_id in (32, 35, 39)]
    catching_up = asyncio.create_task(courier._bursts.catch_up())
    for burst in heads:
        assert burst.head is not None
        assert burst.head.failure is not None
        chat = ada if burst.head.chat_id == ADA else family
        shown = await chat.wait_for(why(burst.head.failure))
        assert shown.id == burst.head.message_id
        assert f" · {burst.count} clips\n" in shown.content
    catching_up.cancel()


async def test_each_sentence_became_a_code(store: Store) -> None:
    before = {row["id"]: row["told"] for row in old_rows()}
    for row in await rows(store):
        if not before[row["id"]]:
            assert row["told"] == ""
            continue
        assert before[row["id"]] not in row["told"]
        assert FailureReason.from_json(row["told"]).code is not FailureCode.OTHER


async def test_the_clips_are_those_of_before(store: Store) -> None:
    assert len(await rows(store, "SELECT * FROM clips")) == 103
    assert (await store.clips.for_chat(ADA).page(ClipQuery(), 0, 10)).total > 50
    made_up = "SELECT * FROM clips WHERE camera_name LIKE 'Camera%' OR network_name LIKE 'Network%'"
    assert await rows(store, made_up) == []


async def test_device_alerts_go_on(bot: PollingBot, store: Store, clock: FakeClock, ada: Phone, family: Group) -> None:
    home = await store.home.load() or Home()
    topics = ForumTopics(bot, store.forum_topics)
    courier = DeviceAlertCourier(
        bot, store.device_alerts, store.chats, topics, clock, lambda: Locale(home, clock(), "Europe/Berlin")
    )
    for _ in range(1500):
        if not await courier.tell_next():
            clock.forward(60)
    assert await store.device_alerts.next_due_at() is None
    for chat, message_id in ((ada, 1073), (ada, 1075), (family, 1076)):
        assert "is back online" in chat.now(message_id).content
    assert "🪫 Low battery: Garage." in ada.transcript()
    assert "📵 Living room has been offline since" in ada.transcript()
    assert "📵 Living room has been offline since" in family.transcript()
