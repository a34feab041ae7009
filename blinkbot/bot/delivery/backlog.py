"""The backlog: what is too old to be urgent, or too much at once, as albums, newest first; the first of them rings."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from telegram import Message
from telegram.error import BadRequest, NetworkError

from blinkbot.bot.client.attachments import (
    Document,
    KnownVideo,
    VideoFile,
    known,
    send_album,
    stored_file,
)
from blinkbot.bot.client.concurrency import finished
from blinkbot.bot.client.errors import is_about_an_item, is_stale_file
from blinkbot.bot.client.message_quota import ALBUM_SIZE
from blinkbot.bot.delivery.context import Means
from blinkbot.bot.text.captions import album_caption
from blinkbot.domain.deliveries import Delivery, FileKind, Lane
from blinkbot.domain.preferences import NotificationMode

logger = logging.getLogger(__name__)

T = TypeVar("T")

MOST_BYTES = 20_000_000
"""What is uploaded with one album: a broken line costs no more than this, and a slow one is free again for alerts."""

RINGS_AGAIN_AFTER = timedelta(minutes=15)
"""How long a chat got nothing old before an album rings: once for a whole backlog."""

Settle = Callable[[Delivery, Exception], Awaitable[None]]
"""What becomes of a delivery that failed."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A clip that can stand in an album. `size` is what it uploads, 0 for what Telegram has."""

    delivery: Delivery
    video: VideoFile | KnownVideo
    size: int


class Backlog:
    """Sends old clips. `settle` is handed each delivery that failed, and why."""

    def __init__(self, means: Means, settle: Settle) -> None:
        self._means = means
        self._settle = settle
        self._last: dict[int, datetime] = {}

    async def send_next(self) -> bool:
        """Send the next piece of the backlog of one chat, whatever comes of it; False when none may go now."""
        if await self.must_wait():
            return False
        resting = self._means.quota.resting(Lane.BACKLOG)
        claimed = await self._means.outbox.claim_album(self._means.clock(), most=ALBUM_SIZE, resting=resting)
        shown = [delivery for delivery in claimed if not await self._withheld(delivery)]
        for group in _by_topic(shown):
            async with AsyncExitStack() as files:
                await self._send(group, files)
        return bool(claimed)

    async def must_wait(self) -> bool:
        """Whether nothing may be begun now: alerts go first, and all chats together have a limit."""
        alert = await self._means.outbox.next_due_at(Lane.SIGHT)
        is_due = alert is not None and alert <= self._means.clock()
        return is_due or self._means.quota.is_used_up(Lane.BACKLOG)

    async def _withheld(self, delivery: Delivery) -> bool:
        if self._means.manner(delivery) is not NotificationMode.NOT_AT_ALL:
            return False
        await self._means.recorded(lambda: self._means.outbox.suppress(delivery))
        return True

    async def _send(self, deliveries: Sequence[Delivery], files: AsyncExitStack) -> None:
        """Send clips that go to the same place, in albums as large as may be; what fits into none goes alone."""
        items = []
        for delivery in deliveries:
            item = await self._prepared(delivery, files)
            if item is not None:
                items.append(item)
        for album in _albums(items):
            if len(album) > 1:
                await self._send_together(album)
            else:
                await self._send_alone(album[0].delivery)

    async def _prepared(self, delivery: Delivery, files: AsyncExitStack) -> _Item | None:
        """A clip for an album; None for what went alone, or failed."""
        if delivery.file is not None:
            if delivery.file.kind is FileKind.VIDEO:
                return _Item(delivery, KnownVideo(delivery.file.id, ""), 0)
            await self._send_alone(delivery)
            return None
        try:
            path = await files.enter_async_context(self._means.downloads.lent(delivery.clip))
            thumbnail = await self._means.small_thumbnail(delivery.clip, path)
            video = await self._means.uploads.attachment(path, "", thumbnail=thumbnail)
            size = (await asyncio.to_thread(path.stat)).st_size
        except Exception as error:  # whatever it is, it is about this clip alone
            await self._settle(delivery, error)
            return None
        if isinstance(video, Document):
            await self._send_alone(delivery)
            return None
        return _Item(delivery, video, size)

    async def _send_together(self, items: Sequence[_Item]) -> None:
        deliveries = [item.delivery for item in items]
        clips = [delivery.clip for delivery in deliveries]
        caption = album_caption(clips, self._means.locale())
        videos = [replace(item.video, caption=caption if item is items[0] else "") for item in items]
        chat_id, silent = deliveries[0].chat_id, self._is_silent(deliveries)

        async def send() -> None:
            messages, thread_id = await self._posted(
                deliveries[0],
                lambda thread_id: send_album(
                    self._means.bot, chat_id, videos, thread_id=thread_id, silent=silent, lane=Lane.BACKLOG
                ),
                sum(item.size for item in items),
            )
            for delivery, message in zip(deliveries, messages, strict=True):
                await self._sent(delivery, message, thread_id)

        try:
            await finished(send())
        except NetworkError as error:
            if not is_about_an_item(error):
                await self._settle_all(deliveries, error)
                return
            # One of them is to blame, and Telegram does not say which.
            logger.info("an album for chat %s is not taken, so its clips go one by one: %s", chat_id, error)
            for delivery in deliveries:
                await self._send_alone(delivery)
        except Exception as error:  # told apart by verdicts
            await self._settle_all(deliveries, error)

    async def _settle_all(self, deliveries: Iterable[Delivery], error: Exception) -> None:
        for delivery in deliveries:
            await self._settle(delivery, error)

    async def _send_alone(self, delivery: Delivery) -> None:
        """Send one clip as a message of its own, with its buttons."""

        async def send() -> None:
            message, thread_id = await self._alone(delivery)
            await self._sent(delivery, message, thread_id)

        try:
            await finished(send())
        except Exception as error:  # told apart by verdicts
            await self._settle(delivery, error)

    async def _alone(self, delivery: Delivery) -> tuple[Message, int | None]:
        caption, keyboard = self._means.caption(delivery), await self._means.keyboard(delivery)
        silent = self._is_silent([delivery])
        if delivery.file is not None:
            video = known(delivery.file, caption, keyboard)
            try:
                return await self._posted(
                    delivery,
                    lambda thread_id: video.send(
                        self._means.bot, delivery.chat_id, thread_id=thread_id, silent=silent, lane=Lane.BACKLOG
                    ),
                )
            except BadRequest as error:
                if not is_stale_file(error):
                    raise
                logger.info("Telegram has forgotten the video of clip %s; it is uploaded again", delivery.clip.key)
                await self._means.outbox.forget_file(delivery.clip.key)
        async with self._means.downloads.lent(delivery.clip) as path:
            size = (await asyncio.to_thread(path.stat)).st_size
            return await self._means.uploads.show(
                path,
                caption,
                lambda video: self._posted(
                    delivery,
                    lambda thread_id: video.send(
                        self._means.bot, delivery.chat_id, thread_id=thread_id, silent=silent, lane=Lane.BACKLOG
                    ),
                    size,
                ),
                thumbnail=await self._means.small_thumbnail(delivery.clip, path),
                keyboard=keyboard,
                filename=self._means.file_name(delivery),
            )

    async def _posted(
        self, delivery: Delivery, send: Callable[[int | None], Awaitable[T]], size: int = 0
    ) -> tuple[T, int | None]:
        if not size:
            return await self._means.posted(delivery, send)
        async with self._means.uploading:
            # It waits for the video of an alert, which does not wait for it: the lock is not kept.
            pass
        with self._means.speed.measured(size):
            return await self._means.posted(delivery, send)

    async def _sent(self, delivery: Delivery, message: Message, thread_id: int | None) -> None:
        file = stored_file(message)
        await self._means.recorded(
            lambda: self._means.outbox.mark_sent(delivery, message.message_id, file, thread_id=thread_id)
        )
        self._last[delivery.chat_id] = self._means.clock()
        logger.info("old clip %s is in chat %s", delivery.clip.key, delivery.chat_id)
        if file is not None:
            self._means.downloads.drop(delivery.clip)

    def _is_silent(self, deliveries: Sequence[Delivery]) -> bool:
        """Whether these make no sound: all but the first of a backlog; and where the chat wants none now.

        What is still fresh was one of a crowd of alerts, and the newest of those have rung.
        """
        now, last = self._means.clock(), self._last.get(deliveries[0].chat_id)
        # A clock that was set back makes no album of the future.
        if last is not None and timedelta(0) <= now - last < RINGS_AGAIN_AFTER:
            return True
        old = [each for each in deliveries if now - each.clip.recorded_at > self._means.times.fresh_for]
        return all(self._means.wants_no_sound(delivery) for delivery in old)


def _by_topic(deliveries: Sequence[Delivery]) -> Iterator[Sequence[Delivery]]:
    """What goes to the same place: all of it, where the chat has no topic for each camera."""
    groups: defaultdict[int | None, list[Delivery]] = defaultdict(list)
    for delivery in deliveries:
        groups[delivery.clip.camera_id if delivery.alerts.topics else None].append(delivery)
    yield from groups.values()


def _albums(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """In order, cut where an album would upload too much."""
    album: list[_Item] = []
    for item in items:
        if album and sum(each.size for each in album) + item.size > MOST_BYTES:
            yield album
            album = []
        album.append(item)
    if album:
        yield album
