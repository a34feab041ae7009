"""The clips that one chat may fetch and delete."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from blinkbot.control.access import ChatAccess
from blinkbot.domain import Clip, Origin, Outcome
from blinkbot.domain.clip_search import Removal, deletion_batches
from blinkbot.errors import BlinkError, BlinkRefused, BlinkUnreachable, NotFound, NotSignedIn, Unconfirmed
from blinkbot.ports import Cloud
from blinkbot.store import ClipRepository

BAD_MEDIA_LIST = 706
"""Blink's word for a list with an id that is not there (any more): none of it was deleted (protocol §11)."""


@dataclass(frozen=True, slots=True)
class RecordingControl:
    access: ChatAccess
    cloud: Cloud
    clips: ClipRepository
    spool_dir: Path

    async def fetch(self, clip: Clip) -> Path:
        self.access.check_session()
        # A name of its own for every fetch: the caller removes it, and others may be reading the same clip.
        target = self.spool_dir / f"fetch-{clip.key.replace(':', '-')}-{uuid4().hex[:8]}.mp4"
        await self.access.request(self.cloud.download_clip(clip, target))
        return target

    async def thumbnail(self, clip: Clip) -> bytes:
        self.access.check_session()
        return await self.access.request(self.cloud.clip_thumbnail(clip))

    async def delete(self, clips: Sequence[Clip]) -> Removal:
        self.access.check_session()
        gone: list[str] = []
        kept: dict[str, BlinkError] = {}
        for piece in deletion_batches(clips):
            try:
                await self._delete(piece, gone)
            except (NotSignedIn, BlinkUnreachable) as error:
                if not gone and not kept:
                    raise
                kept = {clip.key: kept.get(clip.key, error) for clip in clips if clip.key not in gone}
                break
            except BlinkError as error:
                kept.update((clip.key, error) for clip in piece if clip.key not in gone)
        return Removal(tuple(gone), tuple((clip.key, kept[clip.key]) for clip in clips if clip.key in kept))

    async def _delete(self, piece: Sequence[Clip], gone: list[str]) -> None:
        """All of a piece, written down at once, so that it is known wherever the rest ends. One that is gone already
        keeps its whole list from being deleted: halves find it."""
        try:
            if piece[0].origin is Origin.CLOUD:
                await self.access.request(self.cloud.delete_clips(piece))
            else:
                await self._delete_from_stick(piece[0])
        except BlinkRefused as error:
            if not (isinstance(error, NotFound) or error.code == BAD_MEDIA_LIST):
                raise
            if len(piece) > 1:
                middle = len(piece) // 2
                await self._delete(piece[:middle], gone)
                await self._delete(piece[middle:], gone)
                return
        keys = [clip.key for clip in piece]
        await self.clips.mark_deleted(keys)
        gone += keys

    async def _delete_from_stick(self, clip: Clip) -> None:
        result = await self.access.request(self.cloud.delete_usb_clip(clip))
        if result.outcome is Outcome.REFUSED:
            raise BlinkRefused("delete-local-clip", 200, result.message)
        if result.outcome is Outcome.UNKNOWN:
            raise Unconfirmed(f"delete-local-clip: {result.message}")
