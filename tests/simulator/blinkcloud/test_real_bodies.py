"""Bodies have at least the keys of real ones. Needs the folder of real payloads beside the repository."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud
from tests.simulator.blinkcloud.app import App

PAYLOADS = Path(__file__).parents[4] / "shared" / "payloads"

pytestmark = pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the real payloads are not beside this repository")

HOME = 512_301
FULL = "homescreen_FULL_catalina_owl_superior_lotus__udiblink_2024.json"


def real(name: str) -> Any:
    return json.loads((PAYLOADS / name).read_text())


def missing(ours: Any, theirs: Any, *, but: tuple[str, ...] = ()) -> set[str]:
    return set(theirs) - set(ours) - set(but)


async def test_homescreen_has_every_list_of_a_real_one(app: App) -> None:
    assert not missing(await app.homescreen(), real(FULL))


@pytest.mark.parametrize("kind", ["networks", "sync_modules", "cameras", "owls", "doorbells"])
async def test_each_family_has_exactly_the_keys_of_a_real_one(app: App, kind: str) -> None:
    ours = (await app.homescreen())[kind][0]
    assert set(ours) == set(real(FULL)[kind][0])


@pytest.mark.parametrize("kind", ["cameras", "owls", "doorbells"])
async def test_signals_have_what_a_real_family_has(app: App, kind: str) -> None:
    ours, theirs = (await app.homescreen())[kind][0].get("signals"), real(FULL)[kind][0].get("signals")
    assert (ours is None) == (theirs is None)
    assert set(ours or ()) == set(theirs or ())


async def test_accessories_have_what_a_real_floodlight_has(app: App) -> None:
    ours, theirs = (await app.homescreen())["accessories"], real(FULL)["accessories"]
    assert set(ours) == set(theirs)
    for kind in ("superior", "storm"):
        assert set(ours[kind][0]) == set(theirs["superior"][0])


@pytest.mark.parametrize(
    "name", ["media_changed_one_pir__colinbendell_comments.json", "media_changed_one__mattTW_doc.json"]
)
async def test_a_clip_has_exactly_the_keys_of_a_real_one(cloud: BlinkCloud, app: App, name: str) -> None:
    await cloud.motion("Porch", seconds=1)
    answer = await app.body(f"/api/v1/accounts/{cloud.account_id}/media/changed", since="2020-01-01T00:00:00Z", page=1)
    theirs = real(name)
    assert set(answer) == set(theirs)
    assert set(answer["media"][0]) == set(theirs["media"][0])


async def test_a_snapshot_has_exactly_the_keys_of_a_real_one(cloud: BlinkCloud, app: App) -> None:
    await cloud.motion("Porch", seconds=1, source="snapshot")
    theirs = real("media_changed_snapshot__colinbendell_sample.json")["media"][0]
    assert set((await app.media())[0]) == set(theirs)


async def test_arming_answers_like_a_real_server(cloud: BlinkCloud, app: App) -> None:
    ours = (await app.post(f"/api/v1/accounts/{cloud.account_id}/networks/{HOME}/state/arm")).json()
    theirs = real("arm__colinbendell_comments.json")
    assert set(ours) == set(theirs)
    assert set(ours["commands"][0]) == set(theirs["commands"][0])


async def test_a_picture_command_answers_like_a_real_server(app: App) -> None:
    ours = (await app.post(f"/network/{HOME}/camera/301/thumbnail")).json()
    assert not missing(ours, real("thumbnail_request__colinbendell_comments.json"))


async def test_a_minis_picture_command_answers_like_a_real_server(cloud: BlinkCloud, app: App) -> None:
    path = f"/api/v1/accounts/{cloud.account_id}/networks/{HOME}/owls/304/thumbnail"
    assert set((await app.post(path)).json()) == set(real("owl_thumbnail_request__mattTW_doc.json"))


async def test_command_status_answers_like_a_real_server(app: App) -> None:
    command = (await app.post(f"/network/{HOME}/camera/301/thumbnail")).json()
    ours = await app.finished(HOME, command["id"])
    theirs = real("command_status_thumbnail_done__colinbendell_comments.json")
    assert set(ours) == set(theirs)
    assert not missing(ours["commands"][0], theirs["commands"][0])


@pytest.mark.parametrize(
    ("path", "name", "into"),
    [
        ("/api/v1/networks/512301/programs", "programs_list__mattTW_doc.json", lambda body: body[0]),
        ("/networks", "networks__hunsalz_doc.json", lambda body: body),
        ("/networks", "networks__hunsalz_doc.json", lambda body: body["networks"][0]),
        ("/network/512301", "network_get__hunsalz_doc.json", lambda body: body["network"]),
        ("/network/512301/syncmodules", "syncmodules_sm2__hunsalz_doc.json", lambda body: body["syncmodule"]),
        ("/user", "user__hunsalz_doc.json", lambda body: body),
        ("/api/v1/users/tier_info", "tier_info__hunsalz_doc.json", lambda body: body),
        ("/api/v1/camera/usage", "camera_usage__hunsalz_doc.json", lambda body: body),
        ("/api/v1/camera/usage", "camera_usage__hunsalz_doc.json", lambda body: body["networks"][0]["cameras"][0]),
        ("/network/512301/camera/301/signals", "camera_signals__colinbendell_sample.json", lambda body: body),
        ("/network/512301/camera/301", "camera_status__colinbendell_sample.json", lambda body: body["camera_status"]),
        ("/regions?locale=US", "regions__mattTW_doc.json", lambda body: body),
        (
            "/api/v1/accounts/4310077/notifications/configuration",
            "notifications_config__hunsalz_doc.json",
            lambda body: body["notifications"],
        ),
        (
            "/api/v1/accounts/4310077/networks/512301/owls/304/config",
            "owl_config_raw__colinbendell_comments.json",
            lambda body: body,
        ),
    ],
)
async def test_a_body_has_the_keys_of_a_real_one(app: App, path: str, name: str, into: Callable[[Any], Any]) -> None:
    assert not missing(into(await app.body(path)), into(real(name)))


async def test_a_battery_cameras_config_has_the_keys_of_a_real_one(app: App) -> None:
    ours = await app.body(f"/network/{HOME}/camera/302/config")
    theirs = real("camera_config_white__colinbendell_sample.json")
    assert set(ours) == set(theirs)
    assert not missing(ours["camera"][0], theirs["camera"][0])


async def test_a_live_view_answers_like_a_real_server(cloud: BlinkCloud, app: App) -> None:
    wanted = {"intent": "liveview", "motion_event_start_time": None}
    path = f"/api/v6/accounts/{cloud.account_id}/networks/{HOME}/cameras/301/liveview"
    assert set((await app.post(path, wanted)).json()) == set(real("liveview_v5_immis_token__hunsalz_doc.json"))


@pytest.mark.parametrize(
    "name", ["login_v5_2fa_required_2023__healyr22_test.json", "login_v5__colinbendell_sample.json"]
)
async def test_the_older_sign_in_answers_like_a_real_server(cloud: BlinkCloud, visitor: App, name: str) -> None:
    body = {"email": cloud.email, "password": cloud.password, "unique_id": visitor.hardware_id}
    ours = (await visitor.post("/api/v5/account/login", body)).json()
    theirs = real(name)
    assert set(ours) == set(theirs)
    assert not missing(ours["account"], theirs["account"])


async def test_a_manifest_has_the_keys_of_a_real_one(cloud: BlinkCloud, app: App) -> None:
    cloud.usb.polls = 0
    await cloud.motion_on_usb("Porch", seconds=1)
    base = f"/api/v1/accounts/{cloud.account_id}/networks/{HOME}/sync_modules/730118/local_storage/manifest/request"
    command = (await app.post(base)).json()
    assert set(command) == set(real("local_storage_manifest_request__hunsalz_doc.json"))
    await app.finished(HOME, command["id"])
    ours, theirs = await app.body(f"{base}/{command['id']}"), real("local_storage_manifest__hunsalz_doc.json")
    assert set(ours) == set(theirs)
    assert set(ours["clips"][0]) == set(theirs["clips"][0])


@pytest.mark.parametrize(
    ("method", "path", "body", "name"),
    [
        ("POST", "/api/v1/networks/512301/programs/88123/enable", None, "program_enable__mattTW_doc.json"),
        ("POST", "/api/v1/networks/512301/programs/88123/disable", None, "program_disable__hunsalz_doc.json"),
        ("POST", "/network/512301/update", {}, "network_update_response__hunsalz_doc.json"),
        ("POST", "/app/logs/upload", {"log": "x"}, "app_logs_upload__hunsalz_doc.json"),
        (
            "POST",
            "/api/v1/accounts/4310077/notifications/configuration",
            {"notifications": {"motion": False}},
            "notifications_set__mattTW_doc.json",
        ),
    ],
)
async def test_an_answer_has_the_keys_of_a_real_one(
    app: App, method: str, path: str, body: dict[str, Any] | None, name: str
) -> None:
    answer = await app.http.request(method, path, json=body)
    assert answer.status_code == 200
    assert set(answer.json()) == set(real(name))


async def test_a_saved_program_answers_like_a_real_server(cloud: BlinkCloud, app: App) -> None:
    schedule = cloud.home.programs[0].schedule
    body = {"name": "Evenings", "format": "v1", "schedule": schedule}
    answer = (await app.post(f"/api/v1/networks/{HOME}/programs/create", body)).json()
    assert set(answer["program"]) == set(real("program_update_program_only__mattTW_doc.json"))
    assert set(answer["actions"][0]) == set(real("program_update_action__mattTW_doc.json"))
