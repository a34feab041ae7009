"""Everything that can go wrong on the way: nothing is lost, and nothing comes twice but what nobody can know of."""

import errno
from dataclasses import replace

import pytest

from blinkbot.bot import Courier
from blinkbot.bot.delivery.failure_policy import LEAST_TRIES
from blinkbot.domain.deliveries import Queue
from blinkbot.errors import BlinkResponseError, BlinkUnreachable, NotFound, NotSignedIn
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import OWNER
from tests.bot.delivery.conftest import BEN, Hire
from tests.bot.delivery.post import LARGE, FakeCloud, Post, alert, old
from tests.bot.house import MP4, jpeg
from tests.clock import FakeClock


async def show(courier: Courier, post: Post) -> None:
    """Let the alert be in the chat, without its video."""
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)


# -- Telegram


async def test_a_flooded_chat_waits_while_the_others_go_on(
    courier: Courier, post: Post, phone: Phone, ben: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    server.fail("sendPhoto", retry_after=30)
    await post.put(alert(), chats=[OWNER, BEN])
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.ALERTS)
    assert (len(phone.from_bot), len(ben.from_bot)) == (0, 1)
    assert not await courier.deliver_next(Queue.ALERTS)
    clock.forward(30)
    assert await courier.deliver_next(Queue.ALERTS)
    assert len(phone.from_bot) == 1


@pytest.mark.parametrize("queue", [Queue.ALERTS, Queue.BACKLOG])
async def test_a_chat_that_blocked_the_bot_is_given_up(
    courier: Courier, post: Post, phone: Phone, queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    phone.block_bot()
    await post.put(alert() if queue is Queue.ALERTS else old(1), chats=[OWNER])
    await courier.deliver_next(queue)
    assert await post.states() == ["given up"]
    assert "Forbidden" in caplog.text


async def test_a_group_that_became_a_supergroup_gets_its_clip_there(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    await post.store.chats.authorize([OWNER, BEN, -77])
    supergroup = server.group(-77, "Family", [phone]).migrate_to_supergroup()
    await post.put(alert(), chats=[-77])
    for queue in (Queue.ALERTS, Queue.ALERTS, Queue.VIDEOS):
        assert await courier.deliver_next(queue)
    assert supergroup.last.video == LARGE
    assert await post.states() == ["sent"]


async def test_what_telegram_takes_neither_as_video_nor_as_document_is_told_under_the_picture(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    await show(courier, post)
    server.fail("editMessageMedia", times=2, status=400, description="Bad Request: wrong file")
    await courier.deliver_next(Queue.VIDEOS)
    assert [message.photo for message in phone.from_bot] == [jpeg()]
    assert phone.last.content.endswith("⚠️ No video. Telegram doesn't take the file.")
    assert await post.states() == ["given up"]


async def test_telegrams_outage_loses_nothing_and_downloads_nothing_twice(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, cloud: FakeCloud, clock: FakeClock
) -> None:
    await post.put(alert(), chats=[OWNER])
    await server.refuse_connections()
    for _ in range(2):
        assert await courier.deliver_next(Queue.ALERTS)
        assert await post.states() == ["waiting"]
        clock.forward(60)
    await server.accept_connections()
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE
    assert cloud.downloads == 1


async def test_a_sending_whose_answer_was_lost_is_repeated_once_at_most(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    server.cut("sendPhoto", times=2, after_accepting=True)
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert await post.states() == ["waiting"]
    clock.forward(60)
    await courier.deliver_next(Queue.ALERTS)
    assert await post.states() == ["given up"]
    assert "it may be above already" in phone.last.content


async def test_a_server_error_is_waited_out(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    server.fail("editMessageMedia", times=3)
    await show(courier, post)
    for _ in range(4):
        await courier.deliver_next(Queue.VIDEOS)
        clock.forward(600)
    assert phone.last.video == LARGE


async def test_an_alert_is_there_soon_after_a_long_outage_has_ended(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    await post.put(alert(), chats=[OWNER])
    await server.refuse_connections()
    for _ in range(12):
        await courier.deliver_next(Queue.ALERTS)
        clock.forward(30)
    await server.accept_connections()
    clock.forward(30)
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo == jpeg()


# -- Blink


async def test_a_clip_that_was_deleted_at_blink_is_not_waited_for(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.trouble = NotFound("video", 404)
    await show(courier, post)
    await post.put(replace(alert(), deleted=True), chats=[OWNER])
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.photo == jpeg()
    assert phone.last.content.endswith("No video. It was deleted at Blink before I could fetch it.")


async def test_a_clip_that_blink_has_not_yet_is_waited_for(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.trouble = NotFound("video", 404)
    await show(courier, post)
    await courier.deliver_next(Queue.VIDEOS)
    assert await post.states() == ["waiting"]
    cloud.trouble = None
    clock.forward(3)
    await courier.deliver_next(Queue.VIDEOS)
    assert [message.video for message in phone.from_bot] == [LARGE]


async def test_a_clip_that_stays_missing_is_told_under_its_thumbnail(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.trouble = NotFound("video", 404)
    await show(courier, post)
    while await courier.deliver_next(Queue.VIDEOS):
        clock.forward(300)
    assert await post.states() == ["given up"]
    assert [message.photo for message in phone.from_bot] == [jpeg()]
    assert "No video. Blink has deleted it" in phone.last.content
    assert phone.last.buttons


async def test_the_reason_comes_into_the_text_where_there_is_no_thumbnail(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.trouble, cloud.picture = BlinkResponseError("video", "20 bytes"), None
    await show(courier, post)
    while await courier.deliver_next(Queue.VIDEOS):
        clock.forward(1800)
    assert len(phone.from_bot) == 1
    assert "What Blink has isn't a video" in phone.last.text


async def test_an_old_clip_that_cannot_be_had_is_told_silently(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.trouble = NotFound("video", 404)
    await post.put(old(1), chats=[OWNER])
    while await courier.deliver_next(Queue.BACKLOG):
        clock.forward(601)
    assert phone.last.photo == jpeg()
    assert phone.last.silent
    assert "No video. Blink has deleted it" in phone.last.content


async def test_without_a_session_clips_wait_until_somebody_signs_in(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.trouble = NotSignedIn("no")
    await show(courier, post)
    for _ in range(50):
        await courier.deliver_next(Queue.VIDEOS)
        clock.forward(7200)
    cloud.trouble = None
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE


async def test_blinks_outage_is_told_after_two_days(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.trouble = BlinkUnreachable("no")
    await show(courier, post)
    tries = 0
    while await courier.deliver_next(Queue.VIDEOS):
        clock.forward(1800)
        tries += 1
    assert 90 < tries < 100
    assert "I tried for two days" in phone.last.content


async def test_after_days_without_power_one_hiccup_costs_no_clip(
    hire: Hire, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock
) -> None:
    cloud.trouble = BlinkUnreachable("no")
    await show(hire(), post)
    clock.forward(3 * 86_400)
    courier = hire()
    await courier.deliver_next(Queue.VIDEOS)
    cloud.trouble = None
    clock.forward(3)
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE


async def test_a_full_disk_is_waited_out_however_long_it_stays_full(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    cloud.trouble = OSError(errno.ENOSPC, "No space left on device")
    await show(courier, post)
    for _ in range(20):
        assert await courier.deliver_next(Queue.VIDEOS)
        clock.forward(600)
    assert {record.exc_info for record in caplog.records} == {None}
    cloud.trouble = None
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE


async def test_telling_waits_too_when_telegram_says_so(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, server: TelegramServer, clock: FakeClock
) -> None:
    cloud.trouble = NotFound("video", 404)
    await show(courier, post)
    for _ in range(LEAST_TRIES - 1):
        await courier.deliver_next(Queue.VIDEOS)
        clock.forward(601)
    server.fail("editMessageCaption", retry_after=10)
    await courier.deliver_next(Queue.VIDEOS)
    assert await post.states() == ["waiting"]
    clock.forward(10)
    await courier.deliver_next(Queue.VIDEOS)
    assert await post.states() == ["given up"]
    assert "No video" in phone.last.content


async def test_a_bug_is_logged_and_tried_a_few_times(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    cloud.trouble = TypeError("a mistake")
    await show(courier, post)
    tries = 0
    while await courier.deliver_next(Queue.VIDEOS):
        clock.forward(1800)
        tries += 1
    assert tries == 4
    assert "TypeError" in caplog.text
    assert "Something went wrong inside the bot." in phone.last.content


async def test_one_clip_that_fails_does_not_hold_up_its_album(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.missing = {old(2).key}
    await post.put(old(1), old(2), old(3), chats=[OWNER])
    await courier.deliver_next(Queue.BACKLOG)
    assert len(phone.from_bot) == 2
    assert sorted(await post.states()) == ["sent", "sent", "waiting"]


async def test_an_album_whose_answer_was_lost_comes_twice_at_most(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, clock: FakeClock, cloud: FakeCloud
) -> None:
    cloud.video = MP4
    server.cut("sendMediaGroup", times=2, after_accepting=True)
    await post.put(old(1), old(2), chats=[OWNER])
    for _ in range(10):
        await courier.deliver_next(Queue.BACKLOG)
        clock.forward(60)
    assert len([message for message in phone.from_bot if message.video]) == 4
    assert await post.states() == ["given up"] * 2
