"""What goes offline and runs low, as the chats are told of it. It is noon in Chicago."""

import asyncio
from collections.abc import AsyncIterator
from datetime import time, timedelta

import pytest

from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.delivery.device_alerts import DeviceAlertCourier
from blinkbot.bot.text.locale import Locale
from blinkbot.domain.deliveries import DeviceIssue, DeviceIssueKind
from blinkbot.domain.preferences import EVERYTHING, AlertKind, ChatAlerts, Mute, QuietHours, Scope, Target
from blinkbot.errors import DataFolderError
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.device_alert_box import DeviceAlertBox
from tests.bot.house import HOME, PORCH, home
from tests.clock import FakeClock

OFFLINE = DeviceIssue(DeviceIssueKind.CAMERA_OFFLINE, PORCH.id, "<Porch>", HOME.id)
LOW = DeviceIssue(DeviceIssueKind.BATTERY_LOW, PORCH.id, "<Porch>", HOME.id)
MODULE = DeviceIssue(DeviceIssueKind.MODULE_OFFLINE, 61, "My Blink Sync Module", HOME.id)


@pytest.fixture
def box(clock: FakeClock) -> DeviceAlertBox:
    return DeviceAlertBox(clock)


@pytest.fixture
async def courier(
    bot: PollingBot, box: DeviceAlertBox, topics: ForumTopics, clock: FakeClock, phone: Phone
) -> AsyncIterator[DeviceAlertCourier]:
    async with bot:
        yield DeviceAlertCourier(bot, box, box, topics, clock, lambda: Locale(home(), clock(), "Europe/Berlin"))


async def test_a_camera_that_goes_offline_is_told(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone
) -> None:
    await box.begin_issue(OFFLINE, [OWNER])
    assert await courier.tell_next()
    assert phone.last.content == "📵 <Porch> has been offline since 12:00."
    assert not phone.last.silent
    assert not await courier.tell_next()


async def test_when_it_is_back_the_same_message_says_so(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone, clock: FakeClock
) -> None:
    await box.begin_issue(OFFLINE, [OWNER])
    await courier.tell_next()
    clock.forward(720)
    await box.end_issue(OFFLINE)
    await courier.tell_next()
    assert phone.last.content == "✅ <Porch> is back online. It was offline for 12 min."
    assert len(phone.from_bot) == 1


async def test_what_is_told_late_names_the_day(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone, clock: FakeClock
) -> None:
    await box.begin_issue(OFFLINE, [OWNER])
    clock.forward(86_400)
    await courier.tell_next()
    assert phone.last.content == "📵 <Porch> has been offline since Sun 22 Nov, 12:00."


async def test_a_sync_module_is_told_with_its_network_and_what_it_means(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone
) -> None:
    await box.begin_issue(MODULE, [OWNER])
    await courier.tell_next()
    assert phone.last.content == (
        "📵 My Blink Sync Module (Home) has been offline since 12:00. Its cameras can't record."
    )


async def test_a_low_battery_is_told_and_so_is_a_new_one(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone
) -> None:
    await box.begin_issue(LOW, [OWNER])
    await courier.tell_next()
    assert phone.last.content == "🪫 Low battery: <Porch>. Change it soon."
    await box.end_issue(LOW)
    await courier.tell_next()
    assert phone.last.content == "🔋 Battery OK again: <Porch>."


@pytest.mark.parametrize(
    "alerts",
    [
        ChatAlerts(kinds=frozenset(AlertKind) - {AlertKind.OFFLINE}),
        ChatAlerts(hidden_cameras=frozenset({PORCH.id})),
    ],
)
async def test_a_chat_that_does_not_want_it_is_not_told(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone, alerts: ChatAlerts
) -> None:
    box.alerts = alerts
    await box.begin_issue(OFFLINE, [OWNER])
    assert await courier.tell_next()
    assert phone.from_bot == []
    assert box.waiting == {}


@pytest.mark.parametrize("target", [EVERYTHING, Target(Scope.CAMERA, PORCH.id), Target(Scope.NETWORK, HOME.id)])
async def test_what_is_muted_is_not_told(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone, clock: FakeClock, target: Target
) -> None:
    box.mutes = (Mute(target, clock(), clock() + timedelta(hours=1)),)
    await box.begin_issue(OFFLINE, [OWNER])
    await courier.tell_next()
    assert phone.from_bot == []
    assert box.waits() == timedelta(hours=1)


async def test_in_quiet_hours_it_comes_without_a_sound(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone
) -> None:
    box.alerts = ChatAlerts(quiet=QuietHours(time(11), time(13)))
    await box.begin_issue(OFFLINE, [OWNER])
    await courier.tell_next()
    assert phone.last.silent


async def test_with_topics_it_goes_to_the_cameras(
    courier: DeviceAlertCourier, box: DeviceAlertBox, server: TelegramServer, phone: Phone
) -> None:
    group = server.group(FAMILY, "Family", [phone], bot_is_admin=True, forum=True)
    box.alerts = ChatAlerts(topics=True)
    await box.begin_issue(OFFLINE, [FAMILY])
    await courier.tell_next()
    assert [message.content for message in group.in_topic("<Porch>") if message.service is None] == [
        "📵 <Porch> has been offline since 12:00."
    ]


async def test_a_deleted_topic_is_made_again(
    courier: DeviceAlertCourier, box: DeviceAlertBox, topics: ForumTopics, server: TelegramServer, phone: Phone
) -> None:
    group = server.group(FAMILY, "Family", [phone], bot_is_admin=True, forum=True)
    box.alerts = ChatAlerts(topics=True)
    await topics.thread_for(FAMILY, PORCH.id, "<Porch>")
    group.delete_topic("<Porch>")
    await box.begin_issue(OFFLINE, [FAMILY])
    await courier.tell_next()
    assert group.last.content == "📵 <Porch> has been offline since 12:00."
    assert group.last.thread_id in group.topics


async def test_what_belongs_into_a_closed_topic_goes_to_the_group_itself(
    courier: DeviceAlertCourier, box: DeviceAlertBox, topics: ForumTopics, server: TelegramServer, phone: Phone
) -> None:
    group = server.group(FAMILY, "Family", [phone], bot_is_admin=True, forum=True)
    box.alerts = ChatAlerts(topics=True)
    await topics.thread_for(FAMILY, PORCH.id, "<Porch>")
    group.close_topic("<Porch>")
    group.add_bot(as_admin=False)
    await box.begin_issue(OFFLINE, [FAMILY])
    await courier.tell_next()
    assert group.last.content == "📵 <Porch> has been offline since 12:00."
    assert group.last.thread_id is None
    assert box.dropped == []


# -- trouble with Telegram


async def test_flood_control_is_waited_out(
    courier: DeviceAlertCourier, box: DeviceAlertBox, server: TelegramServer, phone: Phone, clock: FakeClock
) -> None:
    server.fail("sendMessage", retry_after=30)
    await box.begin_issue(OFFLINE, [OWNER])
    await courier.tell_next()
    assert box.waits() == timedelta(seconds=30)
    assert box.holds == [(OWNER, clock() + timedelta(seconds=30))]
    clock.forward(30)
    await courier.tell_next()
    assert "offline" in phone.last.content


async def test_an_outage_is_waited_out_however_long(
    courier: DeviceAlertCourier, box: DeviceAlertBox, server: TelegramServer, phone: Phone, clock: FakeClock
) -> None:
    server.fail("sendMessage", times=8, status=502)
    await box.begin_issue(OFFLINE, [OWNER])
    for _ in range(8):
        await courier.tell_next()
        assert phone.from_bot == []
        clock.forward(box.waits().total_seconds())
    await courier.tell_next()
    assert "offline" in phone.last.content


async def test_a_sending_whose_answer_was_lost_is_repeated_once(
    courier: DeviceAlertCourier, box: DeviceAlertBox, server: TelegramServer, phone: Phone, clock: FakeClock
) -> None:
    server.cut("sendMessage", times=5, after_accepting=True)
    await box.begin_issue(OFFLINE, [OWNER])
    await courier.tell_next()
    clock.forward(600)
    await courier.tell_next()
    clock.forward(600)
    assert not await courier.tell_next()
    assert len(phone.from_bot) == 2


async def test_who_has_blocked_the_bot_is_told_nothing_more(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone
) -> None:
    phone.block_bot()
    await box.begin_issue(OFFLINE, [OWNER])
    await courier.tell_next()
    assert box.dropped == [1]


async def test_a_group_that_became_a_supergroup_is_told_there(
    courier: DeviceAlertCourier, box: DeviceAlertBox, server: TelegramServer, phone: Phone
) -> None:
    there = server.group(FAMILY, "Family", [phone]).migrate_to_supergroup()
    await box.begin_issue(OFFLINE, [FAMILY])
    await courier.tell_next()
    await courier.tell_next()
    assert box.moves == [(FAMILY, there.chat_id)]
    assert "offline" in there.last.content


async def test_a_message_that_somebody_deleted_is_left_alone(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone
) -> None:
    await box.begin_issue(OFFLINE, [OWNER])
    await courier.tell_next()
    phone.delete(phone.last)
    await box.end_issue(OFFLINE)
    await courier.tell_next()
    assert phone.from_bot == []
    assert box.waiting == {}


async def test_an_edit_that_lost_against_a_later_one_is_made_again(
    courier: DeviceAlertCourier, box: DeviceAlertBox, server: TelegramServer, phone: Phone, clock: FakeClock
) -> None:
    await box.begin_issue(OFFLINE, [OWNER])
    await courier.tell_next()
    await box.end_issue(OFFLINE)
    server.fail("editMessageText", status=400, description="Bad Request: canceled by new editMessageMedia request")
    await courier.tell_next()
    clock.forward(box.waits().total_seconds())
    await courier.tell_next()
    assert "back online" in phone.last.content


@pytest.mark.parametrize("end", ["mark_sent", "postpone", "give_up"])
async def test_it_is_sent_once_also_while_the_disk_takes_nothing(
    bot: PollingBot,
    box: DeviceAlertBox,
    topics: ForumTopics,
    server: TelegramServer,
    phone: Phone,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    end: str,
) -> None:
    """What became of it is written down once the disk takes it again; nothing is sent meanwhile."""
    write, failures = getattr(box, end), 0

    async def full(*arguments: object) -> None:
        nonlocal failures
        failures += 1
        if failures <= 3:
            raise DataFolderError("the disk is full")
        await write(*arguments)

    async def no_sleep(_: float) -> None:
        assert len(phone.from_bot) == (end == "mark_sent")

    monkeypatch.setattr(box, end, full)
    if end == "postpone":
        server.fail("sendMessage", retry_after=30)
    elif end == "give_up":
        phone.block_bot()
    locale = Locale(home(), clock(), "Europe/Berlin")
    async with bot:
        courier = DeviceAlertCourier(bot, box, box, topics, clock, lambda: locale, sleep=no_sleep)
        await box.begin_issue(OFFLINE, [OWNER])
        await courier.tell_next()
    assert failures == 4
    assert len(server.calls_of("sendMessage")) == 1
    assert bool(box.waiting) == (end == "postpone")


async def test_it_tells_by_itself_as_soon_as_there_is_something(
    courier: DeviceAlertCourier, box: DeviceAlertBox, phone: Phone
) -> None:
    running = asyncio.create_task(courier.run())
    await box.begin_issue(OFFLINE, [OWNER])
    told = await phone.wait_for("offline since")
    await box.end_issue(OFFLINE)
    await phone.wait_for_edit(told, "back online")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
