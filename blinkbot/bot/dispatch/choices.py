"""Which thing is meant by a name, and carrying out what is done to it."""

from collections.abc import Awaitable, Sequence
from typing import TypeVar

from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import escaped, listed, quoted
from blinkbot.bot.text.names import matching
from blinkbot.bot.text.status import blinks_word
from blinkbot.domain import Camera, CommandResult, Network, Outcome
from blinkbot.errors import BlinkbotError, NotSignedIn

T = TypeVar("T", Camera, Network)

SWITCHES = {"on": True, "off": False}

CAMERA_GONE = "That camera is not there any more. /status shows what is."


async def carried_out(request: Request, what: str, command: Awaitable[CommandResult]) -> str:
    """Carry a command out; returns what is to be told (HTML) where it was not done, "" where it was.

    Raises NotSignedIn.
    """
    try:
        async with request.acting():
            result = await command
    except NotSignedIn:
        raise
    except BlinkbotError as error:
        return f"⚠️ {what}: {escaped(complaint(error))}"
    match result.outcome:
        case Outcome.DONE:
            return ""
        case Outcome.REFUSED:
            return f"⚠️ {what}: {blinks_word(result)}"
        case Outcome.UNKNOWN:
            return f"❓ {what}: Blink has not confirmed it."


async def meant(request: Request, words: str, things: Sequence[T], kind: str, none: str) -> Sequence[T]:
    """What the words mean, everything where there are none; empty where nothing is meant, which was told then.

    `none` is told where there is no such thing at all.
    """
    if not things:
        await request.reply.show(none)
        return ()
    if not words:
        return things
    found = matching(words, things, lambda thing: thing.name)
    if not found:
        names = listed([thing.name for thing in things])
        await request.reply.show(f"There is no {kind} {quoted(words)}. There is {names}.")
    return found
