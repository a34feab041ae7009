"""/snap, from the phone's side."""

from dataclasses import replace

import pytest

from blinkbot.domain import Family
from blinkbot.errors import BlinkRefused, BlinkUnreachable
from blinkbot.simulator.botapi import MediaKind, Phone, TelegramServer
from tests.bot.house import BELL, CABIN, HOME, PORCH, House, home, jpeg

pytestmark = pytest.mark.usefixtures("chatbot")


async def test_the_acknowledgement_becomes_the_picture(phone: Phone, house: House) -> None:
    house.hold.clear()
    phone.say("/snap porch")
    acknowledged = await phone.wait_for("Asking Front Porch for a picture…")
    await phone.wait_for_action("upload_photo")
    house.hold.set()
    picture = await phone.wait_for_edit(acknowledged)
    assert picture.media is not None
    assert picture.media.kind is MediaKind.PHOTO
    assert picture.media.data == jpeg()
    assert picture.content == "📷 Front Porch\nHome · 12:00"
    assert len(phone.from_bot) == 1


async def test_where_telegram_does_not_edit_it_the_picture_comes_anew(phone: Phone, server: TelegramServer) -> None:
    server.fail("editMessageMedia", status=400, description="Bad Request: message can't be edited")
    phone.say("/snap porch")
    acknowledged = await phone.wait_for("Asking Front Porch")
    picture = await phone.wait_for(lambda message: message.media)
    await phone.wait_for_deletion(acknowledged)
    assert [message.id for message in phone.from_bot] == [picture.id]


async def test_the_network_is_left_out_where_there_is_one(phone: Phone, house: House) -> None:
    house.now = home(CABIN)
    phone.say("/snap")
    picture = await phone.wait_for(lambda message: message.media)
    assert picture.content == "📷 Door\n12:00"


async def test_again_takes_the_next_picture_in_a_new_message(phone: Phone, house: House) -> None:
    phone.say("/snap kitchen")
    first = await phone.wait_for(lambda message: message.media)
    phone.tap(first, "📷 Again")
    await phone.wait_for(lambda message: message.media and message.id != first.id)
    assert house.asked == ["snap 102", "snap 102"]
    assert phone.now(first).media is not None


async def test_among_several_cameras_it_asks(phone: Phone, house: House) -> None:
    phone.say("/snap")
    question = await phone.wait_for("Which camera?")
    assert [button.text for row in question.buttons for button in row] == [
        "📷 Front Porch",
        "📷 Kitchen",
        "📷 Door",
        "📷 All",
    ]
    phone.tap(question, "📷 Door")
    await phone.wait_for_edit(question, lambda message: message.media)
    assert house.asked == ["snap 103"]


async def test_cameras_of_the_same_name_are_told_apart_by_their_network(phone: Phone, house: House) -> None:
    house.now = home(HOME, CABIN, cameras=[PORCH, replace(BELL, name="Front Porch", family=Family.MINI)])
    phone.say("/snap front porch")
    question = await phone.wait_for("Which camera?")
    phone.tap(question, "📷 Front Porch · Cabin")
    await phone.wait_for(lambda message: message.media)
    assert house.asked == ["snap 103"]


async def test_all_cameras_take_one_each(phone: Phone, house: House) -> None:
    house.results[102] = BlinkRefused("new-thumbnail", 200, "Camera is offline")
    phone.say("/snap all")
    summary = await phone.wait_for(lambda message: message.content.count("⏳") == 0 and "Kitchen" in message.content)
    assert phone.now(summary).content == ("✅ Front Porch\n⚠️ No picture: Kitchen is offline.\n✅ Door")
    assert len([message for message in phone.from_bot if message.media]) == 2


async def test_a_camera_in_trouble_can_be_asked_again(phone: Phone, house: House) -> None:
    house.trouble = BlinkUnreachable("no")
    phone.say("/snap door")
    failed = await phone.wait_for("No picture from Door. Blink isn't answering.")
    house.trouble = None
    phone.tap(failed, "🔄 Try again")
    await phone.wait_for_edit(failed, lambda message: message.media)


async def test_an_unknown_camera_is_answered_with_those_that_exist(phone: Phone) -> None:
    phone.say("/snap garage")
    await phone.wait_for("There's no camera “garage”. You have Front Porch, Kitchen and Door.")


async def test_small_words_before_a_name_are_no_part_of_it(phone: Phone, house: House) -> None:
    phone.say("/snap the kitchen")
    await phone.wait_for(lambda message: message.media)
    assert house.asked == ["snap 102"]


async def test_a_picture_that_comes_late_is_told_of_and_takes_the_place_of_those_words(
    phone: Phone, house: House
) -> None:
    house.shown_at_look = 6
    phone.say("/snap porch")
    told = await phone.wait_for("Front Porch has taken it. Blink hasn't shown it yet.")
    assert told.buttons == ()
    house.looks_go_on.set()
    picture = await phone.wait_for_edit(told, lambda message: message.media)
    assert picture.media is not None
    assert len(phone.from_bot) == 1
    assert house.asked == ["snap 101"]


async def test_one_that_never_comes_wakes_the_camera_no_second_time(phone: Phone, house: House) -> None:
    house.shown_at_look = 99
    house.looks_go_on.set()
    phone.say("/snap porch")
    failed = await phone.wait_for("Blink hasn't shown a new one for two minutes.")
    assert failed.buttons == ()


async def test_those_of_all_cameras_are_told_of_line_by_line(phone: Phone, house: House) -> None:
    house.shown_at_look = 99
    phone.say("/snap all")
    told = await phone.wait_for(lambda message: message.content.count("has taken it") == 3)
    house.looks_go_on.set()
    await phone.wait_for_edit(told, lambda message: message.content.count("⚠️") == 3)
