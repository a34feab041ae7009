"""JSON → values for the obsolete lists of clips and for the clips on a USB stick (protocol §4, §10)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from blinkbot.blink.models import Event, OldVideo
from blinkbot.blink.wire.fields import Fields
from blinkbot.blink.wire.home import named, picture_path

_PATH_WORD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class StoredClip:
    """A line of a manifest. `id` counts until the sync module restarts; the name has lost its punctuation (§10)."""

    id: str
    kilobytes: int | None
    camera_name: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is on a stick, and the number under which its clips can be asked for."""

    id: str
    clips: tuple[StoredClip, ...]


def manifest(body: object) -> Manifest | None:
    """A stick's list of clips; None while the sync module has not made it yet (protocol §10)."""
    top = Fields("manifest", body)
    if not top.given("clips"):
        return None
    return Manifest(_word(top, "manifest_id"), tuple(_stored_clip(item) for item in top.parts("clips")))


def video_count(body: object) -> int:
    """How many clips there are (obsolete)."""
    top = Fields("video-count", body)
    count = top.integer("count")
    if count is None:
        raise top.wrong("count", "a number was expected")
    return count


def old_videos(operation: str, body: object) -> tuple[OldVideo, ...]:
    """A page of clips in the older form (obsolete)."""
    top = Fields(operation, body)
    if "videos" not in top:
        raise top.wrong("videos", "it is missing")
    return _old_videos(top.parts("videos"))


def old_video(body: object) -> OldVideo:
    """One clip in the older form (obsolete)."""
    top = Fields("video-info", body)
    found = top.part("video")
    if found is None:
        raise top.wrong("video", "it is missing")
    return _old_videos([found])[0]


def events(body: object) -> tuple[Event, ...]:
    """The newest recordings of a network in the older form (obsolete)."""
    top = Fields("events", body)
    if "event" not in top:
        raise top.wrong("event", "it is missing")
    return tuple(
        Event(
            id=item.id("id"),
            camera_id=item.id("camera_id"),
            camera_name=item.text("camera_name", named("Camera", item.id("camera_id"))),
            at=_moment(item, "created_at"),
            kind=item.text("type"),
            video=item.text("video_url"),
        )
        for item in top.parts("event")
    )


def _old_videos(items: Iterable[Fields]) -> tuple[OldVideo, ...]:
    return tuple(
        OldVideo(
            id=item.id("id"),
            camera_id=item.id("camera_id"),
            camera_name=item.text("camera_name", named("Camera", item.id("camera_id"))),
            network_id=item.id("network_id"),
            recorded_at=_moment(item, "created_at"),
            video=item.text("address"),
            thumbnail=picture_path(item.word("thumbnail")),
            seconds=item.integer("length"),
            size=item.integer("size"),
            watched=item.word("viewed") is not None,
        )
        for item in items
    )


def _stored_clip(item: Fields) -> StoredClip:
    return StoredClip(
        id=_word(item, "id"),
        kilobytes=item.integer("size"),
        camera_name=item.text("camera_name"),
        recorded_at=_moment(item, "created_at"),
    )


def _word(item: Fields, name: str) -> str:
    """A number or word that goes into a path, and so may not lead elsewhere."""
    found = item.text(name)
    if not _PATH_WORD.fullmatch(found):
        raise item.wrong(name, "an id was expected")
    return found


def _moment(item: Fields, name: str) -> datetime:
    found = item.moment(name)
    if found is None:
        raise item.wrong(name, "a time was expected, none came")
    return found
