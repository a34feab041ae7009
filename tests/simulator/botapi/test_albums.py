"""Albums: 2 to 10 items, pictures and videos mixed, documents among themselves."""

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, InputMediaVideo
from telegram.error import BadRequest, RetryAfter

from blinkbot.simulator.botapi import Phone, TelegramServer
from tests.simulator.botapi.conftest import MP4, RawApi, picture


async def test_an_album_is_several_messages_with_one_mark(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_media_group(
        1001,
        [
            InputMediaVideo(MP4, duration=3, thumbnail=picture(320, 180), caption="<b>Porch</b>", parse_mode="HTML"),
            InputMediaPhoto(picture()),
        ],
        disable_notification=True,
    )

    video, photo = phone.messages
    assert video.album is not None
    assert video.album == photo.album == sent[0].media_group_id
    assert video.html == "<b>Porch</b>"
    assert video.media is not None
    assert video.media.duration == 3
    assert video.media.thumbnail is not None
    assert photo.photo == picture()
    assert video.silent
    assert photo.silent


async def test_an_album_of_videos_already_known_needs_no_upload(bot: Bot, phone: Phone) -> None:
    first = await bot.send_video(1001, MP4)
    assert first.video is not None

    await bot.send_media_group(1001, [InputMediaVideo(first.video.file_id)] * 3)

    assert [message.file_id for message in phone.messages] == [first.video.file_id] * 4


async def test_documents_keep_to_themselves(bot: Bot, phone: Phone) -> None:
    await bot.send_media_group(1001, [InputMediaDocument(b"one"), InputMediaDocument(b"two")])
    with pytest.raises(BadRequest, match="can't be mixed with other media types"):
        await bot.send_media_group(1001, [InputMediaDocument(b"one"), InputMediaPhoto(picture())])

    assert [message.document for message in phone.messages] == [b"one", b"two"]


@pytest.mark.parametrize("count", [1, 11])
async def test_an_album_has_two_to_ten_items(bot: Bot, api: RawApi, phone: Phone, count: int) -> None:
    sent = await bot.send_photo(1001, picture())
    item = {"type": "photo", "media": sent.photo[-1].file_id}

    assert "album" in await api.refused("sendMediaGroup", chat_id=1001, media=[item] * count)
    assert len(phone.messages) == 1


async def test_one_bad_item_stops_the_whole_album(bot: Bot, phone: Phone) -> None:
    with pytest.raises(BadRequest, match='Failed to send message #2 with the error message "image_process_failed"'):
        await bot.send_media_group(1001, [InputMediaPhoto(picture()), InputMediaPhoto(b"no picture")])

    assert phone.messages == []


async def test_files_known_and_new_go_in_one_album(bot: Bot, phone: Phone) -> None:
    known = (await bot.send_photo(1001, picture(color="red"))).photo[-1]

    await bot.send_media_group(1001, [InputMediaPhoto(known.file_id), InputMediaVideo(MP4)])

    (items,) = phone.albums
    assert [(item.photo, item.video) for item in items] == [(picture(color="red"), None), (None, MP4)]


async def test_an_album_goes_into_a_topic_as_an_answer_and_counts_each_item(bot: Bot, server: TelegramServer) -> None:
    forum = server.group(-1_000_000_000_900, "Cameras", [server.phone(1001)], bot_is_admin=True, forum=True)
    topic = await bot.create_forum_topic(forum.chat_id, "Porch")
    head = await bot.send_message(forum.chat_id, "Motion", message_thread_id=topic.message_thread_id)

    items = [InputMediaPhoto(picture())] * 10
    await bot.send_media_group(
        forum.chat_id, items, message_thread_id=topic.message_thread_id, reply_to_message_id=head.message_id
    )
    with pytest.raises(RetryAfter):  # 1 and 10 of the 20 in a minute are used
        await bot.send_media_group(forum.chat_id, items, message_thread_id=topic.message_thread_id)

    album = forum.album(forum.last)
    assert len(album) == 10
    assert album == forum.replies_to(head.message_id)
    assert {item.thread_id for item in album} == {topic.message_thread_id}
