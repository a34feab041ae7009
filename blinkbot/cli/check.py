"""`blinkbot check`: settings, data folder, Telegram and Blink, as a table. Changes nothing and never signs in."""

import os
from collections.abc import Awaitable
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from blinkbot.app import utc_now
from blinkbot.blink import BlinkClient, BlinkUrls
from blinkbot.bot import TelegramAccess, build_bot
from blinkbot.bot.client.diagnostics import TelegramCheckup
from blinkbot.cli.error_messages import error_message
from blinkbot.config import Settings
from blinkbot.errors import AlreadyRunning, BlinkbotError
from blinkbot.store import DataFolderLock, Store


class CheckFailed(BlinkbotError):
    """Something is not as it should be; the table says what."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: what was looked at, whether it is fine, and what was seen."""

    what: str
    fine: bool
    seen: str


async def check_everything(settings: Settings) -> None:
    """Look at everything and print a table. Raises CheckFailed when something is wrong."""
    findings = [Finding("settings", True, "complete")]
    findings += await _telegram(settings)
    findings += await _home(settings)
    _print(findings)
    wrong = [finding.what for finding in findings if not finding.fine]
    if wrong:
        raise CheckFailed(f"not everything is right: {', '.join(wrong)}")


async def _telegram(settings: Settings) -> list[Finding]:
    bot = build_bot(TelegramAccess(settings.telegram.token.get_secret_value(), settings.telegram.api_url))
    async with TelegramCheckup(bot) as telegram:
        service = await _look("Telegram", telegram.name())
        if not service.fine:
            return [service]
        return [service, *[await _look(f"chat {chat}", telegram.chat(chat)) for chat in settings.telegram.chats]]


async def _home(settings: Settings) -> list[Finding]:
    """The data folder, and Blink through the session that is kept in it."""
    try:
        there = settings.data_dir.exists()
    except OSError as error:
        return [Finding("data folder", False, f"{settings.data_dir} cannot be reached ({error.strerror})")]
    if not there:
        parent = next(folder for folder in settings.data_dir.absolute().parents if folder.exists())
        if not (parent.is_dir() and os.access(parent, os.W_OK | os.X_OK)):
            return [Finding("data folder", False, f"{settings.data_dir} cannot be made: {parent} is not writable")]
        return [
            Finding("data folder", True, f"{settings.data_dir} (made at the first start)"),
            Finding("Blink", True, "not signed in yet; `blinkbot run` does that"),
        ]
    try:
        with DataFolderLock(settings.data_dir):
            return await _session(settings)
    except AlreadyRunning as error:
        # Renewing the session beside a running bot could cost that bot its session.
        return [
            Finding("data folder", True, str(error)),
            Finding("Blink", True, "ask the running bot: /status"),
        ]
    except BlinkbotError as error:
        return [Finding("data folder", False, str(error))]


async def _session(settings: Settings) -> list[Finding]:
    store = await Store.open(settings.data_dir, utc_now)
    try:
        found = [Finding("data folder", True, str(settings.data_dir))]
        if await store.tokens.load() is None:
            return [*found, Finding("Blink", True, "not signed in yet; `blinkbot run` does that")]
        urls = BlinkUrls(oauth=settings.blink.oauth_url, rest=settings.blink.rest_url)
        async with BlinkClient(urls, store.tokens, await store.account.hardware_id()) as cloud:
            return [*found, await _look("Blink", _what_is_there(cloud))]
    finally:
        await store.close()


async def _what_is_there(cloud: BlinkClient) -> str:
    home = await cloud.home()
    return f"{len(home.networks)} networks, {len(home.cameras)} cameras"


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
