"""The terminal's language, and all that is said in it."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from blinkbot.cli.error_messages import error_message
from blinkbot.cli.main import main
from blinkbot.cli.terminal import CommandFailed, language_of
from blinkbot.errors import (
    AlreadyRunning,
    BlinkbotError,
    BlinkRefused,
    ConfigError,
    DataFolderError,
    FolderProblem,
    LiveViewEnd,
    LiveViewFailed,
    Missing,
    NotFound,
    PinProblem,
    SignInLimit,
    TelegramError,
    TelegramProblem,
    TooManySignIns,
    WrongPin,
)
from tests.pseudo import PSEUDO, hatted, pseudo_language
from tests.test_config import empty_folder

__all__ = ["empty_folder"]


@pytest.fixture
def _pseudo() -> Iterator[None]:
    with pseudo_language():
        yield


def typed(*words: str, **environ: str) -> Result:
    """What `blinkbot …` prints."""
    handlers = list(logging.getLogger().handlers)
    try:
        return CliRunner(env={"LANGUAGE": PSEUDO, **environ}).invoke(main, words)
    finally:
        for handler in set(logging.getLogger().handlers) - set(handlers):
            logging.getLogger().removeHandler(handler)


CLICKS = (
    *("Usage", "Options", "Commands", "OPTIONS", "COMMAND", "ARGS", "KEY", "VALUE", "OPERATION", "PATH", "FILE"),
    *("INTEGER", "RANGE", "FLOAT", "Error", "Try", "for", "help", "default", "Show", "the", "version", "this"),
    *("message", "and", "exit", "main", "blinkbot", "run", "check", "api", "demo", "simulate", "config", "verbose"),
    *("list", "json", "output", "seconds", "yes", "port", "no", "browser", "free", "ones"),
)
"""What click says by itself, and what is the same in every language: names of commands and options."""


def words_of(text: str, *names: str) -> set[str]:
    """The words without hats, but for those that have none in any language."""
    bare = re.sub(r"\S+\.toml|/[a-z]+\b|\b[a-z]+\.[a-z_]+(?=:)", "", text)
    return set(re.findall(r"[A-Za-z]{2,}", bare)) - {*CLICKS, *names}


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "xx_YY.UTF-8"}, "xx"),
        ({"LANG": "xx", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "xx_YY"}, "xx"),
        ({"LANG": "en", "LANGUAGE": "tlh:xx:en"}, "xx"),
        ({"LANG": "xx", "LANGUAGE": "en_GB:xx"}, "en"),
        ({"LANG": "xx", "LANGUAGE": "tlh"}, "en"),
        ({"LANG": "xx", "LANGUAGE": ""}, "xx"),
    ],
)
@pytest.mark.usefixtures("_pseudo")
def test_the_terminals_language_is_where_gettext_looks_for_it(environ: dict[str, str], language: str) -> None:
    assert language_of(environ) == language


@pytest.mark.parametrize("command", ["", *main.commands])
@pytest.mark.usefixtures("_pseudo")
def test_help_is_translated(command: str) -> None:
    in_pseudo = typed(*command.split(), "--help")
    assert in_pseudo.exit_code == 0
    assert words_of(in_pseudo.output) == set()
    in_english = typed(*command.split(), "--help", LANGUAGE="en")
    assert "é" not in in_english.output
    assert words_of(in_english.output)


@pytest.mark.parametrize("words", ["run", "check", "api homescreen", "api", "api amr", "api arm network", "api arm"])
@pytest.mark.usefixtures("_pseudo")
def test_what_is_wrong_is_told_in_the_terminals_language(words: str) -> None:
    result = typed(*words.split())
    assert result.exit_code in (1, 2)
    assert words_of(result.output, "amr", "arm", "network") == set()


def kinds(kind: type[BlinkbotError] = BlinkbotError) -> Iterator[type[BlinkbotError]]:
    for each in kind.__subclasses__():
        if each.__module__ == "blinkbot.errors":
            yield each
            yield from kinds(each)


def made(kind: type[BlinkbotError]) -> BlinkbotError:
    """An error of a kind."""
    if issubclass(kind, NotFound):
        return kind("arm")
    if issubclass(kind, BlinkRefused):
        return kind("arm", 400, "No")
    arguments: dict[type[BlinkbotError], tuple[object, ...]] = {
        AlreadyRunning: (Path("data"), 7),
        DataFolderError: (Path("data"), FolderProblem.FAILED, "full"),
        TelegramError: (TelegramProblem.BAD_TOKEN,),
        WrongPin: (PinProblem.WRONG,),
        TooManySignIns: (SignInLimit.LOCKED, 60),
        LiveViewFailed: (LiveViewEnd.LOST,),
    }
    if kind.__name__ in ("BlinkResponseError", "CutShort"):
        return kind("arm", "no")
    return kind(*arguments.get(kind, ("why",)))


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind is not ConfigError])
def test_every_error_has_a_sentence(kind: type[BlinkbotError]) -> None:
    sentence = error_message(made(kind))
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "mistake in the program" not in sentence or kind.__name__ in ("NotAllowed", "BlinkError")


def test_what_was_not_foreseen_asks_for_a_report() -> None:
    assert error_message(BlinkbotError("KeyError('x')")) == (
        "Stopped by a mistake in the program: KeyError('x'). Please report it."
    )


def test_a_commands_own_words_are_told_as_they_are() -> None:
    assert error_message(CommandFailed("No.")) == "No."


@pytest.mark.parametrize("problem", [each for each in FolderProblem if each is not FolderProblem.IN_USE])
def test_every_problem_of_the_data_folder_names_the_path(problem: FolderProblem) -> None:
    assert "/x/blinkbot.db" in error_message(DataFolderError("/x/blinkbot.db", problem, "No space left on device"))


@pytest.mark.parametrize("problem", TelegramProblem)
def test_every_problem_of_telegram_tells_what_to_do(problem: TelegramProblem) -> None:
    first, rest = error_message(TelegramError(problem, "httpx.ConnectError: [Errno -2]")).split(".", 1)
    assert rest
    assert "Errno" not in first + rest


@pytest.mark.parametrize("missing", Missing)
def test_everything_that_can_be_missing_has_a_sentence(missing: Missing) -> None:
    assert error_message(NotFound("arm", missing=missing)).endswith(".")


@pytest.mark.usefixtures("_pseudo")
def test_the_default_of_an_option_is_translated() -> None:
    assert hatted("free ones") in typed("simulate", "--help").output
