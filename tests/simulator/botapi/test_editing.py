"""Messages change in place, and the phone remembers what they said before."""

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
)
from telegram.error import BadRequest

from blinkbot.simulator.botapi import Phone
from tests.clock import FakeClock
from tests.simulator.botapi.conftest import MP4, RawApi, picture

BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("Disarm", callback_data="disarm")]])


async def test_an_edit_keeps_the_message_and_remembers_its_earlier_words(
    bot: Bot, phone: Phone, clock: FakeClock
) -> None:
    sent = await bot.send_message(1001, "Arming Home…")
    clock.forward(2)

    await sent.edit_text("<b>Home</b> is armed", parse_mode="HTML")

    (message,) = phone.messages
    assert message.html == "<b>Home</b> is armed"
    assert message.edited_at == clock.now
    assert [(earlier.text, earlier.date) for earlier in message.earlier] == [("Arming Home…", sent.date)]


async def test_an_edit_without_a_keyboard_takes_the_buttons_away(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "Home is armed", reply_markup=BUTTONS)

    await sent.edit_text("Home is disarmed")

    assert phone.last.buttons == ()


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "Home is armed", reply_markup=BUTTONS)

    with pytest.raises(BadRequest, match="specified new message content and reply markup are exactly the same"):
        await sent.edit_text("Home is armed", reply_markup=BUTTONS)

    assert phone.last.revision == 0


async def test_a_photo_becomes_the_video_in_the_same_message(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_photo(1001, picture(), caption="Porch")

    await sent.edit_media(InputMediaVideo(MP4, caption="Porch, 12 s", duration=12, thumbnail=picture(320, 180)))

    (message,) = phone.messages
    assert message.video == MP4
    assert message.caption == "Porch, 12 s"
    assert message.media is not None
    assert message.media.thumbnail is not None
    assert message.earlier[0].photo == picture()


async def test_a_text_becomes_a_video_in_the_same_message(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "Motion at Porch")

    await sent.edit_media(InputMediaVideo(MP4, caption="Porch"))

    assert phone.last.video == MP4
    assert phone.last.text == ""
    assert phone.last.content == "Porch"


async def test_a_sight_becomes_a_video_with_its_cover_and_each_state_tells_its_time(
    bot: Bot, phone: Phone, clock: FakeClock
) -> None:
    sent = await bot.send_photo(1001, picture(), reply_markup=BUTTONS)
    clock.forward(2)
    video = InputMediaVideo(MP4, cover=sent.photo[-1].file_id, thumbnail=picture(320, 180))
    await sent.edit_media(video, reply_markup=BUTTONS)
    clock.forward(1)
    await sent.edit_media(InputMediaDocument(b"as it is", filename="clip.bin"))

    seen, played, kept = phone.last.states
    assert (seen.photo, played.video, kept.document) == (picture(), MP4, b"as it is")
    assert (played.cover, played.thumbnail) == (picture(), picture(320, 180))
    assert [(state.at - seen.at).total_seconds() for state in phone.last.states] == [0, 2, 3]
    assert [bool(state.buttons) for state in phone.last.states] == [True, True, False]


async def test_a_cover_belongs_to_the_message_and_not_to_the_file(bot: Bot, phone: Phone) -> None:
    first = await bot.send_video(1001, MP4, cover=picture(color="red"))
    assert first.video is not None
    assert first.video.cover is not None

    await bot.send_video(1001, first.video.file_id)
    assert phone.last.cover is None
    await bot.edit_message_media(
        InputMediaVideo(first.video.file_id, cover=first.video.cover[-1].file_id), 1001, phone.last.id
    )

    assert phone.last.cover == picture(color="red")
    assert phone.last.file_id == first.video.file_id


async def test_a_caption_changes_and_goes(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_photo(1001, picture(), caption="Porch")

    await sent.edit_caption("Porch at 18:00")
    assert phone.last.caption == "Porch at 18:00"

    await sent.edit_caption(None)
    assert phone.last.caption == ""


async def test_buttons_change_alone(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_message(1001, "Home")

    await sent.edit_reply_markup(BUTTONS)

    assert phone.last.button("Disarm").data == "disarm"
    assert phone.last.text == "Home"


async def test_text_and_caption_are_not_the_same_thing(bot: Bot, phone: Phone) -> None:
    text = await bot.send_message(1001, "Home")
    photo = await bot.send_photo(1001, picture())

    with pytest.raises(BadRequest, match="no caption in the message to edit"):
        await text.edit_caption("Porch")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await photo.edit_text("Porch")


async def test_only_the_bots_own_messages_can_be_edited(api: RawApi, phone: Phone) -> None:
    said = phone.say("hello")
    gone = await api.result("sendMessage", chat_id=1001, text="soon gone")
    assert isinstance(gone, dict)
    phone.delete(phone.last)

    edit = {"chat_id": 1001, "text": "other words"}
    assert await api.refused("editMessageText", message_id=said.id, **edit) == "Bad Request: message can't be edited"
    for missing in (gone["message_id"], 4711):
        description = await api.refused("editMessageText", message_id=missing, **edit)
        assert description == "Bad Request: message to edit not found"


async def test_an_album_item_stays_what_it_is(bot: Bot, phone: Phone) -> None:
    sent = await bot.send_media_group(1001, [InputMediaPhoto(picture()), InputMediaPhoto(picture(color="red"))])

    await sent[0].edit_media(InputMediaVideo(MP4))

    assert phone.messages[0].video == MP4
    assert phone.messages[0].album == phone.messages[1].album


async def test_deleting_takes_people_s_messages_too(bot: Bot, phone: Phone) -> None:
    pin = phone.say("/pin 123456")

    await bot.delete_message(1001, pin.id)

    assert phone.now(pin).deleted
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(1001, pin.id)


async def test_nothing_can_be_deleted_after_two_days(bot: Bot, phone: Phone, clock: FakeClock) -> None:
    sent = await bot.send_message(1001, "old")
    clock.forward(48 * 3600 + 1)

    with pytest.raises(BadRequest, match="Message can't be deleted for everyone"):
        await sent.delete()
