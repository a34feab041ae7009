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

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from blinkbot.media.worker import MediaWorker

__all__ = ["MediaWorker"]


def __getattr__(name: str) -> object:
    """Import the worker on demand: the process of one job needs no asyncio."""
    if name != "MediaWorker":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from blinkbot.media.worker import MediaWorker

    return MediaWorker
