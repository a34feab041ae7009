"""Events without a video, what is still recorded, and what Blink says late."""

import asyncio
from dataclasses import replace

import pytest

from blinkbot.bot import Courier
from blinkbot.config import AlertSettings
from blinkbot.domain import Clip, NoVideo, Seen
from blinkbot.domain.deliveries import Queue
from blinkbot.domain.preferences import EVERYTHING, AlertKind
from blinkbot.errors import Busy
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import OWNER
from tests.bot.delivery.conftest import BEN, Hire
from tests.bot.delivery.post import LARGE, FakeCloud, FakeDoorbell, Post, alert, old, running
from tests.bot.house import PORCH, jpeg
from tests.clock import FakeClock

NO_PLAN = "Blink keeps no video: no subscription."


def event(number: int = 1, *, seconds_ago: float = 5, no_video: NoVideo | str = NoVideo.NO_SUBSCRIPTION) -> Clip:
    """Motion of which Blink keeps no video."""
    clip = alert(number, seconds_ago=seconds_ago)
    return replace(clip, video="", thumbnail=None, no_video=no_video)


async def deliver_all(courier: Courier) -> None:
    for queue in (Queue.ALERTS, Queue.VIDEOS):
        while await courier.deliver_next(queue):
            pass


@pytest.mark.parametrize(
    ("no_video", "words"), [(NoVideo.NO_SUBSCRIPTION, NO_PLAN), ("moon phase", "Blink has no video of this.")]
)
async def test_an_event_without_a_video_rings_at_once_and_becomes_a_fresh_picture(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell, cloud: FakeCloud, no_video: str, words: str
) -> None:
    await post.put(event(no_video=no_video), chats=[OWNER])
    await deliver_all(courier)
    shown = phone.last
    assert not shown.silent
    assert shown.content.splitlines()[0] == "🏃 Front Porch — motion"
    assert words in shown.content
    doorbell.ready.set()
    fresh = await phone.wait_for_edit(shown, lambda state: state.photo)
    assert fresh.photo == doorbell.jpeg
    assert fresh.content == shown.content
    assert fresh.buttons == shown.buttons
    await deliver_all(courier)
    assert len(phone.from_bot) == 1
    assert cloud.downloads == 0
    assert await post.states() == ["sent"]


async def test_its_picture_is_kept_for_clips(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    doorbell.ready.set()
    await post.put(event(), chats=[OWNER])
    await deliver_all(courier)
    await phone.wait_for(lambda state: state.photo)
    await asyncio.gather(*courier._fresh_pictures._showing.values())
    kept = await post.store.clips.for_chat(OWNER).get(event().key)
    assert kept.photo_id is not None


async def test_a_burst_of_events_takes_one_picture(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell, clock: FakeClock
) -> None:
    for number in (1, 2, 3):
        await post.put(event(number, seconds_ago=9 - number), chats=[OWNER])
        await deliver_all(courier)
    head = phone.from_bot[0]
    doorbell.ready.set()
    fresh = await phone.wait_for_edit(head, lambda state: state.photo)
    assert "· 3 clips" in fresh.content
    assert doorbell.asked == [(OWNER, PORCH.id)]
    assert [message.silent for message in phone.from_bot] == [False, True, True]


async def test_one_picture_serves_all_chats(
    courier: Courier, post: Post, phone: Phone, ben: Phone, doorbell: FakeDoorbell
) -> None:
    doorbell.ready.set()
    await post.put(event(), chats=[OWNER, BEN])
    await deliver_all(courier)
    for chat in (phone, ben):
        assert (await chat.wait_for(lambda state: state.photo)).photo == doorbell.jpeg
    assert doorbell.asked == [(OWNER, PORCH.id)]


async def test_a_camera_that_is_muted_everywhere_is_not_woken(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    await post.mute(OWNER, EVERYTHING)
    await post.put(event(), chats=[OWNER])
    await deliver_all(courier)
    assert (phone.from_bot, doorbell.asked) == ([], [])


async def test_with_the_setting_off_there_is_blinks_picture_or_none(
    hire: Hire, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    courier = hire(settings=AlertSettings(picture_of_events=False, burst_window=0))
    await post.put(event(1, seconds_ago=6), replace(event(2), thumbnail="/media/2.jpg"), chats=[OWNER])
    await deliver_all(courier)
    assert [message.photo for message in phone.from_bot] == [None, jpeg()]
    assert doorbell.asked == []


async def test_a_camera_that_takes_no_picture_costs_nothing_else(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    doorbell.trouble = Busy("new-thumbnail", 409)
    doorbell.ready.set()
    await post.put(event(), chats=[OWNER])
    await deliver_all(courier)
    await courier.close()
    assert [message.text for message in phone.from_bot] == [phone.last.content]
    assert NO_PLAN in phone.last.content


async def test_a_video_that_appears_after_all_takes_the_place_of_the_picture(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    doorbell.ready.set()
    await post.put(event(), chats=[OWNER])
    await deliver_all(courier)
    await phone.wait_for(lambda state: state.photo)
    await post.put(alert(1), chats=[OWNER])
    await deliver_all(courier)
    assert len(phone.from_bot) == 1
    assert phone.last.video == LARGE
    assert "no video" not in phone.last.content


async def test_of_events_that_an_outage_left_one_message_tells(courier: Courier, post: Post, phone: Phone) -> None:
    past = [replace(old(number), video="", no_video=NoVideo.NO_SUBSCRIPTION) for number in (1, 2)]
    await post.put(*past, old(3), chats=[OWNER])
    await courier.deliver_next(Queue.BACKLOG)
    words, video = phone.from_bot
    assert words.content.count("Front Porch") == 2
    assert NO_PLAN in words.content
    assert video.video == LARGE
    assert await post.states() == ["sent"] * 3


async def test_a_single_event_of_an_outage_has_its_buttons(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(replace(old(1), video="", no_video=NoVideo.NO_SUBSCRIPTION), chats=[OWNER])
    await courier.deliver_next(Queue.BACKLOG)
    assert phone.last.buttons
    assert NO_PLAN in phone.last.content


async def test_what_is_still_recorded_is_seen_at_once_and_becomes_its_video(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    await post.put(replace(alert(), partial=True), chats=[OWNER])
    await deliver_all(courier)
    assert (phone.last.photo, phone.last.silent, cloud.downloads) == (jpeg(), False, 0)
    await post.put(alert(), chats=[OWNER])
    await deliver_all(courier)
    assert len(phone.from_bot) == 1
    assert phone.last.video == LARGE


async def test_what_blink_says_late_is_edited_into_the_message_without_a_sound(
    hire: Hire, post: Post, phone: Phone
) -> None:
    async with running(hire()):
        await post.put(alert(), chats=[OWNER])
        await phone.wait_for(lambda message: message.video)
        await post.put(replace(alert(), seen=("person",), sentence="Ann <comes> home"), chats=[OWNER])
        told = await phone.wait_for_edit(phone.last, lambda state: "Ann <comes> home" in state.content)
    assert told.content.splitlines()[:2] == ["🚶 Front Porch — person", "Ann <comes> home"]
    assert told.video == LARGE
    assert len(phone.from_bot) == 1


async def test_what_is_known_at_once_stands_in_the_first_message(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(replace(alert(), seen=("vehicle",), sentence="A van stops"), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.content.splitlines()[:2] == ["🚗 Front Porch — vehicle", "A van stops"]


async def test_what_was_said_while_the_bot_was_off_is_edited_in_at_its_start(
    hire: Hire, post: Post, phone: Phone
) -> None:
    courier = hire()
    await post.put(alert(), chats=[OWNER])
    await deliver_all(courier)
    await courier.close()
    await post.put(replace(alert(), seen=("animal",)), chats=[OWNER])
    async with running(hire()):
        await phone.wait_for_edit(phone.last, lambda state: "animal" in state.content)


async def test_what_blink_says_while_the_video_is_on_its_way_is_not_lost(
    hire: Hire, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.hold.clear()
    async with running(hire()):
        await post.put(alert(), chats=[OWNER])
        await phone.wait_for(lambda message: message.photo)
        await post.put(replace(alert(), seen=("person",)), chats=[OWNER])
        cloud.hold.set()
        whole = await phone.wait_for_edit(phone.last, lambda state: state.video and "person" in state.content)
    assert len(whole.content.splitlines()) == len(phone.last.content.splitlines())


async def test_words_that_telegram_did_not_take_are_edited_in_a_moment_later(
    hire: Hire, post: Post, phone: Phone, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.delivery.video_message.CATCH_UP_AFTER", 0.05)
    async with running(hire()):
        await post.put(alert(), chats=[OWNER])
        await phone.wait_for(lambda message: message.video)
        server.fail("editMessageCaption", status=500)
        await post.put(replace(alert(), seen=("person",)), chats=[OWNER])
        await phone.wait_for_edit(phone.last, lambda state: "person" in state.content)


async def test_a_message_that_is_deleted_is_not_edited_again_and_again(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    await post.put(alert(), chats=[OWNER])
    await deliver_all(courier)
    server.fail("editMessageCaption", status=400, description="Bad Request: message to edit not found")
    await post.put(replace(alert(), seen=("person",)), chats=[OWNER])
    assert await courier._late_words.catch_up() is None
    assert await courier._late_words.catch_up() is None
    assert len(server.calls_of("editMessageCaption")) == 1


async def test_a_picture_that_comes_late_takes_the_place_of_words(hire: Hire, post: Post, phone: Phone) -> None:
    courier = hire(settings=AlertSettings(picture_of_events=False))
    await post.put(event(), chats=[OWNER])
    await deliver_all(courier)
    assert phone.last.photo is None
    await post.put(replace(event(), thumbnail="/media/1.jpg"), chats=[OWNER])
    await courier._late_words.catch_up()
    assert phone.last.photo == jpeg()
    assert NO_PLAN in phone.last.content
    assert await post.states() == ["sent"]


async def test_a_late_sentence_does_not_take_the_count_away(courier: Courier, post: Post, phone: Phone) -> None:
    for number in (1, 2):
        await post.put(alert(number, seconds_ago=9 - number), chats=[OWNER])
        await deliver_all(courier)
    await post.put(replace(alert(1, seconds_ago=8), sentence="Ann comes home"), chats=[OWNER])
    await courier._late_words.catch_up()
    head = phone.from_bot[0]
    assert "· 2 clips" in head.content
    assert "Ann comes home" in head.content


async def test_the_fresh_picture_keeps_what_was_said_while_it_was_taken(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    await post.put(event(), chats=[OWNER])
    await deliver_all(courier)
    await post.put(replace(event(), seen=("person",)), chats=[OWNER])
    await courier._late_words.catch_up()
    doorbell.ready.set()
    fresh = await phone.wait_for_edit(phone.last, lambda state: state.photo)
    assert "person" in fresh.content


async def test_an_event_that_two_cameras_saw_rings_once(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(alert(1), replace(alert(2, seconds_ago=4), same_as=1), chats=[OWNER])
    await deliver_all(courier)
    assert len(phone.from_bot) == 1


async def test_motion_that_a_chat_does_not_want_rings_once_it_is_known_to_be_a_person(
    courier: Courier, post: Post, phone: Phone
) -> None:
    await post.choose(OWNER, kinds=frozenset({AlertKind.PERSON}))
    await post.put(alert(), chats=[OWNER])
    await deliver_all(courier)
    assert phone.from_bot == []
    await post.put(replace(alert(), seen=(Seen.PERSON,)), chats=[OWNER])
    await deliver_all(courier)
    assert [(message.video, message.silent) for message in phone.from_bot] == [(LARGE, False)]
    assert "Front Porch — person" in phone.last.content


async def test_what_a_chat_does_not_want_stays_away_whatever_else_is_seen(
    courier: Courier, post: Post, phone: Phone
) -> None:
    await post.choose(OWNER, kinds=frozenset({AlertKind.PERSON}))
    await post.put(alert(), chats=[OWNER])
    await deliver_all(courier)
    await post.put(replace(alert(), seen=(Seen.ANIMAL,)), chats=[OWNER])
    await deliver_all(courier)
    assert phone.from_bot == []
    assert await post.states() == ["withheld"]
