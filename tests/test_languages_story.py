"""A whole evening in the pseudo-language: what a person reads comes out in it, names and numbers as they are."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from blinkbot.app import utc_now
from blinkbot.bot import menu
from blinkbot.bot.buttons.callback_data import Found, decode, encode, kinds
from blinkbot.bot.buttons.callbacks import (
    AskDeleteAll,
    AskDeleteClip,
    DeleteAll,
    DeleteClip,
    ShowAlerts,
    ShowClips,
    ShowFound,
    SwitchCamera,
    SwitchKind,
)
from blinkbot.bot.text.dispatch import ALREADY_ON_IT
from blinkbot.config import Settings
from blinkbot.simulator.botapi import FloodLimits, SimMessage, TelegramServer
from blinkbot.simulator.botapi.people.phone import ChatView
from blinkbot.store import Store
from blinkbot.translations import speaking
from tests.evening import ADA, Evening
from tests.pseudo import PSEUDO, Reader, is_under_way, pseudo_language, shown

GROUP = -1004003
STRANGER = 6666

NAMES = (
    *("Home", "Cabin", "Porch", "Garage", "Front door", "Living room", 'Tom & "Jerry" <cats> 🐈', "Forêt"),
    *("Nights", "Week-ends & holidays", "My Blink Sync Module", "G8V10000SIM00118", "Hall siren", "Ada", "Ben"),
    *("Camera is offline", "sms", "CST", "CDT", "CET", "CEST", "USB", "mp4"),
)
"""What people and devices are called; in examples of what to type they are in small letters. What Blink said, how a
code was sent, and the names of zones."""

WORDS = (
    *("/start", "/help", "/dance", "hello", "/status", "/stats", "/arm", "/disarm all", "/snap porch"),
    *("/light porch", "/siren home", "/clips", "/clips 25:99", "/mute porch 1h", "/mute f until 23:00", "/mute f 1h"),
    *("/mute", "/snooze f until 23:00", "/snooze f 1h", "/snooze porch 10m", "/unmute porch", "/quiet 22:00-07:00"),
    *("/alerts", "/topics", "/schedule", "/signin", "/pin 123456"),
)
"""What is typed on this evening: every command. What is said to anything else is read in tests/bot/…/test_in_pseudo.py,
before a home in memory."""

TURN = {DeleteClip.word: 0, SwitchCamera.word: 0, AskDeleteAll.word: 2, DeleteAll.word: 3}
"""What is tapped first, since it is gone soon, and last, since little is left then; the others are between."""

OPENS = {AskDeleteClip.word: DeleteClip.word, ShowAlerts.word: SwitchCamera.word}
"""What takes the place of others' buttons, and would be gone again with the next tap."""

LEFT_FOR_LATER = {ShowClips.word, SwitchKind.word}
"""Buttons that only older messages have."""


class PseudoEvening(Evening):
    """An evening on which everybody speaks the pseudo-language, and nothing takes long."""

    def __init__(self, folder: Path) -> None:
        telegram = TelegramServer(limits=FloodLimits.none())
        telegram.phone(ADA, first_name="Ada", language=PSEUDO)
        super().__init__(folder, telegram=telegram, pin_required=True)
        self.reader = Reader(NAMES)
        self.views: list[ChatView] = [self.phone]
        self.tapped: set[str] = set()
        self._tapped_data: set[str] = set()

    def settings(self, chats: Sequence[int] = (ADA,), **changes: Any) -> Settings:
        """See Evening."""
        return super().settings(
            chats, **changes, alerts={"live_seconds": 1, "late_after": 1}, interval=1, usb_interval=1
        )

    async def choose_language(self) -> None:
        """The chats have spoken to the bot before."""
        store = await Store.open(self.data_dir, self.clock)
        await store.chats.authorize([ADA, GROUP])
        for chat in (ADA, GROUP):
            await store.chats.set_language(chat, PSEUDO)
        await store.close()

    async def say(self, words: str, view: ChatView | None = None) -> None:
        """Say something, to the owner's chat if no other is named, and wait until all is said about it."""
        view = view or self.phone
        before = len(view.from_bot)
        self.reader.typed.append(words)
        view.say(words)
        await view.until(lambda: len(view.from_bot) > before or None, f"a reply to {words!r}")
        await self._settled(words)

    async def tap_everything(self) -> None:
        """Tap a button of each kind, wherever it is shown, until every kind was tapped that is."""
        while (found := self._untapped()) is not None:
            view, message, word, data = found
            await self.tap(view, message, data)
            if (opened := OPENS.get(word)) and opened not in self.tapped:
                await view.until(partial(self._shown, view, opened), f"the buttons {opened!r} that {word!r} opens")
            await self._settled(data)

    async def tap(self, view: ChatView, message: SimMessage, data: str) -> None:
        """Tap a button and wait until all is said about it."""
        self.tapped.add(decode(data).word)
        self._tapped_data.add(data)
        with speaking(PSEUDO):
            busy = ALREADY_ON_IT()
        # A neighbour that was tapped just before may still be at work on the same message.
        while (await view.wait_for_answer(view.forge_tap(message, data))).text == busy:
            await self._settled(data)
        await self._settled(data)

    def _shown(self, view: ChatView, word: str) -> bool | None:
        """Whether a button of this kind is there."""
        buttons = (button for message in view.from_bot for row in message.buttons for button in row)
        return any(button.data and decode(button.data).word == word for button in buttons) or None

    def _untapped(self) -> tuple[ChatView, SimMessage, str, str] | None:
        for view in self.views:
            found = [
                (TURN.get(decode(button.data).word, 1), message.id, view, message, button.data)
                for message in view.from_bot
                for row in message.buttons
                for button in row
                if button.data and self._is_new(button.data)
            ]
            if found:
                *_, view, message, data = min(found, key=lambda each: each[:2])
                return view, message, decode(data).word, data
        return None

    def _is_new(self, data: str) -> bool:
        word = decode(data).word
        return word not in self.tapped or (word == ShowFound.word and data not in self._tapped_data)

    async def _settled(self, after: str) -> None:
        for view in self.views:
            await view.until(
                lambda view=view: not any(map(is_under_way, view.from_bot)) or None,  # type: ignore[misc]
                f"the end of what {after!r} began",
                timeout=30,
            )

    async def say_to_a_stranger(self) -> None:
        """Let a stranger speak to the bot, and a stranger's group have it."""
        stranger = self.telegram.phone(STRANGER, first_name="Ben", language=PSEUDO)
        self.views.append(stranger)
        stranger.say("hello")
        told = await stranger.wait_for(str(STRANGER))
        await stranger.wait_for_answer(stranger.forge_tap(told, "1:arm:1"))


@pytest.fixture
async def evening(tmp_path: Path) -> AsyncIterator[PseudoEvening]:
    with pseudo_language():
        async with PseudoEvening(tmp_path) as whole:
            yield whole


async def sign_in(evening: PseudoEvening) -> None:
    """The first start: the code that Blink sends is asked for, given wrong, asked for anew and given."""
    await evening.choose_language()
    await evening.start_bot([ADA, GROUP])
    await evening.phone.until(lambda: evening.phone.from_bot or None, "the question for the code")
    for words in ("/arm", "/status", "/pin 0000", f"/pin {evening.cloud.pin}"):
        await evening.say(words)
    await evening.watched()


async def test_everything_that_is_said_is_in_the_language_of_the_chat(evening: PseudoEvening) -> None:
    cloud, phone = evening.cloud, evening.phone
    group = evening.telegram.group(GROUP, "Family", [phone], bot_is_admin=True, forum=True)
    await cloud.backlog(clips=42, over=3 * 86400)
    await sign_in(evening)
    await cloud.motion("Porch", announced_late=5)
    for record in (cloud.motion("Porch"), cloud.person("Garage"), cloud.press("Front door")):
        clips = len([message for message in phone.messages if message.video])
        await record
        await phone.until(
            lambda clips=clips: len([m for m in phone.messages if m.video]) > clips or None,  # type: ignore[misc]
            "a clip",
        )
    cloud.take_offline("Garage")
    cloud.low_battery("Porch")
    cloud.take_module_offline("Home")
    for minutes in (1, 4, 7):
        evening.clock = lambda minutes=minutes: utc_now() + timedelta(minutes=minutes)  # type: ignore[misc]
        await evening.say("/status")
    await phone.wait_for("📵")
    for words in WORDS:
        await evening.say(words)
    cloud.bring_online("Garage")
    cloud.bring_module_online("Home")
    await evening.say("/status")
    await evening.say("/clips")
    await evening.tap(phone, phone.last, encode(ShowFound(Found(None, None, None), 0)))
    await evening.tap_everything()
    evening.views.append(group)
    for words in (
        "/start",
        "/topics",
        "/topics on",
        "/topics off",
        "/signin",
        "/pin 123456",
        "/mute porch 1h",
        "/snap porch",
    ):
        await evening.say(words, group)
    await evening.tap_everything()
    await evening.say_to_a_stranger()
    cloud.revoke_refresh()
    cloud.expire_tokens()
    await phone.until(lambda: phone.last.buttons if "/" not in phone.last.content else None, "word of the lost session")
    assert set(kinds) - evening.tapped - {"ping"} == LEFT_FOR_LATER
    read = [text for view in evening.views for text in shown(view)]
    escaped = {text: found for text in [*read, *group.topics.values()] if (found := evening.reader.escaped(text))}
    assert not escaped, "\n".join(sorted(escaped))
    assert any("Porch" in text for text in read)
    assert {name for name, _ in menu()} == {command.command for command in phone.commands}
