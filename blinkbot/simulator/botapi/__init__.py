"""A Telegram Bot API on loopback, as strict as the real one, and the phones of the people who talk to the bot.

server.py        TelegramServer: start, stop, people, faults
routes.py        the HTTP face of the Bot API
request_body.py  the raw fields and uploads of a request
methods/         the methods
protocol/        the table of methods, their parameters, and the refusals
state/           chats, messages, files, updates
people/          what a person does with a phone: say, tap, wait for
flood.py         flood control
faults.py        planned faults
http_control.py  the control API: the phones over HTTP

It speaks HTML, not Markdown; it calls no webhooks and fetches no addresses; channels, inline mode, payments and
business connections are left out.
"""

from blinkbot.simulator.botapi.flood import FloodLimits
from blinkbot.simulator.botapi.people.group import Group
from blinkbot.simulator.botapi.people.phone import ChatView, Phone
from blinkbot.simulator.botapi.protocol.errors import Refusal
from blinkbot.simulator.botapi.server import TelegramServer
from blinkbot.simulator.botapi.state.entities import Entity
from blinkbot.simulator.botapi.state.files import LOCAL_UPLOAD_LIMIT, UPLOAD_LIMIT
from blinkbot.simulator.botapi.state.values import (
    Button,
    Command,
    Event,
    EventKind,
    Media,
    MediaKind,
    Person,
    SimMessage,
)

__all__ = [
    "LOCAL_UPLOAD_LIMIT",
    "UPLOAD_LIMIT",
    "Button",
    "ChatView",
    "Command",
    "Entity",
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
    "TelegramServer",
]
