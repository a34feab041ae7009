"""The clips that one chat may look for, fetch and delete."""

from pathlib import Path
from uuid import uuid4

from blinkbot.archive import ClipPage, KeptClip
from blinkbot.control.bound import Bound
from blinkbot.domain import Clip
from blinkbot.errors import NotFound

CLIPS_A_PAGE = 8


class ClipControl(Bound):
    """The part of a ChatControl that is about clips."""

    async def clips(self, camera_id: int | None, page: int) -> ClipPage:
        """A page of clips, newest first."""
        self.check()
        return await self.whole.shelf.clip_page(camera_id, page, CLIPS_A_PAGE)

    async def clip(self, key: str) -> KeptClip:
        """One clip. Raises NotFound when it was never known."""
        self.check()
        kept = await self.whole.shelf.clip(key)
        if kept is None:
            raise NotFound("clip", 404, "that clip is not known any more")
        return kept

    async def fetch_clip(self, clip: Clip) -> Path:
        """Download a clip into the spool; the caller removes it."""
        self.check()
        self.check_session()
        # A name of its own for every fetch: whoever asked removes it, and others may be reading the same clip.
        target = self.whole.shelf.spool_dir / f"fetch-{clip.key.replace(':', '-')}-{uuid4().hex[:8]}.mp4"
        await self.asked(self.whole.cloud.download_clip(clip, target))
        return target

    async def remember_file(self, key: str, file_id: str) -> None:
        """Telegram's id of a clip's video."""
        self.check()
        await self.whole.shelf.remember_file(key, file_id)
