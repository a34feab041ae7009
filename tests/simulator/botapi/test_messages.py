"""What the bot sends appears on the phone, through python-telegram-bot as it is."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, ReplyParameters
from telegram.error import BadRequest

from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.plain_http import plain_bot
from tests.simulator.botapi.conftest import MP4, picture


async def test_a_text_arrives_with_its_formatting(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "<b>Home</b> is <i>armed</i> &amp; quiet 🏠", parse_mode="HTML")

    (message,) = phone.messages
    assert message.id == sent.message_id
    assert message.text == "Home is armed & quiet 🏠"
    assert message.html == "<b>Home</b> is <i>armed</i> &amp; quiet 🏠"
    assert sent.text_html == message.html


async def test_the_bot_is_told_who_it_is(bot: Bot, server: TelegramServer) -> None:
    me = await bot.get_me()

    assert me.username == server.bot_username
    assert me.id == int(server.token.split(":")[0])


async def test_a_silent_message_does_not_ring(bot: Bot, phone: Phone) -> None:
    await bot.send_message(1001, "psst", disable_notification=True)
    await bot.send_message(1001, "hey")

    assert [message.silent for message in phone.messages] == [True, False]


async def test_a_reply_points_at_the_message_it_answers(bot: Bot, phone: Phone) -> None:
    question = phone.say("what?")

    sent = await bot.send_message(1001, "this", reply_parameters=ReplyParameters(question.id))

    assert phone.last.reply_to == question.id
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "what?"


async def test_a_reply_to_nothing_is_refused_unless_it_may_go_without(bot: Bot, phone: Phone) -> None:
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(1001, "this", reply_parameters=ReplyParameters(77))

    await bot.send_message(1001, "this", reply_parameters=ReplyParameters(77, allow_sending_without_reply=True))
    assert phone.last.reply_to is None


async def test_a_video_arrives_byte_for_byte_with_its_thumbnail(bot: Bot, phone: Phone) -> None:
    thumbnail = picture(320, 180)
    sent = await bot.send_video(
        1001,
        MP4,
        duration=12,
        width=1280,
        height=720,
        thumbnail=thumbnail,
        caption="<b>Porch</b>",
        parse_mode="HTML",
        supports_streaming=True,
    )

    message = phone.last
    assert message.video == MP4
    assert message.caption == "Porch"
    assert message.media is not None
    assert (message.media.duration, message.media.width, message.media.height) == (12, 1280, 720)
    assert message.media.supports_streaming
    assert message.media.thumbnail is not None
    assert message.media.thumbnail.data == thumbnail
    assert sent.video is not None
    assert sent.video.file_id == message.file_id
    assert sent.video.thumbnail is not None


async def test_a_video_is_sent_again_by_its_id_without_an_upload(
    bot: Bot, phone: Phone, server: TelegramServer
) -> None:
    other = server.phone(1002)
    sent = await bot.send_video(1001, MP4)
    assert sent.video is not None

    await bot.send_video(1002, sent.video.file_id)

    assert other.last.video == MP4
    assert other.last.file_id == phone.last.file_id
    assert [call.uploads for call in server.calls_of("sendVideo")] == [("video",), ()]


async def test_a_video_that_is_no_mp4_arrives_as_a_document(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_video(1001, InputFile(b"<html>502</html>", "clip.mp4"))

    assert phone.last.video is None
    assert phone.last.document == b"<html>502</html>"
    assert sent.document is not None
    assert sent.video is None


@pytest.mark.parametrize(
    ("thumbnail", "why"),
    [
        (picture(640, 360), "larger than 320"),
        (picture(64, 64, "PNG"), "PNG is not JPEG"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
    ],
)
async def test_a_bad_thumbnail_is_ignored_and_noted(bot: Bot, phone: Phone, thumbnail: bytes, why: str) -> None:
    sent = await bot.send_video(1001, MP4, thumbnail=thumbnail)

    assert phone.last.media is not None
    assert phone.last.media.thumbnail is None
    assert why in phone.last.media.thumbnail_ignored
    assert sent.video is not None
    assert sent.video.thumbnail is None


async def test_a_photo_comes_in_two_sizes_the_largest_last(bot: Bot, phone: Phone) -> None:
    jpeg = picture(800, 600)
    sent = await bot.send_photo(1001, jpeg, caption="Porch")

    assert phone.last.photo == jpeg
    assert [(size.width, size.height) for size in sent.photo] == [(90, 68), (800, 600)]


async def test_a_photo_that_is_no_picture_is_refused(bot: Bot, phone: Phone) -> None:
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(1001, b"<html>")
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(1001, picture(640, 480)[:-200])

    assert phone.messages == []


async def test_a_file_can_be_downloaded_again(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_document(1001, b"a log", filename="blink.log")
    assert sent.document is not None
    assert sent.document.file_name == "blink.log"

    file = await bot.get_file(sent.document.file_id)

    assert bytes(await file.download_as_bytearray()) == b"a log"


async def test_buttons_appear_in_their_rows(bot: Bot, phone: Phone) -> None:
    rows = [
        [InlineKeyboardButton("Arm", callback_data="arm"), InlineKeyboardButton("Disarm", callback_data="disarm")],
        [InlineKeyboardButton("Help", url="https://example.org/help")],
    ]
    await bot.send_message(1001, "Home", reply_markup=InlineKeyboardMarkup(rows))

    shown = phone.last.buttons
    assert [[button.text for button in row] for row in shown] == [["Arm", "Disarm"], ["Help"]]
    assert shown[0][1].data == "disarm"
    assert shown[1][0].url == "https://example.org/help"


async def test_a_video_can_have_a_cover(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_video(1001, MP4, cover=picture(640, 360))

    assert sent.video is not None
    assert sent.video.cover is not None
    assert [(size.width, size.height) for size in sent.video.cover] == [(640, 360)]
    assert phone.last.media is not None
    assert phone.last.media.cover is not None
    assert phone.last.media.cover.data == picture(640, 360)


async def test_a_bot_s_own_commands_can_be_tapped_in_its_words(bot: Bot, phone: Phone) -> None:
    await bot.send_message(1001, "Send /arm to arm.")

    assert [(entity.kind, entity.offset, entity.length) for entity in phone.last.entities] == [("bot_command", 5, 4)]


@pytest.mark.parametrize(("limit", "is_handed_out"), [(10, False), (None, True)])
async def test_only_a_server_of_one_s_own_hands_out_files_of_any_size(limit: int | None, is_handed_out: bool) -> None:
    async with TelegramServer(download_limit=limit) as server:
        phone = server.phone(1001)
        async with plain_bot(server) as bot:
            await bot.send_document(1001, b"twelve bytes")
            if is_handed_out:
                file = await bot.get_file(str(phone.last.file_id))
                assert await file.download_as_bytearray() == b"twelve bytes"
            else:
                with pytest.raises(BadRequest, match="File is too big"):
                    await bot.get_file(str(phone.last.file_id))
