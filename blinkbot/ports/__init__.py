"""The few Protocols between the two sides: what watch, control and bot are handed.

cloud.py     the Blink side
services.py  who is told what, and who knows what
control.py   what one chat can do
outbox.py    what is on its way to chats
media.py     what is done to videos

`blink.client.BlinkClient` is a Cloud, `store.Store` most of the rest; only `app` knows that.
"""

from blinkbot.ports.cloud import Cloud, SignIn, TokenStore
from blinkbot.ports.control import ChatControl, Controls
from blinkbot.ports.media import Videos
from blinkbot.ports.outbox import DeviceAlertOutbox, Outbox, TopicStore
from blinkbot.ports.services import Announcer, ChatDirectory, Clock, HealthSource, HomeSource, SessionKeeper

__all__ = [
    "Announcer",
    "ChatControl",
    "ChatDirectory",
    "Clock",
    "Cloud",
    "Controls",
    "DeviceAlertOutbox",
    "HealthSource",
    "HomeSource",
    "Outbox",
    "SessionKeeper",
    "SignIn",
    "TokenStore",
    "TopicStore",
    "Videos",
]
