"""/start, /help, and words that mean nothing."""

import pytest

from blinkbot.bot import ChatBot, menu
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import FAMILY
from tests.bot.house import House

pytestmark = pytest.mark.usefixtures("chatbot")


async def test_start_greets_and_lists_the_commands(phone: Phone) -> None:
    phone.start()
    greeting = await phone.wait_for("Hello")
    for name, _ in menu():
        assert f"/{name}" in greeting.content or name == "help"


async def test_start_shows_the_menu_in_this_chat(phone: Phone) -> None:
    phone.start()
    await phone.until(lambda: phone.commands or None, "the menu")
    assert [command.command for command in phone.commands] == [name for name, _ in menu()]


async def test_an_unknown_command_gets_a_hint(phone: Phone) -> None:
    phone.say("/dance <now>")
    await phone.wait_for("There's no command “/dance”. /help shows what I can do.")


async def test_an_unknown_command_in_a_group_may_be_another_bots(
    server: TelegramServer, phone: Phone, house: House
) -> None:
    group = server.group(FAMILY, "Family", [phone])
    group.say("/dance")
    group.say(f"/sing@{server.bot_username}")
    answer = await group.wait_for("There's no command")
    assert "/sing" in answer.content
    assert len(group.from_bot) == 1


async def test_plain_words_get_a_hint_in_private(phone: Phone) -> None:
    phone.say("what is this?")
    await phone.wait_for("/help")


async def test_a_button_of_another_version_says_so(phone: Phone) -> None:
    phone.say("/help")
    message = await phone.wait_for("/schedule")
    for data in ("0:arm:11", "1:arm:", "1:arm:11:extra", "x", "1:clips:1:-1"):
        answer = await phone.wait_for_answer(phone.forge_tap(message, data))
        assert answer.text == "This button is too old. Please send the command again."


async def test_an_unforeseen_error_is_told_in_a_sentence(
    phone: Phone,
    house: House,
    chatbot: ChatBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(house, "now", None)
    phone.say("/arm secret-word")
    await phone.wait_for("Something went wrong inside the bot.")
    await chatbot.stop()
    assert "AttributeError" in caplog.text
    assert "secret-word" not in caplog.text
