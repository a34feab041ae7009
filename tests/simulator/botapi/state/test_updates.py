"""What people do reaches the bot, by getUpdates."""

import asyncio

import httpx
import pytest
from telegram import Bot, Update
from telegram.error import Conflict
from telegram.ext import Application, CommandHandler, ContextTypes

from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.simulator.botapi.conftest import RawApi


async def test_a_message_carries_person_chat_and_command(bot: Bot, phone: Phone) -> None:
    phone.say("/arm@blinkbot_sim_bot Home now")

    (update,) = await bot.get_updates()
    message = update.message
    assert message is not None
    assert message.from_user is not None
    assert (message.from_user.id, message.from_user.username) == (1001, "ada_l")
    assert message.chat.type == "private"
    (command,) = message.entities
    assert (command.type, command.offset, command.length) == ("bot_command", 0, len("/arm@blinkbot_sim_bot"))


async def test_an_offset_confirms_what_came_before_it(bot: Bot, phone: Phone) -> None:
    phone.say("one")
    phone.say("two")
    first, second = await bot.get_updates()

    assert [update.update_id for update in await bot.get_updates(limit=1)] == [first.update_id]
    assert [update.update_id for update in await bot.get_updates(offset=second.update_id)] == [second.update_id]
    assert await bot.get_updates(offset=second.update_id + 1) == ()
    assert await bot.get_updates() == ()


async def test_a_negative_offset_forgets_all_but_the_last(bot: Bot, phone: Phone) -> None:
    for words in ("one", "two", "three"):
        phone.say(words)

    (update,) = await bot.get_updates(offset=-1)

    assert update.message is not None
    assert update.message.text == "three"
    assert len(await bot.get_updates()) == 1


async def test_a_long_poll_returns_when_something_is_said(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.wait_for_poll()

    phone.say("hello")

    (update,) = await poll
    assert update.message is not None
    assert update.message.text == "hello"


async def test_a_second_copy_of_the_bot_throws_the_first_one_out(
    bot: Bot, server: TelegramServer, phone: Phone, api: RawApi
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.wait_for_poll()
    second = asyncio.create_task(api.result("getUpdates", timeout=30))

    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot instance"):
        await first
    phone.say("hello")
    updates = await second
    assert isinstance(updates, list)
    assert [update["message"]["text"] for update in updates] == ["hello"]


async def test_a_webhook_shuts_get_updates(bot: Bot, server: TelegramServer) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.wait_for_poll()

    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()

    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_dropping_pending_updates_forgets_them(bot: Bot, phone: Phone) -> None:
    phone.say("old")

    await bot.delete_webhook(drop_pending_updates=True)

    assert await bot.get_updates() == ()


async def test_only_the_kinds_asked_for_are_queued(bot: Bot, phone: Phone) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    phone.say("not for you")
    await bot.send_message(1001, "Home")
    phone.forge_tap(phone.last, "x")

    (update,) = await bot.get_updates()

    assert update.callback_query is not None


async def test_stopping_ends_a_long_poll_at_once(server: TelegramServer, api: RawApi) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=50))
    await server.wait_for_poll()

    async with asyncio.timeout(2):
        await server.stop()
    with pytest.raises(httpx.TransportError):
        await poll


async def test_blocking_and_unblocking_the_bot_is_told(bot: Bot, phone: Phone) -> None:
    phone.block_bot()
    phone.unblock_bot()

    updates = [update.my_chat_member for update in await bot.get_updates()]

    assert [(u.old_chat_member.status, u.new_chat_member.status) for u in updates if u] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]


async def test_an_edited_message_comes_as_such(bot: Bot, phone: Phone) -> None:
    said = phone.say("/amr")
    phone.edit(said, "/arm")

    edited = (await bot.get_updates())[1].edited_message

    assert edited is not None
    assert edited.text == "/arm"


async def test_a_whole_application_runs_against_it(server: TelegramServer, phone: Phone) -> None:
    async def greet(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_chat is not None
        await context.bot.send_message(update.effective_chat.id, "Hello, Ada")

    application = Application.builder().token(server.token).base_url(f"{server.url}/bot").job_queue(None).build()
    application.add_handler(CommandHandler("start", greet))
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling()

        phone.start()
        await phone.wait_for("Hello, Ada")

        await application.updater.stop()
        await application.stop()
