"""JSON → the clips in the cloud (protocol §7), and the obsolete lists of them (§4)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from blinkbot.blink.models import Event, OldVideo
from blinkbot.blink.wire.fields import Fields, picture_path
from blinkbot.domain import Cause, Clip

_CAUSES = {
    "pir": Cause.MOTION,
    "cv_motion": Cause.MOTION,
    "cv_person": Cause.PERSON,
    "person": Cause.PERSON,
    "button_press": Cause.DOORBELL,
    "button": Cause.DOORBELL,
    "snapshot": Cause.SNAPSHOT,
    "liveview": Cause.LIVE_VIEW,
}


@dataclass(frozen=True, slots=True)
class MediaPage:
    """One page of `media-changed`: `limit` is how many entries a full page has (0: not said)."""

    clips: tuple[Clip, ...]
    limit: int

    @property
    def is_last(self) -> bool:
        """Whether it is empty or short (protocol §7)."""
        return not self.clips or len(self.clips) < self.limit


def media_page(body: object) -> MediaPage:
    top = Fields("media-changed", body)
    top.check("media", "limit")
    return MediaPage(tuple(_clip(item) for item in top.parts("media")), max(0, top.integer("limit") or 0))


def moment_text(moment: datetime | None) -> str:
    """A time as `media-changed` wants it; None is the beginning of time."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+0000" if moment else "1970-01-01T00:00:00+0000"


def video_count(body: object) -> int:
    top = Fields("video-count", body)
    count = top.integer("count")
    if count is None:
        raise top.wrong("count", "a number was expected")
    return count


def old_videos(operation: str, body: object) -> tuple[OldVideo, ...]:
    return tuple(_old_video(item) for item in Fields(operation, body).needed_parts("videos"))


def old_video(body: object) -> OldVideo:
    return _old_video(Fields("video-info", body).needed_part("video"))


def events(body: object) -> tuple[Event, ...]:
    return tuple(
        Event(
            id=item.id("id"),
            camera_id=item.id("camera_id"),
            camera_name=item.text("camera_name"),
            at=item.needed_moment("created_at"),
            kind=item.text("type"),
            video=item.text("video_url"),
        )
        for item in Fields("events", body).needed_parts("event")
    )


def _clip(item: Fields) -> Clip:
    number = item.id("id")
    # A tombstone may not say where it came from; that is no reason to stop reading clips.
    camera_id, network_id = item.optional_id("device_id") or 0, item.optional_id("network_id") or 0
    updated_at = item.moment("updated_at")
    recorded_at = item.moment("created_at") or updated_at
    if recorded_at is None:
        raise item.wrong("created_at", "it is missing")
    source = item.text("source")
    return Clip(
        key=f"cloud:{number}",
        id=number,
        network_id=network_id,
        network_name=item.text("network_name"),
        camera_id=camera_id,
        camera_name=item.text("device_name"),
        recorded_at=recorded_at,
        updated_at=updated_at or recorded_at,
        cause=_CAUSES.get(source, source),
        video=item.word("media") or "",
        # As it stands: whether a clip's picture wants an ending, sources disagree (see MediaEndpoints.clip_thumbnail).
        thumbnail=item.word("thumbnail"),
        time_zone=item.text("time_zone"),
        partial=item.flag("partial"),
        deleted=item.flag("deleted"),
    )


def _old_video(item: Fields) -> OldVideo:
    return OldVideo(
        id=item.id("id"),
        camera_id=item.id("camera_id"),
        camera_name=item.text("camera_name"),
        network_id=item.id("network_id"),
        recorded_at=item.needed_moment("created_at"),
        video=item.text("address"),
        thumbnail=picture_path(item.word("thumbnail")),
        seconds=item.integer("length"),
        size=item.integer("size"),
        watched=item.word("viewed") is not None,
    )
