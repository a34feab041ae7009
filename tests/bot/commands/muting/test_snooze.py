"""/snooze, from the phone's side: silence here and in Blink's own app."""

from dataclasses import replace

import pytest

from blinkbot.domain import Home
from blinkbot.domain.preferences import Scope, Target
from blinkbot.errors import BlinkRefused, BlinkUnreachable
from blinkbot.simulator.botapi import Phone
from tests.bot.house import BELL, CABIN, HOME, KITCHEN, PORCH, House, home

pytestmark = pytest.mark.usefixtures("chatbot")


async def muted(house: House) -> list[Target]:
    return list(await house.muted())


async def test_a_camera_is_silent_here_and_there(phone: Phone, house: House) -> None:
    phone.say("/snooze porch 1h")
    await phone.wait_for(
        "Front Porch is muted here until 13:00. Clips stay in /clips.\n💤 Blink's app is quiet until 13:00"
    )
    assert house.asked == ["snooze camera 101 60"]
    assert await muted(house) == [Target(Scope.CAMERA, PORCH.id)]


async def test_everything_is_asked_of_blink_network_by_network(phone: Phone, house: House) -> None:
    phone.say("/snooze 2h")
    await phone.wait_for("Blink's app is quiet until 14:00.")
    assert house.asked == ["snooze network 11 120", "snooze network 12 120"]


async def test_at_blink_it_ends_within_a_day_and_that_is_told(phone: Phone, house: House) -> None:
    phone.say("/snooze cabin 2 days")
    told = await phone.wait_for("It can't snooze longer.")
    assert "muted here until Tue 12:00" in told.content
    assert "Blink's app is quiet until tomorrow 11:59" in told.content
    assert house.asked == ["snooze network 12 1439"]


async def test_what_blink_does_not_do_is_told_and_the_mute_stands(phone: Phone, house: House) -> None:
    house.trouble = BlinkUnreachable("no")
    phone.say("/snooze porch 1h")
    await phone.wait_for("muted here until 13:00. Clips stay in /clips.\n⚠️ Blink's app wasn't changed. Blink isn't")
    assert await muted(house) == [Target(Scope.CAMERA, PORCH.id)]


async def test_of_two_networks_the_one_that_failed_is_named(phone: Phone, house: House) -> None:
    house.unsnoozable[Target(Scope.NETWORK, CABIN.id)] = BlinkUnreachable("no")
    phone.say("/snooze 1h")
    told = await phone.wait_for("⚠️ Blink's app wasn't changed for Cabin.")
    assert told.content.endswith("The rest is quiet in Blink's app, too.")


async def test_where_motion_is_off_there_is_nothing_to_silence(phone: Phone, house: House) -> None:
    refusal = BlinkRefused("snooze-network", 400, "Motion detection is off", 2805)
    house.unsnoozable[Target(Scope.NETWORK, HOME.id)] = refusal
    phone.say("/snooze home 1h")
    await phone.wait_for("Blink's app has nothing to silence: motion detection is off there.")


async def test_in_an_empty_account_nothing_is_said_to_be_quiet(phone: Phone, house: House) -> None:
    house.now = Home()
    phone.say("/snooze 1h")
    await phone.wait_for("muted here until")
    told = await phone.wait_for("There's nothing to snooze in Blink's app.")
    assert "quiet until" not in told.content


async def test_without_words_a_length_can_be_tapped(phone: Phone, house: House) -> None:
    phone.say("/snooze")
    question = await phone.wait_for("Mute everything here and in Blink's app for…")
    phone.tap(question, "3 h")
    await phone.wait_for_edit(question, "Blink's app is quiet until 15:00.")


async def test_both_end_with_one_button(phone: Phone, house: House) -> None:
    phone.say("/snooze porch 1h")
    told = await phone.wait_for("💤")
    phone.tap(told, "🔔 End both")
    await phone.wait_for_edit(told, "Alerts from Front Porch are back on.\nBlink's own notifications are back on.")
    assert house.asked[-1] == "snooze camera 101 1"
    assert await muted(house) == []


async def test_nonsense_is_answered_with_what_works(phone: Phone, house: House) -> None:
    phone.say("/snooze -5m")
    await phone.wait_for("That's in the past. Try 30m, 2h or until 7:00.")
    assert house.asked == []


async def test_unmute_tells_of_the_snooze_that_it_leaves_and_snooze_off_ends_it(phone: Phone, house: House) -> None:
    phone.say("/snooze porch 1h")
    await phone.wait_for("Blink's app is quiet")
    phone.say("/unmute porch")
    await phone.wait_for(
        "Alerts from Front Porch are back on.\nBlink's app may still be snoozed: /snooze off ends that."
    )
    house.asked.clear()
    phone.say("/snooze porch off")
    await phone.wait_for("Front Porch isn't muted here.\nBlink's own notifications are back on.")
    assert house.asked == ["snooze camera 101 1"]


async def test_snooze_off_ends_whatever_is_snoozed(phone: Phone, house: House) -> None:
    phone.say("/snooze porch 1h")
    phone.say("/snooze cabin 1h")
    await phone.wait_for("Cabin is muted here until 13:00. Clips stay in /clips.\n💤")
    house.asked.clear()
    phone.say("/snooze off")
    await phone.wait_for("Alerts from Front Porch and Cabin are back on.\nBlink's own notifications are back on.")
    networks = ["snooze network 11 1", "snooze network 12 1"]
    assert house.asked == [*networks, *(f"snooze camera {camera.id} 1" for camera in house.now.cameras)]
    assert await muted(house) == []


async def test_ending_it_where_motion_is_off_is_no_trouble(phone: Phone, house: House) -> None:
    refusal = BlinkRefused("snooze-network", 400, "Motion detection is off", 2805)
    house.unsnoozable[Target(Scope.NETWORK, HOME.id)] = refusal
    phone.say("/snooze home off")
    await phone.wait_for("Home isn't muted here.\nBlink's own notifications are back on.")


async def test_a_choice_of_them_keeps_the_end_that_was_told(phone: Phone, house: House) -> None:
    house.now = home(cameras=[KITCHEN, replace(BELL, name="Kitchen")])
    phone.say("/snooze kitchen until 18:00")
    question = await phone.wait_for("Which one shall I snooze until 18:00?")
    house.clock.forward(3 * 3600)
    phone.tap(question, "📷 Kitchen · Cabin")
    await phone.wait_for_edit(
        question, "muted here until 18:00. Clips stay in /clips.\n💤 Blink's app is quiet until 18:00"
    )
    assert house.asked == [f"snooze camera {BELL.id} 180"]


async def test_a_choice_after_the_end_that_was_told_is_answered_with_what_works(phone: Phone, house: House) -> None:
    house.now = home(cameras=[KITCHEN, replace(BELL, name="Kitchen")])
    phone.say("/snooze kitchen 1h")
    question = await phone.wait_for("Which one shall I snooze")
    house.clock.forward(3600)
    phone.tap(question, "📷 Kitchen · Home")
    await phone.wait_for_edit(question, "That time has passed. Try /snooze kitchen · home 30m.")
    assert house.asked == []
