"""The commands, a file each, in the order of /help and of Telegram's menu. A new one is a file, and a line in FILES.

clips/    /clips and the buttons under clips
muting/   /mute, /unmute, /snooze and /quiet
"""

from collections.abc import Sequence
from importlib import import_module

from blinkbot.bot.dispatch.router import Router

FILES = (
    "status",
    "arm",
    "snap",
    "live",
    "light",
    "siren",
    "clips.command",
    "clips.lists",
    "clips.play",
    "clips.play_all",
    "clips.delete",
    "clips.actions",
    "muting.mute",
    "muting.snooze",
    "muting.quiet",
    "alerts",
    "topics",
    "stats",
    "schedule",
    "signin",
    # The last, since it reads what the others leave.
    "start",
)


def routers() -> Sequence[Router]:
    return [import_module(f"{__name__}.{name}").router for name in FILES]


def menu() -> Sequence[tuple[str, str]]:
    """The commands that Telegram's menu and /help show, with a line each in the language that is spoken now."""
    commands = [command for router in routers() for command in router.commands]
    return [(command.name, command.description()) for command in commands if command.in_menu]
