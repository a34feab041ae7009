"""Requests of the demo's page: JSON bodies in, words for the page's reader where something is wrong."""

from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from blinkbot.simulator.demopage.views import Json

T = TypeVar("T")


class Mistake(Exception):
    """A request that cannot be carried out: HTTP status, and words for the page's reader."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


async def tell_mistake(request: Request, mistake: Exception) -> Response:
    """Starlette's handler for `Mistake`."""
    assert isinstance(mistake, Mistake)
    return JSONResponse({"error": str(mistake)}, mistake.status)


async def body_of(request: Request) -> Json:
    """The JSON object in a request. Raises Mistake."""
    try:
        body = await request.json()
    except ValueError:
        raise Mistake(400, "The request is no JSON.") from None
    if not isinstance(body, dict):
        raise Mistake(400, "The request is no JSON object.")
    return body


def field(body: Json, name: str, kind: type[T]) -> T:
    """A value that must be there, of just this type. Raises Mistake."""
    value: Any = body.get(name)
    if type(value) is not kind:  # isinstance would take true for a number
        raise Mistake(400, f'The request needs "{name}", a {kind.__name__}.')
    return value


def optional(body: Json, name: str, kind: type[T]) -> T | None:
    """A value of just this type, None where there is none. Raises Mistake."""
    return None if body.get(name) is None else field(body, name, kind)
