"""Deleting every clip of a list at its source, after a question that says what and how many."""

from collections.abc import Sequence
from dataclasses import replace

from blinkbot.bot.buttons.callback_data import decode
from blinkbot.bot.buttons.callbacks import AskDeleteAll, DeleteAll, ShowFound
from blinkbot.bot.buttons.keyboards import is_one_of, keyboard
from blinkbot.bot.commands.clips.lists import Listing
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import clips as text
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import escaped
from blinkbot.domain.clip_search import KeptClip, deletion_batches
from blinkbot.errors import BlinkbotError, BlinkError

LOOKED_UP = 200
REASONS_SHOWN = 5
_KEEPS = is_one_of(ShowFound)

router = Router()


@router.button(AskDeleteAll)
async def ask_to_delete(request: Request, callback: AskDeleteAll) -> None:
    """Ask whether they are to be deleted. The question is about what there is now: nothing newer is meant."""
    asked = await Listing.of(request, callback.found)
    listing = asked.closed()
    clips = await _at_blink(request, listing)
    if clips:
        await _ask(request, listing, clips, asked)
    else:
        await _show(request, asked, text.NOTHING_LEFT())


@router.button(DeleteAll)
async def delete(request: Request, callback: DeleteAll) -> None:
    """Delete them, unless there are more now than the question was about."""
    listing = await Listing.of(request, callback.found)
    asked = _asked(request, listing)
    clips = await _at_blink(request, listing)
    if not clips:
        await _show(request, asked, text.NOTHING_LEFT())
    elif len(clips) > callback.count:
        await _ask(request, listing, clips, asked, f"{text.MORE_NOW()}\n")
    else:
        await _delete(request, asked, clips)


def _asked(request: Request, listing: Listing) -> Listing:
    """The list that the question was about, as it was before it was closed: the button that keeps the clips has it."""
    buttons = [each.callback_data for row in request.buttons.inline_keyboard for each in row] if request.buttons else []
    for data in buttons:
        if isinstance(data, str) and _KEEPS(data) and isinstance(callback := decode(data), ShowFound):
            return replace(listing, found=callback.found)
    return listing


async def _ask(request: Request, listing: Listing, clips: Sequence[KeptClip], asked: Listing, before: str = "") -> None:
    """`asked` is the list that the question is about, as it was before it was closed."""
    question = text.by_origin((kept.clip for kept in clips), text.DELETE)(len(clips))
    buttons = [
        (text.DELETE_BUTTON(len(clips)), DeleteAll(listing.found, len(clips))),
        (text.KEEP_BUTTON(), ShowFound(asked.found, 0)),
    ]
    words = f"{before}{question} {text.VIDEOS_STAY()}"
    await request.reply.show(text.headed(asked.title, words), keyboard(buttons))


async def _delete(request: Request, listing: Listing, kept: Sequence[KeptClip]) -> None:
    gone: list[str] = []
    reasons: dict[str, BlinkError] = {}
    stopped: BlinkbotError | None = None
    for batch in deletion_batches([each.clip for each in kept]):
        progress = text.DELETING(number=len(gone) + len(reasons) + 1, total=len(kept))
        await request.reply.show(text.headed(listing.title, progress))
        try:
            removal = await request.control.recordings.delete(batch)
        except BlinkbotError as error:
            if not gone and not reasons:
                raise
            stopped = error
            break
        gone += removal.gone
        reasons.update(removal.kept)
    lines = [text.by_origin((each.clip for each in kept), text.DELETED)(len(gone))]
    if gone:
        lines.append(text.VIDEOS_STAY())
    if stopped is not None:
        left = len(kept) - len(gone) - len(reasons)
        lines.append(text.NOT_TRIED(left, why=escaped(error_message(stopped))))
    if reasons:
        failed = [(each, error_message(reasons[each.clip.key])) for each in kept if each.clip.key in reasons]
        lines += [text.NOT_DELETED(len(failed)), *text.reasons(failed, REASONS_SHOWN, listing.locale)]
    await _show(request, listing, "\n".join(lines))


async def _show(request: Request, listing: Listing, words: str) -> None:
    buttons = keyboard([(text.LIST_BUTTON(), ShowFound(listing.found, 0))])
    await request.reply.show(text.headed(listing.title, words), buttons)


async def _at_blink(request: Request, listing: Listing) -> list[KeptClip]:
    """The clips of the list that Blink still has; some that can be played are in Telegram alone."""
    found: list[KeptClip] = []
    offset = 0
    while page := await request.control.clips.slice(listing.query, offset, LOOKED_UP):
        found += (kept for kept in page if not kept.gone)
        offset += len(page)
    return found
