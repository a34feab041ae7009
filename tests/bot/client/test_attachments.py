"""Pictures and videos as messages, as they look on a phone."""

import asyncio
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from telegram.error import BadRequest

from blinkbot.bot import TelegramAccess, build_bot
from blinkbot.bot.buttons.callbacks import TakePicture
from blinkbot.bot.buttons.keyboards import keyboard
from blinkbot.bot.client.albums import send_album
from blinkbot.bot.client.attachments import (
    Document,
    KnownAnimation,
    KnownDocument,
    KnownPhoto,
    KnownVideo,
    Photo,
    Place,
    VideoFile,
    known,
    photo_id,
    stored_file,
)
from blinkbot.bot.client.errors import is_stale_file
from blinkbot.bot.client.polling import PollingBot
from blinkbot.domain import VideoFacts
from blinkbot.domain.deliveries import FileKind, StoredFile
from blinkbot.simulator.botapi import MediaKind, Phone, TelegramServer
from tests.bot.conftest import OWNER
from tests.bot.house import MP4, jpeg

FACTS = VideoFacts(duration=12, width=1280, height=720)
SMALL, COVER = jpeg("navy"), jpeg("maroon", (320, 180))
AGAIN = keyboard([("📷 Again", TakePicture(1))])


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_bytes(MP4)
    return path


@pytest.fixture
async def bot(server: TelegramServer, phone: Phone) -> AsyncIterator[PollingBot]:
    """A bot alone, in the owner's chat."""
    async with build_bot(TelegramAccess(server.token, server.url)) as running:
        yield running


async def test_a_video_comes_with_all_that_is_known_of_it(bot: PollingBot, phone: Phone, clip: Path) -> None:
    await VideoFile(clip, "<b>Porch</b>", FACTS, SMALL, AGAIN, COVER).send(bot, OWNER)
    message = await phone.wait_for("Porch")
    assert message.media
    assert (message.media.kind, message.video, message.media.file_name) == (MediaKind.VIDEO, MP4, "clip.mp4")
    assert (message.media.duration, message.media.width, message.media.height) == (12, 1280, 720)
    assert message.media.supports_streaming
    assert (message.media.thumbnail and message.media.thumbnail.data, message.cover) == (SMALL, COVER)
    assert message.buttons[0][0].text == "📷 Again"


async def test_a_video_takes_a_pictures_place_with_its_cover_and_buttons(
    bot: PollingBot, phone: Phone, clip: Path
) -> None:
    shown = await Photo(jpeg(), "Motion").send(bot, OWNER)
    await VideoFile(clip, "Whole", FACTS, SMALL, AGAIN, COVER).replace(bot, OWNER, shown.message_id)
    message = await phone.wait_for("Whole")
    assert (message.id, message.video, message.cover) == (shown.message_id, MP4, COVER)
    assert message.media
    assert message.media.thumbnail
    assert message.media.thumbnail.data == SMALL
    assert message.buttons[0][0].text == "📷 Again"


async def test_a_video_without_a_cover_takes_a_pictures_place_too(bot: PollingBot, phone: Phone, clip: Path) -> None:
    shown = await Photo(jpeg(), "Motion").send(bot, OWNER)
    await VideoFile(clip, "Whole", FACTS).replace(bot, OWNER, shown.message_id)
    message = await phone.wait_for("Whole")
    assert (message.id, message.video, message.cover) == (shown.message_id, MP4, None)


async def test_a_file_takes_a_pictures_place(bot: PollingBot, phone: Phone, clip: Path) -> None:
    shown = await Photo(jpeg(), "Motion").send(bot, OWNER)
    await Document(clip, "As a file", SMALL, AGAIN).replace(bot, OWNER, shown.message_id)
    message = await phone.wait_for("As a file")
    assert message.id == shown.message_id
    assert message.media
    assert (message.media.kind, message.media.data) == (MediaKind.DOCUMENT, MP4)


async def test_what_is_silent_does_not_ring(bot: PollingBot, phone: Phone) -> None:
    await Photo(jpeg(), "Quiet").send(bot, OWNER, Place(silent=True))
    assert (await phone.wait_for("Quiet")).silent
    await Photo(jpeg(), "Loud").send(bot, OWNER)
    assert not (await phone.wait_for("Loud")).silent


async def test_what_answers_a_message_stands_below_it(bot: PollingBot, phone: Phone) -> None:
    head = await Photo(jpeg(), "Head").send(bot, OWNER)
    await Photo(jpeg(), "Second").send(bot, OWNER, Place(reply_to=head.message_id))
    assert (await phone.wait_for("Second")).reply_to == head.message_id


async def test_what_answers_a_message_that_is_gone_comes_all_the_same(bot: PollingBot, phone: Phone) -> None:
    head = await Photo(jpeg(), "Head").send(bot, OWNER)
    phone.delete(await phone.wait_for("Head"))
    await Photo(jpeg(), "Second").send(bot, OWNER, Place(reply_to=head.message_id))
    assert (await phone.wait_for("Second")).reply_to is None


async def test_a_topics_pictures_stay_in_it(bot: PollingBot, server: TelegramServer, phone: Phone) -> None:
    forum = server.group(-1001234, "Family", [phone], forum=True)
    topic = forum.create_topic("Porch")
    await Photo(jpeg(), "Motion").send(bot, -1001234, Place(thread_id=topic))
    assert (await forum.wait_for("Motion")).thread_id == topic


async def test_what_telegram_has_is_sent_and_put_in_place_without_an_upload(
    bot: PollingBot, phone: Phone, clip: Path
) -> None:
    file = stored_file(await VideoFile(clip, "First", FACTS, SMALL).send(bot, OWNER))
    assert file
    assert file.kind is FileKind.VIDEO
    shown = await known(file, "Second", AGAIN).send(bot, OWNER)
    assert (await phone.wait_for("Second")).video == MP4
    picture = photo_id(await Photo(jpeg(), "Picture").send(bot, OWNER))
    assert picture
    await KnownPhoto(picture, "Third").replace(bot, OWNER, shown.message_id)
    await phone.wait_for("Third")
    await known(file, "Fourth", AGAIN).replace(bot, OWNER, shown.message_id)
    message = await phone.wait_for("Fourth")
    assert (message.id, message.video, message.buttons[0][0].text) == (shown.message_id, MP4, "📷 Again")


async def test_a_video_that_telegram_has_may_come_with_a_cover_that_it_has(
    bot: PollingBot, phone: Phone, clip: Path
) -> None:
    file = stored_file(await VideoFile(clip, "First", FACTS).send(bot, OWNER))
    picture = photo_id(await Photo(COVER, "Picture").send(bot, OWNER))
    assert file
    shown = await KnownVideo(file.id, "Sent", cover=picture).send(bot, OWNER)
    assert (await phone.wait_for("Sent")).cover == COVER
    await KnownVideo(file.id, "Put", cover=picture).replace(bot, OWNER, shown.message_id)
    assert (await phone.wait_for("Put")).cover == COVER


async def test_a_file_that_telegram_has_goes_as_a_file(bot: PollingBot, phone: Phone, clip: Path) -> None:
    file = stored_file(await Document(clip, "First").send(bot, OWNER))
    assert file
    assert file.kind is FileKind.DOCUMENT
    await known(file, "Second").send(bot, OWNER)
    message = await phone.wait_for("Second")
    assert message.media
    assert message.media.kind is MediaKind.DOCUMENT


async def test_a_silent_film_is_kept_as_the_animation_it_became(bot: PollingBot, phone: Phone) -> None:
    file = stored_file(await bot.send_animation(OWNER, MP4, filename="clip.mp4"))
    assert file
    assert file.kind is FileKind.ANIMATION
    await known(file, "Again").send(bot, OWNER)
    message = await phone.wait_for("Again")
    assert message.media
    assert message.media.kind is MediaKind.ANIMATION


@pytest.mark.parametrize(
    ("kind", "made"),
    [(FileKind.VIDEO, KnownVideo), (FileKind.ANIMATION, KnownAnimation), (FileKind.DOCUMENT, KnownDocument)],
)
def test_each_kind_of_file_is_sent_as_what_it_is(kind: FileKind, made: type) -> None:
    assert type(known(StoredFile("id", kind), "")) is made


async def test_a_message_of_words_holds_no_file(bot: PollingBot) -> None:
    message = await bot.send_message(OWNER, "Hello")
    assert (stored_file(message), photo_id(message)) == (None, None)


async def test_an_album_holds_new_and_known_videos_in_their_order(bot: PollingBot, phone: Phone, clip: Path) -> None:
    first = stored_file(await VideoFile(clip, "First", FACTS).send(bot, OWNER))
    assert first
    sent = await send_album(
        bot, OWNER, [VideoFile(clip, "New", FACTS, SMALL), KnownVideo(first.id, "Known")], Place(silent=True)
    )
    new, old = await phone.wait_for("New"), await phone.wait_for("Known")
    assert [message.message_id for message in sent] == [new.id, old.id]
    assert new.album == old.album is not None
    assert new.silent
    assert new.media
    assert new.media.duration == 12


async def test_a_file_that_telegram_forgot_is_told_from_other_refusals(bot: PollingBot) -> None:
    with pytest.raises(BadRequest) as refused:
        await KnownVideo("forgotten", "").send(bot, OWNER)
    assert is_stale_file(refused.value)
    assert not is_stale_file(BadRequest("Chat not found"))


async def test_what_is_broken_off_at_any_moment_leaves_no_file_open(
    bot: PollingBot, phone: Phone, clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_open: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: left_open.append(found.exc_value))
    threads = ThreadPoolExecutor(max_workers=1)
    asyncio.get_running_loop().set_default_executor(threads)
    for moment in range(20):
        sending = asyncio.create_task(VideoFile(clip, "", FACTS).send(bot, OWNER))
        for _ in range(moment):
            await asyncio.sleep(0)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        # With one thread, what it had begun has ended before this.
        await asyncio.to_thread(int)
    assert left_open == []
