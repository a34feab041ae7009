"""Whole evenings: the shipped bot between a Blink cloud and a Telegram, over HTTP."""

import asyncio
from pathlib import Path

import pytest

from blinkbot.simulator.botapi import SimMessage
from tests.evening import ADA, Evening

BEN, GROUP, STRANGER = 1002, -4003, 6666
PIN_ANSWERS = (412, 202)


def is_clip(message: SimMessage) -> bool:
    return message.video is not None


# -- the first evening


@pytest.mark.parametrize("answer", PIN_ANSWERS)
async def test_the_first_start_asks_for_the_code_and_then_watches(tmp_path: Path, answer: int) -> None:
    async with Evening(tmp_path, pin_required=True, pin_answer=answer) as evening:
        await evening.start_bot()
        await evening.phone.wait_for("code")
        sent = evening.phone.say(evening.cloud.pin)
        await evening.phone.wait_for_deletion(sent)
        await evening.cloud.wait_for_request("/media?start_time")
        await evening.watched()
        clip = await evening.cloud.motion("Porch")
        message = await evening.phone.wait_for(is_clip)
        assert message.video == clip.mp4
        assert evening.cloud.sign_ins == 1


async def test_a_wrong_code_is_asked_for_again(tmp_path: Path) -> None:
    async with Evening(tmp_path, pin_required=True) as evening:
        await evening.start_bot()
        await evening.phone.wait_for("code")
        wrong = "0000" if evening.cloud.pin != "0000" else "1111"
        evening.phone.say(f"/pin {wrong}00")
        await evening.phone.wait_for(lambda message: "wrong" in message.text.lower() or "didn't accept" in message.text)
        evening.phone.say(f"/pin {evening.cloud.pin}")
        await evening.cloud.wait_for_request("homescreen")
        assert evening.cloud.sign_ins == 1


async def test_a_wrong_password_is_told_and_sent_once(evening: Evening) -> None:
    await evening.start_bot(password="not the password")
    await evening.phone.wait_for("password")
    await evening.stop_bot()
    await evening.start_bot(password="not the password")
    await evening.phone.wait_for("sign")
    assert evening.cloud.sign_ins == 1


async def test_what_was_there_before_the_first_start_is_not_pushed_but_can_be_played(evening: Evening) -> None:
    old = await evening.cloud.motion("Porch")
    await evening.start_watching()
    new = await evening.cloud.motion("Garage")
    message = await evening.phone.wait_for(is_clip)
    assert message.video == new.mp4
    evening.phone.say("/clips Porch")
    page = await evening.phone.wait_for(lambda state: state.buttons)
    evening.phone.tap(page, page.buttons[0][0].text)
    played = await evening.phone.wait_for(is_clip)
    assert played.video == old.mp4


# -- clips


async def test_a_clip_comes_once_to_each_chat_byte_for_byte_with_one_upload(evening: Evening) -> None:
    ben = evening.telegram.phone(BEN, first_name="Ben")
    group = evening.telegram.group(GROUP, "Family", [evening.phone, ben])
    await evening.start_watching([ADA, BEN, GROUP])
    clip = await evening.cloud.motion("Porch")
    views = [evening.phone, ben, group]
    for view in views:
        assert (await view.wait_for(is_clip)).video == clip.mp4
    await evening.watched()
    assert [len([m for m in view.messages if m.video]) for view in views] == [1, 1, 1]
    # As a message of its own, or where a picture was: as it happened to be quick.
    sent = evening.telegram.calls_of("sendVideo") + evening.telegram.calls_of("editMessageMedia")
    assert len([call for call in sent if call.uploads]) == 1
    assert evening.cloud.count(f"/{clip.id}/video") == 1


async def test_a_clip_tells_what_telegram_needs_to_play_it(evening: Evening) -> None:
    await evening.start_watching()
    await evening.cloud.motion('Tom & "Jerry" <cats> 🐈', seconds=4)
    message = await evening.phone.wait_for(is_clip)
    assert message.media is not None
    assert (message.media.width, message.media.height) == (640, 360)
    assert message.media.duration == 4
    assert message.media.supports_streaming
    assert message.media.thumbnail is not None
    assert message.media.thumbnail_ignored == ""
    assert 'Tom & "Jerry" <cats> 🐈' in message.caption
    assert "Home" in message.caption


async def test_pressing_the_doorbell_brings_a_clip(evening: Evening) -> None:
    await evening.start_watching()
    clip = await evening.cloud.press("Front door")
    message = await evening.phone.wait_for(is_clip)
    assert message.video == clip.mp4
    assert "Front door" in message.caption


async def test_a_clip_recorded_while_the_bot_was_down_comes_at_the_next_start_without_a_sign_in(
    evening: Evening,
) -> None:
    await evening.start_watching()
    await evening.stop_bot()
    missed = [await evening.cloud.motion("Porch"), await evening.cloud.motion("Living room")]
    await evening.start_bot()
    came = {(await evening.phone.wait_for(is_clip)).video for _ in missed}
    assert came == {clip.mp4 for clip in missed}
    assert evening.cloud.sign_ins == 1


async def test_a_late_upload_is_not_missed(evening: Evening) -> None:
    # Today's list has it when the older one is looked at for deletions, five minutes later (tests/watch).
    evening.cloud.serve("old")
    await evening.start_watching()
    await evening.cloud.motion("Porch")
    await evening.phone.wait_for(is_clip)
    late = await evening.cloud.motion("Garage", announced_late=7200)
    assert (await evening.phone.wait_for(is_clip)).video == late.mp4


async def test_an_unfinished_clip_comes_when_it_is_complete(evening: Evening) -> None:
    await evening.start_watching()
    clip = await evening.cloud.motion("Porch", partial=True)
    await evening.watched()
    assert not [message for message in evening.phone.messages if message.video]
    evening.cloud.complete(clip)
    assert (await evening.phone.wait_for(is_clip)).video == clip.mp4


async def test_what_somebody_recorded_on_request_is_no_alert(evening: Evening) -> None:
    await evening.start_watching()
    await evening.cloud.motion("Porch", source="snapshot")
    await evening.cloud.motion("Porch", source="liveview")
    await evening.watched()
    motion = await evening.cloud.motion("Porch")
    assert (await evening.phone.wait_for(is_clip)).video == motion.mp4
    assert len([message for message in evening.phone.messages if message.video]) == 1


async def test_more_clips_than_a_page_holds_all_come(tmp_path: Path) -> None:
    async with Evening(tmp_path, media_limit=3) as evening:
        await evening.start_watching()
        await evening.stop_bot()
        clips = [await evening.cloud.motion("Porch", seconds=1) for _ in range(7)]
        await evening.start_bot()
        films = {clip.mp4 for clip in clips}
        phone = evening.phone
        await phone.until(lambda: {each.video for each in phone.from_bot if each.video} == films or None, "every clip")


async def test_a_clip_that_is_listed_before_it_can_be_had_comes_all_the_same(evening: Evening) -> None:
    await evening.start_watching()
    evening.cloud.fail("/video/contents", times=1, status=404, body='{"message": "Media not found", "code": 700}')
    clip = await evening.cloud.motion("Porch")
    assert (await evening.phone.wait_for(is_clip)).video == clip.mp4


async def test_an_error_page_in_place_of_a_clip_is_not_sent(evening: Evening) -> None:
    await evening.start_watching()
    evening.cloud.fail("/video/contents", times=1, status=200, body="<html>sorry</html>", content_type="text/html")
    clip = await evening.cloud.motion("Porch")
    await evening.cloud.wait_for_request(f"/{clip.id}/video")
    assert not [message for message in evening.phone.messages if message.video or message.document]


async def test_blink_down_at_the_start_is_no_reason_to_end(evening: Evening) -> None:
    await evening.start_watching()
    await evening.stop_bot()
    evening.cloud.fail("/media?start_time", times=2, status=503, body="<html>down</html>", content_type="text/html")
    await evening.start_bot()
    clip = await evening.cloud.motion("Porch")
    assert (await evening.phone.wait_for(is_clip)).video == clip.mp4


async def test_clips_wait_while_telegram_is_down(evening: Evening) -> None:
    await evening.start_watching()
    await evening.telegram.refuse_connections()
    clip = await evening.cloud.motion("Porch")
    await evening.cloud.wait_for_request(f"/{clip.id}/video")
    await evening.telegram.accept_connections()
    assert (await evening.phone.wait_for(is_clip, timeout=20)).video == clip.mp4


async def test_after_a_crash_nothing_is_lost(evening: Evening) -> None:
    await evening.start_watching()
    await evening.telegram.refuse_connections()
    clip = await evening.cloud.motion("Porch")
    await evening.cloud.wait_for_request(f"/{clip.id}/video")
    await evening.crash_bot()
    await evening.telegram.accept_connections()
    await evening.start_bot()
    assert (await evening.phone.wait_for(is_clip)).video == clip.mp4


# -- the session


async def test_expired_tokens_are_renewed_without_a_word(evening: Evening) -> None:
    await evening.start_watching()
    evening.cloud.expire_tokens()
    clip = await evening.cloud.motion("Porch")
    assert (await evening.phone.wait_for(is_clip)).video == clip.mp4
    assert evening.cloud.sign_ins == 1


async def test_a_session_that_ended_is_told_and_the_password_is_not_sent(evening: Evening) -> None:
    await evening.start_watching()
    evening.cloud.revoke_refresh()
    evening.cloud.expire_tokens()
    await evening.phone.wait_for("signed me out")
    assert evening.cloud.sign_ins == 1
    evening.phone.say("/signin")
    clip = await evening.cloud.motion("Porch")
    assert (await evening.phone.wait_for(is_clip)).video == clip.mp4
    assert evening.cloud.sign_ins == 2


async def test_after_a_new_sign_in_the_watch_goes_on_at_once(evening: Evening) -> None:
    await evening.start_watching()
    await evening.stop_bot()
    evening.cloud.revoke_refresh()
    evening.cloud.expire_tokens()
    before = len(evening.cloud.requests)
    await evening.start_bot(interval="30")
    await evening.cloud.wait_for_request("/media?start_time", after=before)
    await evening.phone.wait_for("signed me out")
    before = len(evening.cloud.requests)
    evening.phone.say("/signin")
    async with asyncio.timeout(10):
        await evening.cloud.wait_for_request("/media?start_time", after=before)


async def test_an_idle_poll_is_one_request(evening: Evening) -> None:
    evening.cloud.home.sync_modules[0].usb_active = False
    await evening.start_watching()
    before = len(evening.cloud.requests)
    await evening.cloud.wait_for_request("/media?start_time", after=before, times=5)
    asked = {request.path.rpartition("/")[2] for request in evening.cloud.requests[before:]}
    assert asked == {"media"}


# -- commands


@pytest.mark.parametrize("camera", ["Porch", "Living room", "Front door"])
async def test_a_new_picture_from_each_kind_of_camera(evening: Evening, camera: str) -> None:
    await evening.start_watching()
    old = evening.cloud.home.camera(camera).picture
    assert old is not None
    evening.phone.say(f"/snap {camera}")
    message = await evening.phone.wait_for(lambda state: state.photo)
    taken = evening.cloud.home.camera(camera).picture
    assert taken is not None
    assert taken.path != old.path
    assert message.photo == taken.jpeg
    assert camera in message.caption


async def test_arming_and_disarming(evening: Evening) -> None:
    await evening.start_watching()
    evening.phone.say("/disarm home")
    await evening.phone.wait_for("Home is disarmed")
    assert not evening.cloud.home.network("Home").armed
    evening.phone.say("/arm all")
    # In either order: a sync module that is listing its stick is waited for.
    await evening.phone.wait_for(lambda state: "Home is armed" in state.text and "Cabin is armed" in state.text)
    assert all(network.armed for network in evening.cloud.home.networks)


async def test_an_acknowledgement_becomes_the_result(evening: Evening) -> None:
    await evening.start_watching()
    evening.phone.say("/disarm home")
    first = await evening.phone.wait_for("Home")
    await evening.phone.wait_for_edit(first, "Home is disarmed")


async def test_a_command_waits_for_a_busy_sync_module(evening: Evening) -> None:
    await evening.start_watching()
    evening.cloud.busy("Home", times=1)
    evening.phone.say("/disarm home")
    await evening.phone.wait_for("Home is disarmed", timeout=20)


async def test_a_schedule_is_shown_in_local_time_and_switched(evening: Evening) -> None:
    await evening.start_watching()
    evening.phone.say("/schedule")
    shown = await evening.phone.wait_for("22:30")
    assert "Mon–Fri" in shown.text
    assert "Week-ends & holidays" in shown.text
    evening.phone.say("/schedule on week")
    await evening.phone.wait_for("Week-ends & holidays is on")
    assert {program.name: program.enabled for program in evening.cloud.home.programs}["Week-ends & holidays"]


async def test_status_tells_of_everything(evening: Evening) -> None:
    evening.cloud.low_battery("Garage")
    evening.cloud.take_offline("Living room")
    await evening.start_watching()
    evening.phone.say("/status")
    status = await evening.phone.wait_for("Garage")
    for camera in evening.cloud.home.cameras:
        assert camera.name in status.text
    assert "54" in status.text
    assert "offline" in status.text.lower()


# -- strangers


async def test_a_stranger_is_told_once_and_reaches_nothing(evening: Evening) -> None:
    stranger = evening.telegram.phone(STRANGER, first_name="Eve")
    await evening.start_watching()
    stranger.say("/arm home")
    told = await stranger.wait_for(str(STRANGER))
    stranger.say("/disarm home")
    stranger.say("123456")
    stranger.forge_tap(told, "1:disarm")
    evening.phone.say("/help")
    await evening.phone.wait_for("/arm")
    assert len(stranger.from_bot) == 1
    assert evening.cloud.count("/state/") == 0
    assert not stranger.commands


async def test_a_chat_that_lost_its_rights_loses_its_menu(evening: Evening) -> None:
    ben = evening.telegram.phone(BEN, first_name="Ben")
    await evening.start_watching([ADA, BEN])
    assert ben.commands
    await evening.stop_bot()
    await evening.start_watching([ADA])
    assert not ben.commands
    assert evening.phone.commands


async def test_a_command_for_another_bot_is_ignored(evening: Evening) -> None:
    await evening.start_watching()
    evening.phone.say("/disarm@otherbot home")
    evening.phone.say("/help")
    await evening.phone.wait_for("/arm")
    assert evening.cloud.count("/state/disarm") == 0


async def test_a_group_that_becomes_a_supergroup_keeps_its_rights(evening: Evening) -> None:
    group = evening.telegram.group(GROUP, "Family", [evening.phone])
    await evening.start_watching([ADA, GROUP])
    bigger = group.migrate_to_supergroup()
    clip = await evening.cloud.motion("Porch")
    assert (await bigger.wait_for(is_clip)).video == clip.mp4
    bigger.say("/disarm home")
    await bigger.wait_for("Home is disarmed")
