"""Clips on the USB stick of a sync module (protocol §10)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from blinkbot.blink import BlinkClient
from blinkbot.blink.endpoints.usb_storage import UsbKey, camera_named
from blinkbot.blink.models import UsbState
from blinkbot.blink.wire import usb
from blinkbot.blink.wire.usb import StoredClip
from blinkbot.domain import Camera as DomainCamera
from blinkbot.domain import Clip, Family, Origin, Outcome, SyncModule
from blinkbot.errors import BlinkRefused, BlinkResponseError, Busy, NotFound
from blinkbot.simulator.blinkcloud import BlinkCloud, Camera, Household, Network
from blinkbot.simulator.blinkcloud.state.household import Family as List
from blinkbot.simulator.blinkcloud.state.household import SyncModule as Module
from tests.blink.aside import anything_aside
from tests.blink.helpers import HARDWARE_ID
from tests.blink.place import Place as Client

NAMES = ["Porch", "Front-door (left)", 'Tom & "Jerry"', "Forêt 2", "🐈", "The long one above the garage door"]


@pytest.fixture
async def cloud() -> AsyncIterator[BlinkCloud]:
    home = Household(
        networks=[Network(100, "Lake & house", "America/Chicago", armed=True), Network(200, "Cabin", "UTC")],
        sync_modules=[Module(50, 100, "S50", usb_active=True), Module(60, 200, "S60")],
        cameras=[
            Camera(300 + number, 100, name, List.CAMERA, "catalina", f"S{number}", "porch")
            for number, name in enumerate(NAMES)
        ],
    )
    cloud = BlinkCloud(home, command_seconds=0, clip_seconds=1, seed=1)
    await cloud.start()
    yield cloud
    await cloud.stop()


@pytest.fixture
async def place(cloud: BlinkCloud) -> AsyncIterator[Client]:
    async with Client.signed_in(cloud) as place:
        yield place


async def stick(place: Client) -> dict[str, Clip]:
    """What is on the stick of the first sync module, by key."""
    home = await place.client.home()
    return {clip.key: clip for clip in await place.client.usb_clips(home.sync_modules[0], home)}


async def only_clip(place: Client) -> Clip:
    (clip,) = (await stick(place)).values()
    return clip


class TestListing:
    async def test_an_empty_stick_has_no_clips(self, place: Client) -> None:
        assert await stick(place) == {}

    async def test_a_clip_tells_camera_network_and_instant(self, place: Client) -> None:
        stored = await place.cloud.motion_on_usb("Porch", seconds=1)
        clip = await only_clip(place)
        assert (clip.origin, clip.camera_id, clip.camera_name) == (Origin.USB, 300, "Porch")
        assert (clip.network_id, clip.network_name, clip.time_zone) == (100, "Lake & house", "America/Chicago")
        assert abs((clip.recorded_at - stored.created_at).total_seconds()) < 1
        assert not clip.partial
        assert not clip.deleted

    @pytest.mark.parametrize("name", [name for name in NAMES if name != "🐈"])
    async def test_names_without_their_punctuation_find_their_camera(self, place: Client, name: str) -> None:
        await place.cloud.motion_on_usb(name, seconds=1)
        clip = await only_clip(place)
        assert (clip.camera_id, clip.camera_name) == (300 + NAMES.index(name), name)

    async def test_a_camera_that_was_renamed_keeps_the_name_it_recorded_under(self, place: Client) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        before = await only_clip(place)
        place.cloud.rename("Porch", "Veranda")
        after = await only_clip(place)
        assert after.key == before.key
        assert (after.camera_id, after.camera_name) == (0, "Porch")

    async def test_a_busy_module_is_waited_for_longer_and_longer(self, place: Client) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        place.cloud.usb.polls = 3
        home = await place.client.home()
        place.time.slept.clear()
        assert await place.client.usb_clips(home.sync_modules[0], home)
        assert place.time.slept == [1, 3, 6, 12]

    async def test_a_module_that_stays_busy_is_told(self, place: Client) -> None:
        place.cloud.usb.polls = 99
        with pytest.raises(Busy, match="has not listed its clips"):
            await stick(place)

    async def test_a_module_that_has_something_else_to_do_is_asked_again(self, place: Client) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        place.cloud.busy(100, times=2)
        assert len(await stick(place)) == 1

    @pytest.mark.parametrize("code", [2102, 1700])
    @pytest.mark.parametrize("status", [200, 400, 404, 409])
    async def test_a_stale_list_is_asked_for_again_at_once(self, place: Client, code: int, status: int) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        place.cloud.usb.polls = 0
        home = await place.client.home()
        place.time.slept.clear()
        place.cloud.fail("GET */manifest/request/*", status=status, body=f'{{"message": "stale", "code": {code}}}')
        assert len(await place.client.usb_clips(home.sync_modules[0], home)) == 1
        assert place.time.slept == [1, 1]
        assert place.cloud.count("POST */manifest/request") == 2

    async def test_a_module_that_starts_again_meanwhile_is_listed_again_at_once(self, place: Client) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        home = await place.client.home()

        async def restarting(seconds: float) -> None:
            if place.cloud.count("POST */manifest/request") == 1 and seconds > 1:
                place.cloud.restart_module(100)
            await place.time.sleep(seconds)

        timing = replace(place.timing, sleep=restarting)
        async with BlinkClient(place.urls, place.store, HARDWARE_ID, timing) as client:
            assert len(await client.usb_clips(home.sync_modules[0], home)) == 1
        assert place.cloud.count("POST */manifest/request") == 2

    async def test_lists_that_are_stale_again_and_again_are_given_up(self, place: Client) -> None:
        place.cloud.fail("GET */manifest/request/*", times=99, status=400, body='{"code": 2102}')
        with pytest.raises(Busy, match="change before they are read"):
            await stick(place)
        assert place.cloud.count("POST */manifest/request") == 3

    async def test_a_busy_answer_to_the_list_is_waited_for(self, place: Client) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        place.cloud.usb.polls = 0
        home = await place.client.home()
        place.time.slept.clear()
        place.cloud.fail("GET */manifest/request/*", times=3, status=409, body='{"code": 307}')
        assert await place.client.usb_clips(home.sync_modules[0], home)
        assert place.time.slept == [1, 3, 6, 12]

    async def test_the_newer_list_is_read_where_the_older_is_gone(self, place: Client, tmp_path: Path) -> None:
        stored = await place.cloud.motion_on_usb("Porch", seconds=1)
        older = await stick(place)
        place.cloud.usb.newer_only = True
        newer = await stick(place)
        assert set(newer) == set(older)
        (clip,) = newer.values()
        assert await place.client.download_clip(clip, tmp_path / "clip.mp4") == len(stored.mp4)
        asked = place.cloud.count("GET */manifest/request/*")
        await stick(place)
        assert place.cloud.count("GET */manifest/request/*") == asked

    async def test_where_no_stick_is_in_use_blink_says_so(self, place: Client) -> None:
        home = await place.client.home()
        with pytest.raises(BlinkRefused, match="Local storage is not available"):
            await place.client.usb_clips(home.sync_modules[1], home)


class TestFetching:
    async def test_the_module_uploads_and_every_byte_arrives(self, place: Client, tmp_path: Path) -> None:
        stored = await place.cloud.motion_on_usb("Porch", seconds=1)
        clip = await only_clip(place)
        assert await place.handed.download_clip(clip, tmp_path / "clip.mp4") == len(stored.mp4)
        assert (tmp_path / "clip.mp4").read_bytes() == stored.mp4

    async def test_a_slow_upload_is_waited_for(self, place: Client, tmp_path: Path) -> None:
        stored = await place.cloud.motion_on_usb("Porch", seconds=1)
        clip = await only_clip(place)
        place.cloud.fail(
            "GET */clip/request/*", times=3, status=404, body='{"message": "Media not found", "code": 700}'
        )
        assert await place.client.download_clip(clip, tmp_path / "clip.mp4") == len(stored.mp4)

    async def test_an_upload_that_does_not_come_is_told_as_busy(self, place: Client, tmp_path: Path) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        clip = await only_clip(place)
        place.cloud.fail("GET */clip/request/*", times=99, status=404, body='{"code": 700}')
        with pytest.raises(Busy, match="has not uploaded"):
            await place.client.download_clip(clip, tmp_path / "clip.mp4")
        assert not (tmp_path / "clip.mp4").exists()

    async def test_after_a_restart_of_the_module_it_is_found_under_its_new_id(
        self, place: Client, tmp_path: Path
    ) -> None:
        stored = await place.cloud.motion_on_usb("Porch", seconds=1)
        other = await place.cloud.motion_on_usb("Forêt 2", seconds=1)
        clips = await stick(place)
        place.cloud.restart_module(100)
        porch = next(clip for clip in clips.values() if clip.camera_name == "Porch")
        assert await place.client.download_clip(porch, tmp_path / "clip.mp4") == len(stored.mp4)
        assert (tmp_path / "clip.mp4").read_bytes() == stored.mp4 != other.mp4

    async def test_its_key_stays_the_same_over_a_restart(self, place: Client) -> None:
        for name in NAMES:
            await place.cloud.motion_on_usb(name, seconds=1)
        before = await stick(place)
        place.cloud.restart_module(100)
        after = await stick(place)
        assert set(after) == set(before)
        assert {clip.id for clip in after.values()}.isdisjoint({clip.id for clip in before.values()})

    async def test_a_program_that_has_just_started_lists_the_stick_first(self, place: Client, tmp_path: Path) -> None:
        stored = await place.cloud.motion_on_usb("Porch", seconds=1)
        clip = await only_clip(place)
        async with Client.signed_in(place.cloud) as later:
            assert await later.client.download_clip(clip, tmp_path / "clip.mp4") == len(stored.mp4)

    async def test_a_clip_that_is_gone_from_the_stick_is_told(self, place: Client, tmp_path: Path) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        clip = await only_clip(place)
        place.cloud.usb.clips.clear()
        with pytest.raises(NotFound, match="no clip"):
            await place.client.download_clip(clip, tmp_path / "clip.mp4")

    async def test_a_refused_upload_is_told_with_blinks_word(self, place: Client, tmp_path: Path) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        clip = await only_clip(place)
        place.cloud.refuse_command(kind="local_storage_clip", times=2, message="Stick is full")
        with pytest.raises(BlinkRefused, match="Stick is full"):
            await place.client.download_clip(clip, tmp_path / "clip.mp4")

    async def test_a_clip_has_no_picture_beside_its_video(self, place: Client) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        with pytest.raises(NotFound):
            await place.client.clip_thumbnail(await only_clip(place))


class TestDeleting:
    async def test_it_is_gone_from_the_stick(self, place: Client) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        kept = await place.cloud.motion_on_usb("Forêt 2", seconds=1)
        clips = await stick(place)
        porch = next(clip for clip in clips.values() if clip.camera_name == "Porch")
        assert (await place.client.delete_usb_clip(porch)).outcome is Outcome.DONE
        assert [clip.camera_name for clip in (await stick(place)).values()] == ["Forêt 2"]
        assert place.cloud.usb.clips == [kept]

    async def test_a_clip_in_the_cloud_is_not_one_on_a_stick(self, place: Client) -> None:
        await place.cloud.motion("Porch", seconds=1)
        (clip,) = (await place.clips()).values()
        with pytest.raises(NotFound, match="no clip"):
            await place.client.delete_usb_clip(clip)


class TestStick:
    async def module(self, place: Client) -> SyncModule:
        return (await place.client.home()).sync_modules[0]

    async def test_it_tells_how_it_is(self, place: Client) -> None:
        status = await place.client.usb_status(await self.module(place))
        assert (status.state, status.readable, status.full, status.used_percent) == (UsbState.ACTIVE, True, False, 0)

    async def test_it_is_let_go_and_used_again(self, place: Client) -> None:
        module = await self.module(place)
        assert (await place.client.eject_usb(module)).done
        assert (await place.client.usb_status(module)).state is UsbState.UNMOUNTED
        assert (await place.client.mount_usb(module)).done
        assert (await place.client.usb_status(module)).readable

    @pytest.mark.parametrize("way", ["format_usb", "clear_usb"])
    async def test_it_is_wiped_after_a_second_yes_alone(self, place: Client, way: str) -> None:
        await place.cloud.motion_on_usb("Porch", seconds=1)
        module, wipe = await self.module(place), getattr(place.client, way)
        with pytest.raises(ValueError, match="second yes"):
            await wipe(module, confirmed=False)
        assert place.cloud.usb.clips
        assert (await wipe(module, confirmed=True)).done
        assert place.cloud.usb.clips == []

    @pytest.mark.parametrize(
        ("word", "state", "readable"),
        [
            ("memory_full", UsbState.FULL, True),
            ("format_required", UsbState.NEEDS_FORMAT, False),
            ("incompatible", UsbState.INCOMPATIBLE, False),
            ("on fire", "on fire", False),
        ],
    )
    def test_blinks_words_for_it(self, word: str, state: str, readable: bool) -> None:
        told = {"usb_state": word, "usb_storage_used": 97, "usb_storage_full": True, "storage_warning": 3}
        found = usb.status({**told, "sm_backup_in_progress": True, "last_backup_result": "failed"})
        assert (found.state, found.readable) == (state, readable)
        assert (found.used_percent, found.full, found.nearly_full) == (97, True, True)
        assert (found.backing_up, found.last_backup) == (True, "failed")


GOOD = {"id": "7", "size": "1", "camera_name": "Porch", "created_at": "2026-11-22T12:00:00+00:00"}
ODD = [None, "x", {}, {**GOOD, "id": "../1"}, {**GOOD, "created_at": "yesterday"}, {**GOOD, "created_at": None}]


class TestOddLines:
    @pytest.mark.parametrize("odd", ODD)
    def test_one_holds_up_no_other(self, odd: object) -> None:
        found = usb.manifest({"manifest_id": "1", "clips": [odd, GOOD, odd]}, anything_aside)
        assert found is not None
        assert [clip.id for clip in found.clips] == ["7"]

    @pytest.mark.parametrize("odd", [*ODD, {"id": 1, "clip_start_millis": -1}, {"id": 1, "clip_start_millis": 10**18}])
    def test_one_holds_up_no_other_in_the_newer_form(self, odd: object) -> None:
        good = {"id": 7, "device_name": "Porch", "clip_start_millis": 1_795_348_800_000}
        found = usb.newer_manifest({"manifest_id": 1, "media": [odd, good, odd]}, anything_aside)
        assert found is not None
        assert [(clip.id, clip.recorded_at.year) for clip in found.clips] == [("7", 2026)]

    def test_a_list_that_is_none_is_an_error(self) -> None:
        with pytest.raises(BlinkResponseError):
            usb.manifest({"manifest_id": "1", "clips": "none"}, anything_aside)


class TestKeys:
    @pytest.mark.parametrize("name", [*NAMES, "", "Кухня", "x" * 500, "a:b:c", "../../etc"])
    def test_a_key_fits_into_buttons_and_file_names_and_is_read_back(self, name: str) -> None:
        recorded = datetime(2026, 11, 22, 12, tzinfo=UTC)
        place = UsbKey.of(2**62, StoredClip("1", None, name, recorded))
        key = str(place)
        assert UsbKey.named(key) == place
        assert len(key.encode()) <= 52
        assert all(part.isascii() and part.isalnum() for part in key.split(":"))

    def test_different_names_have_different_keys(self) -> None:
        recorded = datetime(2026, 11, 22, 12, tzinfo=UTC)
        keys = {str(UsbKey.of(50, StoredClip("1", None, name, recorded))) for name in [*NAMES, "Кухня", "Двор"]}
        assert len(keys) == len(NAMES) + 2

    @pytest.mark.parametrize("key", ["cloud:1", "usb:1", "usb:x:porch:1", "usb:1:porch:x", "usb:1:a:b:2", ""])
    def test_other_keys_are_none_of_a_stick(self, key: str) -> None:
        with pytest.raises(NotFound):
            UsbKey.named(key)


class TestNames:
    def cameras(self, *names: str) -> list[DomainCamera]:
        return [
            DomainCamera(number, 100, name, Family.CAMERA, "catalina", motion=True, online=True)
            for number, name in enumerate(names, 1)
        ]

    def test_case_and_punctuation_do_not_count(self) -> None:
        found = camera_named("FrontDoor2", self.cameras("Back door", "front-door #2"))
        assert found is not None
        assert found.id == 2

    def test_two_cameras_that_look_the_same_are_not_guessed_between(self) -> None:
        assert camera_named("FrontDoor", self.cameras("Front door", "Front-door")) is None

    def test_a_name_without_letters_fits_nobody(self) -> None:
        assert camera_named("", self.cameras("🐈", "!!")) is None
