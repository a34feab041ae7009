"""/mute and /unmute: what is shown in this chat, for a while or again; and what such a wish is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback, encode
from blinkbot.bot.buttons.callbacks import MuteFor, MuteUntil, SnoozeFor, SnoozeUntil, Unmute
from blinkbot.bot.buttons.clip_keyboards import MUTE_MINUTES, is_of_clip, mute_button, unmute_button
from blinkbot.bot.buttons.keyboards import button, keyboard, rows
from blinkbot.bot.commands import mute_targets as silence
from blinkbot.bot.commands.mute_targets import MuteTarget
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.formatting import escaped
from blinkbot.bot.timeparse.future import Complaint, point, read_until
from blinkbot.domain.preferences import EVERYTHING, Target
from blinkbot.translations import Sentence

GONE = "That is not there any more. /status shows what is."
SNOOZE_STAYS = "If Blink's app is snoozed too, “/snooze off” ends that."
"""Nobody remembers which mute came with one."""


@dataclass(frozen=True, slots=True)
class Silencing:
    """A command that silences: how it is typed, and its buttons, for so many minutes from the tap or until a time."""

    slash: str
    lasting: type[MuteFor] | type[SnoozeFor]
    ending: type[MuteUntil] | type[SnoozeUntil]


MUTING = Silencing("/mute", MuteFor, MuteUntil)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be silent, and until when."""

    what: MuteTarget
    until: datetime


router = Router()


@router.command("mute", Sentence("pause alerts in this chat"))
async def command(request: Request) -> None:
    """/mute [camera|network|all] [DURATION|until …|off]; without words, what is muted now."""
    if not request.words:
        await _overview(request)
        return
    ending = silence.ended(request.words)
    if ending is not None:
        await _unmute_named(request, ending)
        return
    wish = await wished(request, MUTING)
    if wish is not None:
        await request.control.mute(wish.what.target, wish.until)
        await _show_muted(request, wish)


async def wished(request: Request, silencing: Silencing) -> Wish | None:
    """What the words of a command ask for; None where they left something open, which the answer then says or asks."""
    home, now, time_zone = await request.home(), request.now(), request.time_zone
    zone, slash = silence.everything(home, time_zone).zone, silencing.slash
    name, length = silence.split(
        silence.without_marks(request.words),
        known=lambda words: bool(silence.meant(words, home, time_zone)),
        readable=lambda words: isinstance(read_until(words, now, zone, slash), datetime),
    )
    found = silence.meant(name, home, time_zone)
    if not found:
        await request.reply.show(silence.no_such(name, home, slash))
        return None
    until = read_until(length, now, found[0].zone, silence.with_name(slash, name)) if length else None
    if isinstance(until, Complaint):
        await request.reply.show(escaped(until.text))
    elif len(found) > 1:
        await _ask_which(request, found, until, silencing)
    elif until is None:
        await request.reply.show(f"🔕 {found[0].bold}: for how long?", lengths(found[0].target, silencing.lasting))
    else:
        return Wish(found[0], until)
    return None


async def wished_by_button(request: Request, callback: MuteUntil | SnoozeUntil, silencing: Silencing) -> Wish | None:
    """What a button with an end asks for; None where that is not there any more, or past, which the answer says."""
    now = request.now()
    what = silence.silenced(callback.target, await request.home(), request.time_zone)
    until = silence.end_at(callback.until, now)
    if what is None:
        await request.reply.show(GONE)
    elif until is None:
        await request.reply.show(silence.past(what, silencing.slash))
    else:
        return Wish(what, until)
    return None


@router.button(MuteUntil)
async def until_tapped(request: Request, callback: MuteUntil) -> None:
    """A button that mutes until a time that was told."""
    wish = await wished_by_button(request, callback, MUTING)
    if wish is not None:
        await request.control.mute(wish.what.target, wish.until)
        await _show_muted(request, wish)


@router.button(MuteFor, brief=True)
async def tapped(request: Request, callback: MuteFor) -> None:
    """A button that mutes. Under a clip, it turns into the button that ends it."""
    now = request.now()
    what = silence.silenced(callback.target, await request.home(), request.time_zone)
    if what is None:
        await request.toast(GONE)
        return
    wish = Wish(what, silence.end_of(callback.minutes, now, what.zone))
    await request.control.mute(callback.target, wish.until)
    if is_of_clip(request.buttons):
        # Before the button: to change that takes longer than a toast may wait.
        await request.toast(silence.muted_toast(what, wish.until, now))
        await _turn(request, callback, button(*unmute_button(callback.target)))
    else:
        await _show_muted(request, wish)


@router.command("unmute", Sentence("turn alerts back on"))
async def unmute_command(request: Request) -> None:
    """/unmute [camera|network|all]; without words, everything."""
    await _unmute_named(request, request.words)


async def _unmute_named(request: Request, words: str) -> None:
    if not words or silence.is_all(words):
        await _unmute(request, None, SNOOZE_STAYS)
        return
    home = await request.home()
    found = silence.meant(words, home, request.time_zone)
    held = {mute.target for mute in await request.control.mutes()}
    among = [what for what in found if what.target in held] or found
    if not among:
        await request.reply.show(silence.no_such(words, home, "/unmute"))
    elif len(among) == 1:
        await _unmute(request, among[0], SNOOZE_STAYS)
    else:
        choices: list[tuple[str, Callback]] = [(what.choice, Unmute(what.target)) for what in among]
        await request.reply.show("Which of them shall be shown again?", keyboard(choices))


@router.button(Unmute, brief=True)
async def unmute_tapped(request: Request, callback: Unmute) -> None:
    """A button that ends a mute. Under a clip, it turns into the button that mutes again."""
    home = await request.home()
    what = silence.named(callback.target, home, request.time_zone)
    if not is_of_clip(request.buttons):
        await _unmute(request, what)
        return
    await request.control.unmute(callback.target)
    hidden = any(silence.covers(mute.target, callback.target, home) for mute in await request.control.mutes())
    still, shown = f"🔕 {what.verb} still hidden by another mute: see /mute.", f"🔔 {what.verb} shown here again."
    await request.toast(silence.IT_IS_GONE if what.gone else still if hidden else shown)
    await _turn(request, callback, button(*mute_button(callback.target)))


async def _unmute(request: Request, what: MuteTarget | None, note: str = "") -> None:
    ending = await end_here(request, what)
    lines = [*ending.lines, note] if note and ending.ended else ending.lines
    await request.reply.show("\n".join(lines), ending.buttons)


@dataclass(frozen=True, slots=True)
class Ending:
    """What came of ending mutes: whether there were some, HTML lines, and buttons for what still hides it."""

    ended: bool
    lines: Sequence[str]
    buttons: InlineKeyboardMarkup | None


async def end_here(request: Request, what: MuteTarget | None) -> Ending:
    """End the mute of this, or every mute; tell what still hides it."""
    home, now, time_zone = await request.home(), request.now(), request.time_zone
    ended = await request.control.unmute(what.target if what else None)
    left = [
        mute for mute in await request.control.mutes() if what is None or silence.covers(mute.target, what.target, home)
    ]
    over = [silence.named(mute.target, home, time_zone) for mute in ended if mute.holds_at(now)]
    lines = []
    if what is not None and what.gone:
        return Ending(bool(over), [silence.IT_IS_GONE if over else GONE], None)
    if over and left:
        lines.append(f"🔔 {over[0].bold} is not muted itself any more. But:")
    elif over:
        lines.append(silence.shown_again(over))
    elif not left:
        lines.append(f"🔔 {what.bold + ' is not' if what else 'Nothing is'} muted here.")
    for mute in left:
        still = silence.named(mute.target, home, time_zone)
        lines.append(f"🔕 {still.bold} is muted here until {point(mute.until, now, still.zone)}.")
    choices: list[tuple[str, Callback]] = [
        (silence.named(mute.target, home, time_zone).ending, Unmute(mute.target)) for mute in left
    ]
    return Ending(bool(over), lines, keyboard(choices) if choices else None)


async def _overview(request: Request) -> None:
    home, now, time_zone = await request.home(), request.now(), request.time_zone
    mutes = await request.control.mutes()
    endings: list[tuple[str, Callback]] = [
        (silence.named(mute.target, home, time_zone).ending, Unmute(mute.target)) for mute in mutes
    ]
    offered = [(f"🔕 All · {label}", MuteFor(EVERYTHING, minutes)) for label, minutes in silence.LENGTHS]
    buttons = InlineKeyboardMarkup([*rows(endings), *rows(offered, wide=2)])
    await request.reply.show(silence.mutes_list(mutes, home, now, time_zone), buttons)


async def _ask_which(
    request: Request, among: Sequence[MuteTarget], until: datetime | None, silencing: Silencing
) -> None:
    def choice(what: MuteTarget) -> Callback:
        if until is None:
            return silencing.lasting(what.target, MUTE_MINUTES)
        return silencing.ending(what.target, silence.minute_of(until))

    choices = [(what.choice, choice(what)) for what in among]
    how_long = "for 1 hour" if until is None else f"until {point(until, request.now(), among[0].zone)}"
    await request.reply.show(f"Which of them shall be silent {how_long}?", keyboard(choices))


def lengths(target: Target, callback: type[MuteFor] | type[SnoozeFor]) -> InlineKeyboardMarkup:
    """A button for each length that is offered."""
    return keyboard([(label, callback(target, minutes)) for label, minutes in silence.LENGTHS], wide=2)


async def _show_muted(request: Request, wish: Wish) -> None:
    text = silence.muted(wish.what, wish.until, request.now())
    await request.reply.show(text, keyboard([unmute_button(wish.what.target)]))


async def _turn(request: Request, callback: Callback, into: InlineKeyboardButton) -> None:
    """Put another button in the place of the tapped one, where it is still there."""
    data = encode(callback)
    shown = request.buttons.inline_keyboard if request.buttons else ()
    if any(each.callback_data == data for row in shown for each in row):
        turned = InlineKeyboardMarkup([[into if each.callback_data == data else each for each in row] for row in shown])
        if request.tools.open_keyboards.at(request.place) is not None:
            request.tools.open_keyboards.keep(request.place, turned)
        await request.change_buttons(turned)
