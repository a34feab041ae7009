"""What a clip's further buttons send: its contact sheet, and its file."""

from dataclasses import replace

import pytest
from telegram import Bot

from blinkbot.bot import ChatBot, Tools
from blinkbot.bot.client.attachments import UPLOAD_LIMIT
from blinkbot.bot.client.video_upload import LOCAL_UPLOAD_LIMIT
from blinkbot.domain.clip_search import KeptClip
from blinkbot.domain.deliveries import FileKind, StoredFile
from blinkbot.errors import BlinkUnreachable, NotFound
from blinkbot.simulator.botapi import MediaKind, Phone, TelegramServer
from tests.bot.conftest import OWNER
from tests.bot.house import MP4, SHEET, House, clip
from tests.bot.under_clips import Arrive, further

pytestmark = pytest.mark.usefixtures("chatbot")


class TestSheet:
    async def test_it_comes_as_a_silent_reply(self, arrive: Arrive, phone: Phone, house: House) -> None:
        more = await further(phone, await arrive())
        house.hold.clear()
        phone.tap(more, "🖼 Contact sheet")
        making = await phone.wait_for("Making a contact sheet…")
        house.hold.set()
        sheet = await phone.wait_for_edit(making, lambda state: state.media)
        assert sheet.media is not None
        assert (sheet.media.kind, sheet.media.data) == (MediaKind.PHOTO, SHEET)
        assert (sheet.reply_to, sheet.silent) == (more.id, True)
        assert sheet.content == "🖼 Front Porch · 11:50"
        assert list(house.spool.iterdir()) == []

    async def test_a_clip_that_blink_deleted_comes_from_telegram(
        self, arrive: Arrive, phone: Phone, house: House
    ) -> None:
        more = await further(phone, await arrive(gone=True))
        phone.tap(more, "🖼 Contact sheet")
        sheet = await phone.wait_for(lambda state: state.media and state.media.kind is MediaKind.PHOTO)
        assert sheet.reply_to == more.id
        assert house.asked == []

    async def test_where_blink_does_not_answer_it_comes_from_telegram(
        self, arrive: Arrive, phone: Phone, house: House
    ) -> None:
        more = await further(phone, await arrive())
        house.trouble = BlinkUnreachable("no answer")
        phone.tap(more, "🖼 Contact sheet")
        await phone.wait_for(lambda state: state.media and state.media.kind is MediaKind.PHOTO)

    async def test_a_clip_that_is_gone_everywhere_says_so(self, arrive: Arrive, phone: Phone, house: House) -> None:
        more = await further(phone, await arrive())
        await house.keep(KeptClip(clip()))
        house.trouble = NotFound("clip", 404)
        phone.tap(more, "🖼 Contact sheet")
        await phone.wait_for("gone from Blink, and Telegram has no copy.")

    async def test_a_broken_video_has_none(self, arrive: Arrive, phone: Phone, house: House) -> None:
        more = await further(phone, await arrive())
        house.video = MP4 + b"broken"
        phone.tap(more, "🖼 Contact sheet")
        await phone.wait_for("this video can't be read")

    async def test_two_taps_make_one(self, arrive: Arrive, phone: Phone, house: House) -> None:
        more = await further(phone, await arrive())
        house.hold.clear()
        phone.tap(more, "🖼 Contact sheet")
        await phone.wait_for("Making a contact sheet…")
        answer = await phone.wait_for_answer(phone.tap(more, "🖼 Contact sheet"))
        assert answer.text == "Already on it."
        house.hold.set()
        await phone.wait_for(lambda state: state.media and state.media.kind is MediaKind.PHOTO)
        assert house.asked == ["fetch cloud:1"]


class TestFile:
    async def test_it_comes_as_blink_made_it_under_a_name_that_tells(
        self, arrive: Arrive, phone: Phone, house: House, chatbot: ChatBot
    ) -> None:
        more = await further(phone, await arrive(replace(clip(), camera_name="Front/Porch")))
        phone.tap(more, "📎 As a file")
        sent = await phone.wait_for(lambda state: state.media and state.media.kind is MediaKind.DOCUMENT)
        assert sent.media is not None
        assert (sent.media.data, sent.media.file_name) == (MP4, "Front-Porch 2026-11-22 11.50.00.mp4")
        assert (sent.reply_to, sent.silent) == (more.id, True)
        await chatbot.stop()
        assert list(house.spool.iterdir()) == []

    async def test_what_telegram_has_as_a_file_is_not_uploaded_again(
        self, arrive: Arrive, phone: Phone, house: House, bot: Bot
    ) -> None:
        more = await further(phone, await arrive())
        document = await bot.send_document(OWNER, MP4, filename="clip.mp4", disable_content_type_detection=True)
        assert document.document
        await house.keep(KeptClip(clip(), StoredFile(document.document.file_id, FileKind.DOCUMENT), gone=True))
        phone.mark_read()
        phone.tap(more, "📎 As a file")
        sent = await phone.wait_for(lambda state: state.media)
        assert sent.media is not None
        assert sent.media.file_id == document.document.file_id
        assert sent.reply_to == more.id

    @pytest.mark.parametrize(("status", "description"), [(500, "Internal Server Error"), (404, "Not Found")])
    async def test_what_telegram_does_not_give_right_now_can_be_had_later(
        self,
        arrive: Arrive,
        phone: Phone,
        server: TelegramServer,
        status: int,
        description: str,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("blinkbot.bot.client.retry.DELAYS", (0.0, 0.0))
        more = await further(phone, await arrive(gone=True))
        server.fail("getFile", times=9, status=status, description=description)
        phone.tap(more, "📎 As a file")
        await phone.wait_for("Telegram isn't giving me the file. Try again in a minute.")

    async def test_a_hiccup_of_telegram_is_passed_over(
        self, arrive: Arrive, phone: Phone, server: TelegramServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        more = await further(phone, await arrive(gone=True))
        monkeypatch.setattr("blinkbot.bot.client.retry.DELAYS", (0.0,))
        server.fail("getFile", status=500, description="Internal Server Error")
        phone.tap(more, "📎 As a file")
        sent = await phone.wait_for(lambda state: state.media and state.media.kind is MediaKind.DOCUMENT)
        assert sent.reply_to == more.id

    async def test_a_file_that_telegram_has_forgotten_is_fetched_again(
        self, arrive: Arrive, phone: Phone, house: House
    ) -> None:
        more = await further(phone, await arrive())
        await house.keep(KeptClip(clip(), StoredFile("AgFORGOTTEN", FileKind.DOCUMENT)))
        phone.tap(more, "📎 As a file")
        sent = await phone.wait_for(lambda state: state.media and state.media.kind is MediaKind.DOCUMENT)
        assert sent.media is not None
        assert sent.media.data == MP4
        assert house.asked == ["fetch cloud:1"]

    async def test_tapped_twice_it_comes_once_however_soon_it_is_there(
        self, arrive: Arrive, phone: Phone, house: House, bot: Bot
    ) -> None:
        more = await further(phone, await arrive())
        document = await bot.send_document(OWNER, MP4, filename="clip.mp4", disable_content_type_detection=True)
        assert document.document
        await house.keep(KeptClip(clip(), StoredFile(document.document.file_id, FileKind.DOCUMENT)))
        before = len(phone.from_bot)
        phone.tap(more, "📎 As a file")
        answer = await phone.wait_for_answer(phone.tap(more, "📎 As a file"))
        assert answer.text == "Already on it."
        assert len(phone.from_bot) == before + 1

    async def test_what_telegram_does_not_give_back_is_told(
        self, arrive: Arrive, phone: Phone, server: TelegramServer
    ) -> None:
        more = await further(phone, await arrive(gone=True))
        server.fail("getFile", status=400, description="Bad Request: file is too big")
        phone.tap(more, "📎 As a file")
        await phone.wait_for("Telegram gives me no file above 20 MB")

    async def test_one_larger_than_telegram_takes_is_told(self, arrive: Arrive, phone: Phone, tools: Tools) -> None:
        tools.uploads.limit.known = 100
        more = await further(phone, await arrive())
        phone.tap(more, "📎 As a file")
        await phone.wait_for("The file can't be sent")

    async def test_one_that_a_server_of_ones_own_refuses_is_told_and_remembered(
        self, arrive: Arrive, phone: Phone, server: TelegramServer, tools: Tools
    ) -> None:
        tools.uploads.limit.known = LOCAL_UPLOAD_LIMIT
        server.fail("editMessageMedia", status=413, description="Request Entity Too Large")
        more = await further(phone, await arrive())
        phone.tap(more, "📎 As a file")
        await phone.wait_for("The file can't be sent")
        assert tools.uploads.limit.known == UPLOAD_LIMIT
