"""Who is at the door: a loud message with a fresh picture, then the video with that picture on it."""

import asyncio

import pytest

from blinkbot.bot import Courier
from blinkbot.config import AlertSettings
from blinkbot.domain.deliveries import Queue
from blinkbot.errors import Busy
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import OWNER
from tests.bot.delivery.conftest import BEN, Hire
from tests.bot.delivery.post import LARGE, FakeDoorbell, Post, press
from tests.bot.house import BELL, jpeg


async def test_a_fresh_picture_takes_the_place_of_the_thumbnail_and_the_video_that_of_both(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    await post.put(press(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    shown = phone.last
    assert (shown.photo, shown.silent) == (jpeg(), False)
    doorbell.ready.set()
    fresh = await phone.wait_for_edit(shown)
    assert fresh.photo == doorbell.jpeg
    assert fresh.buttons == shown.buttons
    await courier.deliver_next(Queue.VIDEOS)
    assert len(phone.from_bot) == 1
    assert phone.last.video == LARGE
    assert phone.last.media is not None
    assert phone.last.media.cover is not None
    assert phone.last.media.cover.data == doorbell.jpeg
    assert phone.last.media.thumbnail is not None
    assert phone.last.media.thumbnail.data == doorbell.jpeg


async def test_the_video_waits_for_the_picture(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    await post.put(press(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    completing = asyncio.create_task(courier.deliver_next(Queue.VIDEOS))
    doorbell.ready.set()
    await completing
    assert [state.photo for state in phone.last.earlier] == [jpeg(), doorbell.jpeg]
    assert phone.last.video == LARGE


async def test_one_picture_serves_all_chats(
    courier: Courier, post: Post, phone: Phone, ben: Phone, doorbell: FakeDoorbell, server: TelegramServer
) -> None:
    doorbell.ready.set()
    await post.put(press(), chats=[OWNER, BEN])
    for queue in (
        Queue.ALERTS,
        Queue.ALERTS,
        Queue.VIDEOS,
        Queue.VIDEOS,
    ):
        await courier.deliver_next(queue)
    assert doorbell.asked == [(OWNER, BELL.id)]
    for chat in (phone, ben):
        assert [state.photo for state in chat.last.earlier] == [jpeg(), doorbell.jpeg]
        assert chat.last.video == LARGE
        assert chat.last.cover == doorbell.jpeg
    assert len([call for call in server.calls_of("editMessageMedia") if call.uploads]) == 2


async def test_a_picture_that_fails_costs_nothing_else(
    courier: Courier, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    doorbell.trouble = Busy("new-thumbnail", 409)
    doorbell.ready.set()
    await post.put(press(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE
    assert len(phone.last.earlier) == 1


async def test_a_picture_that_comes_too_late_does_not_cover_the_video(
    hire: Hire, post: Post, phone: Phone, doorbell: FakeDoorbell, monkeypatch: pytest.MonkeyPatch
) -> None:
    courier = hire()
    monkeypatch.setattr("blinkbot.bot.delivery.doorbell.PICTURE_WITHIN", 0)
    await post.put(press(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.VIDEOS)
    doorbell.ready.set()
    await courier.close()
    assert phone.last.video == LARGE


async def test_the_buttons_are_those_for_a_visitor(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(press(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert [button.text for row in phone.last.buttons for button in row][:2] == ["🔴 Live", "📷 New picture"]


async def test_a_press_is_seen_before_its_video_however_soon_that_is_there(
    hire: Hire, post: Post, phone: Phone, doorbell: FakeDoorbell
) -> None:
    doorbell.ready.set()
    courier = hire(settings=AlertSettings(direct_within=30))
    await post.put(press(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo is not None
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE
    assert doorbell.jpeg in [state.photo for state in phone.last.earlier]
