"""Every typed method of the client about a camera, of each family, against a whole home on loopback."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from blinkbot.blink import BlinkClient, BlinkUrls
from blinkbot.blink.camera_settings import MotionRegions, NightLight, PrivacyZone, Setting, SettingValue, Zones
from blinkbot.domain import Camera, Cause, Family
from blinkbot.errors import BlinkRefused, NotFound
from tests.blink import bodies
from tests.blink.helpers import HARDWARE_ID, FakeTime, Loopback, MemoryTokens, reply, session
from tests.blink.helpers import Seen as Request
from tests.blink.place import Place

FAMILIES = {Family.CAMERA: "Porch", Family.MINI: "Living room", Family.DOORBELL: "Front door"}


@pytest.fixture(params=list(Family), ids=str)
async def camera(place: Place, request: pytest.FixtureRequest) -> Camera:
    """A camera of each family."""
    return await place.camera(FAMILIES[request.param])


def settings_of(place: Place, camera: Camera) -> dict[str, Any]:
    return place.cloud.home.camera(camera.id).settings


class TestCameras:
    async def test_motion_detection_is_switched(self, place: Place, camera: Camera) -> None:
        assert (await place.client.disable_motion(camera)).done
        assert not (await place.camera(camera.name)).motion
        assert (await place.client.enable_motion(camera)).done
        assert (await place.camera(camera.name)).motion

    async def test_a_clip_on_request_comes_as_such(self, place: Place, camera: Camera) -> None:
        # Filming takes the simulator a real moment, so this client waits for real.
        async with BlinkClient(place.urls, place.store, HARDWARE_ID) as patient:
            assert (await patient.record_clip(camera)).done
        (clip,) = (await place.clips()).values()
        assert (clip.camera_id, clip.cause) == (camera.id, Cause.SNAPSHOT)

    async def test_settings_are_read(self, place: Place, camera: Camera) -> None:
        settings = await place.client.camera_settings(camera)
        assert (settings.name, settings.motion, settings.sensitivity) == (camera.name, True, 5)
        assert settings.night_light in list(NightLight)
        assert (settings.early_end, settings.early_notification, settings.audio) != (None, None, None)
        assert (settings.signals is not None) == (camera.family is Family.CAMERA)

    async def test_settings_are_changed_one_by_one_and_read_back(self, place: Place, camera: Camera) -> None:
        wanted: dict[Setting | str, SettingValue] = {
            Setting.SENSITIVITY: 9,
            Setting.CLIP_SECONDS: 5,
            Setting.EARLY_END: True,
            Setting.AUDIO: False,
        }
        changes = await place.client.change_settings(camera, wanted)
        assert [(change.name, change.found, change.taken) for change in changes] == [
            (name, value, True) for name, value in wanted.items()
        ]
        length = "video_length" if camera.family is Family.CAMERA else "clip_length"
        assert settings_of(place, camera) == {
            "motion_sensitivity": 9,
            length: 5,
            "early_termination": True,
            "record_audio_enable": False,
        }
        sent = place.cloud.count("POST */update") + place.cloud.count("POST */config")
        assert sent == len(wanted)
        settings = await place.client.camera_settings(camera)
        assert (settings.sensitivity, settings.clip_seconds, settings.audio) == (9, 5, False)

    @pytest.mark.parametrize(("family", "sent"), [(Family.CAMERA, 2), (Family.MINI, "auto"), (Family.DOORBELL, "auto")])
    async def test_the_night_light_goes_in_each_familys_words(self, place: Place, family: Family, sent: object) -> None:
        camera = await place.camera(FAMILIES[family])
        await place.client.change_settings(camera, {Setting.NIGHT_LIGHT: NightLight.AUTO})
        assert settings_of(place, camera) == {"illuminator_enable": sent}
        assert (await place.client.camera_settings(camera)).night_light is NightLight.AUTO

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({Setting.SENSITIVITY: 0}, "1 to 9"),
            ({Setting.SENSITIVITY: 10}, "1 to 9"),
            ({Setting.SENSITIVITY: "5"}, "1 to 9"),
            ({Setting.CLIP_SECONDS: 4}, "5 to "),
            ({Setting.NIGHT_LIGHT: "dim"}, "off, on, auto"),
            ({Setting.AUDIO: 1}, "it takes bool"),
            ({Setting.SPOTLIGHT: True}, "has no setting spotlight"),
            ({"warp": 9}, "has no setting warp"),
        ],
    )
    async def test_what_a_camera_does_not_offer_is_not_sent(
        self, place: Place, camera: Camera, wrong: dict[Setting | str, SettingValue], told: str
    ) -> None:
        with pytest.raises(ValueError, match=told):
            await place.client.change_settings(camera, {Setting.EARLY_NOTIFICATION: True, **wrong})
        assert settings_of(place, camera) == {}

    async def test_a_value_that_did_not_take_is_named_and_the_others_are_set(
        self, place: Place, camera: Camera
    ) -> None:
        there = place.cloud.home.camera(camera.id)
        there.deaf_to = {"motion_sensitivity"}
        changes = await place.client.change_settings(camera, {Setting.SENSITIVITY: 9, Setting.AUDIO: False})
        assert [(change.name, change.found, change.taken) for change in changes] == [
            (Setting.SENSITIVITY, 5, False),
            (Setting.AUDIO, False, True),
        ]
        assert place.time.slept.count(3) == 1

    async def test_a_value_that_blink_refuses_is_told_with_its_word(self, place: Place, camera: Camera) -> None:
        tail = "update" if camera.family is Family.CAMERA else "config"
        place.cloud.fail(f"POST */{tail}", status=400, body='{"message": "Not for this model", "code": 400}')
        (change,) = await place.client.change_settings(camera, {Setting.AUDIO: False})
        assert (change.taken, change.message) == (False, "Not for this model")

    async def test_two_things_to_detect_do_not_undo_each_other(self, place: Place) -> None:
        camera = await place.camera("Living room")
        modes = {"motion_detection": True, "person_detection": False, "vehicle_detection": False}
        place.cloud.home.camera(camera.id).settings["detection_modes"] = modes
        changes = await place.client.change_settings(
            camera, {Setting.DETECTS_PERSONS: True, Setting.DETECTS_VEHICLES: True}
        )
        assert all(change.taken for change in changes)
        assert settings_of(place, camera)["detection_modes"] == dict.fromkeys(modes, True)

    async def test_the_temperatures_of_the_alarm_stay_apart(self, place: Place) -> None:
        camera = await place.camera("Porch")
        with pytest.raises(ValueError, match="10 degrees apart"):
            await place.client.change_settings(camera, {Setting.LOWEST_F: 80})
        assert (await place.client.change_settings(camera, {Setting.LOWEST_F: 78}))[0].taken

    async def test_zones_of_a_newer_camera(self, place: Place) -> None:
        camera = await place.camera('Tom & "Jerry" <cats> 🐈')
        zones = await place.client.zones(camera)
        assert isinstance(zones, Zones)
        assert (zones.rows, zones.columns, set(zones.mask), zones.privacy) == (8, 8, {1}, ())
        wanted = replace(zones, mask=(0, *zones.mask[1:]), privacy=(PrivacyZone(0, 0, 4, 3),))
        assert (await place.client.set_zones(camera, wanted)).taken
        there = place.cloud.home.camera(camera.id).zones
        assert there["zone_mask"][:2] == [0, 1]
        assert there["privacy_zones"] == [{"x": 0, "y": 0, "w": 4, "h": 3}]
        assert there["sub_zone_rows"] == 2

    @pytest.mark.parametrize("name", ["Garage", "Living room", "Front door"])
    async def test_motion_regions_of_an_older_one(self, place: Place, name: str) -> None:
        camera = await place.camera(name)
        regions = await place.client.zones(camera)
        assert isinstance(regions, MotionRegions)
        assert (all(regions.regions), regions.advanced, set(regions.fine)) == (True, False, {4095})
        wanted = replace(regions, regions=(False, *regions.regions[1:]), advanced=True)
        assert (await place.client.set_zones(camera, wanted)).taken
        assert settings_of(place, camera)["motion_regions"] == (2**25 - 1 - 1) | 2**30

    async def test_zones_that_did_not_take_are_told(self, place: Place) -> None:
        camera = await place.camera("Garage")
        regions = await place.client.zones(camera)
        assert isinstance(regions, MotionRegions)
        place.cloud.refuse_command(kind="config_set", message="Not now")
        change = await place.client.set_zones(camera, replace(regions, regions=(False,) * 25))
        assert (change.taken, change.found, change.message) == (False, regions, "Not now")

    async def test_zones_that_cannot_be_are_not_sent(self, place: Place) -> None:
        camera = await place.camera('Tom & "Jerry" <cats> 🐈')
        zones = await place.client.zones(camera)
        assert isinstance(zones, Zones)
        wrong: list[Zones | MotionRegions] = [
            replace(zones, mask=(1,)),
            replace(zones, mask=(7, *zones.mask[1:])),
            replace(zones, privacy=(PrivacyZone(0, 0, 1, 1),) * 3),
            replace(zones, privacy=(PrivacyZone(19, 0, 2, 1),)),
            MotionRegions((True,) * 24),
            MotionRegions((True,) * 25, fine=(4096,) * 25),
        ]
        for each in wrong:
            with pytest.raises(ValueError, match=r"mask|privacy|region"):
                await place.client.set_zones(camera, each)

    async def test_snoozing(self, place: Place, camera: Camera) -> None:
        await place.client.snooze_camera(camera, 1)
        assert place.cloud.home.camera(camera.id).snoozed_until is not None

    @pytest.mark.parametrize("known", [True, False], ids=["in Blink's own way", "with a snooze of a minute"])
    async def test_a_snooze_is_ended(self, place: Place, camera: Camera, known: bool) -> None:
        there = place.cloud.home.camera(camera.id)
        await place.client.snooze_camera(camera, 600)
        if not known:
            place.cloud.fail("POST */unsnooze", status=404, body="")
        await place.client.unsnooze_camera(camera)
        left = there.snoozed_until
        assert left is None if known else left is not None and left - datetime.now(UTC) < timedelta(minutes=2)

    async def test_there_is_nothing_to_snooze_where_motion_is_off(self, place: Place, camera: Camera) -> None:
        await place.client.disable_motion(camera)
        with pytest.raises(BlinkRefused) as refused:
            await place.client.snooze_camera(camera, 60)
        assert refused.value.code == 2805

    @pytest.mark.parametrize("name", ["Forêt", "Porch"], ids=["wired", "the mount of a battery camera"])
    async def test_a_floodlight_is_switched(self, place: Place, name: str) -> None:
        camera = await place.camera(name)
        assert camera.has_light
        for on in (True, False):
            assert (await place.client.switch_light(camera, on=on)).done
            assert place.cloud.home.camera(camera.id).light is on

    async def test_a_mini_without_a_light_refuses(self, place: Place) -> None:
        with pytest.raises(BlinkRefused) as refused:
            await place.client.switch_light(await place.camera("Living room"), on=True)
        assert refused.value.code == 1630

    async def test_the_mount_that_a_battery_camera_hangs_in_is_found(self) -> None:
        mount = {"id": 9, "type": "storm", "target": "camera", "target_id": 301}
        home = bodies.homescreen(accessories={"storm": [mount]})

        async def answer(seen: Request) -> bytes:
            return reply(home if "homescreen" in seen.path else {"message": "ok"})

        async with Loopback(answer) as server:
            urls = BlinkUrls(oauth=server.url, rest=server.url)
            async with BlinkClient(urls, MemoryTokens(session()), HARDWARE_ID, FakeTime().timing) as client:
                porch = (await client.home()).cameras[0]
                assert (await client.switch_light(porch, on=True)).done
        assert server.seen[-1].path == "/api/v1/accounts/7/networks/100/cameras/301/accessories/storm/9/lights/on"

    async def test_a_battery_camera_without_such_a_mount_has_no_light(self, place: Place) -> None:
        with pytest.raises(NotFound, match="no light"):
            await place.client.switch_light(await place.camera("Garage"), on=True)

    async def test_usage_counts_seconds(self, place: Place) -> None:
        await place.cloud.motion("Porch", seconds=3)
        report = await place.client.camera_usage()
        porch = next(each for each in report.cameras if each.name == "Porch")
        assert (report.days, report.normal_seconds, porch.clip_seconds) == (7, 400, 3)

    async def test_the_obsolete_calls(self, place: Place) -> None:
        porch = await place.camera("Porch")
        signals = await place.client.camera_signals(porch)
        assert (signals.wifi_bars, signals.temperature_f) == (porch.wifi_bars, porch.temperature_f)
        told = await place.client.last_connection(porch)
        assert (told.camera_id, told.temperature_f) == (porch.id, porch.temperature_f)
        names = [each.name for each in await place.client.battery_cameras(porch.network_id)]
        assert names == ["Porch", "Garage"]

    async def test_what_only_battery_cameras_have_is_not_asked_of_others(self, place: Place) -> None:
        mini = await place.camera("Living room")
        with pytest.raises(ValueError, match="camera-signals does not exist for a mini"):
            await place.client.camera_signals(mini)

    async def test_a_camera_that_is_gone_is_told(self, place: Place, camera: Camera) -> None:
        gone = replace(camera, id=424242)
        for ask in (place.client.camera_settings, place.client.record_clip, place.client.enable_motion):
            with pytest.raises(NotFound):
                await ask(gone)
