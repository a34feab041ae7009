"""/arm and /disarm, from the phone's side."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from telegram import Update

from blinkbot.bot import ChatBot
from blinkbot.domain import CommandResult, Network, Outcome
from blinkbot.errors import BlinkUnreachable, NotSignedIn
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.house import CABIN, HOME, House, home
from tests.clock import FakeClock

pytestmark = pytest.mark.usefixtures("chatbot")


async def test_the_acknowledgement_becomes_the_result(phone: Phone, house: House) -> None:
    house.hold.clear()
    phone.say("/arm home")
    acknowledged = await phone.wait_for("Arming Home…")
    house.hold.set()
    done = await phone.wait_for_edit(acknowledged, "Home is armed")
    assert done.content == "🔒 Home is armed"
    assert len(phone.from_bot) == 1


async def test_typing_is_shown_meanwhile(phone: Phone, house: House) -> None:
    house.hold.clear()
    phone.say("/disarm cabin")
    await phone.wait_for_action("typing")
    house.hold.set()
    await phone.wait_for("Cabin is disarmed")


async def test_the_only_network_needs_no_name(phone: Phone, house: House) -> None:
    house.now = home(HOME)
    phone.say("/arm")
    await phone.wait_for("Home is armed")


async def test_among_several_networks_it_asks(phone: Phone, house: House) -> None:
    phone.say("/arm")
    question = await phone.wait_for("Which network")
    assert [button.text for row in question.buttons for button in row] == ["🔒 Home", "🔒 Cabin", "🔒 All"]
    phone.tap(question, "🔒 Home")
    await phone.wait_for_edit(question, "Home is armed")
    assert house.asked == ["arm 11"]


async def test_all_networks_run_side_by_side_in_one_message(phone: Phone, house: House) -> None:
    house.hold.clear()
    phone.say("/arm all")
    await phone.wait_for("⏳ Arming Home…\n⏳ Arming Cabin…")
    await phone.until(lambda: True if len(house.asked) == 2 else None, "both commands")
    house.hold.set()
    await phone.wait_for("🔒 Home is armed\n🔒 Cabin is armed")
    assert len(phone.from_bot) == 1


async def test_what_blink_refuses_is_told_in_its_words(phone: Phone, house: House) -> None:
    house.results[11] = CommandResult(Outcome.REFUSED, "System is <busy>")
    phone.say("/arm home")
    await phone.wait_for("Couldn't arm Home. Blink says “System is <busy>”.")


async def test_an_unknown_end_is_not_called_a_success(phone: Phone, house: House, clock: FakeClock) -> None:
    house.results[11] = CommandResult(Outcome.UNKNOWN)
    house.hold.clear()
    phone.say("/arm home")
    await phone.until(lambda: house.asked or None, "the command")
    clock.forward(45)
    house.hold.set()
    await phone.wait_for("Blink hasn't confirmed after 45 s that Home is armed. /status will show.")


async def test_one_network_in_trouble_does_not_hide_the_other(phone: Phone, house: House) -> None:
    house.results[11] = BlinkUnreachable("no answer")
    phone.say("/arm all")
    shown = await phone.wait_for("Cabin is armed")
    assert "Couldn't arm Home. Blink isn't answering." in phone.now(shown).content


async def test_an_ambiguous_name_is_asked_about(phone: Phone, house: House) -> None:
    house.now = home(HOME, Network(13, "Holiday flat", armed=False))
    phone.say("/disarm ho")
    question = await phone.wait_for("Which network")
    phone.tap(question, "🔓 Holiday flat")
    await phone.wait_for("Holiday flat is disarmed")


async def test_an_unknown_name_is_answered_with_those_that_exist(phone: Phone) -> None:
    phone.say("/arm garden <b>")
    await phone.wait_for("There's no network “garden <b>”. You have Home and Cabin.")


async def test_three_thousand_characters_are_answered_briefly(phone: Phone) -> None:
    phone.say("/arm " + "x&" * 1500)
    answer = await phone.wait_for("There's no network")
    assert len(answer.content) < 200


async def test_a_button_for_a_network_that_is_gone_says_so(phone: Phone, house: House) -> None:
    phone.say("/arm")
    question = await phone.wait_for("Which network")
    house.now = home(CABIN)
    phone.tap(question, "🔒 Home")
    await phone.wait_for("That network is gone")
    assert house.asked == []


async def test_a_second_tap_while_it_works_does_nothing(phone: Phone, house: House) -> None:
    phone.say("/arm")
    question = await phone.wait_for("Which network")
    house.hold.clear()
    data = question.buttons[0][0].data
    assert data is not None
    phone.tap(question, "🔒 Home")
    await phone.wait_for_edit(question, "Arming Home…")
    answer = await phone.wait_for_answer(phone.forge_tap(question, data))
    assert answer.text == "Already on it."
    house.hold.set()
    await phone.wait_for("Home is armed")
    assert house.asked == ["arm 11"]


async def test_a_slow_command_holds_up_no_other(phone: Phone, house: House) -> None:
    house.hold.clear()
    phone.say("/arm home")
    await phone.wait_for("Arming Home…")
    phone.say("/help")
    await phone.wait_for("/schedule")
    house.hold.set()
    await phone.wait_for("Home is armed")


async def test_commands_begin_in_the_order_they_were_sent(phone: Phone, house: House, server: TelegramServer) -> None:
    for _ in range(3):
        phone.say("/arm home")
        phone.say("/disarm home")
    await phone.until(lambda: True if len(house.asked) == 6 else None, "six commands")
    assert house.asked == ["arm 11", "disarm 11"] * 3


async def test_a_home_never_seen_is_asked_for_with_a_word(phone: Phone, house: House) -> None:
    house.memory.clear()
    phone.say("/arm home")
    first = await phone.wait_for("Looking at your home…")
    house.memory.set()
    await phone.wait_for_edit(first, "Home is armed")


async def test_without_a_session_it_says_what_to_do(phone: Phone, house: House) -> None:
    await house.sign_out()
    house.now = home(HOME)
    phone.say("/arm")
    await phone.wait_for("/signin")


async def test_a_command_that_is_interrupted_by_the_end_says_so(phone: Phone, house: House, chatbot: ChatBot) -> None:
    house.hold.clear()
    phone.say("/arm home")
    await phone.wait_for("Arming Home…")
    async with asyncio.timeout(4):
        await chatbot.stop()
    assert "stopped before I could finish" in phone.last.content


async def test_a_command_that_comes_at_the_very_end_is_not_begun(phone: Phone, house: House, chatbot: ChatBot) -> None:
    await chatbot.dispatcher.close()
    phone.say("/arm home")
    await phone.wait_for("stopped before I could finish")
    assert house.asked == []


async def test_a_tap_is_served_even_when_it_cannot_be_acknowledged(phone: Phone, server: TelegramServer) -> None:
    phone.say("/arm")
    question = await phone.wait_for("Which network")
    server.fail("answerCallbackQuery", status=400, description="Bad Request: query is too old")
    phone.tap(question, "🔒 Home")
    await phone.wait_for("Home is armed")


async def test_what_was_done_before_the_session_ended_still_stands_there(phone: Phone, house: House) -> None:
    house.results[CABIN.id] = NotSignedIn("the session ended")
    phone.say("/arm all")
    told = await phone.wait_for("I'm not signed in to Blink.")
    assert "Home is armed" in told.content
    assert [button.text for row in told.buttons for button in row] == ["Sign in to Blink"]


# -- what was wanted while the bot was away


def too_old(server: TelegramServer) -> None:
    """The next tap has waited so long that Telegram takes no answer to it."""
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    server.fail("answerCallbackQuery", status=400, description=words)


async def test_a_tap_of_long_ago_disarms_nothing_before_it_is_made_again(
    phone: Phone, house: House, server: TelegramServer
) -> None:
    phone.say("/disarm")
    question = await phone.wait_for("Which network")
    too_old(server)
    phone.tap(question, "🔓 Cabin")
    asked = await phone.wait_for_edit(question, "You asked for this while I was away. Do you still want it?")
    assert house.asked == []
    phone.tap(asked, "🔓 Cabin")
    await phone.wait_for_edit(asked, "Cabin is disarmed")


async def test_a_tap_of_long_ago_sounds_no_siren(phone: Phone, house: House, server: TelegramServer) -> None:
    house.now = replace(home(), siren_networks=frozenset({HOME.id}))
    phone.say("/siren home")
    question = await phone.wait_for("Sound the siren")
    too_old(server)
    phone.tap(question, "🚨 Yes, sound it")
    await phone.wait_for_edit(question, "You asked for this while I was away. Do you still want it?")
    assert house.asked == []


@pytest.mark.parametrize(("minutes", "asks"), [(16, True), (14, False)])
async def test_a_command_of_long_ago_disarms_nothing_before_it_is_tapped(
    phone: Phone, house: House, chatbot: ChatBot, clock: FakeClock, minutes: float, asks: bool
) -> None:
    message = {
        "message_id": 77,
        "date": int((clock.now - timedelta(minutes=minutes)).timestamp()),
        "chat": {"id": phone.chat_id, "type": "private"},
        "from": {"id": phone.chat_id, "is_bot": False, "first_name": "Ada"},
        "text": "/disarm cabin",
        "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
    }
    update = Update.de_json({"update_id": 7700, "message": message}, chatbot.application.bot)
    await chatbot.application.process_update(update)
    if asks:
        question = await phone.wait_for("You asked for this while I was away. Which network shall I disarm?")
        assert house.asked == []
        phone.tap(question, "🔓 Cabin")
    await phone.wait_for("Cabin is disarmed")
