"""JSON → domain: what Blink sends today, what it sent in other years, and what makes no sense."""

import copy
from typing import Any

import pytest

from blinkbot.blink.wire.home import home as read_home
from blinkbot.domain import Family, Home, Power
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies
from tests.blink.aside import Aside, nothing_aside


def home_with(**parts: Any) -> Home:
    return read_home(bodies.homescreen(**parts), nothing_aside)


def problem_of(body: object) -> BlinkResponseError:
    with pytest.raises(BlinkResponseError) as raised:
        read_home(body, nothing_aside)
    return raised.value


class TestHome:
    def test_all_three_families_are_there(self) -> None:
        cameras = read_home(bodies.homescreen(), nothing_aside).cameras
        assert [(camera.name, camera.family, camera.network_id) for camera in cameras] == [
            ("Porch", Family.CAMERA, 100),
            ("Hall", Family.MINI, 200),
            ("Front door", Family.DOORBELL, 100),
        ]

    def test_a_battery_camera_tells_everything_it_knows(self) -> None:
        porch = read_home(bodies.homescreen(), nothing_aside).cameras[0]
        assert (porch.model, porch.motion, porch.online, porch.battery) == ("catalina", True, True, Power.OK)
        assert (porch.battery_bars, porch.wifi_bars, porch.sync_bars, porch.temperature_f) == (3, 4, 5, 68.0)

    def test_a_mini_has_neither_battery_nor_signals(self) -> None:
        hall = home_with().cameras[1]
        assert (hall.battery, hall.battery_bars, hall.wifi_bars, hall.temperature_f) == (None, None, None, None)
        assert (hall.online, hall.motion) == (True, False)

    def test_a_doorbell_has_signals_without_a_temperature(self) -> None:
        door = home_with().cameras[2]
        assert (door.battery, door.battery_bars, door.temperature_f) == (Power.LOW, 1, None)

    def test_networks_tell_whether_they_are_armed_and_their_own_word_for_the_zone(self) -> None:
        home = home_with(networks=[bodies.network(time_zone="Europe/New York"), bodies.network(200, armed=False)])
        assert [(network.id, network.armed) for network in home.networks] == [(100, True), (200, False)]
        assert home.networks[0].time_zone == "Europe/New York"

    def test_a_usb_stick_is_told_by_its_status_alone(self) -> None:
        modules = [bodies.sync_module(), bodies.sync_module(51, local_storage_status="unavailable")]
        assert [module.usb_active for module in home_with(sync_modules=modules).sync_modules] == [True, False]

    def test_an_offline_sync_module_of_an_unlisted_network_is_kept(self) -> None:
        home = home_with(sync_modules=[bodies.sync_module(network_id=999, status="offline")])
        assert [(module.network_id, module.online) for module in home.sync_modules] == [(999, False)]

    def test_offline_with_motion_on_happens(self) -> None:
        porch = home_with(cameras=[bodies.camera(status="offline")]).cameras[0]
        assert (porch.online, porch.motion) == (False, True)

    @pytest.mark.parametrize("part", ["doorbells", "owls", "cameras", "sync_modules", "accessories", "account"])
    @pytest.mark.parametrize("gone", [True, False])
    def test_any_part_may_be_missing_or_null(self, part: str, gone: bool) -> None:
        body = bodies.homescreen(**{part: None})
        if gone:
            del body[part]
        assert read_home(body, nothing_aside).networks

    @pytest.mark.parametrize("body", [{}, {"message": "Something new"}, {"app_updates": {}}])
    def test_a_body_with_nothing_of_a_home_is_not_an_empty_home(self, body: object) -> None:
        assert problem_of(body).operation == "homescreen"

    @pytest.mark.parametrize("body", [None, [], "home", 7, True])
    def test_a_body_that_is_no_object_is_an_error(self, body: object) -> None:
        assert "an object was expected" in str(problem_of(body))

    def test_names_are_kept_as_they_are_and_may_repeat(self) -> None:
        name = "Küche <b>&\"'🐈"
        home = home_with(cameras=[bodies.camera(1, name=name), bodies.camera(2, name=name)])
        assert [camera.name for camera in home.cameras[:2]] == [name, name]

    def test_a_name_that_cannot_be_stored_is_made_storable(self) -> None:
        porch = home_with(cameras=[bodies.camera(name="Po\ud83drch\0")]).cameras[0]
        assert porch.name == "Po?rch"

    @pytest.mark.parametrize("name", [None, "", [], {}])
    def test_a_camera_without_a_name_gets_none_from_us(self, name: object) -> None:
        assert home_with(cameras=[bodies.camera(name=name)]).cameras[0].name == ""

    def test_an_unknown_model_and_battery_word_stay_words(self) -> None:
        porch = home_with(cameras=[bodies.camera(type="kestrel", battery="critical")]).cameras[0]
        assert (porch.model, porch.battery) == ("kestrel", "critical")

    @pytest.mark.parametrize("number", [2**32 + 5, "4294967301"])
    def test_ids_may_be_large_and_may_be_text(self, number: object) -> None:
        assert home_with(cameras=[bodies.camera(id=number)]).cameras[0].id == 2**32 + 5

    @pytest.mark.parametrize("number", [None, "", "x", True, 3.5, [], -4, 0, 2**63, "9" * 5000, "²"])
    def test_a_camera_without_a_usable_id_is_set_aside_and_hides_no_other(self, number: object) -> None:
        aside = Aside()
        found = read_home(bodies.homescreen(cameras=[bodies.camera(id=number), bodies.camera()]), aside)
        assert [camera.name for camera in found.cameras] == ["Porch", "Hall", "Front door"]
        assert [(odd.place, odd.field) for odd in aside.found] == [("cameras", "id")]

    @pytest.mark.parametrize("cameras", [{}, "none", 3, True])
    def test_cameras_that_are_no_list_are_an_error_not_an_empty_home(self, cameras: object) -> None:
        assert problem_of(bodies.homescreen(cameras=cameras)).field == "cameras"

    @pytest.mark.parametrize("odd", [None, 7, "owl", [], {}])
    def test_something_else_among_the_cameras_is_set_aside(self, odd: object) -> None:
        aside = Aside()
        found = read_home(bodies.homescreen(owls=[odd, bodies.mini()]), aside)
        assert [camera.name for camera in found.cameras] == ["Porch", "Hall", "Front door"]
        assert [odd.place for odd in aside.found] == ["owls"]

    def test_armed_is_never_guessed(self) -> None:
        aside = Aside()
        odd = bodies.network(200, armed="perhaps")  # type: ignore[arg-type]
        assert [
            network.id for network in read_home(bodies.homescreen(networks=[odd, bodies.network()]), aside).networks
        ] == [100]
        assert [(odd.place, odd.field) for odd in aside.found] == [("networks", "armed")]

    @pytest.mark.parametrize(
        "signals", [None, [], "good", {"wifi": "strong", "temp": "warm", "battery": -255, "lfr": 9}]
    )
    def test_odd_signals_are_unknown_signals(self, signals: object) -> None:
        porch = home_with(cameras=[bodies.camera(signals=signals)]).cameras[0]
        assert (porch.wifi_bars, porch.battery_bars, porch.sync_bars, porch.temperature_f) == (None, None, None, None)

    def test_a_camera_listed_twice_is_one_camera(self) -> None:
        home = home_with(cameras=[bodies.camera(), bodies.camera()], owls=[], doorbells=[])
        assert len(home.cameras) == 1


class TestSirens:
    @pytest.fixture
    def body(self) -> dict[str, Any]:
        """A home with two sirens in one network."""
        sirens = [{"id": number, "network_id": 200, "name": "Hall", "status": "online"} for number in (1, 2)]
        return dict(bodies.homescreen(sirens=sirens))

    def test_networks_with_a_siren_are_known(self, body: dict[str, Any]) -> None:
        assert read_home(body, nothing_aside).siren_networks == {200}

    @pytest.mark.parametrize("sirens", [None, []])
    def test_a_home_may_have_none(self, body: dict[str, Any], sirens: object) -> None:
        assert read_home({**body, "sirens": sirens}, nothing_aside).siren_networks == frozenset()

    def test_other_years_knew_no_sirens(self, body: dict[str, Any]) -> None:
        del body["sirens"]
        assert read_home(body, nothing_aside).siren_networks == frozenset()

    def test_a_siren_that_is_in_no_network_yet_is_no_siren_of_any(self, body: dict[str, Any]) -> None:
        assert (
            read_home({**body, "sirens": [{"id": 1, "network_id": None}]}, nothing_aside).siren_networks == frozenset()
        )

    @pytest.mark.parametrize("sirens", [{}, "none"])
    def test_what_are_no_sirens_are_named(self, body: dict[str, Any], sirens: object) -> None:
        assert problem_of({**body, "sirens": sirens}).field.startswith("sirens")


class TestLights:
    def test_a_floodlight_appears_once_and_has_a_light(self) -> None:
        accessory = {"id": 1, "type": "superior", "target": "owl", "target_id": 402}
        home = home_with(owls=[bodies.mini(402, type="superior")], accessories={"superior": [accessory]})
        assert [camera.has_light for camera in home.cameras if camera.id == 402] == [True]

    def test_a_floodlight_mount_lights_the_camera_it_is_mounted_to(self) -> None:
        accessory = {"id": 1, "type": "storm", "target": "camera", "target_id": 301}
        home = home_with(owls=[bodies.mini(301)], accessories={"storm": [accessory]})
        assert [(camera.family, camera.has_light) for camera in home.cameras] == [
            (Family.CAMERA, True),
            (Family.MINI, False),
            (Family.DOORBELL, False),
        ]

    def test_a_pan_tilt_mount_is_no_light(self) -> None:
        accessory = {"id": 1, "type": "rosie", "target": "owl", "target_id": 401}
        assert not any(camera.has_light for camera in home_with(accessories={"rosie": [accessory]}).cameras)

    @pytest.mark.parametrize("accessories", [[], {"storm": None}, "none", {"storm": [{"id": 1}]}])
    def test_odd_accessories_do_not_hide_the_home(self, accessories: object) -> None:
        assert len(home_with(accessories=accessories).cameras) == 3


def test_reading_leaves_the_body_alone() -> None:
    body = bodies.homescreen()
    before = copy.deepcopy(body)
    read_home(body, nothing_aside)
    assert body == before
