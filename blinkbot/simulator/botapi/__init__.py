"""A Telegram Bot API on loopback, as strict as the real one, and the phones of the people who talk to the bot.

server.py        TelegramServer: start, stop, people, faults
routes.py        HTTP in, a method's result or a refusal out; request_body.py reading what came
methods/         what each method does
protocol/        which methods there are, with their parameters; how the Bot API refuses
state/           chats, messages, files, updates
people/          what a person does with a phone: say, tap, wait for
flood.py         how much is too much; FloodLimits
faults.py        what goes wrong on purpose
http_control.py  the phones over HTTP

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
