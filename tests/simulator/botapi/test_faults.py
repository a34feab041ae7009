"""What goes wrong on purpose, as the bot sees it and as the phone sees it."""

import asyncio
import time
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TimedOut

from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.simulator.botapi.conftest import MP4, RawApi


async def test_a_call_fails_as_often_as_it_is_told_to(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    server.fail("sendMessage", times=2, status=502)

    for _ in range(2):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(1001, "hello")
    await bot.send_message(1001, "hello")

    assert len(phone.messages) == 1


async def test_a_fault_can_be_any_answer(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    server.fail("sendMessage", retry_after=7)
    server.fail("sendMessage", status=403, description="Forbidden: bot was kicked from the group chat")
    server.fail("sendMessage", status=400, description="Bad Request: CHAT_RESTRICTED")

    with pytest.raises(RetryAfter) as flooded:
        await bot.send_message(1001, "hello")
    assert flooded.value.retry_after == timedelta(seconds=7)
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(1001, "hello")
    with pytest.raises(BadRequest, match="restricted"):
        await bot.send_message(1001, "hello")


async def test_a_fault_for_every_method_leaves_polling_alone(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    server.fail(times=1, status=500)

    await bot.get_updates()
    with pytest.raises(NetworkError):
        await bot.get_chat(1001)


async def test_a_message_can_arrive_without_the_bot_knowing(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    server.fail("sendVideo", after_accepting=True)

    with pytest.raises(NetworkError) as error:
        await bot.send_video(1001, MP4)

    assert not isinstance(error.value, BadRequest)
    assert phone.last.video == MP4


async def test_a_connection_can_be_cut_before_anything_arrives(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    server.cut("sendMessage")

    with pytest.raises(NetworkError):
        await bot.send_message(1001, "hello")

    assert phone.messages == []


async def test_a_slow_answer_is_a_timeout_after_which_the_message_is_there(
    bot: Bot, server: TelegramServer, phone: Phone
) -> None:
    server.slow("sendMessage", 60, after_accepting=True)

    with pytest.raises(TimedOut):
        await bot.send_message(1001, "hello", read_timeout=0.2)

    assert phone.last.text == "hello"


async def test_slowness_ends_when_told(api: RawApi, server: TelegramServer, phone: Phone) -> None:
    server.slow("getMe", 60)
    server.slow("getMe", 0)

    async with asyncio.timeout(5):
        await api.result("getMe")


async def test_stopping_does_not_wait_for_a_slow_call(api: RawApi, server: TelegramServer, phone: Phone) -> None:
    server.slow("sendMessage", 60, after_accepting=True)
    call = asyncio.create_task(api("sendMessage", chat_id=1001, text="hello"))
    await phone.wait_for("hello")

    async with asyncio.timeout(2):
        await server.stop()
    with pytest.raises(httpx.TransportError):
        await call


async def test_an_upload_takes_as_long_as_the_line_needs(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    server.upload_speed = 400_000
    started = time.monotonic()

    await bot.send_video(1001, MP4 + bytes(200_000))

    assert time.monotonic() - started >= 0.5
    assert phone.last.video is not None


async def test_two_uploads_share_the_line(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    server.upload_speed = 400_000
    started = time.monotonic()

    await asyncio.gather(*(bot.send_video(1001, MP4 + bytes(100_000)) for _ in range(2)))

    assert time.monotonic() - started >= 0.5


async def test_an_outage_refuses_connections_and_loses_nothing(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    await bot.send_message(1001, "before")
    address = server.url
    await server.refuse_connections()
    phone.say("anybody there?")

    with pytest.raises(NetworkError, match="ConnectError"):
        await bot.send_message(1001, "during")
    await server.accept_connections()

    assert server.url == address
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.text == "anybody there?"
    await bot.send_message(1001, "after")
    assert [message.text for message in phone.from_bot] == ["before", "after"]


async def test_a_port_that_is_taken_is_an_error(server: TelegramServer) -> None:
    port = int(server.url.rpartition(":")[2])

    with pytest.raises(OSError, match="in use"):
        await TelegramServer().start(port)
