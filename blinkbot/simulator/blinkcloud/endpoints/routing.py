"""The base of all endpoints: the world they answer from, and routes whose handlers may answer with plain JSON."""

from collections.abc import Callable, Coroutine
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body
from blinkbot.simulator.blinkcloud.state.household import Network
from blinkbot.simulator.blinkcloud.state.world import World

Handler = Callable[[Request], Coroutine[Any, Any, Response | Body | list[Body]]]


class Endpoints:
    """A group of endpoints; each makes its own routes."""

    def __init__(self, world: World) -> None:
        self._world = world

    def _network(self, request: Request) -> Network:
        return self._world.network(request.path_params["network"])


def get(path: str, handler: Handler, method: str = "GET") -> Route:
    """A route whose handler answers with a response, or with JSON for one."""

    async def answer(request: Request) -> Response:
        answered = await handler(request)
        return answered if isinstance(answered, Response) else JSONResponse(answered)

    return Route(path, answer, methods=[method])


def post(path: str, handler: Handler) -> Route:
    """The same for POST."""
    return get(path, handler, "POST")
