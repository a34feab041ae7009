"""/alerts: what arrives in this chat, and how loudly; one message whose buttons switch it, edited in place.

Each button carries the state it leads to, so that pressing it twice changes nothing.
"""

from dataclasses import replace

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons import callbacks
from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.keyboards import has_button, rows
from blinkbot.bot.commands.muting import quiet
from blinkbot.bot.dispatch.choices import switch_of
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import alerts as text
from blinkbot.bot.text.clips import BACK
from blinkbot.bot.text.names import camera_labels, matching
from blinkbot.domain import Home
from blinkbot.domain.preferences import RECORDINGS, AlertKind, ChatAlerts, NotificationMode
from blinkbot.translations import Sentence

CAMERAS_SHOWN = 40  # Buttons of cameras on one page; Telegram takes a hundred, and no home that Blink allows has more

MARKS = {NotificationMode.LOUD: "✅", NotificationMode.SILENT: "🔇", NotificationMode.NOT_AT_ALL: "⬜"}

NEXT = {
    NotificationMode.LOUD: NotificationMode.SILENT,
    NotificationMode.SILENT: NotificationMode.NOT_AT_ALL,
    NotificationMode.NOT_AT_ALL: NotificationMode.LOUD,
}

OTHERS_THAN_PEOPLE = {
    callbacks.Choice.PEOPLE: NotificationMode.NOT_AT_ALL,
    callbacks.Choice.PEOPLE_LOUD: NotificationMode.SILENT,
}

router = Router()


@router.command("alerts", Sentence("choose what arrives here, and how loudly"))
async def command(request: Request) -> None:
    """/alerts. A camera's name leads to the page with its button; other words to a hint what can be done instead."""
    home = await request.home()
    alerts = await request.control.preferences.alerts()
    if _is_camera(request.words, home):
        await _show_cameras(request, alerts)
    else:
        await _show(request, alerts, hint=f"{text.HINT()}\n\n" if request.words else "")


@router.button(callbacks.ShowAlerts)
async def page_tapped(request: Request, callback: callbacks.ShowAlerts) -> None:
    alerts = await request.control.preferences.alerts()
    await (_show_cameras if callback.cameras else _show)(request, alerts)


@router.button(callbacks.ChooseKind)
async def kind_tapped(request: Request, callback: callbacks.ChooseKind) -> None:
    alerts = await request.control.preferences.alerts()
    await _show(request, await _chosen(request, alerts.choosing(callback.mode, callback.kind)))


@router.button(callbacks.SwitchKind)
async def old_kind_tapped(request: Request, callback: callbacks.SwitchKind) -> None:
    alerts = await request.control.preferences.alerts()
    mode = NotificationMode.LOUD if callback.on else NotificationMode.NOT_AT_ALL
    kinds = RECORDINGS if callback.kind is callbacks.KindBefore.MOTION else (AlertKind(callback.kind),)
    await _show(request, await _chosen(request, alerts.choosing(mode, *kinds)))


@router.button(callbacks.SwitchCamera)
async def camera_tapped(request: Request, callback: callbacks.SwitchCamera) -> None:
    home = await request.home()
    # Only now: while Blink is asked for the home, something else may be chosen.
    alerts = await request.control.preferences.alerts()
    camera = {callback.camera_id}
    if home.camera(callback.camera_id) is not None:
        hidden = alerts.hidden_cameras - camera if callback.on else alerts.hidden_cameras | camera
        alerts = await _chosen(request, replace(alerts, hidden_cameras=hidden))
    await _show_cameras(request, alerts)


@router.button(callbacks.SwitchChoice)
async def choice_tapped(request: Request, callback: callbacks.SwitchChoice) -> None:
    """One of the other choices; the doorbell's stands under /quiet, too."""
    alerts = await request.control.preferences.alerts()
    match callback.choice:
        case callbacks.Choice.LOUD:
            alerts = replace(alerts, loud=callback.on)
        case callbacks.Choice.SHEET:
            alerts = replace(alerts, sheet_first=callback.on)
        case callbacks.Choice.BELL:
            alerts = replace(alerts, doorbell_in_quiet=callback.on)
        case callbacks.Choice.PEOPLE | callbacks.Choice.PEOPLE_LOUD as preset:
            alerts = _with_people(alerts, OTHERS_THAN_PEOPLE[preset] if callback.on else NotificationMode.LOUD)
    alerts = await _chosen(request, alerts)
    if has_button(request.buttons, callbacks.QuietFrom, callbacks.QuietOff):
        await quiet.show(request, alerts)
    else:
        await _show(request, alerts)


def _menu(alerts: ChatAlerts) -> InlineKeyboardMarkup:
    kinds = [
        (f"{MARKS[mode]} {label()}", callbacks.ChooseKind(kind, NEXT[mode]))
        for kind, label in text.KIND_BUTTONS.items()
        for mode in (alerts.choice_of(kind),)
    ]
    choices = [
        _switch(label(), on=on, callback=callbacks.SwitchChoice(choice, on=not on))
        for choice, label, on in (
            *(
                (preset, label, alerts == _with_people(alerts, OTHERS_THAN_PEOPLE[preset]))
                for preset, label in (
                    (callbacks.Choice.PEOPLE, text.PEOPLE_BUTTON),
                    (callbacks.Choice.PEOPLE_LOUD, text.PEOPLE_LOUD_BUTTON),
                )
            ),
            (callbacks.Choice.LOUD, text.SOUND_BUTTON, alerts.loud),
            (callbacks.Choice.SHEET, text.SHEET_BUTTON, alerts.sheet_first),
            (callbacks.Choice.BELL, text.BELL_BUTTON, alerts.doorbell_in_quiet),
        )
    ]
    cameras = (text.CAMERAS_BUTTON(), callbacks.ShowAlerts(cameras=True))
    return InlineKeyboardMarkup([*rows(kinds, wide=2), *rows([*choices, cameras])])


def _with_people(alerts: ChatAlerts, others: NotificationMode) -> ChatAlerts:
    """People loud, and all else that is recorded in this mode."""
    return alerts.choosing(others, *RECORDINGS).choosing(NotificationMode.LOUD, AlertKind.PERSON)


def _camera_menu(alerts: ChatAlerts, home: Home) -> InlineKeyboardMarkup:
    cameras = home.cameras[:CAMERAS_SHOWN]
    switches = []
    for label, camera in zip(camera_labels(cameras, home), cameras, strict=True):
        shown = camera.id not in alerts.hidden_cameras
        switches.append(_switch(label, on=shown, callback=callbacks.SwitchCamera(camera.id, on=not shown)))
    return InlineKeyboardMarkup([*rows(switches, wide=2), *rows([(BACK(), callbacks.ShowAlerts(cameras=False))])])


def _is_camera(words: str, home: Home) -> bool:
    # No beginning of "Office" is meant by "off".
    return switch_of(words) is None and bool(matching(words, home.cameras, lambda camera: camera.name))


def _switch(label: str, *, on: bool, callback: Callback) -> tuple[str, Callback]:
    return (f"{'✅' if on else '⬜'} {label}", callback)


async def _chosen(request: Request, alerts: ChatAlerts) -> ChatAlerts:
    await request.control.preferences.choose_alerts(alerts)
    return alerts


async def _show(request: Request, alerts: ChatAlerts, *, hint: str = "") -> None:
    await request.reply.show(hint + text.summary(alerts, await request.home()), _menu(alerts))


async def _show_cameras(request: Request, alerts: ChatAlerts) -> None:
    home = await request.home()
    await request.reply.show(text.which_cameras(alerts, home), _camera_menu(alerts, home))
