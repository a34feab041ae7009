"""What handlers share: reading JSON bodies, and refusing the way Blink refuses (protocol §11)."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from blinkbot.simulator.verbs import read_object

Body = dict[str, Any]
"""A JSON object on its way out or in."""

JSON_TYPE = "application/json"


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
    """No token, a dead one, or somebody else's account."""
    return Refusal(401, "Unauthorized Access", 101)


def camera_not_found() -> Refusal:
    """No camera of this family has this id in this network."""
    return Refusal(404, "Camera not found", 500)


def network_not_found() -> Refusal:
    """The account has no such network."""
    return Refusal(404, "Network not found")


def media_not_found() -> Refusal:
    """No such clip or picture, or it was deleted."""
    return Refusal(404, "Media not found", 700)


def system_busy(status: int) -> Refusal:
    """The sync module is at something else: HTTP 409, or a plain 200, with code 307 in the body (protocol §5)."""
    return Refusal(status, "System is busy, please wait", 307, error=None)


async def read_json(request: Request) -> Body:
    """The JSON object a request carries; an empty body is an empty object.

    Raises:
        Refusal: the body is not labelled as JSON (415), or is not a JSON object (400).
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != JSON_TYPE and await request.body():
        raise Refusal(415, "Content-Type must be application/json")
    return await read_object(request, Refusal)
