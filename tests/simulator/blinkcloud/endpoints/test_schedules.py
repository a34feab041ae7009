"""Schedules that Blink's servers carry out (protocol §8)."""

from typing import Any

import pytest

from blinkbot.simulator.blinkcloud import BlinkCloud, entry
from tests.simulator.blinkcloud.app import App

PROGRAMS = "/api/v1/networks/512301/programs"


def program(**changes: Any) -> dict[str, Any]:
    return {"name": "Evenings", "format": "v1", "schedule": [entry("arm", "23:15", "mon", "fri")], **changes}


async def test_the_list_is_a_bare_array_not_in_the_order_of_time(app: App) -> None:
    nights, weekend = await app.body(PROGRAMS)
    assert (nights["name"], nights["status"], weekend["status"]) == ("Nights", "enabled", "disabled")
    assert [line["time"][11:16] for line in nights["schedule"]] == ["12:15", "04:30"]


async def test_switching_answers_802_and_803(app: App) -> None:
    off = await app.post(f"{PROGRAMS}/88123/disable")
    assert off.json() == {"message": "Successfully disabled program 88123", "code": 803}
    assert (await app.body(PROGRAMS))[0]["status"] == "disabled"
    assert (await app.post(f"{PROGRAMS}/88123/enable")).json()["code"] == 802
    assert (await app.body(PROGRAMS))[0]["status"] == "enabled"


async def test_a_program_can_be_made_changed_and_deleted(app: App) -> None:
    made = (await app.post(PROGRAMS + "/create", program())).json()["program"]
    assert made["status"] == "disabled"
    changed = program(name="Later", schedule=[entry("disarm", "05:00", "sat")])
    assert (await app.post(f"{PROGRAMS}/{made['id']}/update", changed)).status_code == 200
    found = (await app.body(PROGRAMS))[-1]
    assert (found["id"], found["name"], found["schedule"]) == (made["id"], "Later", changed["schedule"])
    assert (await app.post(f"{PROGRAMS}/{made['id']}/delete")).status_code == 200
    assert len(await app.body(PROGRAMS)) == 2


@pytest.mark.parametrize(
    "bad",
    [
        program(name=""),
        program(format="v2"),
        program(schedule=[]),
        program(schedule=[entry("explode", "23:15", "mon")]),
        program(schedule=[entry("arm", "25:00", "mon")]),
        program(schedule=[entry("arm", "23:15", "someday")]),
        program(schedule=[entry("arm", "23:15")]),
        program(schedule=[{"action": "arm", "time": "23:15", "dow": ["mon"]}]),
        {"schedule": [entry("arm", "23:15", "mon")]},
    ],
)
async def test_half_a_program_is_refused(app: App, bad: dict[str, Any]) -> None:
    assert (await app.post(PROGRAMS + "/create", bad)).status_code == 400
    assert len(await app.body(PROGRAMS)) == 2


async def test_what_a_program_holds_beside_is_kept(app: App) -> None:
    line = {**entry("ARM", "23:15", "Monday", "mon"), "devices": [301], "note": {"x": [1, None]}}
    made = (await app.post(PROGRAMS + "/create", program(schedule=[line], colour="red"))).json()["program"]
    found = (await app.body(PROGRAMS))[-1]
    assert (found["id"], found["schedule"], found["colour"]) == (made["id"], [line], "red")


async def test_a_program_is_found_only_in_its_network(app: App) -> None:
    assert (await app.post("/api/v1/networks/512977/programs/88123/enable")).status_code == 404
    assert (await app.get("/api/v1/networks/1/programs")).status_code == 404


async def test_somebody_else_can_add_one_in_the_app(cloud: BlinkCloud, app: App) -> None:
    cloud.add_program("Cabin", "Always", [entry("arm", "00:00", "sun")])
    assert [each["name"] for each in await app.body("/api/v1/networks/512977/programs")] == ["Always"]
