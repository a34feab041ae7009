"""The protocol of the process that does one job: what it is given, what it writes meanwhile, and how it ends."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from blinkbot.domain.clip_search import ClipEvent
    from blinkbot.domain.statistics import ChartWords

UNREADABLE = 3  # The exit status where the file is to blame; stdout says how
NO_PLOTS = 4  # The exit status where the extra `plots` is not installed
PART_DONE = "part "  # Begins the lines on stderr with the part that is done, 0 to 1


@dataclass(frozen=True, slots=True)
class StatsJob:
    """What /stats is drawn from; `zone` is the name of the time zone."""

    events: tuple["ClipEvent", ...]
    zone: str
    now: datetime
    words: "ChartWords"


def write_stats_job(job: StatsJob) -> bytes:
    return json.dumps(asdict(job), default=datetime.isoformat).encode()


def read_stats_job(content: bytes) -> StatsJob:
    # Only here, since the other jobs have no use for it.
    from blinkbot.domain.clip_search import ClipEvent
    from blinkbot.domain.statistics import ChartWords

    job = json.loads(content)
    events = (ClipEvent(**each | {"at": datetime.fromisoformat(each["at"])}) for each in job["events"])
    words: dict[str, Any] = {key: tuple(word) if isinstance(word, list) else word for key, word in job["words"].items()}
    return StatsJob(tuple(events), job["zone"], datetime.fromisoformat(job["now"]), ChartWords(**words))
