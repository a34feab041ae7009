"""/snooze: silence here and in Blink's own app, each told as it went."""

from datetime import datetime, timedelta

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.buttons.callbacks import SnoozeFor, SnoozeUntil, Unmute
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.commands import mute
from blinkbot.bot.commands import mute_targets as silence
from blinkbot.bot.commands.mute import Silencing
from blinkbot.bot.commands.mute_targets import MuteTarget
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import bold, escaped
from blinkbot.bot.timeparse.future import point
from blinkbot.domain.preferences import EVERYTHING, Scope, Target
from blinkbot.errors import BlinkbotError, BlinkRefused
from blinkbot.translations import Sentence

LONGEST_AT_BLINK = 1439
"""Minutes; a longer snooze Blink refuses (protocol §4)."""

TO_END = 1
"""Minutes: as good as an end, and the only one that Blink knows (protocol §4)."""

MOTION_OFF = 2805
"""Blink's code for a snooze where there is nothing to silence (protocol §4)."""

SNOOZING = Silencing("/snooze", SnoozeFor, SnoozeUntil)

NOTHING_TO_SILENCE = "💤 Blink's app has nothing to silence: motion detection is off there."

router = Router()


@router.command("snooze", Sentence("mute, and silence Blink's own app too"))
async def command(request: Request) -> None:
    """/snooze [camera|network|all] [DURATION|until …|off]."""
    if not request.words:
        question = "For how long shall everything be silent, here and in Blink's app?"
        await request.reply.show(question, mute.lengths(EVERYTHING, SnoozeFor))
        return
    ending = silence.ended(request.words)
    if ending is not None:
        await _end_named(request, ending)
        return
    wish = await mute.wished(request, SNOOZING)
    if wish is not None:
        await snooze(request, wish.what, wish.until)


@router.button(SnoozeFor)
async def tapped(request: Request, callback: SnoozeFor) -> None:
    """A button that snoozes, or ends it."""
    what = silence.silenced(callback.target, await request.home(), request.time_zone)
    if what is None:
        await request.reply.show(mute.GONE)
    elif callback.minutes == TO_END:
        await _end(request, what)
    else:
        await snooze(request, what, silence.end_of(callback.minutes, request.now(), what.zone))


@router.button(SnoozeUntil)
async def until_tapped(request: Request, callback: SnoozeUntil) -> None:
    """A button that snoozes until a time that was told."""
    wish = await mute.wished_by_button(request, callback, SNOOZING)
    if wish is not None:
        await snooze(request, wish.what, wish.until)


async def snooze(request: Request, what: MuteTarget, until: datetime) -> None:
    """Mute here first, which never fails for Blink's sake; then ask Blink."""
    now = request.now()
    await request.control.mute(what.target, until)
    here = silence.muted(what, until, now)
    await request.reply.show(f"{here}\n⏳ Asking Blink for the same…")
    minutes = min(silence.minutes_until(until, now), LONGEST_AT_BLINK)
    async with request.acting():
        refusals = await _at_blink(request, what.target, minutes)
    end_there = point(min(until, now + timedelta(minutes=minutes)), now, what.zone)
    longest = ", which is as long as it can be" if minutes == LONGEST_AT_BLINK else ""
    there = refusals or [f"💤 Blink's app is quiet until {end_there}{longest}."]
    endings: list[tuple[str, Callback]] = [
        ("🔔 Unmute here", Unmute(what.target)),
        ("🔔 End both", SnoozeFor(what.target, TO_END)),
    ]
    await request.reply.show("\n".join([here, *there]), keyboard(endings, wide=2))


async def _end_named(request: Request, words: str) -> None:
    if not words or silence.is_all(words):
        await _end(request, None)
        return
    home = await request.home()
    found = silence.meant(words, home, request.time_zone)
    if not found:
        await request.reply.show(silence.no_such(words, home, "/snooze"))
    elif len(found) == 1:
        await _end(request, found[0])
    else:
        choices: list[tuple[str, Callback]] = [(what.choice, SnoozeFor(what.target, TO_END)) for what in found]
        await request.reply.show("Which of them shall be heard again?", keyboard(choices))


async def _end(request: Request, what: MuteTarget | None) -> None:
    """End it for this, or whatever is snoozed, here and there."""
    ending = await mute.end_here(request, what)
    await request.reply.show("\n".join([*ending.lines, "⏳ Telling Blink…"]))
    async with request.acting():
        refusals = await _ended_at_blink(request, what.target if what else EVERYTHING)
    there = refusals or ["Blink's app is heard again in a minute."]
    await request.reply.show("\n".join([*ending.lines, *there]), ending.buttons)


async def _ended_at_blink(request: Request, target: Target) -> list[str]:
    """End it there; of everything, each place and each camera, since any may have been snoozed alone."""
    targets = [target]
    if target.scope is Scope.ALL:
        home = await request.home()
        targets = [
            *(Target(Scope.NETWORK, network.id) for network in home.networks),
            *(Target(Scope.CAMERA, camera.id) for camera in home.cameras),
        ]
    refusals = [await _refusal(request, each, TO_END) for each in targets]
    # Where there was nothing to silence, there is nothing to end.
    return list(dict.fromkeys(refusal for refusal in refusals if refusal not in ("", NOTHING_TO_SILENCE)))


async def _at_blink(request: Request, target: Target, minutes: int) -> list[str]:
    """Ask Blink, for everything network by network; what it did not do, in HTML lines."""
    if target.scope is not Scope.ALL:
        refusal = await _refusal(request, target, minutes)
        return [refusal] if refusal else []
    networks = (await request.home()).networks
    if not networks:
        return ["💤 Blink shows nothing to silence in this account."]
    lines = []
    for network in networks:
        refusal = await _refusal(request, Target(Scope.NETWORK, network.id), minutes)
        if refusal:
            lines.append(f"{bold(network.name)}: {refusal}" if len(networks) > 1 else refusal)
    if lines and len(lines) < len(networks):
        lines.append("The rest is quiet in Blink's app, too.")
    return lines


async def _refusal(request: Request, target: Target, minutes: int) -> str:
    """Why Blink did not do it, "" where it did."""
    try:
        await request.control.snooze(target, minutes)
    except BlinkbotError as error:
        if isinstance(error, BlinkRefused) and error.code == MOTION_OFF:
            return NOTHING_TO_SILENCE
        return f"⚠️ Blink's app could not be changed. {escaped(complaint(error))}"
    return ""
