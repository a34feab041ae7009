"""An issue that begins while its chat has muted it: told when the mute is over, if it is still there."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.delivery.device_alerts import DeviceAlertCourier
from blinkbot.bot.text.locale import Locale
from blinkbot.domain.deliveries import DeviceIssue, DeviceIssueKind
from blinkbot.domain.preferences import EVERYTHING, AlertKind, ChatAlerts, Scope, Target
from blinkbot.simulator.botapi import Phone
from blinkbot.store import Store
from tests.bot.conftest import OWNER
from tests.bot.house import BELL, HOME, KITCHEN, PORCH, home
from tests.clock import FakeClock

HOUR = timedelta(hours=1)
PORCH_ONLY, KITCHEN_ONLY = Target(Scope.CAMERA, PORCH.id), Target(Scope.CAMERA, KITCHEN.id)
OFFLINE = DeviceIssue(DeviceIssueKind.CAMERA_OFFLINE, PORCH.id, "Porch", HOME.id)
LOW = DeviceIssue(DeviceIssueKind.BATTERY_LOW, PORCH.id, "Porch", HOME.id)
MODULE = DeviceIssue(DeviceIssueKind.MODULE_OFFLINE, 61, "My Blink Sync Module", HOME.id)


@pytest.fixture
async def store(tmp_path: Path, clock: FakeClock) -> AsyncIterator[Store]:
    store = await Store.open(tmp_path / "data", clock)
    await store.chats.authorize([OWNER])
    yield store
    await store.close()


@pytest.fixture
async def courier(
    bot: PollingBot, store: Store, topics: ForumTopics, clock: FakeClock, phone: Phone
) -> AsyncIterator[DeviceAlertCourier]:
    async with bot:

        def locale() -> Locale:
            return Locale(home(), clock(), "Europe/Berlin")

        yield DeviceAlertCourier(bot, store.device_alerts, store.chats, topics, clock, locale)


async def mute(store: Store, target: Target, length: timedelta = HOUR) -> None:
    await store.preferences.for_chat(OWNER).mute(target, store._clock() + length)


async def told(courier: DeviceAlertCourier, phone: Phone) -> list[str]:
    """What the chat has been told when nothing is due any more."""
    while await courier.tell_next():
        pass
    return [message.content for message in phone.from_bot]


@pytest.mark.parametrize("trouble", [OFFLINE, LOW])
async def test_what_is_still_there_when_the_mute_is_over_is_told_then(
    courier: DeviceAlertCourier, store: Store, phone: Phone, clock: FakeClock, trouble: DeviceIssue
) -> None:
    await mute(store, EVERYTHING)
    clock.forward(60)
    await store.device_alerts.begin_issue(trouble, [OWNER])
    assert await told(courier, phone) == []
    clock.forward(3539)
    assert await told(courier, phone) == []
    clock.forward(1)
    assert len(await told(courier, phone)) == 1
    await store.device_alerts.end_issue(trouble)
    (said,) = await told(courier, phone)
    assert said.startswith(("✅", "🔋"))


async def test_what_is_over_before_the_mute_is_stays_untold(
    courier: DeviceAlertCourier, store: Store, phone: Phone, clock: FakeClock
) -> None:
    await mute(store, PORCH_ONLY)
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert await told(courier, phone) == []
    clock.forward(600)
    await store.device_alerts.end_issue(OFFLINE)
    clock.forward(3600)
    assert await told(courier, phone) == []


async def test_the_last_mute_that_covers_it_counts(
    courier: DeviceAlertCourier, store: Store, phone: Phone, clock: FakeClock
) -> None:
    await mute(store, PORCH_ONLY)
    await mute(store, EVERYTHING, 3 * HOUR)
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert await told(courier, phone) == []
    assert await store.device_alerts.next_due_at() == clock() + 3 * HOUR


async def test_a_mute_that_goes_on_holds_it_on_and_one_cut_short_lets_it_go(
    courier: DeviceAlertCourier, store: Store, phone: Phone, clock: FakeClock
) -> None:
    await mute(store, PORCH_ONLY)
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    for length in (3 * HOUR, HOUR / 2):
        await mute(store, PORCH_ONLY, length)
        assert await told(courier, phone) == []
        assert await store.device_alerts.next_due_at() == clock() + length
    clock.forward(1800)
    assert await told(courier, phone) == ["📵 Porch has been offline since 12:00."]


async def test_unmute_brings_it_at_once(
    courier: DeviceAlertCourier, store: Store, phone: Phone, clock: FakeClock
) -> None:
    await mute(store, PORCH_ONLY)
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert await told(courier, phone) == []
    running = asyncio.create_task(courier.run())
    await store.preferences.for_chat(OWNER).unmute(None)
    await phone.wait_for("Porch has been offline")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_a_kind_that_is_switched_off_meanwhile_is_not_told(
    courier: DeviceAlertCourier, store: Store, phone: Phone, clock: FakeClock
) -> None:
    await mute(store, PORCH_ONLY)
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert await told(courier, phone) == []
    await store.preferences.for_chat(OWNER).choose_alerts(ChatAlerts(kinds=frozenset({AlertKind.MOTION})))
    assert await told(courier, phone) == []
    assert await store.device_alerts.next_due_at() is None


async def test_what_a_chat_does_not_want_waits_for_no_mute(
    courier: DeviceAlertCourier, store: Store, phone: Phone
) -> None:
    await store.preferences.for_chat(OWNER).choose_alerts(ChatAlerts(hidden_cameras=frozenset({PORCH.id})))
    await mute(store, PORCH_ONLY)
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert await told(courier, phone) == []
    assert await store.device_alerts.next_due_at() is None


async def test_who_was_told_hears_of_the_end_in_spite_of_a_mute(
    courier: DeviceAlertCourier, store: Store, phone: Phone
) -> None:
    await store.device_alerts.begin_issue(OFFLINE, [OWNER])
    assert len(await told(courier, phone)) == 1
    await mute(store, EVERYTHING)
    await store.device_alerts.end_issue(OFFLINE)
    (said,) = await told(courier, phone)
    assert said.startswith("✅")


# -- a sync module


@pytest.mark.parametrize(
    ("hidden", "tells"), [({PORCH.id, KITCHEN.id}, False), ({PORCH.id, BELL.id}, True), ({BELL.id}, True)]
)
async def test_a_module_concerns_who_sees_a_camera_of_its_network(
    courier: DeviceAlertCourier, store: Store, phone: Phone, hidden: set[int], tells: bool
) -> None:
    await store.preferences.for_chat(OWNER).choose_alerts(ChatAlerts(hidden_cameras=frozenset(hidden)))
    await store.device_alerts.begin_issue(MODULE, [OWNER])
    assert len(await told(courier, phone)) == int(tells)
    assert await store.device_alerts.next_due_at() is None


async def test_a_module_of_whose_cameras_each_is_muted_is_told_with_the_first_that_is_heard_again(
    courier: DeviceAlertCourier, store: Store, phone: Phone, clock: FakeClock
) -> None:
    await mute(store, PORCH_ONLY, 3 * HOUR)
    await mute(store, KITCHEN_ONLY, 2 * HOUR)
    await store.device_alerts.begin_issue(MODULE, [OWNER])
    assert await told(courier, phone) == []
    assert await store.device_alerts.next_due_at() == clock() + 2 * HOUR
    clock.forward(7200)
    assert len(await told(courier, phone)) == 1


async def test_a_module_is_told_where_one_camera_is_muted_and_another_not(
    courier: DeviceAlertCourier, store: Store, phone: Phone
) -> None:
    await mute(store, PORCH_ONLY)
    await store.device_alerts.begin_issue(MODULE, [OWNER])
    assert len(await told(courier, phone)) == 1


async def test_of_a_modules_cameras_only_those_count_that_the_chat_sees(
    courier: DeviceAlertCourier, store: Store, phone: Phone
) -> None:
    await store.preferences.for_chat(OWNER).choose_alerts(ChatAlerts(hidden_cameras=frozenset({KITCHEN.id})))
    await mute(store, PORCH_ONLY)
    await store.device_alerts.begin_issue(MODULE, [OWNER])
    assert await told(courier, phone) == []
    await store.preferences.for_chat(OWNER).unmute(PORCH_ONLY)
    assert len(await told(courier, phone)) == 1


async def test_a_module_without_cameras_is_told(
    bot: PollingBot, store: Store, topics: ForumTopics, phone: Phone
) -> None:
    async with bot:
        courier = DeviceAlertCourier(
            bot,
            store.device_alerts,
            store.chats,
            topics,
            store._clock,
            lambda: Locale(home(cameras=[BELL]), store._clock()),
        )
        await store.device_alerts.begin_issue(MODULE, [OWNER])
        assert len(await told(courier, phone)) == 1
