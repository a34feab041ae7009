"""The small words of messages: names, times, temperatures, lists. Pure; everything is HTML-safe.

Texts are Telegram's HTML. No tag is ever open across a line's end, so that `fitting` may cut between lines.
"""

import html
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from blinkbot.translations import Plural, Sentence, joined

MESSAGE_LENGTH = 4096
CAPTION_LENGTH = 1024  # UTF-16 units that a message and a caption take at most

NAME_LENGTH = 64
LISTED_NAMES = 20
NAMELESS = Sentence("(no name)")
QUOTED = Sentence("“{words}”")

# fmt: off
WEEKDAYS = (
    Sentence("Mon"), Sentence("Tue"), Sentence("Wed"), Sentence("Thu"),
    Sentence("Fri"), Sentence("Sat"), Sentence("Sun"),
)
MONTHS = (
    Sentence("Jan"), Sentence("Feb"), Sentence("Mar"), Sentence("Apr"), Sentence("May", context="short month"),
    Sentence("Jun"), Sentence("Jul"), Sentence("Aug"), Sentence("Sep"), Sentence("Oct"), Sentence("Nov"),
    Sentence("Dec"),
)
FULL_MONTHS = (
    Sentence("January"), Sentence("February"), Sentence("March"), Sentence("April"),
    Sentence("May", context="full month"), Sentence("June"), Sentence("July"), Sentence("August"),
    Sentence("September"), Sentence("October"), Sentence("November"), Sentence("December"),
)
# fmt: on
TODAY = Sentence("today")
YESTERDAY = Sentence("yesterday")
DAY = Sentence("{day} {month}")
DAY_OF_YEAR = Sentence("{day} {month} {year}")
ON_WEEKDAY = Sentence("{weekday} {day}")
AT = Sentence("{day} {time}")
ON = Sentence("{day}, {time}")

SECONDS = Sentence("{n} s")
MINUTES = Sentence("{n} min")
HOURS = Sentence("{n} h")
DAYS = Plural("{n} day", "{n} days")
# Translators: the first form is said of 1 alone. Where a language has it for 21 too, keep the number: "{n} minute".
ABOUT_MINUTES = Plural("a minute", "{n} minutes")
ABOUT_HOURS = Plural("an hour", "{n} hours")

DECIMAL = Sentence("{whole}.{tenth}")
TIME_OF_DAY = Sentence("{hour}:{minute}")
TIME_WITH_SECONDS = Sentence("{hour}:{minute}:{second}")
HOURS_OF_DAY = Sentence("{begin}–{end}")
MORE = Plural("{n} more", "{n} more")
MORE_LINES = Plural("… and {n} more line", "… and {n} more lines")

# fmt: off
FAHRENHEIT_ZONES = frozenset(
    {
        # The zones of the United States and its territories (see also the regions below), old names included…
        "America/Adak", "America/Anchorage", "America/Boise", "America/Chicago", "America/Denver",
        "America/Detroit", "America/Fort_Wayne", "America/Indianapolis", "America/Juneau", "America/Los_Angeles",
        "America/Louisville", "America/Menominee", "America/Metlakatla", "America/New_York", "America/Nome",
        "America/Phoenix", "America/Puerto_Rico", "America/Shiprock", "America/Sitka", "America/St_Thomas",
        "America/Yakutat", "Pacific/Guam", "Pacific/Honolulu", "Pacific/Johnston", "Pacific/Midway",
        "Pacific/Pago_Pago", "Pacific/Saipan", "Pacific/Samoa", "Pacific/Wake", "CST6CDT", "EST", "EST5EDT", "HST",
        "MST", "MST7MDT", "Navajo", "PST8PDT",
        # …and of the few other countries whose forecasts are in Fahrenheit.
        "America/Belize", "America/Cayman", "America/Nassau", "Pacific/Kwajalein", "Pacific/Majuro",
        "Pacific/Palau",
    }
)
# fmt: on
FAHRENHEIT_REGIONS = ("US/", "America/Indiana/", "America/Kentucky/", "America/North_Dakota/")


def truncate(text: str, length: int = NAME_LENGTH) -> str:
    """Text of at most so many characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def escaped(text: str) -> str:
    return html.escape(text, quote=True)


def name(text: str) -> str:
    return escaped(truncate(text) or NAMELESS())


def bold(text: str) -> str:
    return f"<b>{name(text)}</b>"


def quoted(text: str) -> str:
    return QUOTED(words=escaped(truncate(text)))


def typed(words: str) -> str:
    """What to type. Telegram copies it at a tap, where it would send a command alone."""
    return f"<code>{escaped(truncate(words))}</code>"


def join_names(names: Sequence[str]) -> str:
    """Names as a person lists them, with only the number of those that would be too many."""
    shown = [bold(one) for one in names[:LISTED_NAMES]]
    return joined([*shown, MORE(len(names) - LISTED_NAMES)] if len(names) > LISTED_NAMES else shown)


def time_of_day(of: time | timedelta) -> str:
    """ "07:00"; of a length, which is counted from midnight, up to "24:00"."""
    minutes = of // timedelta(minutes=1) if isinstance(of, timedelta) else of.hour * 60 + of.minute
    return TIME_OF_DAY(hour=f"{minutes // 60:02}", minute=f"{minutes % 60:02}")


def hours(begin: time | timedelta, end: time | timedelta) -> str:
    """Hours of a day: "22:00–07:00"."""
    return HOURS_OF_DAY(begin=time_of_day(begin), end=time_of_day(end))


def clock(at: datetime, zone: tzinfo) -> str:
    return time_of_day(at.astimezone(zone).time())


def exact_clock(at: datetime, zone: tzinfo) -> str:
    """ "21:14:05"."""
    local = at.astimezone(zone)
    return TIME_WITH_SECONDS(hour=f"{local.hour:02}", minute=f"{local.minute:02}", second=f"{local.second:02}")


def zone_name(local: datetime) -> str:
    """The zone of a local time: "CET", or its offset where it has no such name: "UTC-03"."""
    word = local.tzname() or "UTC"
    return word if word[0].isalpha() else f"UTC{word}"


def humanize(length: timedelta) -> str:
    """A length of time, roughly: "12 s", "5 min", "3 h", "2 days"."""
    seconds = max(0.0, length.total_seconds())
    for unit, size, most in ((SECONDS, 1, 90), (MINUTES, 60, 90), (HOURS, 3600, 36)):
        if (rounded := round(seconds / size)) <= most:
            return unit(n=rounded)
    return DAYS(round(seconds / 86400))


def about(length: timedelta) -> str:
    """A length of time as it stands behind "in about": "20 s", "a minute", "5 minutes", "2 hours"."""
    seconds = length.total_seconds()
    if seconds < 50:
        return SECONDS(n=5 * max(1, round(seconds / 5)))
    minutes = round(seconds / 60)
    return ABOUT_MINUTES(minutes) if minutes < 55 else ABOUT_HOURS(round(minutes / 60))


def decimal(number: float) -> str:
    """A number with one decimal: "2.5"."""
    whole, _, tenth = f"{number:.1f}".partition(".")
    return DECIMAL(whole=whole, tenth=tenth)


def table(rows: Sequence[tuple[str, int]]) -> list[str]:
    """Words and numbers in two columns, a line each."""
    widest, largest = (max(len(str(row[column])) for row in rows) for column in (0, 1))
    return [f"<code>{escaped(word.ljust(widest))} {number:>{largest}}</code>" for word, number in rows]


def weekday(of: date) -> str:
    return WEEKDAYS[of.weekday()]()


def day(of: date, today: date | None = None) -> str:
    """A date: "29 Mar"; with the year where that is not this day's."""
    month = MONTHS[of.month - 1]()
    if today is None or of.year == today.year:
        return DAY(day=of.day, month=month)
    return DAY_OF_YEAR(day=of.day, month=month, year=of.year)


def full_day(of: date) -> str:
    """A date without its year, nothing shortened: "29 March"."""
    return DAY(day=of.day, month=FULL_MONTHS[of.month - 1]())


def long_day(of: date, today: date) -> str:
    """A date with its weekday: "Sun 29 Mar"; with the year where that is not this day's."""
    return ON_WEEKDAY(weekday=weekday(of), day=day(of, today))


def recent_day(of: date, today: date) -> str:
    """ "today" or "yesterday", "" where it is neither."""
    return TODAY() if of == today else YESTERDAY() if (today - of).days == 1 else ""


def temperature(fahrenheit: float, zone: tzinfo) -> str:
    """Degrees in the unit of the people who live in this zone."""
    key = zone.key if isinstance(zone, ZoneInfo) else ""
    if key in FAHRENHEIT_ZONES or key.startswith(FAHRENHEIT_REGIONS):
        return f"{round(fahrenheit)} °F"
    return f"{round((fahrenheit - 32) * 5 / 9)} °C"


def fitting(text: str, limit: int = MESSAGE_LENGTH) -> str:
    """The text, or as many of its first lines as a message takes. Counted in UTF-16 units with the tags, which is never
    less than what Telegram counts."""
    if _units(text) <= limit:
        return text
    lines = text.split("\n")
    while lines and _units("\n".join([*lines, _cut_note(text, lines)])) > limit:
        lines.pop()
    return "\n".join([*lines, _cut_note(text, lines)])


def _cut_note(text: str, kept: Sequence[str]) -> str:
    return MORE_LINES(text.count("\n") + 1 - len(kept))


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
