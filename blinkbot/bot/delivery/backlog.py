"""The backlog: what is too old to be urgent, or too much at once, as albums, newest first; the first of them rings."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from telegram import Message

from blinkbot.bot.client.albums import AlbumItem, send_next_album, under_one_caption
from blinkbot.bot.client.attachments import Document, Place, VideoFile, Words, stored_file
from blinkbot.bot.client.concurrency import finished
from blinkbot.bot.client.message_quota import ALBUM_SIZE, MessageQuota
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.delivery.clip_videos import ClipVideos
from blinkbot.bot.delivery.composer import Composer
from blinkbot.bot.delivery.failure_message import DeliveryFailures
from blinkbot.bot.delivery.failure_policy import recorded
from blinkbot.bot.delivery.sender import Sender
from blinkbot.bot.delivery.upload_line import UploadLine
from blinkbot.domain.deliveries import Delivery, Queue
from blinkbot.domain.preferences import NotificationMode
from blinkbot.ports import Clock, Outbox

logger = logging.getLogger(__name__)

RINGS_AGAIN_AFTER = timedelta(minutes=15)
"""How long a chat got nothing old before an album rings: once for a whole backlog."""


@dataclass(slots=True)
class Backlog:
    """Sends old clips (`albums.AlbumTarget`). What is older than `fresh_for` may ring."""

    outbox: Outbox
    composer: Composer
    sender: Sender
    videos: ClipVideos
    line: UploadLine
    quota: MessageQuota
    failures: DeliveryFailures
    clock: Clock
    sleep: Sleep
    fresh_for: timedelta
    _last: dict[int, datetime] = field(default_factory=dict, init=False)

    async def send_next(self) -> bool:
        """Send the next piece of the backlog of one chat, also where that fails; False when none may go now."""
        if await self.must_wait():
            return False
        limited = self.quota.limited(Queue.BACKLOG)
        claimed = await self.outbox.claim_album(self.clock(), most=ALBUM_SIZE, limited=limited)
        shown = [delivery for delivery in claimed if not await self._is_suppressed(delivery)]
        for group in _by_topic(shown):
            await self._send_words([each for each in group if not each.clip.has_video and each.file is None])
            left = [each for each in group if each.clip.has_video or each.file is not None]
            while left:
                left = left[await send_next_album(left, self) :]
        return bool(claimed)

    async def must_wait(self) -> bool:
        """Whether nothing may be begun now: alerts go first, and all chats together have a limit."""
        alert = await self.outbox.next_due_at(Queue.ALERTS)
        is_due = alert is not None and alert <= self.clock()
        return is_due or self.quota.is_used_up(Queue.BACKLOG)

    async def upload(self, clip: Delivery, files: AsyncExitStack) -> VideoFile | Document:
        """See AlbumTarget."""
        return await self.videos.for_album(clip, files)

    async def send_album(self, items: Sequence[AlbumItem[Delivery]]) -> None:
        """See AlbumTarget."""
        deliveries = [item.clip for item in items]
        videos = under_one_caption(items, self.composer.album_caption(deliveries))

        async def send() -> None:
            async with self.line.taken(sum(item.size for item in items), urgent=False):
                messages, thread_id = await self.sender.send_album(deliveries[0], videos, self._place(deliveries))
            for delivery, message in zip(deliveries, messages, strict=True):
                await self._arrived(delivery, message, thread_id)

        await finished(send())

    async def _send_words(self, events: Sequence[Delivery]) -> None:
        """Tell of events that have no video; of one with its buttons, of several together."""
        if not events:
            return
        if len(events) == 1:
            caption, keyboard, *_ = await self.composer.compose(events[0])
        else:
            caption, keyboard = self.composer.album_caption(events), None

        async def send() -> None:
            message, thread_id = await self.sender.send(events[0], Words(caption, keyboard), self._place(events))
            for delivery in events:
                await self.videos.arrived(delivery, message.message_id, None, thread_id)
            self._last[events[0].chat_id] = self.clock()

        try:
            await finished(send())
        except Exception as error:  # told apart by the policy
            for delivery in events:
                await self.failures.settle(delivery, error)

    async def send_alone(self, clip: Delivery) -> None:
        """See AlbumTarget. It has its buttons then."""
        place = self._place([clip])

        async def send() -> None:
            message, thread_id = await self.videos.put(
                clip,
                lambda video: self.sender.send(clip, video, place),
                await self.composer.compose(clip),
            )
            await self._arrived(clip, message, thread_id)

        await finished(send())

    async def failed(self, clip: Delivery, error: Exception) -> None:
        """See AlbumTarget."""
        await self.failures.settle(clip, error)

    async def _arrived(self, delivery: Delivery, message: Message, thread_id: int | None) -> None:
        await self.videos.arrived(delivery, message.message_id, stored_file(message), thread_id)
        self._last[delivery.chat_id] = self.clock()

    async def _is_suppressed(self, delivery: Delivery) -> bool:
        if self.composer.mode(delivery) is not NotificationMode.NOT_AT_ALL:
            return False
        await recorded(lambda: self.outbox.suppress(delivery), self.sleep)
        return True

    def _place(self, deliveries: Sequence[Delivery]) -> Place:
        return Place(silent=self._is_silent(deliveries), queue=Queue.BACKLOG)

    def _is_silent(self, deliveries: Sequence[Delivery]) -> bool:
        """Whether these make no sound: all but the first of a backlog; and where the chat wants none now.

        What is still fresh was one of a crowd of alerts, and the newest of those have rung.
        """
        now, last = self.clock(), self._last.get(deliveries[0].chat_id)
        # A clock that was set back makes no album of the future.
        if last is not None and timedelta(0) <= now - last < RINGS_AGAIN_AFTER:
            return True
        old = [each for each in deliveries if now - each.clip.recorded_at > self.fresh_for]
        return all(self.composer.wants_no_sound(delivery) for delivery in old)


def _by_topic(deliveries: Sequence[Delivery]) -> Iterator[Sequence[Delivery]]:
    """What goes to the same place: all of it, where the chat has no topic for each camera."""
    groups: defaultdict[int | None, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        groups[delivery.clip.camera_id if delivery.alerts.topics else None].append(delivery)
    yield from groups.values()
