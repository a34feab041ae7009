"""The first message of an alert, and whether it rings."""

from dataclasses import replace
from datetime import time

import pytest

from blinkbot.bot import Courier
from blinkbot.bot.client.video_upload import UploadLimit, VideoUploads
from blinkbot.config import AlertSettings
from blinkbot.domain.deliveries import Queue
from blinkbot.domain.preferences import AlertKind, QuietHours, Scope, Target
from blinkbot.errors import BlinkUnreachable
from blinkbot.simulator.botapi import Group, Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.conftest import BEN, Hire
from tests.bot.delivery.post import LARGE, SHEET, FakeCloud, Post, Threads, Videos, alert, press
from tests.bot.house import FRAME, KITCHEN, MP4, PORCH, jpeg

NOON_QUIET = QuietHours(time(11, 0), time(13, 0))
"""Quiet at the clock's start, which is 12:00 in Chicago."""


async def test_a_picture_rings_before_the_video_is_there(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.hold.clear()
    await post.put(alert(), chats=[OWNER])
    assert await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo == jpeg()
    assert not phone.last.silent
    assert phone.last.content == "🏃 Front Porch — motion\nHome · 11:59"
    assert [button.text for row in phone.last.buttons for button in row][:2] == ["📷 New picture", "🔴 Live"]


async def test_the_video_comes_at_once_where_it_is_quick(
    hire: Hire, post: Post, phone: Phone, cloud: FakeCloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.delivery.clip_videos.HEAD_START", 30)
    courier = hire(settings=AlertSettings(direct_within=30))
    cloud.video = MP4
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.video == MP4
    assert not phone.last.silent
    assert phone.last.media is not None
    assert (phone.last.media.duration, phone.last.media.supports_streaming) == (12, True)
    assert await post.states() == ["sent"]
    assert not await courier.deliver_next(Queue.VIDEOS)


async def test_no_video_comes_at_once_where_a_picture_is_always_wanted(
    hire: Hire, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.video = MP4
    courier = hire(settings=AlertSettings(direct_within=0))
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo == jpeg()


async def test_what_telegram_does_not_take_at_once_is_shown_as_a_picture(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, server: TelegramServer
) -> None:
    cloud.video = MP4
    server.fail("sendVideo", status=400, description="Bad Request: wrong video")
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo == jpeg()
    assert len(phone.from_bot) == 1


async def test_names_are_escaped(courier: Courier, post: Post, phone: Phone) -> None:
    odd = replace(alert(), camera_name="<Tom & 'Jo'> 🎥", network_name='"H&M"', cause="new <kind>")
    await post.put(odd, chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.content.startswith("🎞 <Tom & 'Jo'> 🎥 — new <kind>\n\"H&M\" · 11:59")


async def test_a_late_alert_says_so(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(alert(1, seconds_ago=180), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.content.endswith("⏱ Arrived 3 min late")


async def test_without_a_thumbnail_a_text_comes_at_once(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.picture = None
    cloud.hold.clear()
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.media is None
    assert phone.last.text.startswith("🏃 Front Porch — motion")
    assert phone.last.buttons


async def test_without_a_thumbnail_the_first_frame_of_a_video_that_is_there_stands_for_it(
    hire: Hire, post: Post, phone: Phone, cloud: FakeCloud, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.delivery.clip_videos.HEAD_START", 30)
    too_small = VideoUploads(videos, UploadLimit(len(LARGE) - 1))
    courier = hire(settings=AlertSettings(direct_within=30), uploads=too_small)
    cloud.picture = None
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo == FRAME


async def test_a_thumbnail_that_telegram_does_not_take_becomes_a_text(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    server.fail("sendPhoto", status=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS")
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.text.startswith("🏃 Front Porch")


async def test_three_chats_are_shown_one_upload(
    courier: Courier, post: Post, phone: Phone, ben: Phone, family: Group, server: TelegramServer, cloud: FakeCloud
) -> None:
    await post.put(alert(), chats=[OWNER, BEN, FAMILY])
    while await courier.deliver_next(Queue.ALERTS):
        pass
    assert [chat.last.photo for chat in (phone, ben, family)] == [jpeg()] * 3
    assert len([call for call in server.calls_of("sendPhoto") if call.uploads]) == 1
    assert cloud.pictures == 1


async def test_a_contact_sheet_comes_first_where_the_chat_wants_it(
    courier: Courier, post: Post, phone: Phone, ben: Phone, server: TelegramServer
) -> None:
    for chat_id in (OWNER, BEN):
        await post.choose(chat_id, sheet_first=True)
    await post.put(alert(), chats=[OWNER, BEN])
    while await courier.deliver_next(Queue.ALERTS):
        pass
    assert (phone.last.photo, ben.last.photo) == (SHEET, SHEET)
    assert len([call for call in server.calls_of("sendPhoto") if call.uploads]) == 1


async def test_a_press_of_the_bell_waits_for_no_sheet(courier: Courier, post: Post, phone: Phone) -> None:
    await post.choose(OWNER, sheet_first=True)
    await post.put(press(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo == jpeg()


@pytest.mark.parametrize("trouble", [None, BlinkUnreachable("no")])
async def test_where_no_sheet_can_be_made_the_thumbnail_comes(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, trouble: BlinkUnreachable | None
) -> None:
    cloud.video, cloud.trouble = MP4 + b"broken", trouble
    await post.choose(OWNER, sheet_first=True)
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo == jpeg()


async def test_what_is_muted_in_one_chat_is_shown_in_the_other(
    courier: Courier, post: Post, phone: Phone, ben: Phone
) -> None:
    await post.mute(OWNER, Target(Scope.CAMERA, PORCH.id))
    await post.put(alert(1), alert(2, KITCHEN), chats=[OWNER, BEN])
    while await courier.deliver_next(Queue.ALERTS):
        pass
    assert [message.content.split(" —")[0] for message in phone.from_bot] == ["🏃 Kitchen"]
    assert len(ben.from_bot) == 2
    assert sorted(await post.states()) == ["waiting", "waiting", "waiting", "withheld"]


async def test_each_chat_has_its_own_cameras_and_its_own_first_picture(
    courier: Courier, post: Post, phone: Phone, ben: Phone
) -> None:
    await post.choose(OWNER, hidden_cameras=frozenset({KITCHEN.id}))
    await post.choose(BEN, hidden_cameras=frozenset({PORCH.id}), sheet_first=True)
    await post.put(alert(1), alert(2, KITCHEN), chats=[OWNER, BEN])
    while await courier.deliver_next(Queue.ALERTS):
        pass
    (porch,), (kitchen,) = phone.from_bot, ben.from_bot
    assert (porch.content.split(" —")[0], porch.photo) == ("🏃 Front Porch", jpeg())
    assert (kitchen.content.split(" —")[0], kitchen.photo) == ("🏃 Kitchen", SHEET)


async def test_a_kind_that_a_chat_does_not_want_is_withheld(courier: Courier, post: Post, phone: Phone) -> None:
    await post.choose(OWNER, kinds=frozenset({AlertKind.DOORBELL}))
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.from_bot == []
    assert await post.states() == ["withheld"]


async def test_in_quiet_hours_motion_is_silent_and_the_bell_rings(courier: Courier, post: Post, phone: Phone) -> None:
    await post.choose(OWNER, quiet=NOON_QUIET)
    await post.put(alert(1), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.silent
    await post.put(press(2), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert "doorbell pressed" in phone.last.content
    assert not phone.last.silent


async def test_a_silent_chat_hears_nothing(courier: Courier, post: Post, phone: Phone) -> None:
    await post.choose(OWNER, loud=False)
    await post.put(press(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.silent


@pytest.fixture
async def forum(server: TelegramServer, phone: Phone, post: Post) -> Group:
    """The family's group, with a topic for each camera."""
    group = server.group(FAMILY, "Family", [phone], forum=True, bot_is_admin=True)
    await post.choose(FAMILY, topics=True)
    return group


async def test_each_camera_has_its_topic(courier: Courier, post: Post, forum: Group, threads: Threads) -> None:
    threads.threads = {PORCH.id: forum.create_topic("Front Porch")}
    await post.put(alert(), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    assert forum.last.thread_id == threads.threads[PORCH.id]


async def test_a_topic_that_is_gone_is_made_again(courier: Courier, post: Post, forum: Group, threads: Threads) -> None:
    threads.threads = {PORCH.id: 987_654}
    threads.next = forum.create_topic("Front Porch")
    await post.put(alert(), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    assert threads.lost_ones == [PORCH.id]
    assert forum.last.thread_id == threads.next


async def test_what_belongs_into_a_closed_topic_goes_to_the_group_itself(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, threads: Threads
) -> None:
    forum = server.group(FAMILY, "Family", [phone], forum=True)
    threads.threads = {PORCH.id: forum.create_topic("Front Porch")}
    forum.close_topic("Front Porch")
    await post.choose(FAMILY, topics=True)
    await post.put(alert(), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    assert forum.last.photo == jpeg()
    assert forum.last.thread_id is None
    assert threads.lost_ones == []


async def test_what_belongs_together_comes_also_where_its_topic_was_made_anew(
    courier: Courier, post: Post, forum: Group, threads: Threads
) -> None:
    threads.threads = {PORCH.id: forum.create_topic("Front Porch")}
    await post.put(alert(1, seconds_ago=30), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    forum.delete_topic("Front Porch")
    threads.next = forum.create_topic("Front Porch")
    await post.put(alert(2, seconds_ago=5), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    assert forum.last.thread_id == threads.next
    assert forum.last.photo == jpeg()
    assert forum.last.reply_to is None
    assert forum.last.silent


async def test_what_belongs_together_comes_also_where_topics_were_switched_off(
    courier: Courier, post: Post, forum: Group, threads: Threads
) -> None:
    threads.threads = {PORCH.id: forum.create_topic("Front Porch")}
    await post.put(alert(1, seconds_ago=30), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    await post.choose(FAMILY, topics=False)
    await post.put(alert(2, seconds_ago=5), chats=[FAMILY])
    await courier.deliver_next(Queue.ALERTS)
    assert forum.last.thread_id is None
    assert forum.last.photo == jpeg()
