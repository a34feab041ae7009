"""The library's parts put together: application, handlers, start and stop."""

import asyncio
import logging
from datetime import timedelta

import telegram.error
from telegram.error import InvalidToken
from telegram.ext import ApplicationBuilder

from blinkbot.bot.client.polling import Alarm, PollingBot, log_polling_error
from blinkbot.bot.client.retry import delay_after, wait_after
from blinkbot.bot.commands import routers
from blinkbot.bot.dispatch import access
from blinkbot.bot.dispatch.dispatcher import Dispatcher, TelegramApplication
from blinkbot.bot.dispatch.error_handler import ErrorHandler
from blinkbot.bot.dispatch.languages import ChatLanguages
from blinkbot.bot.dispatch.request import ChatContext, Tools
from blinkbot.bot.dispatch.update_processor import ChatUpdateProcessor
from blinkbot.bot.text.formatting import truncate
from blinkbot.errors import TelegramError, TelegramProblem
from blinkbot.ports import ChatDirectory, ControlOf

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")

POLL_TIMEOUT = timedelta(seconds=25)
"""How long Telegram holds a request for updates open."""

CONNECT_DELAYS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds between tries to reach Telegram at the start; the last repeats: the router may come up late."""

STOP_POLLING_WITHIN = 2.0
"""Seconds for the last word to Telegram about updates at the end; without it the last ones may come once more."""


class ChatBot:
    """The running Telegram side. `app` calls connect and start, and stop at the end."""

    def __init__(
        self,
        bot: PollingBot,
        control_of: ControlOf,
        directory: ChatDirectory,
        context: ChatContext,
        tools: Tools,
    ) -> None:
        self._bot = bot
        self._sleep = context.sleep
        self.application: TelegramApplication = (
            ApplicationBuilder().bot(bot).job_queue(None).concurrent_updates(ChatUpdateProcessor()).build()
        )

        def show_menu(chat_id: int) -> None:
            self.application.create_task(tools.announcer.show_menu(chat_id))

        languages = ChatLanguages(directory, on_change=show_menu)
        self.dispatcher = Dispatcher(self.application, control_of, directory, languages, context, tools)
        self.application.add_handler(access.Gate(directory, languages).handler(), group=access.GROUP)
        self.application.add_handlers(self.dispatcher.handlers(routers()))
        self.application.add_error_handler(ErrorHandler(languages))

    async def connect(self) -> None:
        """Reach Telegram, however long it takes. Raises errors.TelegramError when the token is refused."""
        attempt = 0
        while True:
            try:
                await self.application.initialize()
            except InvalidToken:
                # Without its cause: the library's message holds the token.
                raise TelegramError(TelegramProblem.BAD_TOKEN) from None
            except telegram.error.TelegramError as error:
                # Not network trouble alone: a hotel's login page and a tired proxy answer with anything at all.
                wait = wait_after(error, delay_after(attempt, CONNECT_DELAYS))
                logger.warning("Telegram cannot be reached (%s); next try in %g s", truncate(str(error), 200), wait)
            else:
                return
            attempt += 1
            await self._sleep(wait)

    async def start(self, alarm: Alarm) -> None:
        """Begin to serve updates. `alarm` is told, at most once, of a refused token or a second copy.

        Raises errors.TelegramError when the token is refused already.
        """
        await self.application.start()
        self._bot.watch.begin(alarm)
        updater = self.application.updater
        if updater is None:
            raise RuntimeError("the application was built without an updater")
        try:
            await updater.start_polling(
                timeout=POLL_TIMEOUT,
                bootstrap_retries=-1,
                allowed_updates=ALLOWED_UPDATES,
                error_callback=log_polling_error,
            )
        except InvalidToken:
            raise TelegramError(TelegramProblem.BAD_TOKEN) from None

    async def stop(self) -> None:
        """Stop asking for updates, interrupt what is being worked on, and close. Returns within about four seconds."""
        updater = self.application.updater
        if updater is not None and updater.running:
            try:
                async with asyncio.timeout(STOP_POLLING_WITHIN):
                    await updater.stop()
            except TimeoutError:
                logger.warning("Telegram did not take the last word about updates; some may come again")
        await self.dispatcher.close()
        if self.application.running:
            await self.application.stop()
        await self.application.shutdown()
        # An application that never came up leaves its bot's connections open.
        await self._bot.shutdown()
