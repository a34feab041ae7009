"""What happens when an update fails outside of its handler: the log gets the traceback, the person a sentence."""

import logging

import telegram.error
from telegram import Update

from blinkbot.bot.dispatch.dispatcher import HandlerContext
from blinkbot.bot.dispatch.languages import ChatLanguages
from blinkbot.bot.text.error_messages import error_message
from blinkbot.bot.text.formatting import escaped
from blinkbot.errors import NotAllowed
from blinkbot.translations import speaking

logger = logging.getLogger(__name__)


class ErrorHandler:
    """The application's error handler. The log names an update's number, never what is in it."""

    def __init__(self, languages: ChatLanguages) -> None:
        self._languages = languages

    async def __call__(self, update: object, context: HandlerContext) -> None:
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
        chat = update.effective_chat if isinstance(update, Update) else None
        # What failed in a handler's task was told by it.
        if chat is not None and context.coroutine is None:
            with speaking(await self._languages.of(update)):
                await context.bot.send_message(chat.id, f"⚠️ {escaped(error_message(error))}")
