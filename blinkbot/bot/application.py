"""The library's parts put together: bot, application, handlers, start and stop. The only file here with httpx."""

import asyncio
import functools
import logging
import os
import ssl
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import telegram.error
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import AIORateLimiter, ApplicationBuilder, Defaults
from telegram.request import HTTPXRequest, RequestData

from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.polling import BAD_TOKEN, Alarm, PollingBot, PollingWatch, UpdatesRequest, log_polling_error
from blinkbot.bot.client.retry import AnswerLost, NotSent, seconds_of
from blinkbot.bot.commands.routers import routers
from blinkbot.bot.dispatch import access
from blinkbot.bot.dispatch.dispatcher import App, Dispatcher
from blinkbot.bot.dispatch.error_handler import ErrorHandler
from blinkbot.bot.dispatch.request import ChatContext, Tools
from blinkbot.bot.dispatch.update_processor import ChatUpdateProcessor
from blinkbot.bot.text.formatting import cut
from blinkbot.errors import TelegramError
from blinkbot.ports import ChatDirectory, Controls

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")

POLL_TIMEOUT = timedelta(seconds=25)
"""How long Telegram holds a request for updates open."""

CONNECT_DELAYS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds between tries to reach Telegram at the start; the last repeats: the router may come up late."""

STOP_POLLING_WITHIN = 2.0
"""Seconds for the last word to Telegram about updates at the end; without it the last ones may come once more."""

UNCOUNTED = frozenset(
    {
        "sendChatAction",
        "answerCallbackQuery",
        "deleteMessage",
        "editMessageText",
        "editMessageCaption",
        "editMessageMedia",
        "editMessageReplyMarkup",
        "getFile",
        "setMyCommands",
        "deleteMyCommands",
        "getMe",
    }
)
"""Methods that put no new message into a chat: Telegram's twenty a minute in a group are not about them."""


@dataclass(frozen=True, slots=True)
class TelegramAccess:
    """The token from BotFather, and the Bot API server, without a slash at its end."""

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"


class SendingRequest(HTTPXRequest):
    """Tells what cannot have reached Telegram from what may have, so that no video is sent twice for nothing."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """One request. Raises NotSent or AnswerLost when no answer came."""
        try:
            return await super().do_request(url, method, request_data, *args, **kwargs)
        except NetworkError as error:
            cause = error.__cause__
            if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.ProxyError):
                raise NotSent(error.message) from cause
            if isinstance(cause, httpx.WriteError | httpx.WriteTimeout):
                # The body was not out whole: Telegram cannot have acted on it.
                raise NotSent(error.message) from cause
            if isinstance(cause, httpx.HTTPError):
                raise AnswerLost(error.message) from cause
            raise


class QuotaRateLimiter(AIORateLimiter):
    """Telegram's limits, counting only what is a message; `budget` is told of each, so that alerts leave room for it.

    The library's own waiting after a 429 is off, since it stops every chat for one chat's flood: `with_retries` and
    the outbox wait for that chat alone.
    """

    def __init__(self, budget: MessageQuota | None) -> None:
        super().__init__(max_retries=0)
        self._budget = budget

    async def process_request(
        self, callback: Any, args: Any, kwargs: Any, endpoint: str, data: Any, rate_limit_args: int | None
    ) -> Any:
        """Make a request when its chat's budget allows."""
        if endpoint in UNCOUNTED:
            return await callback(*args, **kwargs)
        if self._budget is not None and isinstance(chat_id := data.get("chat_id"), int):
            self._budget.saw(chat_id, len(data.get("media", ())) or 1)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)


@functools.cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def build_bot(
    settings: TelegramAccess, watch: PollingWatch | None = None, *, budget: MessageQuota | None = None
) -> PollingBot:
    """The bot alone; no request is made. `budget` is told of all that it sends."""
    # Else every 429 comes with a warning; `seconds_of` knows both shapes.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    # The library logs each 429 with a traceback; whoever waits it out says so in a line.
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
    # And the last request for updates, where Telegram is out of reach at a stop; before, `PollingBot` tells of that.
    logging.getLogger("telegram.ext.Updater").setLevel(logging.CRITICAL)
    # And each answer that is no JSON with a traceback and whole, codes in people's messages included.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
    # The authorities are read once for both: each reading takes a Raspberry Pi a noticeable part of its start.
    shared = {"verify": _trusted()}
    return PollingBot(
        watch or PollingWatch(time.monotonic),
        token=settings.token,
        base_url=f"{settings.api_url}/bot",
        base_file_url=f"{settings.api_url}/file/bot",
        request=SendingRequest(
            connection_pool_size=32,
            connect_timeout=10.0,
            read_timeout=20.0,
            write_timeout=20.0,
            pool_timeout=20.0,
            httpx_kwargs=shared,
        ),
        get_updates_request=UpdatesRequest(
            connection_pool_size=2,
            connect_timeout=10.0,
            read_timeout=10.0,
            write_timeout=10.0,
            pool_timeout=10.0,
            httpx_kwargs=shared,
        ),
        rate_limiter=QuotaRateLimiter(budget),
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,
        ),
    )


class ChatBot:
    """The running Telegram side. `app` calls connect and start, and stop at the end."""

    def __init__(
        self,
        bot: PollingBot,
        controls: Controls,
        directory: ChatDirectory,
        context: ChatContext,
        tools: Tools,
        first_meeting: access.FirstMeeting,
        on_migrated: access.OnMigrated,
    ) -> None:
        self._bot = bot
        self._sleep = context.sleep
        self.application: App = (
            ApplicationBuilder().bot(bot).job_queue(None).concurrent_updates(ChatUpdateProcessor()).build()
        )
        self.dispatcher = Dispatcher(self.application, controls, directory, context, tools)
        gate = access.Gate(directory, first_meeting, on_migrated)
        self.application.add_handler(gate.handler(), group=access.GROUP)
        self.application.add_handlers(self.dispatcher.handlers(routers()))
        self.application.add_error_handler(ErrorHandler(directory))

    async def connect(self) -> None:
        """Reach Telegram, however long it takes. Raises errors.TelegramError when the token is refused."""
        attempt = 0
        while True:
            try:
                await self.application.initialize()
            except InvalidToken:
                # Without its cause: the library's message holds the token.
                raise TelegramError(BAD_TOKEN) from None
            except RetryAfter as error:
                wait = seconds_of(error)
            except telegram.error.TelegramError as error:
                # Not network trouble alone: a hotel's login page and a tired proxy answer with anything at all.
                wait = CONNECT_DELAYS[min(attempt, len(CONNECT_DELAYS) - 1)]
                logger.warning("Telegram cannot be reached (%s); next try in %g s", cut(str(error), 200), wait)
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
            raise TelegramError(BAD_TOKEN) from None

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
