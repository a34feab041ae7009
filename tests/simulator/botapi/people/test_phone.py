"""Waiting with a phone in the hand: for messages, edits, deletions, and what shows on a page."""

import asyncio

import pytest
from telegram import Bot, InputMediaPhoto

from blinkbot.simulator.botapi import EventKind, Phone, TelegramServer
from tests.simulator.botapi.conftest import RawApi, picture


async def test_waiting_sees_what_comes(bot: Bot, phone: Phone) -> None:
    waiting = asyncio.create_task(phone.wait_for("armed"))
    await bot.send_message(1001, "Hello")

    await bot.send_message(1001, "Home is armed")

    assert (await waiting).text == "Home is armed"


async def test_a_state_that_has_passed_can_still_be_waited_for(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "Arming Home…")
    await sent.edit_text("Home is armed")

    acknowledged = await phone.wait_for("Arming")
    done = await phone.wait_for_edit(acknowledged, "armed")

    assert (acknowledged.text, done.text) == ("Arming Home…", "Home is armed")
    assert acknowledged.id == done.id


async def test_what_was_waited_for_is_not_handed_out_twice(bot: Bot, phone: Phone) -> None:
    first = await bot.send_message(1001, "Home is armed")
    await phone.wait_for("armed")
    second = await bot.send_message(1001, "Home is armed")

    found = await phone.wait_for("armed")

    assert first.message_id != second.message_id == found.id


async def test_people_s_own_words_are_not_an_answer(bot: Bot, phone: Phone) -> None:
    phone.say("/arm Home")

    with pytest.raises(TimeoutError, match=r"a message like 'Home' did not come within 0 s(?s:.*)Ada: /arm Home"):
        await phone.wait_for("Home", timeout=0)


async def test_read_is_read(bot: Bot, phone: Phone) -> None:
    await bot.send_message(1001, "Home is armed")
    phone.mark_read()

    with pytest.raises(TimeoutError):
        await phone.wait_for("armed", timeout=0)


async def test_waiting_for_a_deletion(bot: Bot, phone: Phone) -> None:
    pin = phone.say("/pin 123456")
    waiting = asyncio.create_task(phone.wait_for_deletion(pin))

    await bot.delete_message(1001, pin.id)

    assert (await waiting).deleted


async def test_waiting_for_typing(bot: Bot, phone: Phone) -> None:
    waiting = asyncio.create_task(phone.wait_for_action("typing"))

    await bot.send_chat_action(1001, "typing")

    assert (await waiting).chat_id == 1001


async def test_what_a_person_sends_on_reaches_the_bot_of_the_other_chat(
    bot: Bot, server: TelegramServer, phone: Phone
) -> None:
    friend = server.phone(1002, first_name="Bo")
    await bot.send_message(1001, "Home is armed")

    phone.forward(phone.last, to=friend, by=friend.person)

    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.chat.id == 1002
    assert update.message.forward_origin is not None
    assert update.message.text == "Home is armed"


async def test_calls_are_recorded_with_their_parameters(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    await bot.send_message(1001, "hello", disable_notification=True)

    call = await server.wait_for_call("sendMessage")

    assert call.chat_id == 1001
    assert call.params["text"] == "hello"
    assert call.params["disable_notification"] is True


async def test_everything_that_happens_can_be_followed(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    events = server.events()

    said = phone.say("/arm")
    sent = await bot.send_message(1001, "Arming…")
    await bot.send_chat_action(1001, "typing")
    await sent.edit_text("Armed")
    tap = phone.forge_tap(phone.last, "x")
    await bot.answer_callback_query(tap.id, "ok")
    phone.delete(said)
    await bot.set_my_commands([("arm", "Arm")])
    await server.stop()

    followed = [event async for event in events]
    assert [event.kind for event in followed] == [
        EventKind.SENT,
        EventKind.SENT,
        EventKind.ACTION,
        EventKind.EDITED,
        EventKind.TAP,
        EventKind.ANSWER,
        EventKind.DELETED,
        EventKind.COMMANDS,
    ]
    states = [event.message.text for event in followed if event.message]
    assert states == ["/arm", "Arming…", "Armed", "/arm"]


async def test_a_blocked_bot_must_be_let_in_before_one_can_write(api: RawApi, phone: Phone) -> None:
    phone.block_bot()

    with pytest.raises(RuntimeError, match="unblock it first"):
        phone.say("hello")


async def test_what_is_new_and_not_silent_rings(bot: Bot, phone: Phone) -> None:
    loud = await bot.send_message(1001, "Motion")
    await bot.send_message(1001, "Old clip", disable_notification=True)
    await loud.edit_text("Motion, 2 clips")
    await bot.send_media_group(1001, [InputMediaPhoto(picture())] * 3)
    await bot.send_media_group(1001, [InputMediaPhoto(picture())] * 3, disable_notification=True)
    phone.say("/status")

    assert [(ring.text, ring.album is not None) for ring in phone.rings] == [("Motion", False), ("", True)]
    await loud.delete()
    assert len(phone.rings) == 2  # it did ring
