"""Blink's weekly schedules as the people who live by them read them: local times, grouped days. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import WEEKDAYS, bold, escaped, fitting, full_day, name
from blinkbot.bot.text.names import Noun
from blinkbot.domain import ArmAction, NetworkSchedules, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.timezones import local_entry
from blinkbot.translations import Sentence

LOOK_AHEAD = 366
"""Days in which a change of the clocks is worth a word."""

SCHEDULE = Noun(
    none=Sentence("Blink has no schedules for this home. You can make them in Blink's app."),
    unknown=Sentence("There's no schedule {name}. You have {names}."),
)
USAGE = Sentence("Like this: /schedule, /schedule on NAME, /schedule off NAME")
LOADING = Sentence("⏳ Asking Blink for its schedules…")
WHICH = {
    True: Sentence("Which schedule shall I turn on?"),
    False: Sentence("Which schedule shall I turn off?"),
}
ALL_SO = {
    True: Sentence("🗓 Every schedule is on already."),
    False: Sentence("🗓 Every schedule is off already."),
}
BUTTON = {True: Sentence("▶ Turn on {name}"), False: Sentence("⏸ Turn off {name}")}
SWITCHING_IT = {True: Sentence("⏳ Turning it on…"), False: Sentence("⏳ Turning it off…")}
SWITCHING = {True: Sentence("⏳ Turning on {name}…"), False: Sentence("⏳ Turning off {name}…")}
SWITCHED = {True: Sentence("🗓 {name} is on"), False: Sentence("🗓 {name} is off")}

TITLE = Sentence("🗓 {network}, times in {zone}")
STATE = {True: Sentence("{name} — on"), False: Sentence("{name} — off")}
EMPTY = Sentence("nothing in it")
ENTRIES: dict[str, Sentence] = {
    ArmAction.ARM: Sentence("🔒 {days} {time} arm"),
    ArmAction.DISARM: Sentence("🔓 {days} {time} disarm"),
}
OTHER_ENTRY = Sentence("▫️ {days} {time} {action}")
EVERY_DAY = Sentence("every day")
UNREADABLE = Sentence("⚠️ Couldn't read the schedules of {network}. {why}")
LATER = Sentence("<i>After the clock change on {day} these run an hour later by your clock.</i>")
EARLIER = Sentence("<i>After the clock change on {day} these run an hour earlier by your clock.</i>")


def schedules(networks: Sequence[NetworkSchedules], now: datetime) -> str:
    """The schedules of every network that has any, and a warning where the clocks will change under them."""
    shown = [each for each in networks if each.schedules]
    blocks = [_network(each, now) for each in shown]
    blocks += [
        UNREADABLE(network=bold(each.network.name), why=escaped(complaint(each.error)))
        for each in networks
        if each.error
    ]
    blocks += dict.fromkeys(_warning(each.zone, now.astimezone(each.zone).date()) for each in shown)
    return fitting("\n\n".join(filter(None, blocks)))


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
    return ", ".join(_run([WEEKDAYS[index]() for index in run]) for run in runs)


def next_change(zone: tzinfo, today: date) -> date | None:
    """The day on which the zone's clocks change next, None when they do not within a year."""
    for ahead in range(1, LOOK_AHEAD):
        # The offset is looked at in the middle of the day, after the night of the change.
        if _offset(zone, today + timedelta(days=ahead)) != _offset(zone, today):
            return today + timedelta(days=ahead)
    return None


def _warning(zone: tzinfo, today: date) -> str:
    """Blink keeps UTC: where the clocks are put forward, what it does is later by them."""
    change = next_change(zone, today)
    if change is None:
        return ""
    sentence = LATER if _offset(zone, change) > _offset(zone, today) else EARLIER
    return sentence(day=full_day(change))


def _network(of: NetworkSchedules, now: datetime) -> str:
    local = now.astimezone(of.zone)
    lines = [TITLE(network=bold(of.network.name), zone=escaped(_zone_word(local)))]
    for schedule in of.schedules:
        lines += _schedule(schedule, of.zone, local.date())
    return "\n".join(lines)


def _schedule(schedule: Schedule, zone: tzinfo, today: date) -> list[str]:
    entries = [local_entry(entry, zone, today) for entry in schedule.entries]
    entries.sort(key=lambda entry: (entry.at, min((list(Weekday).index(each) for each in entry.days), default=0)))
    lines = [_entry(entry) for entry in entries] or [EMPTY()]
    return [f"\n{STATE[schedule.enabled](name=bold(schedule.name))}", *lines]


def _entry(entry: ScheduleEntry) -> str:
    sentence = ENTRIES.get(entry.action, OTHER_ENTRY)
    return sentence(days=days(entry.days), time=f"{entry.at:%H:%M}", action=name(entry.action))


def _run(names: Sequence[str]) -> str:
    return f"{names[0]}–{names[-1]}" if len(names) > 2 else ", ".join(names)


def _zone_word(local: datetime) -> str:
    word = local.tzname() or "UTC"
    # Zones without an abbreviation of their own are called by their offset: "-03".
    return word if word[0].isalpha() else f"UTC{word}"


def _offset(zone: tzinfo, on: date) -> timedelta:
    return datetime(on.year, on.month, on.day, 12, tzinfo=zone).utcoffset() or timedelta()
