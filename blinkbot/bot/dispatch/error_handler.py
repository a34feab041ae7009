"""What happens when a handler fails: the log gets the traceback, the person a sentence."""

import logging

import telegram.error
from telegram import Update

from blinkbot.bot.dispatch.dispatcher import Context
from blinkbot.bot.text.error_messages import SOMETHING_BROKE, complaint
from blinkbot.bot.text.formatting import escaped
from blinkbot.errors import BlinkbotError, NotAllowed

logger = logging.getLogger(__name__)


async def on_error(update: object, context: Context) -> None:
    """The application's error handler. The log names an update's number, never what is in it."""
    error = context.error
    number = update.update_id if isinstance(update, Update) else "none"
    if isinstance(error, telegram.error.TelegramError):
        # Telling the chat would meet the same trouble.
        logger.warning("Telegram did not take an answer (update %s): %s", number, error)
        return
    if isinstance(error, NotAllowed):
        logger.warning("update %s came from a chat that lost its rights meanwhile", number)
        return
    logger.error("update %s failed", number, exc_info=error)
    told_already = context.coroutine is not None
    chat = update.effective_chat if isinstance(update, Update) else None
    if chat is not None and not told_already:
        sentence = complaint(error) if isinstance(error, BlinkbotError) else SOMETHING_BROKE
        await context.bot.send_message(chat.id, f"⚠️ {escaped(sentence)}")
