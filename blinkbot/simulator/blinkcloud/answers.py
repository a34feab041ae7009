"""The tools of the handlers: bodies from files, the JSON of a request, and Blink's refusals (protocol §11)."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.verbs import read_object

Body = dict[str, Any]
"""A JSON object on its way out or in."""

BODIES = Path(__file__).with_name("bodies")


class Refusal(Exception):
    """An answer that ends a request: HTTP status, and a body of `message` and Blink's own `code`.

    `code` is not the HTTP status. Where the protocol page names none, this simulator repeats the status.
    """

    def __init__(self, status: int, message: str, code: int | None = None, **more: Any) -> None:
        super().__init__(message)
        self.status = status
        self.body: Body = {"message": message, "code": status if code is None else code, **more}


async def refuse(request: Request, refusal: Exception) -> Response:
    """Starlette's handler for `Refusal`."""
    assert isinstance(refusal, Refusal)
    return JSONResponse(refusal.body, refusal.status)


def unauthorized() -> Refusal:
    """No token, a dead one, or one of another account."""
    return Refusal(401, "Unauthorized Access", 101)


def media_not_found() -> Refusal:
    """No such clip or picture, or it was deleted."""
    return Refusal(404, "Media not found", 700)


def system_busy(status: int) -> Refusal:
    """The sync module is at something else: HTTP 409, or a plain 200, with code 307 in the body (protocol §5)."""
    return Refusal(status, "System is busy, please wait", 307, error=None)


def filled(name: str, /, **values: Any) -> Body:
    """A body from `bodies/NAME.json`, where null stands for most of what is filled in; objects are filled in part."""
    return _fill(json.loads(_shape(name)), values)


def fields_of(thing: object, *names: str) -> Body:
    """These attributes of a state object under their own names; times as Blink writes them."""
    values = {name: getattr(thing, name) for name in names}
    return {name: stamp(value) if isinstance(value, datetime) else value for name, value in values.items()}


@cache
def _shape(name: str) -> str:
    return (BODIES / f"{name}.json").read_text(encoding="utf-8")


def _fill(shape: Body, values: Body) -> Body:
    for key, value in values.items():
        there = shape[key]
        shape[key] = _fill(there, value) if isinstance(there, dict) else value
    return shape


async def read_json(request: Request) -> Body:
    """The JSON object a request carries, {} without a body. Raises Refusal where it is not labelled so (415)."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and await request.body():
        raise Refusal(415, "Content-Type must be application/json")
    return await read_object(request, Refusal)
