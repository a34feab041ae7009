"""The Telegram side: requests in, replies and clips out.

application.py  bot, application and handlers put together; connect, start, stop
commands/       a file a command, with what its buttons do
dispatch/       from an update to a request and its reply; who is let in
delivery/       from the outbox into the chats
client/         what speaks the Bot API: uploads, albums, retries, Telegram's limits
buttons/        what buttons mean and how they say it
timeparse/      words about time
text/           what people read
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from blinkbot.lean_imports import lean

if TYPE_CHECKING:
    from blinkbot.bot.application import ChatBot as ChatBot
    from blinkbot.bot.buttons.open_keyboards import OpenKeyboards as OpenKeyboards
    from blinkbot.bot.client.bot import TelegramAccess as TelegramAccess
    from blinkbot.bot.client.bot import build_bot as build_bot
    from blinkbot.bot.client.diagnostics import TelegramDiagnostics as TelegramDiagnostics
    from blinkbot.bot.client.forum_topics import ForumTopics as ForumTopics
    from blinkbot.bot.client.message_quota import MessageQuota as MessageQuota
    from blinkbot.bot.client.video_upload import UploadLimit as UploadLimit
    from blinkbot.bot.client.video_upload import VideoUploads as VideoUploads
    from blinkbot.bot.commands import menu as menu
    from blinkbot.bot.delivery.courier import Courier as Courier
    from blinkbot.bot.delivery.device_alerts import DeviceAlertCourier as DeviceAlertCourier
    from blinkbot.bot.dispatch.announcer import TelegramAnnouncer as TelegramAnnouncer
    from blinkbot.bot.dispatch.request import ChatContext as ChatContext
    from blinkbot.bot.dispatch.request import Tools as Tools
    from blinkbot.bot.text.error_messages import error_message as error_message
    from blinkbot.bot.text.locale import Locale as Locale

_HOMES = {
    "ChatBot": "application",
    "ChatContext": "dispatch.request",
    "Courier": "delivery.courier",
    "DeviceAlertCourier": "delivery.device_alerts",
    "ForumTopics": "client.forum_topics",
    "Locale": "text.locale",
    "MessageQuota": "client.message_quota",
    "OpenKeyboards": "buttons.open_keyboards",
    "TelegramAccess": "client.bot",
    "TelegramAnnouncer": "dispatch.announcer",
    "TelegramDiagnostics": "client.diagnostics",
    "Tools": "dispatch.request",
    "UploadLimit": "client.video_upload",
    "VideoUploads": "client.video_upload",
    "build_bot": "client.bot",
    "error_message": "text.error_messages",
    "menu": "commands",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    """Import on first use alone, so that a pure module in here is had without Telegram's library (0.4 s, 39 MB)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with lean("telegram"):
        found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found
    return found
