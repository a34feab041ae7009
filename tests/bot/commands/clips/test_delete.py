"""Deleting all clips of a list at Blink, from the phone's side."""

import pytest

from blinkbot.domain import Origin
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import StoredFile
from blinkbot.errors import BlinkRefused, BlinkUnreachable
from blinkbot.simulator.botapi import Phone, SimMessage
from tests.bot.house import KITCHEN, OWNER, House, clip

pytestmark = pytest.mark.usefixtures("chatbot")


@pytest.fixture
async def three(house: House) -> House:
    """Three clips, one of which Telegram has."""
    await house.keep(*[KeptClip(clip(number, KITCHEN, minutes_ago=number)) for number in (1, 2, 3)])
    await house.store.clips.for_chat(OWNER).set_file("cloud:2", StoredFile("known"))
    return house


async def on_stick(three: House, number: int) -> None:
    """One of the clips is on a stick."""
    await three.store.database.run(
        lambda db: db.execute("UPDATE clips SET origin = ? WHERE id = ?", [Origin.USB, number]) and None
    )


async def question(phone: Phone, words: str = "/clips kitchen today") -> SimMessage:
    phone.say(words)
    listed = await phone.wait_for("1–3 of 3")
    phone.tap(listed, "🗑 Delete all…")
    return await phone.wait_for_edit(listed, "Delete 3 clips")


async def test_the_question_says_what_and_how_many_and_nothing_is_deleted_yet(phone: Phone, three: House) -> None:
    asked = await question(phone)
    assert asked.content == ("🎞 Clips — Kitchen, today\n🗑 Delete 3 clips from Blink? Videos already in this chat stay.")
    phone.tap(asked, "‹ Keep them")
    await phone.wait_for_edit(asked, "1–3 of 3")
    assert three.asked == []


async def test_the_question_about_all_since_a_day_is_a_sentence(phone: Phone, three: House) -> None:
    asked = await question(phone, "/clips since yesterday")
    assert asked.content.startswith("🎞 Clips — since yesterday\n🗑 Delete 3 clips from Blink?")


async def test_they_are_deleted_and_what_telegram_has_stays_in_the_list(phone: Phone, three: House) -> None:
    asked = await question(phone)
    phone.tap(asked, "🗑 Delete 3 clips")
    done = await phone.wait_for_edit(asked, "Clips — Kitchen, today\n🗑 3 clips deleted from Blink.")
    assert three.asked == ["delete cloud:1 cloud:2 cloud:3"]
    phone.tap(done, "‹ The list")
    await phone.wait_for_edit(done, "1–1 of 1")


async def test_clips_that_came_since_are_not_meant(phone: Phone, three: House) -> None:
    asked = await question(phone, "/clips")
    await three.keep(*await three.kept(), KeptClip(clip(9, KITCHEN, minutes_ago=-5)))
    phone.tap(asked, "🗑 Delete 3 clips")
    done = await phone.wait_for_edit(asked, "deleted from Blink.")
    assert done.content.splitlines()[0] == "🗑 3 clips deleted from Blink."
    assert not (await three.kept())[-1].gone


async def test_where_there_are_more_than_it_told_of_it_asks_again(phone: Phone, three: House) -> None:
    asked = await question(phone)
    await three.keep(*await three.kept(), KeptClip(clip(4, KITCHEN, minutes_ago=4)))
    phone.tap(asked, "🗑 Delete 3 clips")
    again = await phone.wait_for_edit(asked, "There are more clips now.\n🗑 Delete 4 clips")
    assert three.asked == []
    phone.tap(again, "🗑 Delete 4 clips")
    await phone.wait_for_edit(again, "4 clips")
    assert three.asked == ["delete cloud:1 cloud:2 cloud:3 cloud:4"]


async def test_what_blink_keeps_is_named_with_its_reason(phone: Phone, three: House) -> None:
    three.undeletable = {"cloud:2": BlinkRefused("delete-local-clip", 200, "Not <now>")}
    await on_stick(three, 2)
    asked = await question(phone)
    phone.tap(asked, "🗑 Delete 3 clips")
    done = await phone.wait_for_edit(asked, "1 clip not deleted")
    assert done.content.splitlines()[1] == "🗑 2 clips deleted from Blink and the USB stick."
    kept = done.content.splitlines()[-1]
    assert kept == "• Kitchen · today 11:58 🏃 💾 USB: Blink says “Not <now>”. Try again in a minute."


async def test_clips_on_a_stick_are_deleted_one_by_one(phone: Phone, three: House) -> None:
    await on_stick(three, 3)
    asked = await question(phone)
    assert "from Blink and the USB stick?" in asked.content
    phone.tap(asked, "🗑 Delete 3 clips")
    await phone.wait_for_edit(asked, "deleted from Blink and the USB stick.")
    assert three.asked == ["delete cloud:1 cloud:2", "delete cloud:3"]


async def test_while_blink_does_not_answer_nothing_is_said_to_be_deleted(phone: Phone, three: House) -> None:
    asked = await question(phone)
    three.trouble = BlinkUnreachable("no way")
    phone.tap(asked, "🗑 Delete 3 clips")
    await phone.wait_for_edit(asked, "Blink isn't answering.")


async def test_the_same_question_answered_twice_finds_nothing_left(phone: Phone, three: House) -> None:
    asked = await question(phone)
    data = asked.buttons[0][0].data
    assert data is not None
    phone.tap(asked, "🗑 Delete 3 clips")
    done = await phone.wait_for_edit(asked, "deleted from Blink.")
    phone.forge_tap(done, data)
    await phone.wait_for_edit(done, "Nothing is left to delete.")
