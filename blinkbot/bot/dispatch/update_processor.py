"""The order in which updates are looked at: one after the other within a chat, side by side across chats."""

from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from blinkbot.locks import Locks

AT_MOST = 256  # Updates in hand at once; the rest wait in the application's queue


class ChatUpdateProcessor(BaseUpdateProcessor):
    """Updates of one chat wait for each other; what has no chat waits for nothing."""

    __slots__ = ("_turns",)

    def __init__(self) -> None:
        super().__init__(AT_MOST)
        self._turns = Locks()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run the handlers of one update in its chat's turn."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        async with self._turns[chat.id]:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""
