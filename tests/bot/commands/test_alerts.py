"""/alerts, from the phone's side: one message, edited in place."""

from dataclasses import replace
from datetime import time

import pytest

from blinkbot.bot.text.alerts import summary
from blinkbot.domain.preferences import RECORDINGS, AlertKind, ChatAlerts, NotificationMode, QuietHours
from blinkbot.simulator.botapi import Phone, SimMessage
from tests.bot.house import BELL, PORCH, House, home

pytestmark = pytest.mark.usefixtures("chatbot")


async def opened(phone: Phone) -> SimMessage:
    phone.say("/alerts")
    return await phone.wait_for("Alerts here: ")


async def test_a_kind_is_silent_then_off_then_loud_again(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "✅ 🪫 Battery")
    menu = await phone.wait_for_edit(menu, "🔇 Without sound: low battery.")
    assert (await house.alerts()).choice_of(AlertKind.BATTERY) is NotificationMode.SILENT
    phone.tap(menu, "🔇 🪫 Battery")
    menu = await phone.wait_for_edit(menu, "Alerts here: motion, doorbell, offline · all cameras")
    assert AlertKind.BATTERY not in (await house.alerts()).kinds
    phone.tap(menu, "⬜ 🪫 Battery")
    await phone.wait_for_edit(menu, "low battery")
    assert (await house.alerts()) == ChatAlerts()
    assert len(phone.from_bot) == 1


async def test_the_same_button_pressed_twice_changes_nothing_more(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    data = menu.button("✅ 🪫 Battery").data or ""
    phone.forge_tap(menu, data)
    await phone.wait_for_edit(menu)
    await phone.wait_for_answer(phone.forge_tap(menu, data))
    assert (await house.alerts()).silent == {AlertKind.BATTERY}


async def test_a_chat_can_have_people_only(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "⬜ 🚶 People only")
    menu = await phone.wait_for_edit(menu, "Alerts here: people, doorbell, offline, low battery ·")
    alerts = await house.alerts()
    assert alerts.kinds.isdisjoint({*RECORDINGS} - {AlertKind.PERSON})
    assert alerts.choice_of(AlertKind.PERSON) is NotificationMode.LOUD
    phone.tap(menu, "✅ 🚶 People only")
    await phone.wait_for_edit(menu, "Alerts here: motion, doorbell, offline, low battery ·")
    assert (await house.alerts()) == ChatAlerts()


async def test_people_can_be_loud_and_the_rest_silent(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "⬜ 🔇 Sound for people only")
    words = "🔇 Without sound: packages, anything unusual, vehicles, animals, other motion."
    menu = await phone.wait_for_edit(menu, words)
    assert (await house.alerts()).silent == {*RECORDINGS} - {AlertKind.PERSON}
    phone.tap(menu, "🔇 🐾 Animals")
    await phone.wait_for_edit(menu, "Alerts here: people, packages, anything unusual, vehicles, other motion, doorbell")
    assert (await house.alerts()).choice_of(AlertKind.ANIMAL) is NotificationMode.NOT_AT_ALL


async def test_an_older_menus_button_of_motion_switches_all_recordings(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.forge_tap(menu, "1:kind:motion:off")
    menu = await phone.wait_for_edit(menu, "Alerts here: doorbell, offline, low battery ·")
    phone.forge_tap(menu, "1:kind:motion:on")
    await phone.wait_for_edit(menu, "Alerts here: motion, doorbell")
    assert (await house.alerts()) == ChatAlerts()


async def test_it_can_be_silent(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "✅ 🔊 With sound")
    await phone.wait_for_edit(menu, "without sound")
    assert not (await house.alerts()).loud


async def test_a_contact_sheet_can_come_first(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "⬜ 🖼 Contact sheet first")
    await phone.wait_for_edit(menu, "You get a contact sheet first; it turns into the video.")
    assert (await house.alerts()).sheet_first


async def test_the_doorbell_in_quiet_hours_is_switched_here_too(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "✅ 🌙 Doorbell rings in quiet hours")
    await phone.wait_for_edit(menu, lambda state: state.button("⬜ 🌙 Doorbell rings in quiet hours"))
    assert not (await house.alerts()).doorbell_in_quiet


async def test_a_camera_is_hidden_on_the_second_page(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "📷 Cameras ›")
    page = await phone.wait_for_edit(menu, "Which cameras alert this chat?\nAll of them.")
    phone.tap(page, "✅ Front Porch")
    page = await phone.wait_for_edit(page, "All but Front Porch.")
    assert (await house.alerts()).hidden_cameras == {PORCH.id}
    phone.tap(page, "‹ Back")
    await phone.wait_for_edit(page, "· all cameras but Front Porch ·")


async def test_the_button_of_a_camera_that_is_gone_changes_nothing(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "📷 Cameras ›")
    page = await phone.wait_for_edit(menu, "Which cameras")
    house.now = home(cameras=[BELL])
    phone.tap(page, "✅ Front Porch")
    await phone.wait_for_edit(page)
    assert (await house.alerts()).hidden_cameras == frozenset()


async def test_what_is_chosen_while_blink_is_asked_for_the_home_holds(phone: Phone, house: House) -> None:
    menu = await opened(phone)
    phone.tap(menu, "📷 Cameras ›")
    page = await phone.wait_for_edit(menu, "Which cameras")
    house.memory.clear()
    phone.tap(page, "✅ Front Porch")
    await phone.wait_for_edit(page, "Looking at your home")
    phone.say("/quiet 22:00-07:00")
    await phone.wait_for("Quiet here")
    house.memory.set()
    await phone.wait_for_edit(page, "All but Front Porch.")
    night = QuietHours(time(22), time(7))
    assert (await house.alerts()) == ChatAlerts(hidden_cameras=frozenset({PORCH.id}), quiet=night)


async def test_a_cameras_name_leads_to_its_button(phone: Phone) -> None:
    phone.say("/alerts porch")
    page = await phone.wait_for("Which cameras alert this chat?")
    assert page.button("✅ Front Porch")


@pytest.mark.parametrize("words", ["off", "on", "garden", "nothing at all"])
async def test_other_words_are_told_what_to_do_instead(phone: Phone, house: House, words: str) -> None:
    house.now = home(cameras=[replace(PORCH, name="Office")])
    phone.say(f"/alerts {words}")
    menu = await phone.wait_for("/mute pauses alerts for a while")
    assert "Alerts here: " in menu.content
    assert menu.button("✅ 🪫 Battery")
    assert (await house.alerts()) == ChatAlerts()


def test_a_chat_that_wants_nothing_is_told_so() -> None:
    assert "All alerts are off in this chat" in summary(ChatAlerts(kinds=frozenset()), home())


def test_a_chat_that_sees_no_camera_is_told_so() -> None:
    every = frozenset(camera.id for camera in home().cameras)
    assert "no cameras" in summary(ChatAlerts(hidden_cameras=every), home())


def test_quiet_hours_are_told_with_what_rings_in_them() -> None:
    night = ChatAlerts(quiet=QuietHours(time(22), time(7)))
    assert "Quiet 22:00–07:00, but the doorbell rings (/quiet)." in summary(night, home())
