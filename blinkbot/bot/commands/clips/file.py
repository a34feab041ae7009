"""A clip's file on this disk for a moment: from Blink while Blink has it, else from Telegram."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from telegram import Bot
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest, TelegramError

from blinkbot.bot.client.errors import is_too_large
from blinkbot.bot.client.retry import with_retries
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.text import clips as text
from blinkbot.domain.clip_search import KeptClip
from blinkbot.errors import BlinkError, NotFound
from blinkbot.translations import Sentence

logger = logging.getLogger(__name__)

DOWNLOAD_TIMEOUT = 60.0  # Seconds for Telegram to begin with a file, and between two pieces of it
DOWNLOAD_LIMIT = FileSizeLimit.FILESIZE_DOWNLOAD // 10**6  # Megabytes of a file that Telegram gives a bot


class NoFile(Exception):
    """A clip's file cannot be had, any more or right now; `why` says which."""

    def __init__(self, why: Sentence) -> None:
        self.why = why
        super().__init__(why.message)


@asynccontextmanager
async def clip_file(request: Request, kept: KeptClip) -> AsyncIterator[Path]:
    """The MP4 of a clip; it is removed in the end. Raises NoFile where Blink does not have it and Telegram does not
    give it, and what `ChatControl.fetch_clip` raises where Telegram cannot help out."""
    with tempfile.TemporaryDirectory(prefix="blinkbot-") as folder:
        path = await _fetched(request, kept, Path(folder))
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


async def _fetched(request: Request, kept: KeptClip, folder: Path) -> Path:
    if kept.gone:
        return await _from_telegram(request, kept, folder)
    try:
        return await request.control.recordings.fetch(kept.clip)
    except NotFound:
        return await _from_telegram(request, kept, folder)
    except BlinkError as error:
        logger.info("clip %s is asked for at Telegram, since Blink does not give it: %s", kept.clip.key, error)
        try:
            return await _from_telegram(request, kept, folder)
        except NoFile:
            raise error from None


async def _from_telegram(request: Request, kept: KeptClip, folder: Path) -> Path:
    if kept.file is None:
        raise NoFile(text.GONE)
    target, file_id = folder / "clip.mp4", kept.file.id
    try:
        content = await with_retries(lambda: _downloaded(request.bot, file_id), request.context.sleep, repeatable=True)
    except BadRequest as error:
        logger.info("Telegram does not give clip %s: %s", kept.clip.key, error)
        raise NoFile(text.FILE_TOO_LARGE if is_too_large(error) else text.GONE) from error
    except TelegramError as error:
        logger.warning("Telegram does not give clip %s now: %s", kept.clip.key, error)
        raise NoFile(text.FILE_NOT_NOW) from error
    await asyncio.to_thread(target.write_bytes, content)
    return target


async def _downloaded(bot: Bot, file_id: str) -> bytearray:
    file = await bot.get_file(file_id)
    return await file.download_as_bytearray(read_timeout=DOWNLOAD_TIMEOUT)
