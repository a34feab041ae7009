"""One declaration a command and a button: a file of a command, and it is everywhere."""

import sys
from types import ModuleType

import pytest

from blinkbot.bot import ChatBot, TelegramAnnouncer, Tools, menu
from blinkbot.bot.buttons.callback_data import Callback, decode, encode
from blinkbot.bot.buttons.callbacks import Disarm, SwitchSiren, is_of_the_moment
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.commands import routers
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.simulator.botapi import Phone
from blinkbot.store import ChatRepository
from blinkbot.translations import Sentence
from tests.bot.house import House
from tests.bot.running import chatbot_of

ping = ModuleType("blinkbot.bot.commands.ping")
ping.router = router = Router()  # type: ignore[attr-defined]


class PingAgain(Callback, word="ping"):
    """Ping once more."""

    count: int


@router.command("ping", Sentence("see whether I listen"))
async def ping_command(request: Request) -> None:
    """/ping."""
    await request.reply.show("pong", keyboard([("Again", PingAgain(1))]))


@router.button(PingAgain)
async def ping_tapped(request: Request, callback: PingAgain) -> None:
    """Its button."""
    await request.reply.show("pong " * (callback.count + 1))


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file lies among the others, and stands in a line of the list."""
    monkeypatch.setitem(sys.modules, ping.__name__, ping)
    monkeypatch.setattr(routers, "FILES", ("ping", *routers.FILES))


@pytest.fixture
async def chatbot(
    bot: PollingBot, house: House, directory: ChatRepository, tools: Tools, announcer: TelegramAnnouncer
) -> ChatBot:
    running = chatbot_of(bot, house, directory, tools)
    await running.connect()
    await running.start(lambda error: None)
    return running


async def test_the_command_and_its_button_are_served(chatbot: ChatBot, phone: Phone) -> None:
    phone.say("/ping")
    answer = await phone.wait_for("pong")
    phone.tap(answer, "Again")
    await phone.wait_for("pong pong")
    await chatbot.stop()


async def test_it_is_in_telegrams_menu_and_in_help(chatbot: ChatBot, phone: Phone) -> None:
    phone.start()
    await phone.until(lambda: phone.commands or None, "the menu")
    assert ("ping", "see whether I listen") in [(each.command, each.description) for each in phone.commands]
    phone.say("/help")
    await phone.wait_for("/ping — see whether I listen")
    await chatbot.stop()


def test_the_check_of_the_readme_asks_for_it() -> None:
    assert "ping" in dict(menu())


def test_its_button_is_read_back() -> None:
    assert decode(encode(PingAgain(7))) == PingAgain(7)


@pytest.mark.parametrize("callback", [Disarm(None), SwitchSiren(11, on=True)], ids=lambda each: each.word)
def test_what_may_be_too_late_is_acknowledged_before_it_is_done(callback: Callback) -> None:
    assert is_of_the_moment(callback)
    declared = [button for each in routers.routers() for button in each.buttons if isinstance(callback, button.kind)]
    assert [button.brief for button in declared] == [False]
