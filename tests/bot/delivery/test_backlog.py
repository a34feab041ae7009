"""The backlog: old clips in albums, newest first, while alerts overtake them."""

from datetime import time

import pytest

from blinkbot.bot import Courier
from blinkbot.domain.deliveries import FileKind, Queue, StoredFile
from blinkbot.domain.preferences import QuietHours, Scope, Target
from blinkbot.simulator.botapi import Phone, SimMessage, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.conftest import BEN
from tests.bot.delivery.post import LARGE, FakeCloud, Post, Threads, alert, old, press
from tests.bot.house import KITCHEN, PORCH
from tests.clock import FakeClock


async def send_all(courier: Courier, clock: FakeClock) -> None:
    """Send the whole backlog; time passes where chats have had their share."""
    for _ in range(200):
        if not await courier.deliver_next(Queue.BACKLOG):
            clock.forward(5)


def albums(messages: list[SimMessage]) -> list[int]:
    """How many items each album has, in order; 1 for what came alone."""
    sizes: dict[str, int] = {}
    for message in messages:
        name = message.album or f"alone {message.id}"
        sizes[name] = sizes.get(name, 0) + 1
    return list(sizes.values())


async def test_old_clips_come_as_albums_newest_first(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock
) -> None:
    await post.put(*(old(number) for number in range(1, 14)), chats=[OWNER])
    assert not await courier.deliver_next(Queue.ALERTS)
    await send_all(courier, clock)
    assert albums(phone.from_bot) == [10, 3]
    first, second, *_ = phone.from_bot
    assert first.content.splitlines()[0] == "🎞 10 earlier clips"
    assert len(first.content.splitlines()) == 11
    assert second.content == ""
    assert await post.states() == ["sent"] * 13
    assert list(post.store.spool_dir.iterdir()) == []


async def test_a_backlog_rings_once(courier: Courier, post: Post, phone: Phone, clock: FakeClock) -> None:
    await post.put(*(old(number) for number in range(1, 14)), chats=[OWNER])
    await send_all(courier, clock)
    assert [message.silent for message in phone.from_bot] == [False] * 10 + [True] * 3


async def test_after_the_clock_was_set_back_the_next_backlog_rings_all_the_same(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock
) -> None:
    await post.put(old(1), chats=[OWNER])
    await send_all(courier, clock)
    clock.forward(-3600)
    await post.put(old(2), chats=[OWNER])
    await send_all(courier, clock)
    assert [message.silent for message in phone.from_bot] == [False, False]


async def test_what_is_left_of_a_crowd_of_alerts_does_not_ring_once_more(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock
) -> None:
    await post.put(*(alert(number, seconds_ago=99 - number) for number in range(1, 14)), chats=[OWNER])
    while await courier.deliver_next(Queue.ALERTS):
        pass
    assert len(phone.from_bot) == 5
    await send_all(courier, clock)
    assert albums(phone.from_bot) == [1] * 5 + [8]
    assert [message.silent for message in phone.from_bot] == [False] + [True] * 12


async def test_an_old_press_of_the_bell_rings_in_no_quiet_hours(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock
) -> None:
    await post.choose(OWNER, quiet=QuietHours(time(0), time(23, 59)))
    await post.put(press(1, seconds_ago=3000), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    await send_all(courier, clock)
    assert [message.silent for message in phone.from_bot] == [True]


async def test_a_single_old_clip_is_a_message_like_any_other(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(old(1), chats=[OWNER])
    await courier.deliver_next(Queue.BACKLOG)
    assert phone.last.video == LARGE
    assert phone.last.content.startswith("🏃 Front Porch — motion")
    assert phone.last.content.endswith("⏱ Arrived 4 days late")
    assert phone.last.buttons


async def test_an_album_is_uploaded_once_for_all_chats(
    courier: Courier, post: Post, phone: Phone, ben: Phone, clock: FakeClock, cloud: FakeCloud, server: TelegramServer
) -> None:
    await post.put(old(1), old(2), chats=[OWNER, BEN])
    await send_all(courier, clock)
    assert [message.video for message in ben.from_bot] == [LARGE] * 2
    assert len([call for call in server.calls_of("sendMediaGroup") if call.uploads]) == 1
    assert cloud.downloads == 2


async def test_a_new_alert_overtakes(courier: Courier, post: Post, phone: Phone, clock: FakeClock) -> None:
    await post.put(*(old(number) for number in range(1, 14)), chats=[OWNER])
    await courier.deliver_next(Queue.BACKLOG)
    clock.forward(60)
    await post.put(alert(99), chats=[OWNER])
    assert not await courier.deliver_next(Queue.BACKLOG)
    assert await courier.deliver_next(Queue.ALERTS)
    assert phone.last.photo is not None
    assert await courier.deliver_next(Queue.BACKLOG)
    assert albums(phone.from_bot) == [10, 1, 3]


async def test_what_is_muted_is_left_out(courier: Courier, post: Post, phone: Phone, clock: FakeClock) -> None:
    await post.choose(OWNER, hidden_cameras=frozenset({KITCHEN.id}))
    await post.put(old(1), old(2, KITCHEN), old(3), chats=[OWNER])
    await send_all(courier, clock)
    assert albums(phone.from_bot) == [2]
    assert sorted(await post.states()) == ["sent", "sent", "withheld"]
    await post.mute(OWNER, Target(Scope.ALL))
    await post.put(old(4), chats=[OWNER])
    await send_all(courier, clock)
    assert albums(phone.from_bot) == [2]


async def test_what_is_no_video_goes_beside_the_album(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock
) -> None:
    await post.put(old(1), old(2), old(3), chats=[OWNER])
    await post.store.clips.for_chat(OWNER).set_file(old(2).key, StoredFile("gone", FileKind.DOCUMENT))
    await send_all(courier, clock)
    assert sorted(albums(phone.from_bot)) == [1, 2]
    assert await post.states() == ["sent"] * 3


async def test_an_album_with_a_file_id_that_telegram_forgot_goes_one_by_one(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock
) -> None:
    await post.put(old(1), old(2), chats=[OWNER])
    await post.store.clips.for_chat(OWNER).set_file(old(2).key, StoredFile("forgotten", FileKind.VIDEO))
    await send_all(courier, clock)
    assert [message.video for message in phone.from_bot] == [LARGE] * 2
    assert all(message.buttons for message in phone.from_bot)


async def test_an_album_uploads_no_more_than_some_megabytes(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("blinkbot.bot.client.albums.MOST_BYTES", 2 * len(LARGE) + 1)
    await post.put(*(old(number) for number in range(1, 6)), chats=[OWNER])
    await send_all(courier, clock)
    assert albums(phone.from_bot) == [2, 2, 1]


async def test_each_camera_has_its_albums_where_it_has_its_topic(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, threads: Threads, clock: FakeClock
) -> None:
    forum = server.group(FAMILY, "Family", [phone], forum=True, bot_is_admin=True)
    threads.threads = {camera.id: forum.create_topic(camera.name) for camera in (PORCH, KITCHEN)}
    await post.choose(FAMILY, topics=True)
    await post.put(old(1), old(2, KITCHEN), old(3), old(4, KITCHEN), chats=[FAMILY])
    await send_all(courier, clock)
    placed = [(message.thread_id, message.album) for message in forum.from_bot]
    assert len(set(placed)) == 2
    assert {thread for thread, _ in placed} == set(threads.threads.values())
