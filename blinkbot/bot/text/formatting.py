"""The small words of messages: names, times, temperatures, lists. Pure; everything is HTML-safe.

Texts are Telegram's HTML. No tag is ever open across a line's end, so that `fitting` may cut between lines.
"""

import html
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from telegram.constants import MessageLimit

from blinkbot.bot.text.names import NAMELESS
from blinkbot.domain import Clip, Home, Network
from blinkbot.domain.timezones import zone_of

NAME_LENGTH = 64
LISTED_NAMES = 20

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

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


def cut(text: str, length: int = NAME_LENGTH) -> str:
    """Text of at most so many characters, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def escaped(text: str) -> str:
    """Plain text as HTML."""
    return html.escape(text, quote=True)


def name(text: str) -> str:
    """A name somebody gave, fit for a message."""
    return escaped(cut(text) or NAMELESS)


def bold(text: str) -> str:
    """A name, in bold."""
    return f"<b>{name(text)}</b>"


def quoted(text: str) -> str:
    """What somebody wrote, given back to them."""
    return f"“{escaped(cut(text))}”"


def listed(names: Sequence[str]) -> str:
    """Names as a person lists them, with only the number of those that would be too many."""
    shown = [bold(one) for one in names[:LISTED_NAMES]]
    if len(names) > LISTED_NAMES:
        shown.append(f"{len(names) - LISTED_NAMES} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def network_zone(network: Network | None, fallback: str) -> tzinfo:
    """The zone a network's times are shown in, else the configured one, else UTC."""
    return zone_of(network.time_zone if network else "", fallback)


def clip_zone(clip: Clip, network: Network | None, fallback: str) -> tzinfo:
    """The zone a clip's time is shown in: its own, its network's, the configured one, UTC."""
    return zone_of(clip.time_zone, network.time_zone if network else "", fallback)


def zone_mark(at: datetime, zone: tzinfo, home: Home, fallback: str) -> str:
    """ " CET" behind a time in a list, where the home's networks are in several zones; else ""."""
    clocks = {at.astimezone(network_zone(network, fallback)).utcoffset() for network in home.networks}
    return f" {at.astimezone(zone):%Z}" if len(clocks) > 1 else ""


def clock(at: datetime, zone: tzinfo) -> str:
    """An instant's local time of day."""
    return f"{at.astimezone(zone):%H:%M}"


def moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    """An instant as people say it at `now`: "today 21:14", "Sat 21:14", "14 Nov 21:14"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    return f"{_day(local.date(), today)} {local:%H:%M}"


def timestamp(at: datetime, now: datetime, zone: tzinfo) -> str:
    """An instant in words that stay true: "Sun 22 Nov, 21:14", with the year where it is not this one."""
    local = at.astimezone(zone)
    year = f" {local.year}" if local.year != now.astimezone(zone).year else ""
    return f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]}{year}, {local:%H:%M}"


def span(length: timedelta) -> str:
    """A length of time, roughly: "12 s", "5 min", "3 h", "2 days"."""
    seconds = max(0, round(length.total_seconds()))
    for size, unit in ((1, "s"), (60, "min"), (3600, "h")):
        if seconds < size * (120 if unit == "s" else 60 if unit == "min" else 48):
            return f"{round(seconds / size)} {unit}"
    return f"{round(seconds / 86400)} days"


def day(of: date) -> str:
    """A date without its year: "29 Mar"."""
    return f"{of.day} {MONTHS[of.month - 1]}"


def temperature(fahrenheit: float, zone: tzinfo) -> str:
    """Degrees in the unit of the people who live in this zone."""
    key = zone.key if isinstance(zone, ZoneInfo) else ""
    if key in FAHRENHEIT_ZONES or key.startswith(FAHRENHEIT_REGIONS):
        return f"{round(fahrenheit)} °F"
    return f"{round((fahrenheit - 32) * 5 / 9)} °C"


def fitting(text: str, limit: int = MessageLimit.MAX_TEXT_LENGTH) -> str:
    """The text, or as many of its first lines as a message takes.

    Counted in UTF-16 units with the tags, which is never less than what Telegram counts.
    """
    if _units(text) <= limit:
        return text
    lines = text.split("\n")
    while lines and _units("\n".join([*lines, _cut_note(text, lines)])) > limit:
        lines.pop()
    return "\n".join([*lines, _cut_note(text, lines)])


def _cut_note(text: str, kept: Sequence[str]) -> str:
    return f"… and {text.count(chr(10)) + 1 - len(kept)} more lines"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _day(of: date, today: date) -> str:
    ago = (today - of).days
    if ago == 0:
        return "today"
    if ago == 1:
        return "yesterday"
    if 1 < ago < 7:
        return WEEKDAYS[of.weekday()]
    return f"{day(of)}{'' if of.year == today.year else f' {of.year}'}"
