"""/quiet: hours of each day in which what arrives here makes no sound."""

from dataclasses import replace
from datetime import time

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import Choice, QuietFrom, QuietOff, SwitchChoice
from blinkbot.bot.buttons.keyboards import rows
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.formatting import escaped
from blinkbot.bot.text.names import folded
from blinkbot.bot.timeparse.future import Complaint, read_quiet
from blinkbot.domain.preferences import ChatAlerts, QuietHours
from blinkbot.translations import Sentence

OFFERED = ((time(22), time(7)), (time(23), time(8)), (time(0), time(6)))

router = Router()


@router.command("quiet", Sentence("set hours without a sound"))
async def command(request: Request) -> None:
    """/quiet, /quiet 22:00-07:00, /quiet off."""
    if not request.words:
        await show(request, await request.control.alerts())
    elif folded(request.words) in ("off", "no", "none", "never"):
        await _choose(request, None)
    else:
        hours = read_quiet(request.words, "/quiet")
        if isinstance(hours, Complaint):
            await request.reply.show(escaped(hours.text))
        else:
            await _choose(request, hours)


@router.button(QuietFrom)
async def tapped(request: Request, callback: QuietFrom) -> None:
    """Hours that are offered. Others than a day has come from no button of ours."""
    begin, end = (minutes % 1440 for minutes in (callback.begin, callback.end))
    await _choose(request, QuietHours(time(*divmod(begin, 60)), time(*divmod(end, 60))))


@router.button(QuietOff)
async def tapped_off(request: Request, _: QuietOff) -> None:
    """No quiet hours."""
    await _choose(request, None)


async def show(request: Request, alerts: ChatAlerts) -> None:
    """The quiet hours of this chat, with what can be done about them."""
    await request.reply.show(quiet_text(alerts), quiet_keyboard(alerts))


def hours_text(hours: QuietHours) -> str:
    """ "22:00–07:00"."""
    return f"{hours.begin:%H:%M}–{hours.end:%H:%M}"


def quiet_text(alerts: ChatAlerts) -> str:
    """What the quiet hours of a chat are."""
    if alerts.quiet is None:
        return "🔔 There are no quiet hours here. In quiet hours everything still arrives, without a sound."
    bell = "A doorbell press rings all the same." if alerts.doorbell_in_quiet else "Not even the doorbell rings."
    return f"🌙 Quiet here {hours_text(alerts.quiet)}, every day: what arrives then makes no sound. {bell}"


def quiet_keyboard(alerts: ChatAlerts) -> InlineKeyboardMarkup:
    """Hours to choose from; the doorbell, and an end, where there are some."""
    offered: list[tuple[str, Callback]] = [
        (f"🌙 {hours_text(QuietHours(begin, end))}", QuietFrom(_minutes(begin), _minutes(end)))
        for begin, end in OFFERED
        if alerts.quiet != QuietHours(begin, end)
    ]
    if alerts.quiet is None:
        return InlineKeyboardMarkup(rows(offered))
    rings = alerts.doorbell_in_quiet
    bell: tuple[str, Callback] = (
        "🔕 Silence the doorbell, too" if rings else "🔔 Let the doorbell ring",
        SwitchChoice(Choice.BELL, on=not rings),
    )
    return InlineKeyboardMarkup([*rows([bell, ("🔔 No quiet hours", QuietOff())]), *rows(offered, wide=2)])


async def _choose(request: Request, hours: QuietHours | None) -> None:
    alerts = replace(await request.control.alerts(), quiet=hours)
    await request.control.choose_alerts(alerts)
    await show(request, alerts)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
