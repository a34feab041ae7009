"""One clip of a list, as a message with all its buttons."""

import logging
from functools import partial
from pathlib import Path

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatAction

from blinkbot.bot.buttons.callbacks import PlayClip
from blinkbot.bot.buttons.clip_keyboards import clip_keyboard
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.attachments import Attachment, KnownPhoto, Photo, Words, known, send_known_or, stored_file
from blinkbot.bot.client.errors import TooBig
from blinkbot.bot.commands.clips.actions import is_muted, known_clip
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import clips as text
from blinkbot.bot.text.captions import NO_VIDEO, clip_caption, file_name
from blinkbot.bot.text.delivery import shrinking, too_big
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import escaped
from blinkbot.domain.clip_search import KeptClip
from blinkbot.errors import BlinkError, NotFound, NotSignedIn

logger = logging.getLogger(__name__)


router = Router()


@router.button(PlayClip, apart=True)
async def play(request: Request, callback: PlayClip) -> None:
    """Send a clip's video: by Telegram's own copy where there is one, else as Blink still has it."""
    kept = await known_clip(request, callback.key)
    if kept is None:
        return
    locale = await request.locale()
    caption = clip_caption(kept.clip, locale)
    buttons = clip_keyboard(kept.clip, locale.home, muted=await is_muted(request, kept.clip))
    async with request.acting(ChatAction.UPLOAD_VIDEO):
        await send_known_or(
            None if kept.file is None else known(kept.file, caption, buttons),
            partial(_play_known, request),
            lambda: _play_fetched(request, kept, caption, buttons),
        )


async def _play_known(request: Request, video: Attachment) -> None:
    await request.reply.send(video)
    await request.reply.remove()


async def _play_fetched(request: Request, kept: KeptClip, caption: str, buttons: InlineKeyboardMarkup) -> None:
    if kept.gone:
        await _without_video(request, kept, f"{caption}\n{text.GONE()}")
        return
    if kept.clip.no_video is not None:
        await _without_video(request, kept, caption, buttons, ask_blink=kept.clip.thumbnail is not None)
        return
    await request.reply.show(f"{caption}\n{text.FETCHING()}")
    try:
        path = await request.control.recordings.fetch(kept.clip)
    except NotFound:
        await _without_video(request, kept, f"{caption}\n{text.GONE()}")
        return
    except NotSignedIn:
        raise
    except BlinkError as error:
        again = keyboard([(text.TRY_AGAIN(), PlayClip(kept.clip.key))])
        # Not to ask Blink for a thumbnail now saves the person a second wait in vain.
        await _without_video(
            request, kept, f"{caption}\n{NO_VIDEO(why=escaped(error_message(error)))}", again, ask_blink=False
        )
        return
    try:
        await _upload(request, kept, caption, buttons, path)
    except TooBig as error:
        await _without_video(request, kept, f"{caption}\n{NO_VIDEO(why=too_big(error.size, error.limit))}", buttons)
    finally:
        path.unlink(missing_ok=True)


async def _upload(request: Request, kept: KeptClip, caption: str, buttons: InlineKeyboardMarkup, path: Path) -> None:
    async def tell(done: float) -> None:
        await request.reply.show(f"{caption}\n{shrinking(done)}")

    name = file_name(kept.clip, await request.locale())
    message = await request.tools.uploads.show(
        path, caption, request.reply.become, keyboard=buttons, filename=name, progress=tell
    )
    file = stored_file(message) if isinstance(message, Message) else None
    if file is not None:
        await request.control.clips.set_file(kept.clip.key, file)


async def _without_video(
    request: Request,
    kept: KeptClip,
    caption: str,
    buttons: InlineKeyboardMarkup | None = None,
    *,
    ask_blink: bool = True,
) -> None:
    """Say why there is no video, under the clip's thumbnail where one can still be had."""

    async def by_blink() -> None:
        picture: Attachment = Words(caption, buttons)
        try:
            if ask_blink:
                picture = Photo(await request.control.recordings.thumbnail(kept.clip), caption, buttons)
        except BlinkError as error:
            logger.info("clip %s is sent without its thumbnail: %s", kept.clip.key, error)
        await request.reply.become(picture)

    known_photo = None if kept.photo_id is None else KnownPhoto(kept.photo_id, caption, buttons)
    await send_known_or(known_photo, request.reply.become, by_blink)
