"""Clips as they are looked for later: what to look for, and what is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from blinkbot.domain import Clip, Origin, Seen
from blinkbot.domain.deliveries import StoredFile
from blinkbot.errors import BlinkError

CLIPS_A_DELETION = 50
"""Clips that one request to the cloud deletes: a body of a kilobyte, and a progress that moves."""

PAGE_SIZE = 8
"""Clips on a page of a list."""


@dataclass(frozen=True, slots=True)
class ClipQuery:
    """Which clips: of these cameras (None: of all), recorded from `since` until just before `until`.

    An open end is None. With `seen` those alone in which Blink saw this.
    """

    camera_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class KeptClip:
    """A clip as we remember it, which may be longer than Blink does.

    `file` is Telegram's copy, None before a first send; `gone`: Blink has deleted it; `suppressed`: the chat
    that asks was not shown it when it came, since it was muted. `photo_id` is Telegram's copy of its thumbnail, None
    where no chat was shown it.
    """

    clip: Clip
    file: StoredFile | None = None
    gone: bool = False
    suppressed: bool = False
    photo_id: str | None = None


@dataclass(frozen=True, slots=True)
class ClipPage:
    """A page of clips, newest first. `page` counts from 0; `total` counts all clips that match."""

    clips: tuple[KeptClip, ...]
    page: int
    size: int
    total: int

    @property
    def has_older(self) -> bool:
        """Whether a page with older clips follows."""
        return (self.page + 1) * self.size < self.total


@dataclass(frozen=True, slots=True)
class ClipDay:
    """A local day with clips, and how many."""

    day: date
    count: int


@dataclass(frozen=True, slots=True)
class Removal:
    """What became of deleting clips at their source: keys that are gone, and keys with why they are not."""

    gone: tuple[str, ...] = ()
    kept: tuple[tuple[str, BlinkError], ...] = ()


@dataclass(frozen=True, slots=True)
class ClipEvent:
    """One event as /stats counts it: when, which camera, and how long until its first message was in a chat.

    `delay` is in seconds, None where it was shown in no chat, or as part of a backlog. `has_video` is false where Blink
    keeps none, `of_people` true where it saw a person.
    """

    at: datetime
    camera_id: int
    camera_name: str
    network_id: int
    delay: float | None = None
    has_video: bool = True
    of_people: bool = False


def deletion_batches(clips: Sequence[Clip]) -> list[Sequence[Clip]]:
    """What is deleted by one request each: many in the cloud, one on a stick."""
    in_cloud = [clip for clip in clips if clip.origin is Origin.CLOUD]
    batches = [in_cloud[start : start + CLIPS_A_DELETION] for start in range(0, len(in_cloud), CLIPS_A_DELETION)]
    return [*batches, *([clip] for clip in clips if clip.origin is Origin.USB)]
