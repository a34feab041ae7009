"""The order in which updates are looked at: one after the other within a chat, side by side across chats."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_MOST = 256  # Updates in hand at once; the rest wait in the application's queue


class ChatUpdateProcessor(BaseUpdateProcessor):
    """Updates of one chat wait for each other; what has no chat waits for nothing."""

    __slots__ = ("_turns",)

    def __init__(self) -> None:
        super().__init__(AT_MOST)
        self._turns: dict[int, tuple[asyncio.Lock, int]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Run the handlers of one update in its chat's turn. asyncio's locks are fair, so turns keep their order."""
        chat = update.effective_chat if isinstance(update, Update) else None
        if chat is None:
            await coroutine
            return
        lock, waiting = self._turns.get(chat.id, (asyncio.Lock(), 0))
        self._turns[chat.id] = (lock, waiting + 1)
        try:
            async with lock:
                await coroutine
        finally:
            _, waiting = self._turns[chat.id]
            if waiting == 1:
                del self._turns[chat.id]
            else:
                self._turns[chat.id] = (lock, waiting - 1)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""
