"""What a group, a server or this machine's disk does not take: it is told of in another way, or later."""

import asyncio
from typing import Any

import pytest

from blinkbot.bot import Courier
from blinkbot.bot.delivery.failure_policy import LEAST_TRIES
from blinkbot.domain.deliveries import Queue
from blinkbot.errors import DataFolderError
from blinkbot.simulator.botapi import Group, Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.conftest import Hire
from tests.bot.delivery.post import LARGE, FakeCloud, Post, alert, old
from tests.bot.house import MP4, PORCH
from tests.clock import FakeClock


async def show(courier: Courier, post: Post) -> None:
    """Let the alert be in the chat, without its video."""
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)


NO_PHOTOS = "Bad Request: not enough rights to send photos to the chat"
NO_VIDEOS = "Bad Request: not enough rights to send videos to the chat"


async def test_where_a_group_allows_no_media_an_alert_comes_in_words_that_say_so(
    courier: Courier, post: Post, family: Group, server: TelegramServer
) -> None:
    server.fail("sendPhoto", times=9, status=400, description=NO_PHOTOS)
    server.fail("editMessageMedia", times=9, status=400, description=NO_VIDEOS)
    await post.put(alert(), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    assert family.last.text.startswith("🏃 Front Porch — motion")
    await courier.deliver_next(Queue.VIDEOS)
    assert "No video. This group doesn't let me send videos." in family.last.text
    assert len(family.from_bot) == 1
    assert await post.states() == ["given up"]


async def test_where_a_group_allows_no_videos_the_picture_comes(
    courier: Courier, post: Post, family: Group, server: TelegramServer, cloud: FakeCloud
) -> None:
    cloud.video = MP4
    server.fail("sendVideo", times=9, status=400, description=NO_VIDEOS)
    await post.put(alert(), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    assert family.last.photo


async def test_a_picture_that_is_too_large_for_the_server_is_no_reason_to_say_nothing(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    server.fail("sendPhoto", times=9, status=413, description="Request Entity Too Large")
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.text.startswith("🏃 Front Porch — motion")
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE


async def test_an_album_that_is_too_large_for_the_server_goes_clip_by_clip(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    server.fail("sendMediaGroup", status=413, description="Request Entity Too Large")
    await post.put(old(1), old(2), old(3), chats=[OWNER])
    await courier.deliver_next(Queue.BACKLOG)
    assert [message.video for message in phone.from_bot] == [LARGE] * 3
    assert await post.states() == ["sent"] * 3


async def test_where_the_picture_is_refused_too_it_is_told_in_words_that_no_video_comes(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.missing = {old(1).key}
    server.fail("sendPhoto", times=9, status=400, description="Bad Request: IMAGE_PROCESS_FAILED")
    await post.put(old(1), chats=[OWNER])
    for _ in range(LEAST_TRIES):
        await courier.deliver_next(Queue.BACKLOG)
        clock.forward(3600)
    assert "No video. Blink has deleted it" in phone.last.text
    assert await post.states() == ["given up"]


async def test_after_two_answers_that_were_lost_no_third_picture_comes(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    server.fail("sendPhoto", times=9, after_accepting=True)
    await post.put(alert(), chats=[OWNER])
    for _ in range(3):
        await courier.deliver_next(Queue.ALERTS)
        clock.forward(120)
    assert [message.photo is not None for message in phone.from_bot] == [True, True, False]
    assert "it may be above already" in phone.last.text


async def test_an_edit_that_another_one_overtook_is_made_again(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    await show(courier, post)
    canceled = "Bad Request: canceled by new editMessageMedia request"
    server.fail("editMessageMedia", status=400, description=canceled)
    await courier.deliver_next(Queue.VIDEOS)
    assert await post.states() == ["waiting"]
    clock.forward(60)
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE


# -- this machine's disk


async def test_a_session_that_cannot_be_kept_on_a_full_disk_gives_no_clip_up(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    await show(courier, post)
    cloud.trouble = DataFolderError("the disk is full")
    for _ in range(LEAST_TRIES * 2):
        await courier.deliver_next(Queue.VIDEOS)
        clock.forward(3600)
    cloud.trouble = None
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE


async def test_a_download_that_something_else_removed_is_fetched_again(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, server: TelegramServer, clock: FakeClock
) -> None:
    await show(courier, post)
    server.fail("editMessageMedia", status=500)
    await courier.deliver_next(Queue.VIDEOS)
    for path in await asyncio.to_thread(lambda: list(post.store.spool_dir.glob("send-*.mp4"))):
        path.unlink()
    clock.forward(60)
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE
    assert cloud.downloads == 2


async def test_what_cannot_be_written_down_of_an_album_is_written_down_later(
    hire: Hire, post: Post, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    suppress, tries = type(post.store.outbox).suppress, 0

    async def suppress_at_the_second_try(*args: Any) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise DataFolderError("the disk is full")
        await suppress(*args)

    async def at_once(_: float) -> None:
        return None

    monkeypatch.setattr(type(post.store.outbox), "suppress", suppress_at_the_second_try)
    await post.put(old(1), old(2), chats=[OWNER])
    await post.choose(OWNER, hidden_cameras=frozenset({PORCH.id}))
    await hire(sleep=at_once).deliver_next(Queue.BACKLOG)
    assert await post.states() == ["withheld", "withheld"]


async def test_why_no_video_comes_stands_beside_the_count(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.missing = {alert(1).key}
    await post.put(alert(1, seconds_ago=9), alert(2), chats=[OWNER])
    for _ in range(2):
        await courier.deliver_next(Queue.ALERTS)
    for _ in range(LEAST_TRIES):
        while await courier.deliver_next(Queue.VIDEOS):
            pass
        clock.forward(1200)
    head = phone.from_bot[0]
    assert "· 2 clips" in head.content
    assert "No video. Blink has deleted it" in head.content
