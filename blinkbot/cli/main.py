"""The command line; exit codes: 0 fine, 1 failure, 2 wrong usage.

Each command imports what it needs: help appears at once, and `run` listens to SIGTERM before it loads the rest.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import blinkbot
from blinkbot.cli.error_messages import error_message
from blinkbot.cli.terminal import Option, Program, WrongUsage, fail
from blinkbot.errors import BlinkbotError, BlinkRefused, ConfigError
from blinkbot.logs import Redactor, set_up
from blinkbot.translations import ENGLISH, Sentence, speaking
from blinkbot.translations import language as spoken

if TYPE_CHECKING:
    from blinkbot.config import Settings

Result = TypeVar("Result")
Function = TypeVar("Function", bound=Callable[..., None])
_log = logging.getLogger(__name__)

PROGRAM = Sentence("""Your Blink cameras in a Telegram chat.

Every new motion clip arrives as a video, and you answer with /arm, /disarm, /snap, /clips, /schedule.
New here? `blinkbot demo` shows it all on this machine, without any account.""")
RUN = Sentence("""Run the bot until Ctrl-C or SIGTERM.

Settings come from a TOML file and from BLINKBOT_… variables; the README lists them.""")
CHECK = Sentence("""Check settings, Telegram and Blink, in a table.

Changes nothing, sends no message and never signs in. Exit code 1 when something is wrong.""")
API = Sentence("""Send any operation of Blink's protocol.

Its JSON goes to stdout, a picture or video into a file. Cameras, networks and sync modules go by id or name, and what
follows from them is filled in: `blinkbot api new-thumbnail camera=Porch`. The session is the bot's own; where there is
none, this signs in, and asks for the code that Blink sends.""")
DEMO = Sentence("""Try it all with a simulated home and phone.

The phone is a page in your browser. Nothing leaves this machine and nothing is kept.""")
SIMULATE = Sentence("""Run the simulated Blink and Telegram alone.

They serve other programs until Ctrl-C. The first line printed is JSON: blink and telegram (base URLs), email, password,
pin, token, chat, group.""")

CONFIG = Sentence("The settings file. Default: $BLINKBOT_CONFIG, ./blinkbot.toml, or the one in your config folder.")
PORT = Sentence("The first port to listen on.")
FREE_PORTS = Sentence("free ones")
VERBOSE = Sentence("Log more (never secrets).")
VERBOSE_CHECK = Sentence("Also show what the bot loads, and log more (never secrets).")
LIST = Sentence("Show every operation, what it takes and what it sends.")
JSON = Sentence("With --list: as JSON.")
OUTPUT = Sentence("Write the answer into this file.")
SECONDS = Sentence("With liveview: how long to watch (10 by default).")
YES = Sentence("Delete for good what the operation deletes: nothing else asks again.")
NO_BROWSER = Sentence("Open no browser, just print the page's address.")
NAME_ONE = Sentence("Name an operation. `blinkbot api --list` shows all.")
NO_SIMULATORS = Sentence("The simulators need more libraries: pip install 'blinkbot[demo]'")


def _option(*names: str, says: Sentence, **attributes: Any) -> Callable[[Function], Function]:
    return click.option(*names, cls=Option, says=says, **attributes)


config_option = _option(
    "--config",
    # A mistake in the settings like any other, with exit code 1, where it is not there.
    type=click.Path(readable=False, path_type=Path),
    says=CONFIG,
)
port_option = _option("--port", type=click.IntRange(0, 65533), default=0, says=PORT, default_says=FREE_PORTS)
verbose_option = _option("-v", "--verbose", is_flag=True, says=VERBOSE)


@click.group(cls=Program, says=PROGRAM, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(blinkbot.__version__, prog_name="blinkbot")
def main() -> None:
    pass


@main.command(says=RUN)
@config_option
@verbose_option
def run(config: Path | None, verbose: bool) -> None:
    # Until the bot's own handlers stand.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    from blinkbot.app import run_until_signalled

    redactor = Redactor()
    settings = _settings(config)
    set_up(redactor, verbose=verbose)
    # The bot speaks each chat's language, and English where no chat is meant.
    _finish(run_until_signalled(settings, redactor), language=ENGLISH)


@main.command(says=CHECK)
@config_option
@_option("-v", "--verbose", is_flag=True, says=VERBOSE_CHECK)
def check(config: Path | None, verbose: bool) -> None:
    from blinkbot.cli.check import check_everything

    set_up(Redactor(), verbose=verbose)
    _finish(check_everything(_settings(config), verbose=verbose))


@main.command(says=API)
@config_option
@verbose_option
@click.argument("operation", required=False)
@click.argument("arguments", metavar="[KEY=VALUE]...", nargs=-1)
@_option("--list", "listing", is_flag=True, says=LIST)
@_option("--json", "as_json", is_flag=True, says=JSON)
@_option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), says=OUTPUT)
@_option("--seconds", type=click.FloatRange(min=0, min_open=True), says=SECONDS)
@_option("--yes", is_flag=True, says=YES)
def api(
    operation: str | None,
    arguments: tuple[str, ...],
    config: Path | None,
    verbose: bool,
    listing: bool,
    as_json: bool,
    output: Path | None,
    seconds: float | None,
    yes: bool,
) -> None:
    from blinkbot.cli.api import listing as table
    from blinkbot.cli.api.run import request_of
    from blinkbot.cli.api.run import run as run_operation

    if listing:
        table.as_table() if not as_json else click.echo(table.as_json())
        return
    if operation is None:
        raise WrongUsage(NAME_ONE())
    request = request_of(operation, arguments, output, seconds, yes=yes)
    redactor = Redactor()
    set_up(redactor, verbose=verbose)
    answer = _finish(run_operation(_settings(config), request, redactor))
    if answer is not None:
        click.echo(answer)


@main.command(says=DEMO)
@port_option
@_option("--no-browser", is_flag=True, says=NO_BROWSER)
@verbose_option
def demo(port: int, no_browser: bool, verbose: bool) -> None:
    with _simulators():
        from blinkbot.cli.demo import run_demo
    redactor = Redactor()
    set_up(redactor, verbose=verbose)
    _finish(run_demo(redactor, port=port, browser=not no_browser))


@main.command(says=SIMULATE)
@port_option
def simulate(port: int) -> None:
    with _simulators():
        from blinkbot.cli.simulate import run_simulators
    _finish(run_simulators(port))


@contextmanager
def _simulators() -> Iterator[None]:
    """Says what to install where the simulators' libraries are missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name in ("starlette", "uvicorn", "python_multipart", "trustme"):
            fail(NO_SIMULATORS())
        raise


def _settings(config: Path | None) -> "Settings":
    from blinkbot.cli.settings import mistakes, settings_for

    try:
        return settings_for(config)
    except ConfigError as error:
        fail(mistakes(error))


def _finish(work: Coroutine[Any, Any, Result], *, language: str | None = None) -> Result:
    """Run to the end, in the terminal's language unless another is given; a failure goes to stderr, exit code 1."""
    try:
        with speaking(language or spoken()):
            return asyncio.run(work)
    except BlinkbotError as error:
        _log.debug("this is what happened", exc_info=error)
        said = isinstance(error, BlinkRefused) and (error.message.strip() or error.code)
        fail(f"{error_message(error)}\n  {error}" if said else error_message(error))
    except KeyboardInterrupt:
        sys.exit(130)
