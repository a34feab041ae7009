"""/snooze: silence here and in Blink's own app, each told as it went."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from blinkbot.bot.buttons.callbacks import SnoozeFor, SnoozeUntil, Unmute
from blinkbot.bot.buttons.keyboards import Button, keyboard
from blinkbot.bot.commands.muting import mute
from blinkbot.bot.commands.muting import mute_targets as targets
from blinkbot.bot.dispatch.choices import without_switch
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import muting as text
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import bold, escaped
from blinkbot.bot.text.muting import MuteTarget
from blinkbot.bot.text.times import upcoming
from blinkbot.domain.preferences import Scope, Target
from blinkbot.errors import BlinkbotError, BlinkRefused
from blinkbot.translations import Sentence

LONGEST_AT_BLINK = 1439  # Minutes; a longer snooze Blink refuses (protocol §4)
TO_END = 1  # Minutes: as good as an end, and the only one that Blink knows (protocol §4)
MOTION_OFF = 2805  # Blink's code for a snooze where there is nothing to silence (protocol §4)


async def snooze(request: Request, what: MuteTarget, until: datetime) -> None:
    """Mute here first, which never fails for Blink's sake; then ask Blink."""
    now = request.now()
    await request.control.preferences.mute(what.target, until)
    here = f"{text.muted(what, until, now)} {text.CLIPS_STAY()}"
    await request.reply.show(f"{here}\n{text.SNOOZING()}")
    minutes = min(targets.minutes_until(until, now), LONGEST_AT_BLINK)
    async with request.acting():
        lines = await _snoozed(request, what.target, minutes)
    if not lines:
        snoozed = text.SNOOZED_LONGEST if minutes == LONGEST_AT_BLINK else text.SNOOZED
        lines = [snoozed(time=upcoming(min(until, now + timedelta(minutes=minutes)), now, what.zone))]
    endings: list[Button] = [
        (text.UNMUTE_HERE_BUTTON(), Unmute(what.target)),
        (text.END_BOTH_BUTTON(), SnoozeFor(what.target, TO_END)),
    ]
    await request.reply.show("\n".join([here, *lines]), keyboard(endings, wide=2))


SNOOZE = mute.MuteCommand(
    "/snooze", SnoozeFor, SnoozeUntil, (text.HOW_LONG_BOTH, text.HOW_LONG_ALL_BOTH), text.WHICH_TO_SNOOZE, snooze
)

router = Router()


@router.command("snooze", Sentence("mute, and silence Blink's own app too"))
async def command(request: Request) -> None:
    """/snooze [camera|network|all] [DURATION|until …|off]."""
    rest, wanted = without_switch(request.words)
    if not request.words:
        await SNOOZE.ask_how_long(request, targets.everything(await request.locale()))
    elif wanted is False:
        await _end_named(request, rest)
    else:
        await SNOOZE.read(request)


@router.button(SnoozeFor)
async def tapped(request: Request, callback: SnoozeFor) -> None:
    what = await mute.target(request, callback.target)
    if what is not None and callback.minutes == TO_END:
        await _end(request, what)
    elif what is not None:
        await snooze(request, what, targets.end_of(callback.minutes, what, request.now()))


@router.button(SnoozeUntil)
async def until_tapped(request: Request, callback: SnoozeUntil) -> None:
    await SNOOZE.tapped(request, callback)


async def _end_named(request: Request, words: str) -> None:
    if targets.is_all(words):
        await _end(request, None)
        return
    what = await mute.chosen(request, words, text.WHICH_TO_HEAR, lambda each: SnoozeFor(each, TO_END))
    if what is not None:
        await _end(request, what)


async def _end(request: Request, what: MuteTarget | None) -> None:
    """End it for this, or for all that is snoozed (None), here and there."""
    here, buttons = await mute.end_mutes(request, what)
    await request.reply.show("\n".join([*here, text.ENDING_SNOOZE()]))
    async with request.acting():
        refusals = await _refusals(request, [what.target] if what else await _everything(request), TO_END)
    # Where there was nothing to silence, there is nothing to end.
    lines = [_not_changed(error) for error in refusals.values() if not _is_motion_off(error)]
    await request.reply.show("\n".join([*here, *(dict.fromkeys(lines) or [text.SNOOZE_ENDED()])]), buttons)


async def _everything(request: Request) -> list[Target]:
    """Each network and each camera, since any may have been snoozed alone."""
    home = await request.home()
    networks = [Target(Scope.NETWORK, network.id) for network in home.networks]
    return [*networks, *(Target(Scope.CAMERA, camera.id) for camera in home.cameras)]


async def _snoozed(request: Request, of: Target, minutes: int) -> list[str]:
    """Ask Blink, for everything network by network; what it did not do, in HTML lines."""
    if of.scope is not Scope.ALL:
        return [_not_changed(error) for error in (await _refusals(request, [of], minutes)).values()]
    networks = {Target(Scope.NETWORK, network.id): network.name for network in (await request.home()).networks}
    if not networks:
        return [text.NO_NETWORKS()]
    refusals = await _refusals(request, networks, minutes)
    lines = [_not_changed(error, networks[each] if len(networks) > 1 else "") for each, error in refusals.items()]
    return [*lines, text.REST_SNOOZED()] if 0 < len(lines) < len(networks) else lines


async def _refusals(request: Request, of: Iterable[Target], minutes: int) -> dict[Target, BlinkbotError]:
    refusals: dict[Target, BlinkbotError] = {}
    for each in of:
        try:
            await request.control.cameras.snooze(each, minutes)
        except BlinkbotError as error:
            refusals[each] = error
    return refusals


def _is_motion_off(error: BlinkbotError) -> bool:
    return isinstance(error, BlinkRefused) and error.code == MOTION_OFF


def _not_changed(error: BlinkbotError, network: str = "") -> str:
    """What Blink's app does not do; `network` is named where there are others."""
    motion_is_off, not_changed = (
        (text.MOTION_IS_OFF_AT, text.NOT_CHANGED_AT) if network else (text.MOTION_IS_OFF, text.NOT_CHANGED)
    )
    sentence = motion_is_off if _is_motion_off(error) else not_changed
    return sentence(network=bold(network), why=escaped(error_message(error)))
