"""What is done to videos and pictures.

video.py           facts and a frame of an MP4 (PyAV)
contact_sheets.py  six frames of a clip in one picture (PyAV, Pillow)
remux.py           a live view's stream as MP4, or an MP4 packed again, with nothing encoded again (PyAV)
transcode.py       a clip encoded again, to fit a number of bytes (PyAV)
thumbnail.py       thumbnails as Telegram takes them (Pillow)
stats_plot.py      the picture of /stats (matplotlib)
__main__.py        the process in which that is done; job_protocol.py what is said to it, and how it ends
worker.py          starts that process, and stops it when it takes too long

PyAV, Pillow and matplotlib are imported where they are used, never with the package: the bot itself runs without them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blinkbot.media.contact_sheets import contact_sheet
    from blinkbot.media.remux import repack, to_mp4
    from blinkbot.media.thumbnail import telegram_thumbnail
    from blinkbot.media.transcode import shrink
    from blinkbot.media.video import first_frame, probe
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

HOMES = {
    "MediaWorker": "worker",
    "contact_sheet": "contact_sheets",
    "first_frame": "video",
    "probe": "video",
    "repack": "remux",
    "shrink": "transcode",
    "telegram_thumbnail": "thumbnail",
    "to_mp4": "remux",
}
"""Where each name is defined.

They are imported when they are asked for: this package is imported by each process that does one job, too, in which
asyncio and all that the other jobs need would take a quarter of the time.
"""


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
