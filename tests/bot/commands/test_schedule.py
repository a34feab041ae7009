"""/schedule, from the phone's side."""

import pytest

from blinkbot.errors import ServerError
from blinkbot.simulator.botapi import Phone
from tests.bot.house import House

pytestmark = pytest.mark.usefixtures("chatbot")


async def test_it_shows_local_times_with_shifted_days(phone: Phone) -> None:
    phone.say("/schedule")
    shown = await phone.wait_for("times in CST")
    assert "Night — on\n🔓 every day 06:30 disarm\n🔒 Mon–Fri 23:00 arm" in shown.content
    assert shown.content.count("After the clock change on 14 March these run an hour later by your clock.") == 1


async def test_buttons_switch_and_show_the_list_again(phone: Phone, house: House) -> None:
    phone.say("/schedule")
    shown = await phone.wait_for("times in CST")
    assert [row[0].text for row in shown.buttons] == [
        "⏸ Turn off Night · Home",
        "▶ Turn on Holiday",
        "⏸ Turn off Night · Cabin",
    ]
    phone.tap(shown, "▶ Turn on Holiday")
    await phone.wait_for_edit(shown, "Holiday — on")
    assert "enable 11/8" in house.asked
    assert len(phone.from_bot) == 1


async def test_switching_by_name(phone: Phone, house: House) -> None:
    phone.say("/schedule ON holi")
    await phone.wait_for("Holiday is on")
    assert house.asked == ["schedules 11", "schedules 12", "enable 11/8"]


async def test_a_name_in_two_networks_is_asked_about(phone: Phone, house: House) -> None:
    phone.say("/schedule off night")
    question = await phone.wait_for("Which schedule shall I turn off?")
    phone.tap(question, "🗓 Night · Cabin")
    await phone.wait_for_edit(question, "times in CST")
    assert "disable 12/9" in house.asked


async def test_without_a_name_the_only_one_that_is_off_is_switched_on(phone: Phone, house: House) -> None:
    phone.say("/schedule on")
    await phone.wait_for("Holiday is on")
    phone.say("/schedule on")
    await phone.wait_for("All schedules are already on.")


async def test_an_unknown_schedule_is_answered_with_those_that_exist(phone: Phone) -> None:
    phone.say("/schedule on christmas")
    await phone.wait_for("There's no schedule “christmas”. You have Night and Holiday.")


async def test_without_schedules_it_says_where_to_make_them(phone: Phone, house: House) -> None:
    house.programs = []
    phone.say("/schedule")
    await phone.wait_for("Blink has no schedules for this home.")


async def test_other_words_are_answered_with_how_to_use_it(phone: Phone) -> None:
    phone.say("/schedule tomorrow")
    await phone.wait_for("/schedule on NAME")


async def test_without_a_session_a_button_signs_in(phone: Phone, house: House) -> None:
    await house.sign_out()
    phone.say("/schedule")
    told = await phone.wait_for("I'm not signed in to Blink.")
    house.trouble = None
    phone.tap(told, "Sign in to Blink")
    await phone.wait_for_edit(told, "Blink has sent a code")


async def test_blinks_trouble_is_told(phone: Phone, house: House) -> None:
    house.trouble = ServerError("programs", 503)
    phone.say("/schedule")
    await phone.wait_for("Blink's servers are having trouble.")
