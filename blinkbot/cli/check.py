"""`blinkbot check`: settings, data folder, Telegram and Blink, as a table. Changes nothing and never signs in."""

import os
from collections.abc import Awaitable
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from blinkbot.app import utc_now
from blinkbot.blink import BlinkClient, BlinkUrls
from blinkbot.bot import TelegramAccess, TelegramDiagnostics, build_bot
from blinkbot.cli.error_messages import error_message
from blinkbot.cli.footprint import footprint, libraries
from blinkbot.cli.terminal import CommandFailed
from blinkbot.config import Settings
from blinkbot.errors import AlreadyRunning, BlinkbotError
from blinkbot.store import DataFolderLock, Store
from blinkbot.translations import COMMA, Plural, Sentence, joined

SETTINGS = Sentence("settings")
COMPLETE = Sentence("complete")
TELEGRAM = Sentence("Telegram")
CHAT = Sentence("chat {chat}")
FOLDER = Sentence("data folder")
BLINK = Sentence("Blink")
MEMORY = Sentence("memory")
LIBRARIES = Sentence("libraries")
UNREACHABLE = Sentence("{path} can't be reached ({reason}). Choose another one with data_dir.")
UNWRITABLE = Sentence("{path} can't be made, since {parent} is not writable. Choose another one with data_dir.")
NOT_YET = Sentence("{path} (made at the first start)")
NOT_SIGNED_IN = Sentence("Not signed in yet, so the password is untested. `blinkbot run` signs in.")
ASK_THE_BOT = Sentence("The running bot uses the session. Send it /status.")
NETWORKS = Plural("{n} network", "{n} networks")
CAMERAS = Plural("{n} camera", "{n} cameras")
RESIDENT = Sentence("{megabytes} MB when the bot has loaded everything, {modules} modules")
WRONG = Sentence("Needs fixing: {what}. The table says how.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of the table."""

    what: str
    fine: bool
    seen: str


async def check_everything(settings: Settings, *, verbose: bool = False) -> None:
    """Look at everything and print a table; when `verbose`, also what the bot loads. Raises CommandFailed."""
    findings = [Finding(SETTINGS(), True, COMPLETE())]
    findings += await _telegram(settings)
    findings += await _home(settings)
    if verbose:
        findings += await _loaded()
    _print(findings)
    wrong = [finding.what for finding in findings if not finding.fine]
    if wrong:
        raise CommandFailed(WRONG(what=joined(wrong)))


async def _telegram(settings: Settings) -> list[Finding]:
    bot = build_bot(TelegramAccess(settings.telegram.token.get_secret_value(), settings.telegram.api_url))
    async with TelegramDiagnostics(bot) as telegram:
        service = await _look(TELEGRAM(), telegram.name())
        if not service.fine:
            return [service]
        return [service, *[await _look(CHAT(chat=chat), telegram.chat(chat)) for chat in settings.telegram.chats]]


async def _home(settings: Settings) -> list[Finding]:
    """The data folder, and Blink through the session that is kept in it."""
    folder = settings.data_dir
    try:
        there = folder.exists()
    except OSError as error:
        return [Finding(FOLDER(), False, UNREACHABLE(path=folder, reason=error.strerror))]
    if not there:
        parent = next(each for each in folder.absolute().parents if each.exists())
        if not (parent.is_dir() and os.access(parent, os.W_OK | os.X_OK)):
            return [Finding(FOLDER(), False, UNWRITABLE(path=folder, parent=parent))]
        return [Finding(FOLDER(), True, NOT_YET(path=folder)), Finding(BLINK(), True, NOT_SIGNED_IN())]
    try:
        with DataFolderLock(folder):
            return await _session(settings)
    except AlreadyRunning:
        # Renewing the session beside a running bot could cost that bot its session.
        return [Finding(FOLDER(), True, str(folder)), Finding(BLINK(), True, ASK_THE_BOT())]
    except BlinkbotError as error:
        return [Finding(FOLDER(), False, error_message(error))]


async def _session(settings: Settings) -> list[Finding]:
    store = await Store.open(settings.data_dir, utc_now)
    try:
        found = [Finding(FOLDER(), True, str(settings.data_dir))]
        if await store.tokens.load() is None:
            return [*found, Finding(BLINK(), True, NOT_SIGNED_IN())]
        urls = BlinkUrls(oauth=settings.blink.oauth_url, rest=settings.blink.rest_url)
        async with BlinkClient(urls, store.tokens, await store.account.hardware_id()) as cloud:
            return [*found, await _look(BLINK(), _what_is_there(cloud))]
    finally:
        await store.close()


async def _what_is_there(cloud: BlinkClient) -> str:
    home = await cloud.home()
    return f"{NETWORKS(len(home.networks))}, {CAMERAS(len(home.cameras))}"


async def _loaded() -> list[Finding]:
    kilobytes, modules = await footprint()
    resident = RESIDENT(megabytes=round(kilobytes / 1000), modules=len(modules))
    return [Finding(MEMORY(), True, resident), Finding(LIBRARIES(), True, joined(list(libraries(modules)), COMMA))]


async def _look(what: str, question: Awaitable[str]) -> Finding:
    try:
        return Finding(what, True, await question)
    except BlinkbotError as error:
        return Finding(what, False, error_message(error))


def _print(findings: list[Finding]) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    for finding in findings:
        table.add_row("[green]✓[/]" if finding.fine else "[red]✗[/]", finding.what, escape(finding.seen))
    Console().print(table)
