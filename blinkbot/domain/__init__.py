"""What a user talks about: homes, cameras, clips. Frozen values; the standard library only.

model.py        the home, its networks, cameras and clips
schedules.py    weekly programs
session.py      a session with Blink, and signing in
preferences.py  which events a chat wants, and how loudly
deliveries.py   clips and device alerts on their way to chats
failures.py     why a clip's video never comes
clip_search.py  clips as they are searched later
statistics.py   how busy a home was, for /stats
spending.py     how many requests to Blink there were, and for what
duplicates.py   one event recorded twice: in the cloud and on a USB stick
timezones.py    a network's zone; schedule entries in local time
"""

from blinkbot.domain.model import (
    Camera,
    Cause,
    Chat,
    Clip,
    CommandResult,
    Family,
    Health,
    Home,
    Network,
    NoVideo,
    OddEntry,
    Origin,
    Outcome,
    Overview,
    Picture,
    Power,
    Role,
    Seen,
    SlowedBy,
    SyncModule,
    VideoFacts,
)
from blinkbot.domain.schedules import ArmAction, NetworkSchedules, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.session import PinRequest, SessionKind, SignInState, Tokens

__all__ = [
    "ArmAction",
    "Camera",
    "Cause",
    "Chat",
    "Clip",
    "CommandResult",
    "Family",
    "Health",
    "Home",
    "Network",
    "NetworkSchedules",
    "NoVideo",
    "OddEntry",
    "Origin",
    "Outcome",
    "Overview",
    "Picture",
    "PinRequest",
    "Power",
    "Role",
    "Schedule",
    "ScheduleEntry",
    "Seen",
    "SessionKind",
    "SignInState",
    "SlowedBy",
    "SyncModule",
    "Tokens",
    "VideoFacts",
    "Weekday",
]
