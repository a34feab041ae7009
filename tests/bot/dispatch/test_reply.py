"""The one message that answers, when Telegram or the person does something to it."""

import asyncio

import pytest

from blinkbot.bot import ChatBot
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.dispatch.reply import ACTION_EVERY, Reply
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.house import House
from tests.clock import FakeClock


@pytest.mark.usefixtures("chatbot")
async def test_an_answer_that_the_person_deleted_comes_anew(phone: Phone, house: House) -> None:
    house.hold.clear()
    phone.say("/arm home")
    acknowledged = await phone.wait_for("Arming Home…")
    phone.delete(acknowledged)
    house.hold.set()
    result = await phone.wait_for("Home is armed")
    assert result.id != acknowledged.id


@pytest.mark.usefixtures("chatbot")
async def test_an_edit_whose_answer_was_lost_is_made_again_in_place(
    phone: Phone, house: House, server: TelegramServer
) -> None:
    server.cut("editMessageText", after_accepting=True)
    phone.say("/disarm cabin")
    await phone.wait_for("Cabin is disarmed")
    await server.wait_for_call("editMessageText", lambda _: len(server.calls_of("editMessageText")) == 2)
    assert len(phone.from_bot) == 1


@pytest.mark.usefixtures("chatbot")
async def test_a_chat_action_that_fails_harms_nothing(phone: Phone, server: TelegramServer) -> None:
    server.fail("sendChatAction", times=5)
    phone.say("/disarm cabin")
    await phone.wait_for("Cabin is disarmed")


@pytest.mark.usefixtures("chatbot")
async def test_in_a_topic_the_answer_stays_in_the_topic(server: TelegramServer, phone: Phone, house: House) -> None:
    forum = server.group(-1001234, "Family", [phone], forum=True)
    await house.store.chats.authorize([OWNER, -1001234])
    topic = forum.create_topic("Cameras")
    forum.say("/disarm cabin", thread_id=topic)
    answer = await forum.wait_for("Cabin is disarmed")
    assert answer.thread_id == topic


async def test_a_picture_that_telegram_refuses_leaves_no_promise(
    chatbot: ChatBot, phone: Phone, server: TelegramServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("editMessageMedia", status=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    server.fail("sendPhoto", status=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    phone.say("/snap porch")
    await phone.wait_for("My answer didn't get through.")
    await chatbot.stop()
    assert "Image_process_failed" in caplog.text


async def test_the_chat_action_is_shown_again_before_it_fades(
    bot: PollingBot, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    slept: list[float] = []
    thrice = asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            thrice.set()
            await asyncio.Event().wait()

    async with bot, Reply(bot, OWNER, sleep).acting("typing"):
        await asyncio.wait_for(thrice.wait(), 5)
    assert slept == [ACTION_EVERY] * 3
    assert [action.action for action in phone.chat_actions] == ["typing"] * 3


@pytest.mark.usefixtures("chatbot")
async def test_groups_are_answered_in_the_group(server: TelegramServer, phone: Phone) -> None:
    group = server.group(FAMILY, "Family", [phone])
    group.say("/status")
    await group.wait_for("Cabin is armed")
    assert phone.from_bot == []
