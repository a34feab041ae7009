"""Clips in the cloud: what changed, their bytes, deleting them, and the obsolete lists (protocol §4, §7)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from blinkbot.blink.endpoints.base import Endpoints
from blinkbot.blink.http.transport import Call
from blinkbot.blink.models import OldVideo
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.wire import media
from blinkbot.blink.wire.fields import picture_path
from blinkbot.domain import Clip
from blinkbot.errors import Missing, NotFound
from blinkbot.ports import ClipPage

SETTLING_DELAYS = (1.0, 2.0, 4.0)  # seconds between tries for a video that was just listed (protocol §4)
SETTLING = timedelta(minutes=5)  # how long a clip counts as just listed. Older ones are gone when they are not there


class MediaEndpoints(Endpoints):
    """What concerns the clips that the cloud keeps."""

    async def changed_page(self, since: datetime | None, page: int = 1) -> ClipPage:
        """A page of the clips changed at or after `since` (None: all), tombstones and partial ones too (§7)."""
        body = await self._ask("media-changed", since=media.moment_text(since), page=page)
        listed = media.media_page(body, self._set_aside)
        return ClipPage(listed.clips, None if listed.is_last else page + 1)

    async def event_page(self, start: datetime | None, key: int | None = None) -> ClipPage:
        """A page of what happened at or after `start` (None: ever), with or without a video (§7b)."""
        body = await self._ask("media", start_time=media.start_text(start), pagination_key=key)
        listed = media.event_page(body, self._set_aside)
        return ClipPage(listed.clips, listed.key)

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        """The JPEG of a clip: its path as it is (protocol §4), then with §6's ending. Raises NotFound."""
        try:
            return await self._jpeg_at("video-thumbnail", clip.thumbnail)
        except NotFound:
            complete = picture_path(clip.thumbnail)
            if complete in (None, clip.thumbnail):
                raise
        return await self._jpeg_at("video-thumbnail", complete)

    async def delete_clips(self, clips: Iterable[Clip]) -> None:
        """Delete clips from the cloud, for all who share the account."""
        await self._ask("delete-media", ids=[clip.id for clip in clips])

    async def video_count(self) -> int:
        """How many clips there are. Obsolete, says the protocol page."""
        return media.video_count(await self._ask("video-count"))

    async def videos(self, page: int) -> tuple[OldVideo, ...]:
        """A page of clips. Obsolete, says the protocol page: see `changed_page`."""
        return media.old_videos("videos", await self._ask("videos", page=page))

    async def unwatched_videos(self) -> tuple[OldVideo, ...]:
        """Clips that were not watched yet. Obsolete, says the protocol page."""
        return media.old_videos("unwatched-videos", await self._ask("unwatched-videos"))

    async def video(self, video_id: int) -> OldVideo:
        """One clip (video-info). Obsolete, says the protocol page."""
        return media.old_video(await self._ask("video-info", video=video_id))

    async def delete_video(self, video_id: int) -> None:
        """Delete one clip. Obsolete, says the protocol page: see `delete_clips`."""
        await self._ask("delete-video", video=video_id)

    async def _download_cloud_clip(self, clip: Clip, target: Path, *, piece: bool) -> int:
        if not clip.video:
            raise NotFound("video", missing=Missing.CLIP)
        call = Call(OPERATIONS["video"], {"path": clip.video})
        fresh = self._timing.clock() - clip.updated_at < SETTLING
        for delay in SETTLING_DELAYS if fresh else ():
            try:
                return await self._transport.download(call, target, piece=piece)
            except NotFound:
                await self._timing.sleep(delay)
        return await self._transport.download(call, target, piece=piece)
