"""What stands under a clip: what happened, where, when, and how it came here. Pure; every name is escaped."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from telegram.constants import MessageLimit

from blinkbot.bot.text.formatting import bold, clip_zone, cut, escaped, fitting, name, span, timestamp, zone_mark
from blinkbot.domain import Cause, Clip, Home, Origin

_NOT_IN_A_FILE_NAME = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))

CAUSES = {
    Cause.MOTION: ("🏃", "motion"),
    Cause.PERSON: ("🚶", "person detected"),
    Cause.DOORBELL: ("🔔", "doorbell pressed"),
    Cause.SNAPSHOT: ("📹", "recorded on request"),
    Cause.LIVE_VIEW: ("📺", "live view"),
}

SOURCES = {Origin.CLOUD: "☁️ cloud", Origin.USB: "💾 USB"}

LISTED_CLIPS = 10


def cause(of: Cause | str) -> tuple[str, str]:
    """Icon and HTML-safe words for why a clip was recorded."""
    if isinstance(of, Cause):
        return CAUSES[of]
    return "🎞", name(of.replace("_", " ").strip() or "recording")


def clip_caption(
    clip: Clip,
    home: Home,
    now: datetime,
    fallback: str,
    *,
    delay: timedelta | None = None,
    count: int = 1,
    note: str = "",
) -> str:
    """Under a clip: what, where, when and from where; the network where there are several.

    `fallback` is the configured zone's name; `delay` is how long after the event it came, where that is worth telling;
    `count` is of how many clips its burst is made; `note` is HTML for a last line.
    """
    icon, what = cause(clip.cause)
    several = f" · {count} clips" if count > 1 else ""
    where = f"{name(clip.network_name)} · " if len(home.networks) > 1 and clip.network_name else ""
    at = timestamp(clip.recorded_at, now, clip_zone(clip, home.network(clip.network_id), fallback))
    lines = [f"{icon} {bold(clip.camera_name)} — {what}{several}", f"{where}{at} · {SOURCES[clip.origin]}"]
    if delay is not None:
        lines.append(f"⏱ arrived {span(delay)} later")
    if note:
        lines.append(note)
    return "\n".join(lines)


def no_video(why: str) -> str:
    """The note of a clip whose video cannot be had; `why` is plain text."""
    return f"⚠️ No video: {escaped(why)}"


def album_caption(clips: Sequence[Clip], home: Home, now: datetime, fallback: str) -> str:
    """Under an album of clips: a line for each, in their order."""
    several = len(home.networks) > 1
    lines = [f"🎞 <b>{len(clips)} earlier clips</b>"]
    for clip in clips[:LISTED_CLIPS]:
        icon, what = cause(clip.cause)
        zone = clip_zone(clip, home.network(clip.network_id), fallback)
        at = timestamp(clip.recorded_at, now, zone) + zone_mark(clip.recorded_at, zone, home, fallback)
        where = f" ({name(clip.network_name)})" if several and clip.network_name else ""
        usb = f" · {SOURCES[Origin.USB]}" if clip.origin is Origin.USB else ""
        lines.append(f"{icon} {at} · {bold(clip.camera_name)}{where} — {what}{usb}")
    return fitting("\n".join(lines), MessageLimit.CAPTION_LENGTH)


def file_name(clip: Clip, home: Home, fallback: str) -> str:
    """What a clip's file is saved as. Sorted by name, files are sorted by camera and time."""
    local = clip.recorded_at.astimezone(clip_zone(clip, home.network(clip.network_id), fallback))
    return f"{cut(clip.camera_name, 40)} {local:%Y-%m-%d %H.%M.%S}.mp4".translate(_NOT_IN_A_FILE_NAME)
