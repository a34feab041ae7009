"""What arrives on the phone, and what can be done about it: the shipped bot between both services, over HTTP."""

from datetime import timedelta
from pathlib import Path

from blinkbot.app import utc_now
from blinkbot.simulator.botapi import LOCAL_UPLOAD_LIMIT, ChatView, SimMessage, TelegramServer
from tests.evening import ADA, Evening

BEN = 1002


def is_video(message: SimMessage) -> bool:
    return message.video is not None


def clips_in(view: ChatView) -> list[SimMessage]:
    """What is in a chat of clips now, in whatever stage."""
    return [message for message in view.from_bot if message.media]


def videos_in(view: ChatView) -> set[bytes | None]:
    return {message.video for message in clips_in(view)}


def rings_of(view: ChatView) -> list[SimMessage]:
    return [message for message in clips_in(view) if not message.silent]


async def test_a_picture_is_there_long_before_its_video_in_the_same_message(evening: Evening) -> None:
    await evening.start_watching()
    evening.telegram.upload_speed = 600_000
    clip = await evening.cloud.big_clip("Porch", 2.5)
    assert len(clip.mp4) >= 2_500_000
    message = await evening.phone.wait_for(is_video, timeout=30)
    assert message.video == clip.mp4
    first = message.earlier[0]
    assert first.photo is not None
    assert message.edited_at is not None
    assert message.edited_at - first.date >= timedelta(seconds=1.5)
    assert len(clips_in(evening.phone)) == 1


async def test_a_question_that_was_asked_under_a_picture_still_stands_when_the_video_comes(evening: Evening) -> None:
    await evening.start_watching()
    evening.telegram.upload_speed = 200_000
    await evening.cloud.big_clip("Porch", 0.5)
    shown = await evening.phone.wait_for(lambda message: message.photo)
    evening.phone.tap(shown, "⋯ More")
    more = await evening.phone.wait_for_edit(shown, lambda state: "Contact sheet" in str(state.buttons))
    evening.phone.tap(more, "🗑 Delete from Blink")
    asked = await evening.phone.wait_for_edit(more, lambda state: "No, keep it" in str(state.buttons))
    whole = await evening.phone.wait_for_edit(shown, lambda state: state.video and state.buttons == asked.buttons)
    evening.phone.tap(whole, "‹ No, keep it")
    more = await evening.phone.wait_for_edit(whole, lambda state: state.buttons == more.buttons)
    evening.phone.tap(more, "‹ Back")
    await evening.phone.wait_for_edit(more, lambda state: state.buttons == shown.buttons)


async def test_six_clips_of_a_burst_ring_at_most_twice(evening: Evening) -> None:
    await evening.start_watching()
    clips = [await evening.cloud.motion("Porch", seconds=1) for _ in range(6)]
    await evening.phone.until(lambda: videos_in(evening.phone) == {clip.mp4 for clip in clips} or None, "every video")
    head = clips_in(evening.phone)[0]
    assert len(rings_of(evening.phone)) <= 2
    await evening.phone.until(lambda: "6 clips" in evening.phone.now(head).caption or None, "the count")
    replies = [message for message in clips_in(evening.phone) if message.id != head.id]
    assert {message.reply_to for message in replies} == {head.id}


async def test_a_mute_in_one_chat_leaves_the_other_alone(evening: Evening) -> None:
    ben = evening.telegram.phone(BEN, first_name="Ben")
    await evening.start_watching([ADA, BEN])
    evening.phone.say("/mute porch 1h")
    await evening.phone.wait_for("muted")
    clip = await evening.cloud.motion("Porch")
    assert (await ben.wait_for(is_video)).video == clip.mp4
    await evening.watched()
    assert clips_in(evening.phone) == []
    evening.phone.say("/clips")
    listed = await evening.phone.wait_for(lambda state: "Porch" in str(state.buttons))
    assert "🔕" in str(listed.buttons)


async def test_after_a_crash_between_picture_and_video_the_same_message_is_completed(tmp_path: Path) -> None:
    async with Evening(tmp_path) as evening:
        await evening.start_watching()
        evening.telegram.upload_speed = 100_000
        clip = await evening.cloud.big_clip("Porch", 0.5)
        shown = await evening.phone.wait_for(lambda message: message.photo)
        await evening.crash_bot()
        evening.telegram.upload_speed = None
        await evening.start_bot()
        message = await evening.phone.wait_for(is_video)
        assert (message.id, message.video) == (shown.id, clip.mp4)
        assert len(clips_in(evening.phone)) == 1


async def test_a_camera_that_stays_offline_is_told_of_and_so_is_its_return_in_the_same_message(
    evening: Evening,
) -> None:
    passed = timedelta()
    evening.clock = lambda: utc_now() + passed
    await evening.start_watching()

    async def look(*, minutes: int) -> None:
        nonlocal passed
        passed += timedelta(minutes=minutes)
        evening.phone.say("/status")
        await evening.phone.wait_for("Blink answered")

    evening.cloud.take_offline("Porch")
    await look(minutes=1)
    evening.cloud.take_offline("Garage")
    await look(minutes=3)
    await look(minutes=2)
    await evening.phone.wait_for("Porch has been offline")
    # Troubles are told in the order in which they are taken for such: nothing came of the first look at the Garage.
    assert not [message for message in evening.phone.from_bot if "Garage has been offline" in message.text]
    await look(minutes=3)
    told = await evening.phone.wait_for("Garage has been offline")
    evening.cloud.bring_online("Garage")
    await look(minutes=1)
    await evening.phone.wait_for_edit(told, "back online")


async def test_a_corrupt_clip_is_after_a_day_a_file_in_the_message_of_its_picture(evening: Evening) -> None:
    await evening.start_watching()
    clip = await evening.cloud.corrupt_clip("Porch")
    await evening.phone.wait_for(lambda state: state.photo)
    await evening.wait_a_day_for_videos()
    message = await evening.phone.wait_for(lambda state: state.document)
    assert message.document == clip.mp4
    assert message.media is not None
    assert message.media.file_name.startswith("Porch ")
    assert len(clips_in(evening.phone)) == 1


async def test_a_server_of_ones_own_takes_a_large_clip_whole(tmp_path: Path) -> None:
    async with Evening(tmp_path, telegram=TelegramServer(upload_limit=LOCAL_UPLOAD_LIMIT)) as evening:
        await evening.start_watching()
        clip = await evening.cloud.big_clip("Porch", 53)
        message = await evening.phone.wait_for(is_video, timeout=30)
        assert message.video == clip.mp4


async def test_elsewhere_a_large_clip_is_packed_anew(evening: Evening) -> None:
    await evening.start_watching()
    clip = await evening.cloud.big_clip("Porch", 53)
    message = await evening.phone.wait_for(is_video, timeout=30)
    assert message.video is not None
    assert len(message.video) < len(clip.mp4)


async def test_without_a_plan_motion_is_one_message_that_rings_with_a_fresh_picture(evening: Evening) -> None:
    evening.cloud.serve("no plan")
    await evening.start_watching()
    await evening.cloud.motion("Porch")
    told = await evening.phone.wait_for("Blink keeps no video: no subscription.")
    assert not told.silent
    shown = await evening.phone.wait_for_edit(told, lambda state: state.photo != told.photo)
    taken = evening.cloud.home.camera("Porch").picture
    assert taken is not None
    assert (shown.id, shown.photo) == (told.id, taken.jpeg)
    await evening.watched()
    assert len(clips_in(evening.phone)) == 1
    evening.phone.say("/clips")
    listed = await evening.phone.wait_for(lambda state: "Porch" in str(state.buttons) and not state.photo)
    evening.phone.tap(listed, next(button.text for row in listed.buttons for button in row if "Porch" in button.text))
    opened = await evening.phone.wait_for(lambda state: state.photo and state.id > listed.id)
    assert "Blink keeps no video: no subscription." in opened.caption


async def test_a_video_that_is_kept_after_all_takes_the_place_of_the_events_picture(evening: Evening) -> None:
    evening.cloud.serve("no plan")
    await evening.start_watching()
    clip = await evening.cloud.motion("Porch")
    shown = await evening.phone.wait_for(lambda state: state.photo)
    evening.cloud.keep_video(clip)
    whole = await evening.phone.wait_for(is_video)
    assert (whole.id, whole.video) == (shown.id, clip.mp4)
    assert "no video" not in whole.caption


async def test_who_was_seen_stands_in_the_alert_and_what_comes_late_is_edited_in(evening: Evening) -> None:
    await evening.start_watching()
    await evening.cloud.motion("Porch", labels=["person"], sentence="A courier rings")
    told = await evening.phone.wait_for("A courier rings")
    assert "Porch — person" in told.caption
    clip = await evening.cloud.motion("Garage")
    alone = await evening.phone.wait_for(lambda state: state.video == clip.mp4)
    evening.cloud.describe(clip, "vehicle", sentence="A van backs out")
    late = await evening.phone.wait_for_edit(alone, lambda state: "A van backs out" in state.caption)
    assert "Garage — vehicle" in late.caption
    assert late.video == clip.mp4
    assert len(clips_in(evening.phone)) == len(rings_of(evening.phone)) == 2


async def test_two_cameras_that_saw_one_event_ring_once(evening: Evening) -> None:
    await evening.start_watching()
    first = await evening.cloud.motion("Porch", partial=True, thumbnail=False)
    second = await evening.cloud.motion("Garage", partial=True, thumbnail=False)
    evening.cloud.same_event(first, second)
    evening.cloud.complete(first)
    evening.cloud.complete(second)
    await evening.phone.wait_for(is_video)
    await evening.watched()
    assert len(clips_in(evening.phone)) == 1


async def test_what_is_still_recorded_is_seen_before_its_video_is_whole(evening: Evening) -> None:
    await evening.start_watching()
    clip = await evening.cloud.motion("Porch", partial=True)
    seen = await evening.phone.wait_for(lambda state: state.photo)
    assert not seen.silent
    evening.cloud.complete(clip)
    whole = await evening.phone.wait_for(is_video)
    assert (whole.id, whole.video) == (seen.id, clip.mp4)
    assert len(clips_in(evening.phone)) == 1


async def test_where_blink_serves_its_older_lists_a_clip_comes_as_before(evening: Evening) -> None:
    evening.cloud.serve("old")
    await evening.start_watching()
    clip = await evening.cloud.motion("Porch", labels=["person"])
    message = await evening.phone.wait_for(is_video)
    assert message.video == clip.mp4
    assert "Porch — motion" in message.caption
