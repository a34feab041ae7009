"""Bursts: one message rings, the others answer it, and it says how many there are."""

import asyncio
from dataclasses import replace

import pytest

from blinkbot.bot import Courier
from blinkbot.bot.buttons.clip_keyboards import deletion_keyboard
from blinkbot.bot.buttons.open_keyboards import OpenKeyboards
from blinkbot.bot.client.message_quota import GROUP, RINGS
from blinkbot.bot.client.video_upload import UploadLimit, VideoUploads
from blinkbot.config import AlertSettings
from blinkbot.domain import Seen
from blinkbot.domain.deliveries import Queue
from blinkbot.domain.preferences import AlertKind
from blinkbot.errors import Busy
from blinkbot.simulator.botapi import Group, Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.conftest import Hire
from tests.bot.delivery.post import LARGE, FakeCloud, FakeDoorbell, Post, Videos, alert, press, running
from tests.bot.house import KITCHEN
from tests.clock import FakeClock


async def show_all(courier: Courier) -> None:
    while await courier.deliver_next(Queue.ALERTS):
        pass


async def complete_all(courier: Courier) -> None:
    while await courier.deliver_next(Queue.VIDEOS):
        pass


async def burst(courier: Courier, post: Post, clock: FakeClock, count: int, *, apart: float = 30) -> None:
    """Clips of the porch, each shown when it came."""
    for number in range(1, count + 1):
        clock.forward(apart)
        await post.put(alert(number, seconds_ago=5 - number * apart), chats=[OWNER])
        await show_all(courier)


async def test_six_clips_in_a_burst_ring_once(courier: Courier, post: Post, phone: Phone, clock: FakeClock) -> None:
    await burst(courier, post, clock, 6)
    first, *others = phone.from_bot
    assert [message.silent for message in phone.from_bot] == [False] + [True] * 5
    assert {message.reply_to for message in others} == {first.id}
    assert first.content.splitlines()[0] == "🏃 Front Porch — motion · 6 clips"
    assert first.buttons
    assert all("clips" not in message.content for message in others)


async def test_the_count_stays_when_the_messages_become_videos(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock
) -> None:
    await burst(courier, post, clock, 3)
    await complete_all(courier)
    assert [message.video for message in phone.from_bot] == [LARGE] * 3
    assert "· 3 clips" in phone.from_bot[0].content


async def test_a_count_that_grows_while_the_video_is_got_ready_is_not_lost(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock, cloud: FakeCloud
) -> None:
    cloud.hold.clear()
    await burst(courier, post, clock, 1)
    completing = asyncio.create_task(courier.deliver_next(Queue.VIDEOS))
    await burst(courier, post, clock, 2)
    await phone.wait_for("· 2 clips")
    cloud.hold.set()
    await completing
    assert phone.from_bot[0].video == LARGE
    assert "· 2 clips" in phone.from_bot[0].content


async def test_buttons_that_somebody_unfolded_stay_while_the_count_grows(
    hire: Hire, post: Post, phone: Phone, clock: FakeClock
) -> None:
    open_keyboards = OpenKeyboards()
    courier = hire(open_keyboards=open_keyboards)
    await burst(courier, post, clock, 1)
    first_buttons = phone.last.buttons
    place = (OWNER, phone.last.id)
    open_keyboards.keep(place, deletion_keyboard(alert(1)))
    await burst(courier, post, clock, 2)
    counted = phone.from_bot[0]
    assert "· 2 clips" in counted.content
    assert "No, keep it" in str(counted.buttons)
    open_keyboards.fold(place)
    await burst(courier, post, clock, 3)
    assert phone.from_bot[0].buttons == first_buttons


async def test_a_count_that_telegram_did_not_take_is_shown_a_moment_later(
    hire: Hire, post: Post, phone: Phone, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.delivery.bursts.CATCH_UP_AFTER", 0.05)
    async with running(hire(monotonic=asyncio.get_running_loop().time)):
        await post.put(alert(1, seconds_ago=9), chats=[OWNER])
        await phone.wait_for(lambda message: message.video)
        # More often than the second clip has occasions to show it.
        server.fail("editMessageCaption", times=4, status=500)
        await post.put(alert(2), chats=[OWNER])
        await phone.wait_for("· 2 clips")


async def test_a_count_waits_for_as_long_as_telegram_said_last(
    hire: Hire, post: Post, phone: Phone, server: TelegramServer, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first refusal asks for a moment; one that comes while that is waited for asks for more."""
    slept, refused_again = [], asyncio.Event()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await refused_again.wait()
        clock.forward(seconds)
        await asyncio.sleep(0)

    monkeypatch.setattr("blinkbot.bot.delivery.courier.QUEUES", ())
    courier = hire(sleep=sleep)
    await post.put(alert(1, seconds_ago=9), chats=[OWNER])
    await show_all(courier)
    await complete_all(courier)
    async with running(courier):
        server.fail("editMessageCaption", status=500)
        await post.put(alert(2, seconds_ago=6), chats=[OWNER])
        await show_all(courier)
        server.fail("editMessageCaption", retry_after=40)
        await post.put(alert(3, seconds_ago=3), chats=[OWNER])
        await show_all(courier)
        refused_again.set()
        await phone.wait_for("· 3 clips")
    assert max(slept) == 40
    assert len(server.calls_of("editMessageCaption")) == 3


async def test_a_count_in_a_group_that_became_another_is_not_tried_for_ever(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    group = server.group(-77, "Family", [phone])
    await post.store.chats.authorize([OWNER, -77])
    await post.put(alert(1, seconds_ago=9), chats=[-77])
    await show_all(courier)
    await complete_all(courier)
    group.migrate_to_supergroup()
    burst = await post.store.outbox.burst(1)
    assert burst.head is not None
    await post.store.database.run(lambda db: db.execute("UPDATE incidents SET shown_count = 9"))
    before = len(server.calls_of("editMessageCaption"))
    await courier._bursts.bring_up_to_date(1)
    await courier._bursts.bring_up_to_date(1)
    assert len(server.calls_of("editMessageCaption")) == before + 1


async def test_a_count_that_was_not_shown_before_a_stop_is_shown_after_the_start(
    hire: Hire, post: Post, phone: Phone, server: TelegramServer
) -> None:
    before = hire()
    await post.put(alert(1, seconds_ago=9), chats=[OWNER])
    await show_all(before)
    await complete_all(before)
    server.fail("editMessageCaption", times=2, status=500)
    await post.put(alert(2), chats=[OWNER])
    await show_all(before)
    await complete_all(before)
    assert "clips" not in phone.from_bot[0].content
    async with running(hire()):
        await phone.wait_for("· 2 clips")


async def test_clips_far_apart_ring_each(courier: Courier, post: Post, phone: Phone, clock: FakeClock) -> None:
    await burst(courier, post, clock, 2, apart=121)
    assert [message.silent for message in phone.from_bot] == [False, False]


async def test_two_cameras_are_two_incidents(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(alert(1), alert(2, KITCHEN), chats=[OWNER])
    await show_all(courier)
    assert [message.silent for message in phone.from_bot] == [False, False]


async def test_each_press_of_the_bell_rings(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(press(1, seconds_ago=20), press(2), chats=[OWNER])
    await show_all(courier)
    assert [message.silent for message in phone.from_bot] == [False, False]


async def test_where_no_clips_belong_together_each_rings(hire: Hire, post: Post, phone: Phone) -> None:
    courier = hire(settings=AlertSettings(burst_window=0))
    await post.put(alert(1, seconds_ago=9), alert(2), chats=[OWNER])
    await show_all(courier)
    assert [message.silent for message in phone.from_bot] == [False, False]


async def test_what_follows_a_deleted_message_comes_all_the_same(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock
) -> None:
    await burst(courier, post, clock, 1)
    phone.delete(phone.last)
    await post.put(alert(2, seconds_ago=-29), chats=[OWNER])
    await show_all(courier)
    assert len(phone.from_bot) == 1
    assert phone.last.silent
    assert phone.last.reply_to is None


async def test_a_count_that_could_not_be_shown_is_shown_later(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock, server: TelegramServer
) -> None:
    server.fail("editMessageCaption", times=1)
    await burst(courier, post, clock, 2)
    assert "clips" not in phone.from_bot[0].content
    await complete_all(courier)
    assert "· 2 clips" in phone.from_bot[0].content


async def test_a_head_without_a_video_says_so_whatever_its_count_and_after_a_restart(
    hire: Hire, post: Post, phone: Phone, clock: FakeClock, videos: Videos
) -> None:
    courier = hire(uploads=VideoUploads(videos, UploadLimit(100_000)))
    await burst(courier, post, clock, 1)
    await complete_all(courier)
    await post.put(alert(2, seconds_ago=-50), chats=[OWNER])
    await show_all(hire())
    assert phone.from_bot[0].content.splitlines()[0].endswith("· 2 clips")
    assert "No video" in phone.from_bot[0].content


async def test_a_long_burst_leaves_room_for_what_rings(
    courier: Courier, post: Post, phone: Phone, family: Group, clock: FakeClock, doorbell: FakeDoorbell
) -> None:
    doorbell.trouble = Busy("new-thumbnail", 409)
    doorbell.ready.set()
    for number in range(1, GROUP.most + 1):
        await post.put(alert(number, seconds_ago=30 - number), chats=[FAMILY])
        await show_all(courier)
    assert len(family.from_bot) == GROUP.most - RINGS
    assert f"· {GROUP.most} clips" in family.from_bot[0].content
    await post.put(press(99), alert(100, KITCHEN), chats=[FAMILY])
    await show_all(courier)
    assert [message.silent for message in family.from_bot[-2:]] == [False, False]
    clock.forward(GROUP.within.total_seconds())
    await show_all(courier)
    assert len(family.from_bot) == GROUP.most + 2
    assert all(message.silent for message in family.from_bot[-RINGS:])


async def test_the_count_stands_in_a_text_too(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock, cloud: FakeCloud
) -> None:
    cloud.picture = None
    cloud.hold.clear()
    await burst(courier, post, clock, 2)
    first, second = phone.from_bot
    assert first.text.splitlines()[0] == "🏃 Front Porch — motion · 2 clips"
    assert (second.silent, second.reply_to) == (True, first.id)


async def test_a_person_rings_once_in_a_burst_of_what_makes_no_sound(
    courier: Courier, post: Post, phone: Phone
) -> None:
    await post.choose(OWNER, silent=frozenset({AlertKind.MOTION}))
    for number, seen in enumerate([(), (Seen.PERSON,), (Seen.PERSON,)], start=1):
        await post.put(replace(alert(number, seconds_ago=9 - number), seen=seen), chats=[OWNER])
        await show_all(courier)
    assert [message.silent for message in phone.from_bot] == [True, False, True]
    assert {message.reply_to for message in phone.from_bot[1:]} == {phone.from_bot[0].id}
