"""The buttons under a clip, from the phone's side."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from telegram import Bot, Update

from blinkbot.bot import ChatBot, Tools
from blinkbot.bot.buttons.clip_keyboards import clip_keyboard
from blinkbot.bot.text import clips as text
from blinkbot.domain import Cause
from blinkbot.errors import BlinkRefused, NotFound, ServerError
from blinkbot.simulator.botapi import MediaKind, Phone, SimMessage, TelegramServer
from blinkbot.store import ChatRepository
from tests.bot.conftest import FAMILY, OWNER, STRANGER
from tests.bot.house import BELL, CABIN, HOME, MP4, PORCH, SHEET, House, clip, home, jpeg
from tests.bot.under_clips import Arrive, further, labels

pytestmark = pytest.mark.usefixtures("chatbot")


def shows_in_place(after: SimMessage, before: SimMessage) -> bool:
    """Whether nothing of a message but its buttons has changed."""
    return (after.id, after.media, after.content) == (before.id, before.media, before.content)


def tap_on_inaccessible(chatbot: ChatBot, message: SimMessage, data: str) -> Update:
    """A tap under a message of which Telegram tells nothing any more but where it is."""
    place = {"chat": {"id": message.chat_id, "type": "private"}, "message_id": message.id, "date": 0}
    person = {"id": message.chat_id, "is_bot": False, "first_name": "Ada"}
    query = {"id": "9001", "from": person, "chat_instance": "1", "message": place, "data": data}
    return Update.de_json({"update_id": 9001, "callback_query": query}, chatbot.application.bot)


async def asked_about_deletion(phone: Phone, shown: SimMessage) -> SimMessage:
    """The message with the question whether it is to be deleted."""
    more = await further(phone, shown)
    phone.tap(more, "🗑 Delete from Blink")
    return await phone.wait_for_edit(more, lambda state: "‹ No, keep it" in labels(state))


class TestInPlace:
    async def test_more_buttons_come_and_go_in_place(self, arrive: Arrive, phone: Phone) -> None:
        shown = await arrive()
        more = await further(phone, shown)
        assert shows_in_place(more, shown)
        phone.tap(more, "‹ Back")
        back = await phone.wait_for_edit(more, lambda state: "⋯ More" in labels(state))
        assert back.buttons == shown.buttons
        assert len(phone.from_bot) == 1

    @pytest.mark.parametrize(
        ("description", "shown"),
        [
            ("A <b>person</b> & a dog walk by.", "💬 A <b>person</b> & a dog walk by."),
            ("<&> " * 2500, "💬 " + ("<&> " * 150)[:599] + "…"),
        ],
    )
    async def test_more_tells_what_blink_says_at_length(
        self, arrive: Arrive, phone: Phone, description: str, shown: str
    ) -> None:
        message = await arrive(replace(clip(), sentence="A person.", description=description))
        await further(phone, message)
        told = await phone.wait_for("💬")
        assert (told.content, told.reply_to) == (shown, message.id)

    @pytest.mark.parametrize("description", ["", "  ", "A person."])
    def test_more_says_nothing_where_the_sentence_says_it_all(self, description: str) -> None:
        assert text.description(replace(clip(), sentence="A person.", description=description)) == ""

    async def test_a_clip_that_nobody_remembers_is_told_at_the_top_of_the_screen(
        self, arrive: Arrive, phone: Phone, house: House
    ) -> None:
        shown = await arrive()
        await house.keep()
        answer = await phone.wait_for_answer(phone.tap(shown, "⋯ More"))
        assert answer.text == "🗑 I no longer know this clip."
        assert phone.now(shown) == shown

    async def test_where_the_message_is_gone_the_buttons_come_in_a_new_one(
        self, arrive: Arrive, phone: Phone, server: TelegramServer
    ) -> None:
        shown = await arrive()
        server.fail("editMessageReplyMarkup", status=400, description="Bad Request: message to edit not found")
        phone.tap(shown, "⋯ More")
        buttons = await phone.wait_for("The buttons of this clip:")
        assert "🖼 Contact sheet" in labels(buttons)

    async def test_a_word_too_late_for_the_top_of_the_screen_comes_in_a_reply(
        self, arrive: Arrive, phone: Phone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = await arrive()
        looked_up = asyncio.Event()

        async def slowly(*_: object) -> None:
            await looked_up.wait()
            raise NotFound("clip", 404)

        monkeypatch.setattr("blinkbot.store.clip_search.ClipSearch.get", slowly)
        answer = await phone.wait_for_answer(phone.tap(shown, "⋯ More"))
        assert answer.text == ""
        looked_up.set()
        told = await phone.wait_for("I no longer know this clip.")
        assert told.reply_to == shown.id

    async def test_of_a_message_too_old_for_telegram_to_tell_buttons_work_too(
        self, arrive: Arrive, phone: Phone, chatbot: ChatBot
    ) -> None:
        shown = await arrive()
        await chatbot.application.process_update(tap_on_inaccessible(chatbot, shown, "1:more:cloud:1"))
        await phone.wait_for_edit(shown, lambda state: "‹ Back" in labels(state))
        await chatbot.application.process_update(tap_on_inaccessible(chatbot, shown, "1:snap:101"))
        await phone.wait_for(lambda state: state.media and state.media.data == jpeg())
        assert phone.now(shown).media == shown.media


class TestDeletion:
    async def test_it_is_deleted_after_a_second_tap_and_stays_in_the_chat(
        self, arrive: Arrive, phone: Phone, house: House
    ) -> None:
        shown = await arrive()
        question = await asked_about_deletion(phone, shown)
        assert phone.answers[-1].text == "Delete this clip from Blink? The video in this chat stays."
        assert house.asked == []
        house.hold.clear()
        phone.tap(question, "🗑 Yes, delete from Blink")
        deleting = await phone.wait_for_edit(question, lambda state: labels(state) == ["⏳ Deleting…"])
        house.hold.set()
        deleted = await phone.wait_for_edit(deleting, lambda state: "🗑 Deleted from Blink" in labels(state))
        assert shows_in_place(deleted, shown)
        assert house.asked == ["delete cloud:1"]
        assert len(phone.from_bot) == 1

    async def test_no_keeps_it(self, arrive: Arrive, phone: Phone, house: House) -> None:
        question = await asked_about_deletion(phone, await arrive())
        phone.tap(question, "‹ No, keep it")
        await phone.wait_for_edit(question, lambda state: "🗑 Delete from Blink" in labels(state))
        assert house.asked == []

    async def test_a_second_yes_deletes_nothing_twice(self, arrive: Arrive, phone: Phone, house: House) -> None:
        question = await asked_about_deletion(phone, await arrive())
        house.hold.clear()
        phone.tap(question, "🗑 Yes, delete from Blink")
        deleting = await phone.wait_for_edit(question, lambda state: labels(state) == ["⏳ Deleting…"])
        answer = await phone.wait_for_answer(phone.tap(deleting, "⏳ Deleting…"))
        assert answer.text == "Already on it."
        house.hold.set()
        await phone.wait_for_edit(deleting, lambda state: "🗑 Deleted from Blink" in labels(state))
        late = await phone.wait_for_answer(phone.forge_tap(question, "1:del:cloud:1"))
        assert late.text == "🗑 Already deleted from Blink. The video in this chat stays."
        assert house.asked == ["delete cloud:1"]

    async def test_what_blink_deleted_by_itself_is_said_to_be_deleted(
        self, arrive: Arrive, phone: Phone, house: House
    ) -> None:
        more = await further(phone, await arrive(gone=True))
        answer = await phone.wait_for_answer(phone.tap(more, "🗑 Deleted from Blink"))
        assert answer.text == "🗑 Already deleted from Blink. The video in this chat stays."
        assert house.asked == []

    async def test_why_it_is_not_deleted_is_told(self, arrive: Arrive, phone: Phone, house: House) -> None:
        house.undeletable["cloud:1"] = BlinkRefused("delete-local-clip", 200, "Module is <busy>")
        question = await asked_about_deletion(phone, await arrive())
        phone.tap(question, "🗑 Yes, delete from Blink")
        told = await phone.wait_for("The clip wasn't deleted. Blink says “Module is <busy>”.")
        assert told.reply_to == question.id
        assert "🗑 Delete from Blink" in labels(phone.now(question))

    async def test_an_error_is_told_in_the_words_of_all_others(
        self, arrive: Arrive, phone: Phone, house: House
    ) -> None:
        house.undeletable["cloud:1"] = ServerError("delete-media", 500, "Internal Server Error")
        question = await asked_about_deletion(phone, await arrive())
        phone.tap(question, "🗑 Yes, delete from Blink")
        await phone.wait_for(
            "⚠️ The clip wasn't deleted. Blink's servers are having trouble. Try again in a few minutes."
        )

    async def test_without_a_session_it_offers_to_sign_in(self, arrive: Arrive, phone: Phone, house: House) -> None:
        question = await asked_about_deletion(phone, await arrive())
        await house.sign_out()
        phone.tap(question, "🗑 Yes, delete from Blink")
        told = await phone.wait_for("I'm not signed in to Blink.")
        assert labels(told) == ["Sign in to Blink"]
        assert "🗑 Delete from Blink" in labels(phone.now(question))


class TestTheOthers:
    async def test_a_new_picture_replies_and_the_clip_stays(self, arrive: Arrive, phone: Phone) -> None:
        shown = await arrive()
        phone.tap(shown, "📷 New picture")
        picture = await phone.wait_for(lambda state: state.media and state.media.data == jpeg())
        assert (picture.reply_to, picture.silent) == (shown.id, True)
        assert phone.now(shown) == shown

    async def test_disarming_replies_and_the_clip_stays(self, arrive: Arrive, phone: Phone, house: House) -> None:
        shown = await arrive()
        house.hold.clear()
        phone.tap(shown, "🔓 Disarm")
        progress = await phone.wait_for("Disarming Home…")
        house.hold.set()
        done = await phone.wait_for_edit(progress, "Home is disarmed")
        assert done.reply_to == shown.id
        assert phone.now(shown) == shown

    async def test_an_alert_that_is_still_a_text_stays_what_it_is(self, phone: Phone, house: House, bot: Bot) -> None:
        sent = await bot.send_message(OWNER, "Front Porch — motion", reply_markup=clip_keyboard(clip(), house.now))
        alert = phone.now(sent.message_id)
        phone.mark_read()
        phone.tap(alert, "📷 New picture")
        picture = await phone.wait_for(lambda state: state.media)
        assert picture.reply_to == alert.id
        assert phone.now(alert) == alert

    async def test_a_camera_that_is_gone_is_said_to_be(self, arrive: Arrive, phone: Phone, house: House) -> None:
        shown = await arrive()
        house.now = home(CABIN)
        for label in ("📷 New picture", "🔴 Live"):
            phone.tap(shown, label)
            told = await phone.wait_for("That camera is gone.")
            assert told.reply_to == shown.id
        phone.tap(shown, "🔓 Disarm")
        await phone.wait_for("That network is gone.")
        assert house.asked == []

    async def test_buttons_of_neighbours_work_side_by_side(self, arrive: Arrive, phone: Phone, house: House) -> None:
        shown = await arrive()
        house.hold.clear()
        phone.tap(shown, "🔴 Live")
        await phone.wait_for("Waking Front Porch…")
        phone.tap(shown, "📷 New picture")
        await phone.wait_for("Asking Front Porch for a picture…")
        answer = await phone.wait_for_answer(phone.tap(shown, "🔴 Live"))
        assert answer.text == "Already on it."
        house.hold.set()
        await phone.wait_for(lambda state: state.media and state.media.kind is MediaKind.PHOTO)
        await phone.wait_for(lambda state: state.media and state.id != shown.id and state.media.kind is MediaKind.VIDEO)
        assert sorted(house.asked) == ["live 101 10", "snap 101"]


async def test_everything_works_a_week_later(arrive: Arrive, phone: Phone, house: House) -> None:
    old = clip(1, BELL, cause=Cause.DOORBELL)
    shown = await arrive(replace(old, recorded_at=old.recorded_at - timedelta(days=7)))
    house.clock.forward(7 * 24 * 3600)
    phone.tap(shown, "🔴 Live")
    await phone.wait_for("Door — live view")
    phone.tap(shown, "📷 New picture")
    await phone.wait_for(lambda state: state.media and state.media.data == jpeg())
    more = await further(phone, shown)
    phone.tap(more, "🖼 Contact sheet")
    await phone.wait_for(lambda state: state.media and state.media.data == SHEET)
    phone.tap(more, "🔓 Disarm")
    await phone.wait_for("Cabin is disarmed")


async def test_a_mute_among_the_further_buttons_is_what_stands_there_from_then_on(
    arrive: Arrive, phone: Phone, tools: Tools
) -> None:
    shown = await arrive(clip(1, BELL, cause=Cause.DOORBELL))
    more = await further(phone, shown)
    phone.tap(more, "🔕 Mute 1 h")
    muted = await phone.wait_for_edit(more, lambda state: "🔔 Unmute" in labels(state))
    remembered = tools.open_keyboards.at((OWNER, shown.id))
    assert remembered is not None
    assert [button.text for row in remembered.inline_keyboard for button in row] == labels(muted)


async def test_the_siren_under_a_clip_asks_first_and_once(arrive: Arrive, phone: Phone, house: House) -> None:
    house.now = replace(home(), siren_networks=frozenset({HOME.id}))
    more = await further(phone, await arrive())
    phone.tap(more, "🚨 Siren")
    answer = await phone.wait_for_answer(phone.tap(more, "🚨 Siren"))
    assert answer.text == "Already on it."
    questions = [message for message in phone.from_bot if "Sound the siren" in message.content]
    assert len(questions) == 1
    assert house.asked == []


async def test_without_a_session_every_button_offers_to_sign_in(arrive: Arrive, phone: Phone, house: House) -> None:
    shown = await arrive()
    await house.sign_out()
    for label in ("📷 New picture", "🔴 Live", "🔓 Disarm"):
        phone.tap(shown, label)
        told = await phone.wait_for("I'm not signed in to Blink.")
        assert labels(told) == ["Sign in to Blink"]


@pytest.mark.parametrize("label", ["📷 New picture", "🔴 Live", "🔓 Disarm", "💡 Light", "📎 As a file"])
async def test_what_is_tapped_twice_is_asked_of_blink_once(
    arrive: Arrive, phone: Phone, house: House, label: str
) -> None:
    house.now = home(cameras=[replace(PORCH, has_light=True)])
    shown = await arrive()
    if label not in labels(shown):
        shown = await further(phone, shown)
    house.hold.clear()
    first = phone.tap(shown, label)
    answer = await phone.wait_for_answer(phone.tap(shown, label))
    assert answer.text == "Already on it."
    await phone.wait_for_answer(first)
    house.hold.set()
    done = await phone.wait_for(lambda state: state.reply_to == shown.id and not state.content.startswith("⏳"))
    assert len(house.asked) == 1
    assert [message.id for message in phone.from_bot] == [shown.id, done.id]


async def test_a_copy_in_a_strangers_chat_does_nothing(
    arrive: Arrive, house: House, server: TelegramServer, phone: Phone
) -> None:
    stranger = server.phone(STRANGER)
    stranger.start()
    await stranger.wait_for("private")
    shown = await arrive(chat=stranger)
    for label in labels(shown):
        answer = await stranger.wait_for_answer(stranger.tap(shown, label))
        assert answer.text == "This bot doesn't serve this chat."
    assert house.asked == []
    assert stranger.now(shown) == shown


async def test_everybody_in_the_familys_group_may_tap(
    server: TelegramServer, phone: Phone, house: House, bot: Bot
) -> None:
    child = server.phone(1003, first_name="Byron")
    group = server.group(FAMILY, "Family", [phone, child])
    sent = await bot.send_video(FAMILY, MP4, reply_markup=clip_keyboard(clip(), house.now))
    group.tap(sent.message_id, "📷 New picture", by=child.person)
    picture = await group.wait_for(lambda state: state.media and state.media.kind is MediaKind.PHOTO)
    assert picture.reply_to == sent.message_id


async def test_in_a_topic_answers_come_in_the_same_topic(
    server: TelegramServer, phone: Phone, house: House, bot: Bot, directory: ChatRepository
) -> None:
    forum = server.group(-1005, "Family", [phone], bot_is_admin=True, forum=True)
    await directory.authorize([*(chat.id for chat in directory.all()), -1005])
    topic = await bot.create_forum_topic(-1005, "Front Porch")
    sent = await bot.send_video(
        -1005, MP4, reply_markup=clip_keyboard(clip(), house.now), message_thread_id=topic.message_thread_id
    )
    forum.tap(sent.message_id, "📷 New picture")
    picture = await forum.wait_for(lambda state: state.media and state.media.kind is MediaKind.PHOTO)
    assert (picture.thread_id, picture.reply_to) == (topic.message_thread_id, sent.message_id)


async def test_a_word_that_comes_too_late_for_the_top_of_the_screen_is_a_message(
    arrive: Arrive, server: TelegramServer, phone: Phone, house: House
) -> None:
    shown = await arrive()
    await house.keep()
    server.fail("answerCallbackQuery", status=400, description="Bad Request: query is too old")
    phone.tap(shown, "⋯ More")
    assert (await phone.wait_for("I no longer know this clip.")).reply_to == shown.id
