"""One clip of a list, as a message with all its buttons."""

import logging
from pathlib import Path

from telegram import InlineKeyboardMarkup, Message
from telegram.constants import ChatAction
from telegram.error import BadRequest

from blinkbot.bot.buttons.callbacks import PlayClip
from blinkbot.bot.buttons.clip_keyboards import clip_keyboard
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.attachments import KnownPhoto, Photo, known, stored_file
from blinkbot.bot.client.errors import TooBig, is_stale_file
from blinkbot.bot.commands.clips.actions import is_muted
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text.captions import NO_VIDEO, clip_caption, file_name
from blinkbot.bot.text.clips import UNKNOWN
from blinkbot.bot.text.delivery import too_big
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import escaped
from blinkbot.domain.clip_search import KeptClip
from blinkbot.errors import BlinkError, NotFound, NotSignedIn

logger = logging.getLogger(__name__)

router = Router()

GONE = "🗑 This clip is gone: Blink has deleted it, and Telegram does not give it."


@router.button(PlayClip, apart=True)
async def play(request: Request, callback: PlayClip) -> None:
    """Send a clip's video: by Telegram's own copy where there is one, else as Blink still has it."""
    try:
        kept = await request.control.clips.get(callback.key)
    except NotFound:
        await request.reply.show(UNKNOWN())
        return
    locale = await request.locale()
    caption = clip_caption(kept.clip, locale)
    buttons = clip_keyboard(kept.clip, locale.home, muted=await is_muted(request, kept.clip))
    async with request.acting(ChatAction.UPLOAD_VIDEO):
        if not await _play_known(request, kept, caption, buttons):
            await _play_fetched(request, kept, caption, buttons)


async def _play_known(request: Request, kept: KeptClip, caption: str, buttons: InlineKeyboardMarkup) -> bool:
    """Whether Telegram had the video."""
    if kept.file is None:
        return False
    try:
        await request.reply.send(known(kept.file, caption, buttons))
    except BadRequest as error:
        if not is_stale_file(error):
            raise
        logger.info("Telegram has forgotten the video of clip %s", kept.clip.key)
        return False
    await request.reply.remove()
    return True


async def _play_fetched(request: Request, kept: KeptClip, caption: str, buttons: InlineKeyboardMarkup) -> None:
    if kept.gone:
        await _without_video(request, kept, f"{caption}\n{GONE}")
        return
    await request.reply.show(f"{caption}\n⏳ Fetching the video…")
    try:
        path = await request.control.fetch_clip(kept.clip)
    except NotFound:
        await _without_video(request, kept, f"{caption}\n{GONE}")
        return
    except NotSignedIn:
        raise
    except BlinkError as error:
        again = keyboard([("🔄 Try again", PlayClip(kept.clip.key))])
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
        await request.reply.show(f"{caption}\n⏳ The video is large: making it smaller, {done:.0%}…")

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
    text: str,
    buttons: InlineKeyboardMarkup | None = None,
    *,
    ask_blink: bool = True,
) -> None:
    """Say why there is no video, under the clip's thumbnail where one can still be had."""
    if kept.photo_id is not None:
        try:
            await request.reply.become(KnownPhoto(kept.photo_id, text, buttons))
        except BadRequest as error:
            if not is_stale_file(error):
                raise
            logger.info("Telegram has forgotten the thumbnail of clip %s", kept.clip.key)
        else:
            return
    if not ask_blink:
        await request.reply.show(text, buttons)
        return
    try:
        jpeg = await request.control.clip_thumbnail(kept.clip)
    except BlinkError as error:
        logger.info("clip %s is told of without its thumbnail: %s", kept.clip.key, error)
        await request.reply.show(text, buttons)
    else:
        await request.reply.become(Photo(jpeg, text, buttons))
