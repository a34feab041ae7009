"""How long, until when, and which hours: what people write after /mute, /snooze and /quiet. Pure.

English words, 12 and 24 hours. Times of day are local; lengths are counted on the world's clock, so that "8 h" over the
night when clocks change are eight hours.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from blinkbot.bot.text.formatting import cut, day, weekday
from blinkbot.bot.timeparse.scanner import pieces, plain
from blinkbot.bot.timeparse.tokens import DAY, BadTime, Clock, Link, Now, Part, Point, Unclear, point_of, within
from blinkbot.domain.preferences import QuietHours

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=30)

MORNING = time(7)
"""When a night is over that somebody wants to sleep through, and when a day begins that is told without a time."""

LONGEST_GUESS = timedelta(hours=14)
"""Quiet hours are rarely longer: who writes "10-7" rather means ten at night."""

EXAMPLES = ("1h", "until 7:00")


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why words mean no time: plain text, with an example of what works."""

    text: str


_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_NUMBERS = {
    word: float(number)
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
    for word in words.split()
} | {
    "a couple of": 2.0,
    "couple of": 2.0,
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "a half": 0.5,
    "quarter of an": 0.25,
    "a quarter of an": 0.25,
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "forty five": 45.0,
    "forty-five": 45.0,
    "ninety": 90.0,
}

_HOURS = {word: str(int(number)) for word, number in _NUMBERS.items() if number in range(1, 13) and len(word) > 2}

_NUMBER = r"[0-9]{1,12}(?:[.,][0-9]{1,3})?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_UNIT = r"s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:ks?|eeks?)?"
_PIECE = rf"(?P<number>{_NUMBER})(?:\s+|(?<=[0-9]))(?P<unit>{_UNIT})(?![a-z])(?P<half> and a half)?"
_LENGTH = re.compile(rf"(?:{_PIECE})(?:\s*,?\s*(?:and\s+)?)")
_MINUTES_AFTER = re.compile(r"(?P<minutes>[0-5]?[0-9])")
_BARE = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_LEAD = re.compile(rf"(?:for\s+)?(?:(?:the\s+)?next\s+(?=(?:{_NUMBER})\b))?(?=\S)")
_UNTIL = re.compile(r"(?:until|till|til|up to|to)(?:\s+|$)")
_ABOUT_TIME = re.compile(
    r"-?\s*[0-9]|(?:until|till|til|up to|for|today|tomorrow|yesterday|tonight|forever|always|next)\b"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?!\w)"
)
_NIGHT = frozenset(
    {"tonight", "overnight", "all night", "the night", "the whole night", "tomorrow morning", "this night"}
)
_TO_THE_END_OF_DAY = frozenset(
    {"all day", "today", "the day", "the whole day", "the rest of the day", "rest of the day"}
    | {f"until {end}" for end in ("the end of the day", "end of the day", "end of day")}
)
_NO_DAY = Now(datetime.combine(date(2000, 1, 1), time()))
"""Hours of each day are the same on any."""

_BEGINS = {Part.MORNING: MORNING, Part.AFTERNOON: time(12), Part.EVENING: time(18)}
"""Until when "until the evening" is. "Until tonight" can be any hour."""


def read_until(text: str, now: datetime, zone: tzinfo, command: str) -> datetime | Complaint:
    """The end of what lasts as long as these words say, from `now` on, in UTC.

    `command` ("/mute") stands in the examples of complaints.
    """
    # Adding to a local time would count on the clock's face.
    now = now.astimezone(UTC)
    try:
        return _checked_end(text, now, zone)
    except BadTime as error:
        works = [words for each in error.works for words in (each, f"until {each}") if _is_end(words, now, zone)]
        examples = " or ".join(f"“{command} {each}”" for each in works or EXAMPLES)
        return Complaint(f"{error} Try {examples}.")


def about_time(text: str) -> bool:
    """Whether words are meant as a time, even one that there is not."""
    words = _bared(text)
    return bool(_ABOUT_TIME.match(words)) or words.split(" ")[0] in _NUMBERS


def read_quiet(text: str, command: str) -> QuietHours | Complaint:
    """Hours of each day: "22:00-07:00", "22-7", "10pm to 7am", "from 22 to 7", "22:00 07:00"."""
    try:
        begin, end = _two_clocks(_bared(text))
        hours = QuietHours(_time(_first_of(begin, end)), _time(end.readings(either_half=False)[0]))
        if hours.begin == hours.end:
            raise BadTime("Those hours begin when they end.")
    except BadTime as error:
        return Complaint(f"{error} Try “{command} 22:00-07:00” or “{command} off”.")
    length = _length_of(hours)
    if length > LONGEST_GUESS and (begin.bare or end.bare):
        told = f"{hours.begin:%H:%M}-{hours.end:%H:%M}"
        at_night = QuietHours(hours.begin.replace(hour=(hours.begin.hour + 12) % 24), hours.end)
        examples = [f"“{command} {each.begin:%H:%M}-{each.end:%H:%M}”" for each in (at_night, hours)]
        return Complaint(f"{told} would be {length // timedelta(hours=1)} hours. Try {' or '.join(examples)}.")
    return hours


def _two_clocks(text: str) -> tuple[Clock, Clock]:
    """Raises BadTime."""
    found = pieces(text, _NO_DAY)
    if found is None:
        raise BadTime(f"I do not understand “{cut(text, 30)}” as hours.")
    match [piece for piece in found if piece not in (Link.SINCE, Link.AROUND)]:
        case [Clock() as begin, Link.TO | Link.UNTIL, Clock() as end] | [Clock() as begin, Clock() as end]:
            return begin, end
    raise BadTime("I need a beginning and an end.")


def _first_of(begin: Clock, end: Clock) -> timedelta:
    """When the hours begin, after midnight; in "6-8pm" and "10-7am" a mere number is of the half that is nearer."""
    (ends,) = end.readings(either_half=False)
    return min(begin.readings(either_half=begin.bare and end.half != ""), key=lambda begins: (ends - begins) % DAY)


def _length_of(hours: QuietHours) -> timedelta:
    begin, end = (timedelta(hours=at.hour, minutes=at.minute) for at in (hours.begin, hours.end))
    return (end - begin) % DAY


def _time(after_midnight: timedelta) -> time:
    """24:00 is midnight."""
    hours, minutes = divmod(after_midnight // timedelta(minutes=1), 60)
    return time(hours % 24, minutes)


def next_time(at: time, now: datetime, zone: tzinfo, *, days: int = 0) -> datetime:
    """The next instant after `now` at which clocks show `at`, in UTC; `days`: not before so many days from today."""
    today = now.astimezone(zone).date()
    candidates = (
        _instant(today + timedelta(days=ahead), at, zone, fold) for ahead in range(days, 8) for fold in (0, 1)
    )
    return next(instant for instant in candidates if instant > now)


def point(at: datetime, now: datetime, zone: tzinfo) -> str:
    """An instant to come as people say it: "21:14", "tomorrow 07:00", "Thu 07:00", "24 Dec 07:00"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    ahead = (local.date() - today).days
    days = {0: "", 1: "tomorrow "}
    far = f"{day(local.date()) if ahead > 6 else weekday(local.date())} "
    return f"{days.get(ahead, far)}{local:%H:%M}"


def _bared(text: str) -> str:
    """Words as the scan takes them, without what is around them; a date's last dot is part of it."""
    without_comma = re.sub(r",(?!\d)", " ", text.rstrip("!? "))
    without_dot = re.sub(r"(?<![.][0-9])(?<![.][0-9]{2})[.]$", "", plain(without_comma))
    return _LEAD.sub("", without_dot, count=1)


def _is_end(text: str, now: datetime, zone: tzinfo) -> bool:
    try:
        _checked_end(text, now, zone)
    except BadTime:
        return False
    return True


def _checked_end(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Raises BadTime."""
    until = _end(_bared(text), now, zone)
    _check(until - now)
    return until


def _check(length: timedelta) -> None:
    if length > LONGEST:
        raise BadTime(f"That is longer than {LONGEST.days} days.")
    if timedelta(0) < length < SHORTEST:
        raise BadTime("That is less than a minute.")
    if length <= timedelta(0):
        raise BadTime("That is no time at all." if length == timedelta(0) else "That is past.")


def _end(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Raises BadTime."""
    if text in _NIGHT:
        return next_time(MORNING, now, zone)
    if text in _TO_THE_END_OF_DAY:
        return next_time(time(0), now, zone)
    if until := _UNTIL.match(text):
        return _point(text[until.end() :], now, zone)
    length = _length(text)
    if length is not None:
        _check(length)
        return now + length
    raise _no_length(text, now, zone)


def _length(text: str) -> timedelta | None:
    """ "1h", "1 h 30", "2 hours and 5 minutes", "an hour and a half"; None where it is none."""
    total, position, unit = timedelta(), 0, ""
    while piece := _LENGTH.match(text, position):
        told, unit = piece["number"], piece["unit"][0]
        number = _NUMBERS[told] if told in _NUMBERS else float(told.replace(",", "."))
        # Capped, since many million weeks are more than a timedelta holds.
        number = min(number + (0.5 if piece["half"] else 0.0), 1e7)
        total = min(total + number * _UNITS[unit], 2 * LONGEST)
        position = piece.end()
    if position and unit == "h" and (minutes := _MINUTES_AFTER.fullmatch(text, position)):
        return total + int(minutes["minutes"]) * _UNITS["m"]
    return total if position and position == len(text) else None


def _point(text: str, now: datetime, zone: tzinfo) -> datetime:
    """When "until …" is. Raises BadTime."""
    if not text:
        raise BadTime("Until when?")
    if _length(text) is not None:
        raise BadTime("Is that how long, or until when?", text, *_as_clock(text))
    until = _instant_of(text, now, zone)
    if until is None:
        raise BadTime(f"I do not know the time “{cut(text, 30)}”.")
    return until


def _as_clock(text: str) -> list[str]:
    """ "1h30" as a time of day, "1:30", where it can be one."""
    found = re.fullmatch(r"([0-9]{1,2})h([0-9]{2})?", text)
    return [f"{found[1]}:{found[2] or '00'}"] if found else []


def _instant_of(text: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The next instant that words tell of; a day's, without a time, is in the morning. None where it is no time.

    Raises BadTime.
    """
    told = _told(text, now, zone)
    if told is None:
        return None
    after_midnight = _after_midnight(told)
    if told.days is None:
        return next_time(_time(after_midnight), now, zone)
    local = datetime.combine(told.days.first, time()) + after_midnight
    instants = [_instant(local.date(), local.time(), zone, fold) for fold in (0, 1)]
    return next((instant for instant in instants if instant > now), instants[0])


def _last_day(text: str, now: datetime, zone: tzinfo) -> date | None:
    """The last of several days that words tell of; None where they tell of one, or of none."""
    told = _told(text, now, zone)
    days = told.days if told is not None else None
    return days.last if days is not None and days.first != days.last else None


def _told(text: str, now: datetime, zone: tzinfo) -> Point | None:
    """What words tell of that is to come; None where they are no time. Raises BadTime."""
    in_digits = " ".join(_HOURS.get(word, word) for word in text.split())
    found = pieces(in_digits, Now(now.astimezone(zone).replace(tzinfo=None), ahead=True))
    try:
        return point_of([piece for piece in found or () if piece is not Link.AROUND])
    except Unclear:
        return None


def _after_midnight(told: Point) -> timedelta:
    """When it is, after the midnight of its day. Raises BadTime."""
    if told.clock is not None:
        # "4 in the morning" is before the morning.
        if told.part in (None, Part.MORNING):
            return told.clock.readings(either_half=False)[0]
        return within(told.part, told.clock)
    if told.part is Part.NIGHT:
        raise BadTime("At what time of the night?", "22:00")
    at = _BEGINS[told.part] if told.part is not None else MORNING
    return timedelta(hours=at.hour)


def _no_length(text: str, now: datetime, zone: tzinfo) -> BadTime:
    """What is wrong with words that are no length of time. Raises BadTime where they are an impossible time."""
    if not text:
        return BadTime("How long?")
    if text.startswith("-"):
        return BadTime("I cannot go back in time.")
    if _BARE.fullmatch(text):
        return BadTime(f"{cut(text, 30)} what: minutes or hours?", f"{text} min", f"{text} h")
    until = _instant_of(text, now, zone)
    if until is None:
        return BadTime(f"I do not know how long “{cut(text, 30)}” is.")
    last = _last_day(text, now, zone)
    if last is not None:
        # "For the weekend" is not over when the weekend begins.
        is_near = last - now.astimezone(zone).date() <= timedelta(days=7)
        return BadTime("Until which day?", *([f"until {(last + DAY):%A}".lower()] if is_near else []))
    _check(until - now)
    end = f"{until.astimezone(zone):%H:%M}" if text[0].isdecimal() and until - now < DAY else text
    short = re.fullmatch(r"([0-9]{1,2}):([0-9]{2})", text)
    lengths = [f"{short[1]}h{short[2]}"] if short else []
    return BadTime(f"Do you mean until {point(until, now, zone)}?", f"until {end}", *lengths)


def _instant(day: date, at: time, zone: tzinfo, fold: int) -> datetime:
    """A local time in UTC. One that the clock skips is the same distance after the last that it shows."""
    return datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC)
