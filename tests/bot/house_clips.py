"""The part of a house's control that is about clips."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from blinkbot.domain import Cause, Clip
from blinkbot.domain.clip_search import PAGE_SIZE, ClipDay, ClipEvent, ClipPage, ClipQuery, KeptClip, Removal
from blinkbot.domain.deliveries import StoredFile
from blinkbot.errors import NotFound

if TYPE_CHECKING:
    from tests.bot.house import House

ON_REQUEST = (Cause.SNAPSHOT, Cause.LIVE_VIEW)


class HouseClips:
    """The methods of a ports.ChatControl that are about clips."""

    house: "House"

    async def fetch_clip(self, clip: Clip) -> Path:
        await self.house.ask(f"fetch {clip.key}")
        path = self.house.spool / f"fetch-{clip.id}.mp4"
        path.write_bytes(self.house.videos_of.get(clip.key, self.house.video))
        return path

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        await self.house.ask(f"thumbnail {clip.key}")
        if self.house.thumbnail is None:
            raise NotFound("video-thumbnail", 404)
        return self.house.thumbnail

    async def delete_clips(self, clips: Sequence[Clip]) -> Removal:
        await self.house.ask(f"delete {' '.join(clip.key for clip in clips)}")
        gone = [clip.key for clip in clips if clip.key not in self.house.undeletable]
        for key in gone:
            change(self.house, key, gone=True)
        kept = [(clip.key, self.house.undeletable[clip.key]) for clip in clips if clip.key in self.house.undeletable]
        return Removal(tuple(gone), tuple(kept))


class FoundClips:
    """A ports.ChatClips over a House."""

    def __init__(self, house: "House") -> None:
        self.house = house

    async def page(self, query: ClipQuery, page: int, size: int = PAGE_SIZE) -> ClipPage:
        found = self._found(query)
        return ClipPage(tuple(found[page * size : (page + 1) * size]), page, size, len(found))

    async def days(self, query: ClipQuery, zone: tzinfo) -> Sequence[ClipDay]:
        counts = Counter(kept.clip.recorded_at.astimezone(zone).date() for kept in self._found(query))
        return [ClipDay(day, counts[day]) for day in sorted(counts, reverse=True)]

    async def slice(self, query: ClipQuery, offset: int, most: int) -> Sequence[KeptClip]:
        return self._found(query)[offset : offset + most]

    async def get(self, key: str) -> KeptClip:
        found = next((kept for kept in self.house.kept if kept.clip.key == key), None)
        if found is None:
            raise NotFound("clip", 404)
        return found

    async def set_file(self, key: str, file: StoredFile) -> None:
        change(self.house, key, file=file)
        self.house.remembered.set()

    async def events(self, since: datetime) -> Sequence[ClipEvent]:
        events = [kept.clip for kept in self.house.kept if kept.clip.cause not in ON_REQUEST]
        return [
            ClipEvent(clip.recorded_at, clip.camera_id, clip.camera_name, clip.network_id)
            for clip in sorted(events, key=lambda clip: clip.recorded_at)
            if clip.recorded_at >= since
        ]

    def _found(self, query: ClipQuery) -> list[KeptClip]:
        """What can be played, newest first."""
        found = [
            kept
            for kept in self.house.kept
            if query.camera_id in (None, kept.clip.camera_id)
            and (query.since is None or kept.clip.recorded_at >= query.since)
            and (query.until is None or kept.clip.recorded_at < query.until)
            and (kept.file is not None or not kept.gone)
        ]
        return sorted(found, key=lambda kept: (kept.clip.recorded_at, kept.clip.key), reverse=True)


def change(house: "House", key: str, *, gone: bool | None = None, file: StoredFile | None = None) -> None:
    house.kept = [
        replace(kept, gone=kept.gone if gone is None else gone, file=file or kept.file)
        if kept.clip.key == key
        else kept
        for kept in house.kept
    ]
