"""What goes out in front of a Telegram that counts: nothing is refused, and alerts have room."""

from collections.abc import AsyncIterator

import pytest

from blinkbot.bot import Courier
from blinkbot.bot.client.message_quota import ALBUM_SIZE, GROUP
from blinkbot.domain.deliveries import Queue
from blinkbot.simulator.botapi import ChatView, FloodLimits, Group, Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.post import FakeCloud, Post, alert, old, press
from tests.bot.house import MP4
from tests.clock import FakeClock
from tests.store.things import pending_count


@pytest.fixture
async def server(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    """With flood control."""
    async with TelegramServer(clock=clock, limits=FloodLimits()) as running:
        yield running


@pytest.fixture
def cloud() -> FakeCloud:
    """Its videos are small, since there are many."""
    return FakeCloud(video=MP4)


def sizes(view: ChatView) -> list[int]:
    """Of the albums in a chat, in order; 1 for what came alone."""
    found: dict[object, int] = {}
    for message in view.from_bot:
        which = message.album or message.id
        found[which] = found.get(which, 0) + 1
    return list(found.values())


async def all_alerts(courier: Courier) -> int:
    """Show what may be shown now; returns how many."""
    shown = 0
    while await courier.deliver_next(Queue.ALERTS):
        shown += 1
    return shown


async def send_all(courier: Courier, post: Post, clock: FakeClock) -> None:
    """Send everything, alerts first; time passes where nothing may go."""
    while await pending_count(post.store):
        if not (await all_alerts(courier) or await courier.deliver_next(Queue.BACKLOG)):
            await courier.deliver_next(Queue.VIDEOS)
            clock.forward(2)


async def test_a_backlog_never_trips_it_and_an_alert_comes_between(
    courier: Courier, post: Post, phone: Phone, family: Group, clock: FakeClock, server: TelegramServer
) -> None:
    await post.put(*(old(number) for number in range(1, 61)), chats=[OWNER, FAMILY])
    while len(family.from_bot) < 30:
        if not await courier.deliver_next(Queue.BACKLOG):
            clock.forward(2)
    clip = alert(1000, seconds_ago=5 - (clock.now - FakeClock().now).total_seconds())
    await post.put(clip, chats=[OWNER, FAMILY])
    assert await all_alerts(courier) == 2
    assert (phone.last.album, family.last.album) == (None, None)
    await send_all(courier, post, clock)
    assert server.refusals == []
    assert len(phone.from_bot) == 61
    assert sizes(family) == [10, 10, 10, 1, 10, 10, 10]


async def test_five_hundred_clips_come_as_albums_the_oldest_last(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock, server: TelegramServer
) -> None:
    await post.put(*(old(number) for number in range(1, 501)), alert(1000), chats=[OWNER])
    await send_all(courier, post, clock)
    assert server.refusals == []
    assert sizes(phone) == [1] + [10] * 50
    *olds, urgent = [int(number) for number in await post._column("message_id")]
    assert urgent == min(olds) - 1
    assert olds == sorted(olds, reverse=True)
    assert [message.silent for message in phone.from_bot] == [False] * 11 + [True] * 490


async def test_a_small_album_keeps_the_next_from_taking_the_room_of_alerts(
    courier: Courier, post: Post, family: Group, clock: FakeClock
) -> None:
    await post.put(*(old(number) for number in range(1, 6)), chats=[FAMILY])
    assert await courier.deliver_next(Queue.BACKLOG)
    await post.put(*(old(number) for number in range(11, 21)), chats=[FAMILY])
    clock.forward(GROUP.within.total_seconds() - 1)
    assert not await courier.deliver_next(Queue.BACKLOG)
    clock.forward(1)
    assert await courier.deliver_next(Queue.BACKLOG)
    assert sizes(family) == [5, 10]


async def test_albums_for_several_chats_at_once_leave_room_for_alerts_too(
    courier: Courier, post: Post, phone: Phone, family: Group, clock: FakeClock
) -> None:
    await post.put(*(old(number) for number in range(1, 11)), chats=[OWNER, FAMILY])
    assert await courier.deliver_next(Queue.BACKLOG)
    assert not await courier.deliver_next(Queue.BACKLOG)
    clock.forward(1)
    assert await courier.deliver_next(Queue.BACKLOG)
    assert sizes(phone) == sizes(family) == [10]


async def test_each_item_of_an_album_counts(
    courier: Courier, post: Post, family: Group, clock: FakeClock, server: TelegramServer
) -> None:
    await post.put(*(old(number) for number in range(1, 11)), chats=[FAMILY])
    assert await courier.deliver_next(Queue.BACKLOG)
    await post.put(*(press(number) for number in range(100, 112)), chats=[FAMILY])
    assert await all_alerts(courier) == GROUP.most - ALBUM_SIZE
    clock.forward(GROUP.within.total_seconds())
    assert await all_alerts(courier) == 12 - (GROUP.most - ALBUM_SIZE)
    assert server.refusals == []
