"""Who may use a command: the chat's role has to cover the command's."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from blinkbot.bot import Tools
from blinkbot.bot.client.polling import PollingBot
from blinkbot.domain import Chat, Role
from blinkbot.errors import NotAllowed
from blinkbot.simulator.botapi import Phone
from blinkbot.store import ChatRepository
from tests.bot.house import OWNER, House
from tests.bot.running import chatbot_of

LESSER = cast(Role, SimpleNamespace(covers=lambda other: False))
"""Stands in for a role that there may be one day, which covers none."""


def in_a_lesser_role(directory: ChatRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every chat that is authorized has the lesser role from now on."""
    find = directory.find

    def found(chat_id: int) -> Chat | None:
        chat = find(chat_id)
        return chat and replace(chat, role=LESSER)

    monkeypatch.setattr(directory, "find", found)


async def test_a_command_is_refused_to_a_role_that_does_not_cover_it(
    bot: PollingBot,
    house: House,
    directory: ChatRepository,
    tools: Tools,
    phone: Phone,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # What the chat may do at Blink is another question, which is asked after this one.
    monkeypatch.setattr("blinkbot.control.access.ChatAccess.check", lambda control: None)
    in_a_lesser_role(directory, monkeypatch)
    running = chatbot_of(bot, house, directory, tools)
    await running.connect()
    await running.start(lambda error: None)
    phone.say("/disarm all")
    await phone.wait_for("This chat may not do that")
    assert house.asked == []
    await running.stop()


def test_so_is_the_control_of_the_home(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    control = house.for_chat(OWNER)
    in_a_lesser_role(house.store.chats, monkeypatch)
    with pytest.raises(NotAllowed):
        _ = control.clips
    with pytest.raises(NotAllowed):
        house.for_chat(OWNER)
