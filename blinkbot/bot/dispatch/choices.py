"""Which things are meant by words, or the question which; and carrying out what is done to one."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from telegram import InlineKeyboardMarkup

from blinkbot.bot.buttons.keyboards import Button, rows
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text.devices import Order
from blinkbot.bot.text.names import Noun, called, is_everything, normalize
from blinkbot.bot.timeparse.vocabulary import spoken
from blinkbot.domain import CommandResult, Outcome
from blinkbot.errors import BlinkbotError, BlinkRefused, NotSignedIn


class Named(Protocol):
    @property
    def name(self) -> str:
        """As its owner gave it."""


T = TypeVar("T", bound=Named)


@dataclass(frozen=True, slots=True)
class Options(Generic[T]):
    """What there is to choose from, and how it is asked. `labels` tell the things apart; `buttons` are those of one
    thing with its label, in a row. `everything` is the button for all of them, None where only one can be chosen."""

    noun: Noun
    things: Sequence[T]
    labels: Sequence[str]
    question: str
    buttons: Callable[[T, str], Sequence[Button]]
    everything: Button | None = None


async def choose(request: Request, words: str, options: Options[T]) -> Sequence[T]:
    """What the words mean: one thing, or all; none where the reply asks which, or says that there is no such thing."""
    if not options.things:
        await request.reply.show(options.noun.none())
    elif options.everything and is_everything(words):
        return options.things
    else:
        labelled = zip(options.things, options.labels, strict=True)
        found = called(words, labelled, lambda each: each[0].name, lambda each: each[1])[1] if words else labelled
        among = [thing for thing, _ in found]
        if len(among) == 1:
            return among
        if among:
            await ask(request, options, among)
        else:
            await request.reply.show(options.noun.no_such(words, (thing.name for thing in options.things)))
    return ()


async def ask(request: Request, options: Options[T], among: Sequence[T]) -> None:
    labelled = zip(options.things, options.labels, strict=True)
    offered = [options.buttons(thing, label) for thing, label in labelled if thing in among]
    if options.everything and len(among) == len(options.things):
        offered.append([options.everything])
    keyboard = InlineKeyboardMarkup([row for buttons in offered for row in rows(buttons, wide=len(buttons))])
    await request.reply.show(options.question, keyboard)


def switch_of(words: str) -> bool | None:
    """Whether words are "on" or "off"; None where they are neither."""
    vocabulary, word = spoken(), normalize(words)
    return True if word in vocabulary.on else False if word in vocabulary.off else None


def without_switch(words: str) -> tuple[str, bool | None]:
    """Words without an "on" or "off" at their end, and which of them it was."""
    *rest, last = words.split() or [""]
    wanted = switch_of(last)
    return (words if wanted is None else " ".join(rest)), wanted


async def carried_out(request: Request, order: Order, name: str, command: Awaitable[CommandResult]) -> str:
    """Carry out what is ordered of the thing of this name; returns HTML where it was not done, "" where it was. Raises
    NotSignedIn."""
    started = request.now()
    try:
        result = await command
    except NotSignedIn:
        raise
    except BlinkbotError as error:
        return order.failure(name, error)
    match result.outcome:
        case Outcome.DONE:
            return ""
        case Outcome.REFUSED:
            return order.failure(name, BlinkRefused("a command", 200, result.message))
        case Outcome.UNKNOWN:
            return order.doubt(name, request.now() - started)
