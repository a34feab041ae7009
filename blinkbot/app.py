"""The running program: built, started, served and stopped in this order."""

import asyncio
import logging
import signal
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from blinkbot.config import Settings
from blinkbot.domain import Tokens
from blinkbot.errors import BlinkbotError
from blinkbot.logs import Redactor
from blinkbot.parts import Parts, build
from blinkbot.ports import Clock
from blinkbot.scheduler import Job
from blinkbot.store import DataFolderLock, Store
from blinkbot.watch import ARCHIVE_EVERY, HOME_EVERY

_log = logging.getLogger(__name__)
# What SIGTERM leaves us: systemd and docker kill after ten seconds, people lose patience after five.
STOP_WITHIN = 4.5
PRUNE_EVERY = timedelta(days=1)
KEEP_FINISHED = timedelta(days=90)


def utc_now() -> datetime:
    return datetime.now(UTC)


class App:
    """One bot for one home. `run` returns when it was asked to stop, or raises the BlinkbotError that ended it."""

    def __init__(self, settings: Settings, redactor: Redactor, clock: Clock = utc_now) -> None:
        self._settings = settings
        self._redactor = redactor
        self._clock = clock
        self._stop = asyncio.Event()
        self._fatal: BlinkbotError | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def stop(self) -> None:
        self._stop.set()

    async def run(self) -> None:
        async with AsyncExitStack() as stack:
            store = await self._open_store(stack)
            parts = await build(self._settings, store, self._clock, stack)
            await self._start(parts, stack)
            await self._stop.wait()
            # Leaving the stack stops everything, the last that was entered first.
        if self._fatal is not None:
            raise self._fatal

    async def _open_store(self, stack: AsyncExitStack) -> Store:
        settings = self._settings
        secrets = (settings.telegram.token.get_secret_value(), settings.blink.password.get_secret_value())
        self._redactor.add(*secrets)

        def redact(tokens: Tokens) -> None:
            # The settings' secrets once more, so that they never become the oldest.
            self._redactor.add(tokens.access, tokens.refresh, *secrets)

        stack.enter_context(DataFolderLock(settings.data_dir))
        fresh_for = timedelta(seconds=settings.alerts.fresh_for)
        store = await Store.open(settings.data_dir, self._clock, fresh_for=fresh_for, on_tokens=redact)
        stack.push_async_callback(store.close)
        await store.chats.authorize(settings.telegram.chats)
        await store.clean_spool()
        return store

    async def _start(self, parts: Parts, stack: AsyncExitStack) -> None:
        # They end in the reverse order: no new polls, then what is being delivered, then Telegram.
        stack.push_async_callback(parts.chat_bot.stop)
        stack.push_async_callback(self._end_tasks)
        stack.push_async_callback(parts.scheduler.stop)
        await parts.sign_in.resume()
        watch = self._settings.watch
        parts.scheduler.start(
            [
                Job("poll", watch.interval, parts.poller.run_once),
                Job("usb", watch.usb_interval, parts.usb_poller.run_once),
                Job("home", HOME_EVERY.total_seconds(), parts.home_watch.run_once),
                Job("archive", ARCHIVE_EVERY, parts.archive.run_once),
                Job("prune", PRUNE_EVERY.total_seconds(), lambda: parts.store.prune(self._clock() - KEEP_FINISHED)),
            ]
        )
        self._begin(self._serve_chats(parts))
        self._begin(parts.courier.run())
        self._begin(parts.device_alerts.run())
        _log.info("watching %s every %g s", self._settings.blink.rest_url or "Blink", watch.interval)

    async def _serve_chats(self, parts: Parts) -> None:
        """Connect for however long it takes; signing in waits for it, since its code is asked for in a chat."""
        await parts.chat_bot.connect()
        await parts.chat_bot.start(self._end_with)
        _log.info("serving %d chats", len(self._settings.telegram.chats))
        await parts.announcer.set_command_menu(await parts.store.chats.former_ids())
        await parts.sign_in.open()

    def _end_with(self, error: BlinkbotError) -> None:
        self._fatal = self._fatal or error
        self._stop.set()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A part of the program that ends by itself with an error takes the program with it: systemd starts it anew."""
        self._tasks.discard(task)
        if task.cancelled() or (error := task.exception()) is None:
            return
        if not isinstance(error, BlinkbotError):
            _log.error("a part of the program failed", exc_info=error)
            error = BlinkbotError(repr(error))
        self._end_with(error)

    async def _end_tasks(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def run_until_signalled(settings: Settings, redactor: Redactor) -> None:
    """Run the bot until SIGTERM or SIGINT. A second signal, or a stop that takes too long, ends it at once."""
    app = App(settings, redactor)
    loop = asyncio.get_running_loop()
    running = asyncio.ensure_future(app.run())

    def asked() -> None:
        _log.info("stopping")
        app.stop()
        loop.call_later(STOP_WITHIN, running.cancel)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
            loop.add_signal_handler(number, running.cancel)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked)
    try:
        await running
    except asyncio.CancelledError:
        _log.warning("stopped halfway through something; it continues at the next start")
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
