"""One declaration a command and a button: a file of a command, and it is everywhere."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from blinkbot.bot import ChatBot, TelegramAnnouncer, Tools, commands, menu
from blinkbot.bot.buttons.callback_data import Callback, decode, encode, kinds
from blinkbot.bot.buttons.callbacks import Disarm, SwitchSiren, is_of_the_moment
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.text import dispatch as text
from blinkbot.simulator.botapi import Phone
from blinkbot.store import ChatRepository
from blinkbot.translations import Sentence
from tests.bot.house import House
from tests.bot.running import chatbot_of

ROOT = Path(__file__).parents[2]
PING = '''"""/ping, and its button."""

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.dispatch import PONG, PONG_AGAIN
from blinkbot.translations import Sentence


class PingAgain(Callback, word="ping"):
    count: int


router = Router()


@router.command("ping", Sentence("see whether I listen"))
async def command(request: Request) -> None:
    """/ping."""
    await request.reply.show(PONG(), keyboard([(PONG_AGAIN(), PingAgain(1))]))


@router.button(PingAgain)
async def tapped(request: Request, callback: PingAgain) -> None:
    await request.reply.show(" ".join([PONG()] * (callback.count + 1)))


@router.command("secret", Sentence("what is in no menu"), in_menu=False)
async def hidden(request: Request) -> None:
    await request.reply.show(PONG())
'''
WORDS = {"PONG": "pong", "PONG_AGAIN": "Again"}
PING_MODULE = f"{commands.__name__}.ping"


@pytest.fixture
def ping(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The file lies among the others, and stands in a line of the list."""
    folder = tmp_path / "commands"
    folder.mkdir()
    (folder / "ping.py").write_text(PING, encoding="utf-8")
    monkeypatch.setattr(commands, "__path__", [*commands.__path__, str(folder)])
    monkeypatch.setattr(commands, "FILES", ("ping", *commands.FILES))
    for name, words in WORDS.items():
        monkeypatch.setattr(text, name, Sentence(words), raising=False)
    yield
    kinds.pop("ping", None)
    sys.modules.pop(PING_MODULE, None)


@pytest.fixture
async def chatbot(
    ping: None, bot: PollingBot, house: House, directory: ChatRepository, tools: Tools, announcer: TelegramAnnouncer
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


@pytest.mark.usefixtures("ping")
def test_a_command_that_is_hidden_is_not_in_the_menu() -> None:
    assert "secret" in [command.name for router in commands.routers() for command in router.commands]
    assert "ping" in dict(menu())
    assert "secret" not in dict(menu())


@pytest.mark.usefixtures("ping")
def test_its_button_is_read_back() -> None:
    commands.routers()
    assert encode(decode("1:ping:7")) == "1:ping:7"


def test_a_new_command_costs_its_file_a_line_its_words_and_a_row_of_the_readme(tmp_path: Path) -> None:
    """In a copy of all there is, everything but the README is content."""
    for name in ("blinkbot", "tests", "deploy"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "fixtures"))
    for file in ROOT.iterdir():
        if file.is_file() and not file.name.startswith("."):
            shutil.copy(file, tmp_path)
    package = tmp_path / "blinkbot" / "bot"
    (package / "commands" / "ping.py").write_text(PING, encoding="utf-8")
    _write(package / "commands" / "__init__.py", '    "signin",\n', '    "signin",\n    "ping",\n')
    sentences = "".join(f'{name} = Sentence("{words}")\n' for name, words in WORDS.items())
    _write(package / "text" / "dispatch.py", "\n\n\n", f"\n{sentences}\n\n")
    checks = (
        "tests/test_docs.py",
        "tests/test_layers.py",
        "tests/bot/text/test_sentences.py",
        "tests/bot/test_declarations.py",
    )
    which = "(ping or map or listed or look) and not catalogue"
    program = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "0", "-rf", *checks, "-k", which]
    done = subprocess.run(program, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True)
    failed = re.findall(r"^FAILED (\S+)", done.stdout.decode(), flags=re.MULTILINE)
    assert failed == ["tests/test_docs.py::test_every_command_of_the_chat_is_told[ping]"], done.stdout.decode()


def _write(file: Path, old: str, new: str) -> None:
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_what_is_declared_is_listed_and_handled() -> None:
    """A file that declares something stands in the list, and each kind of button has one handler."""
    folder = Path(commands.__file__).parent
    declaring = [file for file in folder.rglob("*.py") if "\nrouter = Router()" in file.read_text(encoding="utf-8")]
    names = [".".join(file.relative_to(folder).with_suffix("").parts) for file in declaring]
    assert sorted(names) == sorted(commands.FILES)
    handled = [button.kind.word for router in commands.routers() for button in router.buttons]
    assert sorted(handled) == sorted(kinds)


@pytest.mark.parametrize("callback", [Disarm(None), SwitchSiren(11, on=True)], ids=lambda each: each.word)
def test_what_may_be_too_late_is_acknowledged_before_it_is_done(callback: Callback) -> None:
    assert is_of_the_moment(callback)
    declared = [button for each in commands.routers() for button in each.buttons if isinstance(callback, button.kind)]
    assert [button.brief for button in declared] == [False]
