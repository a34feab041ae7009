"""Hours of each day, as people write them after /quiet."""

from datetime import date, datetime, time, timedelta

from blinkbot.bot.timeparse.pieces import DAY, Clock, Context, with_clocks
from blinkbot.bot.timeparse.problems import BadTime, Code, TimeProblem, Unclear
from blinkbot.bot.timeparse.scanner import pieces
from blinkbot.bot.timeparse.tokens import tokens
from blinkbot.bot.timeparse.vocabulary import Link, Vocabulary, spoken
from blinkbot.domain.preferences import QuietHours

LONGEST_GUESS = timedelta(hours=14)  # Quiet hours are rarely longer: "10-7" rather means ten at night

ANY_DAY = datetime.combine(date(2000, 1, 1), time())


def read_quiet(text: str, words: Vocabulary | None = None) -> QuietHours | TimeProblem:
    """Hours of each day: "22:00-07:00", "22-7", "10pm to 7am", "from 22 to 7", "22:00 07:00"."""
    try:
        begin, end = _two_clocks(text, words or spoken())
    except BadTime as error:
        return TimeProblem(error.code, error.values)
    begins, ends = begin.before(end), end.reading
    hours, length = QuietHours((ANY_DAY + begins).time(), (ANY_DAY + ends).time()), (ends - begins) % DAY
    if not length:
        return TimeProblem(Code.NO_HOURS)
    if length > LONGEST_GUESS and (begin.bare or end.bare):
        at_night = QuietHours(hours.begin.replace(hour=(hours.begin.hour + 12) % 24), hours.end)
        works = (f"{each.begin:%H:%M}-{each.end:%H:%M}" for each in (at_night, hours))
        values = {"begin": hours.begin, "end": hours.end, "hours": length // timedelta(hours=1)}
        return TimeProblem(Code.MOST_OF_A_DAY, values, tuple(works))
    return hours


def _two_clocks(text: str, words: Vocabulary) -> tuple[Clock, Clock]:
    """Raises BadTime."""
    try:
        found = with_clocks(pieces([*tokens(text, words)], Context(ANY_DAY, words)))
    except Unclear:
        raise BadTime(Code.NOT_UNDERSTOOD, words=text) from None
    match [piece for piece in found if piece not in (Link.SINCE, Link.AROUND)]:
        case [Clock() as begin, Link.TO | Link.UNTIL | Link.AND, Clock() as end] | [Clock() as begin, Clock() as end]:
            return begin, end
    raise BadTime(Code.BEGIN_AND_END)
