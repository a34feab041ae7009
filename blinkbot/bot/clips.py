"""/clips: a list to leaf through, newest first, and each clip to play."""

import asyncio
import logging
from pathlib import Path

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest

from blinkbot.archive import ClipPage, KeptClip
from blinkbot.bot import render
from blinkbot.bot.attachments import (
    UPLOAD_LIMIT,
    Document,
    KnownVideo,
    TooBig,
    is_stale_file,
    video_file_id,
    video_or_document,
)
from blinkbot.bot.desk import Desk, Handler, Request
from blinkbot.bot.keyboards import button, keyboard, rows
from blinkbot.bot.names import matching
from blinkbot.bot.snap import camera_labels
from blinkbot.bot.taps import PlayClip, ShowClips, Tap
from blinkbot.bot.words import bold, escaped, listed, quoted
from blinkbot.domain import Home
from blinkbot.errors import NotFound

logger = logging.getLogger(__name__)

GONE = "🗑 This clip is gone: Blink has deleted it, and Telegram does not have it."
UNKNOWN = "🗑 I do not know this clip any more."


def handlers(desk: Desk) -> list[Handler]:
    """What this file answers."""
    return [
        desk.command("clips", command),
        desk.tap(ShowClips, lambda request, tap: show_page(request, tap.camera_id, tap.page)),
        desk.tap(PlayClip, lambda request, tap: play(request, tap.key), apart=True),
    ]


async def command(request: Request) -> None:
    """/clips [camera]."""
    if not request.words:
        await show_page(request, None, 0)
        return
    home = await request.home()
    found = matching(request.words, home.cameras, lambda camera: camera.name)
    if len(found) == 1:
        await show_page(request, found[0].id, 0)
    elif found:
        choices: list[tuple[str, Tap]] = [
            (f"🎞 {label}", ShowClips(camera.id, 0))
            for label, camera in zip(camera_labels(found, home), found, strict=True)
        ]
        await request.answer.show("Which camera?", keyboard(choices))
    else:
        names = listed([camera.name for camera in home.cameras])
        await request.answer.show(f"There is no camera {quoted(request.words)}. There is {names or 'none at all'}.")


async def show_page(request: Request, camera_id: int | None, number: int) -> None:
    """One page of the list, of one camera or of all."""
    home = await request.home()
    page = await request.control.clips(camera_id, number)
    if not page.clips and number > 0:
        # The list has become shorter since the button was made.
        page = await request.control.clips(camera_id, max(0, (page.total - 1) // page.size))
    camera = home.camera(camera_id) if camera_id is not None else None
    whose = f" — {bold(camera.name)}" if camera else ""
    if not page.clips:
        await request.answer.show(f"🎞 No clips yet{whose}.")
        return
    first = page.page * page.size + 1
    text = f"🎞 <b>Clips</b>{whose}, newest first\n{first}–{first + len(page.clips) - 1} of {page.total}"
    await request.answer.show(text, _page_keyboard(request, home, page, camera_id))


def _page_keyboard(request: Request, home: Home, page: ClipPage, camera_id: int | None) -> InlineKeyboardMarkup:
    now, zone = request.services.clock(), request.services.time_zone
    plays = rows((render.clip_label(kept, home, now, zone), PlayClip(kept.clip.key)) for kept in page.clips)
    turns = []
    if page.page > 0:
        turns.append(button("‹ Newer", ShowClips(camera_id, page.page - 1)))
    if page.has_older:
        turns.append(button("Older ›", ShowClips(camera_id, page.page + 1)))
    return InlineKeyboardMarkup([*plays, turns] if turns else plays)


async def play(request: Request, key: str) -> None:
    """Send a clip's video: by Telegram's own copy where there is one, else as Blink still has it."""
    try:
        kept = await request.control.clip(key)
    except NotFound:
        await request.answer.show(UNKNOWN)
        return
    home = await request.home()
    caption = render.clip_caption(kept.clip, home, request.services.clock(), request.services.time_zone)
    async with request.acting(ChatAction.UPLOAD_VIDEO):
        if not await _play_known(request, kept, caption):
            await _play_fetched(request, kept, caption)


async def _play_known(request: Request, kept: KeptClip, caption: str) -> bool:
    """Whether Telegram had the video."""
    if kept.file_id is None:
        return False
    try:
        await request.answer.send(KnownVideo(kept.file_id, caption))
    except BadRequest as error:
        if not is_stale_file(error):
            raise
        logger.info("Telegram has forgotten the video of clip %s", kept.clip.key)
        return False
    await request.answer.remove()
    return True


async def _play_fetched(request: Request, kept: KeptClip, caption: str) -> None:
    if kept.gone:
        await request.answer.show(f"{caption}\n{GONE}")
        return
    await request.answer.show(f"{caption}\n⏳ Fetching the video…")
    try:
        path = await request.control.fetch_clip(kept.clip)
    except NotFound:
        await request.answer.show(f"{caption}\n{GONE}")
        return
    try:
        await _upload(request, kept, caption, path)
    except TooBig as error:
        await request.answer.show(f"{caption}\n⚠️ No video: {escaped(str(error))}")
    finally:
        path.unlink(missing_ok=True)


async def _upload(request: Request, kept: KeptClip, caption: str, path: Path) -> None:
    size = (await asyncio.to_thread(path.stat)).st_size
    if size > UPLOAD_LIMIT:
        raise TooBig(size, UPLOAD_LIMIT)
    attachment = await video_or_document(path, caption, request.services.videos)
    try:
        message = await request.answer.become(attachment)
    except BadRequest as error:
        if isinstance(attachment, Document):
            raise
        logger.info("Telegram does not take clip %s as a video (%s): it goes as a file", kept.clip.key, error)
        message = await request.answer.become(Document(path, caption))
    file_id = video_file_id(message) if isinstance(message, Message) else None
    if file_id is not None:
        await request.control.remember_file(kept.clip.key, file_id)
