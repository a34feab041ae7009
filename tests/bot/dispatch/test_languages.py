"""A chat has a language: the first guess is Telegram's, and it is kept."""

from collections.abc import Iterator

import pytest
from telegram import BotCommandScopeChat

from blinkbot.bot import ChatBot
from blinkbot.simulator.botapi import TelegramServer
from blinkbot.store import ChatRepository
from blinkbot.translations import added
from tests.bot.conftest import FAMILY, OWNER
from tests.pseudo import PSEUDO, PseudoTranslations, hatted, pseudo_language

NOTHING_OF_OURS = hatted("This button is too old. Please send the command again.")


@pytest.fixture(autouse=True)
def _pseudo() -> Iterator[None]:
    with pseudo_language():
        yield


@pytest.mark.usefixtures("chatbot")
async def test_the_first_guess_is_telegrams_and_is_kept(server: TelegramServer, directory: ChatRepository) -> None:
    phone = server.phone(OWNER, first_name="Ada", language=f"{PSEUDO}-AT")
    phone.say("/help")
    message = await phone.wait_for("/schedule")
    answer = await phone.wait_for_answer(phone.forge_tap(message, "1:gone:1"))
    assert answer.text == NOTHING_OF_OURS
    chat = directory.find(OWNER)
    assert chat is not None
    assert chat.language == f"{PSEUDO}-AT"


@pytest.mark.usefixtures("chatbot")
async def test_a_language_that_is_not_shipped_is_english(server: TelegramServer, directory: ChatRepository) -> None:
    phone = server.phone(OWNER, first_name="Ada", language="tlh")
    phone.say("/dance")
    await phone.wait_for("/help")
    chat = directory.find(OWNER)
    assert chat is not None
    assert chat.language == "tlh"


@pytest.mark.usefixtures("chatbot")
async def test_a_guess_holds_for_a_language_that_comes_with_a_later_version(server: TelegramServer) -> None:
    phone = server.phone(OWNER, first_name="Ada", language="de")
    phone.say("/quiet")
    await phone.wait_for("quiet hours")
    with added("de", PseudoTranslations()):
        phone.say("/quiet")
        await phone.wait_for(hatted("quiet hours"))


@pytest.mark.usefixtures("chatbot")
async def test_what_a_chat_has_counts_more_than_what_a_person_speaks(
    server: TelegramServer, directory: ChatRepository
) -> None:
    await directory.set_language(FAMILY, PSEUDO)
    phone = server.phone(OWNER, first_name="Ada", language="en")
    group = server.group(FAMILY, "Family", [phone])
    group.say("/help")
    message = await group.wait_for("/schedule")
    answer = await group.wait_for_answer(group.forge_tap(message, "1:gone:1"))
    assert answer.text == NOTHING_OF_OURS


async def test_the_command_menu_changes_with_the_first_guess(chatbot: ChatBot, server: TelegramServer) -> None:
    phone = server.phone(OWNER, first_name="Ada", language=PSEUDO)
    await chatbot.application.bot.set_my_commands([("help", "in English")], scope=BotCommandScopeChat(OWNER))
    phone.say("/quiet")
    menu = hatted("see what I can do")
    await phone.until(lambda: menu in [command.description for command in phone.commands] or None, "another menu")


async def test_the_command_menu_is_in_the_chats_language(
    chatbot: ChatBot, server: TelegramServer, directory: ChatRepository
) -> None:
    phone = server.phone(OWNER, first_name="Ada", language=PSEUDO)
    phone.start()
    await phone.until(lambda: phone.commands or None, "the menu")
    assert hatted("see what I can do") in [command.description for command in phone.commands]
