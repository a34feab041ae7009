"""Blink's weekly schedules as the people who live by them read them: local times, grouped days. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo

from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import bold, day, escaped, fitting, name
from blinkbot.domain import ArmAction, NetworkSchedules, Schedule, ScheduleEntry, Weekday
from blinkbot.domain.timezones import local_entry

LOOK_AHEAD = 366
"""Days in which a change of the clocks is worth a word."""

ICONS: dict[str, str] = {ArmAction.ARM: "🔒", ArmAction.DISARM: "🔓"}


def schedules(networks: Sequence[NetworkSchedules], now: datetime) -> str:
    """The schedules of every network that has any, and a warning where the clocks will change under them."""
    shown = [each for each in networks if each.schedules]
    blocks = [_network(each, now) for each in shown]
    blocks += [
        f"⚠️ The schedules of {bold(each.network.name)} cannot be read just now. {escaped(complaint(each.error))}"
        for each in networks
        if each.error
    ]
    changes = {next_change(each.zone, now.astimezone(each.zone).date()) for each in shown}
    blocks += [
        f"<i>Blink keeps UTC: when the clocks change on {day(change)}, these times move by an hour.</i>"
        for change in sorted(change for change in changes if change is not None)
    ]
    return fitting("\n\n".join(blocks))


def days(of: Iterable[Weekday | str]) -> str:
    """Days in the week's order, runs of three and more joined: "Mon–Fri", "Sat, Sun", "every day"."""
    order = list(Weekday)
    indexes = sorted(order.index(Weekday(each)) for each in set(of))
    if len(indexes) == len(order):
        return "every day"
    runs: list[list[int]] = []
    for index in indexes:
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return ", ".join(_run([order[index].capitalize() for index in run]) for run in runs)


def next_change(zone: tzinfo, today: date) -> date | None:
    """The day on which the zone's clocks change next, None when they do not within a year."""
    before = _offset(zone, today)
    for ahead in range(1, LOOK_AHEAD):
        if _offset(zone, today + timedelta(days=ahead)) != before:
            # The offset is looked at in the middle of the day, after the night of the change.
            return today + timedelta(days=ahead)
    return None


def _network(of: NetworkSchedules, now: datetime) -> str:
    local = now.astimezone(of.zone)
    lines = [f"🗓 {bold(of.network.name)}, times in {escaped(_zone_word(local))}"]
    for schedule in of.schedules:
        lines += _schedule(schedule, of.zone, local.date())
    return "\n".join(lines)


def _schedule(schedule: Schedule, zone: tzinfo, today: date) -> list[str]:
    entries = [local_entry(entry, zone, today) for entry in schedule.entries]
    entries.sort(key=lambda entry: (entry.at, min((list(Weekday).index(each) for each in entry.days), default=0)))
    return [
        f"\n{bold(schedule.name)} — {'on' if schedule.enabled else 'off'}",
        *(_entry(entry) for entry in entries),
        *(["nothing in it"] if not entries else []),
    ]


def _entry(entry: ScheduleEntry) -> str:
    return f"{ICONS.get(entry.action, '▫️')} {days(entry.days)} {entry.at:%H:%M} {name(entry.action)}"


def _run(names: Sequence[str]) -> str:
    return f"{names[0]}–{names[-1]}" if len(names) > 2 else ", ".join(names)


def _zone_word(local: datetime) -> str:
    word = local.tzname() or "UTC"
    # Zones without an abbreviation of their own are called by their offset: "-03".
    return word if word[0].isalpha() else f"UTC{word}"


def _offset(zone: tzinfo, on: date) -> timedelta | None:
    return datetime(on.year, on.month, on.day, 12, tzinfo=zone).utcoffset()
