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
    from blinkbot.bot.application import ChatBot
    from blinkbot.bot.client.bot import TelegramAccess, build_bot
    from blinkbot.bot.commands.routers import menu
    from blinkbot.bot.delivery.courier import Courier
    from blinkbot.bot.dispatch.announcer import TelegramAnnouncer
    from blinkbot.bot.dispatch.request import ChatContext, Tools

__all__ = ["ChatBot", "ChatContext", "Courier", "TelegramAccess", "TelegramAnnouncer", "Tools", "build_bot", "menu"]

_HOMES = {
    "ChatBot": "application",
    "ChatContext": "dispatch.request",
    "Courier": "delivery.courier",
    "Tools": "dispatch.request",
    "TelegramAccess": "client.bot",
    "TelegramAnnouncer": "dispatch.announcer",
    "menu": "commands.routers",
    "build_bot": "client.bot",
}


def __getattr__(name: str) -> Any:
    """Import on first use, so that a pure module in here is had without Telegram's library (0.4 s, 39 MB)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    with lean("telegram"):
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
