"""Who gets in. Strangers learn their chat id, once, and nothing they send reaches anything."""

from collections.abc import Awaitable, Callable

import pytest
from telegram import Update

from blinkbot.bot import ChatBot
from blinkbot.simulator.botapi import Phone, TelegramServer
from blinkbot.store import ChatRepository
from tests.bot.conftest import FAMILY, OWNER, STRANGER
from tests.bot.house import House

pytestmark = pytest.mark.usefixtures("chatbot")


@pytest.fixture
def stranger(server: TelegramServer) -> Phone:
    return server.phone(STRANGER, first_name="Mallory")


Served = Callable[[], Awaitable[None]]


@pytest.fixture
def all_served(server: TelegramServer, chatbot: ChatBot, directory: ChatRepository) -> Served:
    """Waits until everything that was sent so far has been looked at, and ends the bot."""

    async def wait() -> None:
        last = server.phone(5005)
        await directory.authorize([*(chat.id for chat in directory.all()), 5005])
        last.say("/help")
        await last.wait_for("/schedule")
        await chatbot.stop()

    return wait


async def test_a_stranger_is_told_the_chat_id_once(
    stranger: Phone, phone: Phone, house: House, all_served: Served
) -> None:
    stranger.say("/arm all")
    told = await stranger.wait_for("private")
    assert told.content == f"This bot is private. Your chat id is {STRANGER}."
    for words in ("/start", "/status", "hello", "/pin 424242", "424242"):
        stranger.say(words)
    await all_served()
    assert len(stranger.from_bot) == 1
    assert house.asked == []


async def test_a_strangers_tap_reaches_nothing_and_is_told_so(
    stranger: Phone, phone: Phone, house: House, all_served: Served
) -> None:
    stranger.say("hi")
    told = await stranger.wait_for("private")
    tap = stranger.forge_tap(told, "1:arm:11")
    assert (await stranger.wait_for_answer(tap)).text == "This bot doesn't serve this chat."
    await all_served()
    assert house.asked == []
    assert len(stranger.from_bot) == 1


async def test_every_tap_of_a_stranger_is_answered_once(stranger: Phone, phone: Phone, all_served: Served) -> None:
    stranger.say("hi")
    told = await stranger.wait_for("private")
    taps = [stranger.forge_tap(told, data) for data in ("1:arm:11", "1:arm:11", "nonsense", "1:more:cloud:1")]
    await all_served()
    assert [answer.query_id for answer in stranger.answers] == [tap.id for tap in taps]


async def test_an_unauthorized_group_is_told_its_id_once(
    server: TelegramServer, phone: Phone, house: House, all_served: Served
) -> None:
    group = server.group(-77, "Neighbours", [phone])
    group.say("/arm all")
    told = await group.wait_for("private")
    assert told.content == "This bot is private. This group's chat id is -77."
    group.say("/disarm all")
    await all_served()
    assert len(group.from_bot) == 1
    assert house.asked == []


async def test_a_group_learns_its_id_when_the_bot_is_added(server: TelegramServer, phone: Phone) -> None:
    group = server.group(-78, "Club", [phone])
    group.remove_bot()
    group.add_bot()
    await group.wait_for("This group's chat id is -78.")


async def test_whoever_is_in_an_authorized_group_may_use_it(
    server: TelegramServer, phone: Phone, stranger: Phone, house: House
) -> None:
    group = server.group(FAMILY, "Family", [phone, stranger])
    group.say("/disarm cabin", by=stranger.person)
    await group.wait_for("Cabin is disarmed")
    assert house.asked == ["disarm 12"]


async def test_an_edited_command_is_not_carried_out(phone: Phone, house: House, all_served: Served) -> None:
    said = phone.say("just words")
    await phone.wait_for("/help")
    phone.edit(said, "/arm all")
    await all_served()
    assert house.asked == []


async def test_a_command_to_another_bot_is_ignored(server: TelegramServer, phone: Phone, house: House) -> None:
    phone.say("/arm@otherbot all")
    phone.say(f"/disarm@{server.bot_username} cabin")
    await phone.wait_for("Cabin is disarmed")
    assert house.asked == ["disarm 12"]
    assert len(phone.from_bot) == 1


async def test_a_group_that_becomes_a_supergroup_keeps_its_rights(
    server: TelegramServer, phone: Phone, directory: ChatRepository
) -> None:
    group = server.group(FAMILY, "Family", [phone])
    supergroup = group.migrate_to_supergroup()
    supergroup.say("/disarm cabin")
    await supergroup.wait_for("Cabin is disarmed")
    assert [chat.id for chat in directory.all()] == [OWNER, supergroup.chat_id]


async def test_a_strangers_group_gains_nothing_by_migrating(
    server: TelegramServer, phone: Phone, directory: ChatRepository, all_served: Served
) -> None:
    server.group(-79, "Others", [phone]).migrate_to_supergroup()
    await all_served()
    assert [chat.id for chat in directory.all()] == [OWNER, FAMILY, 5005]


async def test_a_gate_that_fails_is_a_shut_gate(
    stranger: Phone,
    phone: Phone,
    house: House,
    directory: ChatRepository,
    all_served: Served,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def disk_full(_: int) -> bool:
        raise OSError("disk full")

    monkeypatch.setattr(directory, "first_meeting", disk_full)
    stranger.say("/arm all")
    await all_served()
    assert house.asked == []
    assert stranger.from_bot == []


async def test_a_chat_that_loses_its_rights_loses_its_buttons(
    phone: Phone, house: House, directory: ChatRepository, chatbot: ChatBot, server: TelegramServer, all_served: Served
) -> None:
    phone.say("/arm")
    question = await phone.wait_for("Which network")
    await directory.authorize([])
    tap = phone.tap(question, "🔒 All")
    assert (await phone.wait_for_answer(tap)).text == "This bot doesn't serve this chat."
    await all_served()
    assert house.asked == []
    assert phone.now(question).content == question.content


async def test_a_tap_without_data_or_without_a_chat_is_answered_and_does_nothing(
    phone: Phone, house: House, chatbot: ChatBot, server: TelegramServer
) -> None:
    person = {"id": phone.chat_id, "is_bot": False, "first_name": "Ada"}
    message = {"chat": {"id": phone.chat_id, "type": "private"}, "message_id": 1, "date": 0}
    strange: list[dict[str, object]] = [
        {"message": message, "data": ""},
        {"inline_message_id": "x", "data": "1:arm:all"},
    ]
    for number, tap in enumerate(strange):
        query = {"id": f"strange-{number}", "from": person, "chat_instance": "1", **tap}
        update = Update.de_json({"update_id": 9000 + number, "callback_query": query}, chatbot.application.bot)
        await chatbot.application.process_update(update)
    answered = [call.params["callback_query_id"] for call in server.calls_of("answerCallbackQuery")]
    assert answered == ["strange-0", "strange-1"]
    assert house.asked == []
