"""JSON → domain: what Blink sends today, what it sent in other years, and what makes no sense."""

import copy
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from blinkbot.blink.wire import home as wire
from blinkbot.blink.wire import schedules as wire_programs
from blinkbot.domain import ArmAction, Cause, Family, Home, PinRequest, Power, Weekday
from blinkbot.errors import BlinkResponseError
from tests.blink import bodies


def home_with(**parts: Any) -> Home:
    return wire.home(bodies.homescreen(**parts))


def problem_of(body: object) -> BlinkResponseError:
    with pytest.raises(BlinkResponseError) as raised:
        wire.home(body)
    return raised.value


class TestHome:
    def test_all_three_families_are_there(self) -> None:
        cameras = wire.home(bodies.homescreen()).cameras
        assert [(camera.name, camera.family, camera.network_id) for camera in cameras] == [
            ("Porch", Family.CAMERA, 100),
            ("Hall", Family.MINI, 200),
            ("Front door", Family.DOORBELL, 100),
        ]

    def test_a_battery_camera_tells_everything_it_knows(self) -> None:
        porch = wire.home(bodies.homescreen()).cameras[0]
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
        assert wire.home(body).networks

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
    def test_a_camera_without_a_name_is_called_by_its_id(self, name: object) -> None:
        assert home_with(cameras=[bodies.camera(name=name)]).cameras[0].name == "Camera 301"

    def test_an_unknown_model_and_battery_word_stay_words(self) -> None:
        porch = home_with(cameras=[bodies.camera(type="kestrel", battery="critical")]).cameras[0]
        assert (porch.model, porch.battery) == ("kestrel", "critical")

    @pytest.mark.parametrize("number", [2**32 + 5, "4294967301"])
    def test_ids_may_be_large_and_may_be_text(self, number: object) -> None:
        assert home_with(cameras=[bodies.camera(id=number)]).cameras[0].id == 2**32 + 5

    @pytest.mark.parametrize("number", [None, "", "x", True, 3.5, [], -4, 0, 2**63, "9" * 5000, "²"])
    def test_a_camera_without_a_usable_id_is_named(self, number: object) -> None:
        body = bodies.homescreen(cameras=[bodies.camera(), bodies.camera(id=number)])
        assert problem_of(body).field == "cameras[1].id"

    @pytest.mark.parametrize("cameras", [{}, "none", 3, True])
    def test_cameras_that_are_no_list_are_an_error_not_an_empty_home(self, cameras: object) -> None:
        assert problem_of(bodies.homescreen(cameras=cameras)).field == "cameras"

    def test_something_else_among_the_cameras_is_named(self) -> None:
        assert problem_of(bodies.homescreen(owls=[bodies.mini(), None])).field == "owls[1]"

    def test_armed_is_never_guessed(self) -> None:
        body = bodies.homescreen(networks=[bodies.network(), bodies.network(200, armed="perhaps")])  # type: ignore[arg-type]
        assert problem_of(body).field == "networks[1].armed"

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
        assert wire.home(body).siren_networks == {200}

    @pytest.mark.parametrize("sirens", [None, []])
    def test_a_home_may_have_none(self, body: dict[str, Any], sirens: object) -> None:
        assert wire.home({**body, "sirens": sirens}).siren_networks == frozenset()

    def test_other_years_knew_no_sirens(self, body: dict[str, Any]) -> None:
        del body["sirens"]
        assert wire.home(body).siren_networks == frozenset()

    def test_a_siren_that_is_in_no_network_yet_is_no_siren_of_any(self, body: dict[str, Any]) -> None:
        assert wire.home({**body, "sirens": [{"id": 1, "network_id": None}]}).siren_networks == frozenset()

    @pytest.mark.parametrize("sirens", [{}, "none", [None]])
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


@pytest.mark.parametrize(
    ("thumbnail", "path"),
    [
        ("/media/u014/owl/1/thumbnail/fw_9.93__Ab_2026", "/media/u014/owl/1/thumbnail/fw_9.93__Ab_2026.jpg"),
        ("/api/v3/m/thumbnail.jpg?ts=17&ext=", "/api/v3/m/thumbnail.jpg?ts=17&ext="),
        ("/api/v3/m/snapshot/3.JPG", "/api/v3/m/snapshot/3.JPG"),
        ("/media/1?ts=5", "/media/1.jpg?ts=5"),
        ("1700000000", None),
        ("", None),
        (None, None),
    ],
)
def test_both_forms_of_a_thumbnail_become_a_path_to_fetch(thumbnail: str | None, path: str | None) -> None:
    assert wire.picture_path(thumbnail) == path


class TestMedia:
    def test_an_entry_is_a_clip(self) -> None:
        clip = wire.media_page(bodies.media(bodies.entry())).clips[0]
        assert (clip.key, clip.camera_id, clip.camera_name, clip.network_name) == (
            "cloud:9001",
            301,
            "Porch",
            "Lake house",
        )
        assert clip.recorded_at == datetime(2026, 11, 22, 11, 58, 20, tzinfo=UTC)
        assert clip.updated_at == datetime(2026, 11, 22, 11, 59, 1, tzinfo=UTC)
        assert clip.video == "/api/v2/accounts/7/media/clip/9001.mp4"
        assert clip.thumbnail == "/api/v2/accounts/7/media/thumb/9001"

    @pytest.mark.parametrize(
        ("source", "cause"),
        [
            ("pir", Cause.MOTION),
            ("cv_motion", Cause.MOTION),
            ("cv_person", Cause.PERSON),
            ("person", Cause.PERSON),
            ("button_press", Cause.DOORBELL),
            ("button", Cause.DOORBELL),
            ("snapshot", Cause.SNAPSHOT),
            ("liveview", Cause.LIVE_VIEW),
            ("cv_cat", "cv_cat"),
            (None, ""),
        ],
    )
    def test_the_source_tells_the_cause(self, source: object, cause: str) -> None:
        assert wire.media_page(bodies.media(bodies.entry(source=source))).clips[0].cause == cause

    @pytest.mark.parametrize(
        "told", ["2026-11-22T11:58:20Z", "2026-11-22T11:58:20+0000", "2026-11-22T12:58:20+01:00", "2026-11-22 11:58:20"]
    )
    def test_times_come_in_several_forms(self, told: str) -> None:
        clip = wire.media_page(bodies.media(bodies.entry(created_at=told))).clips[0]
        assert clip.recorded_at == datetime(2026, 11, 22, 11, 58, 20, tzinfo=UTC)

    @pytest.mark.parametrize("told", ["yesterday", 1700000000, [], "0001-01-01T00:00:00+23:59", ""])
    def test_a_time_that_is_none_is_named(self, told: object) -> None:
        with pytest.raises(BlinkResponseError) as raised:
            wire.media_page(bodies.media(bodies.entry(), bodies.entry(created_at=told)))
        assert (raised.value.operation, raised.value.field) == ("media-changed", "media[1].created_at")

    def test_a_tombstone_is_marked(self) -> None:
        clip = wire.media_page(bodies.media(bodies.entry(deleted=True, media=None, thumbnail=None))).clips[0]
        assert (clip.deleted, clip.video, clip.thumbnail) == (True, "", None)

    @pytest.mark.parametrize("part", ["device_id", "device_name", "network_id", "network_name"])
    def test_a_clip_that_does_not_say_where_it_came_from_is_still_a_clip(self, part: str) -> None:
        silent = bodies.entry() | {part: None}
        clips = wire.media_page(bodies.media(silent, bodies.entry(2))).clips
        assert [clip.id for clip in clips] == [9001, 2]
        assert clips[0].camera_name
        assert clips[0].network_name

    @pytest.mark.parametrize("part", ["id", "device_id", "network_id"])
    def test_an_id_that_is_none_is_named(self, part: str) -> None:
        with pytest.raises(BlinkResponseError) as raised:
            wire.media_page(bodies.media(bodies.entry(), bodies.entry() | {part: "front"}))
        assert raised.value.field == f"media[1].{part}"

    def test_an_unfinished_clip_is_marked(self) -> None:
        assert wire.media_page(bodies.media(bodies.entry(partial=True))).clips[0].partial

    @pytest.mark.parametrize(
        ("count", "limit", "last"), [(0, 25, True), (2, 25, True), (2, 2, False), (3, 2, False), (2, 0, False)]
    )
    def test_a_short_page_is_the_last(self, count: int, limit: int, last: bool) -> None:
        page = wire.media_page(bodies.media(*(bodies.entry(9000 + n) for n in range(count)), limit=limit))
        assert page.is_last is last

    @pytest.mark.parametrize("body", [{}, {"message": "Something new"}, {"media": "none"}, []])
    def test_a_body_without_media_is_not_an_empty_page(self, body: object) -> None:
        with pytest.raises(BlinkResponseError):
            wire.media_page(body)

    def test_a_moment_is_told_to_the_second_in_utc(self) -> None:
        moment = datetime(2026, 11, 22, 19, 34, 34, 900_000, tzinfo=UTC) - timedelta(hours=1)
        assert wire.moment_text(moment) == "2026-11-22T18:34:34+0000"
        assert wire.moment_text(None) == "1970-01-01T00:00:00+0000"


class TestSchedules:
    def test_a_program_is_a_schedule(self) -> None:
        schedule = wire_programs.schedules([bodies.program()])[0]
        assert (schedule.id, schedule.network_id, schedule.name, schedule.enabled) == (3, 100, "Nights", True)
        assert [(entry.at, entry.action) for entry in schedule.entries] == [
            (time(22, 0), ArmAction.ARM),
            (time(6, 30), ArmAction.DISARM),
        ]
        assert schedule.entries[0].days == (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)

    @pytest.mark.parametrize(
        ("told", "at", "offset"),
        [
            ("2020-02-14 21:00:00 +0000", time(21), timedelta()),
            ("2020-02-14 21:05:09 -0630", time(21, 5, 9), -timedelta(hours=6, minutes=30)),
            ("2020-02-14 21:00:00 +05:45", time(21), timedelta(hours=5, minutes=45)),
            ("2020-02-14T21:00:00Z", time(21), timedelta()),
            ("14:45", time(14, 45), timedelta()),
        ],
    )
    def test_only_the_clock_part_and_its_offset_count(self, told: str, at: time, offset: timedelta) -> None:
        entry = {"dow": ["Mon"], "time": told, "action": "arm"}
        read = wire_programs.schedules([bodies.program(schedule=[entry])])[0].entries[0]
        assert (read.at, read.offset) == (at, offset)

    @pytest.mark.parametrize("told", ["", "25:00", "12:61:00", "noon", None, "12:00 +9900", 7, "1٢:00"])
    def test_a_time_that_is_none_is_named(self, told: object) -> None:
        with pytest.raises(BlinkResponseError) as raised:
            wire_programs.schedules([bodies.program(schedule=[{"dow": ["mon"], "time": told, "action": "arm"}])])
        assert raised.value.field == "programs[0].schedule[0].time"

    def test_an_unknown_action_stays_a_word(self) -> None:
        entry = {"dow": [], "time": "10:00", "action": "snooze"}
        assert wire_programs.schedules([bodies.program(schedule=[entry])])[0].entries[0].action == "snooze"

    def test_an_unknown_day_is_named(self) -> None:
        with pytest.raises(BlinkResponseError) as raised:
            wire_programs.schedules(
                [bodies.program(schedule=[{"dow": ["mon", "xyz"], "time": "10:00", "action": "arm"}])]
            )
        assert raised.value.field == "programs[0].schedule[0].dow"

    def test_a_program_without_entries_is_a_schedule(self) -> None:
        assert wire_programs.schedules([bodies.program(schedule=None, status="disabled")])[0].enabled is False

    @pytest.mark.parametrize("body", [{}, None, "none", [None]])
    def test_programs_that_are_no_list_of_objects_are_an_error(self, body: object) -> None:
        with pytest.raises(BlinkResponseError):
            wire_programs.schedules(body)


class TestCommands:
    def test_the_first_answer_has_an_id_to_ask_for(self) -> None:
        started = wire.started_command("arm", bodies.command())
        assert (started.id, started.finished, started.failed) == (5, False, False)

    @pytest.mark.parametrize("done", [{"id": 5, "state_condition": "done"}, {"id": 5, "complete": True}])
    def test_some_answers_are_done_already(self, done: object) -> None:
        assert wire.started_command("arm", done).finished

    def test_a_bare_message_has_nothing_to_wait_for(self) -> None:
        started = wire.started_command("arm", {"message": "No Cameras Enabled for Motion", "code": 304})
        assert (started.id, started.message) == (None, "No Cameras Enabled for Motion")

    def test_908_says_nothing_before_the_end(self) -> None:
        assert not wire.command_status(bodies.status(complete=False), 5).complete

    def test_the_end_is_good_with_908(self) -> None:
        looked = wire.command_status(bodies.status(), 5)
        assert (looked.complete, looked.succeeded) == (True, True)

    @pytest.mark.parametrize(
        "failure",
        [
            {"status": 1},
            {"status_code": 523, "status_msg": "Live view failed"},
            {"commands": [{"id": 5, "state_condition": "error"}]},
        ],
    )
    def test_the_end_is_bad_with_anything_else(self, failure: dict[str, Any]) -> None:
        looked = wire.command_status(bodies.status(**failure), 5)
        assert (looked.complete, looked.succeeded) == (True, False)

    def test_a_child_that_failed_does_not_fail_its_parent(self) -> None:
        children = [{"id": 5, "state_condition": "done"}, {"id": 6, "state_condition": "error"}]
        assert wire.command_status(bodies.status(commands=children), 5).succeeded

    @pytest.mark.parametrize("body", [{}, {"message": "hm"}, [], None, {"complete": "perhaps"}])
    def test_a_status_that_does_not_say_whether_it_ended_is_an_error(self, body: object) -> None:
        with pytest.raises(BlinkResponseError):
            wire.command_status(body, 5)


class TestSignIn:
    def test_a_code_request_says_where_the_code_went(self) -> None:
        body = {"tsv_state": "sms", "tsv_methods": ["sms"], "next_time_in_secs": 60, "phone": "+1******77"}
        assert wire.pin_request(body) == PinRequest("sms", "+1******77", 60)

    @pytest.mark.parametrize("body", [None, "", [], {}, {"tsv_state": [], "next_time_in_secs": "soon"}])
    def test_a_code_request_may_say_nothing(self, body: object) -> None:
        assert wire.pin_request(body) == PinRequest()

    def test_tokens_do_not_show_themselves(self) -> None:
        shown = repr(wire.granted("the token", {"access_token": "aaa", "refresh_token": "rrr", "expires_in": 60}))
        assert "aaa" not in shown
        assert "rrr" not in shown

    @pytest.mark.parametrize("access", [None, "", 5, "a b", "a\r\nX: y", "tökén"])
    def test_a_token_that_cannot_stand_in_a_header_is_an_error(self, access: object) -> None:
        with pytest.raises(BlinkResponseError) as raised:
            wire.granted("the token", {"access_token": access, "refresh_token": "r"})
        assert raised.value.field == "access_token"

    @pytest.mark.parametrize("lifetime", [None, "soon", -1, 0, 10**30, True])
    def test_a_lifetime_that_makes_no_sense_is_the_usual_one(self, lifetime: object) -> None:
        body = {"access_token": "a", "refresh_token": "r", "expires_in": lifetime}
        assert wire.granted("the token", body).lifetime == 14400

    def test_the_account_has_a_tier(self) -> None:
        assert wire.account({"tier": "u014", "account_id": "7"}) == wire.Account(7, "u014")

    @pytest.mark.parametrize("body", [{}, {"tier": "u014"}, {"account_id": 7}, {"tier": 14, "account_id": 7}, []])
    def test_an_account_without_its_parts_is_an_error(self, body: object) -> None:
        with pytest.raises(BlinkResponseError):
            wire.account(body)


def test_reading_leaves_the_body_alone() -> None:
    body = bodies.homescreen()
    before = copy.deepcopy(body)
    wire.home(body)
    assert body == before
