"""How long, until when, and which hours: what people write after /mute, /snooze and /quiet. Pure.

English words, 12 and 24 hours. Times of day are local; lengths are counted on the world's clock, so that "8 h" over the
night when clocks change are eight hours.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from blinkbot.alerts import QuietHours
from blinkbot.bot.names import folded
from blinkbot.bot.words import MONTHS, WEEKDAYS, cut

SHORTEST = timedelta(minutes=1)
LONGEST = timedelta(days=30)

MORNING = time(7)
"""When a night is over that somebody wants to sleep through, and when a day begins that is told without a time."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why words mean no time: plain text, with an example of what works."""

    text: str


class _Unusable(Exception):
    """Words about a time that there is not; its text is for people."""


_YEARS = range(2000, 2101)

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
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "a half": 0.5,
    "quarter of an": 0.25,
    "a quarter of an": 0.25,
}

_NUMBER = r"[0-9]{1,6}(?:[.,][0-9]{1,3})?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
_UNIT = r"s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:ks?|eeks?)?"
_PIECE = rf"(?P<number>{_NUMBER})(?:\s+|(?<=[0-9]))(?P<unit>{_UNIT})(?![a-z])(?P<half> and a half)?"
_LENGTH = re.compile(rf"(?:{_PIECE})(?:\s*,?\s*(?:and\s+)?)")
_MINUTES_AFTER = re.compile(r"(?P<minutes>[0-5]?[0-9])")
_CLOCK = re.compile(
    r"(?P<hour>[0-9]{1,9})(?:[:.h](?P<minute>[0-9]{1,9}))?h?\s*(?P<half>[ap])?\.?(?(half)m?\.?)(?:\s*o'?clock)?"
)
_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_DAY_MONTH = re.compile(
    r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|\.)?\s(?P<month>[a-z]{3,9})\.?|(?P<first>[a-z]{3,9})\.?\s(?P<second>[0-9]{1,2})(?:st|nd|rd|th)?(?![0-9:.])"
)
_UNTIL = re.compile(r"(?:until|till|til|up to|to)\s+")
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b|\btill\b|\band\b)\s*")
_NAMED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0), "morning": MORNING, "the morning": MORNING}
_NIGHT = frozenset({"tonight", "overnight", "all night", "the night", "tomorrow morning", "this night"})
_TO_THE_END_OF_DAY = frozenset({"all day", "today", "the day", "the whole day", "the rest of the day"})


def read_until(text: str, now: datetime, zone: tzinfo, command: str) -> datetime | Complaint:
    """The end of what lasts as long as these words say, from `now` on, in UTC.

    `command` ("/mute") stands in the examples of complaints.
    """
    # Adding to a local time would count on the clock's face.
    now = now.astimezone(UTC)
    try:
        until = _end(_plain(text), now, zone)
        _check(until - now)
    except _Unusable as error:
        return Complaint(f"{error} Try “{command} 1h” or “{command} until 7:00”.")
    return until


def about_time(text: str) -> bool:
    """Whether words are meant as a time, even one that there is not."""
    plain = _plain(text)
    return bool(re.match(r"-?\s*[0-9]|(?:until|till|til|for)\b", plain)) or plain.split(" ")[0] in (
        _NUMBERS.keys() | {"tomorrow", "yesterday", "today", "tonight", "forever"}
    )


def read_quiet(text: str, command: str) -> QuietHours | Complaint:
    """Hours of each day: "22:00-07:00", "22-7", "10pm to 7am", "from 22 to 7"."""
    plain = re.sub(r"^(?:from|between)\s+", "", folded(text))
    ends = [part for part in _RANGE.split(plain) if part]
    try:
        if len(ends) != 2:
            raise _Unusable("I need a beginning and an end.")
        begin, end = (_time_of_day(part) for part in ends)
        if begin == end:
            raise _Unusable("Those hours begin when they end.")
    except _Unusable as error:
        return Complaint(f"{error} Try “{command} 22:00-07:00” or “{command} off”.")
    return QuietHours(begin, end)


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
    far = f"{local.day} {MONTHS[local.month - 1]} " if ahead > 6 else f"{WEEKDAYS[local.weekday()]} "
    return f"{days.get(ahead, far)}{local:%H:%M}"


def _plain(text: str) -> str:
    return re.sub(r"^for\s+(?=\S)", "", folded(text))


def _check(length: timedelta) -> None:
    if length > LONGEST:
        raise _Unusable(f"That is longer than {LONGEST.days} days.")
    if timedelta(0) < length < SHORTEST:
        raise _Unusable("That is less than a minute.")
    if length <= timedelta(0):
        raise _Unusable("That is no time at all." if length == timedelta(0) else "That is past.")


def _end(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Raises _Unusable."""
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
    raise _Unusable(_why_no_length(text))


def _length(text: str) -> timedelta | None:
    """ "1h", "1 h 30", "2 hours and 5 minutes", "an hour and a half"; None where it is none."""
    total, position, unit = timedelta(), 0, ""
    while piece := _LENGTH.match(text, position):
        told, unit = piece["number"], piece["unit"][0]
        number = _NUMBERS[told] if told in _NUMBERS else float(told.replace(",", "."))
        # Capped, since a million weeks are more than a timedelta holds.
        total += min(number + (0.5 if piece["half"] else 0.0), 10_000.0) * _UNITS[unit]
        position = piece.end()
    if position and unit == "h" and (minutes := _MINUTES_AFTER.fullmatch(text, position)):
        return total + int(minutes["minutes"]) * _UNITS["m"]
    return total if position and position == len(text) else None


def _point(text: str, now: datetime, zone: tzinfo) -> datetime:
    """When "until …" is. Raises _Unusable."""
    if not text:
        raise _Unusable("Until when?")
    day, rest = _day(text, now.astimezone(zone).date())
    if day is None:
        return next_time(_time_of_day(rest), now, zone)
    at = _time_of_day(rest) if rest else MORNING
    instants = [_instant(day, at, zone, fold) for fold in (0, 1)]
    return next((instant for instant in instants if instant > now), instants[0])


def _day(text: str, today: date) -> tuple[date | None, str]:
    """The day that is told, None for none, and the words about its time. Raises _Unusable."""
    for pattern, read in (
        (re.compile(r"(?P<word>today|tomorrow|yesterday)\b"), _relative),
        (re.compile(r"(?:next )?(?P<word>(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)\b"), _weekday),
        (_DATE, _calendar),
        (_DAY_MONTH, _named),
    ):
        if (found := pattern.search(text)) and (day := read(found, today)) is not None:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return day, re.sub(r"\b(?:at|on)\b|,", " ", rest).strip()
    return None, text


def _relative(found: re.Match[str], today: date) -> date | None:
    return today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[found["word"]])


def _weekday(found: re.Match[str], today: date) -> date | None:
    """The next one that is not today; None for words that only begin like one."""
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    meant = [number for number, name in enumerate(full) if name.startswith(found["word"])]
    return today + timedelta(days=(meant[0] - today.weekday() - 1) % 7 + 1) if meant else None


def _calendar(found: re.Match[str], _: date) -> date | None:
    return _real_date(int(found["year"]), int(found["month"]), int(found["day"]), found[0])


def _named(found: re.Match[str], today: date) -> date | None:
    """ "24 dec": of this year, or of the next where this year's is past."""
    month, number = found["month"] or found["first"], int(found["day"] or found["second"])
    if month[:3].title() not in MONTHS:
        return None
    index = MONTHS.index(month[:3].title()) + 1
    this_year = _real_date(today.year, index, number, found[0])
    return this_year if this_year >= today else _real_date(today.year + 1, index, number, found[0])


def _real_date(year: int, month: int, day: int, told: str) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise _Unusable(f"There is no {told}.") from None
    if year not in _YEARS:
        raise _Unusable(f"{told} is too far away.")
    return found


def _time_of_day(text: str) -> time:
    """ "7", "7:00", "7.30", "7pm", "noon"; 24:00 is midnight. Raises _Unusable."""
    if text in _NAMED_TIMES:
        return _NAMED_TIMES[text]
    found = _CLOCK.fullmatch(re.sub(r"^at\s+", "", text))
    if found is None:
        raise _Unusable(f"I do not know the time “{cut(text, 30)}”.")
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        possible = 1 <= hour <= 12
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    else:
        possible = hour < 24 or (hour, minute) == (24, 0)
    if not possible or minute > 59 or (found["minute"] is not None and len(found["minute"]) != 2):
        raise _Unusable(f"There is no {cut(text, 30)}.")
    return time(hour % 24, minute)


def _why_no_length(text: str) -> str:
    """What is wrong with words that are no length of time. Raises _Unusable where they are an impossible time."""
    if not text:
        return "How long?"
    if re.fullmatch(r"-.*", text):
        return "I cannot go back in time."
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", text):
        return f"{cut(text, 30)} what: minutes or hours?"
    if _CLOCK.fullmatch(text):
        return f"Do you mean until {_time_of_day(text):%H:%M}?"
    return f"I do not know how long “{cut(text, 30)}” is."


def _instant(day: date, at: time, zone: tzinfo, fold: int) -> datetime:
    """A local time in UTC. One that the clock skips is the same distance after the last that it shows."""
    return datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC)
