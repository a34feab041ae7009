"""What /stats counts, on its way into the process that draws it."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from blinkbot.domain.clip_search import Happening


@dataclass(frozen=True, slots=True)
class Tally:
    """What happened, the name of the zone in which hours and days are counted, and the present."""

    happenings: tuple[Happening, ...]
    zone: str
    now: datetime


def written(tally: Tally) -> bytes:
    """As JSON."""
    return json.dumps(asdict(tally), default=datetime.isoformat).encode()


def read(content: bytes) -> Tally:
    """What `written` wrote."""
    given = json.loads(content)
    happenings = (Happening(**each | {"at": datetime.fromisoformat(each["at"])}) for each in given["happenings"])
    return Tally(tuple(happenings), given["zone"], datetime.fromisoformat(given["now"]))
