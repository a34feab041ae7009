"""The words of /alerts, /quiet and /topics. Pure; texts are HTML, labels of buttons plain."""

from blinkbot.bot.text.formatting import hours, join_names
from blinkbot.domain import Home
from blinkbot.domain.preferences import RECORDINGS, AlertKind, ChatAlerts
from blinkbot.translations import COMMA, Sentence, joined

HINT = Sentence("Tap what you want to change. /mute pauses alerts for a while, /quiet sets hours without sound.")

HERE = Sentence("🔔 <b>Alerts here:</b> {kinds} · {cameras} · {sound}")
ALL_OFF = Sentence("🔕 <b>All alerts are off in this chat.</b> Clips stay in /clips.")
ALL_RECORDINGS = Sentence("motion", context="alerts of a chat")
KINDS = {
    AlertKind.PERSON: Sentence("people"),
    AlertKind.PACKAGE: Sentence("packages"),
    AlertKind.UNUSUAL: Sentence("anything unusual"),
    AlertKind.VEHICLE: Sentence("vehicles"),
    AlertKind.ANIMAL: Sentence("animals"),
    AlertKind.MOTION: Sentence("other motion"),
    AlertKind.DOORBELL: Sentence("doorbell"),
    AlertKind.OFFLINE: Sentence("offline"),
    AlertKind.BATTERY: Sentence("low battery"),
}
ALL_CAMERAS = Sentence("all cameras")
NO_CAMERAS = Sentence("no cameras")
CAMERAS_BUT = Sentence("all cameras but {names}")
WITH_SOUND = Sentence("with sound")
WITHOUT_SOUND = Sentence("without sound")
SILENT_KINDS = Sentence("🔇 Without sound: {kinds}.")
PICTURE_FIRST = Sentence("You get a picture first; it turns into the video.")
SHEET_FIRST = Sentence("You get a contact sheet first; it turns into the video.")
QUIET = Sentence("🌙 Quiet {hours} (/quiet).")
QUIET_BUT_DOORBELL = Sentence("🌙 Quiet {hours}, but the doorbell rings (/quiet).")

WHICH_CAMERAS = Sentence("📷 <b>Which cameras alert this chat?</b>")
ALL_OF_THEM = Sentence("All of them.")
ALL_BUT = Sentence("All but {names}.")

KIND_BUTTONS = {
    AlertKind.PERSON: Sentence("🚶 People"),
    AlertKind.PACKAGE: Sentence("📦 Packages"),
    AlertKind.UNUSUAL: Sentence("❗ Unusual"),
    AlertKind.VEHICLE: Sentence("🚗 Vehicles"),
    AlertKind.ANIMAL: Sentence("🐾 Animals"),
    AlertKind.MOTION: Sentence("🏃 Motion"),
    AlertKind.DOORBELL: Sentence("🔔 Doorbell"),
    AlertKind.OFFLINE: Sentence("📵 Offline"),
    AlertKind.BATTERY: Sentence("🪫 Battery"),
}
PEOPLE_BUTTON = Sentence("🚶 People only")
PEOPLE_LOUD_BUTTON = Sentence("🔇 Sound for people only")
SOUND_BUTTON = Sentence("🔊 With sound")
SHEET_BUTTON = Sentence("🖼 Contact sheet first")
BELL_BUTTON = Sentence("🌙 Doorbell rings in quiet hours")
CAMERAS_BUTTON = Sentence("📷 Cameras ›")

NO_QUIET_HOURS = Sentence("🔔 No quiet hours here. In quiet hours everything still arrives, without sound.")
QUIET_HOURS = Sentence("🌙 Quiet here {hours}, every day: alerts arrive without sound.")
BELL_RINGS = Sentence("The doorbell still rings.")
BELL_SILENT = Sentence("The doorbell is silent too.")
QUIET_BUTTON = Sentence("🌙 {hours}")
SILENCE_BELL_BUTTON = Sentence("🔕 Silence the doorbell too")
RING_BELL_BUTTON = Sentence("🔔 Let the doorbell ring")
NO_QUIET_BUTTON = Sentence("🔔 No quiet hours")

TOPICS_ON = Sentence("🗂 Each camera has its own topic here.")
TOPICS_OFF = Sentence("🗂 Everything arrives in one place here.")
TOPICS_USAGE = Sentence("I didn't get {words}.")
MAKING_TOPICS = Sentence("⏳ Making topics: {number} of {total}…")
TOPICS_MADE = Sentence("🗂 Done: each camera has its own topic ({names}).")
TOPICS_TO_COME = Sentence("🗂 Each camera gets a topic with its first clip.")
TOPICS_ENDED = Sentence("📥 Everything arrives in one place from now on. The topics stay until you delete them.")
NO_TOPICS_YET = Sentence("📥 Everything arrives in one place here already.")
TOPICS_ON_BUTTON = Sentence("🗂 A topic per camera")
TOPICS_OFF_BUTTON = Sentence("📥 All in one place")
TOPICS_IN_PRIVATE = Sentence("Topics work in groups, one for each camera.")
TOPICS_MISSING = Sentence(
    "This group has no topics. To have some:\n"
    "1. Open the group's page, then ✏️ Edit.\n"
    "2. Switch <b>Topics</b> on.\n"
    "3. Under <b>Administrators</b>, add me and let me <b>manage topics</b>.\n"
    "4. Send {command}."
)
TOPICS_FORBIDDEN = Sentence(
    "I'm not allowed to make topics here. To let me:\n"
    "1. Open the group's page, then ✏️ Edit, then <b>Administrators</b>.\n"
    "2. Add me, and let me <b>manage topics</b>.\n"
    "3. Send {command}."
)


def summary(alerts: ChatAlerts, home: Home) -> str:
    if not alerts.kinds:
        return ALL_OFF()
    hidden = _hidden(alerts, home)
    if home.cameras and len(hidden) == len(home.cameras):
        cameras = NO_CAMERAS()
    else:
        cameras = CAMERAS_BUT(names=join_names(hidden)) if hidden else ALL_CAMERAS()
    sound = WITH_SOUND if alerts.loud else WITHOUT_SOUND
    lines = [HERE(kinds=_named(alerts.kinds), cameras=cameras, sound=sound())]
    silent = alerts.kinds & alerts.silent
    if alerts.loud and silent:
        lines.append(SILENT_KINDS(kinds=_named(silent)))
    if alerts.kinds & {*RECORDINGS, AlertKind.DOORBELL}:
        lines.append((SHEET_FIRST if alerts.sheet_first else PICTURE_FIRST)())
    if alerts.quiet is not None and alerts.loud:
        rings = alerts.doorbell_in_quiet and AlertKind.DOORBELL in alerts.kinds
        lines.append((QUIET_BUT_DOORBELL if rings else QUIET)(hours=hours(alerts.quiet.begin, alerts.quiet.end)))
    return "\n".join(lines)


def which_cameras(alerts: ChatAlerts, home: Home) -> str:
    hidden = _hidden(alerts, home)
    return f"{WHICH_CAMERAS()}\n{ALL_BUT(names=join_names(hidden)) if hidden else ALL_OF_THEM()}"


def quiet_hours(alerts: ChatAlerts) -> str:
    if alerts.quiet is None:
        return NO_QUIET_HOURS()
    bell = BELL_RINGS if alerts.doorbell_in_quiet else BELL_SILENT
    return f"{QUIET_HOURS(hours=hours(alerts.quiet.begin, alerts.quiet.end))} {bell()}"


def _named(kinds: frozenset[AlertKind]) -> str:
    """Kinds in their order; all recordings in one word."""
    every = kinds.issuperset(RECORDINGS)
    words = [word() for kind, word in KINDS.items() if kind in kinds and not (every and kind in RECORDINGS)]
    return joined([ALL_RECORDINGS(), *words] if every else words, COMMA)


def _hidden(alerts: ChatAlerts, home: Home) -> list[str]:
    return [camera.name for camera in home.cameras if camera.id in alerts.hidden_cameras]
