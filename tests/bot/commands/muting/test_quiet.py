"""/quiet, from the phone's side."""

from datetime import time

import pytest

from blinkbot.domain.preferences import ChatAlerts, QuietHours
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.house import House

pytestmark = pytest.mark.usefixtures("chatbot")

NIGHT = QuietHours(time(22), time(7))


async def test_hours_are_set_with_words(phone: Phone, house: House) -> None:
    phone.say("/quiet 22:00-07:00")
    await phone.wait_for("Quiet here 22:00–07:00, every day")
    assert (await house.alerts()).quiet == NIGHT


async def test_hours_are_set_with_a_tap(phone: Phone, house: House) -> None:
    phone.say("/quiet")
    shown = await phone.wait_for("No quiet hours here.")
    phone.tap(shown, "🌙 22:00–07:00")
    await phone.wait_for_edit(shown, "Quiet here 22:00–07:00")
    assert (await house.alerts()).quiet == NIGHT


async def test_they_end_with_a_word(phone: Phone, house: House) -> None:
    await house.choose(OWNER, ChatAlerts(quiet=NIGHT))
    phone.say("/quiet off")
    await phone.wait_for("No quiet hours here.")
    assert (await house.alerts()).quiet is None


async def test_they_end_with_a_tap(phone: Phone, house: House) -> None:
    await house.choose(OWNER, ChatAlerts(quiet=NIGHT))
    phone.say("/quiet")
    shown = await phone.wait_for("Quiet here")
    phone.tap(shown, "🔔 No quiet hours")
    await phone.wait_for_edit(shown, "No quiet hours here.")


async def test_the_doorbell_rings_until_told_otherwise_in_the_same_message(phone: Phone, house: House) -> None:
    phone.say("/quiet 22-7")
    shown = await phone.wait_for("The doorbell still rings.")
    phone.tap(shown, "🔕 Silence the doorbell too")
    changed = await phone.wait_for_edit(shown, "The doorbell is silent too.")
    assert not (await house.alerts()).doorbell_in_quiet
    phone.tap(changed, "🔔 Let the doorbell ring")
    await phone.wait_for_edit(changed, "The doorbell still rings.")


async def test_nonsense_is_answered_with_what_works(phone: Phone, house: House) -> None:
    phone.say("/quiet 25-7")
    await phone.wait_for("There's no “25”. Try 22:00-07:00 or off.")
    assert (await house.alerts()).quiet is None


async def test_each_chat_has_its_own(server: TelegramServer, phone: Phone, house: House) -> None:
    server.group(FAMILY, "Family", [phone])
    phone.say("/quiet 22-7")
    await phone.wait_for("Quiet here")
    assert (await house.alerts(FAMILY)).quiet is None
