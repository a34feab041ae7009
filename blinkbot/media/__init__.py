"""What is done to videos and pictures.

video.py     facts and a frame of an MP4 (PyAV)
remux.py     a live view's stream as MP4, not encoded again (PyAV)
picture.py   thumbnails as Telegram takes them (Pillow)
__main__.py  the process in which that is done
worker.py    starts that process, and stops it when it takes too long

PyAV and Pillow are imported where they are used, never with the package: the bot itself runs without them.
"""

from blinkbot.media.picture import telegram_thumbnail
from blinkbot.media.remux import to_mp4
from blinkbot.media.video import first_frame, probe
from blinkbot.media.worker import MediaWorker

__all__ = ["MediaWorker", "first_frame", "probe", "telegram_thumbnail", "to_mp4"]
