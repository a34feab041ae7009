"""The clips of the account: recorded, still uploading, or deleted with a tombstone left (protocol §7)."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from blinkbot.simulator.blinkcloud.answers import media_not_found
from blinkbot.simulator.blinkcloud.pictures import film
from blinkbot.simulator.blinkcloud.pictures.pictures import SIZE
from blinkbot.simulator.blinkcloud.state.household import Camera, Household

PERSON = "cv_person"
"""The source of a clip in which the camera itself has seen a person; the protocol page leaves the set open."""
FIRST_ID = 9_100_000_001
"""Media ids start beyond 2^32."""


@dataclass(slots=True, eq=False)
class Clip:
    """One recording. `mp4` and `jpeg` are what its addresses serve, byte for byte.

    `camera_name` and `network_name` are those of the time of recording. A deleted clip keeps its entry as a tombstone.
    `modern` chooses the address form. One that is not `kept` is an event without a video, as without a plan. `labels`,
    `sentence`, `description` and `unusual` are what Blink makes of it, told from `described_at` on; `primary` is the
    clip of another camera that saw the same event first.
    """

    id: int
    camera: Camera
    camera_name: str
    network_name: str
    time_zone: str
    source: str
    created_at: datetime
    updated_at: datetime
    mp4: bytes = field(repr=False)
    jpeg: bytes | None = field(repr=False)
    seconds: float = 0
    partial: bool = False
    watched: bool = False
    deleted: bool = False
    modern: bool = False
    missing_for: int = 0
    kept: bool = True
    labels: list[str] = field(default_factory=list)
    sentence: str = ""
    description: str = ""
    unusual: bool = False
    described_at: datetime | None = None
    primary: "Clip | None" = None

    @property
    def network_id(self) -> int:
        """The network of its camera."""
        return self.camera.network_id

    def media_path(self, account_id: int) -> str:
        """Where its MP4 is."""
        if self.modern:
            return f"{self._modern_base(account_id)}.mp4"
        return f"/api/v2/accounts/{account_id}/media/clip/{self.id}.mp4"

    def thumbnail_path(self, account_id: int) -> str | None:
        """Where its picture is: a path without an ending, one with, or None where there is no picture."""
        if self.jpeg is None:
            return None
        if self.modern:
            return f"{self._modern_base(account_id)}.jpg?ext="
        return f"/api/v2/accounts/{account_id}/media/thumb/{self.id}"

    def _modern_base(self, account_id: int) -> str:
        camera, kind = self.camera, "snapshot" if self.source == "snapshot" else "pir"
        base = f"/api/v3/media/accounts/{account_id}/networks/{camera.network_id}/{camera.model}/{camera.id}"
        return f"{base}/{kind}/{self.id}"


class ClipStore:
    """The clips of the cloud, deleted ones included."""

    def __init__(
        self, home: Household, clock: Callable[[], datetime], chance: random.Random, clip_seconds: float
    ) -> None:
        self.all: list[Clip] = []
        self._clip_seconds = clip_seconds
        self._home = home
        self._clock = clock
        self._chance = chance
        self._ids = count(FIRST_ID, 3)

    async def record(
        self,
        camera: Camera,
        source: str,
        seconds: float | None,
        *,
        size: tuple[int, int] = SIZE,
        created_ago: float = 0,
        announced_late: float = 0,
        partial: bool = False,
        thumbnail: bool = True,
        listed: bool = True,
        like: Clip | None = None,
        kept: bool = True,
        alter: Callable[[bytes, int], bytes] | None = None,
    ) -> Clip:
        """Film a clip and list it; arguments as in `BlinkCloud.motion`, and `alter` changes the file by a seed."""
        seconds = self._clip_seconds if seconds is None else seconds
        announced = self._clock() - timedelta(seconds=created_ago)
        created = announced - timedelta(seconds=announced_late)
        network = self._home.network(camera.network_id)
        shown = created.astimezone(zone_of(network.time_zone))
        seed = self._chance.randrange(2**32)
        jpeg: bytes | None
        if like is None:
            scene = (camera.scene, camera.name, shown, seconds, size, seed)
            mp4, jpeg = await asyncio.to_thread(film.record, *scene, person=source == PERSON)
        else:
            mp4, jpeg, seconds = like.mp4, like.jpeg, like.seconds
        if alter is not None:
            mp4 = await asyncio.to_thread(alter, mp4, seed)
        clip = Clip(
            next(self._ids),
            camera,
            camera.name,
            network.name,
            network.time_zone,
            source,
            created,
            announced,
            mp4,
            jpeg if thumbnail else None,
            seconds,
            partial,
            modern=camera.modern_pictures and source == "snapshot",
            kept=kept,
        )
        if listed:
            self.all.append(clip)
        return clip

    def announce(self, clips: list[Clip]) -> None:
        """List clips that were recorded unlisted, all of them as of now."""
        now = self._clock()
        for clip in clips:
            clip.updated_at = now
        self.all += clips

    def find(self, clip_id: int) -> Clip:
        """The clip with this id, unless it was deleted. Raises Refusal (700)."""
        for clip in self.all:
            if clip.id == clip_id and not clip.deleted:
                return clip
        raise media_not_found()

    def changed_since(self, moment: datetime) -> list[Clip]:
        """The clips whose `updated_at`, in whole seconds, is later; in no useful order, but always the same one."""
        changed = [clip for clip in self.all if clip.updated_at.replace(microsecond=0) > moment]
        return sorted(changed, key=lambda clip: clip.id * 2_654_435_761 % 2**32)

    def touch(self, clip: Clip) -> None:
        """Note that a clip changed just now, so that media-changed tells of it again."""
        clip.updated_at = self._clock()

    def delete(self, clip: Clip) -> None:
        """Leave only a tombstone."""
        clip.deleted = True
        self.touch(clip)


def zone_of(name: str) -> ZoneInfo:
    """The zone a camera writes its time in; UTC where the name is unknown."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
