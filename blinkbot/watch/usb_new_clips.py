"""What of a look at a USB stick is news: pure rules (protocol §10).

A stick is listed whole each time, with clips of years, and no line of it says when it was listed first. So what is new
is what was not known, and was recorded around or after the newest clip of the looks before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from blinkbot.domain import Clip, Home, SyncModule
from blinkbot.domain.duplicates import TOLERANCE

# A long clip is listed after a shorter one that began later, and modules list late when they are busy. More than this
# before the newest known one, and it is another stick's past.
OVERLAP = timedelta(minutes=10)

# A module whose clock was wrong for a while leaves clips in the future. They must not make everything after them old.
FUTURE = timedelta(days=1)

# Between our clock and the module's, which Blink sets.
SKEW = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LiveView:
    """A camera was watched live. A network may be set to save that, and a stick does not tell what a clip is."""

    camera_id: int
    begun: datetime
    ended: datetime

    def saved_as(self, clip: Clip) -> bool:
        """Whether this is what the clip shows. After the end a clip can be an alert, however soon it begins."""
        return clip.camera_id == self.camera_id and self.begun - TOLERANCE <= clip.recorded_at <= self.ended


def sticks(home: Home) -> Iterator[SyncModule]:
    """The sync modules that keep clips and can be asked now."""
    return (module for module in home.sync_modules if module.usb_active and module.online)


def news(clips: Iterable[Clip], newest: datetime | None) -> frozenset[str]:
    """The keys of the clips that are news if they are unknown; `newest` is the mark of the looks before."""
    return frozenset(clip.key for clip in clips if newest is None or clip.recorded_at >= newest - OVERLAP)


def news_of_first_look(clips: Iterable[Clip], begun: datetime, now: datetime) -> frozenset[str]:
    """As `news`, at the first look ever: what was recorded since we `begun` to try, which a busy module can delay.

    Both by our own clock, which may be wrong on a small machine: then nothing lies between, and all of it is history.
    """
    return frozenset(clip.key for clip in clips if begun <= clip.recorded_at <= now + SKEW)


def saved_live_views(clips: Iterable[Clip], watched: Iterable[LiveView]) -> frozenset[str]:
    """The keys of the clips that a camera began while it was watched live: they were made on request."""
    views = tuple(watched)
    return frozenset(clip.key for clip in clips if any(view.saved_as(clip) for view in views))


def next_mark(newest: datetime | None, clips: Iterable[Clip], now: datetime) -> datetime | None:
    """The newest recording of this look and those before; None while there was none."""
    told = [clip.recorded_at for clip in clips if clip.recorded_at <= now + FUTURE]
    return max([*told, newest] if newest else told, default=None)
