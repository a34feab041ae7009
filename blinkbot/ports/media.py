"""What is done to videos and pictures, as the other packages see it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from blinkbot.domain import VideoFacts
from blinkbot.domain.clip_search import ClipEvent
from blinkbot.domain.statistics import ChartWords


class Videos(Protocol):
    """What is done to video files and pictures. The work is done elsewhere than in the event loop."""

    async def facts(self, video: Path) -> VideoFacts:
        """Duration, width and height. Raises MediaError."""

    async def first_frame(self, video: Path) -> bytes:
        """The first picture of a video, as JPEG. Raises MediaError."""

    async def telegram_thumbnail(self, jpeg: bytes) -> bytes:
        """A JPEG of at most 320 pixels a side and 200 kB. Raises MediaError."""

    async def contact_sheet(self, video: Path) -> bytes:
        """Six frames of a video with time marks, where the picture changes, as one JPEG. Raises MediaError."""

    async def remux(self, stream: Path | bytes, target: Path) -> None:
        """Make an MP4 of a live view's transport stream. Raises MediaError."""

    async def repack(self, video: Path, target: Path) -> int:
        """Copy picture and sound into a new MP4, leaving everything else; returns its bytes. Raises MediaError."""

    async def shrink(self, video: Path, target: Path, limit: int, progress: Callable[[float], None]) -> int:
        """Encode again so that it has at most `limit` bytes; returns its bytes.

        `progress` is told the part done, 0 to 1, now and then. Raises MediaError when that cannot be done.
        """

    async def plot(self, events: Sequence[ClipEvent], zone: str, now: datetime, words: ChartWords) -> bytes:
        """What /stats shows, as PNG. Raises MediaError, and PlotsMissing where the extra is not installed."""
