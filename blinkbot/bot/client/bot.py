"""The library's bot as it is used here: its requests, its limits, its defaults. The only file of `bot` with httpx."""

import logging
import os
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import NetworkError
from telegram.ext import AIORateLimiter, Defaults
from telegram.request import HTTPXRequest, RequestData

from blinkbot.bot.client.errors import AnswerLost, NotSent
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.polling import PollingBot, PollingWatch, UpdatesRequest
from blinkbot.domain.deliveries import Queue
from blinkbot.tls import trusted

SILENT = logging.CRITICAL + 1

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
    """Telegram's limits, for what is a message alone; tells the quota of each, so that alerts leave room for it.

    `rate_limit_args` of a call is the queue that it goes in, where it is an old clip. The library's own waiting after a
    429 is off, since it stops every chat for one chat's flood: `with_retries` and the outbox wait for that chat alone.
    """

    def __init__(self, quota: MessageQuota | None) -> None:
        super().__init__(max_retries=0)
        self._quota = quota

    async def process_request(
        self, callback: Any, args: Any, kwargs: Any, endpoint: str, data: Any, rate_limit_args: Queue | Any
    ) -> Any:
        """Make a request when its chat's limit allows."""
        if endpoint in UNCOUNTED:
            return await callback(*args, **kwargs)
        if self._quota is not None and isinstance(chat_id := data.get("chat_id"), int):
            self._quota.count(chat_id, len(data.get("media", ())) or 1, backlog=rate_limit_args is Queue.BACKLOG)
        return await super().process_request(callback, args, kwargs, endpoint, data, None)


def build_bot(
    settings: TelegramAccess, watch: PollingWatch | None = None, *, quota: MessageQuota | None = None
) -> PollingBot:
    """The bot alone; no request is made. `quota` counts all that it sends."""
    # Else every 429 comes with a warning; `retry.wait_after` knows both shapes.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    # Of these the library logs each 429 with a traceback, the last request for updates at a stop (`PollingBot` tells of
    # those before), answers that are no JSON, and updates that cannot be read; the latter whole, with codes in them.
    for name in ("AIORateLimiter", "Updater", "ExtBot"):
        logging.getLogger(f"telegram.ext.{name}").setLevel(SILENT)
    logging.getLogger("telegram.request.BaseRequest").setLevel(SILENT)
    shared = {"verify": trusted()}
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
        updates=UpdatesRequest(
            connection_pool_size=2,
            connect_timeout=10.0,
            read_timeout=10.0,
            write_timeout=10.0,
            pool_timeout=10.0,
            httpx_kwargs=shared,
        ),
        rate_limiter=QuotaRateLimiter(quota),
        defaults=Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,
        ),
    )
