"""Words about times: when something ends, when it was, and what is wrong with a time that was typed. HTML."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

from blinkbot.bot.text.formatting import (
    AT,
    ON,
    clock,
    day,
    escaped,
    hours,
    long_day,
    quoted,
    recent_day,
    time_of_day,
    typed,
    weekday,
)
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.timeparse.instants import MINUTE, instant
from blinkbot.bot.timeparse.past import Window
from blinkbot.bot.timeparse.pieces import DAY
from blinkbot.bot.timeparse.problems import Code, TimeProblem
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.translations import OR, Sentence, joined

TOMORROW = Sentence("tomorrow {time}")
UNTIL_DAY = Sentence("until {day}")
BEFORE = Sentence("before {time}")
SINCE = Sentence("since {time}")
DAYS = Sentence("{first} – {last}")
HOURS = Sentence("{day}, {hours}")

TRY = Sentence("{problem} Try {examples}.")
FOR_EXAMPLE = Sentence("{problem} For example {examples}.")

PROBLEMS: Mapping[Code, Sentence] = {
    Code.NOT_UNDERSTOOD: Sentence("I didn't get {words}."),
    Code.NO_SUCH: Sentence("There's no {words}."),
    Code.AMBIGUOUS: Sentence("{words} can mean {one} or {other}."),
    Code.YEAR_TOO_FAR: Sentence("The year {year} is too far away."),
    Code.WRONG_WEEKDAY: Sentence("That day is {day}."),
    Code.CLOCK_CHANGE: Sentence("The clocks changed then, so there was no such time."),
    Code.PART_HOURS: Sentence("That part of the day is {begin}–{end}."),
    Code.ONE_DAY: Sentence("That needs a single day."),
    Code.ENDS_BEFORE: Sentence("That ends before it starts."),
    Code.FUTURE: Sentence("That's in the future."),
    Code.PAST: Sentence("That's in the past."),
    Code.TOO_LONG_AGO: Sentence("That's longer ago than any clip."),
    Code.TOO_LONG: Sentence("{days} days is the most."),
    Code.TOO_SHORT: Sentence("One minute is the least."),
    Code.NO_LENGTH: Sentence("That's no time at all."),
    Code.HOW_LONG: Sentence("How long?"),
    Code.NO_UNIT: Sentence("{number} minutes or hours?"),
    Code.LENGTH_OR_END: Sentence("For how long, or until when?"),
    Code.UNTIL_WHEN: Sentence("Until when?"),
    Code.UNTIL: Sentence("Until {time}?"),
    Code.WHICH_DAY: Sentence("Until which day?"),
    Code.WHICH_HOUR: Sentence("At what time?"),
    Code.BEGIN_AND_END: Sentence("I need a start and an end."),
    Code.NO_HOURS: Sentence("Start and end are the same."),
    Code.MOST_OF_A_DAY: Sentence("{begin}–{end} is {hours} hours."),
}


def upcoming(at: datetime, now: datetime, zone: tzinfo) -> str:
    """An instant to come as people say it: "21:14", "tomorrow 07:00", "Thu 07:00", "24 Dec 07:00"."""
    on = at.astimezone(zone).date()
    ahead = (on - now.astimezone(zone).date()).days
    if ahead == 0:
        return clock(at, zone)
    if ahead == 1:
        return TOMORROW(time=clock(at, zone))
    return AT(day=day(on) if ahead > 6 else weekday(on), time=clock(at, zone))


def window(of: Window, locale: Locale, zone: tzinfo) -> str:
    """A window as it is shown: "yesterday", "Fri 20 Nov, 18:00–20:00", "since Mon 16 Nov"; "" for all time."""
    today = locale.today(zone)
    if of.until is None:
        return SINCE(time=_day_or_time(of.since, today, zone, bare=True)) if of.since else ""
    last = (of.until - MINUTE).astimezone(zone).date()
    to_midnight = _is_midnight(of.until, zone)
    if of.since is None:
        if to_midnight:
            return UNTIL_DAY(day=_day(last, today))
        return BEFORE(time=_day_or_time(of.until, today, zone, bare=True))
    first = of.since.astimezone(zone).date()
    if to_midnight and _is_midnight(of.since, zone):
        return _day(first, today) if first == last else DAYS(first=_day(first, today), last=_day(last, today))
    if first == last:
        end = DAY if to_midnight else of.until.astimezone(zone).time()
        return HOURS(day=_day(first, today), hours=hours(of.since.astimezone(zone).time(), end))
    return DAYS(first=_day_or_time(of.since, today, zone), last=_day_or_time(of.until, today, zone))


def problem(of: TimeProblem) -> str:
    """What is wrong with words about a time, without what would do instead."""
    values = {name: _shown(name, value) for name, value in of.values.items()}
    match of.values:
        case {"at": datetime(tzinfo=tzinfo() as zone) as at, "now": datetime() as now}:
            values["time"] = upcoming(at, now, zone)
    return PROBLEMS[of.code](**values)


def length_problem(of: TimeProblem, command: str) -> str:
    """What is wrong with words behind a command that say how long, and what would do; "/mute" or "/mute porch"."""
    if of.code is Code.HOW_LONG:
        return FOR_EXAMPLE(problem=problem(of), examples=joined(spoken().lengths[:2], OR))
    return _with_examples(of, command, spoken().lengths)


def hours_problem(of: TimeProblem, command: str) -> str:
    """What is wrong with words behind a command that say hours of each day, and what would do."""
    return _with_examples(of, command, spoken().hours)


def with_examples(problem: str, commands: Sequence[str]) -> str:
    return TRY(problem=problem, examples=joined([typed(each) for each in commands], OR))


def _with_examples(of: TimeProblem, command: str, usual: tuple[str, ...]) -> str:
    """What may be meant stands as a whole command; what is usual does so only behind a name, and shorter."""
    if not of.works and " " not in command:
        return TRY(problem=problem(of), examples=joined(usual, OR))
    works = of.works or (usual[0], usual[-1])
    return with_examples(problem(of), [f"{command} {each}" for each in works])


def _shown(name: str, value: object) -> str:
    if isinstance(value, date):
        return long_day(value, date.min)
    if isinstance(value, time | timedelta):
        return time_of_day(value)
    return quoted(str(value)) if name == "words" else escaped(str(value))


def _day_or_time(at: datetime, today: date, zone: tzinfo, *, bare: bool = False) -> str:
    """A day, where an instant is its midnight; `bare`: of today the clock alone."""
    on = at.astimezone(zone).date()
    if _is_midnight(at, zone):
        return _day(on, today)
    return clock(at, zone) if bare and on == today else ON(day=_day(on, today), time=clock(at, zone))


def _day(on: date, today: date) -> str:
    return recent_day(on, today) or long_day(on, today)


def _is_midnight(at: datetime, zone: tzinfo) -> bool:
    """Whether a local day begins at an instant; in some zones, once a year, that is at one o'clock."""
    return at == instant(datetime.combine(at.astimezone(zone).date(), time()), zone)
