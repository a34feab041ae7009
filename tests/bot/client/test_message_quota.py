"""What goes out never is more than Telegram takes, and leaves room for alerts and answers."""

import pytest
from telegram import InputMediaPhoto

from blinkbot.bot.client.bot import TelegramAccess, build_bot
from blinkbot.bot.client.message_quota import ALBUM_SIZE, GROUP, PRIVATE, MessageQuota
from blinkbot.domain.deliveries import Queue
from blinkbot.simulator.botapi import FloodLimits, Phone, TelegramServer
from blinkbot.simulator.botapi.flood import FloodControl
from tests.bot.house import jpeg
from tests.clock import FakeClock

ADA, FAMILY = 1001, -2002


@pytest.fixture
def quota(clock: FakeClock) -> MessageQuota:
    return MessageQuota(clock)


@pytest.mark.parametrize("chats", [[ADA], [FAMILY], list(range(1, 9)), [*range(1, 5), *range(-5, -1)]])
def test_a_backlog_of_hundreds_with_alerts_and_answers_between_is_never_refused(
    quota: MessageQuota, clock: FakeClock, chats: list[int]
) -> None:
    telegram = FloodControl(FloodLimits(), clock)
    left = dict.fromkeys(chats, 500)
    seconds = 0
    while any(left.values()):
        for chat_id in chats:
            if left[chat_id] and not quota.is_used_up(Queue.BACKLOG) and chat_id not in quota.limited(Queue.BACKLOG):
                quota.count(chat_id, ALBUM_SIZE, backlog=True)
                telegram.admit_messages(chat_id, ALBUM_SIZE)
                left[chat_id] -= ALBUM_SIZE
            if seconds % 15 == 0 and chat_id not in quota.limited(Queue.ALERTS):
                quota.count(chat_id)
                telegram.admit_messages(chat_id)
        if seconds % 30 == 0:
            telegram.admit_messages(ADA)  # an answer to a command, which nobody counted
        seconds += 1
        clock.forward(1)
    assert seconds < 500 / ALBUM_SIZE * 60 * 1.5


def test_a_new_alert_has_room_after_an_album(quota: MessageQuota) -> None:
    for chat_id in (ADA, FAMILY):
        quota.count(chat_id, ALBUM_SIZE, backlog=True)
    assert quota.limited(Queue.BACKLOG) == {ADA, FAMILY}
    assert quota.limited(Queue.ALERTS) == set()


def test_a_chat_that_had_its_share_rests_alone(quota: MessageQuota, clock: FakeClock) -> None:
    for _ in range(GROUP.most):
        quota.count(FAMILY)
        clock.forward(0.1)
    quota.count(ADA)
    assert quota.limited(Queue.ALERTS) == {FAMILY}
    free_at = quota.free_at(Queue.ALERTS)
    assert free_at is not None
    clock.now = free_at
    assert quota.limited(Queue.ALERTS) == set()
    assert quota.free_at(Queue.ALERTS) is None


def test_a_few_alerts_do_not_hold_up_the_backlog(quota: MessageQuota) -> None:
    for _ in range(PRIVATE.most - ALBUM_SIZE):
        quota.count(ADA)
    assert quota.limited(Queue.BACKLOG) == set()
    quota.count(ADA)
    assert quota.limited(Queue.BACKLOG) == {ADA}


def test_alerts_leave_room_for_the_answers_that_were_given(quota: MessageQuota) -> None:
    for _ in range(GROUP.most - 1):
        quota.count(FAMILY)
    assert quota.limited(Queue.ALERTS) == set()
    quota.count(FAMILY)
    assert quota.limited(Queue.ALERTS) == {FAMILY}


@pytest.mark.parametrize("chat_id", [ADA, FAMILY])
def test_a_clock_that_is_set_back_makes_nobody_rest_for_longer(
    quota: MessageQuota, clock: FakeClock, chat_id: int
) -> None:
    for _ in range(GROUP.most):
        quota.count(chat_id)
    clock.forward(-3600)
    clock.forward(GROUP.within.total_seconds())
    assert quota.free_at(Queue.ALERTS) is None
    assert quota.limited(Queue.ALERTS) == set()
    assert quota.room_for_reply_at(chat_id) is None


@pytest.mark.parametrize("step", [1, 7, 19, 59])
def test_nor_does_one_that_is_set_back_a_little(quota: MessageQuota, clock: FakeClock, step: int) -> None:
    for _ in range(GROUP.most):
        quota.count(FAMILY)
        clock.forward(1)
    clock.forward(-step)
    clock.forward(2 * GROUP.within.total_seconds())
    assert quota.limited(Queue.ALERTS) == set()


async def test_what_the_bot_sends_is_counted(clock: FakeClock, server: TelegramServer, phone: Phone) -> None:
    quota = MessageQuota(clock)
    async with build_bot(TelegramAccess(server.token, server.url), quota=quota) as bot:
        for number in range(PRIVATE.most - 2):
            message = await bot.send_message(ADA, str(number))
        await bot.edit_message_text("an edit is not", ADA, message.message_id)
        assert quota.limited(Queue.ALERTS) == set()
        photos = [InputMediaPhoto(jpeg()), InputMediaPhoto(jpeg())]
        await bot.send_media_group(ADA, photos)
    assert quota.limited(Queue.ALERTS) == {ADA}


def test_over_all_chats_there_is_a_limit_too(quota: MessageQuota, clock: FakeClock) -> None:
    for chat_id in range(1, 25):
        quota.count(chat_id)
    assert quota.is_used_up(Queue.ALERTS)
    clock.forward(1)
    assert not quota.is_used_up(Queue.ALERTS)
