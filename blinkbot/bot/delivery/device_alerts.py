"""Offline cameras and low batteries, told to the chats: one message each, which says so when that is over."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

import telegram.error
from telegram import Bot, Message

from blinkbot.bot.client.concurrency import first_of
from blinkbot.bot.client.errors import is_moot
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.retry import Sleep
from blinkbot.bot.delivery.failure_policy import (
    LONGEST_REST,
    SHORTEST_REST,
    FailurePolicy,
    keep_working,
    recorded,
)
from blinkbot.bot.text.device_alerts import text
from blinkbot.bot.text.locale import Locale, speaking_to
from blinkbot.domain.deliveries import DeviceAlert, DeviceIssueKind
from blinkbot.domain.preferences import NotificationMode, muted_until, notification_mode
from blinkbot.ports import ChatDirectory, Clock, DeviceAlertOutbox

logger = logging.getLogger(__name__)

NO_CAMERA = 0
"""Stands for the camera where a sync module is meant that has none: no choice of cameras is about it."""


class DeviceAlertCourier:
    """Carries device alerts into the chats. `locale` gives the home as last seen."""

    def __init__(
        self,
        bot: Bot,
        outbox: DeviceAlertOutbox,
        chats: ChatDirectory,
        topics: ForumTopics,
        clock: Clock,
        locale: Callable[[], Locale],
        *,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._chats = chats
        self._topics = topics
        self._clock = clock
        self._locale = locale
        self._sleep = sleep
        self._policy = FailurePolicy(outbox, chats, clock, sleep)

    async def run(self) -> None:
        """Tell for ever; cancel it to stop."""
        await keep_working(self._step, self._sleep, "telling of devices")

    async def _step(self) -> None:
        if not await self.tell_next():
            await self._rest()

    async def tell_next(self) -> bool:
        """Take the next alert in hand, also where that fails; False when none is due."""
        alert = await self._outbox.next_due(self._clock())
        if alert is None:
            return False
        held_until = self._held_until(alert)
        if held_until is not None:
            await self._outbox.hold(alert, held_until)
            return True
        try:
            with speaking_to(alert.chat_id, self._chats):
                message_id = await self._tell(alert)
        except Exception as error:
            await self._policy.carry_out(self._policy.decide(error, alert), alert)
        else:
            self._policy.forget(alert)
            await recorded(lambda: self._outbox.mark_sent(alert, message_id), self._sleep)
        return True

    async def _tell(self, alert: DeviceAlert) -> int | None:
        """Say it, or change the message that said that it began; None where it needs no saying."""
        words = text(alert, self._locale())
        if alert.message_id is not None:
            return await self._edited(alert, alert.message_id, words)
        mode = self._mode(alert)
        if alert.ended_at is not None or mode is NotificationMode.NOT_AT_ALL:
            return None
        message = await self._sent(alert, words, silent=mode is NotificationMode.SILENT)
        logger.info("chat %d was told: %s %d", alert.chat_id, alert.issue.kind, alert.issue.device_id)
        return message.message_id

    async def _edited(self, alert: DeviceAlert, message_id: int, words: str) -> int:
        try:
            await self._bot.edit_message_text(words, chat_id=alert.chat_id, message_id=message_id)
        except telegram.error.BadRequest as error:
            # It was deleted, and its chat needs no news of it; or it says so already.
            if not is_moot(error):
                raise
            logger.info("device alert %d in chat %d stays as it is: %s", alert.id, alert.chat_id, error)
        return message_id

    async def _sent(self, alert: DeviceAlert, words: str, *, silent: bool) -> Message:
        async def send(thread_id: int | None) -> Message:
            return await self._bot.send_message(
                alert.chat_id, words, message_thread_id=thread_id, disable_notification=silent
            )

        issue = alert.issue
        if not alert.alerts.topics or issue.kind is DeviceIssueKind.MODULE_OFFLINE:
            return await send(None)
        message, _ = await self._topics.send(alert.chat_id, issue.device_id, issue.name, send)
        return message

    def _mode(self, alert: DeviceAlert) -> NotificationMode:
        """The chat's notification mode for it, once nothing is muted."""
        issue, cameras, locale = alert.issue, self._cameras(alert), self._locale()
        if not cameras:
            return NotificationMode.NOT_AT_ALL
        return notification_mode(
            issue.alert_kind,
            alert.alerts,
            (),
            network_id=issue.network_id,
            camera_id=cameras[0],
            happened_at=locale.now,
            now=locale.now,
            zone=locale.zone(issue.network_id),
        )

    def _held_until(self, alert: DeviceAlert) -> datetime | None:
        """When the mute ends that is the only reason not to tell it now; None where it is told, or never will be.

        A clip is of a moment, and one of muted hours is not shown afterwards; an issue still stands then. That of a
        sync module is held until the first of its cameras is unmuted.
        """
        if alert.ended_at is not None or self._mode(alert) is NotificationMode.NOT_AT_ALL:
            return None
        network_id, now = alert.issue.network_id, self._clock()
        ends = [muted_until(alert.mutes, network_id, camera_id, now) for camera_id in self._cameras(alert)]
        held = [end for end in ends if end is not None]
        return min(held) if len(held) == len(ends) else None

    def _cameras(self, alert: DeviceAlert) -> list[int]:
        """The ids of the cameras that it is about and that its chat sees: with a sync module, those of the network."""
        issue = alert.issue
        if issue.kind is DeviceIssueKind.MODULE_OFFLINE:
            cameras = self._locale().home.cameras
            concerned = [camera.id for camera in cameras if camera.network_id == issue.network_id] or [NO_CAMERA]
        else:
            concerned = [issue.device_id]
        return [camera_id for camera_id in concerned if camera_id not in alert.alerts.hidden_cameras]

    async def _rest(self) -> None:
        due = await self._outbox.next_due_at()
        seconds = LONGEST_REST if due is None else (due - self._clock()).total_seconds()
        await first_of(self._outbox.wait_for_work(), self._sleep(min(max(seconds, SHORTEST_REST), LONGEST_REST)))
