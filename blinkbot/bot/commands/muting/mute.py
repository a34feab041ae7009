"""/mute and /unmute: what is shown in this chat, for a while or again; and what /snooze shares with them."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from blinkbot.bot.buttons.callback_data import Callback, encode, minutes_of
from blinkbot.bot.buttons.callbacks import UNTIL_MORNING, MuteFor, MuteUntil, SnoozeFor, SnoozeUntil, Unmute
from blinkbot.bot.buttons.clip_keyboards import MUTE_MINUTES, is_of_clip, mute_button, unmute_button
from blinkbot.bot.buttons.keyboards import Button, button, keyboard, rows
from blinkbot.bot.commands.muting import mute_targets as targets
from blinkbot.bot.dispatch.choices import Options, ask, choose, without_switch
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import muting as text
from blinkbot.bot.text.formatting import bold, truncate, typed
from blinkbot.bot.text.locale import Locale
from blinkbot.bot.text.muting import MuteTarget
from blinkbot.bot.text.names import normalize
from blinkbot.bot.text.times import length_problem, upcoming, with_examples
from blinkbot.bot.timeparse.future import read_until
from blinkbot.bot.timeparse.problems import TimeProblem
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.domain.preferences import EVERYTHING, Mute, Target
from blinkbot.translations import Sentence

LENGTHS = ((text.ONE_HOUR, 60), (text.THREE_HOURS, 180), (text.UNTIL_SEVEN, UNTIL_MORNING), (text.ONE_DAY, 1440))
"""The lengths that are offered, with their minutes."""


@dataclass(frozen=True, slots=True)
class MuteCommand:
    """A command that mutes: how it is typed, its buttons, what it asks, and what it does with a target and an end.

    The buttons last so many minutes from the tap on, or until a time. `how_long` is asked about one thing, and about
    everything; `which` about an hour, and about a time.
    """

    slash: str
    lasting: type[MuteFor] | type[SnoozeFor]
    ending: type[MuteUntil] | type[SnoozeUntil]
    how_long: tuple[Sentence, Sentence]
    which: tuple[Sentence, Sentence]
    mute: Callable[[Request, MuteTarget, datetime], Awaitable[None]]

    async def read(self, request: Request) -> None:
        """Mute what the words mean; where they leave something open, say or ask that."""
        locale = await request.locale()
        now, zone = locale.now, targets.everything(locale).zone
        name, length = targets.split(
            targets.without_marks(request.words),
            known=lambda words: bool(targets.meant(words, locale)),
            readable=lambda words: isinstance(read_until(words, now, zone), datetime),
        )
        found = targets.meant(name, locale)
        if not found:
            names = [place.name for place in targets.places(locale)]
            example = self._example(names[0] if names else "")
            await request.reply.show(with_examples(text.no_such(name, names), [example]))
            return
        until = read_until(length, now, found[0].zone) if length else None
        if isinstance(until, TimeProblem):
            await request.reply.show(length_problem(until, targets.with_name(self.slash, name)))
        elif len(found) > 1:
            await self._ask_which(request, found, until)
        elif until is None:
            await self.ask_how_long(request, found[0])
        else:
            await self.mute(request, found[0], until)

    async def tapped(self, request: Request, callback: MuteUntil | SnoozeUntil) -> None:
        """Mute what a button with an end says; where that is gone or past, say so."""
        what, until = await target(request, callback.target), targets.end_at(callback.until, request.now())
        if what is None:
            return
        if until is None:
            example = self._example("" if what.is_everything else what.label)
            await request.reply.show(with_examples(text.PAST(), [example]))
        else:
            await self.mute(request, what, until)

    async def ask_how_long(self, request: Request, what: MuteTarget) -> None:
        offered: list[Button] = [(label(), self.lasting(what.target, minutes)) for label, minutes in LENGTHS]
        await request.reply.show(text.about(what, *self.how_long), keyboard(offered, wide=2))

    def _example(self, name: str) -> str:
        return f"{targets.with_name(self.slash, normalize(name))} {spoken().lengths[0]}"

    async def _ask_which(self, request: Request, among: Sequence[MuteTarget], until: datetime | None) -> None:
        for_an_hour, until_a_time = self.which
        if until is None:
            options = _options(among, for_an_hour(), lambda target: self.lasting(target, MUTE_MINUTES))
        else:
            minute, question = minutes_of(until), until_a_time(time=upcoming(until, request.now(), among[0].zone))
            options = _options(among, question, lambda target: self.ending(target, minute))
        await ask(request, options, among)


async def mute(request: Request, what: MuteTarget, until: datetime) -> None:
    await request.control.preferences.mute(what.target, until)
    words = f"{text.muted(what, until, request.now())} {text.CLIPS_STAY()}"
    await request.reply.show(words, keyboard([unmute_button(what.target)]))


MUTE = MuteCommand("/mute", MuteFor, MuteUntil, (text.HOW_LONG, text.HOW_LONG_ALL), text.WHICH_TO_MUTE, mute)

router = Router()


@router.command("mute", Sentence("pause alerts in this chat"))
async def command(request: Request) -> None:
    """/mute [camera|network|all] [DURATION|until …|off]; without words, what is muted now."""
    rest, wanted = without_switch(request.words)
    if not request.words:
        await _overview(request)
    elif wanted is False:
        await _unmute_named(request, rest)
    else:
        await MUTE.read(request)


@router.button(MuteUntil)
async def until_tapped(request: Request, callback: MuteUntil) -> None:
    await MUTE.tapped(request, callback)


@router.button(MuteFor, brief=True)
async def tapped(request: Request, callback: MuteFor) -> None:
    """A button that mutes. Under a clip, it turns into the button that ends it."""
    what, now = await target(request, callback.target), request.now()
    if what is None:
        return
    until = targets.end_of(callback.minutes, what, now)
    if is_of_clip(request.buttons):
        await request.control.preferences.mute(callback.target, until)
        # Before the button: to change that takes longer than a toast may wait.
        await request.toast(text.muted_toast(what, until, now))
        await _turn(request, callback, button(*unmute_button(callback.target)))
    else:
        await mute(request, what, until)


@router.command("unmute", Sentence("turn alerts back on"))
async def unmute_command(request: Request) -> None:
    """/unmute [camera|network|all]; without words, everything."""
    await _unmute_named(request, request.words)


async def _unmute_named(request: Request, words: str) -> None:
    if targets.is_all(words):
        await _unmute(request, None, _snooze_stays())
        return
    muted = {mute.target for mute in await request.control.preferences.mutes()}
    among = [what for what in targets.meant(words, await request.locale()) if what.target in muted]
    what = await chosen(request, words, text.WHICH_TO_UNMUTE, Unmute, among)
    if what is not None:
        await _unmute(request, what, _snooze_stays())


@router.button(Unmute, brief=True)
async def unmute_tapped(request: Request, callback: Unmute) -> None:
    """A button that ends a mute. Under a clip, it turns into the button that mutes again."""
    locale = await request.locale()
    what = targets.named(callback.target, locale)
    if not is_of_clip(request.buttons):
        await _unmute(request, what)
        return
    await request.control.preferences.unmute(callback.target)
    if what.gone:
        await request.toast(text.MUTE_ENDED())
    else:
        hidden = _covering(await request.control.preferences.mutes(), what, locale)
        name = truncate(what.label)
        await request.toast(text.STILL_MUTED_TOAST(name=name) if hidden else text.UNMUTED(names=name))
    await _turn(request, callback, button(*mute_button(callback.target)))


def _snooze_stays() -> str:
    return text.SNOOZE_STAYS(command=typed(f"/snooze {spoken().off[0]}"))


async def _unmute(request: Request, what: MuteTarget | None, note: str = "") -> None:
    lines, buttons = await end_mutes(request, what, note)
    await request.reply.show("\n".join(lines), buttons)


async def end_mutes(
    request: Request, what: MuteTarget | None, note: str = ""
) -> tuple[list[str], InlineKeyboardMarkup | None]:
    """End the mute of this, or every mute (None). Returns HTML lines, with `note` where one was ended, and buttons for
    the mutes that still hide it."""
    locale = await request.locale()
    ended = await request.control.preferences.unmute(what.target if what else None)
    over = [targets.named(mute.target, locale) for mute in ended if mute.holds_at(locale.now)]
    left = _named(_covering(await request.control.preferences.mutes(), what, locale), locale)
    if what is not None and what.gone:
        return [text.MUTE_ENDED() if over else text.GONE()], None
    lines = [] if left else [text.not_muted(what)]
    if over:
        lines = [text.STILL_MUTED(name=bold(over[0].label)) if left else text.unmuted(over)]
    lines += [text.muted(still, until, locale.now) for still, until in left]
    return [*lines, note] if note and over else lines, InlineKeyboardMarkup(_unmute_rows(left)) if left else None


async def _overview(request: Request) -> None:
    locale = await request.locale()
    mutes = _named(await request.control.preferences.mutes(), locale)
    offered: list[Button] = [(text.ALL_FOR(length=label()), MuteFor(EVERYTHING, minutes)) for label, minutes in LENGTHS]
    buttons = InlineKeyboardMarkup([*_unmute_rows(mutes), *rows(offered, wide=2)])
    await request.reply.show(text.overview(mutes, locale.now), buttons)


async def target(request: Request, of: Target) -> MuteTarget | None:
    """The target of a button; None where the home has no such thing any more, which was said then."""
    what = targets.named(of, await request.locale())
    if what.gone:
        await request.toast(text.GONE())
    return None if what.gone else what


async def chosen(
    request: Request,
    words: str,
    question: Sentence,
    callback: Callable[[Target], Callback],
    among: Sequence[MuteTarget] = (),
) -> MuteTarget | None:
    """The camera or network that words mean; None where the reply asks which, or says that there is none. `among` are
    the only ones that are meant, where there are some."""
    things = among or list(targets.places(await request.locale()))
    return next(iter(await choose(request, words, _options(things, question(), callback))), None)


def _options(
    things: Sequence[MuteTarget], question: str, callback: Callable[[Target], Callback]
) -> Options[MuteTarget]:
    labels = [what.label for what in things]
    return Options(text.NOUN, things, labels, question, lambda what, _: [(what.button, callback(what.target))])


def _covering(mutes: Iterable[Mute], what: MuteTarget | None, locale: Locale) -> list[Mute]:
    return [mute for mute in mutes if what is None or targets.covers(mute.target, what.target, locale.home)]


def _named(mutes: Iterable[Mute], locale: Locale) -> list[tuple[MuteTarget, datetime]]:
    return [(targets.named(mute.target, locale), mute.until) for mute in mutes]


def _unmute_rows(mutes: Iterable[tuple[MuteTarget, datetime]]) -> list[list[InlineKeyboardButton]]:
    return rows((what.unmute_button, Unmute(what.target)) for what, _ in mutes)


async def _turn(request: Request, callback: Callback, into: InlineKeyboardButton) -> None:
    """Put another button in the place of the tapped one, where it is still there."""
    data = encode(callback)
    shown = request.buttons.inline_keyboard if request.buttons else ()
    if any(each.callback_data == data for row in shown for each in row):
        turned = InlineKeyboardMarkup([[into if each.callback_data == data else each for each in row] for row in shown])
        if request.tools.open_keyboards.at(request.place) is not None:
            request.tools.open_keyboards.keep(request.place, turned)
        await request.change_buttons(turned)
