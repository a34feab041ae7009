"""The language of each chat: the one that it has chosen, else that of the first person who speaks there."""

import logging
from collections.abc import Callable

from telegram import Update

from blinkbot.errors import DataFolderError
from blinkbot.ports import ChatDirectory
from blinkbot.translations import best

logger = logging.getLogger(__name__)


class ChatLanguages:
    """The codes that were chosen or guessed, shipped or not: a later version may speak what this one does not."""

    def __init__(self, directory: ChatDirectory, on_change: Callable[[int], object]) -> None:
        """`on_change` is called with a chat whose language turned out to be another than it was spoken to in."""
        self._directory = directory
        self._on_change = on_change

    async def of(self, update: object) -> str | None:
        """The language of the update's chat. A first guess is kept, so that what the bot says by itself has it too."""
        if not isinstance(update, Update):
            return None
        chat = self._directory.find(update.effective_chat.id) if update.effective_chat else None
        if chat is not None and chat.language:
            return chat.language
        guess = update.effective_user.language_code if update.effective_user else None
        if chat is not None and guess:
            try:
                await self._directory.set_language(chat.id, guess)
            except DataFolderError as error:
                logger.warning("the language of chat %s is not kept: %s", chat.id, error)
            else:
                if best(guess) != best(None):
                    self._on_change(chat.id)
        return guess
