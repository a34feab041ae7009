"""What lasts: SQLite in the data folder, owned by one worker thread.

store.py        the database with its repositories, and the spool folder
account.py      the session with Blink, the hardware id, attempts to sign in
chats.py        who has rights; strangers
preferences.py  what each chat wants to be notified of, and what is muted in it
clips.py        the clips, and which of them become deliveries
usb_clips.py    the clips on USB sticks
unknown_cameras.py  clips whose camera is known by its name alone
clip_search.py  clips that can be found and played again
home.py         the home as last seen
outbox/         deliveries and device alerts on their way to chats
sqlite/         the database itself: its thread, its tables, its folder
"""

from blinkbot.lean_imports import lean

with lean("sqlite_utils"):
    from blinkbot.store.account import AccountRepository
    from blinkbot.store.chats import ChatRepository
    from blinkbot.store.clips import ClipRepository, ListProgress
    from blinkbot.store.home import HomeRepository
    from blinkbot.store.preferences import PreferenceRepository
    from blinkbot.store.sqlite.data_folder import DataFolderLock
    from blinkbot.store.store import Store
    from blinkbot.store.usb_clips import UsbClipRepository

__all__ = [
    "AccountRepository",
    "ChatRepository",
    "ClipRepository",
    "DataFolderLock",
    "HomeRepository",
    "ListProgress",
    "PreferenceRepository",
    "Store",
    "UsbClipRepository",
]
