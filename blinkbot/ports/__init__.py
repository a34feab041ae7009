"""The few Protocols between the two sides: what watch, control and bot are handed.

cloud.py     the Blink side
services.py  chats, the home as last seen, the session
control.py   what one chat can do
outbox.py    what is on its way to chats
media.py     what is done to videos
priority.py  how urgent a request is

`blink.client.BlinkClient` is a Cloud, the repositories of `store.Store` most of the rest; only `app` knows that.
"""

from blinkbot.ports.cloud import ClipPage, Cloud, Generation, SignIn, TokenStore
from blinkbot.ports.control import ChatClips, ChatControl, ChatPreferences, ControlOf
from blinkbot.ports.media import Videos
from blinkbot.ports.outbox import DeviceAlertOutbox, Outbox, TopicStore, WorkQueue
from blinkbot.ports.priority import Priority, current_priority, with_priority
from blinkbot.ports.services import Announcer, ChatDirectory, Clock, HomeSource, SessionKeeper

__all__ = [
    "Announcer",
    "ChatClips",
    "ChatControl",
    "ChatDirectory",
    "ChatPreferences",
    "ClipPage",
    "Clock",
    "Cloud",
    "ControlOf",
    "DeviceAlertOutbox",
    "Generation",
    "HomeSource",
    "Outbox",
    "Priority",
    "SessionKeeper",
    "SignIn",
    "TokenStore",
    "TopicStore",
    "Videos",
    "WorkQueue",
    "current_priority",
    "with_priority",
]
