"""The session that `blinkbot api` works with: the bot's own, kept in the data folder.

A bot may be running on the same folder. Both programs read the session at each request and take turns at renewing it
(`TokenRepository.renewal`), so neither costs the other its session. Where there is no session and no bot runs, the
person at the terminal signs in, once; where a bot runs, signing in is its affair: two would lock the account.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import click

from blinkbot.blink import BlinkClient, BlinkUrls, Timing, new_sign_in
from blinkbot.cli.error_messages import error_message
from blinkbot.config import Settings
from blinkbot.control.signin import SignInService, fingerprint_of
from blinkbot.domain import PinRequest, Tokens
from blinkbot.errors import AlreadyRunning, BlinkError, NotSignedIn, WrongPin
from blinkbot.logs import Redactor
from blinkbot.store import DataFolderLock, Store

PIN_TRIES = 3
"""A person may mistype; a program that guesses gets the account locked."""

AskPin = Callable[[PinRequest], str]
"""Asks the person for the code that Blink sent."""


@asynccontextmanager
async def open_cloud(
    settings: Settings, redactor: Redactor, *, signed_in: bool, ask_pin: AskPin
) -> AsyncIterator[BlinkClient]:
    """A client on the bot's session. `signed_in` tells that one is needed: then a sign-in is made where it is missing.

    Raises BlinkErrors, AlreadyRunning among the reasons when a bot on this folder is not signed in itself.
    """
    redactor.add(settings.blink.password.get_secret_value())
    timing = Timing()
    store = await Store.open(
        settings.data_dir, timing.clock, on_tokens=lambda tokens: redactor.add(tokens.access, tokens.refresh)
    )
    try:
        if signed_in and await store.tokens.load() is None:
            await _sign_in(settings, store, timing, ask_pin)
        async with BlinkClient(_urls(settings), store.tokens, await store.account.hardware_id(), timing) as cloud:
            yield cloud
    finally:
        await store.close()


def ask_on_terminal(request: PinRequest) -> str:
    """Ask for the code, without showing what is typed."""
    where = f" to {request.destination}" if request.destination else ""
    how = f" by {request.channel}" if request.channel else ""
    pin: str = click.prompt(f"Blink sent a code{where}{how}. The code", hide_input=True, err=True)
    return pin


async def _sign_in(settings: Settings, store: Store, timing: Timing, ask_pin: AskPin) -> None:
    try:
        lock = DataFolderLock(settings.data_dir)
        lock.acquire()
    except AlreadyRunning as error:
        raise NotSignedIn("The bot that runs on this data folder is not signed in to Blink; use its /signin") from error
    try:
        await _sign_in_alone(settings, store, timing, ask_pin)
    finally:
        lock.release()


async def _sign_in_alone(settings: Settings, store: Store, timing: Timing, ask_pin: AskPin) -> None:
    email, password = settings.blink.email, settings.blink.password.get_secret_value()
    hardware_id = await store.account.hardware_id()
    sign_in = new_sign_in(settings.blink.signin, _urls(settings), email, password, hardware_id, timing)
    terminal = _Terminal()
    desk = SignInService(
        sign_in,
        store.tokens,
        store.account,
        terminal,
        timing.clock,
        fingerprint=fingerprint_of(email, password, hardware_id),
        on_signed_in=_nothing,
    )
    try:
        await desk.start()
        for tries_left in reversed(range(PIN_TRIES)):
            if terminal.request is None or desk.signed_in:
                return
            try:
                await desk.finish(ask_pin(terminal.request))
            except WrongPin as error:
                if not tries_left:
                    raise
                click.echo(f"blinkbot: {error_message(error)}", err=True)
    finally:
        await sign_in.aclose()


class _Terminal:
    """An Announcer for the person who sits in front of it: what is asked for is asked right there."""

    request: PinRequest | None = None

    async def pin_needed(self, request: PinRequest) -> None:
        """Remember which code is awaited."""
        self.request = request

    async def sign_in_needed(self, error: BlinkError) -> None:
        """Say so."""
        click.echo(f"blinkbot: {error_message(error)}", err=True)

    async def signed_in(self) -> None:
        """Say so."""
        click.echo("blinkbot: signed in to Blink", err=True)


async def _nothing(tokens: Tokens) -> None:
    """Nobody waits for the session but us."""


def _urls(settings: Settings) -> BlinkUrls:
    return BlinkUrls(oauth=settings.blink.oauth_url, rest=settings.blink.rest_url)
