"""What is done to videos and pictures.

video.py     facts and a frame of an MP4 (PyAV)
sheet.py     a contact sheet: six frames of a clip in one picture (PyAV, Pillow)
remux.py     a live view's stream as MP4, or an MP4 packed again, with nothing encoded again (PyAV)
shrink.py    a clip encoded again, to fit a number of bytes (PyAV)
picture.py   thumbnails as Telegram takes them (Pillow)
plot.py      the picture of /stats (matplotlib); tally.py what it is told
__main__.py  the process in which that is done; statuses.py how it ends
worker.py    starts that process, and stops it when it takes too long

PyAV, Pillow and matplotlib are imported where they are used, never with the package: the bot itself runs without them.
"""

from typing import TYPE_CHECKING, Any

from blinkbot.media.picture import telegram_thumbnail
from blinkbot.media.remux import repack, to_mp4
from blinkbot.media.sheet import contact_sheet
from blinkbot.media.shrink import shrink
from blinkbot.media.video import first_frame, probe

if TYPE_CHECKING:
    from blinkbot.media.worker import MediaWorker

__all__ = [
    "MediaWorker",
    "contact_sheet",
    "first_frame",
    "probe",
    "repack",
    "shrink",
    "telegram_thumbnail",
    "to_mp4",
]


def __getattr__(name: str) -> Any:
    # The process that does one job imports this package, too, and asyncio would be a seventh of its time.
    if name == "MediaWorker":
        from blinkbot.media.worker import MediaWorker

        return MediaWorker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
