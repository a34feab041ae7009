"""From cloud to outbox: when Blink is asked, what of its answers is news, and how the watch stands.

poller.py         new clips in the cloud; new_clips.py which of them are new
usb_poller.py     new clips on USB sticks; usb_new_clips.py which of them are new
home_watch.py     the home as a whole
device_health.py  what goes offline, low batteries
poll_interval.py  when the next poll is due; after failures ever later
pace.py           how quick the cloud is polled, within the budget
generations.py    which generation of its lists Blink serves
archive.py        clips that are older than the first look
clip_lists.py     a list of clips, page by page to its end
"""

from blinkbot.watch.archive import ARCHIVE_EVERY, Archive
from blinkbot.watch.device_health import DeviceHealth
from blinkbot.watch.generations import Generations
from blinkbot.watch.home_watch import HOME_EVERY, HomeWatch
from blinkbot.watch.pace import Pace
from blinkbot.watch.poll_interval import PollInterval
from blinkbot.watch.poller import Poller
from blinkbot.watch.usb_poller import UsbPoller

__all__ = [
    "ARCHIVE_EVERY",
    "HOME_EVERY",
    "Archive",
    "DeviceHealth",
    "Generations",
    "HomeWatch",
    "Pace",
    "PollInterval",
    "Poller",
    "UsbPoller",
]
