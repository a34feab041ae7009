"""JSON → the clips in the cloud, in both generations of their list (protocol §7, §7b), and the obsolete lists (§4)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from blinkbot.blink.models import Event, OldVideo
from blinkbot.blink.wire.fields import LARGEST_ID, Fields, SetAside, picture_path
from blinkbot.domain import Cause, Clip, Family, NoVideo, Seen

_CAUSES = {
    "pir": Cause.MOTION,
    "cv_motion": Cause.MOTION,
    "cv_person": Cause.MOTION,
    "person": Cause.MOTION,
    "button_press": Cause.DOORBELL,
    "button": Cause.DOORBELL,
    "snapshot": Cause.SNAPSHOT,
    "liveview": Cause.LIVE_VIEW,
}
_FAMILIES = {
    **dict.fromkeys(("camera", "white", "xt", "xt2", "catalina", "sedona", "sonoran"), Family.CAMERA),
    **dict.fromkeys(("owl", "hawk", "chickadee", "superior", "superior_owl"), Family.MINI),
    **dict.fromkeys(("lotus", "doorbell"), Family.DOORBELL),
}  # protocol §1
_SEEN_SOURCES = {"cv_person": Seen.PERSON, "person": Seen.PERSON}
_NOTHING_MISSING = ("", "none")
_PICTURE_TYPES = ("snapshot",)  # pictures of Photo Capture, which are no motion (protocol §14)
_TYPES = ("", "video", "event", *_PICTURE_TYPES)

SENTENCE_LENGTH, DESCRIPTION_LENGTH = 300, 3000  # characters of Blink's words about a recording
LABEL_LENGTH, MOST_LABELS = 32, 8


@dataclass(frozen=True, slots=True)
class MediaPage:
    """One page of `media-changed`: how many `entries` it has, and how many a full one has (`limit`; 0: not said)."""

    clips: tuple[Clip, ...]
    entries: int
    limit: int

    @property
    def is_last(self) -> bool:
        """Whether it is empty or short (protocol §7)."""
        return not self.entries or self.entries < self.limit


@dataclass(frozen=True, slots=True)
class EventPage:
    """One page of `media`; `key` asks for the next, None after the last (protocol §7b)."""

    clips: tuple[Clip, ...]
    key: int | None


def media_page(body: object, set_aside: SetAside) -> MediaPage:
    top = Fields("media-changed", body)
    top.check("media", "limit")
    clips = tuple(top.readable("media", _clip, set_aside))
    return MediaPage(clips, top.length("media"), max(0, top.integer("limit") or 0))


def event_page(body: object, set_aside: SetAside) -> EventPage:
    top = Fields("media", body)
    top.check("media")
    if not top.given("media"):
        raise top.wrong("media", "a list was expected, nothing came")
    return EventPage(tuple(top.readable("media", _clip, set_aside)), top.integer("pagination_key"))


def moment_text(moment: datetime | None) -> str:
    """A time as `media-changed` wants it; None is the beginning of time."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}+0000" if moment else "1970-01-01T00:00:00+0000"


def start_text(moment: datetime | None) -> str:
    """A time as `media` wants it, with a colon in its offset; None is the beginning of time."""
    return moment_text(moment).replace("+0000", "+00:00")


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
    number, deleted = item.id("id"), item.flag("deleted")
    camera_id, camera_name = item.optional_id("device_id"), item.text("device_name")
    # A tombstone may not say where it came from; anything else belongs to a camera.
    if camera_id is None and not camera_name and not deleted:
        raise item.wrong("device_id", "it is missing")
    updated_at = item.moment("updated_at")
    recorded_at = item.moment("created_at") or updated_at
    if recorded_at is None:
        raise item.wrong("created_at", "it is missing")
    kind, video = item.text("type"), item.word("media") or ""
    if kind not in _TYPES and not video and not deleted:
        raise item.wrong("type", "a type that is not known, and without a video")
    source = item.text("source") or item.text("event_type") or (kind if kind in _PICTURE_TYPES else "")
    return Clip(
        key=f"cloud:{number}",
        id=number,
        network_id=item.optional_id("network_id") or 0,
        network_name=item.text("network_name"),
        camera_id=camera_id or 0,
        camera_name=camera_name,
        recorded_at=recorded_at,
        updated_at=updated_at or recorded_at,
        cause=_CAUSES.get(source, source),
        video=video,
        # As it stands: whether a clip's picture wants an ending, sources disagree (see MediaEndpoints.clip_thumbnail).
        thumbnail=item.word("thumbnail"),
        time_zone=item.text("time_zone"),
        partial=item.flag("partial"),
        deleted=deleted,
        no_video=None if video or deleted else _no_video(item, kind),
        seen=_seen(item, source),
        sentence=_words(item, "short_description", SENTENCE_LENGTH),
        description=_words(item, "full_description", DESCRIPTION_LENGTH),
        same_as=_same_as(item, number),
        family=_FAMILIES.get(item.text("device").casefold()),
    )


def _no_video(item: Fields, kind: str) -> NoVideo | str | None:
    """Why there is no video of an event; None where one is still to come, as with a recording not yet finished."""
    told = item.text("no_media_reason").casefold()
    if told not in _NOTHING_MISSING:
        return NoVideo(told) if told in list(NoVideo) else told[:LABEL_LENGTH]
    return NoVideo.UNKNOWN if kind == "event" else None


def _seen(item: Fields, source: str) -> tuple[Seen | str, ...]:
    """Who or what Blink saw, each once; what is no word among its labels is left out."""
    words = [word.strip().casefold()[:LABEL_LENGTH] for word in item.labels("cv_detection")]
    unusual = item.part("unusual_activity")
    found = dict.fromkeys(
        [
            *([_SEEN_SOURCES[source]] if source in _SEEN_SOURCES else ()),
            *(Seen(word) if word in list(Seen) else word for word in words if word),
            *([Seen.UNUSUAL] if unusual is not None and unusual.is_true("is_unusual") else ()),
        ]
    )
    return tuple(found)[:MOST_LABELS]


def _words(item: Fields, name: str, length: int) -> str:
    """Blink's own words about what is seen, in one line; "" where there are none."""
    told = item.part("ai_vd")
    line = " ".join(told.text(name).split()) if told is not None else ""
    return line if len(line) <= length else line[: length - 1] + "…"


def _same_as(item: Fields, number: int) -> int | None:
    """The entry of the camera that saw the event first; None for that one itself."""
    first = item.integer("primary_id")
    return first if first is not None and 0 < first <= LARGEST_ID and first != number else None


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
