"""What lasts: SQLite in the data folder, owned by one worker thread.

store.py        all of it in one
account.py      session, hardware id, tries at signing in
chats.py        who has rights; strangers
preferences.py  what each chat wants to be told, and what is muted in it
clips.py        what was seen, and what becomes a delivery
usb_clips.py    what is on USB sticks, and which of it the cloud has told of
clip_search.py  clips that can be found and played again
home.py         the home as last seen
outbox/         deliveries and device alerts on their way to chats
sqlite/         the database itself: its thread, its tables, its folder
"""

from blinkbot.lean_imports import lean

with lean("sqlite_utils"):
    from blinkbot.store.home import Sighting
    from blinkbot.store.sqlite.data_folder import DataFolderLock
    from blinkbot.store.store import Store

__all__ = ["DataFolderLock", "Sighting", "Store"]
