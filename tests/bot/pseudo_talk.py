"""A talk with the bot in the pseudo-language, in front of a home in memory."""

import asyncio
from collections.abc import Collection
from typing import Any

from blinkbot.bot import ChatBot
from blinkbot.bot.buttons.callback_data import Callback, encode
from blinkbot.domain import Clip
from blinkbot.simulator.botapi import ChatView, SimMessage, TelegramServer
from blinkbot.translations import speaking
from tests.bot.house import House
from tests.bot.under_clips import Arrive
from tests.pseudo import PSEUDO, PseudoTranslations, Reader, shown

NAMES = (
    *("Front Porch", "Kitchen", "Door", "Front Cabin", "Front", "Home", "Cabin", "My Blink Sync Module"),
    *("Night", "Holiday", "nowhere", "CST", "CDT", "CET", "CEST", "USB", "sms", "mp4"),
)
"""What is called how in this home, what stands for zones and kinds of files, and words of Blink's own."""


class Talk:
    """Says, taps, waits until the bot has done with it; in the end everything that was shown is read."""

    def __init__(
        self, language: PseudoTranslations, server: TelegramServer, phone: ChatView, house: House, chatbot: ChatBot
    ) -> None:
        self.language, self.server, self.phone, self.house, self.chatbot = language, server, phone, house, chatbot
        self.views = [phone]
        self.reader = Reader(NAMES)

    async def say(self, *lines: str, view: ChatView | None = None) -> None:
        """Say one after the other."""
        view = view or self.phone
        for line in lines:
            self.reader.typed.append(line)
            before = sum(len(message.states) for message in view.from_bot)
            view.say(line)
            await view.until(
                lambda before=before: sum(len(message.states) for message in view.from_bot) > before or None,  # type: ignore[misc]
                f"a reply to {line!r}",
            )
            await self.settled()

    async def tap(self, *callbacks: Callback | str, message: Any = None, view: ChatView | None = None) -> None:
        """Tap buttons under a message, the last one if no other is named, one after the other."""
        view = view or self.phone
        for callback in callbacks:
            data = callback if isinstance(callback, str) else encode(callback)
            await view.wait_for_answer(view.forge_tap(message or view.last, data))
            await self.settled()

    async def tap_late(self, callback: Callback) -> None:
        """Tap a button of the last message so long ago that Telegram takes no answer to it any more."""
        words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        self.server.fail("answerCallbackQuery", status=400, description=words)
        shown = self.phone.last
        self.phone.forge_tap(shown, encode(callback))
        await self.phone.until(lambda: len(self.phone.now(shown).states) > len(shown.states) or None, "the question")
        await self.settled()

    async def arrives(self, arrive: Arrive, clip: Clip | None = None) -> SimMessage:
        """A clip with its buttons, as it arrives."""
        with speaking(PSEUDO):
            return await arrive(clip)

    async def settled(self) -> None:
        """Wait until the bot has done with all that came in."""
        await self.chatbot.application.update_queue.join()
        await asyncio.gather(*self.chatbot.dispatcher._tasks, return_exceptions=True)

    def check(self, *texts: str, but: Collection[str] = ()) -> None:
        """All that was shown is in the pseudo-language, and every message of these texts was said."""
        found = {text: words for view in self.views for text in shown(view) if (words := self.reader.escaped(text))}
        assert not found, found
        unsaid = self.language.unsaid(*(f"bot/text/{text}.py" for text in texts))
        assert unsaid == {*but}, unsaid
