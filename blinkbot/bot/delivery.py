"""From the outbox into the chats: each clip as a video, uploaded once, and nothing lost on the way.

One delivery is in hand at a time: on a slow line two uploads would only slow each other, and the second chat waits
for the first one's file id anyway. No delivery waits for a chat: one that is held by flood control, or whose budget
is used up, is put aside in the outbox while the others go on.

When the program ends in the middle of a delivery, its row stays marked as being sent, and `Outbox.recover` puts it
back at the next start: nobody knows whether it arrived, so that one may repeat (design decision 1).
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import telegram.error
from telegram import Bot, Message
from telegram.constants import FileSizeLimit

from blinkbot.bot import render
from blinkbot.bot.attachments import Document, KnownVideo, Photo, VideoFile, is_stale_file, video_file_id
from blinkbot.bot.patience import Sleep
from blinkbot.bot.verdicts import Later, Moved, Never, decide
from blinkbot.domain import Clip, Delivery, Home
from blinkbot.errors import BlinkError, MediaError, NotFound
from blinkbot.ports import Clock, Cloud, Outbox, VideoReader

logger = logging.getLogger(__name__)

UPLOAD_LIMIT = int(FileSizeLimit.FILESIZE_UPLOAD)
"""Bytes of a file that Telegram's own Bot API server takes from a bot."""

PRIVATE_BUDGET = (20, timedelta(seconds=20))
GROUP_BUDGET = (15, timedelta(seconds=60))
"""Videos in a length of time, under Telegram's own limits (1 a second in a chat, 20 a minute in a group) so that
commands are still answered while a backlog goes out."""

LONGEST_REST = 60.0
SHORTEST_REST = 0.2
"""Seconds between looks into the outbox where nothing wakes us: the wall clock may have been set."""

TROUBLE_REST = 30.0
"""Seconds to wait when the outbox itself fails, such as a full disk."""


class TooBig(Exception):
    """The video is larger than Telegram takes."""
