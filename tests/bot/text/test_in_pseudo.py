"""The small words, in the pseudo-language; and which scenes say the sentences of which file."""

from collections.abc import Iterator
from datetime import date, timedelta
from datetime import time as clock_time

from blinkbot.bot.text import formatting, times
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.timeparse.past import Window
from blinkbot.bot.timeparse.problems import Code, TimeProblem
from blinkbot.domain import Home
from blinkbot.domain.timezones import zone_of
from blinkbot.translations import speaking
from tests.clock import FakeClock
from tests.pseudo import PSEUDO, Reader, messages_by_file, pseudo_language

ZONE = zone_of("America/Chicago")
NOW = FakeClock().now
LOCALE = Locale(Home(), NOW)
SAID_ELSEWHERE = {
    *("alerts", "devices", "error_messages", "status"),  # tests/bot/commands/test_in_pseudo.py
    *("clips", "muting"),  # …/clips/test_in_pseudo.py, …/muting/test_in_pseudo.py
    *("dispatch", "signin"),  # tests/bot/dispatch/test_in_pseudo.py, which reads the menu, too
    *("captions", "delivery", "device_alerts"),  # tests/bot/delivery/test_in_pseudo.py
}


def small_words() -> Iterator[str]:
    for days in range(366):
        then = NOW - timedelta(days=days)
        yield from (LOCALE.moment(then, ZONE), LOCALE.time(then, ZONE))
        yield formatting.full_day(then.date())
    for seconds in (1, 60, 300, 3600, 7200, 86400, 5 * 86400):
        yield from (formatting.humanize(timedelta(seconds=seconds)), formatting.about(timedelta(seconds=seconds)))
    yield from (formatting.humanize(timedelta(days=2)), formatting.about(timedelta(minutes=5)))
    yield formatting.name("")
    yield from (formatting.join_names(["Porch"] * count) for count in (2, 21, 22))
    yield from (formatting.fitting("\n".join(["0"] * lines), 30) for lines in (16, 40))
    yield formatting.DAYS(1)
    yield formatting.MORE_LINES(1)
    yield from (formatting.decimal(1.5), formatting.exact_clock(NOW, ZONE))


def words_about_times() -> Iterator[str]:
    yield from (times.upcoming(NOW + timedelta(days=days), NOW, ZONE) for days in (0, 1, 3, 9))
    midnight = NOW.astimezone(ZONE).replace(hour=0)
    ends = (None, *(midnight + timedelta(hours=hours) for hours in (-100, -48, -24, 0, 3, 5)))
    for since in ends:
        for until in ends:
            if since is None or until is None or since < until:
                yield times.window(Window(since, until), LOCALE, ZONE)
    values = {"words": "7", "one": "1", "other": "2", "year": 3000, "day": date(2026, 11, 20), "days": 7, "hours": 21}
    values |= {"begin": clock_time(5), "end": clock_time(7), "number": 7, "at": NOW.astimezone(ZONE), "now": NOW}
    for code in Code:
        yield times.length_problem(TimeProblem(code, values), "/mute")
        yield times.hours_problem(TimeProblem(code, values), "/quiet")


def test_small_words_and_times() -> None:
    with pseudo_language() as language, speaking(PSEUDO):
        reader = Reader(["Porch"])
        texts = [*small_words(), *words_about_times()]
        escaped = {
            text: found for text in texts if (found := reader.escaped(text.replace("<b>", "").replace("</b>", "")))
        }
    assert not escaped
    assert not language.unsaid("bot/text/formatting.py", "bot/text/times.py")


def test_every_sentence_of_the_bot_is_said_in_some_scene() -> None:
    ours = {f"bot/text/{name}.py" for name in (*SAID_ELSEWHERE, "formatting", "times")}
    files = {file for file in messages_by_file() if file.startswith("bot/") and not file.startswith("bot/commands/")}
    assert files == ours
