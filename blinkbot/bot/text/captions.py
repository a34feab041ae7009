"""What stands under a clip: what happened, where, when, and how late it came. Pure; every name is escaped."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from blinkbot.bot.text.formatting import CAPTION_LENGTH, bold, escaped, fitting, humanize, join_names, name, truncate
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import Cause, Clip, NoVideo, Origin, Seen
from blinkbot.domain.preferences import RECORDINGS
from blinkbot.translations import Plural, Sentence

_NOT_IN_A_FILE_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))

CAUSES = {
    Cause.MOTION: ("🏃", Sentence("motion", context="why a clip was recorded")),
    Cause.DOORBELL: ("🔔", Sentence("doorbell pressed")),
    Cause.SNAPSHOT: ("📹", Sentence("recorded on request")),
    Cause.LIVE_VIEW: ("📺", Sentence("live view")),
}
SEEN = {
    Seen.PERSON: ("🚶", Sentence("person")),
    Seen.VEHICLE: ("🚗", Sentence("vehicle")),
    Seen.ANIMAL: ("🐾", Sentence("animal")),
    Seen.PACKAGE: ("📦", Sentence("package")),
    Seen.UNUSUAL: ("❗", Sentence("something unusual")),
}
RANKS: dict[str, int] = {kind.value: rank for rank, kind in enumerate(RECORDINGS)}
OTHER_CAUSE = Sentence("recording")

HEADLINE = Sentence("{icon} {camera} — {cause}")
CLIPS = Plural("{n} clip", "{n} clips")
ON_USB = Sentence("💾 USB")
LATE = Sentence("⏱ Arrived {delay} late")
NO_VIDEO = Sentence("⚠️ No video. {why}")
NO_SUBSCRIPTION = Sentence("Blink keeps no video: no subscription.")
NOT_KEPT = Sentence("Blink has no video of this.")
PICTURE_ONLY = Sentence("📷 {why}")
EARLIER = Plural("🎞 <b>{n} earlier clip</b>", "🎞 <b>{n} earlier clips</b>")
ALBUM_LINE = Sentence("{icon} {time} · {camera} — {cause}")

LISTED_CLIPS = 10


def what_happened(clip: Clip) -> tuple[str, str]:
    """Icon and HTML-safe words for what a clip shows: who or what was seen, the most serious first, else why
    it was recorded."""
    if clip.seen and clip.cause is Cause.MOTION:
        found = [_seen(each) for each in sorted(clip.seen, key=lambda each: RANKS.get(each, len(RANKS)))]
        return found[0][0], join_names([words for _, words in found])
    return _cause(clip.cause)


def _seen(what: Seen | str) -> tuple[str, str]:
    if isinstance(what, Seen):
        icon, words = SEEN[what]
        return icon, words()
    return "👁", _foreign(what)


def _cause(cause: Cause | str) -> tuple[str, str]:
    if isinstance(cause, Cause):
        icon, what = CAUSES[cause]
        return icon, what()
    return "🎞", _foreign(cause) or OTHER_CAUSE()


def _foreign(word: str) -> str:
    """A word of Blink's own that is not known here, as it is."""
    words = word.replace("_", " ").strip()
    return name(words) if words else ""


def clip_caption(clip: Clip, locale: Locale, *, delay: timedelta | None = None, count: int = 1, note: str = "") -> str:
    """Under a clip: what, Blink's own words, where and when; the network where there are several; why it has no video.

    `delay` is how long after the event it came, where that is worth telling; `count` is of how many clips its burst is
    made; `note` is HTML for a last line.
    """
    icon, what = what_happened(clip)
    first = [HEADLINE(icon=icon, camera=bold(clip.camera_name), cause=what)]
    if count > 1:
        first.append(CLIPS(count))
    where_and_when = [locale.time(clip.recorded_at, locale.clip_zone(clip))]
    if locale.several_networks and clip.network_name:
        where_and_when.insert(0, name(clip.network_name))
    if clip.origin is Origin.USB:
        where_and_when.append(ON_USB())
    lines = [" · ".join(first), *([escaped(clip.sentence)] if clip.sentence else ()), " · ".join(where_and_when)]
    if delay is not None:
        lines.append(LATE(delay=humanize(delay)))
    if clip.no_video is not None and not note:
        lines.append(PICTURE_ONLY(why=why_no_video(clip)))
    return "\n".join([*lines, note] if note else lines)


def why_no_video(clip: Clip) -> str:
    """Why there is no video of an event."""
    return NO_SUBSCRIPTION() if clip.no_video is NoVideo.NO_SUBSCRIPTION else NOT_KEPT()


def album_caption(clips: Sequence[Clip], locale: Locale) -> str:
    """Under an album of clips: a line for each, in their order."""
    lines = [EARLIER(len(clips)), *(_album_line(clip, locale) for clip in clips[:LISTED_CLIPS])]
    # One that was kept is not told of with these.
    if all(clip.no_video is not None for clip in clips):
        lines.append(PICTURE_ONLY(why=why_no_video(clips[0])))
    return fitting("\n".join(lines), CAPTION_LENGTH)


def _album_line(clip: Clip, locale: Locale) -> str:
    icon, what = what_happened(clip)
    zone = locale.clip_zone(clip)
    at = locale.time(clip.recorded_at, zone) + locale.zone_mark(clip.recorded_at, zone)
    where = f" ({name(clip.network_name)})" if locale.several_networks and clip.network_name else ""
    line = ALBUM_LINE(icon=icon, time=at, camera=f"{bold(clip.camera_name)}{where}", cause=what)
    return f"{line} · {ON_USB()}" if clip.origin is Origin.USB else line


def file_name(clip: Clip, locale: Locale) -> str:
    return video_name(clip.camera_name, clip.recorded_at, locale.clip_zone(clip))


def video_name(camera: str, at: datetime, zone: tzinfo) -> str:
    """What a video is saved as. Sorted by name, files are sorted by camera and time."""
    return f"{truncate(camera, 40)} {at.astimezone(zone):%Y-%m-%d %H.%M.%S}.mp4".translate(_NOT_IN_A_FILE_NAME)
