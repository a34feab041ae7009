"""/clips, from the phone's side: lists and days."""

from dataclasses import replace

import pytest

from blinkbot.domain import Seen
from blinkbot.domain.clip_search import KeptClip
from blinkbot.simulator.botapi import Phone
from tests.bot.house import BELL, KITCHEN, House, clip, home

pytestmark = pytest.mark.usefixtures("chatbot")


@pytest.fixture
async def twenty(house: House) -> House:
    """Twenty clips, newest first; every fifth is the doorbell's."""
    await house.keep(
        *[KeptClip(clip(number, BELL if number % 5 == 0 else KITCHEN, minutes_ago=number)) for number in range(1, 21)]
    )
    return house


@pytest.fixture
async def weeks(house: House) -> House:
    """Sixty clips, six a day from today back."""
    await house.keep(
        *[
            KeptClip(clip(10 * day + number, KITCHEN, minutes_ago=day * 24 * 60 + number))
            for day in range(10)
            for number in range(6)
        ]
    )
    return house


async def test_the_list_is_newest_first_and_turned_in_place(phone: Phone, twenty: House) -> None:
    phone.say("/clips")
    listed = await phone.wait_for("1–8 of 20")
    assert listed.buttons[0][0].text == "▶ Kitchen · today 11:59 🏃"
    phone.tap(listed, "Older ›")
    second = await phone.wait_for_edit(listed, "9–16 of 20")
    phone.tap(second, "Older ›")
    last = await phone.wait_for_edit(second, "17–20 of 20")
    assert [button.text for button in last.buttons[4]] == ["‹ Newer"]
    phone.tap(last, "‹ Newer")
    await phone.wait_for_edit(last, "9–16 of 20")
    assert len(phone.from_bot) == 1


async def test_one_cameras_clips(phone: Phone, twenty: House) -> None:
    phone.say("/clips door")
    listed = await phone.wait_for("Clips — Door, newest first\n1–4 of 4")
    assert [row[0].text for row in listed.buttons[:4]] == [
        "▶ Door · today 11:55 🏃",
        "▶ Door · today 11:50 🏃",
        "▶ Door · today 11:45 🏃",
        "▶ Door · today 11:40 🏃",
    ]


async def test_without_clips_it_says_so(phone: Phone) -> None:
    phone.say("/clips kitchen")
    await phone.wait_for("No clips yet — Kitchen.")


async def test_a_page_that_is_gone_leads_to_the_last_one(phone: Phone, twenty: House) -> None:
    phone.say("/clips")
    listed = await phone.wait_for("1–8 of 20")
    await twenty.keep(*(await twenty.kept())[:3])
    phone.tap(listed, "Older ›")
    await phone.wait_for_edit(listed, "1–3 of 3")


async def test_an_ambiguous_camera_is_asked_about(phone: Phone, twenty: House) -> None:
    twenty.now = replace(twenty.now, cameras=(*twenty.now.cameras[:2], twenty.now.cameras[1]))
    phone.say("/clips kitchen")
    question = await phone.wait_for("Which camera?")
    phone.tap(question, "🎞 Kitchen · Home #2")
    await phone.wait_for_edit(question, "Clips — Kitchen")


async def test_a_camera_and_a_time_in_a_persons_words(phone: Phone, weeks: House) -> None:
    phone.say("/clips kitchen yesterday")
    await phone.wait_for("Clips — Kitchen, yesterday, newest first\n1–6 of 6")


async def test_no_clips_at_that_time_says_what_was_looked_for(phone: Phone, weeks: House) -> None:
    phone.say("/clips 2026-11-20 18:00-20:00")
    await phone.wait_for("No clips — Fri 20 Nov, 18:00–20:00.")


async def test_pages_keep_the_question(phone: Phone, weeks: House) -> None:
    phone.say("/clips since friday")
    listed = await phone.wait_for("Clips — since Fri 20 Nov, newest first\n1–8 of 18")
    phone.tap(listed, "Older ›")
    await phone.wait_for_edit(listed, "Clips — since Fri 20 Nov, newest first\n9–16 of 18")


async def test_a_day_that_does_not_exist_gets_an_example(phone: Phone) -> None:
    phone.say("/clips 31 feb")
    said = await phone.wait_for("There's no “31 feb”.")
    assert said.content == "There's no “31 feb”. Try /clips 28 feb or /clips front porch yesterday."


async def test_what_is_muted_is_marked_and_explained_once(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1), suppressed=True), KeptClip(clip(2, minutes_ago=20)))
    phone.say("/clips")
    listed = await phone.wait_for("🔕 Not shown here (/mute, /alerts)")
    assert [row[0].text for row in listed.buttons[:2]] == [
        "▶ Front Porch · today 11:50 🏃 🔕",
        "▶ Front Porch · today 11:40 🏃",
    ]


async def test_of_two_cameras_of_one_name_the_list_says_which_it_is_of(phone: Phone, house: House) -> None:
    house.now = home(cameras=[KITCHEN, replace(BELL, name="Kitchen")])
    phone.say("/clips kitchen today")
    question = await phone.wait_for("Which camera?")
    phone.tap(question, "🎞 Kitchen · Cabin")
    await phone.wait_for_edit(question, "No clips — Kitchen · Cabin, today.")


async def test_many_clips_come_by_their_days(phone: Phone, weeks: House) -> None:
    phone.say("/clips")
    days = await phone.wait_for("60 clips · 10 days. Which day?")
    assert days.buttons[1][0].text == "Sat 21 Nov · 6 clips"
    phone.tap(days, "Older ›")
    older = await phone.wait_for_edit(days, "Which day?")
    assert [row[0].text for row in older.buttons] == [
        "Sat 14 Nov · 6 clips",
        "Fri 13 Nov · 6 clips",
        "‹ Newer",
        "🎞 All in one list",
    ]
    phone.tap(older, "Fri 13 Nov · 6 clips")
    await phone.wait_for_edit(older, "Clips — Fri 13 Nov, newest first\n1–6 of 6")


async def test_many_clips_of_one_day_are_a_list(phone: Phone, house: House) -> None:
    await house.keep(*[KeptClip(clip(number, minutes_ago=number)) for number in range(50)])
    phone.say("/clips today")
    listed = await phone.wait_for("Clips — today, newest first\n1–8 of 50")
    phone.tap(listed, "📅 By day")
    await phone.wait_for_edit(listed, "50 clips · 1 day. Which day?")


async def test_all_days_in_one_list_and_back(phone: Phone, weeks: House) -> None:
    phone.say("/clips kitchen")
    days = await phone.wait_for("Which day?")
    phone.tap(days, "🎞 All in one list")
    listed = await phone.wait_for_edit(days, "1–8 of 60")
    phone.tap(listed, "📅 By day")
    await phone.wait_for_edit(listed, "Which day?")


async def test_buttons_of_older_versions_still_turn_pages(phone: Phone, twenty: House) -> None:
    phone.say("/clips")
    listed = await phone.wait_for("1–8 of 20")
    phone.forge_tap(listed, "1:clips:all:1")
    await phone.wait_for_edit(listed, "9–16 of 20")


@pytest.fixture
async def seen(house: House) -> House:
    """A minute apart, newest first: a person and a dog, a dog, nothing known; then ten people a day before."""
    kept: list[tuple[int, tuple[Seen, ...]]] = [(1, (Seen.PERSON, Seen.ANIMAL)), (2, (Seen.ANIMAL,)), (3, ())]
    yesterday = [(24 * 60 + number, (Seen.PERSON,)) for number in range(10)]
    await house.keep(
        *(KeptClip(replace(clip(ago, KITCHEN, minutes_ago=ago), seen=what)) for ago, what in [*kept, *yesterday])
    )
    return house


async def test_clips_are_found_by_what_was_seen(phone: Phone, seen: House) -> None:
    phone.say("/clips animal")
    listed = await phone.wait_for("Clips — animals, newest first\n1–2 of 2")
    assert [row[0].text for row in listed.buttons[:2]] == ["▶ Kitchen · today 11:59 🚶", "▶ Kitchen · today 11:58 🐾"]
    phone.say("/clips kitchen dog today")
    await phone.wait_for("Clips — animals, Kitchen, today, newest first\n1–2 of 2")
    phone.say("/clips car")
    await phone.wait_for("No clips yet — vehicles.")


async def test_pages_keep_what_was_seen(phone: Phone, seen: House) -> None:
    phone.say("/clips people")
    listed = await phone.wait_for("Clips — people, newest first\n1–8 of 11")
    phone.tap(listed, "Older ›")
    await phone.wait_for_edit(listed, "Clips — people, newest first\n9–11 of 11")


async def test_which_of_two_cameras_is_asked_before_what_was_seen_is_shown(phone: Phone, seen: House) -> None:
    seen.now = home(cameras=[KITCHEN, replace(BELL, name="Kitchen")])
    phone.say("/clips kitchen people today")
    question = await phone.wait_for("Which camera?")
    phone.tap(question, "🎞 Kitchen · Home")
    await phone.wait_for_edit(question, "Clips — people, Kitchen · Home, today, newest first\n1–1 of 1")


# -- cameras of before


async def test_clips_of_a_removed_camera_are_found_by_its_name(phone: Phone, house: House) -> None:
    shed = replace(KITCHEN, id=109, name="Old shed")
    await house.keep(KeptClip(clip(1, shed)), KeptClip(clip(2, KITCHEN)))
    phone.say("/clips old shed")
    listed = await phone.wait_for("1–1 of 1")
    assert "Old shed" in listed.content
    assert listed.buttons[0][0].text.startswith("▶ Old shed")


async def test_clips_of_a_renamed_camera_are_found_by_the_name_it_had(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1, replace(KITCHEN, name="Larder"))), KeptClip(clip(2, BELL)))
    phone.say("/clips larder")
    await phone.wait_for("1–1 of 1")
