"""Playing all clips of a list, from the phone's side. Waiting takes no time here, and Telegram counts it."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from blinkbot.bot import ChatBot, TelegramAccess, TelegramAnnouncer, build_bot
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.polling import PollingBot
from blinkbot.domain import NoVideo
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import Queue, StoredFile
from blinkbot.errors import BlinkUnreachable
from blinkbot.simulator.botapi import MediaKind, Phone, SimMessage, TelegramServer
from blinkbot.store import ChatRepository
from tests.bot.conftest import FAMILY
from tests.bot.house import KITCHEN, MP4, OWNER, House, clip
from tests.bot.running import chatbot_of, tools_for
from tests.clock import FakeClock


class Room(MessageQuota):
    """A quota that asks after each album whether a bell could ring now."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.too_full: list[int] = []

    def count(self, chat_id: int, messages: int = 1, *, backlog: bool = False) -> None:
        super().count(chat_id, messages, backlog=backlog)
        self.too_full += self.limited(Queue.ALERTS)


@pytest.fixture
def room(clock: FakeClock) -> Room:
    return Room(clock)


@pytest.fixture
def bot(server: TelegramServer, room: Room) -> PollingBot:
    """As the program makes it, so that what it sends counts."""
    return build_bot(TelegramAccess(server.token, server.url), quota=room)


@pytest.fixture(autouse=True)
async def chatbot(
    bot: PollingBot,
    house: House,
    announcer: TelegramAnnouncer,
    topics: ForumTopics,
    directory: ChatRepository,
    clock: FakeClock,
    room: Room,
) -> AsyncIterator[ChatBot]:
    tools = tools_for(announcer, topics, quota=room)
    running = chatbot_of(bot, house, directory, tools, sleep=clock.sleep)
    await running.connect()
    await running.start(lambda error: None)
    yield running
    await running.stop()


def clips(count: int) -> list[KeptClip]:
    return [KeptClip(clip(number, KITCHEN, minutes_ago=number)) for number in range(1, count + 1)]


async def play_all(phone: Phone) -> SimMessage:
    phone.say("/clips")
    listed = await phone.wait_for("1–")
    label = next(button.text for row in listed.buttons for button in row if button.text.startswith("▶ Play all"))
    phone.tap(listed, label)
    return await phone.wait_for("✅")


def albums(phone: Phone) -> list[int]:
    """How many items each album has, in the order they came; 1 for a clip alone."""
    marks = [message.album or str(message.id) for message in phone.from_bot if message.media]
    return [marks.count(mark) for mark in dict.fromkeys(marks)]


async def test_all_clips_come_as_albums_of_ten_oldest_first(
    phone: Phone, house: House, server: TelegramServer, clock: FakeClock
) -> None:
    await house.keep(*clips(23))
    begun = clock.now
    done = await play_all(phone)
    assert done.content == "✅ 23 clips sent, oldest first."
    assert albums(phone) == [10, 10, 3]
    videos = [message for message in phone.from_bot if message.media]
    assert "11:37" in videos[0].content.splitlines()[1]
    assert house.asked[:2] == ["fetch cloud:23", "fetch cloud:22"]
    assert all(kept.file for kept in await house.kept())
    assert (clock.now - begun).total_seconds() == 40
    assert server.refusals == []
    assert list(house.spool.iterdir()) == []


async def test_what_telegram_has_is_not_fetched_again(phone: Phone, house: House) -> None:
    await house.keep(*clips(3))
    await play_all(phone)
    house.asked.clear()
    house.trouble = BlinkUnreachable("no way")
    done = await play_all(phone)
    assert done.content == "✅ 3 clips sent, oldest first."
    assert albums(phone) == [3, 3]
    assert house.asked == []


async def test_one_that_is_left_over_comes_as_a_video_with_its_buttons(phone: Phone, house: House) -> None:
    await house.keep(*clips(11))
    await play_all(phone)
    assert albums(phone) == [10, 1]
    last = [message for message in phone.from_bot if message.media][-1]
    assert last.buttons[-1][-1].text == "⋯ More"


async def test_after_thirty_clips_it_asks_whether_to_go_on(phone: Phone, house: House) -> None:
    await house.keep(*clips(35))
    paused = await play_all(phone)
    assert paused.content == "✅ 30 clips sent, oldest first (1–30 of 35)."
    assert phone.from_bot[-1] == paused
    phone.tap(paused, "▶ Go on (from 31 of 35)")
    await phone.wait_for("✅ 5 clips sent, oldest first (31–35 of 35).")
    assert albums(phone) == [10, 10, 10, 5]
    assert phone.now(paused).buttons == ()


async def test_a_group_is_given_more_time(server: TelegramServer, house: House, clock: FakeClock, phone: Phone) -> None:
    group = server.group(FAMILY, "Family", members=[phone.person])
    await house.keep(*clips(20))
    begun = clock.now
    group.say("/clips")
    listed = await group.wait_for("1–8 of 20")
    group.tap(listed, "▶ Play all (20)")
    await group.wait_for("✅ 20 clips sent, oldest first.")
    assert (clock.now - begun).total_seconds() == 60
    assert server.refusals == []


async def test_a_bell_can_ring_after_each_album(phone: Phone, house: House, room: Room) -> None:
    await house.keep(*clips(23))
    await play_all(phone)
    assert room.too_full == []


@pytest.mark.parametrize("alerts", [4, 10, 13])
async def test_what_came_just_before_in_a_group_is_counted_with_it(
    server: TelegramServer, house: House, clock: FakeClock, phone: Phone, bot: PollingBot, alerts: int
) -> None:
    group = server.group(FAMILY, "Family", members=[phone.person])
    await house.keep(*clips(20))
    for number in range(alerts):
        await bot.send_message(FAMILY, f"alert {number}")
    group.say("/clips")
    listed = await group.wait_for("1–8 of 20")
    group.tap(listed, "▶ Play all (20)")
    await group.wait_for("✅ 20 clips sent, oldest first.")
    assert server.refusals == []


async def test_a_broken_file_follows_its_album_as_a_document(phone: Phone, house: House) -> None:
    await house.keep(*clips(4))
    house.videos_of["cloud:3"] = MP4 + b"broken"
    done = await play_all(phone)
    assert done.content == "✅ 4 clips sent, oldest first."
    sent = [message.media for message in phone.from_bot if message.media]
    assert [media.kind for media in sent] == [MediaKind.VIDEO] * 3 + [MediaKind.DOCUMENT]
    assert str(sent[-1].file_name).startswith("Kitchen 2026-11-22 ")


async def test_what_cannot_be_had_is_named(phone: Phone, house: House) -> None:
    await house.keep(*clips(3))
    await play_all(phone)
    await house.keep(*(await house.kept())[:2], *clips(5)[2:])
    house.trouble = BlinkUnreachable("no way")
    done = await play_all(phone)
    assert done.content.splitlines() == [
        "✅ 2 clips sent, oldest first.",
        "⚠️ 3 clips not sent:",
        "• Kitchen · today 11:55 🏃: Blink isn't answering. Check the bot's internet, or try again in a minute.",
        "• Kitchen · today 11:56 🏃: Blink isn't answering. Check the bot's internet, or try again in a minute.",
        "• Kitchen · today 11:57 🏃: Blink isn't answering. Check the bot's internet, or try again in a minute.",
    ]
    assert house.asked[3:] == ["fetch cloud:5"]


async def test_a_file_that_telegram_forgot_is_fetched_again(phone: Phone, house: House) -> None:
    await house.keep(*clips(3))
    await house.store.clips.for_chat(OWNER).set_file("cloud:2", StoredFile("forgotten"))
    done = await play_all(phone)
    assert done.content == "✅ 3 clips sent, oldest first."
    assert "fetch cloud:2" in house.asked
    assert (await house.kept())[1].file != StoredFile("forgotten")


async def test_an_album_uploads_no_more_than_20_mb(phone: Phone, house: House) -> None:
    await house.keep(*clips(3))
    house.video = MP4 + bytes(9_000_000)
    await play_all(phone)
    assert albums(phone) == [2, 1]


async def test_the_caption_of_an_album_lists_its_clips(phone: Phone, house: House) -> None:
    await house.keep(*clips(2))
    await play_all(phone)
    first, second = (message for message in phone.from_bot if message.media)
    assert [line.split(" · ")[0] for line in first.content.splitlines()[1:]] == [
        "🏃 11:58",
        "🏃 11:59",
    ]
    assert second.content == ""


async def test_of_events_without_a_video_it_says_why(phone: Phone, house: House) -> None:
    event = replace(clip(1, KITCHEN), video="", no_video=NoVideo.NO_SUBSCRIPTION)
    await house.keep(KeptClip(event), KeptClip(clip(2, KITCHEN, minutes_ago=20)))
    done = await play_all(phone)
    assert "Blink keeps no video: no subscription." in done.content
    assert [asked for asked in house.asked if asked.startswith("fetch")] == ["fetch cloud:2"]
