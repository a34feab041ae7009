"""Every sentence that comes by itself, said in the pseudo-language; nothing else is said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from blinkbot.bot import Courier, DeviceAlertCourier
from blinkbot.bot.client.forum_topics import ForumTopics
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.text.delivery import shrinking, why
from blinkbot.bot.text.locale import Locale
from blinkbot.domain import Cause, Chat, NoVideo, Origin, Seen
from blinkbot.domain.deliveries import DeviceIssue, DeviceIssueKind, Queue
from blinkbot.domain.failures import FailureCode, FailureReason
from blinkbot.simulator.botapi import Group, Phone, TelegramServer
from blinkbot.translations import speaking
from tests.bot.conftest import OWNER
from tests.bot.delivery.device_alert_box import DeviceAlertBox
from tests.bot.delivery.post import FakeDoorbell, Post, alert, old
from tests.bot.house import HOME, PORCH, home
from tests.bot.pseudo_talk import NAMES
from tests.clock import FakeClock
from tests.pseudo import PSEUDO, PseudoTranslations, Reader, pseudo_language, shown

DELIVERED = ("bot/text/delivery.py", "bot/text/captions.py")
UNSAID = {
    *("🎞 <b>{n} earlier clip</b>", "{n} clip"),  # One clip is neither an album nor a burst
    "Camera {number}",  # The name of a topic: see the scene of /topics
}


@pytest.fixture(autouse=True)
def language() -> Iterator[PseudoTranslations]:
    with pseudo_language() as language:
        yield language


def assert_in_pseudo(*views: Phone | Group) -> None:
    reader = Reader(NAMES)
    found = {text: words for view in views for text in shown(view) if (words := reader.escaped(text))}
    assert not found, found


async def test_devices_that_fail(
    language: PseudoTranslations, bot: PollingBot, topics: ForumTopics, clock: FakeClock, phone: Phone
) -> None:
    box = DeviceAlertBox(clock)
    box.known = [Chat(OWNER, language=PSEUDO)]
    async with bot:
        courier = DeviceAlertCourier(bot, box, box, topics, clock, lambda: Locale(home(), clock(), "Europe/Berlin"))
        for kind in DeviceIssueKind:
            issue = DeviceIssue(kind, PORCH.id, "Front Porch", HOME.id)
            await box.begin_issue(issue, [OWNER])
            await courier.tell_next()
            clock.forward(86400)
            await box.end_issue(issue)
            await courier.tell_next()
    assert_in_pseudo(phone)
    assert not language.unsaid("bot/text/device_alerts.py")


async def test_clips_and_why_they_do_not_come(
    language: PseudoTranslations,
    courier: Courier,
    post: Post,
    phone: Phone,
    server: TelegramServer,
    doorbell: FakeDoorbell,
    clock: FakeClock,
) -> None:
    doorbell.ready.set()
    await post.store.chats.set_language(OWNER, PSEUDO)
    for number, cause in enumerate((*Cause, "", "nowhere"), start=1):
        origin = Origin.USB if number % 2 else Origin.CLOUD
        await post.put(replace(alert(number, cause=cause), recorded_at=clock(), origin=origin), chats=[OWNER])
        await courier.deliver_next(Queue.ALERTS)
        clock.forward(600)
        server.fail("editMessageMedia", times=2, status=400, description="Bad Request: VIDEO_FILE_INVALID")
        await courier.deliver_next(Queue.VIDEOS)
    for seen in (tuple(Seen), ("nowhere",)):
        await post.put(replace(alert(9 + len(seen)), recorded_at=clock(), seen=seen), chats=[OWNER])
        await courier.deliver_next(Queue.ALERTS)
        clock.forward(600)
    for no_video in NoVideo:
        event = replace(alert(30 + len(no_video)), recorded_at=clock(), video="", no_video=no_video)
        await post.put(event, chats=[OWNER])
        await courier.deliver_next(Queue.ALERTS)
        clock.forward(600)
    for number in (11, 12):
        await post.put(replace(alert(number), recorded_at=clock() - timedelta(minutes=8)), chats=[OWNER])
        await courier.deliver_next(Queue.ALERTS)
    await post.put(*(replace(old(number), origin=Origin.USB) for number in range(20, 23)), chats=[OWNER])
    while not await courier.deliver_next(Queue.BACKLOG):
        clock.forward(60)
    assert_in_pseudo(phone)
    with speaking(PSEUDO):
        values = {"size": 61_200_000, "limit": 50_000_000, "error": "Busy", "message": "Front"}
        texts = [shrinking(0.4), *(why(FailureReason(code, values)) for code in FailureCode)]
    assert not [text for text in texts if Reader(("MB", "Front")).escaped(text)]
    assert language.unsaid(*DELIVERED) == UNSAID
