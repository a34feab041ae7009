"""What is typed, and what is made of it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.simulator.blinkcloud import BlinkCloud, Camera, Household, Network
from blinkbot.simulator.blinkcloud.state.household import Family
from tests.cli.api.terminal import Terminal


class TestList:
    async def test_every_operation_is_shown(self, terminal: Terminal) -> None:
        shown = (await terminal.types("--list")).stdout
        assert [name for name in OPERATIONS if f"\n{name} " not in shown] == []

    async def test_what_deletes_for_good_is_marked(self, terminal: Terminal) -> None:
        shown = (await terminal.types("--list")).stdout
        assert all(f"\n{name} ‡" in shown for name in ("format-local-storage", "clear-local-storage"))
        assert {row["name"] for row in await terminal.gets("--list", "--json") if row["deletes_for_good"]} == {
            "format-local-storage",
            "clear-local-storage",
        }

    async def test_an_address_that_is_read_and_written_shows_both(self, terminal: Terminal) -> None:
        rows = {row["name"]: row for row in await terminal.gets("--list", "--json")}
        assert {route["method"] for route in rows["motion-regions"]["routes"]} == {"GET/POST"}

    async def test_obsolete_ones_are_marked(self, terminal: Terminal) -> None:
        shown = (await terminal.types("--list")).stdout
        assert all(f"\n{name} †" in shown for name, row in OPERATIONS.items() if row.obsolete)

    async def test_what_not_every_family_takes_may_be_left_out(self, terminal: Terminal) -> None:
        assert " camera [accessory] state " in (await terminal.types("--list")).stdout

    async def test_programs_read_it_as_json(self, terminal: Terminal) -> None:
        rows = {row["name"]: row for row in await terminal.gets("--list", "--json")}
        assert set(rows) == set(OPERATIONS)
        arm = rows["arm"]["routes"][0]
        assert (arm["method"], arm["family"]) == ("POST", None)
        assert arm["arguments"] == [{"name": "network", "type": "integer", "required": True}]
        assert {route["family"] for route in rows["record-clip"]["routes"]} == {"camera", "mini", "doorbell"}

    async def test_it_needs_neither_settings_nor_blink(self, terminal: Terminal) -> None:
        terminal.environment.clear()
        assert (await terminal.types("--list")).exit_code == 0
        assert terminal.cloud.requests == []


class TestWrongUsage:
    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ("", "Name an operation"),
            ("amr network=1", "There's no operation amr. Did you mean arm?"),
            ("arm", "arm needs network"),
            ("arm network", "Write arguments as key=value, not network."),
            ("arm network=1 network=2", "network is given twice"),
            ("arm network=1 camra=2", "arm has no argument camra. It takes network"),
            ("snooze-camera camera=301", "snooze-camera needs snooze_time"),
            ("snooze-camera snooze_time=5", "snooze-camera needs camera"),
            ("lights camera=301", "lights needs state"),
            ("lights camera=301 state=dim", "lights: state should be one of on or off"),
            ("command-status network=1 command=x", "command-status: command should be a whole number"),
            ("delete-media ids=1,x", "delete-media: ids should be whole numbers with commas"),
            ("set-notifications motion=maybe", "set-notifications: motion should be true or false"),
            ("create-program network=1 name=x schedule=mon", "create-program: schedule should be JSON"),
            ("video-options auto_purge_days=week", "video-options: auto_purge_days should be a whole number"),
            ("manifest request=1", "manifest needs network"),
            ("thumbnail camera=301", "thumbnail returns a file. Add --output FILE."),
            ("video path=clip.mp4 --output x.mp4", "video: path should be a path that begins with /"),
            ("arm network=1 --seconds 3", "--seconds is the length of a live view"),
            ("camera-signals camera=301 family=mini", "camera-signals: family should be one of camera"),
            ("format-local-storage network=Home", "deletes every clip on the USB stick for good. Add --yes"),
            ("clear-local-storage sync_module=1 network=2", "deletes every clip on the USB stick for good. Add --yes"),
        ],
    )
    async def test_it_is_named_and_nothing_is_sent(self, terminal: Terminal, typed: str, told: str) -> None:
        assert told in await terminal.fails(*typed.split(), code=2)
        assert terminal.cloud.requests == []

    async def test_settings_that_are_missing_are_named(self, terminal: Terminal) -> None:
        del terminal.environment["BLINKBOT_BLINK__EMAIL"]
        assert "blink.email" in await terminal.fails("homescreen")

    async def test_a_camera_that_is_not_there_is_named_with_those_that_are(self, terminal: Terminal) -> None:
        told = await terminal.fails("record-clip", "camera=Attic", code=2)
        assert "There's no camera Attic" in told
        assert "Porch (301)" in told

    async def test_a_family_without_the_operation_is_named(self, terminal: Terminal) -> None:
        told = await terminal.fails("camera-signals", "camera=Living room", code=2)
        assert "Living room is a mini, and camera-signals doesn't work with those." in told


class TestAsking:
    async def test_the_answer_is_what_blink_sent(self, terminal: Terminal) -> None:
        body = await terminal.gets("homescreen")
        assert [network["name"] for network in body["networks"]] == ["Home", "Cabin"]
        assert body["account"]

    async def test_account_and_client_are_filled_in(self, terminal: Terminal) -> None:
        assert await terminal.gets("client-options") == {"options": "{}"}

    async def test_what_needs_no_session_makes_none(self, terminal: Terminal) -> None:
        assert (await terminal.gets("version"))["code"] == 103
        assert (await terminal.gets("regions", "locale=US"))["preferred"]
        assert terminal.cloud.sign_ins == 0

    @pytest.mark.parametrize("camera", ["camera=301", "camera=Porch", "camera=porch"])
    async def test_a_camera_goes_by_id_or_name(self, terminal: Terminal, camera: str) -> None:
        body = await terminal.gets("camera-config", camera)
        assert body["camera"][0]["id"] == 301

    @pytest.mark.parametrize(
        ("camera", "path"),
        [
            ("Porch", "/network/512301/camera/301/thumbnail"),
            ("Living room", "/api/v1/accounts/4310077/networks/512301/owls/304/thumbnail"),
            ("Front door", "/api/v1/accounts/4310077/networks/512301/doorbells/303/thumbnail"),
        ],
    )
    async def test_network_and_family_are_found(self, terminal: Terminal, camera: str, path: str) -> None:
        assert (await terminal.gets("new-thumbnail", f"camera={camera}"))["id"]
        assert terminal.cloud.requests[-1].path == path

    async def test_a_camera_whose_family_is_told_is_not_looked_up(self, terminal: Terminal) -> None:
        await terminal.gets("camera-config", "camera=304", "network=512301", "family=mini")
        assert terminal.cloud.count("/homescreen") == 0

    @pytest.mark.parametrize("network", ["512301", "Home"])
    async def test_a_network_goes_by_id_or_name(self, terminal: Terminal, network: str) -> None:
        await terminal.gets("disarm", f"network={network}")
        assert terminal.cloud.requests[-1].path.endswith("/networks/512301/state/disarm")

    @pytest.mark.parametrize("which", [["network=Home"], ["sync_module=730118"], ["network=512301"]])
    async def test_the_sync_module_of_a_network_is_found(self, terminal: Terminal, which: list[str]) -> None:
        assert (await terminal.gets("local-storage-status", *which))["sync_module_id"] == 730118

    async def test_values_are_typed_by_the_table(self, terminal: Terminal) -> None:
        await terminal.gets("set-notifications", "motion=false")
        assert (await terminal.gets("notifications"))["notifications"]["motion"] is False

    async def test_lists_of_ids_are_separated_by_commas(self, terminal: Terminal) -> None:
        clips = [await terminal.cloud.motion("Porch", seconds=1) for _ in range(2)]
        await terminal.gets("delete-media", f"ids={clips[0].id},{clips[1].id}")
        assert all(clip.deleted for clip in clips)

    async def test_the_first_page_is_meant_where_none_is_told(self, terminal: Terminal) -> None:
        clip = await terminal.cloud.motion("Porch", seconds=1)
        listed = await terminal.gets("media-changed", "since=1970-01-01T00:00:00+0000")
        assert [entry["id"] for entry in listed["media"]] == [clip.id]

    async def test_updates_take_further_fields(self, terminal: Terminal) -> None:
        await terminal.gets("update-camera", "camera=Porch", "motion_sensitivity=3", "flip_video=true", "name=Veranda")
        porch = terminal.cloud.home.camera(301)
        assert porch.name == "Veranda"
        assert porch.settings["motion_sensitivity"] == 3
        assert porch.settings["flip_video"] is True

    @pytest.mark.parametrize(
        ("camera", "typed", "sent"),
        [("Porch", "2", 2), ("Living room", "auto", "auto"), ("Front door", "off", "off"), ("Front door", "1", 1)],
    )
    async def test_the_night_light_is_typed_in_each_familys_words(
        self, terminal: Terminal, camera: str, typed: str, sent: object
    ) -> None:
        await terminal.gets("update-camera", f"camera={camera}", f"illuminator_enable={typed}")
        assert terminal.cloud.home.camera(camera).settings == {"illuminator_enable": sent}

    async def test_a_word_of_another_family_is_named(self, terminal: Terminal) -> None:
        told = await terminal.fails("update-camera", "camera=Porch", "illuminator_enable=auto", code=2)
        assert "update-camera: illuminator_enable should be one of 0, 1 or 2" in told

    @pytest.mark.parametrize("camera", ["Porch", "Forêt"])
    async def test_a_floodlight_is_switched_whether_built_in_or_a_mount(self, terminal: Terminal, camera: str) -> None:
        assert (await terminal.gets("lights", f"camera={camera}", "state=on"))["id"]
        await terminal.cloud.world.commands.all[-1].finished.wait()
        assert terminal.cloud.home.camera(camera).light is True

    async def test_a_mount_that_is_told_is_not_looked_up(self, terminal: Terminal) -> None:
        mount = terminal.cloud.home.camera("Porch").light_mount
        whole = ["camera=301", "network=512301", "family=camera", f"accessory={mount}"]
        assert (await terminal.gets("lights", *whole, "state=on"))["id"]
        assert terminal.cloud.count("/homescreen") == 0

    async def test_a_camera_without_a_light_is_told(self, terminal: Terminal) -> None:
        assert "This camera has no light." in await terminal.fails("lights", "camera=Garage", "state=on")

    async def test_a_busy_sync_module_is_waited_for(self, terminal: Terminal) -> None:
        terminal.cloud.busy("Home", times=1, status=200)
        assert (await terminal.gets("arm", "network=Home"))["id"]

    @pytest.mark.parametrize("operation", ["format-local-storage", "clear-local-storage"])
    async def test_a_second_yes_wipes_the_stick(self, terminal: Terminal, operation: str) -> None:
        await terminal.cloud.motion_on_usb("Porch", seconds=1)
        assert (await terminal.gets(operation, "network=Home", "--yes"))["id"]
        assert terminal.cloud.usb.clips == []

    async def test_motion_regions_are_read_and_written(self, terminal: Terminal) -> None:
        assert (await terminal.gets("motion-regions", "camera=Living room"))["motion_regions"] == 33554431
        assert (await terminal.gets("motion-regions", "camera=Living room", "motion_regions=1"))["id"]
        await terminal.cloud.world.commands.all[-1].finished.wait()
        assert (await terminal.gets("motion-regions", "camera=Living room"))["motion_regions"] == 1

    async def test_the_newer_homescreen_is_asked_for_by_its_generation(self, terminal: Terminal) -> None:
        await terminal.types("homescreen", "generation=v4")
        assert terminal.cloud.requests[-1].path == "/api/v4/accounts/4310077/homescreen"

    async def test_a_schedule_is_given_as_json(self, terminal: Terminal) -> None:
        line = {"dow": ["mon"], "devices": [], "time": "2026-01-15 05:00:00 +0000", "action": "arm"}
        await terminal.gets("create-program", "network=Home", "name=Late", f"schedule={json.dumps([line])}")
        assert terminal.cloud.home.programs[-1].schedule == [line]

    async def test_json_can_go_into_a_file(self, terminal: Terminal, tmp_path: Path) -> None:
        result = await terminal.types("user", "--output", str(tmp_path / "user.json"))
        assert (result.exit_code, result.stdout) == (0, "")
        assert json.loads((tmp_path / "user.json").read_text())["email"] == terminal.cloud.email


class TestNamesAreNotKeys:
    @pytest.fixture
    async def cloud(self) -> AsyncIterator[BlinkCloud]:
        home = Household(
            networks=[Network(100, "Home", "UTC"), Network(200, "Home", "UTC")],
            cameras=[
                Camera(301, 100, "Door", Family.MINI, "owl", "S1", "door"),
                Camera(302, 200, "Door", Family.MINI, "owl", "S2", "door"),
                Camera(303, 200, "301", Family.MINI, "owl", "S3", "door"),
            ],
        )
        cloud = BlinkCloud(home, command_seconds=0, clip_seconds=1, seed=1)
        await cloud.start()
        yield cloud
        await cloud.stop()

    async def test_a_name_that_two_cameras_have_is_not_guessed(self, terminal: Terminal) -> None:
        told = await terminal.fails("camera-config", "camera=Door", code=2)
        assert "Several are called Door. Say which by its id: 301 or 302." in told

    async def test_the_network_tells_them_apart(self, terminal: Terminal) -> None:
        await terminal.gets("camera-config", "camera=Door", "network=200")
        assert terminal.cloud.requests[-1].path.endswith("/networks/200/owls/302/config")

    async def test_digits_are_an_id_first(self, terminal: Terminal) -> None:
        await terminal.gets("camera-config", "camera=301")
        assert terminal.cloud.requests[-1].path.endswith("/networks/100/owls/301/config")
