"""Troubles of devices on their way to chats."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from blinkbot import ports
from blinkbot.domain.deliveries import DeviceAlert, DeviceIssue, DeviceIssueKind
from blinkbot.domain.preferences import EVERYTHING, AlertKind, ChatAlerts, Mute
from blinkbot.store import Store
from blinkbot.store.outbox.queue import LONGEST_DELAY
from tests.clock import FakeClock
from tests.store.things import FAMILY, NOON, OWNER, mute_chat

OFFLINE = DeviceIssue(DeviceIssueKind.CAMERA_OFFLINE, 301, "Porch 🏡", 10)
BATTERY = DeviceIssue(DeviceIssueKind.BATTERY_LOW, 301, "Porch 🏡", 10)
SOON = NOON + timedelta(seconds=30)
LATER = NOON + timedelta(hours=1)


async def notice(store: Store) -> DeviceAlert:
    """The notice that is due; there has to be one."""
    found = await store.device_alerts.next_due(LATER)
    assert found is not None
    return found


async def test_a_trouble_is_told_to_each_chat(store: Store) -> None:
    box: ports.DeviceAlertOutbox = store.device_alerts
    assert await box.begin_issue(OFFLINE, [OWNER, FAMILY])
    for chat_id in (OWNER, FAMILY):
        found = await notice(store)
        assert found == DeviceAlert(found.id, chat_id, OFFLINE, begun_at=NOON)
        await box.mark_sent(found, 10)
    assert await box.next_due(LATER) is None
    assert await box.next_due_at() is None


async def test_a_trouble_that_is_there_for_a_while_is_told_since_when(store: Store) -> None:
    began = NOON - timedelta(minutes=7)
    await store.device_alerts.begin_issue(OFFLINE, [OWNER], since=began)
    assert (await notice(store)).begun_at == began


async def test_a_trouble_that_goes_on_is_not_told_again(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.mark_sent(await notice(store), 10)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert not await reopened.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert await reopened.device_alerts.next_due(LATER) is None
    await reopened.close()


async def test_one_device_can_have_several_troubles(store: Store) -> None:
    assert await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert await store.device_alerts.begin_issue(BATTERY, [OWNER])
    assert await store.device_alerts.end_issue(BATTERY)
    assert (await notice(store)).issue == OFFLINE


async def test_who_was_told_hears_that_it_is_over(store: Store, clock: FakeClock) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.mark_sent(await notice(store), 10)
    clock.now = SOON
    assert await store.device_alerts.end_issue(OFFLINE)
    over = await notice(store)
    assert over == DeviceAlert(over.id, OWNER, OFFLINE, begun_at=NOON, ended_at=SOON, message_id=10)
    await store.device_alerts.mark_sent(over, 10)
    assert await store.device_alerts.next_due(LATER) is None
    assert not await store.device_alerts.end_issue(OFFLINE)


async def test_who_was_not_told_hears_nothing_of_its_end(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER, FAMILY])
    await store.device_alerts.mark_sent(await notice(store), None)
    await store.device_alerts.end_issue(OFFLINE)
    assert await store.device_alerts.next_due(LATER) is None
    assert await store.device_alerts.next_due_at() is None


async def test_a_trouble_that_comes_back_is_told_again(store: Store) -> None:
    for message_id in (10, 11):
        assert await store.device_alerts.begin_issue(OFFLINE, [OWNER])
        await store.device_alerts.mark_sent(await notice(store), message_id)
        await store.device_alerts.end_issue(OFFLINE)
        await store.device_alerts.mark_sent(await notice(store), message_id)


async def test_a_trouble_that_comes_back_before_anybody_heard_of_its_end_is_no_news(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.mark_sent(await notice(store), 10)
    await store.device_alerts.end_issue(OFFLINE)
    assert await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert await store.device_alerts.next_due(LATER) is None
    await store.device_alerts.end_issue(OFFLINE)
    assert (await notice(store)).message_id == 10


async def test_a_trouble_that_is_over_while_it_is_being_told_is_told_as_over(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    telling = await notice(store)
    await store.device_alerts.end_issue(OFFLINE)
    await store.device_alerts.mark_sent(telling, 10)
    over = await notice(store)
    assert (over.ended_at, over.message_id) == (NOON, 10)


async def test_what_is_postponed_comes_back_at_its_time_with_one_attempt_more(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.postpone(await notice(store), SOON)
    assert await store.device_alerts.next_due(SOON - timedelta(microseconds=1)) is None
    assert await store.device_alerts.next_due_at() == SOON
    again = await store.device_alerts.next_due(SOON)
    assert again is not None
    assert again.attempts == 1


async def test_what_is_held_comes_at_its_time_as_if_it_had_never_been_tried(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.postpone(await notice(store), NOON)
    await store.device_alerts.hold(await notice(store), SOON)
    assert await store.device_alerts.next_due(SOON - timedelta(microseconds=1)) is None
    assert await store.device_alerts.next_due_at() == SOON
    again = await store.device_alerts.next_due(SOON)
    assert again is not None
    assert again.attempts == 0


async def test_what_is_held_outlives_a_restart(store: Store, data_dir: Path, clock: FakeClock) -> None:
    await mute_chat(store, OWNER, Mute(EVERYTHING, NOON, SOON))
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.hold(await notice(store), SOON)
    await store.close()
    reopened = await Store.open(data_dir, clock)
    assert await reopened.device_alerts.next_due(NOON) is None
    await reopened.preferences.for_chat(OWNER).unmute(None)
    assert await reopened.device_alerts.next_due(NOON) is not None
    await reopened.close()


@pytest.mark.parametrize(
    "wish",
    [
        lambda store: mute_chat(store, OWNER, Mute(EVERYTHING, NOON, LATER)),
        lambda store: store.preferences.for_chat(OWNER).unmute(None),
        lambda store: store.preferences.for_chat(OWNER).choose_alerts(ChatAlerts(loud=False)),
    ],
)
async def test_whatever_a_chat_wishes_anew_what_is_held_for_it_is_due(
    store: Store, wish: Callable[[Store], Awaitable[object]]
) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER, FAMILY])
    while held := await store.device_alerts.next_due(NOON):
        await store.device_alerts.hold(held, SOON)
    waiting = asyncio.create_task(store.device_alerts.wait_for_work())
    await wish(store)
    await asyncio.wait_for(waiting, 5)
    found = await store.device_alerts.next_due(NOON)
    assert found is not None
    assert found.chat_id == OWNER
    await store.device_alerts.hold(found, SOON)
    assert await store.device_alerts.next_due(NOON) is None


async def test_what_was_tried_and_waits_is_left_alone_by_a_wish(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.postpone(await notice(store), SOON)
    await mute_chat(store, OWNER, Mute(EVERYTHING, NOON, LATER))
    await store.preferences.for_chat(OWNER).unmute(None)
    assert await store.device_alerts.next_due_at() == SOON


async def test_what_nobody_mutes_any_more_is_not_held(store: Store) -> None:
    await mute_chat(store, OWNER, Mute(EVERYTHING, NOON, SOON))
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    read_before = await notice(store)
    await store.preferences.for_chat(OWNER).unmute(None)
    await store.device_alerts.hold(read_before, SOON)
    assert await store.device_alerts.next_due(NOON) is not None


async def test_what_was_dropped_is_not_told_nor_its_end(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.give_up(await notice(store))
    assert await store.device_alerts.next_due(LATER) is None
    await store.device_alerts.end_issue(OFFLINE)
    assert await store.device_alerts.next_due(LATER) is None


async def test_a_held_chat_waits_while_others_are_told(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER, FAMILY])
    await store.chats.hold_chat(OWNER, SOON)
    first = await store.device_alerts.next_due(NOON)
    assert first is not None
    assert first.chat_id == FAMILY
    await store.device_alerts.mark_sent(first, 10)
    assert await store.device_alerts.next_due_at() == SOON


async def test_a_notice_tells_what_its_chat_wants(store: Store) -> None:
    wanted = ChatAlerts(kinds=frozenset({AlertKind.MOTION}))
    await store.preferences.for_chat(OWNER).choose_alerts(wanted)
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert (await notice(store)).alerts == wanted


async def test_a_chat_without_rights_is_told_nothing(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.chats.authorize([FAMILY])
    await store.device_alerts.begin_issue(BATTERY, [OWNER])
    assert await store.device_alerts.next_due(LATER) is None


async def test_a_supergroup_hears_of_the_end_in_a_message_of_its_own(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [FAMILY])
    await store.device_alerts.mark_sent(await notice(store), 10)
    await store.chats.migrate(FAMILY, -77)
    await store.device_alerts.end_issue(OFFLINE)
    over = await notice(store)
    assert (over.chat_id, over.message_id) == (-77, None)


async def test_a_group_that_moved_meanwhile_is_meant_by_its_old_id_too(store: Store) -> None:
    await store.chats.migrate(FAMILY, -77)
    await store.device_alerts.begin_issue(OFFLINE, [FAMILY])
    assert (await notice(store)).chat_id == -77


async def test_new_notices_wake_whoever_tells_them(store: Store) -> None:
    assert await store.device_alerts.next_due(NOON) is None
    waiting = asyncio.create_task(store.device_alerts.wait_for_work())
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await asyncio.wait_for(waiting, 5)


async def test_a_trouble_that_goes_on_wakes_nobody(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.mark_sent(await notice(store), 10)
    assert await store.device_alerts.next_due(NOON) is None
    waiting = asyncio.create_task(store.device_alerts.wait_for_work())
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await asyncio.sleep(0)
    assert not waiting.done()
    waiting.cancel()


async def test_notices_of_long_ago_are_forgotten(store: Store, clock: FakeClock) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.begin_issue(BATTERY, [OWNER])
    await store.device_alerts.end_issue(OFFLINE)
    assert await store.prune(NOON) == 0
    assert await store.prune(LATER) == 1
    assert (await notice(store)).issue == BATTERY


async def test_after_the_clock_was_set_back_a_next_try_is_as_far_off_as_any(store: Store) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    await store.device_alerts.postpone(await notice(store), NOON + timedelta(days=300))
    assert await store.device_alerts.next_due(NOON) is None
    assert await store.device_alerts.next_due_at() == NOON + LONGEST_DELAY
