"""The courier at work by itself: three queues, woken by what comes, and stopped in the middle."""

import asyncio

import pytest

from blinkbot.bot import Courier
from blinkbot.bot.client.message_quota import GROUP
from blinkbot.bot.delivery.courier import QUEUES
from blinkbot.config import AlertSettings
from blinkbot.domain.deliveries import Queue
from blinkbot.errors import Busy
from blinkbot.simulator.botapi import Group, Phone, SimMessage, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.conftest import BEN, Hire
from tests.bot.delivery.post import LARGE, FakeCloud, FakeDoorbell, Post, alert, old, press, running
from tests.bot.house import MP4


def is_video(message: SimMessage) -> bool:
    return message.video is not None


def is_photo(message: SimMessage) -> bool:
    return message.photo is not None


async def test_new_work_wakes_it_at_once(courier: Courier, post: Post, phone: Phone) -> None:
    async with running(courier):
        for number in (1, 2):
            await post.put(alert(number), chats=[OWNER])
            await phone.wait_for(is_photo)
            await phone.wait_for(is_video)
    assert len(phone.from_bot) == 2


async def test_an_alert_is_shown_while_another_clip_is_still_downloaded(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.hold.clear()
    async with running(courier):
        for number in (1, 2, 3):
            await post.put(alert(number), chats=[OWNER])
            await phone.wait_for(is_photo)
        cloud.hold.set()
        for _ in range(3):
            await phone.wait_for(is_video)


async def test_what_was_in_hand_at_the_last_stop_goes_on_at_the_start(
    courier: Courier, post: Post, phone: Phone
) -> None:
    await post.put(alert(), chats=[OWNER])
    await post.store.outbox.claim(Queue.ALERTS, post.clock())
    async with running(courier):
        await phone.wait_for(is_video)


async def test_stopped_in_the_middle_it_completes_the_same_message_after_the_next_start(
    hire: Hire, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.hold.clear()
    await post.put(alert(), chats=[OWNER])
    async with running(hire()):
        await phone.wait_for(is_photo)
    cloud.hold.set()
    async with running(hire()):
        await phone.wait_for(is_video)
    assert len(phone.from_bot) == 1


async def test_stopped_while_sending_it_waits_a_moment_to_know_that_it_is_there(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    server.slow("sendPhoto", 0.2, after_accepting=True)
    await post.put(alert(), chats=[OWNER])
    async with running(courier):
        await phone.wait_for(is_photo)
    assert (await post.states(), await post.stages()) == (["waiting"], ["photo"])


async def test_what_takes_longer_at_a_stop_stays_marked_as_being_sent(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.client.concurrency.FINISH_WITHIN", 0.05)
    server.slow("sendPhoto", 30, after_accepting=True)
    await post.put(alert(), chats=[OWNER])
    async with running(courier):
        await phone.wait_for(is_photo)
    assert await post.states() == ["sending"]


class Resting:
    """A sleep that never ends; `everybody` is set once every queue rests."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.everybody = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.times.append(seconds)
        if len(self.times) >= len(QUEUES):
            self.everybody.set()
        await asyncio.Event().wait()

    async def wait(self) -> None:
        async with asyncio.timeout(5):
            await self.everybody.wait()


async def test_the_spool_is_swept_when_nothing_waits(hire: Hire, post: Post) -> None:
    leftover, foreign = post.store.spool_dir / "send-cloud-9.mp4", post.store.spool_dir / "fetch-of-somebody.mp4"
    for path in (leftover, foreign):
        await asyncio.to_thread(path.write_bytes, MP4)
    limited = Resting()
    async with running(hire(sleep=limited.sleep)):
        await limited.wait()
    assert not await asyncio.to_thread(leftover.exists)
    assert await asyncio.to_thread(foreign.exists)


async def test_it_rests_while_a_chat_has_had_its_share(
    hire: Hire, post: Post, family: Group, cloud: FakeCloud, doorbell: FakeDoorbell
) -> None:
    doorbell.trouble = Busy("new-thumbnail", 409)
    doorbell.ready.set()
    limited = Resting()
    for number in range(GROUP.most + 2):
        await post.put(press(number), chats=[FAMILY])
    await post.put(old(99), chats=[FAMILY])
    async with running(hire(sleep=limited.sleep)):
        await family.until(lambda: [m.video for m in family.from_bot] == [LARGE] * GROUP.most or None, "its share")
        await limited.wait()
        # The last video is in the chat a moment before that is written down, which wakes every queue once more.
        async with asyncio.timeout(10):
            while (await post.states()).count("sent") < GROUP.most:
                pass
        before = len(limited.times)
        for _ in range(50):
            await post.states()
        assert len(limited.times) - before <= len(QUEUES)
    assert len(family.from_bot) == GROUP.most
    assert all(seconds > 0 for seconds in limited.times)


async def test_on_a_slow_line_the_first_sight_comes_long_before_the_video_in_the_same_message(
    hire: Hire, post: Post, phone: Phone, cloud: FakeCloud, server: TelegramServer
) -> None:
    cloud.video = MP4 + bytes(1_300_000)
    server.upload_speed = 600_000
    loop = asyncio.get_running_loop()
    async with running(hire(monotonic=loop.time)):
        await post.put(alert(), chats=[OWNER])
        shown = await phone.wait_for(is_photo)
        seen_at = loop.time()
        whole = await phone.wait_for(is_video)
    assert whole.id == shown.id
    assert loop.time() - seen_at >= 1.5


async def test_the_backlog_goes_out_beside_the_alerts(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(old(1), old(2), alert(3), chats=[OWNER])
    async with running(courier):
        for _ in range(3):
            assert (await phone.wait_for(is_video)).video == LARGE


async def test_a_chat_for_which_telegram_does_not_answer_delays_no_other(
    courier: Courier, post: Post, phone: Phone, ben: Phone, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.delivery.courier.LONG_FIRST_MESSAGE", 0.05)
    monkeypatch.setattr("blinkbot.bot.client.concurrency.FINISH_WITHIN", 0.05)
    server.slow("sendPhoto", 30, after_accepting=True)
    async with running(courier):
        await post.put(alert(1), chats=[OWNER])
        await phone.wait_for(is_photo)
        server.slow("sendPhoto", 0)
        await post.put(alert(2), chats=[OWNER, BEN])
        await ben.wait_for(is_photo)
        assert len(phone.from_bot) == 1


async def test_a_video_that_goes_at_once_and_takes_long_is_the_one_upload_for_all_chats(
    hire: Hire,
    post: Post,
    phone: Phone,
    ben: Phone,
    family: Group,
    cloud: FakeCloud,
    server: TelegramServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("blinkbot.bot.delivery.clip_videos.HEAD_START", 30)
    courier = hire(settings=AlertSettings(direct_within=30))
    cloud.video = MP4
    server.slow("sendVideo", 1, after_accepting=True)
    await post.put(alert(), chats=[OWNER, BEN, FAMILY])
    direct = asyncio.create_task(courier.deliver_next(Queue.ALERTS))
    await server.wait_for_call("sendVideo")
    while await courier.deliver_next(Queue.ALERTS) or await courier.deliver_next(Queue.VIDEOS):
        pass
    await direct
    while await courier.deliver_next(Queue.VIDEOS):
        pass
    assert [view.last.video for view in (phone, ben, family)] == [MP4] * 3
    videos = server.calls_of("sendVideo") + server.calls_of("editMessageMedia")
    assert len([call for call in videos if call.uploads]) == 1


async def test_what_takes_long_in_its_chat_is_known_to_what_comes_next_there(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.delivery.courier.LONG_FIRST_MESSAGE", 0.05)
    server.slow("sendPhoto", 0.3)
    async with running(courier):
        await post.put(alert(1, seconds_ago=9), alert(2), chats=[OWNER])
        first = await phone.wait_for(is_photo)
        second = await phone.wait_for(lambda message: message.photo and message.id != first.id)
    assert (first.silent, second.silent, second.reply_to) == (False, True, first.id)
