"""What of a `media-changed` answer is news: pure rules (protocol §7)."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from blinkbot.domain import Cause, Clip

# A slow upload is listed late with an old `created_at`, and no order is promised; what counts is `updated_at`, and an
# answer may have been computed just before another entry of the same second. Entries read twice cost nothing: they are
# known by their ids.
OVERLAP = timedelta(minutes=10)

# Recorded on request from a phone: not something that happened at home.
_ON_REQUEST = frozenset({Cause.SNAPSHOT, Cause.LIVE_VIEW})


def is_alert(clip: Clip) -> bool:
    """Whether a clip, once complete, is worth telling. An unknown cause is: better one message too many."""
    return clip.cause not in _ON_REQUEST


def to_push(clips: Iterable[Clip]) -> frozenset[str]:
    """The keys of the clips that are finished, still there and alerts. The store knows which of them are new."""
    return frozenset(clip.key for clip in clips if is_alert(clip) and not clip.partial and not clip.deleted)


def next_cursor(cursor: datetime | None, clips: Sequence[Clip]) -> datetime | None:
    """The latest `updated_at` that Blink has told; its clock, never ours. None while it has told nothing."""
    told = [clip.updated_at for clip in clips]
    return max([*told, cursor] if cursor else told, default=None)


def since(cursor: datetime | None) -> datetime | None:
    """From when to ask: the cursor less the overlap; None asks for everything."""
    return cursor - OVERLAP if cursor else None
