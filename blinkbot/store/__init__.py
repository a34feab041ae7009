"""What lasts: SQLite in the data folder, owned by one worker thread.

folder.py      the data folder's modes and its lock
database.py    the thread, transactions, opening
migrations.py  the tables, append-only
rows.py        domain values as rows, and back
records.py     what every part of the store stands on
account.py     session, hardware id, tries at signing in
chats.py       who has rights; strangers
alerts.py      what each chat wants to be told, and what is muted in it
clips.py       what was seen, and what becomes a delivery
usb.py         what is on USB sticks, and which of it the cloud has told of
shelf.py       clips that can be found and played again
deliveries.py  deliveries as rows, for the three below
claims.py      which delivery goes next
outbox.py      what becomes of it
incidents.py   which deliveries belong together
notices.py     troubles of devices on their way to chats
topics.py      a camera's topic in a supergroup
home.py        the home as last seen
store.py       all of it in one
"""

from blinkbot.store.folder import DataFolderLock
from blinkbot.store.home import Sighting
from blinkbot.store.store import Store

__all__ = ["DataFolderLock", "Sighting", "Store"]
