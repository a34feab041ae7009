"""A Telegram Bot API on loopback, as strict as the real one, and the phones of the people who talk to the bot.

values.py     what a phone shows: messages, buttons, files, answers; frozen
server.py     TelegramServer: start, stop, people, faults
history.py    a chat as a person reads it: messages, albums, what rang
phone.py      what a person does there: say, tap, wait for
group.py      the same for groups
world.py      the state behind both sides
api.py        HTTP in, a method's result or a refusal out
table.py      which methods there are, with their parameters
methods/      what each method does
flood.py      how much is too much; FloodLimits
faults.py     what goes wrong on purpose
control.py    the phones over HTTP

It speaks HTML, not Markdown; it calls no webhooks and fetches no addresses; channels, inline mode, payments and
business connections are left out.
"""

from blinkbot.simulator.botapi.chats import ADMIN_RIGHTS
from blinkbot.simulator.botapi.files import LOCAL_UPLOAD_LIMIT, UPLOAD_LIMIT
from blinkbot.simulator.botapi.flood import FloodLimits
from blinkbot.simulator.botapi.group import Group
from blinkbot.simulator.botapi.phone import ChatView, Phone
from blinkbot.simulator.botapi.refusals import Refusal
from blinkbot.simulator.botapi.server import DEFAULT_TOKEN, TelegramServer
from blinkbot.simulator.botapi.values import (
    Button,
    Call,
    CallbackAnswer,
    ChatAction,
    ChatKind,
    Command,
    Event,
    EventKind,
    Media,
    MediaKind,
    Person,
    SimMessage,
    Tap,
)
from blinkbot.simulator.botapi.view import message_view

__all__ = [
    "ADMIN_RIGHTS",
    "DEFAULT_TOKEN",
    "LOCAL_UPLOAD_LIMIT",
    "UPLOAD_LIMIT",
    "Button",
    "Call",
    "CallbackAnswer",
    "ChatAction",
    "ChatKind",
    "ChatView",
    "Command",
    "Event",
    "EventKind",
    "FloodLimits",
    "Group",
    "Media",
    "MediaKind",
    "Person",
    "Phone",
    "Refusal",
    "SimMessage",
    "Tap",
    "TelegramServer",
    "message_view",
]
