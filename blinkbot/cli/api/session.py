"""The session of `blinkbot api`: the bot's own. Both take turns at renewing it (`TokenRepository.renewal`).

Only where no bot runs, the person at the terminal signs in: two sign-ins would lock the account.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from blinkbot.blink import BlinkClient, BlinkUrls, Timing, new_sign_in
from blinkbot.cli.error_messages import error_message
from blinkbot.cli.terminal import CommandFailed, tell
from blinkbot.config import Settings
from blinkbot.control import SignInService, fingerprint_of
from blinkbot.domain import PinRequest, Tokens
from blinkbot.errors import AlreadyRunning, BlinkError, WrongPin
from blinkbot.logs import Redactor
from blinkbot.store import DataFolderLock, Store
from blinkbot.translations import Sentence

PIN_TRIES = 3  # A person may mistype; a program that guesses gets the account locked

TYPE_CODE = Sentence("Blink sent a code. Type it here")
TYPE_CODE_SENT_TO = Sentence("Blink sent a code to {destination}. Type it here")
SIGNED_IN = Sentence("Signed in to Blink.")
BOT_NOT_SIGNED_IN = Sentence("The bot that uses this data folder isn't signed in to Blink. Send it /signin.")


@asynccontextmanager
async def open_cloud(settings: Settings, redactor: Redactor, *, signed_in: bool) -> AsyncIterator[BlinkClient]:
    """A client on the bot's session; with `signed_in` a missing one is made. Raises BlinkErrors, CommandFailed."""
    redactor.add(settings.blink.password.get_secret_value())
    timing = Timing()
    store = await Store.open(
        settings.data_dir, timing.clock, on_tokens=lambda tokens: redactor.add(tokens.access, tokens.refresh)
    )
    try:
        if signed_in and await store.tokens.load() is None:
            await _sign_in(settings, store, timing)
        hardware_id, lenient = await store.account.hardware_id(), settings.blink.unverified_live_view
        client = BlinkClient(_urls(settings), store.tokens, hardware_id, timing, unverified_live_view=lenient)
        async with client as cloud:
            yield cloud
    finally:
        await store.close()


def _ask_for_code(request: PinRequest) -> str:
    question = TYPE_CODE_SENT_TO if request.destination else TYPE_CODE
    pin: str = click.prompt(question(destination=request.destination), hide_input=True, err=True)
    return pin


async def _sign_in(settings: Settings, store: Store, timing: Timing) -> None:
    try:
        with DataFolderLock(settings.data_dir):
            await _sign_in_alone(settings, store, timing)
    except AlreadyRunning as error:
        raise CommandFailed(BOT_NOT_SIGNED_IN()) from error


async def _sign_in_alone(settings: Settings, store: Store, timing: Timing) -> None:
    email, password = settings.blink.email, settings.blink.password.get_secret_value()
    hardware_id = await store.account.hardware_id()
    sign_in = new_sign_in(settings.blink.signin, _urls(settings), email, password, hardware_id, timing)
    terminal = _Terminal()
    service = SignInService(
        sign_in,
        store.tokens,
        store.account,
        terminal,
        timing.clock,
        fingerprint=fingerprint_of(email, password, hardware_id),
        on_signed_in=_nothing,
    )
    try:
        await service.start()
        for tries_left in reversed(range(PIN_TRIES)):
            if terminal.request is None or service.signed_in:
                return
            try:
                await service.finish(_ask_for_code(terminal.request))
            except WrongPin as error:
                if not tries_left:
                    raise
                tell(error_message(error))
    finally:
        await sign_in.aclose()


class _Terminal:
    """An Announcer for the person at the terminal."""

    request: PinRequest | None = None

    async def pin_needed(self, request: PinRequest, asked_by: int | None = None) -> None:
        self.request = request

    async def sign_in_needed(self, error: BlinkError) -> None:
        tell(error_message(error))

    async def signed_in(self, asked_by: int | None = None) -> None:
        tell(SIGNED_IN())


async def _nothing(tokens: Tokens) -> None:
    """No one else waits for the session."""


def _urls(settings: Settings) -> BlinkUrls:
    return BlinkUrls(oauth=settings.blink.oauth_url, rest=settings.blink.rest_url)
