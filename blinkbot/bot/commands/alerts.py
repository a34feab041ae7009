"""/alerts: what this chat is told of, and how loudly; one message whose buttons switch it, edited in place.

Each button carries the state it leads to, so that pressing it twice changes nothing.
"""

from dataclasses import replace

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import (
    Choice,
    QuietFrom,
    QuietOff,
    ShowAlerts,
    SwitchCamera,
    SwitchChoice,
    SwitchKind,
)
from blinkbot.bot.buttons.keyboards import means, rows
from blinkbot.bot.commands import quiet
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.formatting import bold, listed
from blinkbot.bot.text.names import camera_labels, folded, matching
from blinkbot.domain import Home
from blinkbot.domain.preferences import AlertKind, ChatAlerts
from blinkbot.translations import Sentence

CAMERAS_SHOWN = 40
"""Buttons of cameras on one page; Telegram takes a hundred, and no home that Blink allows has more."""

KINDS = {
    AlertKind.MOTION: ("🏃 Motion", "motion"),
    AlertKind.DOORBELL: ("🔔 Doorbell", "the doorbell"),
    AlertKind.OFFLINE: ("📵 Offline", "what goes offline"),
    AlertKind.BATTERY: ("🪫 Battery", "low batteries"),
}
"""A label, and the words in a sentence."""

HINT = "Callback below what is to change. /mute is for a while without alerts, /quiet for hours without a sound.\n\n"

_of_quiet = (means(QuietFrom), means(QuietOff))

router = Router()


@router.command("alerts", Sentence("choose what arrives here, and how loudly"))
async def command(request: Request) -> None:
    """/alerts. A camera's name leads to the page with its button; other words to a hint what can be done instead."""
    home = await request.home()
    alerts = await request.control.alerts()
    if _is_camera(request.words, home):
        await _show_cameras(request, alerts)
    else:
        await _show(request, alerts, hint=HINT if request.words else "")


@router.button(ShowAlerts)
async def page_tapped(request: Request, callback: ShowAlerts) -> None:
    """The other page."""
    alerts = await request.control.alerts()
    await (_show_cameras if callback.cameras else _show)(request, alerts)


@router.button(SwitchKind)
async def kind_tapped(request: Request, callback: SwitchKind) -> None:
    """A kind of alert, on or off."""
    alerts = await request.control.alerts()
    kinds = alerts.kinds | {callback.kind} if callback.on else alerts.kinds - {callback.kind}
    await _show(request, await _chosen(request, replace(alerts, kinds=kinds)))


@router.button(SwitchCamera)
async def camera_tapped(request: Request, callback: SwitchCamera) -> None:
    """A camera, shown or not."""
    home = await request.home()
    # Only now: while Blink is asked for the home, somebody may choose something else.
    alerts = await request.control.alerts()
    if home.camera(callback.camera_id) is not None:
        hidden = (
            alerts.hidden_cameras - {callback.camera_id}
            if callback.on
            else alerts.hidden_cameras | {callback.camera_id}
        )
        alerts = await _chosen(request, replace(alerts, hidden_cameras=hidden))
    await _show_cameras(request, alerts)


@router.button(SwitchChoice)
async def choice_tapped(request: Request, callback: SwitchChoice) -> None:
    """One of the other choices; the doorbell's stands under /quiet, too."""
    alerts = await request.control.alerts()
    match callback.choice:
        case Choice.LOUD:
            alerts = replace(alerts, loud=callback.on)
        case Choice.SHEET:
            alerts = replace(alerts, sheet_first=callback.on)
        case Choice.BELL:
            alerts = replace(alerts, doorbell_in_quiet=callback.on)
    alerts = await _chosen(request, alerts)
    shown = [each for row in request.buttons.inline_keyboard for each in row] if request.buttons else []
    if any(is_such(each.callback_data) for each in shown for is_such in _of_quiet):
        await quiet.show(request, alerts)
    else:
        await _show(request, alerts)


def summary(alerts: ChatAlerts, home: Home) -> str:
    """What a chat gets, in sentences."""
    told = [words for kind, (_, words) in KINDS.items() if kind in alerts.kinds]
    if not told:
        return "🔕 <b>This chat is told of nothing.</b> Clips stay in /clips."
    whole = told[0] if len(told) == 1 else f"{', '.join(told[:-1])} and {told[-1]}"
    hidden = [camera.name for camera in home.cameras if camera.id in alerts.hidden_cameras]
    if home.cameras and len(hidden) == len(home.cameras):
        cameras = "of no camera"
    else:
        cameras = f"of every camera but {listed(hidden)}" if hidden else "of every camera"
    sound = "with a sound" if alerts.loud else "without a sound"
    lines = [f"🔔 This chat is told of <b>{whole}</b>, {cameras}, {sound}."]
    if AlertKind.MOTION in alerts.kinds or AlertKind.DOORBELL in alerts.kinds:
        first = "a contact sheet" if alerts.sheet_first else "a picture"
        lines.append(f"First comes {first}, then the video in its place.")
    if alerts.quiet is not None and alerts.loud:
        rings = alerts.doorbell_in_quiet and AlertKind.DOORBELL in alerts.kinds
        bell = "; only the doorbell rings" if rings else ""
        lines.append(f"🌙 Quiet {quiet.hours_text(alerts.quiet)}{bell} (/quiet).")
    return "\n".join(lines)


def menu(alerts: ChatAlerts) -> InlineKeyboardMarkup:
    """The first page's buttons."""
    kinds: list[tuple[str, Callback]] = [
        _switch(label, on=kind in alerts.kinds, callback=SwitchKind(kind, on=kind not in alerts.kinds))
        for kind, (label, _) in KINDS.items()
    ]
    choices: list[tuple[str, Callback]] = [
        _switch("🔊 With a sound", on=alerts.loud, callback=SwitchChoice(Choice.LOUD, on=not alerts.loud)),
        _switch(
            "🖼 Contact sheet first",
            on=alerts.sheet_first,
            callback=SwitchChoice(Choice.SHEET, on=not alerts.sheet_first),
        ),
        _switch(
            "🌙 Doorbell rings in quiet hours",
            on=alerts.doorbell_in_quiet,
            callback=SwitchChoice(Choice.BELL, on=not alerts.doorbell_in_quiet),
        ),
        ("📷 Cameras ›", ShowAlerts(cameras=True)),
    ]
    return InlineKeyboardMarkup([*rows(kinds, wide=2), *rows(choices)])


def camera_menu(alerts: ChatAlerts, home: Home) -> InlineKeyboardMarkup:
    """The cameras' buttons."""
    cameras = home.cameras[:CAMERAS_SHOWN]
    switches: list[tuple[str, Callback]] = []
    for label, camera in zip(camera_labels(cameras, home), cameras, strict=True):
        shown = camera.id not in alerts.hidden_cameras
        switches.append(_switch(label, on=shown, callback=SwitchCamera(camera.id, on=not shown)))
    return InlineKeyboardMarkup([*rows(switches, wide=2), *rows([("‹ Back", ShowAlerts(cameras=False))])])


def _is_camera(words: str, home: Home) -> bool:
    # No beginning of "Office" is meant by "off".
    return folded(words) not in ("on", "off") and bool(matching(words, home.cameras, lambda camera: camera.name))


def _switch(label: str, *, on: bool, callback: Callback) -> tuple[str, Callback]:
    return (f"{'✅' if on else '⬜'} {label}", callback)


async def _chosen(request: Request, alerts: ChatAlerts) -> ChatAlerts:
    await request.control.choose_alerts(alerts)
    return alerts


async def _show(request: Request, alerts: ChatAlerts, *, hint: str = "") -> None:
    await request.reply.show(hint + summary(alerts, await request.home()), menu(alerts))


async def _show_cameras(request: Request, alerts: ChatAlerts) -> None:
    home = await request.home()
    hidden = [camera.name for camera in home.cameras if camera.id in alerts.hidden_cameras]
    what = f"Not {listed(hidden)}." if hidden else "All of them."
    await request.reply.show(f"📷 {bold('Which cameras does this chat see?')}\n{what}", camera_menu(alerts, home))
