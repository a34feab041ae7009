"""Taps reach the bot as callback queries, and are answered once."""

import asyncio

import pytest
from telegram import Bot, CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.clock import FakeClock
from tests.simulator.botapi.conftest import RawApi

ROWS = [
    [InlineKeyboardButton("Arm", callback_data="arm:7"), InlineKeyboardButton("Site", url="https://example.org")],
    [InlineKeyboardButton("Later", callback_data="later")],
]


async def tapped(bot: Bot) -> CallbackQuery:
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    return update.callback_query


async def test_a_tap_is_a_callback_query_with_message_and_person(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "Home", reply_markup=InlineKeyboardMarkup(ROWS))

    phone.tap(phone.last, "Arm")

    query = await tapped(bot)
    assert query.data == "arm:7"
    assert query.from_user.id == 1001
    assert query.message is not None
    assert query.message.message_id == sent.message_id


async def test_the_phone_shows_the_answer(bot: Bot, phone: Phone) -> None:
    await bot.send_message(1001, "Home", reply_markup=InlineKeyboardMarkup(ROWS))
    tap = phone.tap(phone.last, "later")
    waiting = asyncio.create_task(phone.wait_for_answer(tap))

    await (await tapped(bot)).answer("Not now", show_alert=True)

    answer = await waiting
    assert (answer.text, answer.show_alert) == ("Not now", True)
    assert phone.answers == [answer]


async def test_a_tap_is_answered_once_and_not_after_a_quarter_of_an_hour(
    bot: Bot, phone: Phone, clock: FakeClock
) -> None:
    await bot.send_message(1001, "Home", reply_markup=InlineKeyboardMarkup(ROWS))
    first = phone.tap(phone.last, "Arm")
    late = phone.tap(phone.last, "Arm")
    too_old = "Query is too old and response timeout expired or query id is invalid"

    await bot.answer_callback_query(first.id)
    with pytest.raises(BadRequest, match=too_old):
        await bot.answer_callback_query(first.id)
    clock.forward(15 * 60 + 1)
    with pytest.raises(BadRequest, match=too_old):
        await bot.answer_callback_query(late.id)


async def test_a_person_can_only_tap_what_is_there(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "Home", reply_markup=InlineKeyboardMarkup(ROWS))
    shown = phone.last

    with pytest.raises(LookupError, match="no button 'Disarm'"):
        phone.tap(shown, "Disarm")
    with pytest.raises(ValueError, match="sends nothing to the bot"):
        phone.tap(shown, "Site")
    await sent.edit_text("Home is armed")
    with pytest.raises(LookupError, match="no button 'Arm'"):
        phone.tap(shown, "Arm")


async def test_a_tampered_client_can_send_any_data(bot: Bot, phone: Phone) -> None:
    await bot.send_message(1001, "Home")

    phone.forge_tap(phone.last, "disarm:7")

    assert (await tapped(bot)).data == "disarm:7"


async def test_a_tap_under_a_message_that_is_gone_has_an_inaccessible_message(bot: Bot, phone: Phone) -> None:
    await bot.send_message(1001, "Home", reply_markup=InlineKeyboardMarkup(ROWS))
    shown = phone.last
    phone.delete(shown)

    phone.forge_tap(shown, "arm:7")

    query = await tapped(bot)
    assert query.message is not None
    assert not query.message.is_accessible


async def test_a_button_of_a_group_can_be_tapped_by_any_member(bot: Bot, server: TelegramServer, phone: Phone) -> None:
    guest = server.phone(1002, first_name="Bo")
    group = server.group(-500, "Family", [phone, guest])
    await bot.send_message(-500, "Home", reply_markup=InlineKeyboardMarkup(ROWS))

    group.tap(group.last, "Arm", by=guest.person)

    query = await tapped(bot)
    assert query.from_user.id == 1002
    assert query.message is not None
    assert query.message.chat.id == -500


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "Arm", "callback_data": "x" * 65}, "Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "Arm", "callback_data": "é" * 33}, "Bad Request: BUTTON_DATA_INVALID"),
        (
            {"text": "Arm"},
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"callback_data": "x"}, "Bad Request: can't parse inline keyboard button: Can't find field \"text\""),
        ({"text": " ", "callback_data": "x"}, "Bad Request: BUTTON_TEXT_INVALID"),
        (
            {"text": "Site", "url": "nowhere"},
            "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_a_wrong_button_is_refused(api: RawApi, phone: Phone, button: dict[str, str], description: str) -> None:
    markup = {"inline_keyboard": [[button]]}

    assert await api.refused("sendMessage", chat_id=1001, text="Home", reply_markup=markup) == description
    assert phone.messages == []


async def test_callback_data_of_64_bytes_is_taken(api: RawApi, phone: Phone) -> None:
    markup = {"inline_keyboard": [[{"text": "Arm", "callback_data": "x" * 64}]]}

    await api.result("sendMessage", chat_id=1001, text="Home", reply_markup=markup)

    assert phone.last.button("Arm").data == "x" * 64


async def test_a_keyboard_has_at_most_a_hundred_buttons(api: RawApi, phone: Phone) -> None:
    row = [{"text": "x", "callback_data": "x"}]

    assert await api.refused(
        "sendMessage", chat_id=1001, text="Home", reply_markup={"inline_keyboard": [row] * 101}
    ) == ("Bad Request: REPLY_MARKUP_TOO_LONG")
