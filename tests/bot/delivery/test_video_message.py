"""How what was shown becomes its video, in the same message."""

import asyncio
from typing import Any

import pytest
from telegram import Message

from blinkbot.bot import Courier
from blinkbot.bot.client.polling import PollingBot
from blinkbot.bot.client.video_upload import UploadLimit, VideoUploads
from blinkbot.domain import VideoFacts
from blinkbot.domain.deliveries import FileKind, Queue, StoredFile
from blinkbot.domain.preferences import Scope, Target
from blinkbot.errors import BlinkUnreachable, UnreadableVideo
from blinkbot.simulator.botapi import Group, MediaKind, Phone, TelegramServer
from tests.bot.conftest import FAMILY, OWNER
from tests.bot.delivery.conftest import BEN, Hire
from tests.bot.delivery.post import LARGE, PIECE, FakeCloud, Post, Videos, alert
from tests.bot.house import MP4, PORCH, jpeg
from tests.clock import FakeClock


async def deliver_all(courier: Courier) -> None:
    for queue in (Queue.ALERTS, Queue.VIDEOS):
        while await courier.deliver_next(queue):
            pass


async def test_the_picture_becomes_the_video_in_the_same_message(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    await post.put(alert(1, seconds_ago=90), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    shown = phone.last
    assert shown.photo is not None
    post.clock.forward(600)
    assert await courier.deliver_next(Queue.VIDEOS)
    assert [message.id for message in phone.from_bot] == [shown.id]
    assert phone.last.video == LARGE
    assert phone.last.content == shown.content
    assert phone.last.buttons == shown.buttons
    assert phone.last.media is not None
    assert phone.last.media.thumbnail is not None
    assert phone.last.media.thumbnail.data == jpeg()
    assert await post.states() == ["sent"]
    assert cloud.downloads == 1


async def test_a_picture_that_took_long_to_go_up_says_the_same_as_its_video(
    courier: Courier, post: Post, phone: Phone, clock: FakeClock, monkeypatch: pytest.MonkeyPatch, bot: PollingBot
) -> None:
    send = type(bot).send_photo

    async def send_slowly(*args: Any, **kwargs: Any) -> Message:
        clock.forward(7)
        return await send(*args, **kwargs)

    monkeypatch.setattr(type(bot), "send_photo", send_slowly)
    await post.put(alert(1, seconds_ago=40), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.VIDEOS)
    assert [state.content.splitlines()[-1] for state in (*phone.last.earlier, phone.last)] == [
        "⏱ Arrived 40 s late"
    ] * 2


async def test_a_thumbnail_that_never_comes_delays_each_chat_by_no_more_than_its_time(
    courier: Courier,
    post: Post,
    phone: Phone,
    ben: Phone,
    cloud: FakeCloud,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("blinkbot.bot.delivery.pictures.THUMBNAIL_WITHIN", 0.05)
    cloud.no_picture_ends = True
    cloud.hold.clear()
    await post.put(alert(), chats=[OWNER, BEN])
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.ALERTS)
    assert (phone.last.media, ben.last.media) == (None, None)
    cloud.hold.set()
    await courier.deliver_next(Queue.VIDEOS)
    await courier.deliver_next(Queue.VIDEOS)
    assert (phone.last.video, ben.last.video) == (LARGE, LARGE)
    assert cloud.pictures == 1


async def test_a_text_becomes_the_video_in_the_same_message(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.picture = None
    cloud.hold.clear()
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    assert phone.last.media is None
    cloud.hold.set()
    await courier.deliver_next(Queue.VIDEOS)
    assert len(phone.from_bot) == 1
    assert phone.last.video == LARGE


async def test_after_a_crash_between_the_two_the_same_message_is_completed(
    hire: Hire, post: Post, phone: Phone
) -> None:
    first = hire()
    await post.put(alert(), chats=[OWNER])
    await first.deliver_next(Queue.ALERTS)
    await post.store.outbox.claim(Queue.VIDEOS, post.clock())
    await post.store.outbox.recover()
    again = hire()
    assert not await again.deliver_next(Queue.ALERTS)
    assert await again.deliver_next(Queue.VIDEOS)
    assert [message.video for message in phone.from_bot] == [LARGE]


async def test_it_is_uploaded_once_for_all_chats(
    courier: Courier, post: Post, phone: Phone, ben: Phone, family: Group, server: TelegramServer, cloud: FakeCloud
) -> None:
    await post.put(alert(), chats=[OWNER, BEN, FAMILY])
    await deliver_all(courier)
    assert [chat.last.video for chat in (phone, ben, family)] == [LARGE] * 3
    uploads = [call for call in server.calls_of("editMessageMedia") if call.uploads]
    assert len(uploads) == 1
    assert cloud.downloads == 1
    assert list(post.store.spool_dir.iterdir()) == []


async def test_a_message_that_somebody_deleted_stays_deleted(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    phone.delete(phone.last)
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.from_bot == []
    assert await post.states() == ["sent"]


async def test_an_edit_whose_answer_was_lost_is_repeated_until_it_is_known(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer, clock: FakeClock
) -> None:
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    server.cut("editMessageMedia", times=3, after_accepting=True)
    while await post.states() != ["sent"]:
        assert await courier.deliver_next(Queue.VIDEOS)
        clock.forward(60)
    assert [message.video for message in phone.from_bot] == [LARGE]


async def test_a_file_id_that_telegram_forgot_is_uploaded_again(courier: Courier, post: Post, phone: Phone) -> None:
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    await post.store.clips.for_chat(OWNER).set_file(alert().key, StoredFile("forgotten", FileKind.VIDEO))
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == LARGE
    kept = await post.store.clips.for_chat(OWNER).get(alert().key)
    assert kept is not None
    assert kept.file == StoredFile(phone.last.file_id or "", FileKind.VIDEO)


async def test_a_file_id_that_telegram_forgot_is_not_tried_again(
    courier: Courier, post: Post, cloud: FakeCloud, server: TelegramServer
) -> None:
    """Also where nothing can be uploaded in its place for now."""
    cloud.trouble = BlinkUnreachable("no")
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    await post.store.clips.for_chat(OWNER).set_file(alert().key, StoredFile("forgotten", FileKind.VIDEO))
    for _ in range(3):
        await courier.deliver_next(Queue.VIDEOS)
        post.clock.forward(60)
    assert len(server.calls_of("editMessageMedia")) == 1


@pytest.mark.parametrize("refused", [True, False])
async def test_what_is_no_video_becomes_a_document_in_the_same_message(
    courier: Courier, post: Post, phone: Phone, ben: Phone, cloud: FakeCloud, server: TelegramServer, refused: bool
) -> None:
    cloud.video = LARGE if refused else LARGE + b"broken"
    await post.put(alert(), chats=[OWNER, BEN])
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.ALERTS)
    if refused:
        server.fail("editMessageMedia", status=400, description="Bad Request: wrong video")
    await courier.deliver_next(Queue.VIDEOS)
    await courier.deliver_next(Queue.VIDEOS)
    for chat in (phone, ben):
        assert [message.document for message in chat.from_bot] == [cloud.video]
    assert len([call for call in server.calls_of("editMessageMedia") if call.uploads]) == (2 if refused else 1)


async def test_a_video_that_is_too_big_is_made_smaller_while_its_message_says_so(
    hire: Hire, post: Post, phone: Phone, videos: Videos
) -> None:
    videos.smaller = MP4
    courier = hire(uploads=VideoUploads(videos, UploadLimit(100_000)))
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.VIDEOS)
    assert phone.last.video == MP4
    told = [state.content for state in phone.last.earlier]
    assert any("Making the video small enough" in words for words in told)
    assert "Making" not in phone.last.content


async def test_a_video_that_stays_too_big_is_told_under_its_picture(
    hire: Hire, post: Post, phone: Phone, videos: Videos
) -> None:
    courier = hire(uploads=VideoUploads(videos, UploadLimit(100_000)))
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    await courier.deliver_next(Queue.VIDEOS)
    assert len(phone.from_bot) == 1
    assert phone.last.media is not None
    assert phone.last.media.kind is MediaKind.PHOTO
    assert "⚠️ No video. It has" in phone.last.content
    assert phone.last.buttons
    assert await post.states() == ["given up"]


async def test_a_mute_that_was_tapped_while_the_video_was_on_its_way_stays_on_the_button(
    courier: Courier, post: Post, phone: Phone, server: TelegramServer
) -> None:
    await post.put(alert(), chats=[OWNER])
    await courier.deliver_next(Queue.ALERTS)
    server.slow("editMessageMedia", 0.3)
    completing = asyncio.create_task(courier.deliver_next(Queue.VIDEOS))
    await server.wait_for_call("editMessageMedia")
    await post.mute(OWNER, Target(Scope.CAMERA, PORCH.id))
    await completing
    assert phone.last.video == LARGE
    assert "🔔 Unmute" in [button.text for row in phone.last.buttons for button in row]


async def show_a_piece(courier: Courier, post: Post, cloud: FakeCloud) -> None:
    """Let Blink have a piece of an alert's video alone, for a day."""
    cloud.is_piece = True
    await post.put(alert(1), chats=[OWNER])
    await deliver_all(courier)
    for _ in range(60):
        post.clock.forward(1800)
        await deliver_all(courier)


async def test_a_piece_of_a_video_is_fetched_again_until_it_is_whole(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    cloud.is_piece = True
    await post.put(alert(1), chats=[OWNER])
    await deliver_all(courier)
    post.clock.forward(7200)
    await deliver_all(courier)
    assert (phone.last.photo is not None, phone.last.document, phone.last.video) == (True, None, None)
    cloud.is_piece = False
    post.clock.forward(1800)
    await deliver_all(courier)
    assert phone.last.video == LARGE
    assert len(phone.from_bot) == 1


async def test_what_cannot_be_opened_is_not_finished_either(
    courier: Courier, post: Post, phone: Phone, videos: Videos, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(videos, "facts", unreadable)
        await post.put(alert(1), chats=[OWNER])
        await deliver_all(courier)
        assert phone.last.photo is not None
    post.clock.forward(60)
    await deliver_all(courier)
    assert phone.last.video == LARGE


async def unreadable(video: object) -> VideoFacts:
    raise UnreadableVideo("there is no moov in it")


async def test_after_a_day_what_is_there_goes_out_and_says_so(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    await show_a_piece(courier, post, cloud)
    assert phone.last.document == PIECE
    assert "Blink has only a piece of it" in phone.last.content
    assert len(phone.from_bot) == 1


async def test_the_piece_becomes_the_video_when_that_is_whole(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud
) -> None:
    await show_a_piece(courier, post, cloud)
    cloud.is_piece = False
    post.clock.forward(1800)
    await deliver_all(courier)
    assert phone.last.video == LARGE
    assert "piece" not in phone.last.content
    assert len(phone.from_bot) == 1
    assert await post.states() == ["sent"]


async def test_a_piece_is_sent_once_and_given_up_in_the_end(
    courier: Courier, post: Post, phone: Phone, cloud: FakeCloud, server: TelegramServer
) -> None:
    await show_a_piece(courier, post, cloud)
    edits = len(server.calls_of("editMessageMedia"))
    for _ in range(100):
        post.clock.forward(1800)
        await deliver_all(courier)
    assert len(server.calls_of("editMessageMedia")) == edits
    assert phone.last.document == PIECE
    assert await post.states() == ["given up"]
