"""/mute and /unmute, from the phone's side. It is noon in Chicago, a Sunday."""

from dataclasses import replace
from datetime import timedelta

import pytest

from blinkbot.bot.commands.muting.mute_targets import split
from blinkbot.domain import Network
from blinkbot.domain.preferences import EVERYTHING, Scope, Target
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import FAMILY
from tests.bot.house import BELL, CABIN, CHICAGO, HOME, KITCHEN, PORCH, House, home

pytestmark = pytest.mark.usefixtures("chatbot")

PORCH_ONLY = Target(Scope.CAMERA, PORCH.id)
PORCH_NETWORK = Network(13, "Front Porch", armed=True, time_zone=CHICAGO)


# -- with words


async def test_a_camera_is_muted_for_a_while(phone: Phone, house: House) -> None:
    phone.say("/mute porch 90m")
    told = await phone.wait_for("muted")
    assert told.content == "🔕 Front Porch is muted here until 13:30. Clips stay in /clips."
    assert await house.muted() == {PORCH_ONLY: timedelta(minutes=90)}


async def test_a_network_is_muted_until_a_local_time(phone: Phone, house: House) -> None:
    phone.say("/mute cabin until 7:00")
    await phone.wait_for("Cabin is muted here until tomorrow 07:00.")
    assert await house.muted() == {Target(Scope.NETWORK, CABIN.id): timedelta(hours=19)}


async def test_without_a_name_everything_is_muted(phone: Phone, house: House) -> None:
    phone.say("/mute 1h")
    await phone.wait_for("Everything is muted here until 13:00.")
    assert await house.muted() == {EVERYTHING: timedelta(hours=1)}


async def test_the_other_chat_is_left_alone(server: TelegramServer, phone: Phone, house: House) -> None:
    group = server.group(FAMILY, "Family", [phone])
    phone.say("/mute 1h")
    await phone.wait_for("muted")
    assert await house.muted(FAMILY) == {}
    group.say("/mute")
    await group.wait_for("Nothing is muted.")


async def test_a_new_mute_takes_the_place_of_the_old(phone: Phone, house: House) -> None:
    phone.say("/mute porch 3h")
    phone.say("/mute porch 1h")
    await phone.wait_for("until 13:00")
    assert await house.muted() == {PORCH_ONLY: timedelta(hours=1)}


async def test_nonsense_is_answered_with_what_works(phone: Phone, house: House) -> None:
    phone.say("/mute 25:00")
    await phone.wait_for("There's no “25:00”. Try 30m, 2h or until 7:00.")
    assert await house.muted() == {}


async def test_the_example_is_about_the_camera_that_was_meant(phone: Phone) -> None:
    phone.say("/mute porch until 25:00")
    await phone.wait_for("There's no “25:00”. Try /mute porch 30m or /mute porch until 7:00.")


async def test_an_example_has_no_dot_that_no_keyboard_has(phone: Phone) -> None:
    phone.say("/mute kitchen · cellar 1h")
    told = await phone.wait_for("Try /mute kitchen 30m")
    assert "·" not in told.content.partition("Try")[2]


async def test_an_unknown_name_is_answered_with_those_there_are(phone: Phone, house: House) -> None:
    phone.say("/mute <garage> 1h")
    await phone.wait_for(
        "There's no camera or network “<garage>”. You have Front Porch, Kitchen, Door, Home and Cabin."
        " Try /mute front porch 30m."
    )


async def test_without_a_length_one_can_be_tapped(phone: Phone, house: House) -> None:
    phone.say("/mute kitchen")
    question = await phone.wait_for("Mute Kitchen here for…")
    phone.tap(question, "3 h")
    await phone.wait_for_edit(question, "Kitchen is muted here until 15:00.")
    assert await house.muted() == {Target(Scope.CAMERA, KITCHEN.id): timedelta(hours=3)}


async def test_until_seven_means_the_next_seven_whenever_it_is_tapped(phone: Phone, house: House) -> None:
    phone.say("/mute kitchen")
    question = await phone.wait_for("here for…")
    house.clock.forward(86_400)
    phone.tap(question, "Until 07:00")
    await phone.wait_for_edit(question, "until tomorrow 07:00.")


async def test_a_camera_and_a_network_of_one_name_are_asked_about(phone: Phone, house: House) -> None:
    house.now = home(HOME, PORCH_NETWORK)
    phone.say("/mute front porch 1h")
    question = await phone.wait_for("Which one shall I mute until 13:00?")
    assert [row[0].text for row in question.buttons] == ["📷 Front Porch", "🏠 Front Porch"]
    phone.tap(question, "🏠 Front Porch")
    await phone.wait_for_edit(question, "muted here until 13:00.")
    assert await house.muted() == {Target(Scope.NETWORK, PORCH_NETWORK.id): timedelta(hours=1)}


async def test_a_choice_of_them_keeps_the_end_that_was_told(phone: Phone, house: House) -> None:
    house.now = home(HOME, PORCH_NETWORK)
    phone.say("/mute front porch until 18:00")
    question = await phone.wait_for("Which one shall I mute until 18:00?")
    house.clock.forward(3 * 3600)
    phone.tap(question, "📷 Front Porch")
    await phone.wait_for_edit(question, "Front Porch is muted here until 18:00.")
    assert await house.muted() == {PORCH_ONLY: timedelta(hours=3)}


async def test_a_choice_after_the_end_that_was_told_is_answered_with_what_works(phone: Phone, house: House) -> None:
    house.now = home(cameras=[KITCHEN, replace(BELL, name="Kitchen")])
    phone.say("/mute kitchen until 18:00")
    question = await phone.wait_for("Which one shall I mute")
    house.clock.forward(7 * 3600)
    phone.tap(question, "📷 Kitchen · Cabin")
    await phone.wait_for_edit(question, "That time has passed. Try /mute kitchen · cabin 30m.")
    assert await house.muted() == {}
    phone.say("/mute kitchen · cabin 1h")
    await phone.wait_for("Kitchen · Cabin is muted here until 20:00.")


async def test_a_choice_of_what_is_gone_says_so(phone: Phone, house: House) -> None:
    house.now = home(HOME, PORCH_NETWORK)
    phone.say("/mute front porch 1h")
    question = await phone.wait_for("Which one shall I mute")
    house.now = home()
    phone.tap(question, "🏠 Front Porch")
    await phone.wait_for_edit(question, "That camera or network is gone.")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("all cameras 1h", "Everything is muted here until 13:00."),
        ("porch, 1h", "Front Porch is muted here until 13:00."),
        ("the kitchen 1h", "Kitchen is muted here until 13:00."),
        ("1h in the kitchen", "Kitchen is muted here until 13:00."),
        ("“kitchen” 1,5h", "Kitchen is muted here until 13:30."),
    ],
)
async def test_what_stands_beside_a_name_is_no_part_of_it(phone: Phone, words: str, answer: str) -> None:
    phone.say(f"/mute {words}")
    await phone.wait_for(answer)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("until 1 jan", "30 days is the most. Try 30m, 2h"),
        ("until 24 dec 8pm", "30 days is the most. Try 30m, 2h"),
        ("until quarter to 8", "I didn't get “until quarter to 8”. Try 30m, 2h"),
        ("1h please", "I didn't get “1h please”. Try 30m, 2h"),
        ("2 stunden", "I didn't get “2 stunden”. Try 30m, 2h"),
        ("friday", "Until Fri 07:00? Try /mute until friday."),
        ("garage 2 7pm", "Until 19:00? Try /mute garage 2 until 19:00."),
    ],
)
async def test_where_a_time_begins_and_nothing_is_named_it_is_about_the_time(
    phone: Phone, house: House, words: str, answer: str
) -> None:
    house.now = home(cameras=[replace(KITCHEN, name="Garage 2")])
    phone.say(f"/mute {words}")
    await phone.wait_for(answer)


# -- what is muted, and no more


async def test_without_words_it_shows_what_is_muted(phone: Phone, house: House) -> None:
    phone.say("/mute porch 1h")
    await phone.wait_for("muted")
    phone.say("/mute")
    shown = await phone.wait_for("🔕 Muted here:\n• Front Porch until 13:00")
    phone.tap(shown, "🔔 Unmute Front Porch")
    await phone.wait_for_edit(shown, "Alerts from Front Porch are back on.")
    assert await house.muted() == {}


async def test_all_of_it_can_be_muted_with_a_tap(phone: Phone, house: House) -> None:
    phone.say("/mute")
    shown = await phone.wait_for("Nothing is muted. Mute everything for…")
    phone.tap(shown, "🔕 All · 1 day")
    await phone.wait_for_edit(shown, "Everything is muted here until tomorrow 12:00.")


async def test_a_mute_that_is_over_is_not_shown(phone: Phone, house: House) -> None:
    phone.say("/mute porch 1h")
    await phone.wait_for("muted")
    house.clock.forward(3600)
    phone.say("/mute")
    await phone.wait_for("Nothing is muted.")


async def test_unmute_ends_every_mute(phone: Phone, house: House) -> None:
    phone.say("/mute porch 1h")
    phone.say("/mute cabin 2h")
    phone.say("/unmute")
    await phone.wait_for("Alerts from Front Porch and Cabin are back on.")
    assert await house.muted() == {}


async def test_unmute_of_one_leaves_the_others(phone: Phone, house: House) -> None:
    phone.say("/mute porch 1h")
    phone.say("/mute cabin 2h")
    phone.say("/unmute porch")
    await phone.wait_for("Alerts from Front Porch are back on.")
    assert list(await house.muted()) == [Target(Scope.NETWORK, CABIN.id)]


async def test_unmute_tells_what_still_hides_it(phone: Phone) -> None:
    phone.say("/mute 1h")
    phone.say("/mute door 1h")
    phone.say("/unmute door")
    told = await phone.wait_for("Door is unmuted, but stays hidden:\n🔕 Everything is muted here until 13:00.")
    phone.tap(told, "🔔 Unmute everything")
    await phone.wait_for_edit(told, "Alerts are back on.")


@pytest.mark.parametrize(
    ("words", "answer"), [("", "Nothing is muted here."), (" porch", "Front Porch isn't muted here.")]
)
async def test_with_nothing_muted_unmute_says_so(phone: Phone, words: str, answer: str) -> None:
    phone.say(f"/unmute{words}")
    await phone.wait_for(answer)


@pytest.mark.parametrize("words", ["/mute porch off", "/mute off"])
async def test_off_is_no_length_but_the_end(phone: Phone, house: House, words: str) -> None:
    phone.say("/mute porch 1h")
    phone.say(words)
    await phone.wait_for("Alerts from Front Porch are back on.")
    assert await house.muted() == {}


async def test_of_all_that_was_muted_everything_is_enough_to_tell(phone: Phone) -> None:
    phone.say("/mute porch 1h")
    phone.say("/mute 2h")
    phone.say("/unmute")
    await phone.wait_for("🔔 Alerts are back on.")


async def test_of_two_cameras_of_one_name_the_muted_one_is_told(phone: Phone, house: House) -> None:
    house.now = home(cameras=[KITCHEN, replace(BELL, name="Kitchen")])
    phone.say("/mute kitchen 1h")
    question = await phone.wait_for("Which one shall I mute")
    phone.tap(question, "📷 Kitchen · Cabin")
    await phone.wait_for_edit(question, "Kitchen · Cabin is muted here until 13:00.")
    phone.say("/mute")
    listed = await phone.wait_for("Muted here:\n• Kitchen · Cabin until 13:00")
    assert listed.button("🔔 Unmute Kitchen · Cabin")


async def test_a_camera_that_is_called_all_is_asked_about(phone: Phone, house: House) -> None:
    house.now = home(cameras=[replace(KITCHEN, name="All")])
    phone.say("/mute all 1h")
    question = await phone.wait_for("Which one shall I mute until 13:00?")
    assert [row[0].text for row in question.buttons] == ["Everything", "📷 All"]


async def test_of_a_camera_that_is_gone_the_mute_ends_and_nothing_is_shown_again(phone: Phone, house: House) -> None:
    phone.say("/mute porch 1h")
    phone.say("/mute cabin 1h")
    await phone.wait_for("Cabin is muted")
    phone.say("/mute")
    shown = await phone.wait_for("Muted here:")
    house.now = home(cameras=[KITCHEN])
    phone.tap(shown, "🔔 Unmute Front Porch")
    await phone.wait_for_edit(shown, "🔔 Mute ended. Its camera or network is gone.")
    assert list(await house.muted()) == [Target(Scope.NETWORK, CABIN.id)]


async def test_unmute_tells_only_of_what_is_there(phone: Phone, house: House) -> None:
    phone.say("/mute porch 1h")
    phone.say("/mute cabin 1h")
    await phone.wait_for("Cabin is muted")
    house.now = home(cameras=[KITCHEN])
    phone.say("/unmute")
    await phone.wait_for("🔔 Alerts from Cabin are back on.")
    assert await house.muted() == {}


# -- what and how long


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("garage 1h", ("garage", "1h")),
        ("garage 1 h", ("garage", "1 h")),
        ("1h garage", ("garage", "1h")),
        ("cam 2 1h", ("cam 2", "1h")),
        ("cam 2", ("cam 2", "")),
        ("cam 2 until 25:00", ("cam 2", "until 25:00")),
        ("nobody", ("nobody", "")),
        ("25:00", ("", "25:00")),
        ("1h", ("", "1h")),
        ("nobody 1h", ("nobody", "1h")),
        ("1h pm", ("", "1h pm")),
        ("1h please", ("", "1h please")),
        ("2 stunden", ("", "2 stunden")),
        ("garage never", ("garage", "never")),
        ("garage 1h " * 8, ("", "garage 1h " * 8)),
    ],
)
def test_words_are_parted_into_what_and_how_long(words: str, parts: tuple[str, str]) -> None:
    known, readable = {"garage", "cam 2", "2"}, {"1h", "1 h"}
    assert split(words, known=known.__contains__, readable=readable.__contains__) == parts
