"""/quiet: hours of each day in which what arrives here makes no sound."""

from dataclasses import replace
from datetime import time

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.callbacks import Choice, QuietFrom, QuietOff, SwitchChoice
from blinkbot.bot.buttons.keyboards import Button, rows
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import alerts as text
from blinkbot.bot.text.formatting import hours
from blinkbot.bot.text.names import normalize
from blinkbot.bot.text.times import hours_problem
from blinkbot.bot.timeparse.problems import TimeProblem
from blinkbot.bot.timeparse.quiet import read_quiet
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.domain.preferences import ChatAlerts, QuietHours
from blinkbot.translations import Sentence

OFFERED = (QuietHours(time(22), time(7)), QuietHours(time(23), time(8)), QuietHours(time(0), time(6)))

router = Router()


@router.command("quiet", Sentence("set hours without a sound"))
async def command(request: Request) -> None:
    """/quiet, /quiet 22:00-07:00, /quiet off."""
    if not request.words:
        await show(request, await request.control.preferences.alerts())
    elif normalize(request.words) in spoken().never:
        await _choose(request, None)
    else:
        wanted = read_quiet(request.words)
        if isinstance(wanted, TimeProblem):
            await request.reply.show(hours_problem(wanted, "/quiet"))
        else:
            await _choose(request, wanted)


@router.button(QuietFrom)
async def tapped(request: Request, callback: QuietFrom) -> None:
    """Hours that are offered. Others than a day has come from no button of ours."""
    begin, end = (minutes % 1440 for minutes in (callback.begin, callback.end))
    await _choose(request, QuietHours(time(*divmod(begin, 60)), time(*divmod(end, 60))))


@router.button(QuietOff)
async def tapped_off(request: Request, _: QuietOff) -> None:
    await _choose(request, None)


async def show(request: Request, alerts: ChatAlerts) -> None:
    """The quiet hours of this chat, with what can be done about them."""
    await request.reply.show(text.quiet_hours(alerts), _keyboard(alerts))


def _keyboard(alerts: ChatAlerts) -> InlineKeyboardMarkup:
    """Hours to choose from; the doorbell, and an end, where there are some."""
    offered: list[Button] = [
        (text.QUIET_BUTTON(hours=hours(each.begin, each.end)), QuietFrom(_minutes(each.begin), _minutes(each.end)))
        for each in OFFERED
        if alerts.quiet != each
    ]
    if alerts.quiet is None:
        return InlineKeyboardMarkup(rows(offered))
    rings = alerts.doorbell_in_quiet
    bell = (text.SILENCE_BELL_BUTTON if rings else text.RING_BELL_BUTTON)()
    chosen: list[Button] = [(bell, SwitchChoice(Choice.BELL, on=not rings)), (text.NO_QUIET_BUTTON(), QuietOff())]
    return InlineKeyboardMarkup([*rows(chosen), *rows(offered, wide=2)])


async def _choose(request: Request, hours: QuietHours | None) -> None:
    alerts = replace(await request.control.preferences.alerts(), quiet=hours)
    await request.control.preferences.choose_alerts(alerts)
    await show(request, alerts)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
