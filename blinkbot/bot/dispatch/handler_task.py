"""A handler at work: it runs as a task, and the chat always learns how it ended."""

import asyncio
import logging

from telegram import InlineKeyboardMarkup
from telegram.error import TelegramError

from blinkbot.bot.buttons.callback_data import Callback, encode
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.dispatch.announcer import sign_in_keyboard
from blinkbot.bot.dispatch.request import Request
from blinkbot.bot.dispatch.router import Handle
from blinkbot.bot.text.dispatch import ANSWER_NOT_TAKEN, INTERRUPTED, STILL_WANTED, YES
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import escaped
from blinkbot.errors import BlinkbotError, NotSignedIn

logger = logging.getLogger(__name__)

LAST_WORD_WITHIN = 1.5  # Seconds for telling how a command ended that was interrupted by the program's end, or broke


async def run(request: Request, handle: Handle) -> None:
    """Run a handler; raises what only the log can deal with."""
    try:
        await handle(request)
    except asyncio.CancelledError:
        await last_word(request, INTERRUPTED())
        raise
    except BlinkbotError as error:
        logger.info("chat %s was notified of a failure: %s: %s", request.chat_id, type(error).__name__, error)
        await request.reply.show(f"⚠️ {escaped(error_message(error))}", help_with(error))
    except TelegramError:
        await last_word(request, ANSWER_NOT_TAKEN())
        raise
    except Exception as error:
        await last_word(request, f"⚠️ {error_message(error)}")
        raise


def help_with(error: BlinkbotError) -> InlineKeyboardMarkup | None:
    """The button that mends what an error is about, None where there is none."""
    return sign_in_keyboard(new_code=False) if isinstance(error, NotSignedIn) else None


async def ask_again(request: Request, callback: Callback) -> None:
    """Let what was tapped long ago be tapped once more."""
    data = encode(callback)
    shown = [each for row in request.buttons.inline_keyboard for each in row] if request.buttons else []
    label = next((each.text for each in shown if each.callback_data == data), YES())
    await request.reply.show(STILL_WANTED(), keyboard([(label, callback)]))


async def last_word(request: Request, text: str, within: float = LAST_WORD_WITHIN) -> None:
    """Say how it ended, where Telegram still takes a word: no message is left that promises more."""
    try:
        async with asyncio.timeout(within):
            await request.reply.show(text)
    except (TelegramError, TimeoutError) as error:
        logger.warning("chat %s could not be told how its command ended: %s", request.chat_id, error)
