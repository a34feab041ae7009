"""What becomes of a delivery or a device alert that failed: one policy for all that goes out by itself.

Nothing is lost and at most one copy is one too many: a delivery is given up only where waiting cannot help, or
where trying again could put a third copy into the chat; and then the chat is told, in the clip's own message where
there is one.
"""

import errno
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from telegram import error as telegram

from blinkbot.bot.client.errors import TooBig, is_forbidden_media, is_lost_chat, is_superseded, is_too_large
from blinkbot.bot.client.retry import Sleep, delay_after, wait_after
from blinkbot.domain.deliveries import Delivery, DeviceAlert
from blinkbot.domain.failures import FailureCode, FailureReason
from blinkbot.errors import BlinkError, BlinkResponseError, CutShort, DataFolderError, NotFound, NotSignedIn, UnsafeHost
from blinkbot.ports import ChatDirectory, Clock, WorkQueue

logger = logging.getLogger(__name__)

TELEGRAM_DELAYS = (5, 15, 60, 180, 600)
"""Seconds between tries while Telegram cannot be reached; the last repeats for ever: outages end."""

URGENT_DELAYS = (3, 5, 10, 20, 30)
"""The same for clips that are alerts: they are in the chat soon after the line is back, while they still matter."""

BLINK_DELAYS = (3, 10, 30, 120, 600, 1800)
"""Seconds between tries to get a clip: quick at first, since Blink lists clips a moment before it has them (404)."""

SIGN_IN_DELAY = 60
"""Seconds between looks whether the owner has signed in again."""

BUG_DELAYS = (30, 300, 1800)
"""Seconds between tries after an unforeseen error; one that stays is no reason to hold up the rest."""

UNCERTAIN_DELAY = 60
"""Seconds before the one repetition of a sending whose answer was lost."""

MISSING_FOR = timedelta(minutes=10)
"""How long after it was listed a clip may be 404 before it counts as deleted."""

BROKEN_FOR = timedelta(hours=1)
"""How long Blink may answer with something that is no video."""

UNFINISHED_FOR = timedelta(days=1)
"""How long a clip of which Blink has a piece counts as not finished yet; what is there goes out then."""

REPLACED_FOR = timedelta(days=3)
"""How long it is looked whether such a piece has become whole."""

UNAVAILABLE_FOR = timedelta(days=2)
"""How long Blink may be out of reach, busy or in trouble."""

LEAST_TRIES = 4
"""Tries before patience can end: a program that was off for days must not give a clip up at its first hiccup."""

DISK_DELAYS = (30, 120, 600)
"""Seconds between tries while the spool folder takes nothing: room has to be made on a full disk."""

DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})

LONGEST_REST = 60.0
SHORTEST_REST = 0.2
"""Seconds between looks into the outbox where nothing wakes us: the wall clock may have been set."""

TROUBLE_REST = 30.0
"""Seconds to wait when the outbox itself fails, for instance on a full disk."""

STORE_REST = 30.0
"""Seconds between tries to write down what is in a chat, while the disk takes nothing."""

UNCERTAIN_TRIES = 2
"""Sendings that may have arrived unseen. Two can make one copy too many; a third could make two."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again at `at`. `whole_chat` means that nothing else may go to this chat before either."""

    at: datetime
    reason: str
    whole_chat: bool = False


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Give it up. `tell` is what the chat is told, None where the chat cannot be told anything.

    `in_words_alone`: without the clip's picture, which may be there twice already.
    """

    reason: str
    tell: FailureReason | None = None
    in_words_alone: bool = False


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group lives on as the supergroup `to`."""

    to: int


Decision = Retry | GiveUp | Migrated
Work = Delivery | DeviceAlert
W = TypeVar("W", bound=Work)
T = TypeVar("T")


async def keep_working(step: Callable[[], Awaitable[None]], sleep: Sleep, what: str) -> None:
    """Take one step after the other for ever; where the outbox itself fails, look again after TROUBLE_REST."""
    while True:
        try:
            await step()
        except Exception:
            logger.exception("%s failed; looking again in %g s", what, TROUBLE_REST)
            await sleep(TROUBLE_REST)


async def recorded(write: Callable[[], Awaitable[T]], sleep: Sleep) -> T:
    """Write down what is in a chat already, however long that takes: what is not written is sent again."""
    while True:
        try:
            return await write()
        except DataFolderError as error:
            logger.error("a sent message could not be saved, trying again in %g s: %s", STORE_REST, error)
            await sleep(STORE_REST)


class FailurePolicy(Generic[W]):
    """Decides on failures and carries the decisions out; remembers which sendings may have arrived."""

    def __init__(self, queue: WorkQueue[W], chats: ChatDirectory, clock: Clock, sleep: Sleep) -> None:
        self._queue = queue
        self._chats = chats
        self._clock = clock
        self._sleep = sleep
        self._uncertain: Counter[int] = Counter()

    def decide(self, error: Exception, work: W) -> Decision:
        """What to do after this error, met while something was sent or its message was edited."""
        if not is_foreseen(error):
            logger.error("%s could not be sent to chat %d", _named(work), work.chat_id, exc_info=error)
        elif isinstance(error, OSError | DataFolderError):
            logger.error("%s cannot be kept on its way: %s", _named(work), error)
        if isinstance(error, telegram.TimedOut):
            self._uncertain[work.id] += 1
        return decide(error, work, self._clock(), self._uncertain[work.id])

    def forget(self, work: W) -> None:
        """It is done with, one way or the other."""
        self._uncertain.pop(work.id, None)

    async def carry_out(self, decision: Decision, work: W) -> None:
        """Postpone work or give it up, also while the disk takes nothing."""
        await recorded(lambda: self._carry_out(decision, work), self._sleep)

    async def _carry_out(self, decision: Decision, work: W) -> None:
        match decision:
            case Retry(at, reason, whole_chat):
                logger.info("%s waits for chat %d until %s: %s", _named(work), work.chat_id, at, reason)
                if whole_chat:
                    await self._chats.hold_chat(work.chat_id, at)
                await self._queue.postpone(work, at)
            case Migrated(to):
                logger.info("chat %d is now %d", work.chat_id, to)
                await self._chats.migrate(work.chat_id, to)
                await self._queue.postpone(work, self._clock())
            case GiveUp(reason):
                logger.warning("%s never reaches chat %d: %s", _named(work), work.chat_id, reason)
                self.forget(work)
                await self._queue.give_up(work)


def _named(work: Work) -> str:
    return f"clip {work.clip.key}" if isinstance(work, Delivery) else f"device alert {work.id}"


def is_foreseen(error: Exception) -> bool:
    """Whether an error is no mistake in the program."""
    is_disk = isinstance(error, OSError) and error.errno in DISK_ERRORS
    return is_disk or isinstance(error, telegram.TelegramError | BlinkError | DataFolderError | TooBig)


def decide(error: Exception, work: Work, now: datetime, uncertain: int = 0) -> Decision:
    """The decision. `uncertain` counts the sendings that may have arrived, this one included."""
    reason = f"{type(error).__name__}: {error}"

    def retry(delays: Sequence[float]) -> Retry:
        return Retry(now + timedelta(seconds=delay_after(work.attempts, delays)), reason)

    def give_up(code: FailureCode, **values: int) -> GiveUp:
        return GiveUp(reason, FailureReason(code, values), in_words_alone=code is FailureCode.UNCERTAIN)

    is_urgent = isinstance(work, Delivery) and not work.backlog
    match error:
        case TooBig(size=size, limit=limit):
            return give_up(FailureCode.TOO_BIG, size=size, limit=limit)
        case telegram.RetryAfter():
            return Retry(now + timedelta(seconds=wait_after(error, 0)), reason, whole_chat=True)
        case telegram.ChatMigrated(new_chat_id=to):
            return Migrated(to)
        case telegram.Forbidden():
            return GiveUp(reason)
        case telegram.BadRequest() if is_forbidden_media(error):
            return give_up(FailureCode.FORBIDDEN)
        case telegram.BadRequest() if is_superseded(error):
            return retry(URGENT_DELAYS)
        case telegram.BadRequest():
            return GiveUp(reason) if is_lost_chat(error) else give_up(FailureCode.REFUSED)
        case telegram.TimedOut() if work.message_id is None:
            if uncertain >= UNCERTAIN_TRIES:
                return give_up(FailureCode.UNCERTAIN)
            return retry((UNCERTAIN_DELAY,))
        case telegram.NetworkError() if is_too_large(error):
            return give_up(FailureCode.TOO_LARGE)
        case telegram.TelegramError():
            # Network trouble, Telegram's own, or a refused token: all of them can be mended while it waits. And the
            # answer to an edit that was lost, since the same edit twice is one edit.
            return retry(URGENT_DELAYS if is_urgent else TELEGRAM_DELAYS)
        case NotSignedIn():
            return retry((SIGN_IN_DELAY,))
        case CutShort() if isinstance(work, Delivery) and now - work.queued_at < REPLACED_FOR:
            return retry(BLINK_DELAYS)
        case CutShort():
            return give_up(FailureCode.UNFINISHED)
        case UnsafeHost():
            return GiveUp(reason, FailureReason.of_error(error))
        case BlinkError() if isinstance(work, Delivery):
            tell, patience = _after_blink(error, work)
            is_over = now - work.queued_at >= patience and work.attempts >= LEAST_TRIES - 1
            return GiveUp(reason, tell) if is_over or not patience else retry(BLINK_DELAYS)
        case DataFolderError():
            return retry(DISK_DELAYS)
        case OSError(errno=number) if number in DISK_ERRORS:
            return retry(DISK_DELAYS)
    return retry(BUG_DELAYS) if work.attempts < len(BUG_DELAYS) else GiveUp(reason, FailureReason.of_error(error))


def _after_blink(error: BlinkError, delivery: Delivery) -> tuple[FailureReason, timedelta]:
    """What the chat is told once Blink's patience is over, and how long that lasts."""
    match error:
        case NotFound() if delivery.clip.deleted:
            return FailureReason(FailureCode.DELETED), timedelta()
        case NotFound():
            return FailureReason(FailureCode.MISSING), MISSING_FOR
        case BlinkResponseError():
            return FailureReason(FailureCode.NOT_A_VIDEO), BROKEN_FOR
    return FailureReason.of_error(error, FailureCode.UNAVAILABLE), UNAVAILABLE_FOR
