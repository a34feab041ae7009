"""Playing a clip of a list, from the phone's side."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from blinkbot.bot import Tools
from blinkbot.bot.client.polling import PollingBot
from blinkbot.domain import NoVideo
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import StoredFile
from blinkbot.errors import BlinkUnreachable, NotFound
from blinkbot.simulator.botapi import MediaKind, Phone, TelegramServer
from tests.bot.house import BELL, KITCHEN, MP4, House, Videos, clip, jpeg

pytestmark = pytest.mark.usefixtures("chatbot")


@pytest.fixture
async def twenty(house: House) -> House:
    """Twenty clips, newest first; every fifth is the doorbell's."""
    await house.keep(
        *[KeptClip(clip(number, BELL if number % 5 == 0 else KITCHEN, minutes_ago=number)) for number in range(1, 21)]
    )
    return house


@pytest.mark.usefixtures("moments_later")
async def test_a_clip_is_fetched_once_and_then_played_from_telegram(
    phone: Phone, twenty: House, server: TelegramServer
) -> None:
    phone.say("/clips")
    listed = await phone.wait_for("1–8")
    twenty.hold.clear()
    phone.tap(listed, listed.buttons[0][0].text)
    fetching = await phone.wait_for("Fetching the video…")
    await phone.wait_for_action("upload_video")
    twenty.hold.set()
    played = await phone.wait_for_edit(fetching)
    assert played.media is not None
    assert (played.media.kind, played.media.data, played.media.duration) == (MediaKind.VIDEO, MP4, 12)
    assert played.content == "🏃 Kitchen — motion\nHome · 11:59"
    assert played.buttons[-1][-1].text == "⋯ More"
    assert phone.now(listed).buttons
    await twenty.uploaded()

    phone.tap(listed, listed.buttons[0][0].text)
    again = await phone.wait_for(lambda message: message.media and message.id != played.id)
    assert again.media is not None
    assert again.media.data == MP4
    assert twenty.asked == ["fetch cloud:1"]
    assert list(twenty.spool.iterdir()) == []


async def test_a_button_tapped_twice_plays_once_and_its_neighbours_play_meanwhile(phone: Phone, twenty: House) -> None:
    phone.say("/clips")
    listed = await phone.wait_for("1–8")
    twenty.hold.clear()
    phone.tap(listed, listed.buttons[0][0].text)
    await phone.wait_for("Fetching the video…")
    answer = await phone.wait_for_answer(phone.tap(listed, listed.buttons[0][0].text))
    assert answer.text == "Already on it."
    phone.tap(listed, listed.buttons[1][0].text)
    await phone.wait_for("Fetching the video…")
    twenty.hold.set()
    for _ in range(2):
        await phone.wait_for(lambda message: message.media)
    assert twenty.asked == ["fetch cloud:1", "fetch cloud:2"]


async def test_a_clip_that_telegram_has_comes_once_for_a_button_tapped_twice(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)))
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    played = await phone.wait_for(lambda message: message.media)
    answer = await phone.wait_for_answer(phone.tap(listed, listed.buttons[0][0].text))
    assert answer.text == "Already on it."
    assert [message.id for message in phone.from_bot if message.media] == [played.id]


@pytest.mark.usefixtures("moments_later")
async def test_a_clip_that_blink_deleted_is_still_played_from_telegram(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)))
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    await phone.wait_for(lambda message: message.media)
    await house.uploaded()
    await house.keep(KeptClip(clip(1), (await house.kept())[0].file, gone=True))
    phone.tap(listed, listed.buttons[0][0].text)
    await phone.until(lambda: True if len([m for m in phone.from_bot if m.media]) == 2 else None, "the second video")


async def test_a_clip_that_is_gone_everywhere_says_so(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)))
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    await house.keep(KeptClip(clip(1), gone=True))
    phone.tap(listed, listed.buttons[0][0].text)
    await phone.wait_for("This clip is gone")


async def test_a_clip_that_is_gone_everywhere_still_shows_its_thumbnail_from_telegram(
    phone: Phone, house: House, server: TelegramServer, bot: PollingBot
) -> None:
    sent = await bot.send_photo(phone.chat_id, jpeg("gold"))
    await house.keep(KeptClip(clip(1)))
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    await house.keep(KeptClip(clip(1), gone=True, photo_id=sent.photo[-1].file_id))
    phone.tap(listed, listed.buttons[0][0].text)
    told = await phone.wait_for("This clip is gone")
    assert told.photo == jpeg("gold")


async def test_a_clip_whose_video_alone_is_gone_shows_the_thumbnail_that_blink_has(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)))
    house.thumbnail = jpeg("olive")
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    await house.keep(KeptClip(clip(1), gone=True, photo_id="forgotten"))
    phone.tap(listed, listed.buttons[0][0].text)
    told = await phone.wait_for(lambda message: message.photo)
    assert "This clip is gone" in told.caption
    assert told.photo == jpeg("olive")


async def test_a_clip_that_blink_deleted_just_now_says_so(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)))
    house.trouble = NotFound("video", 404)
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    await phone.wait_for("This clip is gone")


async def test_while_blink_does_not_answer_the_clip_says_so_and_can_be_tried_again(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip()))
    house.trouble = BlinkUnreachable("no")
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    told = await phone.wait_for("Front Porch — motion\nHome · 11:50\n⚠️ No video. Blink")
    house.trouble = None
    phone.tap(told, "🔄 Try again")
    played = await phone.wait_for(lambda message: message.video is not None)
    assert played.video == MP4


async def test_a_button_for_a_clip_nobody_remembers_says_so(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)))
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    await house.keep()
    phone.tap(listed, listed.buttons[0][0].text)
    await phone.wait_for("I no longer know this clip.")


async def test_a_file_id_that_telegram_forgot_is_fetched_again(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1), StoredFile("forgotten")))
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    played = await phone.wait_for(lambda message: message.media)
    assert played.media is not None
    await house.uploaded()
    assert (await house.kept())[0].file == StoredFile(played.media.file_id)


@pytest.mark.usefixtures("moments_later")
async def test_a_file_that_is_no_video_goes_as_a_document(phone: Phone, house: House) -> None:
    await house.keep(KeptClip(clip(1)))
    house.video = MP4 + b"broken"
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    sent = await phone.wait_for(lambda message: message.media)
    assert sent.media is not None
    assert sent.media.kind is MediaKind.DOCUMENT
    assert sent.media.file_name == "Front Porch 2026-11-22 11.50.00.mp4"
    await house.uploaded()
    phone.tap(listed, listed.buttons[0][0].text)
    again = await phone.wait_for(lambda message: message.media and message.id != sent.id)
    assert again.media is not None
    assert again.media.kind is MediaKind.DOCUMENT
    assert house.asked == ["fetch cloud:1"]


async def test_a_clip_that_no_server_takes_says_so_under_its_thumbnail_with_its_buttons(
    phone: Phone, house: House, tools: Tools
) -> None:
    tools.uploads.limit.known = 10
    await house.keep(KeptClip(clip(1)))
    house.thumbnail = jpeg("olive")
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    told = await phone.wait_for("No video. It has 1 MB, and Telegram takes 0 MB at most from a bot.")
    assert told.photo == jpeg("olive")
    assert told.buttons[-1][-1].text == "⋯ More"


async def test_making_a_clip_smaller_tells_how_far_it_is(
    phone: Phone, house: House, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = asyncio.Event()

    async def shrink(_: Videos, video: Path, target: Path, limit: int, progress: Callable[[float], None]) -> int:
        progress(0.4)
        await go_on.wait()
        await asyncio.to_thread(target.write_bytes, MP4)
        return len(MP4)

    monkeypatch.setattr("blinkbot.bot.client.video_upload.TELL_EVERY", 0.01)
    monkeypatch.setattr(Videos, "shrink", shrink)
    tools.uploads.limit.known = len(MP4)
    house.video = MP4 + bytes(9)
    await house.keep(KeptClip(clip(1)))
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    telling = await phone.wait_for("Making the video small enough for Telegram… 40%")
    go_on.set()
    played = await phone.wait_for_edit(telling, lambda message: message.video)
    assert played.video == MP4


@pytest.mark.parametrize("thumbnail", [None, "/media/1.jpg"])
async def test_an_event_without_a_video_shows_its_picture_and_why(
    phone: Phone, house: House, thumbnail: str | None
) -> None:
    event = replace(clip(1), video="", thumbnail=thumbnail, no_video=NoVideo.NO_SUBSCRIPTION)
    await house.keep(KeptClip(event))
    house.thumbnail = jpeg()
    phone.say("/clips")
    listed = await phone.wait_for("1–1 of 1")
    phone.tap(listed, listed.buttons[0][0].text)
    opened = await phone.wait_for("Blink keeps no video: no subscription.")
    assert opened.photo == (jpeg() if thumbnail else None)
    assert opened.buttons[-1][-1].text == "⋯ More"
    assert not [asked for asked in house.asked if asked.startswith("fetch")]
