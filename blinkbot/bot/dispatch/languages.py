"""The language of each chat: the one that it has chosen, else that of the first person who speaks there."""

import logging

from telegram import Update

from blinkbot.errors import DataFolderError
from blinkbot.ports import ChatDirectory
from blinkbot.translations import best

logger = logging.getLogger(__name__)


class ChatLanguages:
    def __init__(self, directory: ChatDirectory) -> None:
        self._directory = directory

    async def of(self, update: object) -> str:
        """The language of the update's chat. A first guess is kept, so that what the bot says by itself has it too."""
        if not isinstance(update, Update):
            return best(None)
        chat = self._directory.find(update.effective_chat.id) if update.effective_chat else None
        if chat is not None and chat.language:
            return chat.language
        person = update.effective_user
        guess = best(person.language_code if person else None)
        if chat is not None and person is not None:
            try:
                await self._directory.set_language(chat.id, guess)
            except DataFolderError as error:
                logger.warning("the language of chat %s is not kept: %s", chat.id, error)
        return guess
