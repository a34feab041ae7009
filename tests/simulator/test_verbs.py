"""Functions as HTTP calls: what fits their parameters is carried out, everything else is refused with a reason."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from blinkbot.simulator.verbs import Json, Mistake, Verbs, tell_mistake


class Lamp:
    """Something to be found by its name."""


LAMP = Lamp()


def light(lamp: Lamp, on: bool, hours: float = 1, colour: str | None = None) -> Json:
    return {"found": lamp is LAMP, "on": on, "hours": hours, "colour": colour}


async def count(upto: int = 3) -> list[int]:
    if upto == 13:
        raise ValueError("unlucky")
    return list(range(upto))


async def post(path: str, body: Any = None) -> httpx.Response:
    verbs = Verbs("/do/", {Lamp: lambda name: LAMP if name == "hall" else None}, limits={"hours": (0.5, 24)})
    routes = [*verbs.posts(light=light), *verbs.posts(lambda found: {"numbers": found}, count=count)]
    app = httpx.ASGITransport(Starlette(routes=routes, exception_handlers={Mistake: tell_mistake}))
    async with httpx.AsyncClient(transport=app, base_url="http://lamp") as client:
        return await client.post(path, json={} if body is None else body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"lamp": "hall", "on": True}, {"found": True, "on": True, "hours": 1, "colour": None}),
        ({"on": False, "hours": 2, "more": 1}, {"found": False, "on": False, "hours": 2, "colour": None}),
        (
            {"lamp": "hall", "on": True, "hours": 0.5, "colour": "red"},
            {"found": True, "on": True, "hours": 0.5, "colour": "red"},
        ),
    ],
)
async def test_fields_become_arguments(body: Json, expected: Json) -> None:
    assert (await post("/do/light", body)).json() == expected


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, '"on" must be given, as bool'),
        ({"on": 1}, '"on" must be given, as bool'),
        ({"on": True, "hours": True}, '"hours" must be given, as float'),
        ({"on": True, "hours": 25}, "hours is a number from 0.5 to 24"),
        ({"on": True, "colour": 7}, '"colour" must be given, as str'),
        ([1], "A JSON object was expected"),
    ],
)
async def test_what_does_not_fit_is_refused(body: Any, words: str) -> None:
    answer = await post("/do/light", body)
    assert (answer.status_code, answer.json()) == (400, {"error": words})


async def test_an_answer_is_made_of_what_the_function_returns() -> None:
    assert (await post("/do/count")).json() == {"numbers": [0, 1, 2]}


async def test_what_a_function_refuses_is_told() -> None:
    assert (await post("/do/count", {"upto": 13})).json() == {"error": "unlucky"}
