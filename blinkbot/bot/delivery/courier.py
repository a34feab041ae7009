"""From the outbox into the chats: alerts at once, then as videos; the backlog as albums; nothing lost on the way.

Three queues go side by side, each with its own work in the outbox:

    ALERTS   shows an alert: a picture that rings, or the video where it is there as soon    first_message.py, bursts.py
    VIDEOS   makes the same message the video                                    video_message.py, doorbell.py
    BACKLOG  sends old clips while no alert is due; of a whole backlog the first rings                       backlog.py

No delivery waits for a chat: one that is held by flood control, or has used up its quota, is left out while the others
go on; so is one whose first message takes long, as when Telegram does not answer. When the program ends in the middle
of a delivery, its row stays marked as being sent, and `Outbox.recover` puts it back at the next start: what was shown
is then completed in the same message; what was not may have arrived all the same, so that one may repeat (design
decision 1).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from telegram import Bot

from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.client.concurrency import first_of
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.client.video_upload import VideoUploads
from blinkbot.bot.delivery.backlog import Backlog
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.clip_videos import ClipVideos
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.doorbell import FreshPictures, TakePicture
from blinkbot.bot.delivery.downloads import Downloads
from blinkbot.bot.delivery.failure_message import DeliveryFailures
from blinkbot.bot.delivery.failure_policy import (
    LONGEST_REST,
    SHORTEST_REST,
    FailurePolicy,
    keep_working,
)
from blinkbot.bot.delivery.first_message import FirstMessages
from blinkbot.bot.delivery.pictures import Pictures
from blinkbot.bot.delivery.sender import Sender
from blinkbot.bot.delivery.upload_line import UploadLine
from blinkbot.bot.delivery.video_message import LateWords, VideoMessages
from blinkbot.bot.text.locale import Locale
from blinkbot.config import AlertSettings
from blinkbot.domain.deliveries import Delivery, Queue
from blinkbot.locks import Locks
from blinkbot.ports import ChatDirectory, Clock, Cloud, Outbox, Videos

logger = logging.getLogger(__name__)

QUEUES = (Queue.ALERTS, Queue.VIDEOS, Queue.VIDEOS, Queue.BACKLOG)
"""Two pieces of VIDEO work at a time: one may wait long for Blink, or for a video to become smaller."""

LONG_FIRST_MESSAGE = 2.0
"""Seconds after which a first message is left to itself, and the other chats' go on beside it. Most take a fraction of
that, and come one after the other: so the picture that one chat has uploaded serves the next."""

BLOCKED_REST = 2.0
"""Seconds between looks while there is work that waits for something else: its chat's quota, or another upload."""


class Courier:
    """Carries what is in the outbox into the chats.

    `locale` gives the home as last seen, `spool` is the folder for downloads; `take_picture` takes the picture of who
    is at the door, or of what has no video. `quota` is the one that counts all that the bot sends, `open_keyboards` is
    told by those who answer taps of buttons. `monotonic` counts seconds.
    """

    def __init__(
        self,
        bot: Bot,
        outbox: Outbox,
        chats: ChatDirectory,
        cloud: Cloud,
        videos: Videos,
        spool: Path,
        clock: Clock,
        locale: Callable[[], Locale],
        settings: AlertSettings,
        *,
        topics: ForumTopics,
        take_picture: TakePicture,
        uploads: VideoUploads,
        quota: MessageQuota,
        open_keyboards: OpenKeyboards,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._outbox = outbox
        self._spool = spool
        self._clock = clock
        self._quota = quota
        self._sleep = sleep
        self._in_hand = 0
        self._showing: dict[int, asyncio.Task[None]] = {}
        self._policy = policy = FailurePolicy(outbox, chats, clock, sleep)
        composer = Composer(outbox, chats, locale, open_keyboards, timedelta(seconds=settings.late_after))
        sender = Sender(bot, topics, composer, chats)
        self._downloads = downloads = Downloads(cloud, spool)
        self._pictures = pictures = Pictures(cloud, downloads, videos, monotonic)
        line = UploadLine(monotonic)
        clip_videos = ClipVideos(
            outbox, downloads, pictures, videos, uploads, uploads.limit, line, clock, sleep, monotonic
        )
        window = timedelta(seconds=settings.burst_window)
        self._bursts = bursts = Bursts(outbox, sender, window, clock=clock, sleep=sleep, monotonic=monotonic)
        locks = Locks()
        self._fresh_pictures = fresh = FreshPictures(outbox, composer, sender, bursts, take_picture, locks, monotonic)
        self._first_messages = FirstMessages(
            outbox,
            composer,
            sender,
            clip_videos,
            pictures,
            bursts,
            fresh,
            quota,
            settings.direct_within,
            settings.picture_of_events,
            sleep,
            monotonic,
        )
        self._video_messages = VideoMessages(composer, sender, clip_videos, bursts, fresh, locks)
        self._late_words = LateWords(outbox, composer, sender, pictures, bursts, locks, clock, sleep)
        self._failures = failures = DeliveryFailures(composer, sender, pictures, bursts, policy)
        fresh_for = timedelta(seconds=settings.fresh_for)
        self._backlog = Backlog(outbox, composer, sender, clip_videos, line, quota, failures, clock, sleep, fresh_for)

    async def run(self) -> None:
        """Deliver for ever; cancel it to stop."""
        self._spool.mkdir(parents=True, exist_ok=True)
        recovered = await self._outbox.recover()
        if recovered:
            logger.info("%d deliveries were interrupted at the last stop and go on", recovered)
        try:
            async with asyncio.TaskGroup() as queues:
                for queue in QUEUES:
                    queues.create_task(self._work(queue))
                queues.create_task(keep_working(self._late_words.keep_up, self._sleep, "showing what Blink says late"))
                queues.create_task(keep_working(self._bursts.catch_up, self._sleep, "showing counts of clips"))
        finally:
            await self.close()

    async def close(self) -> None:
        """Break off what is under way: first messages, downloads, pictures."""
        self._break_off_first_messages()
        await asyncio.gather(*self._showing.values(), return_exceptions=True)
        await self._fresh_pictures.close()
        await self._pictures.close()
        await self._downloads.close()

    def _break_off_first_messages(self) -> None:
        for task in self._showing.values():
            # Once: what is told so a second time has no moment left to finish.
            if not task.cancelling():
                task.cancel()

    async def _work(self, queue: Queue) -> None:
        async def step() -> None:
            if not await self.deliver_next(queue):
                await self._rest(queue)

        try:
            await keep_working(step, self._sleep, f"delivering in queue {queue}")
        except asyncio.CancelledError:
            self._break_off_first_messages()
            raise

    async def deliver_next(self, queue: Queue) -> bool:
        """Take the next work of a queue in hand, also where it fails; False when none may be done now.

        The end of a first message that takes longer than LONG_FIRST_MESSAGE is not waited for.
        """
        self._in_hand += 1
        try:
            return await self._deliver(queue)
        finally:
            self._in_hand -= 1

    async def _deliver(self, queue: Queue) -> bool:
        if queue is Queue.BACKLOG:
            return await self._backlog.send_next()
        if await self._is_blocked(queue):
            return False
        # An edit is not counted: a chat that has had its share of messages still gets its videos.
        limited = self._quota.limited(queue) | self._showing.keys() if queue is Queue.ALERTS else ()
        delivery = await self._outbox.claim(queue, self._clock(), limited=limited)
        if delivery is None:
            return False
        if queue is Queue.ALERTS:
            await self._show(delivery)
        else:
            await self._carry(delivery, self._video_messages.complete)
        return True

    async def _show(self, delivery: Delivery) -> None:
        """Show an alert; one chat is shown one at a time, so that the first of a burst is known to the second."""
        task = asyncio.create_task(self._carry(delivery, self._first_messages.show))
        self._showing[delivery.chat_id] = task
        task.add_done_callback(lambda _: self._showing.pop(delivery.chat_id))
        await asyncio.wait([task], timeout=LONG_FIRST_MESSAGE)
        if task.done():
            task.result()
            return
        logger.info("clip %s takes long to be shown in chat %s; others go on", delivery.clip.key, delivery.chat_id)
        task.add_done_callback(_log_failure)

    async def _carry(self, delivery: Delivery, step: Callable[[Delivery], Awaitable[None]]) -> None:
        try:
            await step(delivery)
        except Exception as error:  # told apart by the policy
            await self._failures.settle(delivery, error)
        else:
            self._policy.forget(delivery)

    async def _rest(self, queue: Queue) -> None:
        seconds = await self._rest_of(queue)
        if await self._is_blocked(queue):
            # Nothing was claimed, so the outbox would wake us at once with what we know already.
            await self._sleep(min(seconds, BLOCKED_REST))
        else:
            await first_of(self._outbox.wait_for_work(queue), self._sleep(seconds))

    async def _is_blocked(self, queue: Queue) -> bool:
        """Whether a queue may claim nothing now."""
        if queue is Queue.BACKLOG:
            return await self._backlog.must_wait()
        return queue is Queue.ALERTS and self._quota.is_used_up(queue)

    async def _rest_of(self, queue: Queue) -> float:
        """Seconds until the next look."""
        now = self._clock()
        due = await self._outbox.next_due_at(queue)
        if due is None:
            await self._sweep()
            return LONGEST_REST
        if due > now:
            return min(max((due - now).total_seconds(), SHORTEST_REST), LONGEST_REST)
        free = self._quota.free_at(queue)
        seconds = BLOCKED_REST if free is None else (free - now).total_seconds()
        return min(max(seconds, SHORTEST_REST), BLOCKED_REST)

    async def _sweep(self) -> None:
        """Where nothing waits in any queue, and none has anything in hand, nothing in the spool is needed."""
        if not (self._in_hand or self._showing) and all(
            [await self._outbox.next_due_at(queue) is None for queue in set(QUEUES)]
        ):
            self._downloads.sweep()


def _log_failure(task: asyncio.Task[None]) -> None:
    """Of a task that was left to itself."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("a first message that was left to itself failed; its row waits for the next start", exc_info=error)
