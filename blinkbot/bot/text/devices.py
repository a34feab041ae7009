"""What is said of networks, cameras, lights, sirens and schedules that are told to do something. Pure; HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import (
    WEEKDAYS,
    about,
    bold,
    escaped,
    fitting,
    full_day,
    humanize,
    join_names,
    name,
    time_of_day,
    zone_name,
)
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.names import Noun
from blinkbot.domain import ArmAction, Camera, Network, NetworkSchedules, Picture, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.timezones import local_entry
from blinkbot.errors import BlinkRefused
from blinkbot.translations import COMMA, Sentence, joined


@dataclass(frozen=True, slots=True)
class Order:
    """What is said of an order to Blink: while it is carried out, and how it ended."""

    doing: Sentence
    done: Sentence
    failed: Sentence
    unconfirmed: Sentence

    def failure(self, name: str, error: Exception) -> str:
        return self.failed(name=bold(name), why=escaped(error_message(error)))

    def doubt(self, name: str, waited: timedelta) -> str:
        return self.unconfirmed(name=bold(name), wait=humanize(waited))


# -- networks

NETWORK = Noun(
    none=Sentence("There are no networks in your Blink account."),
    unknown=Sentence("There's no network {name}. You have {names}."),
)
ORDERS = {
    ArmAction.ARM: Order(
        doing=Sentence("⏳ Arming {name}…"),
        done=Sentence("🔒 {name} is armed"),
        failed=Sentence("⚠️ Couldn't arm {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that {name} is armed. /status will show."),
    ),
    ArmAction.DISARM: Order(
        doing=Sentence("⏳ Disarming {name}…"),
        done=Sentence("🔓 {name} is disarmed"),
        failed=Sentence("⚠️ Couldn't disarm {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that {name} is disarmed. /status will show."),
    ),
}
LOCKS = {ArmAction.ARM: "🔒", ArmAction.DISARM: "🔓"}
WHICH_NETWORK = {
    ArmAction.ARM: Sentence("Which network shall I arm?"),
    ArmAction.DISARM: Sentence("Which network shall I disarm?"),
}
LATE_DISARM = Sentence("⏸ You asked for this while I was away. Which network shall I disarm?")
ALL_NETWORKS = {ArmAction.ARM: Sentence("🔒 All"), ArmAction.DISARM: Sentence("🔓 All")}

# -- pictures

CAMERA = Noun(
    none=Sentence("There are no cameras in your Blink account."),
    unknown=Sentence("There's no camera {name}. You have {names}."),
)
WHICH_CAMERA = Sentence("Which camera?")
ALL_CAMERAS = Sentence("📷 All")
AGAIN = Sentence("📷 Again")
PICTURE = Sentence("📷 Picture")
TRY_AGAIN = Sentence("🔄 Try again")
ASKING = Sentence("⏳ Asking {camera} for a picture…")
TAKEN = Sentence("⏳ {camera} has taken it. Blink hasn't shown it yet.")
NO_PICTURE = Sentence("⚠️ No picture from {camera}. {why}")
OFFLINE = Sentence("⚠️ No picture: {camera} is offline.")


def no_picture(camera: Camera, error: Exception) -> str:
    if isinstance(error, BlinkRefused) and error.is_offline:
        return OFFLINE(camera=bold(camera.name))
    return NO_PICTURE(camera=bold(camera.name), why=escaped(error_message(error)))


def picture_caption(picture: Picture, locale: Locale) -> str:
    zone = locale.zone(picture.network.id)
    return f"📷 {bold(picture.camera.name)}\n{_place(picture.network, locale)}{locale.time(picture.taken_at, zone)}"


# -- live views

LIVE_AGAIN = Sentence("🔴 Again")
WAKING = Sentence("🔴 Waking {camera}…")
RECORDING = Sentence("🔴 Recording {camera} for {length}…")
LIVE_VIEW = Sentence("🔴 {camera} — live view")
NO_LIVE_VIEW = Sentence("⚠️ No live view from {camera}. {why}")
NOTHING_CAME = Sentence("The video can't be played. Try again in a minute.")


def live_caption(camera: Camera, locale: Locale) -> str:
    network = locale.home.network(camera.network_id)
    at = locale.time(locale.now, locale.zone(camera.network_id))
    return f"{LIVE_VIEW(camera=bold(camera.name))}\n{_place(network, locale)}{at}"


def _place(network: Network | None, locale: Locale) -> str:
    return f"{name(network.name)} · " if network and locale.several_networks else ""


# -- lights

LIGHT = Noun(
    none=Sentence("None of your cameras has a light."),
    unknown=Sentence("There's no light at {name}. You have lights at {names}."),
)
WHICH_LIGHT = Sentence("Which light?")
LIGHT_BUTTON = {True: Sentence("💡 {name} on"), False: Sentence("🌑 {name} off")}
LIGHT_SWITCH = {True: Sentence("💡 Turn on"), False: Sentence("🌑 Turn off")}
LIGHTS = {
    True: Order(
        doing=Sentence("⏳ Turning on the light at {name}…"),
        done=Sentence("💡 Light on at {name}"),
        failed=Sentence("⚠️ Couldn't turn on the light at {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that the light at {name} is on."),
    ),
    False: Order(
        doing=Sentence("⏳ Turning off the light at {name}…"),
        done=Sentence("🌑 Light off at {name}"),
        failed=Sentence("⚠️ Couldn't turn off the light at {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that the light at {name} is off."),
    ),
}

# -- sirens

SIREN = Noun(
    none=Sentence("None of your networks has a siren."),
    unknown=Sentence("There's no siren at {name}. You have sirens at {names}."),
)
WHICH_SIREN = Sentence("Which siren?")
SURE = Sentence("🚨 Sound the siren at {name} for {length}?")
YES = Sentence("🚨 Yes, sound it")
NO = Sentence("No")
SILENCE = Sentence("🔇 Turn off")
CANCELLED = Sentence("👌 OK, cancelled.")
SIRENS = {
    True: Order(
        doing=Sentence("⏳ Turning on the siren at {name}…"),
        done=Sentence("🚨 Siren on at {name}, stops at {time}"),
        failed=Sentence("⚠️ Couldn't turn on the siren at {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that the siren at {name} is on."),
    ),
    False: Order(
        doing=Sentence("⏳ Turning off the siren at {name}…"),
        done=Sentence("🔇 Siren off at {name}"),
        failed=Sentence("⚠️ Couldn't turn off the siren at {name}. {why}"),
        unconfirmed=Sentence("❓ Blink hasn't confirmed after {wait} that the siren at {name} is off."),
    ),
}

# -- schedules

LOOK_AHEAD = 366  # Days in which a change of the clocks is worth a word

SCHEDULE = Noun(
    none=Sentence("Blink has no schedules for this home. You can make them in Blink's app."),
    unknown=Sentence("There's no schedule {name}. You have {names}."),
)
SCHEDULE_USAGE = Sentence("Try /schedule, <code>/schedule {on} NAME</code> or <code>/schedule {off} NAME</code>.")
ASKING_FOR_SCHEDULES = Sentence("⏳ Asking Blink for its schedules…")
WHICH_SCHEDULE = {
    True: Sentence("Which schedule shall I turn on?"),
    False: Sentence("Which schedule shall I turn off?"),
}
SCHEDULES_ARE = {True: Sentence("🗓 All schedules are already on."), False: Sentence("🗓 All schedules are already off.")}
SCHEDULE_BUTTON = {True: Sentence("▶ Turn on {name}"), False: Sentence("⏸ Turn off {name}")}
SWITCHING_IT = {True: Sentence("⏳ Turning it on…"), False: Sentence("⏳ Turning it off…")}
SWITCHING_SCHEDULE = {True: Sentence("⏳ Turning on {name}…"), False: Sentence("⏳ Turning off {name}…")}
SCHEDULE_IS = {True: Sentence("🗓 {name} is on"), False: Sentence("🗓 {name} is off")}

SCHEDULES_OF = Sentence("🗓 {network}, times in {zone}")
SCHEDULE_STATE = {True: Sentence("{name} — on"), False: Sentence("{name} — off")}
NO_ENTRIES = Sentence("empty")
ENTRIES: dict[str, Sentence] = {
    ArmAction.ARM: Sentence("🔒 {days} {time} arm"),
    ArmAction.DISARM: Sentence("🔓 {days} {time} disarm"),
}
OTHER_ENTRY = Sentence("▫️ {days} {time} {action}")
EVERY_DAY = Sentence("every day")
NO_SCHEDULES_READ = Sentence("⚠️ Couldn't read the schedules of {network}. {why}")
LATER = Sentence("<i>After the clock change on {day} these run {length} later by your clock.</i>")
EARLIER = Sentence("<i>After the clock change on {day} these run {length} earlier by your clock.</i>")
LATER_AT = Sentence("<i>After the clock change on {day} those of {names} run {length} later by your clock.</i>")
EARLIER_AT = Sentence("<i>After the clock change on {day} those of {names} run {length} earlier by your clock.</i>")


def schedules(networks: Sequence[NetworkSchedules], now: datetime) -> str:
    """The schedules of every network that has any, and a warning where the clocks will change under them."""
    shown = [each for each in networks if each.schedules]
    blocks = [_schedules_of(each, now) for each in shown]
    blocks += [
        NO_SCHEDULES_READ(network=bold(each.network.name), why=escaped(error_message(each.error)))
        for each in networks
        if each.error
    ]
    return fitting("\n\n".join([*blocks, *_warnings(shown, now)]))


def days(of: Iterable[Weekday | str]) -> str:
    """Days in the week's order, runs of three and more joined: "Mon–Fri", "Sat, Sun", "every day"."""
    order = list(Weekday)
    indexes = sorted(order.index(Weekday(each)) for each in set(of))
    if len(indexes) == len(order):
        return EVERY_DAY()
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return joined([_run([WEEKDAYS[index]() for index in run]) for run in runs], COMMA)


def next_change(zone: tzinfo, today: date) -> date | None:
    """The day on which the zone's clocks change next, None when they do not within a year."""
    for ahead in range(1, LOOK_AHEAD):
        # The offset is looked at in the middle of the day, after the night of the change.
        if _offset(zone, today + timedelta(days=ahead)) != _offset(zone, today):
            return today + timedelta(days=ahead)
    return None


def _warnings(shown: Sequence[NetworkSchedules], now: datetime) -> list[str]:
    """Blink keeps UTC: where the clocks are put forward, what it does is later by them. Names the networks where that
    is not the same for all."""
    changes: dict[tuple[date | None, timedelta], list[str]] = {}
    for each in shown:
        today = now.astimezone(each.zone).date()
        change = next_change(each.zone, today)
        forward = _offset(each.zone, change or today) - _offset(each.zone, today)
        changes.setdefault((change, forward), []).append(each.network.name)
    lines = []
    for (change, forward), networks in changes.items():
        if change:
            later, earlier = (LATER, EARLIER) if len(changes) == 1 else (LATER_AT, EARLIER_AT)
            sentence = later if forward > timedelta() else earlier
            lines.append(sentence(day=full_day(change), names=join_names(networks), length=about(abs(forward))))
    return lines


def _schedules_of(of: NetworkSchedules, now: datetime) -> str:
    local = now.astimezone(of.zone)
    lines = [SCHEDULES_OF(network=bold(of.network.name), zone=escaped(zone_name(local)))]
    for schedule in of.schedules:
        lines += _schedule(schedule, of.zone, local.date())
    return "\n".join(lines)


def _schedule(schedule: Schedule, zone: tzinfo, today: date) -> list[str]:
    entries = [local_entry(entry, zone, today) for entry in schedule.entries]
    entries.sort(key=lambda entry: (entry.at, min((list(Weekday).index(each) for each in entry.days), default=0)))
    lines = [_entry(entry) for entry in entries] or [NO_ENTRIES()]
    return [f"\n{SCHEDULE_STATE[schedule.enabled](name=bold(schedule.name))}", *lines]


def _entry(entry: ScheduleEntry) -> str:
    sentence = ENTRIES.get(entry.action, OTHER_ENTRY)
    return sentence(days=days(entry.days), time=time_of_day(entry.at), action=name(entry.action))


def _run(names: Sequence[str]) -> str:
    return f"{names[0]}–{names[-1]}" if len(names) > 2 else joined(names, COMMA)


def _offset(zone: tzinfo, on: date) -> timedelta:
    return datetime(on.year, on.month, on.day, 12, tzinfo=zone).utcoffset() or timedelta()
