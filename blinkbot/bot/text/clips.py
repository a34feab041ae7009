"""The words of /clips and of the buttons under a clip. Pure; texts are HTML, labels and toasts plain."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import TypeVar

from blinkbot.bot.text.alerts import KINDS
from blinkbot.bot.text.captions import CLIPS, ON_USB, what_happened
from blinkbot.bot.text.formatting import DAYS, bold, escaped, long_day, truncate
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import Clip, Origin, Seen
from blinkbot.domain.clip_search import ClipDay, ClipPage, KeptClip
from blinkbot.domain.preferences import AlertKind
from blinkbot.translations import COMMA, Plural, Sentence, joined

T = TypeVar("T")

DESCRIPTION_LENGTH = 600  # Even if every letter must be escaped, that is one message

# -- lists

CAMERA_GONE = Sentence("a camera that is gone")
ALL_CLIPS = Sentence("🎞 <b>Clips</b>")
CLIPS_OF = Sentence("🎞 <b>Clips</b> — {title}")
NEWEST_FIRST = Sentence("🎞 <b>Clips</b>, newest first")
NEWEST_FIRST_OF = Sentence("🎞 <b>Clips</b> — {title}, newest first")
RANGE = Sentence("{first}–{last} of {total}")
MUTED_MARK = "🔕"
MUTED_LEGEND = Sentence("🔕 Not shown here (/mute, /alerts)")
NO_CLIPS = Sentence("🎞 No clips — {title}.")
NO_CLIPS_YET = Sentence("🎞 No clips yet.")
NO_CLIPS_YET_OF = Sentence("🎞 No clips yet — {title}.")
WHICH_DAY = Sentence("{clips} · {days}. Which day?")
TOO_MUCH = Sentence("That's too much at once.")
NO_TIME = Sentence("I didn't get {words} as a time.")

PLAY = Sentence("▶ {clip}")
PLAY_ALL = Sentence("▶ Play all ({n})")
DELETE_ALL = Sentence("🗑 Delete all…")
BY_DAY = Sentence("📅 By day")
IN_ONE_LIST = Sentence("🎞 All in one list")
NEWER = Sentence("‹ Newer")
OLDER = Sentence("Older ›")
DAY = Sentence("{day} · {clips}")
OF_CAMERA = Sentence("🎞 {camera}")

# -- deleting a list; None: of clips in both places

DELETE = {
    Origin.CLOUD: Plural("🗑 Delete {n} clip from Blink?", "🗑 Delete {n} clips from Blink?"),
    Origin.USB: Plural("🗑 Delete {n} clip from the USB stick?", "🗑 Delete {n} clips from the USB stick?"),
    None: Plural("🗑 Delete {n} clip from Blink and the USB stick?", "🗑 Delete {n} clips from Blink and the USB stick?"),
}
DELETED = {
    Origin.CLOUD: Plural("🗑 {n} clip deleted from Blink.", "🗑 {n} clips deleted from Blink."),
    Origin.USB: Plural("🗑 {n} clip deleted from the USB stick.", "🗑 {n} clips deleted from the USB stick."),
    None: Plural(
        "🗑 {n} clip deleted from Blink and the USB stick.", "🗑 {n} clips deleted from Blink and the USB stick."
    ),
}
VIDEOS_STAY = Sentence("Videos already in this chat stay.")
MORE_NOW = Sentence("🗑 There are more clips now.")
NOTHING_LEFT = Sentence("🗑 Nothing is left to delete.")
DELETING = Sentence("⏳ Deleting {number} of {total}…")
NOT_TRIED = Plural("⚠️ {n} clip not tried. {why}", "⚠️ {n} clips not tried. {why}")
NOT_DELETED = Plural("⚠️ {n} clip not deleted:", "⚠️ {n} clips not deleted:")
REASON = Sentence("• {clip}: {why}")
MORE_REASONS = Plural("• and {n} more", "• and {n} more")
DELETE_BUTTON = Plural("🗑 Delete {n} clip", "🗑 Delete {n} clips")
KEEP_BUTTON = Sentence("‹ Keep them")
LIST_BUTTON = Sentence("‹ The list")

# -- playing a list

SENDING = Sentence("▶ Sending {number} of {total}, oldest first…")
SENT = Plural("✅ {n} clip sent, oldest first.", "✅ {n} clips sent, oldest first.")
SENT_SOME = Plural("✅ {n} clip sent, oldest first ({range}).", "✅ {n} clips sent, oldest first ({range}).")
NOT_SENT = Plural("⚠️ {n} clip not sent:", "⚠️ {n} clips not sent:")
GO_ON = Sentence("▶ Go on (from {number} of {total})")
ALL_SENT = Sentence("🎞 That's all of them.")

# -- the buttons under a clip

LIVE_BUTTON = Sentence("🔴 Live")
NEW_PICTURE_BUTTON = Sentence("📷 New picture")
LIGHT_BUTTON = Sentence("💡 Light")
SIREN_BUTTON = Sentence("🚨 Siren")
MUTE_BUTTON = Sentence("🔕 Mute 1 h")
UNMUTE_BUTTON = Sentence("🔔 Unmute")
DISARM_BUTTON = Sentence("🔓 Disarm")
MORE_BUTTON = Sentence("⋯ More")
BACK = Sentence("‹ Back")

SHEET_BUTTON = Sentence("🖼 Contact sheet")
FILE_BUTTON = Sentence("📎 As a file")
DELETE_THIS_BUTTON = {
    Origin.CLOUD: Sentence("🗑 Delete from Blink"),
    Origin.USB: Sentence("🗑 Delete from the USB stick"),
}
DELETED_BUTTON = {Origin.CLOUD: Sentence("🗑 Deleted from Blink"), Origin.USB: Sentence("🗑 Deleted from the USB stick")}
YES_DELETE_BUTTON = {
    Origin.CLOUD: Sentence("🗑 Yes, delete from Blink"),
    Origin.USB: Sentence("🗑 Yes, delete from the USB stick"),
}
NO_KEEP_BUTTON = Sentence("‹ No, keep it")
DELETING_BUTTON = Sentence("⏳ Deleting…")

# -- one clip

UNKNOWN = Sentence("🗑 I no longer know this clip.")
DESCRIPTION = Sentence("💬 {words}")
BUTTONS = Sentence("The buttons of this clip:")
DELETE_THIS = {
    Origin.CLOUD: Sentence("Delete this clip from Blink?"),
    Origin.USB: Sentence("Delete this clip from the USB stick?"),
}
ALREADY_DELETED = {
    Origin.CLOUD: Sentence("🗑 Already deleted from Blink."),
    Origin.USB: Sentence("🗑 Already deleted from the USB stick."),
}
VIDEO_STAYS = Sentence("The video in this chat stays.")
NO_COPY = Sentence("Telegram has no copy of it yet.")
KEPT = Sentence("⚠️ The clip wasn't deleted. {why}")
MAKING_SHEET = Sentence("⏳ Making a contact sheet…")
NO_SHEET = Sentence("⚠️ No contact sheet: this video can't be read. “As a file” sends it as it is.")
SHEET = Sentence("🖼 {camera} · {time}")
TRY_AGAIN = Sentence("🔄 Try again")
FETCHING = Sentence("⏳ Fetching the video…")
GONE = Sentence("🗑 This clip is gone from Blink, and Telegram has no copy.")
GONE_EVERYWHERE = Sentence("It's gone from Blink, and Telegram has no copy.")
FILE_TOO_LARGE = Sentence(
    "🗑 This clip is gone from Blink, and Telegram gives me no file above {limit} MB."
    " You can still save the video in this chat from its own menu."
)
FILE_NOT_NOW = Sentence("⚠️ This clip is gone from Blink, and Telegram isn't giving me the file. Try again in a minute.")
FETCHING_FILE = Sentence("⏳ Fetching the file…")
NO_FILE = Sentence("⚠️ The file can't be sent. {why}")
FILE = Sentence("📎 {camera} · {time}")


def clip_name(kept: KeptClip, locale: Locale) -> str:
    """A clip in a list or on a button, in plain text: "Porch · today 21:14 🏃"."""
    clip = kept.clip
    zone = locale.clip_zone(clip)
    icon, _ = what_happened(clip)
    at = locale.moment(clip.recorded_at, zone) + locale.zone_mark(clip.recorded_at, zone)
    marks = [icon, *([ON_USB()] if clip.origin is Origin.USB else []), *([MUTED_MARK] if kept.suppressed else [])]
    return f"{truncate(clip.camera_name, 24)} · {at} {' '.join(marks)}"


def day_label(of: ClipDay, locale: Locale, zone: tzinfo) -> str:
    """The button of a day: "Sat 21 Nov · 6 clips"."""
    return DAY(day=long_day(of.day, locale.today(zone)), clips=CLIPS(of.count))


def title(*of: str) -> str:
    """What a list is of: "people, Garage, yesterday"; "" for everything. Of HTML, of which each may be ""."""
    return joined([each for each in of if each], COMMA)


def seen(what: Seen | None) -> str:
    return "" if what is None else KINDS[AlertKind(what.value)]()


def description(clip: Clip) -> str:
    """What Blink says of a clip, where it has said more than stands under it; else ""."""
    words = truncate(clip.description, DESCRIPTION_LENGTH)
    return DESCRIPTION(words=escaped(words)) if words and clip.description != clip.sentence else ""


def no_clips(what: str, *, ever: bool) -> str:
    """A list is empty. `ever`: it is of all time."""
    if not what:
        return NO_CLIPS_YET()
    return (NO_CLIPS_YET_OF if ever else NO_CLIPS)(title=what)


def page(what: str, of: ClipPage) -> str:
    first = of.page * of.size + 1
    heading = NEWEST_FIRST_OF(title=what) if what else NEWEST_FIRST()
    lines = [heading, RANGE(first=first, last=first + len(of.clips) - 1, total=of.total)]
    return "\n".join([*lines, MUTED_LEGEND()] if any(kept.suppressed for kept in of.clips) else lines)


def which_day(what: str, days: Sequence[ClipDay]) -> str:
    question = WHICH_DAY(clips=CLIPS(sum(day.count for day in days)), days=DAYS(len(days)))
    return f"{CLIPS_OF(title=what) if what else ALL_CLIPS()}\n{question}"


def headed(what: str, text: str) -> str:
    """A text about the clips of a list, below what that is of."""
    return f"{CLIPS_OF(title=what)}\n{text}" if what else text


def by_origin(clips: Iterable[Clip], words: Mapping[Origin | None, T]) -> T:
    origins = {clip.origin for clip in clips}
    return words[origins.pop() if len(origins) == 1 else None]


def under(sentence: Sentence, clip: Clip, locale: Locale) -> str:
    return sentence(camera=bold(clip.camera_name), time=locale.time(clip.recorded_at, locale.clip_zone(clip)))


def reasons(failed: Sequence[tuple[KeptClip, str]], most: int, locale: Locale) -> list[str]:
    """Lines that say, in plain text given, why something was not done with clips; of those beyond `most` how many."""
    lines = [REASON(clip=escaped(clip_name(kept, locale)), why=escaped(why)) for kept, why in failed[:most]]
    return [*lines, MORE_REASONS(len(failed) - most)] if len(failed) > most else lines
