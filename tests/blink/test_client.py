"""A whole account over HTTP: the client against the Blink cloud on loopback."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blinkbot.domain import ArmAction, Camera, Cause, Family, Home, Outcome, PinRequest, Tokens
from blinkbot.errors import (
    BlinkResponseError,
    Busy,
    CutShort,
    NotFound,
    NotSignedIn,
    ServerError,
    SessionEnded,
    Throttled,
    WrongCredentials,
    WrongPin,
)
from blinkbot.simulator.blinkcloud import BlinkCloud, Network, entry
from tests.blink.place import Place


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    cloud = BlinkCloud(command_seconds=0, media_limit=3, clip_seconds=1, seed=1)
    await cloud.start()
    yield cloud
    await cloud.stop()


@pytest.fixture
async def place(cloud: BlinkCloud) -> AsyncIterator[Place]:
    async with Place.signed_in(cloud) as place:
        yield place


def lake(cloud: BlinkCloud) -> Network:
    """The first network of the home."""
    return cloud.home.networks[0]


def one_of(cloud: BlinkCloud, family: Family) -> str:
    """The name of a camera of a family."""
    return next(camera.name for camera in cloud.home.cameras if camera.family.value == FAMILY_WORDS[family])


FAMILY_WORDS = {Family.CAMERA: "cameras", Family.MINI: "owls", Family.DOORBELL: "doorbells"}


class TestSigningIn:
    @pytest.mark.parametrize("status", [412, 202])
    async def test_a_new_program_enters_the_code_once(self, status: int) -> None:
        cloud = BlinkCloud(pin_required=True, pin_answer=status)
        await cloud.start()
        place = Place(cloud)
        sign_in = place.sign_in()
        assert isinstance(await sign_in.start(), PinRequest)
        with pytest.raises(WrongPin):
            await sign_in.finish("000000" if cloud.pin != "000000" else "111111")
        tokens = await sign_in.finish(cloud.pin)
        assert (tokens.account_id, tokens.tier) == (cloud.account_id, cloud.tier)
        assert isinstance(await place.sign_in().start(), Tokens)
        await cloud.stop()

    async def test_a_wrong_password_is_told_after_one_try(self, cloud: BlinkCloud) -> None:
        with pytest.raises(WrongCredentials):
            await Place(cloud).sign_in("wrong").start()
        assert cloud.sign_ins == 1

    async def test_a_session_survives_the_end_of_its_access_token(self, place: Place) -> None:
        place.cloud.expire_tokens()
        assert len(await asyncio.gather(*(place.client.home() for _ in range(5)))) == 5
        assert place.cloud.count("POST /oauth/token") == 2
        assert place.cloud.sign_ins == 1

    async def test_a_refused_renewal_ends_the_session_without_the_password(self, place: Place) -> None:
        place.cloud.expire_tokens()
        place.cloud.revoke_refresh()
        with pytest.raises(SessionEnded):
            await place.client.home()
        with pytest.raises(NotSignedIn):
            await place.client.home()
        assert place.cloud.sign_ins == 1
        assert place.store.tokens is None


class TestHome:
    async def test_every_camera_of_every_family_is_seen(self, place: Place) -> None:
        home: Home = await place.client.home()
        seen = {(camera.id, camera.name, FAMILY_WORDS[camera.family], camera.network_id) for camera in home.cameras}
        assert seen == {(each.id, each.name, each.family.value, each.network_id) for each in place.cloud.home.cameras}
        assert [network.name for network in home.networks] == [each.name for each in place.cloud.home.networks]

    async def test_it_is_one_request_and_tells_client_and_user(self, place: Place) -> None:
        before = len(place.cloud.requests)
        await place.client.home()
        assert len(place.cloud.requests) - before == 1
        assert place.client.client_id
        assert place.client.user_id

    async def test_a_camera_out_of_reach_is_offline(self, place: Place) -> None:
        name = one_of(place.cloud, Family.CAMERA)
        place.cloud.take_offline(name)
        assert not (await place.camera(name)).online

    async def test_an_error_page_is_not_an_empty_home(self, place: Place) -> None:
        place.cloud.fail("/homescreen", status=200, body="<html>Sorry</html>", content_type="text/html")
        with pytest.raises(BlinkResponseError, match="web page"):
            await place.client.home()

    async def test_trouble_that_passes_is_not_noticed(self, place: Place) -> None:
        place.cloud.fail("/homescreen", times=2, status=503)
        assert (await place.client.home()).cameras

    async def test_trouble_that_stays_is(self, place: Place) -> None:
        place.cloud.fail("/homescreen", times=99, status=503)
        with pytest.raises(ServerError):
            await place.client.home()

    async def test_403_asks_to_slow_down_at_once(self, place: Place) -> None:
        place.cloud.fail("/homescreen", times=99, status=403)
        with pytest.raises(Throttled):
            await place.client.home()
        assert place.cloud.count("/homescreen") == 1


class TestCommands:
    async def test_arming_and_disarming_change_the_network(self, place: Place) -> None:
        network = lake(place.cloud)
        for armed in (False, True):
            act = place.client.arm if armed else place.client.disarm
            assert (await act(network.id)).done
            found = (await place.client.home()).network(network.id)
            assert found is not None
            assert found.armed is armed

    @pytest.mark.parametrize("status", [409, 200])
    async def test_a_busy_sync_module_is_waited_for(self, place: Place, status: int) -> None:
        place.cloud.busy(lake(place.cloud), times=2, status=status)
        assert (await place.client.arm(lake(place.cloud).id)).done

    async def test_a_sync_module_that_stays_busy_is_told(self, place: Place) -> None:
        place.cloud.busy(lake(place.cloud), times=99)
        with pytest.raises(Busy):
            await place.client.arm(lake(place.cloud).id)

    async def test_a_failed_command_says_why(self, place: Place) -> None:
        place.cloud.refuse_command(message="Sync module did not answer")
        result = await place.client.arm(lake(place.cloud).id)
        assert (result.outcome, result.message) == (Outcome.REFUSED, "Sync module did not answer")

    async def test_a_command_that_never_ends_is_unknown(self, place: Place) -> None:
        place.cloud.stall_commands()
        assert (await place.client.disarm(lake(place.cloud).id)).outcome is Outcome.UNKNOWN

    async def test_an_unknown_network_is_not_there(self, place: Place) -> None:
        with pytest.raises(NotFound):
            await place.client.arm(424242)

    async def test_commands_sent_together_are_all_done(self, place: Place) -> None:
        network = lake(place.cloud).id
        results = await asyncio.gather(*(place.client.arm(network) for _ in range(4)))
        assert [result.outcome for result in results] == [Outcome.DONE] * 4


class TestPictures:
    @pytest.mark.parametrize("family", list(Family))
    async def test_a_new_picture_has_a_new_address_and_new_bytes(self, place: Place, family: Family) -> None:
        name = one_of(place.cloud, family)
        before = await place.camera(name)
        old = await place.client.picture(before)
        assert (await place.client.take_picture(before)).done
        after = await place.camera(name)
        assert after.picture != before.picture
        assert old != await place.client.picture(after)

    async def test_a_camera_out_of_reach_refuses(self, place: Place) -> None:
        name = one_of(place.cloud, Family.CAMERA)
        camera = await place.camera(name)
        place.cloud.take_offline(name)
        assert (await place.client.take_picture(camera)).outcome is Outcome.REFUSED

    async def test_an_error_page_is_not_a_picture(self, place: Place) -> None:
        camera = await place.camera(one_of(place.cloud, Family.MINI))
        place.cloud.fail("GET *.jpg", status=200, body="<html>", content_type="text/html")
        with pytest.raises(BlinkResponseError, match="not a JPEG"):
            await place.client.picture(camera)

    async def test_a_piece_of_a_picture_is_fetched_again_until_it_is_whole(self, place: Place) -> None:
        camera = await place.camera(one_of(place.cloud, Family.MINI))
        place.cloud.send_piece("GET *.jpg", times=2, part=0.3)
        assert (await place.client.picture(camera)).endswith(b"\xff\xd9")
        assert place.cloud.count("thumbnail.jpg") == 3

    async def test_a_piece_of_a_picture_never_passes_as_one(self, place: Place) -> None:
        recorded = await place.cloud.motion(one_of(place.cloud, Family.MINI), seconds=1)
        place.cloud.send_piece("GET *thumb*", part=0.9)
        with pytest.raises(CutShort):
            await place.client.picture(await place.camera(one_of(place.cloud, Family.MINI)))
        with pytest.raises(CutShort):
            await place.client.clip_thumbnail((await place.clips())[recorded.id])

    @pytest.mark.parametrize("family", list(Family))
    async def test_a_picture_that_is_named_by_its_epoch_alone_is_found(self, place: Place, family: Family) -> None:
        name = one_of(place.cloud, family)
        place.cloud.name_pictures_barely(name)
        before = await place.camera(name)
        assert (await place.client.take_picture(before)).done
        after = await place.camera(name)
        assert after.picture != before.picture
        taken = place.cloud.home.camera(after.id).picture
        assert taken is not None
        assert await place.client.picture(after) == taken.jpeg

    async def test_a_camera_without_a_picture_has_none(self, place: Place) -> None:
        camera = Camera(1, 1, "New", Family.CAMERA, "catalina", motion=True, online=True)
        with pytest.raises(NotFound):
            await place.client.picture(camera)


class TestClips:
    async def test_one_request_is_enough_while_the_page_is_not_full(self, place: Place) -> None:
        clip = await place.cloud.motion(one_of(place.cloud, Family.CAMERA), seconds=1)
        before = len(place.cloud.requests)
        found = await place.clips()
        assert len(place.cloud.requests) - before == 1
        assert found[clip.id].cause is Cause.MOTION
        assert found[clip.id].camera_id == clip.camera.id

    async def test_full_pages_are_read_to_the_end(self, place: Place) -> None:
        name = one_of(place.cloud, Family.MINI)
        clips = [await place.cloud.motion(name, seconds=1) for _ in range(7)]
        assert {clip.id for clip in clips} <= set(await place.clips())
        assert place.cloud.count("/media/changed*page=3") == 1

    async def test_only_what_changed_since_is_asked_for(self, place: Place) -> None:
        await place.cloud.motion(one_of(place.cloud, Family.CAMERA), seconds=1)
        assert (await place.client.changed_page(datetime.now(UTC) + timedelta(hours=1))).clips == ()
        assert "since=20" in place.cloud.requests[-1].query
        assert place.cloud.requests[-1].query.endswith("%2B0000&page=1")

    async def test_tombstones_and_unfinished_clips_are_marked(self, place: Place) -> None:
        name = one_of(place.cloud, Family.CAMERA)
        gone = await place.cloud.motion(name, seconds=1)
        growing = await place.cloud.motion(name, seconds=1, partial=True)
        place.cloud.delete(gone)
        found = await place.clips()
        assert found[gone.id].deleted
        assert found[growing.id].partial

    async def test_a_press_is_the_doorbell(self, place: Place) -> None:
        clip = await place.cloud.press(one_of(place.cloud, Family.DOORBELL), seconds=1)
        assert (await place.clips())[clip.id].cause is Cause.DOORBELL

    @pytest.mark.parametrize("family", list(Family))
    async def test_video_and_picture_arrive_byte_for_byte(self, place: Place, family: Family, tmp_path: Path) -> None:
        recorded = await place.cloud.motion(one_of(place.cloud, family), seconds=1)
        clip = (await place.clips())[recorded.id]
        size = await place.client.download_clip(clip, tmp_path / "clip.mp4")
        assert size == len(recorded.mp4)
        assert (tmp_path / "clip.mp4").read_bytes() == recorded.mp4
        assert await place.client.clip_thumbnail(clip) == recorded.jpeg

    async def test_a_video_that_is_not_there_yet_is_waited_for(self, place: Place, tmp_path: Path) -> None:
        recorded = await place.cloud.motion(one_of(place.cloud, Family.CAMERA), seconds=1)
        place.cloud.clip_404_once(recorded, times=2)
        clip = (await place.clips())[recorded.id]
        assert await place.client.download_clip(clip, tmp_path / "clip.mp4") == len(recorded.mp4)

    async def test_an_old_video_that_is_not_there_is_gone_at_once(self, place: Place, tmp_path: Path) -> None:
        name = one_of(place.cloud, Family.CAMERA)
        recorded = await place.cloud.motion(name, seconds=1, created_ago=3600)
        clip = (await place.clips())[recorded.id]
        place.cloud.delete(recorded)
        with pytest.raises(NotFound):
            await place.client.download_clip(clip, tmp_path / "clip.mp4")
        assert place.cloud.count(f"GET {clip.video}") == 1

    async def test_a_video_cut_on_the_way_is_fetched_again(self, place: Place, tmp_path: Path) -> None:
        recorded = await place.cloud.motion(one_of(place.cloud, Family.CAMERA), seconds=1)
        clip = (await place.clips())[recorded.id]
        place.cloud.cut_short("GET *.mp4", times=2)
        await place.client.download_clip(clip, tmp_path / "clip.mp4")
        assert (tmp_path / "clip.mp4").read_bytes() == recorded.mp4

    async def test_a_download_survives_the_end_of_the_access_token(self, place: Place, tmp_path: Path) -> None:
        recorded = await place.cloud.motion(one_of(place.cloud, Family.DOORBELL), seconds=1)
        clip = (await place.clips())[recorded.id]
        place.cloud.expire_tokens()
        await place.client.download_clip(clip, tmp_path / "clip.mp4")
        assert (tmp_path / "clip.mp4").read_bytes() == recorded.mp4

    async def test_a_piece_of_a_clip_never_passes_as_the_clip(self, place: Place, tmp_path: Path) -> None:
        recorded = await place.cloud.motion(one_of(place.cloud, Family.CAMERA), seconds=1)
        clip = (await place.clips())[recorded.id]
        place.cloud.send_piece(f"GET {clip.video}", times=2)
        with pytest.raises(CutShort):
            await place.client.download_clip(clip, tmp_path / "clip.mp4")
        assert files_in(tmp_path) == []
        size = await place.client.download_clip(clip, tmp_path / "piece.mp4", piece=True)
        assert 0 < size < len(recorded.mp4)
        assert await place.client.download_clip(clip, tmp_path / "clip.mp4") == len(recorded.mp4)

    async def test_a_clip_picture_that_wants_its_ending_is_found_too(self, place: Place) -> None:
        recorded = await place.cloud.motion(one_of(place.cloud, Family.CAMERA), seconds=1)
        bare = f"/api/v2/accounts/{place.cloud.account_id}/media/thumb/{recorded.id}"
        clip = replace((await place.clips())[recorded.id], thumbnail=bare)
        place.cloud.fail(f"GET {bare}", times=1, status=404, body='{"message": "Media not found", "code": 700}')
        assert await place.client.clip_thumbnail(clip) == recorded.jpeg
        assert [request.path for request in place.cloud.requests[-2:]] == [bare, f"{bare}.jpg"]

    async def test_a_clip_without_a_picture_has_none(self, place: Place) -> None:
        recorded = await place.cloud.motion(one_of(place.cloud, Family.MINI), seconds=1, thumbnail=False)
        with pytest.raises(NotFound):
            await place.client.clip_thumbnail((await place.clips())[recorded.id])


class TestSchedules:
    async def test_a_schedule_is_listed_and_switched(self, place: Place) -> None:
        network = lake(place.cloud)
        program = place.cloud.add_program(network, "Nights", [entry("arm", "22:00", "mon")], enabled=True)
        found = {each.id: each for each in await place.handed.schedules(network.id)}
        assert (found[program.id].name, found[program.id].enabled) == ("Nights", True)
        assert found[program.id].entries[0].action is ArmAction.ARM
        await place.handed.disable_schedule(network.id, program.id)
        assert not {each.id: each for each in await place.handed.schedules(network.id)}[program.id].enabled
        await place.handed.enable_schedule(network.id, program.id)
        assert {each.id: each for each in await place.handed.schedules(network.id)}[program.id].enabled

    async def test_a_schedule_that_is_gone_is_told(self, place: Place) -> None:
        with pytest.raises(NotFound):
            await place.client.enable_schedule(lake(place.cloud).id, 424242)


async def test_nothing_was_asked_that_blink_does_not_know(place: Place) -> None:
    home = await place.client.home()
    for camera in home.cameras:
        await place.client.take_picture(camera)
        await place.client.picture(await place.camera(camera.name))
    for network in home.networks:
        await place.client.arm(network.id)
        await place.client.disarm(network.id)
        await place.client.schedules(network.id)
    await place.client.changed_page(None)
    assert place.cloud.unknown_requests == []


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())
