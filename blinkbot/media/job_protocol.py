"""What the process that does one job is told, what it says while it is at it, and how it ends."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from blinkbot.domain.clip_search import ClipEvent

UNREADABLE = 3
"""The exit status with which it says that the file is to blame; its stdout says how."""

NO_PLOTS = 4
"""The exit status where the extra `plots` is not installed."""

PART_DONE = "part "
"""Begins the lines on stderr that tell how much is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class StatsJob:
    """What happened, the name of the zone in which hours and days are counted, and the present."""

    happenings: tuple[ClipEvent, ...]
    zone: str
    now: datetime


def written(tally: StatsJob) -> bytes:
    """As JSON."""
    return json.dumps(asdict(tally), default=datetime.isoformat).encode()


def read(content: bytes) -> StatsJob:
    """What `written` wrote."""
    given = json.loads(content)
    happenings = (ClipEvent(**each | {"at": datetime.fromisoformat(each["at"])}) for each in given["happenings"])
    return StatsJob(tuple(happenings), given["zone"], datetime.fromisoformat(given["now"]))
