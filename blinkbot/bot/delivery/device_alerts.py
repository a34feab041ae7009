"""Troubles of devices, told to the chats: one message each, which says so when the trouble is over."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import telegram.error
from telegram import Bot, Message

from blinkbot.bot.client.concurrency import first_of
from blinkbot.bot.client.errors import is_lost_chat
from blinkbot.bot.client.forum_topics import ForumTopics, in_topic
from blinkbot.bot.client.retry import Sleep, seconds_of
from blinkbot.bot.delivery.failure_policy import (
    BUG_DELAYS,
    TELEGRAM_DELAYS,
    UNCERTAIN_DELAY,
    UNCERTAIN_TRIES,
)
from blinkbot.bot.text.formatting import bold, clock, network_zone, span, timestamp
from blinkbot.domain import Home
from blinkbot.domain.deliveries import DeviceAlert, DeviceIssueKind
from blinkbot.domain.preferences import NotificationMode, manner_of, muted_until
from blinkbot.ports import ChatDirectory, Clock, DeviceAlertOutbox

logger = logging.getLogger(__name__)

LONGEST_REST = 60.0
SHORTEST_REST = 0.2
"""Seconds between looks where nothing wakes us: the wall clock may have been set."""

TROUBLE_REST = 30.0
"""Seconds to wait when the box itself fails, for instance on a full disk."""

NO_CAMERA = 0
"""Stands for the camera where a sync module is meant that has none: no choice of cameras is about it."""


class DeviceAlertCourier:
    """Carries notices into the chats. `home` gives the home as last seen, `time_zone` is the configured zone's name."""

    def __init__(
        self,
        bot: Bot,
        box: DeviceAlertOutbox,
        topics: ForumTopics,
        clock: Clock,
        home: Callable[[], Home],
        directory: ChatDirectory,
        *,
        time_zone: str = "",
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._box = box
        self._topics = topics
        self._clock = clock
        self._home = home
        self._directory = directory
        self._time_zone = time_zone
        self._sleep = sleep
        self._uncertain: Counter[int] = Counter()

    async def run(self) -> None:
        """Tell for ever; cancel it to stop."""
        while True:
            try:
                if not await self.tell_next():
                    await self._rest()
            except Exception:
                logger.exception("the notices failed; looking again in %g s", TROUBLE_REST)
                await self._sleep(TROUBLE_REST)

    async def tell_next(self) -> bool:
        """Take the next notice in hand, whatever comes of it; False when none is due."""
        notice = await self._box.next_due(self._clock())
        if notice is None:
            return False
        held_until = self._held_until(notice)
        if held_until is not None:
            await self._box.hold(notice, held_until)
            return True
        try:
            message_id = await self._tell(notice)
        except Exception as error:
            await self._settle(notice, error)
        else:
            await self._box.mark_sent(notice, message_id)
        return True

    async def _tell(self, notice: DeviceAlert) -> int | None:
        """Say it, or change the message that said that it began; None where it needs no saying."""
        text = notice_text(notice, self._home(), self._clock(), self._time_zone)
        if notice.message_id is not None:
            return await self._edited(notice, notice.message_id, text)
        manner = self._manner(notice)
        if notice.ended_at is not None or manner is NotificationMode.NOT_AT_ALL:
            return None
        message = await self._sent(notice, text, silent=manner is NotificationMode.SILENT)
        logger.info("chat %d was told: %s %d", notice.chat_id, notice.issue.kind, notice.issue.device_id)
        return message.message_id

    async def _edited(self, notice: DeviceAlert, message_id: int, text: str) -> int:
        try:
            await self._bot.edit_message_text(text, chat_id=notice.chat_id, message_id=message_id)
        except telegram.error.BadRequest as error:
            # Somebody deleted it, and needs no news of it; or it says so already.
            if is_lost_chat(error):
                raise
            logger.info("notice %d in chat %d stays as it is: %s", notice.id, notice.chat_id, error)
        return message_id

    async def _sent(self, notice: DeviceAlert, text: str, *, silent: bool) -> Message:
        async def send(thread_id: int | None) -> Message:
            return await self._bot.send_message(
                notice.chat_id, text, message_thread_id=thread_id, disable_notification=silent
            )

        trouble = notice.issue
        if not notice.alerts.topics or trouble.kind is DeviceIssueKind.MODULE_OFFLINE:
            return await send(None)
        message, _ = await in_topic(self._topics, notice.chat_id, trouble.device_id, trouble.name, send)
        return message

    def _manner(self, notice: DeviceAlert) -> NotificationMode:
        """How the chat wants to be told of it, once nothing is muted."""
        trouble, cameras, now = notice.issue, self._cameras(notice), self._clock()
        if not cameras:
            return NotificationMode.NOT_AT_ALL
        return manner_of(
            trouble.alert_kind,
            notice.alerts,
            (),
            network_id=trouble.network_id,
            camera_id=cameras[0],
            happened_at=now,
            now=now,
            zone=network_zone(self._home().network(trouble.network_id), self._time_zone),
        )

    def _held_until(self, notice: DeviceAlert) -> datetime | None:
        """When the mute ends that is the only reason not to tell it now; None where it is told, or never will be.

        A clip is of a moment, and one of muted hours is not shown afterwards; a trouble still stands then. With a sync
        module, nobody wants to know of it before the first of its cameras is heard again.
        """
        if notice.ended_at is not None or self._manner(notice) is NotificationMode.NOT_AT_ALL:
            return None
        network_id, now = notice.issue.network_id, self._clock()
        ends = [muted_until(notice.mutes, network_id, camera_id, now) for camera_id in self._cameras(notice)]
        held = [end for end in ends if end is not None]
        return min(held) if len(held) == len(ends) else None

    def _cameras(self, notice: DeviceAlert) -> list[int]:
        """The ids of the cameras that it is about and that its chat sees: with a sync module, those of the network."""
        trouble = notice.issue
        if trouble.kind is DeviceIssueKind.MODULE_OFFLINE:
            cameras = self._home().cameras
            concerned = [camera.id for camera in cameras if camera.network_id == trouble.network_id] or [NO_CAMERA]
        else:
            concerned = [trouble.device_id]
        return [camera_id for camera_id in concerned if camera_id not in notice.alerts.hidden_cameras]

    # -- what did not work

    async def _settle(self, notice: DeviceAlert, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"
        match error:
            case telegram.error.RetryAfter():
                await self._later(notice, seconds_of(error), reason)
            case telegram.error.ChatMigrated(new_chat_id=to):
                await self._directory.migrate(notice.chat_id, to)
                await self._later(notice, 0, reason)
            case telegram.error.Forbidden() | telegram.error.BadRequest():
                await self._never(notice, reason)
            case telegram.error.TimedOut() if notice.message_id is None:
                self._uncertain[notice.id] += 1
                if self._uncertain[notice.id] >= UNCERTAIN_TRIES:
                    await self._never(notice, reason)
                else:
                    await self._later(notice, UNCERTAIN_DELAY, reason)
            case telegram.error.TelegramError():
                await self._later(notice, TELEGRAM_DELAYS[min(notice.attempts, len(TELEGRAM_DELAYS) - 1)], reason)
            case _ if notice.attempts < len(BUG_DELAYS):
                logger.error("notice %d could not be told", notice.id, exc_info=error)
                await self._later(notice, BUG_DELAYS[notice.attempts], reason)
            case _:
                logger.error("notice %d could not be told", notice.id, exc_info=error)
                await self._never(notice, reason)

    async def _later(self, notice: DeviceAlert, seconds: float, reason: str) -> None:
        logger.info("notice %d waits %g s for chat %d: %s", notice.id, seconds, notice.chat_id, reason)
        await self._box.postpone(notice, self._clock() + timedelta(seconds=seconds))

    async def _never(self, notice: DeviceAlert, reason: str) -> None:
        logger.warning("notice %d never reaches chat %d: %s", notice.id, notice.chat_id, reason)
        await self._box.drop(notice)

    async def _rest(self) -> None:
        due = await self._box.next_due_at()
        seconds = LONGEST_REST if due is None else (due - self._clock()).total_seconds()
        await first_of(self._box.wait_for_work(), self._sleep(min(max(seconds, SHORTEST_REST), LONGEST_REST)))


def notice_text(notice: DeviceAlert, home: Home, now: datetime, time_zone: str) -> str:
    """What a chat is told, in HTML; once it is over, that it is."""
    trouble = notice.issue
    zone = network_zone(home.network(trouble.network_id), time_zone)
    network = home.network(trouble.network_id)
    where = f" ({bold(network.name)})" if network and len(home.networks) > 1 else ""
    today = notice.begun_at.astimezone(zone).date() == now.astimezone(zone).date()
    since = clock(notice.begun_at, zone) if today else timestamp(notice.begun_at, now, zone)
    lasted = "" if notice.ended_at is None else f" (it was offline for {span(notice.ended_at - notice.begun_at)})"
    match trouble.kind, notice.ended_at:
        case DeviceIssueKind.CAMERA_OFFLINE, None:
            return f"📵 {bold(trouble.name)} has been offline since {since}."
        case DeviceIssueKind.CAMERA_OFFLINE, _:
            return f"✅ {bold(trouble.name)} is back online{lasted}."
        case DeviceIssueKind.MODULE_OFFLINE, None:
            return f"📵 {bold(trouble.name)}{where} has been offline since {since}: its cameras cannot record."
        case DeviceIssueKind.MODULE_OFFLINE, _:
            return f"✅ {bold(trouble.name)}{where} is back online{lasted}."
        case DeviceIssueKind.BATTERY_LOW, None:
            return f"🪫 The battery of {bold(trouble.name)} is low. Change it soon."
        case _:
            return f"🔋 The battery of {bold(trouble.name)} is fine again."
