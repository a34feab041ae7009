"""What a chat may ask of the home."""

import asyncio

import pytest

from blinkbot.domain import Outcome, SignInState
from blinkbot.domain.clip_search import ClipQuery
from blinkbot.errors import BlinkRefused, BlinkResponseError, DataFolderError, NotAllowed, NotFound, NotSignedIn
from tests.watched_home import OWNER, WatchedHome

PORCH, MINI = 301, 304


def network_id(house: WatchedHome, name: str) -> int:
    return house.cloud.home.network(name).id


async def disk_full(*_: object, **__: object) -> None:
    raise DataFolderError("database or disk is full")


async def test_a_stranger_gets_no_control(house: WatchedHome) -> None:
    with pytest.raises(NotAllowed):
        house.control(6666)


async def test_a_chat_that_lost_its_rights_loses_them_at_once(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await house.store.chats.authorize([4711])
    with pytest.raises(NotAllowed):
        await control.networks.arm(network_id(house, "Home"))
    with pytest.raises(NotAllowed):
        await control.sign_in.enter_pin("123456")
    assert house.cloud.count("/state/") == 0


async def test_arming_is_done_when_blink_says_so_and_makes_the_watch_hurry(house: WatchedHome) -> None:
    result = await house.control(OWNER).networks.arm(network_id(house, "Cabin"))
    assert result.done
    assert house.cloud.home.network("Cabin").armed
    assert house.armed_calls == 1


async def test_after_a_command_the_home_as_last_seen_is_fresh(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    await control.networks.disarm(network_id(house, "Home"))
    seen = (await control.home()).network(network_id(house, "Home"))
    assert seen is not None
    assert not seen.armed


async def test_a_refused_command_tells_why(house: WatchedHome) -> None:
    house.cloud.refuse_command("Home", code=909, message="Sync module is offline")
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert (result.outcome, result.message) == (Outcome.REFUSED, "Sync module is offline")


async def test_a_command_without_an_end_is_unknown(house: WatchedHome) -> None:
    house.cloud.stall_commands()
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.UNKNOWN


async def test_an_unknown_end_is_cleared_up_by_the_home(house: WatchedHome) -> None:
    house.cloud.stall_commands()
    house.cloud.disarm("Home")
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.DONE


async def test_a_command_whose_answer_was_lost_is_done_where_the_home_says_so(house: WatchedHome) -> None:
    house.cloud.disarm("Home")
    house.cloud.fail("POST */state/disarm", times=10, status=200, body="<html>oops</html>", content_type="text/html")
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.DONE


async def test_a_command_whose_answer_was_lost_failed_where_the_home_says_so(house: WatchedHome) -> None:
    house.cloud.fail("POST */state/disarm", times=10, status=200, body="<html>oops</html>", content_type="text/html")
    with pytest.raises(BlinkResponseError):
        await house.control(OWNER).networks.disarm(network_id(house, "Home"))


async def test_a_command_into_an_outage_is_unknown_and_not_denied(house: WatchedHome) -> None:
    house.cloud.fail("*", times=100, status=503)
    result = await house.control(OWNER).networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.UNKNOWN


async def test_a_picture_is_the_one_just_taken(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    picture = await control.cameras.take_picture(MINI)
    taken = house.cloud.home.camera(MINI).picture
    assert taken is not None
    assert picture.jpeg == taken.jpeg
    assert (picture.camera.name, picture.network.name) == ("Living room", "Home")


async def test_an_old_picture_is_never_passed_off_as_new(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.fail("POST */thumbnail", status=200, body='{"message": "", "state_condition": "done"}')
    with pytest.raises(BlinkRefused, match="no new picture"):
        await control.cameras.take_picture(PORCH)


async def test_a_picture_somebody_took_in_blinks_app_is_not_passed_off_as_ours(house: WatchedHome) -> None:
    control = house.control(OWNER)
    camera = (await control.home()).camera(PORCH)
    assert camera is not None
    await house.client.take_picture(camera)
    house.clock.forward(240)
    house.cloud.fail("POST */thumbnail", status=200, body='{"message": "", "state_condition": "done"}')
    with pytest.raises(BlinkRefused, match="no new picture"):
        await control.cameras.take_picture(PORCH)


async def test_pictures_by_all_cameras_share_the_look_before_them(house: WatchedHome) -> None:
    control = house.control(OWNER)
    cameras = (await control.home()).cameras
    house.clock.forward(60)
    before = house.cloud.count("homescreen")
    house.cloud.fail("POST */thumbnail", times=len(cameras), status=404)
    await asyncio.gather(*(control.cameras.take_picture(camera.id) for camera in cameras), return_exceptions=True)
    assert house.cloud.count("homescreen") == before + 1


async def test_a_command_that_blink_carried_out_is_done_also_on_a_full_disk(
    house: WatchedHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    control = house.control(OWNER)
    await control.home()
    monkeypatch.setattr(house.store.home, "save", disk_full)
    result = await control.networks.disarm(network_id(house, "Home"))
    assert result.done
    seen = (await control.home()).network(network_id(house, "Home"))
    assert seen is not None
    assert not seen.armed


async def test_a_camera_that_refuses_says_why(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.refuse_command(kind="thumbnail", code=909, message="Camera is asleep")
    with pytest.raises(BlinkRefused, match="Camera is asleep"):
        await control.cameras.take_picture(PORCH)


async def test_a_camera_nobody_knows_is_not_found(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    with pytest.raises(NotFound):
        await control.cameras.take_picture(4711)


async def test_a_clip_nobody_knows_is_not_found(house: WatchedHome) -> None:
    with pytest.raises(NotFound):
        await house.control(OWNER).clips.get("cloud:4711")


async def test_a_clip_that_is_fetched_twice_at_once_is_two_files(house: WatchedHome) -> None:
    film = await house.cloud.motion("Porch", seconds=1)
    await house.poller.step()
    control = house.control(OWNER)
    clip = (await control.clips.page(ClipQuery(), 0)).clips[0].clip
    first, second = await asyncio.gather(control.recordings.fetch(clip), control.recordings.fetch(clip))
    first.unlink()
    assert second.read_bytes() == film.mp4


async def test_schedules_come_with_their_networks_and_a_usable_zone(house: WatchedHome) -> None:
    house.cloud.home.network("Cabin").time_zone = "Europe/New York"
    found = {each.network.name: each for each in await house.control(OWNER).networks.schedules()}
    assert [schedule.name for schedule in found["Home"].schedules] == ["Nights", "Week-ends & holidays"]
    assert str(found["Home"].zone) == "America/Chicago"
    assert str(found["Cabin"].zone) == "Europe/Berlin"


async def test_a_session_that_ends_after_a_command_was_accepted_denies_nothing(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.stall_commands()
    house.cloud.fail("*/command/", times=1, status=401, body='{"message": "Unauthorized Access", "code": 101}')
    house.cloud.revoke_refresh()
    result = await control.networks.disarm(network_id(house, "Home"))
    assert result.outcome is Outcome.UNKNOWN
    assert control.sign_in.state is SignInState.SIGNED_OUT
    assert house.heard.said[-1] == "sign in: SessionEnded"


async def test_one_network_whose_schedules_cannot_be_read_hides_no_other(house: WatchedHome) -> None:
    cabin = network_id(house, "Cabin")
    house.cloud.fail(f"GET */networks/{cabin}/programs", times=10, status=500)
    found = {each.network.name: each for each in await house.control(OWNER).networks.schedules()}
    assert len(found["Home"].schedules) == 2
    assert found["Cabin"].error


async def test_schedules_that_cannot_be_read_at_all_are_an_error(house: WatchedHome) -> None:
    house.cloud.fail("GET */programs", times=100, status=500)
    with pytest.raises(BlinkRefused):
        await house.control(OWNER).networks.schedules()


async def test_a_schedule_of_a_network_that_is_not_ours_is_not_touched(house: WatchedHome) -> None:
    with pytest.raises(NotFound):
        await house.control(OWNER).networks.switch_schedule(99_999, 31, on=True)
    assert house.cloud.count("POST */programs/") == 0


async def test_status_asks_blink_once_for_two_taps(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.overview()
    await control.overview()
    assert house.cloud.count("homescreen") == 1


async def test_status_comes_from_memory_while_blink_is_down(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.overview()
    house.cloud.fail("*", times=100, status=503)
    house.clock.forward(60)
    overview = await control.overview()
    assert len(overview.home.cameras) == len(house.cloud.home.cameras)


async def test_a_session_that_ends_during_a_command_is_told(house: WatchedHome) -> None:
    control = house.control(OWNER)
    await control.home()
    house.cloud.revoke_refresh()
    house.cloud.expire_tokens()
    with pytest.raises(NotSignedIn):
        await control.networks.arm(network_id(house, "Home"))
    assert control.sign_in.state is SignInState.SIGNED_OUT
    assert house.heard.said[-1] == "sign in: SessionEnded"
    with pytest.raises(NotSignedIn):
        await control.cameras.take_picture(PORCH)
    assert house.cloud.sign_ins == 1
