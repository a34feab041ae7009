"""From the outbox into the chats: each clip as a video, uploaded once, and nothing lost on the way.

One delivery is in hand at a time: on a slow line two uploads would only slow each other, and the second chat waits
for the first one's file id anyway. No delivery waits for a chat: one that is held by flood control, or whose budget
is used up, is put aside in the outbox while the others go on.

When the program ends in the middle of a delivery, its row stays marked as being sent, and `Outbox.recover` puts it
back at the next start: nobody knows whether it arrived, so that one may repeat (design decision 1).
"""

import asyncio
import logging
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import telegram.error
from telegram import Bot, Message

from blinkbot.bot import render
from blinkbot.bot.access import Migrated
from blinkbot.bot.attachments import (
    UPLOAD_LIMIT,
    Document,
    KnownVideo,
    Photo,
    TooBig,
    is_stale_file,
    video_file_id,
    video_or_document,
)
from blinkbot.bot.patience import Sleep, first_of
from blinkbot.bot.verdicts import DISK_ERRORS, Later, Moved, Never, Verdict, decide, is_lost_chat
from blinkbot.domain import Clip, Home
from blinkbot.errors import BlinkError, MediaError
from blinkbot.outbox import Delivery
from blinkbot.ports import Clock, Outbox, Videos

logger = logging.getLogger(__name__)

PRIVATE_BUDGET = (20, timedelta(seconds=20))
GROUP_BUDGET = (15, timedelta(seconds=60))
"""Videos in a length of time, under Telegram's own limits (1 a second in a chat, 20 a minute in a group) so that
commands are still answered while a backlog goes out."""

LONGEST_REST = 60.0
SHORTEST_REST = 0.2
"""Seconds between looks into the outbox where nothing wakes us: the wall clock may have been set."""

TROUBLE_REST = 30.0
"""Seconds to wait when the outbox itself fails, for instance on a full disk."""


class ClipSource(Protocol):
    """The part of ports.Cloud that delivery needs."""

    async def download_clip(self, clip: Clip, target: Path) -> int:
        """See Cloud."""
        ...

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        """See Cloud."""
        ...


class Courier:
    """Carries what is in the outbox into the chats.

    `home` gives the home as last seen, `spool` is the folder for downloads (files named send-…), `time_zone` the
    configured zone's name, `upload_limit` in bytes.
    """

    def __init__(
        self,
        bot: Bot,
        outbox: Outbox,
        source: ClipSource,
        videos: Videos,
        spool: Path,
        clock: Clock,
        home: Callable[[], Home],
        on_migrated: Migrated,
        *,
        time_zone: str = "",
        sleep: Sleep = asyncio.sleep,
        upload_limit: int = UPLOAD_LIMIT,
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._source = source
        self._videos = videos
        self._spool = spool
        self._clock = clock
        self._home = home
        self._on_migrated = on_migrated
        self._time_zone = time_zone
        self._sleep = sleep
        self._upload_limit = upload_limit
        self._uncertain: Counter[int] = Counter()
        self._sent_at: defaultdict[int, deque[datetime]] = defaultdict(deque)

    async def run(self) -> None:
        """Deliver for ever; cancel it to stop."""
        self._spool.mkdir(parents=True, exist_ok=True)
        recovered = await self._outbox.recover()
        if recovered:
            logger.info("%d deliveries were interrupted at the last stop and go out again", recovered)
        while True:
            try:
                if not await self.deliver_next():
                    await self._rest()
            except Exception:
                logger.exception("the outbox failed; looking again in %g s", TROUBLE_REST)
                await self._sleep(TROUBLE_REST)

    async def deliver_next(self) -> bool:
        """Take the next delivery in hand, whatever comes of it; False when none is due."""
        delivery = await self._outbox.claim(self._clock())
        if delivery is None:
            return False
        try:
            message = await self._send(delivery)
        except Exception as error:
            await self._settle(delivery, error)
        else:
            await self._delivered(delivery, message)
        return True

    async def _delivered(self, delivery: Delivery, message: Message) -> None:
        file_id = video_file_id(message)
        await self._outbox.sent(delivery, message.message_id, file_id)
        logger.info("clip %s is in chat %s", delivery.clip.key, delivery.chat_id)
        self._uncertain.pop(delivery.id, None)
        if file_id is not None:
            self._spooled(delivery.clip).unlink(missing_ok=True)
        await self._keep_pace(delivery.chat_id)

    async def _keep_pace(self, chat_id: int) -> None:
        """Hold a chat that has had its share, before Telegram does."""
        most, within = PRIVATE_BUDGET if chat_id > 0 else GROUP_BUDGET
        now, times = self._clock(), self._sent_at[chat_id]
        times.append(now)
        while times and now - times[0] >= within:
            times.popleft()
        if len(times) >= most:
            await self._outbox.hold_chat(chat_id, times[0] + within)

    # -- one delivery

    async def _send(self, delivery: Delivery) -> Message:
        caption = render.clip_caption(delivery.clip, self._home(), self._clock(), self._time_zone)
        if delivery.file_id is not None:
            try:
                return await KnownVideo(delivery.file_id, caption).send(self._bot, delivery.chat_id)
            except telegram.error.BadRequest as error:
                if not is_stale_file(error):
                    raise
                logger.info("Telegram has forgotten the video of clip %s; it is uploaded again", delivery.clip.key)
        return await self._upload(delivery, caption)

    async def _upload(self, delivery: Delivery, caption: str) -> Message:
        path = await self._downloaded(delivery.clip)
        thumbnail = await self._small_thumbnail(delivery.clip, path)
        attachment = await video_or_document(path, caption, self._videos, thumbnail)
        try:
            return await attachment.send(self._bot, delivery.chat_id)
        except telegram.error.BadRequest as error:
            if is_lost_chat(error) or isinstance(attachment, Document):
                raise
            logger.info("Telegram does not take clip %s as a video (%s): it goes as a file", delivery.clip.key, error)
            return await Document(path, caption, thumbnail).send(self._bot, delivery.chat_id)

    async def _downloaded(self, clip: Clip) -> Path:
        """The clip's file, from an earlier try where there was one. Raises BlinkError, TooBig."""
        path = self._spooled(clip)
        size = path.stat().st_size if path.exists() else await self._source.download_clip(clip, path)
        if size > self._upload_limit:
            raise TooBig(size, self._upload_limit)
        return path

    async def _thumbnail(self, clip: Clip) -> bytes | None:
        if clip.thumbnail is None:
            return None
        try:
            return await self._source.clip_thumbnail(clip)
        except BlinkError as error:
            logger.info("clip %s goes without its thumbnail: %s", clip.key, error)
            return None

    async def _small_thumbnail(self, clip: Clip, video: Path) -> bytes | None:
        """Blink's picture of the clip, or the video's first one, as Telegram takes it."""
        jpeg = await self._thumbnail(clip)
        try:
            return await self._videos.telegram_thumbnail(jpeg or await self._videos.first_frame(video))
        except MediaError as error:
            logger.info("clip %s goes without its thumbnail: %s", clip.key, error)
            return None

    # -- what did not work

    async def _settle(self, delivery: Delivery, error: Exception) -> None:
        if isinstance(error, telegram.error.TimedOut):
            self._uncertain[delivery.id] += 1
        verdict = decide(error, delivery, self._clock(), self._uncertain[delivery.id])
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            logger.error("clip %s cannot be kept on its way: %s", delivery.clip.key, error)
        elif not isinstance(error, telegram.error.TelegramError | BlinkError | TooBig):
            logger.error("clip %s could not be sent to chat %s", delivery.clip.key, delivery.chat_id, exc_info=error)
        if isinstance(verdict, Never) and verdict.tell is not None:
            verdict = await self._told(delivery, verdict, verdict.tell)
        await self._carry_out(verdict, delivery)

    async def _told(self, delivery: Delivery, verdict: Never, why: str) -> Verdict:
        """The verdict after telling the chat of it: another one where the telling has to wait."""
        text = render.clip_without_video(delivery.clip, self._home(), self._clock(), self._time_zone, why)
        jpeg = await self._thumbnail(delivery.clip)
        try:
            if jpeg is None:
                await self._bot.send_message(delivery.chat_id, text)
            else:
                await Photo(jpeg, text).send(self._bot, delivery.chat_id)
        except telegram.error.BadRequest as error:
            logger.warning("chat %s could not be told about clip %s: %s", delivery.chat_id, delivery.clip.key, error)
        except telegram.error.TelegramError as error:
            return decide(error, delivery, self._clock(), self._uncertain[delivery.id])
        return verdict

    async def _carry_out(self, verdict: Verdict, delivery: Delivery) -> None:
        match verdict:
            case Later(at, reason, whole_chat):
                logger.info("clip %s waits for chat %s until %s: %s", delivery.clip.key, delivery.chat_id, at, reason)
                if whole_chat:
                    await self._outbox.hold_chat(delivery.chat_id, at)
                await self._outbox.postpone(delivery, at, reason)
            case Moved(to):
                logger.info("chat %s is now %s", delivery.chat_id, to)
                await self._on_migrated(delivery.chat_id, to)
                await self._outbox.postpone(delivery, self._clock(), "the group became a supergroup")
            case Never(reason):
                logger.warning("clip %s never reaches chat %s: %s", delivery.clip.key, delivery.chat_id, reason)
                self._uncertain.pop(delivery.id, None)
                await self._outbox.give_up(delivery, reason)

    # -- rest

    async def _rest(self) -> None:
        due = await self._outbox.next_due_at()
        if due is None:
            # Nothing waits, so nothing in the spool is needed.
            for path in self._spool.glob("send-*.mp4"):
                path.unlink(missing_ok=True)
        seconds = LONGEST_REST if due is None else (due - self._clock()).total_seconds()
        await first_of(self._outbox.wait_for_work(), self._sleep(min(max(seconds, SHORTEST_REST), LONGEST_REST)))

    def _spooled(self, clip: Clip) -> Path:
        return self._spool / f"send-{re.sub(r'[^A-Za-z0-9]+', '-', clip.key)}.mp4"
