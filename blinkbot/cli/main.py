"""The command line: run, demo, check, api, simulate. Exit codes: 0 fine, 1 a reported failure, 2 wrong usage.

What a command needs is imported by that command: help appears at once, and `run` listens to SIGTERM before it loads the
rest, which takes a small machine seconds.
"""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

import blinkbot
from blinkbot.cli.error_messages import error_message
from blinkbot.errors import BlinkbotError, ConfigError
from blinkbot.logs import Redactor, set_up

if TYPE_CHECKING:
    from blinkbot.config import Settings

FAILED = 1

config_option = click.option(
    "--config",
    "config",
    # What is wrong with the file is told like any other mistake in the settings, with exit code 1.
    type=click.Path(readable=False, path_type=Path),
    help="The settings file. Default: $BLINKBOT_CONFIG, ./blinkbot.toml, or the one in your config folder.",
)
port_option = click.option(
    "--port", type=click.IntRange(0, 65533), default=0, show_default="free ones", help="The first port to listen on."
)
verbose_option = click.option("-v", "--verbose", is_flag=True, help="Log more (never secrets).")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(blinkbot.__version__, prog_name="blinkbot")
def main() -> None:
    """Your Blink cameras in a Telegram chat.

    Every new motion clip arrives as a video, and you answer with /arm, /disarm, /snap, /clips, /schedule.
    New here? `blinkbot demo` shows it all on this machine, without any account.
    """


@main.command()
@config_option
@verbose_option
def run(config: Path | None, verbose: bool) -> None:
    """Run the bot until Ctrl-C or SIGTERM.

    Settings come from a TOML file and from BLINKBOT_… variables; the README lists them.
    """
    # Until the bot's own handlers stand.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    from blinkbot.app import run_until_signalled

    redactor = Redactor()
    settings = _settings(config)
    set_up(redactor, verbose=verbose)
    _finish(run_until_signalled(settings, redactor))


@main.command()
@config_option
def check(config: Path | None) -> None:
    """Check settings, data folder, Telegram and Blink, and show a table.

    Changes nothing, sends no message and never signs in. Exit code 1 when something is wrong.
    """
    from blinkbot.cli.check import check_everything

    set_up(Redactor())
    _finish(check_everything(_settings(config)))


@main.command()
@config_option
@verbose_option
@click.argument("operation", required=False)
@click.argument("arguments", metavar="[KEY=VALUE]...", nargs=-1)
@click.option("--list", "listing", is_flag=True, help="Show every operation, what it takes and what it sends.")
@click.option("--json", "as_json", is_flag=True, help="With --list: as JSON.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the answer into this file."
)
@click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), help="With liveview: how long to watch.  [default: 10]"
)
def api(
    operation: str | None,
    arguments: tuple[str, ...],
    config: Path | None,
    verbose: bool,
    listing: bool,
    as_json: bool,
    output: Path | None,
    seconds: float | None,
) -> None:
    """Send any operation of the Blink cloud; its JSON goes to stdout, a picture or video into a file.

    Cameras, networks and sync modules go by id or name, and what follows from them is filled in: `blinkbot api
    new-thumbnail camera=Porch`. The session is the bot's own; where there is none, this signs in, and asks for the code
    that Blink sends.
    """
    from blinkbot.cli.api import listing as table
    from blinkbot.cli.api.arguments import WrongUsage
    from blinkbot.cli.api.run import request_of
    from blinkbot.cli.api.run import run as run_operation
    from blinkbot.cli.api.session import ask_on_terminal

    try:
        if listing:
            table.as_table() if not as_json else click.echo(table.as_json())
            return
        if operation is None:
            raise WrongUsage("name an operation; `blinkbot api --list` shows them")
        request = request_of(operation, arguments, output, seconds)
        redactor = Redactor()
        set_up(redactor, verbose=verbose)
        answer = asyncio.run(run_operation(_settings(config), request, redactor, ask_on_terminal))
    except WrongUsage as error:
        raise click.UsageError(str(error)) from error
    except BlinkbotError as error:
        _fail(error_message(error))
    except KeyboardInterrupt:
        sys.exit(130)
    if answer is not None:
        click.echo(answer)


@main.command()
@port_option
@click.option("--no-browser", is_flag=True, help="Do not open a browser, just print the page's address.")
@verbose_option
def demo(port: int, no_browser: bool, verbose: bool) -> None:
    """Try everything on this machine: a simulated home, and a phone in your browser.

    Nothing leaves this machine and nothing is kept.
    """
    with _demo_extra():
        from blinkbot.cli.demo import run_demo
    redactor = Redactor()
    set_up(redactor, verbose=verbose)
    _finish(run_demo(redactor, port=port, browser=not no_browser))


@main.command()
@port_option
def simulate(port: int) -> None:
    """Run the simulated Blink cloud and Telegram Bot API alone, for other programs, until Ctrl-C.

    The first line printed is JSON: blink and telegram (base URLs), email, password, pin, token, chat, group.
    """
    with _demo_extra():
        from blinkbot.simulator.simulation import run_simulation
    _finish(run_simulation(port))


class _demo_extra:  # noqa: N801 - reads as a statement
    """Says what to install where the simulators' libraries are missing."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        needed = ("starlette", "uvicorn", "python_multipart", "trustme")
        if isinstance(error, ModuleNotFoundError) and error.name in needed:
            _fail("the simulators need more libraries: pip install 'blinkbot[demo]'")


def _settings(config: Path | None) -> "Settings":
    from blinkbot.cli.settings import mistakes, settings_for

    try:
        return settings_for(config)
    except ConfigError as error:
        _fail(mistakes(error))


def _finish(work: Coroutine[Any, Any, object]) -> None:
    """Run to the end; a reported failure is a sentence on stderr and exit code 1."""
    try:
        asyncio.run(work)
    except BlinkbotError as error:
        _fail(error_message(error))
    except KeyboardInterrupt:
        sys.exit(130)


def _fail(sentence: str) -> NoReturn:
    click.echo(f"blinkbot: {sentence}", err=True)
    sys.exit(FAILED)
