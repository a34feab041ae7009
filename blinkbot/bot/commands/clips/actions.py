"""What the further buttons under a clip do: they swap the buttons in place, or answer in a reply to the clip.

Everything is found again by the clip's key, so that buttons work for ever; the message itself is never changed.
"""

from pathlib import Path

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatAction

from blinkbot.bot.buttons import callbacks, clip_keyboards
from blinkbot.bot.client.attachments import Document, Photo, known, send_known_or
from blinkbot.bot.client.errors import TooBig
from blinkbot.bot.commands.clips.file import DOWNLOAD_LIMIT, NoFile, clip_file
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Router
from blinkbot.bot.text import clips as text
from blinkbot.bot.text.captions import file_name
from blinkbot.bot.text.delivery import too_big
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import escaped
from blinkbot.domain import Clip
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import FileKind
from blinkbot.errors import BlinkbotError, MediaError, NotFound

router = Router()


# -- the buttons in place


async def is_muted(request: Request, clip: Clip) -> bool:
    return clip_keyboards.is_muted_itself(clip, await request.control.preferences.mutes(), request.now())


@router.button(callbacks.MoreAboutClip, apart=True, brief=True)
async def show_more(request: Request, callback: callbacks.MoreAboutClip) -> None:
    kept = await known_clip(request, callback.key)
    if kept is not None:
        await _show_further(request, kept, deleted=kept.gone)
        if words := text.description(kept.clip):
            await request.reply.show(words)


@router.button(callbacks.LessAboutClip, apart=True, brief=True)
async def show_less(request: Request, callback: callbacks.LessAboutClip) -> None:
    kept = await known_clip(request, callback.key)
    if kept is not None:
        clip, home = kept.clip, await request.control.home()
        request.tools.open_keyboards.fold(request.place)
        await _show_buttons(request, clip_keyboards.clip_keyboard(clip, home, muted=await is_muted(request, clip)))


@router.button(callbacks.AskDeleteClip, apart=True, brief=True)
async def ask_to_delete(request: Request, callback: callbacks.AskDeleteClip) -> None:
    """Nothing is deleted without a second tap."""
    kept = await _deletable(request, callback.key)
    if kept is None:
        return
    if request.query_answer is not None:
        # Where it is too late for that, the buttons say enough.
        stays = text.VIDEO_STAYS() if kept.file else text.NO_COPY()
        await request.query_answer.end(f"{text.DELETE_THIS[kept.clip.origin]()} {stays}")
    await _unfold(request, clip_keyboards.deletion_keyboard(kept.clip))


@router.button(callbacks.DeleteClip, apart=True, brief=True)
async def delete(request: Request, callback: callbacks.DeleteClip) -> None:
    """Delete the clip where it is kept. What the chat shows of it stays there."""
    kept = await _deletable(request, callback.key)
    if kept is None:
        return
    await _unfold(request, clip_keyboards.deleting_keyboard(kept.clip))
    try:
        removal = await request.control.recordings.delete([kept.clip])
    except BlinkbotError:
        await _show_further(request, kept, deleted=False)
        raise
    why = dict(removal.kept).get(callback.key)
    await _show_further(request, kept, deleted=why is None)
    if why is not None:
        await request.reply.show(text.KEPT(why=escaped(error_message(why))))


async def _deletable(request: Request, key: str) -> KeptClip | None:
    """The clip; None where it is not known or deleted already, which was said then."""
    kept = await known_clip(request, key)
    if kept is None or not kept.gone:
        return kept
    already = text.ALREADY_DELETED[kept.clip.origin]()
    await request.toast(f"{already} {text.VIDEO_STAYS()}" if kept.file else already)
    await _show_further(request, kept, deleted=True)
    return None


async def _show_further(request: Request, kept: KeptClip, *, deleted: bool) -> None:
    clip, home = kept.clip, await request.control.home()
    await _unfold(
        request, clip_keyboards.more_keyboard(clip, home, muted=await is_muted(request, clip), deleted=deleted)
    )


async def _unfold(request: Request, buttons: InlineKeyboardMarkup) -> None:
    request.tools.open_keyboards.keep(request.place, buttons)
    await _show_buttons(request, buttons)


async def _show_buttons(request: Request, buttons: InlineKeyboardMarkup) -> None:
    if not await request.change_buttons(buttons):
        await request.reply.show(text.BUTTONS(), buttons)


# -- what is sent


@router.button(callbacks.ShowSheet, apart=True, brief=True)
async def show_sheet(request: Request, callback: callbacks.ShowSheet) -> None:
    kept = await known_clip(request, callback.key)
    if kept is None:
        return
    await request.reply.show(text.MAKING_SHEET())
    async with request.acting(ChatAction.UPLOAD_PHOTO):
        try:
            async with clip_file(request, kept) as path:
                sheet = await request.tools.videos.contact_sheet(path)
        except NoFile as error:
            await request.reply.show(error.why(limit=DOWNLOAD_LIMIT))
        except MediaError:
            await request.reply.show(text.NO_SHEET())
        else:
            await request.reply.become(Photo(sheet, text.under(text.SHEET, kept.clip, await request.locale())))


@router.button(callbacks.SendAsFile, apart=True, brief=True)
async def send_as_file(request: Request, callback: callbacks.SendAsFile) -> None:
    kept = await known_clip(request, callback.key)
    if kept is None:
        return
    caption = text.under(text.FILE, kept.clip, await request.locale())
    async with request.acting(ChatAction.UPLOAD_DOCUMENT):
        # What Telegram keeps as a video, it sends as nothing else.
        is_file = kept.file is not None and kept.file.kind is FileKind.DOCUMENT
        await send_known_or(
            known(kept.file, caption) if kept.file and is_file else None,
            request.reply.send,
            lambda: _fetch_file(request, kept, caption),
        )


async def _fetch_file(request: Request, kept: KeptClip, caption: str) -> None:
    await request.reply.show(text.FETCHING_FILE())
    try:
        async with clip_file(request, kept) as path:
            await _become_file(request, kept, caption, path)
    except NoFile as error:
        await request.reply.show(error.why(limit=DOWNLOAD_LIMIT))
    except TooBig as error:
        await request.reply.show(text.NO_FILE(why=too_big(error.size, error.limit)))


async def _become_file(request: Request, kept: KeptClip, caption: str, path: Path) -> None:
    """Send the file as it is; a smaller one is not what was asked for. Raises TooBig."""
    document = Document(path, caption, filename=file_name(kept.clip, await request.locale()))
    await request.tools.uploads.send_unchanged(path, lambda: request.reply.become(document))


async def known_clip(request: Request, key: str) -> KeptClip | None:
    """The clip; None where it is not known any more, which was said then."""
    try:
        return await request.control.clips.get(key)
    except NotFound:
        await request.toast(text.UNKNOWN())
        return None
