"""Clips on their way into the chats, with everything that goes wrong there."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from blinkbot.bot import Courier
from blinkbot.bot.delivery import GROUP_BUDGET
from blinkbot.bot.polling import PollingBot
from blinkbot.simulator.botapi import FloodLimits, MediaKind, Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.house import FRAME, HOME, MP4, Videos, clip, home, jpeg
from tests.bot.post import PostOffice, Shelf
from tests.clock import FakeClock


@pytest.fixture
async def server(clock: FakeClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock=clock, limits=FloodLimits.none()) as running:
        yield running


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_a_clip_arrives_as_a_video_byte_for_byte(courier: Courier, office: PostOffice, phone: Phone) -> None:
    office.put(clip(), OWNER)
    assert await courier.deliver_next()
    video = phone.last.media
    assert video is not None
    assert (video.kind, video.data) == (MediaKind.VIDEO, MP4)
    assert (video.duration, video.width, video.height, video.supports_streaming) == (12, 320, 180, True)
    assert video.thumbnail is not None
    assert video.thumbnail.data == jpeg()
    assert phone.last.content == "🏃 Front Porch — motion\nHome · Sun 22 Nov, 11:50"
    assert office.states() == ["sent"]


async def test_names_are_escaped(courier: Courier, office: PostOffice, phone: Phone) -> None:
    office.put(replace(clip(), camera_name="<Tom & 'Jo'> 🎥", network_name='"H&M"', cause="new <kind>"), OWNER)
    await courier.deliver_next()
    assert phone.last.content == "🎞 <Tom & 'Jo'> 🎥 — new <kind>\n\"H&M\" · Sun 22 Nov, 11:50"


async def test_it_is_uploaded_once_for_all_chats(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf, server: TelegramServer, tmp_path: Path
) -> None:
    group = server.group(FAMILY, "Family", [phone])
    office.put(clip(), OWNER, FAMILY)
    await courier.deliver_next()
    await courier.deliver_next()
    assert office.states() == ["sent", "sent"]
    assert group.last.media is not None
    assert group.last.media.data == MP4
    assert shelf.downloads == 1
    assert names_in(tmp_path) == []


async def test_a_file_id_that_telegram_forgot_is_uploaded_again(
    courier: Courier, office: PostOffice, phone: Phone
) -> None:
    clips = clip()
    office.files[clips.key] = "forgotten"
    office.put(clips, OWNER)
    await courier.deliver_next()
    assert phone.last.media is not None
    assert office.files[clips.key] == phone.last.media.file_id


async def test_without_a_thumbnail_the_first_frame_stands_for_it(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf
) -> None:
    shelf.picture = None
    office.put(clip(), OWNER)
    await courier.deliver_next()
    assert phone.last.media is not None
    assert phone.last.media.thumbnail is not None
    assert phone.last.media.thumbnail.data == FRAME


async def test_a_flooded_chat_waits_while_the_others_go_on(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    other = server.phone(1002)
    server.fail("sendVideo", retry_after=30)
    office.put(clip(), OWNER, 1002)
    await courier.deliver_next()
    await courier.deliver_next()
    assert office.states() == ["waiting", "sent"]
    assert office.held == {OWNER: clock.now + timedelta(seconds=30)}
    assert phone.from_bot == []
    assert len(other.from_bot) == 1
    assert not await courier.deliver_next()
    clock.forward(30)
    assert await courier.deliver_next()
    assert len(phone.from_bot) == 1


async def test_a_chat_that_blocked_the_bot_is_given_up(courier: Courier, office: PostOffice, phone: Phone) -> None:
    phone.block_bot()
    office.put(clip(), OWNER)
    await courier.deliver_next()
    assert office.states() == ["given up"]
    assert "Forbidden" in office.entries[0].reason


async def test_a_chat_that_does_not_exist_is_given_up(courier: Courier, office: PostOffice) -> None:
    office.put(clip(), 987)
    await courier.deliver_next()
    assert office.states() == ["given up"]


async def test_a_group_that_became_a_supergroup_gets_its_clip_there(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer
) -> None:
    supergroup = server.group(-77, "Family", [phone]).migrate_to_supergroup()
    office.put(clip(), -77)
    await courier.deliver_next()
    await courier.deliver_next()
    assert supergroup.last.media is not None
    assert office.states() == ["sent"]


async def test_what_telegram_does_not_take_as_a_video_goes_as_a_file(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer
) -> None:
    server.fail("sendVideo", status=400, description="Bad Request: wrong video")
    office.put(clip(), OWNER)
    await courier.deliver_next()
    assert phone.last.media is not None
    assert phone.last.media.kind is MediaKind.DOCUMENT
    assert office.states() == ["sent"]


async def test_what_telegram_does_not_take_at_all_is_told_with_the_thumbnail(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer
) -> None:
    server.fail("sendVideo", status=400, description="Bad Request: wrong video")
    server.fail("sendDocument", status=400, description="Bad Request: wrong file")
    office.put(clip(), OWNER)
    await courier.deliver_next()
    assert phone.last.media is not None
    assert phone.last.media.kind is MediaKind.PHOTO
    assert "No video: Telegram does not take the file." in phone.last.content
    assert office.states() == ["given up"]


async def test_a_file_nobody_can_read_goes_as_a_document(
    courier: Courier, office: PostOffice, phone: Phone, shelf: Shelf
) -> None:
    shelf.video = MP4 + b"broken"
    office.put(clip(), OWNER)
    await courier.deliver_next()
    assert phone.last.media is not None
    assert phone.last.media.kind is MediaKind.DOCUMENT


async def test_a_video_over_fifty_megabytes_is_told_with_its_thumbnail(
    bot: PollingBot, office: PostOffice, shelf: Shelf, clock: FakeClock, phone: Phone, tmp_path: Path
) -> None:
    small = Courier(bot, office, shelf, Videos(), tmp_path, clock, home, office.on_migrated, upload_limit=1000)
    async with bot:
        office.put(clip(), OWNER)
        await small.deliver_next()
    assert "No video: it has" in phone.last.content
    assert phone.last.media is not None
    assert office.states() == ["given up"]


async def test_an_upload_that_the_server_calls_too_large_is_told(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer
) -> None:
    server.fail("sendVideo", status=413, description="Request Entity Too Large")
    office.put(clip(), OWNER)
    await courier.deliver_next()
    assert "larger than Telegram takes" in phone.last.content


async def test_telegrams_outage_loses_nothing_and_downloads_nothing_twice(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer, shelf: Shelf, clock: FakeClock
) -> None:
    office.put(clip(), OWNER)
    await server.refuse_connections()
    for _ in range(7):
        assert await courier.deliver_next()
        assert office.states() == ["waiting"]
        clock.forward(600)
    await server.accept_connections()
    await courier.deliver_next()
    assert office.states() == ["sent"]
    assert shelf.downloads == 1


async def test_a_sending_whose_answer_was_lost_is_repeated_once_at_most(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    server.cut("sendVideo", times=2, after_accepting=True)
    office.put(clip(), OWNER)
    await courier.deliver_next()
    assert office.states() == ["waiting"]
    clock.forward(60)
    await courier.deliver_next()
    assert office.states() == ["given up"]
    videos = [message for message in phone.from_bot if message.media and message.media.kind is MediaKind.VIDEO]
    assert len(videos) == 2
    assert "it may be above, or not" in phone.last.content


async def test_a_server_error_is_waited_out(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    server.fail("sendVideo", times=3)
    office.put(clip(), OWNER)
    for _ in range(4):
        await courier.deliver_next()
        clock.forward(600)
    assert office.states() == ["sent"]


async def test_a_backlog_stays_under_a_groups_limit(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    group = server.group(FAMILY, "Family", [phone])
    for number in range(1, 21):
        office.put(clip(number), FAMILY)
    most, within = GROUP_BUDGET
    while await courier.deliver_next():
        pass
    assert len(group.from_bot) == most
    clock.forward(within.total_seconds())
    while await courier.deliver_next():
        pass
    assert len(group.from_bot) == 20


async def test_what_was_in_hand_at_the_last_stop_goes_out_at_the_start(
    courier: Courier, office: PostOffice, phone: Phone
) -> None:
    office.put(clip(), OWNER)
    await office.claim(office.clock())
    running = asyncio.create_task(courier.run())
    await phone.wait_for("Front Porch")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_new_work_wakes_it_at_once(courier: Courier, office: PostOffice, phone: Phone) -> None:
    running = asyncio.create_task(courier.run())
    for number in (1, 2):
        office.put(clip(number), OWNER)
        await phone.wait_for("Front Porch")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(phone.from_bot) == 2


async def test_stopped_in_the_middle_a_delivery_stays_marked_as_being_sent(
    courier: Courier, office: PostOffice, phone: Phone, server: TelegramServer
) -> None:
    server.slow("sendVideo", 30, after_accepting=True)
    office.put(clip(), OWNER)
    running = asyncio.create_task(courier.run())
    await phone.wait_for("Front Porch")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert office.states() == ["sending"]


async def test_the_spool_is_swept_when_nothing_waits(
    courier: Courier, office: PostOffice, phone: Phone, tmp_path: Path
) -> None:
    leftover, foreign = tmp_path / "send-cloud-9.mp4", tmp_path / "fetch-of-somebody.mp4"
    for path in (leftover, foreign):
        await asyncio.to_thread(path.write_bytes, MP4)
    running = asyncio.create_task(courier.run())
    await asyncio.wait_for(office.idle.wait(), 5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert names_in(tmp_path) == [foreign.name]


async def test_the_network_is_left_out_where_there_is_one(
    bot: PollingBot, office: PostOffice, shelf: Shelf, clock: FakeClock, phone: Phone, tmp_path: Path
) -> None:
    one = Courier(bot, office, shelf, Videos(), tmp_path, clock, lambda: home(HOME), office.on_migrated)
    async with bot:
        office.put(clip(), OWNER)
        await one.deliver_next()
    assert phone.last.content == "🏃 Front Porch — motion\nSun 22 Nov, 11:50"
