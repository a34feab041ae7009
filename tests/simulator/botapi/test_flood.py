"""Flood control: what comes too fast is answered with 429 and the seconds to wait."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot, InputMediaPhoto
from telegram.error import RetryAfter

from blinkbot.simulator.botapi import FloodLimits, Phone, TelegramServer
from tests.clock import FakeClock
from tests.plain_http import plain_bot
from tests.simulator.botapi.conftest import RawApi, picture


async def send(api: RawApi, chat_id: int, count: int) -> None:
    for number in range(count):
        await api.result("sendMessage", chat_id=chat_id, text=f"message {number}")


async def test_a_private_chat_takes_a_burst_and_then_one_a_second(api: RawApi, phone: Phone, clock: FakeClock) -> None:
    await send(api, 1001, 20)

    answer = await api("sendMessage", chat_id=1001, text="one too many")
    assert answer.status_code == 429
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    clock.forward(1)
    await send(api, 1001, 1)
    assert (await api("sendMessage", chat_id=1001, text="again too many")).status_code == 429
    assert len(phone.messages) == 21


async def test_python_telegram_bot_is_told_how_long_to_wait(bot: Bot, api: RawApi, phone: Phone) -> None:
    await send(api, 1001, 20)

    with pytest.raises(RetryAfter) as error:
        await bot.send_message(1001, "one too many")

    assert error.value.retry_after == timedelta(seconds=1)


async def test_every_item_of_an_album_counts(bot: Bot, api: RawApi, phone: Phone) -> None:
    await send(api, 1001, 15)

    with pytest.raises(RetryAfter) as error:
        await bot.send_media_group(1001, [InputMediaPhoto(picture()) for _ in range(10)])

    assert error.value.retry_after == timedelta(seconds=5)
    assert len(phone.messages) == 15


async def test_a_group_takes_twenty_in_any_minute(
    api: RawApi, server: TelegramServer, phone: Phone, clock: FakeClock
) -> None:
    group = server.group(-500, "Family", [phone])
    for _ in range(20):
        await send(api, -500, 1)
        clock.forward(2)

    answer = await api("sendMessage", chat_id=-500, text="one too many")
    assert answer.json()["parameters"] == {"retry_after": 20}
    clock.forward(20)
    await send(api, -500, 1)
    assert len(group.messages) == 21


async def test_all_chats_together_take_thirty_a_second(api: RawApi, server: TelegramServer) -> None:
    for chat_id in (1, 2, 3):
        server.phone(chat_id)
    await send(api, 1, 15)
    await send(api, 2, 15)

    assert (await api("sendMessage", chat_id=3, text="one too many")).status_code == 429


async def test_edits_are_counted_apart_and_more_kindly(api: RawApi, phone: Phone) -> None:
    await send(api, 1001, 20)
    edit = {"chat_id": 1001, "message_id": phone.last.id}
    for number in range(30):
        await api.result("editMessageText", text=f"words {number}", **edit)

    assert (await api("editMessageText", text="one too many", **edit)).status_code == 429


async def test_chat_actions_and_answers_are_not_counted(api: RawApi, phone: Phone) -> None:
    await send(api, 1001, 20)

    for _ in range(40):
        await api.result("sendChatAction", chat_id=1001, action="typing")

    assert len(phone.chat_actions) == 40


@pytest.fixture
async def unlimited(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock=clock, limits=FloodLimits.none()) as running:
        yield running


async def test_limits_can_be_switched_off(unlimited: TelegramServer) -> None:
    phone = unlimited.phone(1001)
    async with plain_bot(unlimited) as bot:
        for _ in range(40):
            await bot.send_message(1001, "hello")

    assert len(phone.messages) == 40
