"""Deleting every clip of a list at its source, after a question that says what and how many."""

from collections.abc import Sequence

from blinkbot.bot.buttons.callback_data import Found
from blinkbot.bot.buttons.callbacks import DeleteAll, ShowFound
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.commands.clips.lists import Listing
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text.error_messages import complaint
from blinkbot.bot.text.formatting import escaped
from blinkbot.domain import Clip, Origin
from blinkbot.domain.clip_search import KeptClip
from blinkbot.errors import BlinkbotError, BlinkError

AT_ONCE = 50
"""Clips in the cloud that are deleted between two words about it; a stick takes seconds for each."""

LOOKED_UP = 200
TOLD_REASONS = 5
STAY = "They stay playable here where Telegram has them."


async def ask(request: Request, found: Found) -> None:
    """Ask whether they are to be deleted. The question is about what there is now: nothing newer is meant."""
    asked = await Listing.of(request, found)
    listing = asked.closed()
    clips = await _at_blink(request, listing)
    if clips:
        await _ask(request, listing, clips, asked.of_title)
    else:
        await _say_none(request, listing)


async def delete(request: Request, found: Found, told: int) -> None:
    """Delete them, unless there are more now than the question told of."""
    listing = await Listing.of(request, found)
    clips = await _at_blink(request, listing)
    if not clips:
        await _say_none(request, listing)
    elif len(clips) > told:
        await _ask(request, listing, clips, listing.of_title, "There are more now. ")
    else:
        await _delete(request, listing, clips)


async def _ask(request: Request, listing: Listing, clips: Sequence[KeptClip], of_title: str, before: str = "") -> None:
    where = _places([kept.clip for kept in clips])
    await request.reply.show(
        f"🗑 {before}Delete {_many(len(clips))}{of_title} from {where}? {STAY}",
        keyboard(
            [
                (f"🗑 Delete {_many(len(clips))}", DeleteAll(listing.found, len(clips))),
                ("‹ Keep them", ShowFound(listing.found, 0)),
            ]
        ),
    )


async def _say_none(request: Request, listing: Listing) -> None:
    await request.reply.show(
        f"🗑 Nothing{listing.of_title} is left to delete at Blink.",
        keyboard([("‹ The list", ShowFound(listing.found, 0))]),
    )


async def _delete(request: Request, listing: Listing, kept: Sequence[KeptClip]) -> None:
    gone: list[str] = []
    reasons: dict[str, BlinkError] = {}
    stopped: BlinkbotError | None = None
    for chunk in _chunks([each.clip for each in kept]):
        await request.reply.show(f"⏳ Deleting {len(gone) + len(reasons) + 1} of {len(kept)}{listing.of_title}…")
        try:
            removal = await request.control.delete_clips(chunk)
        except BlinkbotError as error:
            if not gone and not reasons:
                raise
            stopped = error
            break
        gone += removal.gone
        reasons.update(removal.kept)
    lines = [f"🗑 {_many(len(gone))}{listing.of_title} deleted from {_places([each.clip for each in kept])}."]
    if gone:
        lines.append("What Telegram has stays playable here.")
    if stopped is not None:
        left = len(kept) - len(gone) - len(reasons)
        lines.append(f"⚠️ {_many(left)} not tried: {escaped(complaint(stopped))}")
    lines += _failures(listing, kept, reasons)
    await request.reply.show("\n".join(lines), keyboard([("‹ The list", ShowFound(listing.found, 0))]))


def _failures(listing: Listing, kept: Sequence[KeptClip], reasons: dict[str, BlinkError]) -> list[str]:
    if not reasons:
        return []
    named = [each for each in kept if each.clip.key in reasons]
    lines = [f"⚠️ {_many(len(named))} not deleted:"]
    lines += [
        f"• {escaped(listing.label(each).removeprefix('▶ '))}: {escaped(complaint(reasons[each.clip.key]))}"
        for each in named[:TOLD_REASONS]
    ]
    if len(named) > TOLD_REASONS:
        lines.append(f"• and {len(named) - TOLD_REASONS} more")
    return lines


async def _at_blink(request: Request, listing: Listing) -> list[KeptClip]:
    """The clips of the list that Blink still has; some that can be played are in Telegram alone."""
    found: list[KeptClip] = []
    offset = 0
    while page := await request.control.clips_from(listing.query, offset, LOOKED_UP):
        found += (kept for kept in page if not kept.gone)
        offset += len(page)
    return found


def _chunks(clips: Sequence[Clip]) -> list[list[Clip]]:
    in_cloud = [clip for clip in clips if clip.origin is Origin.CLOUD]
    batches = [in_cloud[start : start + AT_ONCE] for start in range(0, len(in_cloud), AT_ONCE)]
    return [*batches, *([clip] for clip in clips if clip.origin is Origin.USB)]


def _places(clips: Sequence[Clip]) -> str:
    places = {Origin.CLOUD: "Blink", Origin.USB: "the USB stick"}
    return " and ".join(place for origin, place in places.items() if any(clip.origin is origin for clip in clips))


def _many(count: int) -> str:
    return "1 clip" if count == 1 else f"{count} clips"
