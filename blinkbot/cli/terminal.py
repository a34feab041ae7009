"""What all commands have in common: the language, messages beside the output, help that is translated when shown."""

import os
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

import click

from blinkbot.errors import BlinkbotError
from blinkbot.translations import ENGLISH, Sentence, best, speaking

FAILED = 1
# Where gettext looks for the language, in this order; the first may list several.
LANGUAGE_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

_PORTS_TAKEN = Sentence("This needs {count} free ports from {port} on: {reason}. Choose another --port.")


class CommandFailed(BlinkbotError):
    """A command did not do what it is for; `str(error)` is the sentence to print."""


class WrongUsage(click.UsageError):
    """What was typed cannot be meant, and nothing was sent. Its message is the sentence to print; exit code 2."""


def ports_taken(port: int, count: int, error: OSError) -> CommandFailed:
    """What to raise where one of the neighbouring ports that something listens on is taken."""
    return CommandFailed(_PORTS_TAKEN(port=port, count=count, reason=error.strerror))


def tell(sentence: str) -> None:
    """Say something beside a command's output."""
    click.echo(f"blinkbot: {sentence}", err=True)


def fail(sentence: str) -> NoReturn:
    """Say why a command ends, and end it."""
    tell(sentence)
    sys.exit(FAILED)


def language_of(environ: Mapping[str, str]) -> str:
    """The terminal's language: of the languages that are wanted, the first that there is."""
    wanted = next(filter(None, map(environ.get, LANGUAGE_VARIABLES)), "")
    for code in wanted.split(":"):
        spoken = best(code.partition(".")[0])
        if spoken != ENGLISH or code.startswith(ENGLISH):
            return spoken
    return ENGLISH


class Option(click.Option):
    """An option whose help is a Sentence, and what stands there as its default."""

    def __init__(self, *args: Any, says: Sentence, default_says: Sentence | None = None, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._says = says
        self._default_says = default_says

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        self.help = self._says()
        if self._default_says:
            self.show_default = self._default_says()
        return super().get_help_record(ctx)


class Command(click.Command):
    """A command whose help is a Sentence: a line, and perhaps paragraphs below it."""

    def __init__(self, *args: Any, says: Sentence, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._says = says

    def get_help(self, ctx: click.Context) -> str:
        self.help = self._says()
        return super().get_help(ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        self.help = self._says()
        return super().get_short_help_str(limit)


class Program(Command, click.Group):
    """The program: its commands, in the terminal's language."""

    command_class = Command

    def main(self, *args: Any, **extra: Any) -> Any:
        with speaking(language_of(os.environ)):
            return super().main(*args, **extra)
