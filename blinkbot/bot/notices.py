"""Troubles of devices, told to the chats: one message each, which says so when the trouble is over."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import telegram.error
from telegram import Bot

from blinkbot.alerts import Manner, manner_of
from blinkbot.bot.access import Migrated
from blinkbot.bot.patience import Sleep, first_of, seconds_of
from blinkbot.bot.topics import Topics, is_lost_topic
from blinkbot.bot.verdicts import BUG_DELAYS, TELEGRAM_DELAYS, UNCERTAIN_DELAY, UNCERTAIN_TRIES, is_lost_chat
from blinkbot.bot.words import bold, clock, network_zone, span, timestamp
from blinkbot.domain import Home
from blinkbot.outbox import Notice, TroubleKind
from blinkbot.ports import Clock, NoticeBox

logger = logging.getLogger(__name__)

LONGEST_REST = 60.0
SHORTEST_REST = 0.2
"""Seconds between looks where nothing wakes us: the wall clock may have been set."""

TROUBLE_REST = 30.0
"""Seconds to wait when the box itself fails, for instance on a full disk."""

NO_CAMERA = 0
"""Stands for the camera where a whole sync module is meant: no choice of cameras is about it."""


class NoticeCourier:
    """Carries notices into the chats. `home` gives the home as last seen, `time_zone` is the configured zone's name."""

    def __init__(
        self,
        bot: Bot,
        box: NoticeBox,
        topics: Topics,
        clock: Clock,
        home: Callable[[], Home],
        on_migrated: Migrated,
        *,
        time_zone: str = "",
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._box = box
        self._topics = topics
        self._clock = clock
        self._home = home
        self._on_migrated = on_migrated
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
        notice = await self._box.next_notice(self._clock())
        if notice is None:
            return False
        try:
            message_id = await self._tell(notice)
        except Exception as error:
            await self._settle(notice, error)
        else:
            await self._box.told(notice, message_id)
        return True

    async def _tell(self, notice: Notice) -> int | None:
        """Say it, or change the message that said that it began; None where it needs no saying."""
        text = notice_text(notice, self._home(), self._clock(), self._time_zone)
        if notice.message_id is not None:
            return await self._edited(notice, notice.message_id, text)
        manner = self._manner(notice)
        if notice.over_at is not None or manner is Manner.NOT_AT_ALL:
            return None
        thread_id = await self._thread(notice)
        message = await self._bot.send_message(
            notice.chat_id, text, message_thread_id=thread_id, disable_notification=manner is Manner.SILENT
        )
        logger.info("chat %d was told: %s %d", notice.chat_id, notice.trouble.kind, notice.trouble.device_id)
        return message.message_id

    async def _edited(self, notice: Notice, message_id: int, text: str) -> int:
        try:
            await self._bot.edit_message_text(text, chat_id=notice.chat_id, message_id=message_id)
        except telegram.error.BadRequest as error:
            # Somebody deleted it, and needs no news of it; or it says so already.
            if is_lost_chat(error):
                raise
            logger.info("notice %d in chat %d stays as it is: %s", notice.id, notice.chat_id, error)
        return message_id

    def _manner(self, notice: Notice) -> Manner:
        trouble = notice.trouble
        return manner_of(
            trouble.alert_kind,
            notice.alerts,
            notice.mutes,
            network_id=trouble.network_id,
            camera_id=_camera_of(notice),
            happened_at=notice.begun_at,
            now=self._clock(),
            zone=network_zone(self._home().network(trouble.network_id), self._time_zone),
        )

    async def _thread(self, notice: Notice) -> int | None:
        camera_id = _camera_of(notice)
        if not notice.alerts.topics or camera_id == NO_CAMERA:
            return None
        return await self._topics.thread_for(notice.chat_id, camera_id, notice.trouble.name)

    # -- what did not work

    async def _settle(self, notice: Notice, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"
        match error:
            case telegram.error.RetryAfter():
                await self._later(notice, seconds_of(error), reason)
            case telegram.error.ChatMigrated(new_chat_id=to):
                await self._on_migrated(notice.chat_id, to)
                await self._later(notice, 0, reason)
            case telegram.error.BadRequest() if is_lost_topic(error) and notice.attempts < len(BUG_DELAYS):
                await self._topics.lost(notice.chat_id, _camera_of(notice))
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

    async def _later(self, notice: Notice, seconds: float, reason: str) -> None:
        logger.info("notice %d waits %g s for chat %d: %s", notice.id, seconds, notice.chat_id, reason)
        await self._box.postpone_notice(notice, self._clock() + timedelta(seconds=seconds))

    async def _never(self, notice: Notice, reason: str) -> None:
        logger.warning("notice %d never reaches chat %d: %s", notice.id, notice.chat_id, reason)
        await self._box.drop_notice(notice)

    async def _rest(self) -> None:
        due = await self._box.next_notice_at()
        seconds = LONGEST_REST if due is None else (due - self._clock()).total_seconds()
        await first_of(self._box.wait_for_notices(), self._sleep(min(max(seconds, SHORTEST_REST), LONGEST_REST)))


def notice_text(notice: Notice, home: Home, now: datetime, time_zone: str) -> str:
    """What a chat is told, in HTML; once it is over, that it is."""
    trouble = notice.trouble
    zone = network_zone(home.network(trouble.network_id), time_zone)
    network = home.network(trouble.network_id)
    where = f" ({bold(network.name)})" if network and len(home.networks) > 1 else ""
    today = notice.begun_at.astimezone(zone).date() == now.astimezone(zone).date()
    since = clock(notice.begun_at, zone) if today else timestamp(notice.begun_at, now, zone)
    lasted = "" if notice.over_at is None else f" (it was offline for {span(notice.over_at - notice.begun_at)})"
    match trouble.kind, notice.over_at:
        case TroubleKind.CAMERA_OFFLINE, None:
            return f"📵 {bold(trouble.name)} has been offline since {since}."
        case TroubleKind.CAMERA_OFFLINE, _:
            return f"✅ {bold(trouble.name)} is back online{lasted}."
        case TroubleKind.MODULE_OFFLINE, None:
            return f"📵 {bold(trouble.name)}{where} has been offline since {since}: its cameras cannot record."
        case TroubleKind.MODULE_OFFLINE, _:
            return f"✅ {bold(trouble.name)}{where} is back online{lasted}."
        case TroubleKind.BATTERY_LOW, None:
            return f"🪫 The battery of {bold(trouble.name)} is low. Change it soon."
        case _:
            return f"🔋 The battery of {bold(trouble.name)} is fine again."


def _camera_of(notice: Notice) -> int:
    return NO_CAMERA if notice.trouble.kind is TroubleKind.MODULE_OFFLINE else notice.trouble.device_id
