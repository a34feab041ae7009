"""From the outbox into the chats: alerts at once and then whole, the backlog as albums, and nothing lost on the way.

Three lanes go side by side, each with its own work in the outbox:

    SIGHT    shows an alert: a picture that rings, or the video where it is there as soon     sight.py, bursts.py
    VIDEO    makes the same message the video                                                 completion.py, doorbell.py
    BACKLOG  sends old clips while no alert is due; of a whole backlog the first rings        albums.py

No delivery waits for a chat: one that is held by flood control, or has had its share (`quota`), is left out while the
others go on; so is one in which a first sight takes long, as when Telegram does not answer. When the program ends in
the middle of a delivery, its row stays marked as being sent, and `Outbox.recover` puts it back at the next start: what
was shown is then completed in the same message; of what was not, nobody knows whether it arrived, so that one may
repeat (design decision 1).
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import telegram.error
from telegram import Bot

from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.client.concurrency import first_of
from blinkbot.bot.client.errors import TooBig
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.message_quota import MessageQuota
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.client.video_upload import VideoUploads
from blinkbot.bot.delivery.backlog import Backlog
from blinkbot.bot.delivery.bursts import Bursts
from blinkbot.bot.delivery.context import AlertTimes, Means
from blinkbot.bot.delivery.doorbell import FreshPictures, TakePicture
from blinkbot.bot.delivery.downloads import ClipSource, Downloads, Thumbnails
from blinkbot.bot.delivery.failure_message import FailureMessages
from blinkbot.bot.delivery.failure_policy import DISK_ERRORS, GiveUp, Migrated, Retry, Verdict, decide
from blinkbot.bot.delivery.first_message import FirstMessages
from blinkbot.bot.delivery.upload_speed import UploadSpeed
from blinkbot.bot.delivery.video_message import VideoMessages
from blinkbot.domain import Home
from blinkbot.domain.deliveries import Delivery, Lane
from blinkbot.errors import BlinkError
from blinkbot.ports import ChatDirectory, Clock, Outbox, Videos

logger = logging.getLogger(__name__)

LANES = (Lane.SIGHT, Lane.VIDEO, Lane.VIDEO, Lane.BACKLOG)
"""Two pieces of VIDEO work at a time: one may wait long for Blink, or for a video to become smaller."""

LONG_SIGHT = 2.0
"""Seconds after which a first sight is left to itself, and the other chats' go on beside it. Most take a fraction of
that, and come one after the other: so the picture that one chat has uploaded serves the next."""

LONGEST_REST = 60.0
SHORTEST_REST = 0.2
"""Seconds between looks into the outbox where nothing wakes us: the wall clock may have been set."""

BLOCKED_REST = 2.0
"""Seconds between looks while there is work that waits for something else: its chat's quota, or another upload."""

TROUBLE_REST = 30.0
"""Seconds to wait when the outbox itself fails, for instance on a full disk."""


class Courier:
    """Carries what is in the outbox into the chats.

    `home` gives the home as last seen, `spool` is the folder for downloads, `time_zone` the configured zone's name;
    `take_picture` takes the picture of who is at the door. `quota` is the one that the bot tells of its answers,
    `open_keyboards` the one that those who answer taps tell of buttons.
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
        directory: ChatDirectory,
        *,
        topics: ForumTopics,
        take_picture: TakePicture,
        uploads: VideoUploads | None = None,
        times: AlertTimes | None = None,
        quota: MessageQuota | None = None,
        open_keyboards: OpenKeyboards | None = None,
        time_zone: str = "",
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._means = Means(
            bot=bot,
            outbox=outbox,
            videos=videos,
            clock=clock,
            sleep=sleep,
            monotonic=monotonic,
            home=home,
            time_zone=time_zone,
            times=times or AlertTimes(),
            topics=topics,
            uploads=uploads or VideoUploads(videos),
            downloads=Downloads(source, spool),
            thumbnails=Thumbnails(source, monotonic),
            speed=UploadSpeed(monotonic),
            quota=quota or MessageQuota(clock),
            open_keyboards=open_keyboards or OpenKeyboards(),
        )
        self._spool = spool
        self._directory = directory
        self._uncertain: Counter[int] = Counter()
        self._in_hand = 0
        self._showing: dict[int, asyncio.Task[None]] = {}
        self._incidents = Bursts(self._means)
        self._doorbell = FreshPictures(self._means, take_picture)
        self._sight = FirstMessages(self._means, self._incidents, self._doorbell)
        self._completion = VideoMessages(self._means, self._incidents, self._doorbell)
        self._albums = Backlog(self._means, self._settle)
        self._last_words = FailureMessages(self._means, self._incidents)

    async def run(self) -> None:
        """Deliver for ever; cancel it to stop."""
        self._spool.mkdir(parents=True, exist_ok=True)
        recovered = await self._means.outbox.recover()
        if recovered:
            logger.info("%d deliveries were interrupted at the last stop and go on", recovered)
        try:
            async with asyncio.TaskGroup() as lanes:
                for lane in LANES:
                    lanes.create_task(self._work(lane))
                lanes.create_task(self._catch_up())
        finally:
            await self.close()

    async def close(self) -> None:
        """Break off what is under way: first sights, downloads, pictures."""
        self._break_off_sights()
        await asyncio.gather(*self._showing.values(), return_exceptions=True)
        await self._doorbell.close()
        await self._means.thumbnails.close()
        await self._means.downloads.close()

    def _break_off_sights(self) -> None:
        for task in self._showing.values():
            # Once: what is told so a second time has no moment left to finish.
            if not task.cancelling():
                task.cancel()

    async def _work(self, lane: Lane) -> None:
        while True:
            try:
                if not await self.deliver_next(lane):
                    await self._rest(lane)
            except asyncio.CancelledError:
                self._break_off_sights()
                raise
            except Exception:
                logger.exception("delivering failed in lane %s; looking again in %g s", lane, TROUBLE_REST)
                await self._means.sleep(TROUBLE_REST)

    async def _catch_up(self) -> None:
        while True:
            try:
                await self._incidents.catch_up()
            except Exception:
                logger.exception("counts of clips cannot be shown; looking again in %g s", TROUBLE_REST)
                await self._means.sleep(TROUBLE_REST)

    async def deliver_next(self, lane: Lane) -> bool:
        """Take the next work of a lane in hand, whatever comes of it; False when none may be done now.

        Of a first sight that takes longer than LONG_SIGHT the end is not waited for.
        """
        self._in_hand += 1
        try:
            return await self._deliver(lane)
        finally:
            self._in_hand -= 1

    async def _deliver(self, lane: Lane) -> bool:
        if lane is Lane.BACKLOG:
            return await self._albums.send_next()
        if await self._is_blocked(lane):
            return False
        # An edit is not counted: a chat that has had its share of messages still gets its videos.
        resting = self._means.quota.resting(lane) | self._showing.keys() if lane is Lane.SIGHT else ()
        delivery = await self._means.outbox.claim(lane, self._means.clock(), resting=resting)
        if delivery is None:
            return False
        if lane is Lane.SIGHT:
            await self._show(delivery)
        else:
            await self._carry(delivery, self._completion.complete)
        return True

    async def _show(self, delivery: Delivery) -> None:
        """Show an alert; one chat is shown one at a time, so that the first of a burst is known to the second."""
        task = asyncio.create_task(self._carry(delivery, self._sight.show))
        self._showing[delivery.chat_id] = task
        task.add_done_callback(lambda _: self._showing.pop(delivery.chat_id))
        await asyncio.wait([task], timeout=LONG_SIGHT)
        if task.done():
            task.result()
            return
        logger.info("clip %s takes long to be shown in chat %s; others go on", delivery.clip.key, delivery.chat_id)
        task.add_done_callback(_log_failure)

    async def _carry(self, delivery: Delivery, step: Callable[[Delivery], Awaitable[None]]) -> None:
        try:
            await step(delivery)
        except Exception as error:  # told apart by verdicts
            await self._settle(delivery, error)
        else:
            self._uncertain.pop(delivery.id, None)

    # -- what did not work

    async def _settle(self, delivery: Delivery, error: Exception) -> None:
        if isinstance(error, telegram.error.TimedOut):
            self._uncertain[delivery.id] += 1
        verdict = decide(error, delivery, self._means.clock(), self._uncertain[delivery.id])
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            logger.error("clip %s cannot be kept on its way: %s", delivery.clip.key, error)
        elif not isinstance(error, telegram.error.TelegramError | BlinkError | TooBig):
            logger.error("clip %s could not be sent to chat %s", delivery.clip.key, delivery.chat_id, exc_info=error)
        if isinstance(verdict, GiveUp) and verdict.tell is not None:
            verdict = await self._told(delivery, verdict, verdict.tell)
        await self._means.recorded(lambda: self._carry_out(verdict, delivery))

    async def _told(self, delivery: Delivery, verdict: GiveUp, why: str) -> Verdict:
        """The verdict after telling the chat of it: another one where the telling has to wait."""
        try:
            await self._last_words.tell(delivery, why, picture=not verdict.in_words_alone)
        except telegram.error.BadRequest as error:
            logger.warning("chat %s could not be told about clip %s: %s", delivery.chat_id, delivery.clip.key, error)
        except telegram.error.TelegramError as error:
            return decide(error, delivery, self._means.clock(), self._uncertain[delivery.id])
        return verdict

    async def _carry_out(self, verdict: Verdict, delivery: Delivery) -> None:
        outbox = self._means.outbox
        match verdict:
            case Retry(at, reason, whole_chat):
                logger.info("clip %s waits for chat %s until %s: %s", delivery.clip.key, delivery.chat_id, at, reason)
                if whole_chat:
                    await outbox.hold_chat(delivery.chat_id, at)
                await outbox.postpone(delivery, at, reason)
            case Migrated(to):
                logger.info("chat %s is now %s", delivery.chat_id, to)
                await self._directory.migrate(delivery.chat_id, to)
                await outbox.postpone(delivery, self._means.clock(), "the group became a supergroup")
            case GiveUp(reason, tell):
                logger.warning("clip %s never reaches chat %s: %s", delivery.clip.key, delivery.chat_id, reason)
                self._uncertain.pop(delivery.id, None)
                await outbox.give_up(delivery, reason, told=tell or "")

    # -- rest

    async def _rest(self, lane: Lane) -> None:
        seconds = await self._rest_of(lane)
        if await self._is_blocked(lane):
            # Nothing was claimed, so the outbox would wake us at once with what we know already.
            await self._means.sleep(min(seconds, BLOCKED_REST))
        else:
            await first_of(self._means.outbox.wait_for_work(lane), self._means.sleep(seconds))

    async def _is_blocked(self, lane: Lane) -> bool:
        """Whether a lane may claim nothing now, whatever waits."""
        if lane is Lane.BACKLOG:
            return await self._albums.must_wait()
        return lane is Lane.SIGHT and self._means.quota.is_used_up(lane)

    async def _rest_of(self, lane: Lane) -> float:
        """Seconds until the next look."""
        now = self._means.clock()
        due = await self._means.outbox.next_due_at(lane)
        if due is None:
            await self._sweep()
            return LONGEST_REST
        if due > now:
            return min(max((due - now).total_seconds(), SHORTEST_REST), LONGEST_REST)
        free = self._means.quota.free_at(lane)
        seconds = BLOCKED_REST if free is None else (free - now).total_seconds()
        return min(max(seconds, SHORTEST_REST), BLOCKED_REST)

    async def _sweep(self) -> None:
        """Where nothing waits in any lane, and none has anything in hand, nothing in the spool is needed."""
        if not (self._in_hand or self._showing) and all(
            [await self._means.outbox.next_due_at(lane) is None for lane in set(LANES)]
        ):
            self._means.downloads.sweep()


def _log_failure(task: asyncio.Task[None]) -> None:
    """Of a task that nobody waits for any more."""
    if not task.cancelled() and (error := task.exception()) is not None:
        logger.error("a first sight failed that was left to itself; its row waits for the next start", exc_info=error)
