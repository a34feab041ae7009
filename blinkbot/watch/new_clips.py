"""What of Blink's lists is news: pure rules (protocol §7, §7b)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from blinkbot.domain import Cause, Clip

# A slow upload is listed late with an old `created_at`, and no order is promised; what counts is `updated_at`, and an
# answer may have been computed just before another entry of the same second. Entries read twice cost nothing: they are
# known by their ids.
OVERLAP = timedelta(minutes=10)

# Labels, sentences and thumbnails come after their entry, and today's list filters by the event's time. What comes
# later still is told by the older list, which filters by the time of change.
LATE_WORDS = timedelta(minutes=30)

# The first look reads so much of the past: what was recorded in it and is not known then was uploaded late: news.
FIRST_LOOK = timedelta(hours=3)

# Between the clocks of Blink's own servers.
AHEAD = timedelta(minutes=1)

# Recorded on request from a phone: not something that happened at home.
_ON_REQUEST = frozenset({Cause.SNAPSHOT, Cause.LIVE_VIEW})


def is_alert(clip: Clip) -> bool:
    """Whether a clip, once complete, is worth telling. An unknown cause is: better one message too many."""
    return clip.cause not in _ON_REQUEST


def to_push(clips: Iterable[Clip], begun_at: datetime | None = None) -> frozenset[str]:
    """The keys of the clips that are finished or have a picture already, still there and alerts.

    The store knows which of them are new.
    What was recorded long before the first look, `begun_at`, is history, also where it is listed only now.
    """
    since = None if begun_at is None else begun_at - FIRST_LOOK
    return frozenset(
        clip.key
        for clip in clips
        if is_alert(clip)
        and (not clip.partial or clip.thumbnail is not None)
        and not clip.deleted
        and (since is None or clip.recorded_at >= since)
    )


def next_cursor(cursor: datetime | None, changes: Iterable[datetime], now: datetime) -> datetime | None:
    """The latest `updated_at` that Blink has told; its clock, never ours. None while it has told nothing.

    A time after Blink's `now` is a mistake, and would hide everything until then.
    """
    told = [change for change in changes if change <= now + AHEAD]
    return max([*told, cursor] if cursor else told, default=None)


def since(cursor: datetime | None, now: datetime) -> datetime:
    """From when to ask what changed: the cursor less the overlap; at the first look, a little of the past."""
    return cursor - OVERLAP if cursor else now - FIRST_LOOK


def start(newest: datetime | None, begun_at: datetime | None, now: datetime) -> datetime:
    """From when to ask what happened: late labels, sentences and pictures belong to entries that are known (§7b)."""
    known = [moment for moment in (newest, begun_at) if moment is not None]
    return min(max(known), now) - LATE_WORDS if known else now - FIRST_LOOK
