"""What becomes of a delivery that failed: pure decisions, one place for every kind of error.

Nothing is lost and at most one copy is one too many: a delivery is given up only where waiting cannot help, or
where trying again could put a third copy into the chat; and then the chat is told, in the clip's own message where
there is one.
"""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import telegram.error

from blinkbot.bot.client.errors import TooBig, is_forbidden_media, is_lost_chat, is_superseded, is_too_large
from blinkbot.bot.client.retry import seconds_of
from blinkbot.bot.text.delivery import too_big
from blinkbot.bot.text.error_messages import error_message
from blinkbot.domain.deliveries import Delivery
from blinkbot.errors import BlinkError, BlinkResponseError, DataFolderError, NotFound, NotSignedIn, UnsafeHost

TELEGRAM_DELAYS = (5, 15, 60, 180, 600)
"""Seconds between tries while Telegram cannot be reached; the last repeats for ever: outages end."""

URGENT_DELAYS = (3, 5, 10, 20, 30)
"""The same for alerts: they are in the chat soon after the line is back, while anybody still wants to know."""

BLINK_DELAYS = (3, 10, 30, 120, 600, 1800)
"""Seconds between tries to get a clip: quick at first, since Blink lists clips a moment before it has them (404)."""

SIGN_IN_DELAY = 60
"""Seconds between looks whether the owner has signed in again."""

BUG_DELAYS = (30, 300, 1800)
"""Seconds between tries after an error that nobody foresaw; one that stays is no reason to hold up the rest."""

UNCERTAIN_DELAY = 60
"""Seconds before the one repetition of a sending whose answer was lost."""

MISSING_FOR = timedelta(minutes=10)
"""How long after it was listed a clip may be 404 before it counts as deleted."""

BROKEN_FOR = timedelta(hours=1)
"""How long Blink may answer with something that is no video."""

UNAVAILABLE_FOR = timedelta(days=2)
"""How long Blink may be out of reach, busy or in trouble."""

LEAST_TRIES = 4
"""Tries before patience can end: a program that was off for days must not give a clip up at its first hiccup."""

DISK_DELAYS = (30, 120, 600)
"""Seconds between tries while the spool folder takes nothing: a full disk is made room on by somebody."""

DISK_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})

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
    """Give it up. `tell` is what the chat is told (plain text), None where the chat cannot be told anything.

    `in_words_alone`: without the clip's picture, which may be there twice already.
    """

    reason: str
    tell: str | None = None
    in_words_alone: bool = False


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group lives on as the supergroup `to`."""

    to: int


Verdict = Retry | GiveUp | Migrated


def decide(error: Exception, delivery: Delivery, now: datetime, uncertain: int = 0) -> Verdict:
    """What to do after this error, met while something of `delivery` was sent or its message was edited.

    `uncertain` counts the sendings that may have arrived, this one included.
    """
    reason = f"{type(error).__name__}: {error}"
    match error:
        case TooBig(size=size, limit=limit):
            return GiveUp(reason, too_big(size, limit))
        case telegram.error.RetryAfter():
            return Retry(now + timedelta(seconds=seconds_of(error)), reason, whole_chat=True)
        case telegram.error.ChatMigrated(new_chat_id=to):
            return Migrated(to)
        case telegram.error.Forbidden():
            return GiveUp(reason)
        case telegram.error.BadRequest() if is_forbidden_media(error):
            return GiveUp(reason, "this group does not let me send videos. Whoever runs it can allow that.")
        case telegram.error.BadRequest() if is_superseded(error):
            # Two edits of one message at a time: the later one won.
            return _retried(URGENT_DELAYS, delivery, now, reason)
        case telegram.error.BadRequest():
            return GiveUp(reason, None if is_lost_chat(error) else "Telegram does not take the file.")
        case telegram.error.TimedOut() if delivery.message_id is None:
            if uncertain >= UNCERTAIN_TRIES:
                return GiveUp(
                    reason,
                    "it may be above, or not: the connection to Telegram broke twice. /clips has it.",
                    in_words_alone=True,
                )
            return Retry(now + timedelta(seconds=UNCERTAIN_DELAY), reason)
        case telegram.error.NetworkError() if is_too_large(error):
            return GiveUp(reason, "it is larger than Telegram takes from a bot.")
        case telegram.error.TelegramError():
            # Network trouble, Telegram's own, or a refused token: all of them can be mended while the clip waits. And
            # the answer to an edit that was lost, since the same edit twice is one edit.
            return _retried(TELEGRAM_DELAYS if delivery.backlog else URGENT_DELAYS, delivery, now, reason)
        case BlinkError():
            return _after_blink(error, delivery, now, reason)
        case DataFolderError():
            return _retried(DISK_DELAYS, delivery, now, reason)
        case OSError(errno=number) if number in DISK_ERRORS:
            return _retried(DISK_DELAYS, delivery, now, reason)
    if delivery.attempts >= len(BUG_DELAYS):
        return GiveUp(reason, error_message(error))
    return _retried(BUG_DELAYS, delivery, now, reason)


def _after_blink(error: BlinkError, delivery: Delivery, now: datetime, reason: str) -> Verdict:
    match error:
        case NotSignedIn():
            return Retry(now + timedelta(seconds=SIGN_IN_DELAY), reason)
        case UnsafeHost():
            return GiveUp(reason, error_message(error))
        case NotFound() if delivery.clip.deleted:
            return GiveUp(reason, "the clip was deleted at Blink before it could be fetched.")
        case NotFound():
            patience, tell = MISSING_FOR, "Blink has deleted the clip, or never had it whole."
        case BlinkResponseError():
            patience, tell = BROKEN_FOR, "what Blink gives out for it is not a video."
        case _:
            patience, tell = UNAVAILABLE_FOR, f"it could not be had for two days. {error_message(error)}"
    if now - delivery.queued_at >= patience and delivery.attempts >= LEAST_TRIES - 1:
        return GiveUp(reason, tell)
    return _retried(BLINK_DELAYS, delivery, now, reason)


def _retried(delays: Sequence[int], delivery: Delivery, now: datetime, reason: str) -> Retry:
    return Retry(now + timedelta(seconds=delays[min(delivery.attempts, len(delays) - 1)]), reason)
