"""Clips that Blink does not give out, and what the chat is told then."""

import errno

import pytest

from blinkbot.bot import Courier
from blinkbot.bot.verdicts import LEAST_TRIES
from blinkbot.errors import BlinkResponseError, BlinkUnreachable, NotFound, NotSignedIn
from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.bot.conftest import OWNER
from tests.bot.house import clip, jpeg
from tests.bot.post import PostOffice, Shelf
from tests.clock import FakeClock


async def test_a_clip_that_blink_has_not_yet_is_waited_for(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, clock: FakeClock
) -> None:
    shelf.trouble = NotFound("video", 404)
    office.put(clip(), OWNER)
    await courier.deliver_next()
    assert office.states() == ["waiting"]
    shelf.trouble = None
    clock.forward(3)
    await courier.deliver_next()
    assert office.states() == ["sent"]


async def test_a_clip_that_stays_missing_is_told_with_its_thumbnail(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, clock: FakeClock
) -> None:
    shelf.trouble = NotFound("video", 404)
    office.put(clip(), OWNER)
    while await courier.deliver_next():
        clock.forward(300)
    assert office.states() == ["given up"]
    assert "No video: Blink has deleted the clip" in phone.last.content
    assert phone.last.media is not None
    assert phone.last.media.data == jpeg()


async def test_the_reason_comes_as_a_text_where_there_is_no_thumbnail(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, clock: FakeClock
) -> None:
    shelf.trouble, shelf.picture = BlinkResponseError("video", "20 bytes"), None
    office.put(clip(), OWNER)
    while await courier.deliver_next():
        clock.forward(1800)
    assert phone.last.media is None
    assert "what Blink gives out for it is not a video" in phone.last.content


async def test_without_a_session_clips_wait_until_somebody_signs_in(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, clock: FakeClock
) -> None:
    shelf.trouble = NotSignedIn("no")
    office.put(clip(), OWNER)
    for _ in range(100):
        await courier.deliver_next()
        clock.forward(7200)
    shelf.trouble = None
    await courier.deliver_next()
    assert office.states() == ["sent"]


async def test_blinks_outage_is_told_after_two_days(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, clock: FakeClock
) -> None:
    shelf.trouble = BlinkUnreachable("no")
    office.put(clip(), OWNER)
    tries = 0
    while await courier.deliver_next():
        clock.forward(1800)
        tries += 1
    assert 90 < tries < 100
    assert "it could not be had for two days" in phone.last.content


async def test_after_days_without_power_one_hiccup_costs_no_clip(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, clock: FakeClock
) -> None:
    office.put(clip(), OWNER)
    clock.forward(3 * 86_400)
    shelf.trouble = BlinkUnreachable("no")
    await courier.deliver_next()
    shelf.trouble = None
    clock.forward(3)
    await courier.deliver_next()
    assert office.states() == ["sent"]


async def test_a_full_disk_is_waited_out_however_long_it_stays_full(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.trouble = OSError(errno.ENOSPC, "No space left on device")
    office.put(clip(), OWNER)
    for _ in range(50):
        assert await courier.deliver_next()
        clock.forward(600)
    assert {record.exc_info for record in caplog.records} == {None}
    shelf.trouble = None
    await courier.deliver_next()
    assert office.states() == ["sent"]


async def test_telling_waits_too_when_telegram_says_so(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, server: TelegramServer, clock: FakeClock
) -> None:
    shelf.trouble = NotFound("video", 404)
    office.put(clip(), OWNER)
    for _ in range(LEAST_TRIES - 1):
        await courier.deliver_next()
        clock.forward(601)
    server.fail("sendPhoto", retry_after=10)
    await courier.deliver_next()
    assert office.states() == ["waiting"]
    clock.forward(10)
    await courier.deliver_next()
    assert office.states() == ["given up"]
    assert len(phone.from_bot) == 1


async def test_a_bug_is_logged_and_tried_a_few_times(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.video = None  # type: ignore[assignment]
    office.put(clip(), OWNER)
    tries = 0
    while await courier.deliver_next():
        clock.forward(1800)
        tries += 1
    assert tries == 4
    assert "TypeError" in caplog.text
    assert "Something went wrong inside the bot." in phone.last.content
