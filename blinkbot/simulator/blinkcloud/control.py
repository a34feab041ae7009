"""A small HTTP API for the demo page and other programs: make something happen, see the home. Not part of Blink."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, media_not_found, read_json
from blinkbot.simulator.blinkcloud.clips import Clip
from blinkbot.simulator.blinkcloud.household import Camera, Network
from blinkbot.simulator.blinkcloud.mishaps import Mishaps

Verb = Callable[[Body], Coroutine[Any, Any, Body]]
Thing = TypeVar("Thing")
MOST_SECONDS = 60


class Control:
    """`POST /simulator/VERB` with a JSON object, `GET /simulator/home`, `GET /simulator/pictures/{camera}.jpg`."""

    def __init__(self, cloud: Mishaps) -> None:
        self._cloud = cloud

    def routes(self) -> list[Route]:
        """What it serves."""
        verbs: dict[str, Verb] = {
            "motion": self.motion,
            "walk": self.walk,
            "press": self.press,
            "offline": self.offline,
            "online": self.online,
            "low_battery": self.low_battery,
            "arm": self.arm,
            "disarm": self.disarm,
            "expire_tokens": self.expire_tokens,
            "revoke_refresh": self.revoke_refresh,
            "require_pin": self.require_pin,
        }
        return [
            *(Route(f"/simulator/{name}", answering(verb), methods=["POST"]) for name, verb in verbs.items()),
            Route("/simulator/home", self.home, methods=["GET"]),
            Route("/simulator/pictures/{camera:int}.jpg", self.picture, methods=["GET"]),
        ]

    async def motion(self, body: Body) -> Body:
        """`camera`, and if wanted `seconds` and `source`: a clip, whatever is armed."""
        source = body.get("source", "pir")
        if not isinstance(source, str):
            raise Refusal(400, "Invalid source")
        return clip_body(await self._cloud.motion(self._camera(body), seconds=seconds_of(body), source=source))

    async def walk(self, body: Body) -> Body:
        """`camera`: a clip if it would record, otherwise `{"clip": null}`."""
        clip = await self._cloud.walk_past(self._camera(body), seconds=seconds_of(body))
        return {"clip": None} if clip is None else clip_body(clip)

    async def press(self, body: Body) -> Body:
        """`camera`: somebody rings."""
        return clip_body(await self._cloud.press(self._camera(body), seconds=seconds_of(body)))

    async def offline(self, body: Body) -> Body:
        """`camera`: out of reach."""
        self._cloud.take_offline(self._camera(body))
        return self.state()

    async def online(self, body: Body) -> Body:
        """`camera`: back again."""
        self._cloud.bring_online(self._camera(body))
        return self.state()

    async def low_battery(self, body: Body) -> Body:
        """`camera`: nearly empty."""
        self._cloud.low_battery(self._camera(body))
        return self.state()

    async def arm(self, body: Body) -> Body:
        """`network`: armed in the app."""
        self._cloud.arm(self._network(body))
        return self.state()

    async def disarm(self, body: Body) -> Body:
        """`network`: disarmed in the app."""
        self._cloud.disarm(self._network(body))
        return self.state()

    async def expire_tokens(self, body: Body) -> Body:
        """All access tokens are over."""
        self._cloud.expire_tokens()
        return self.state()

    async def revoke_refresh(self, body: Body) -> Body:
        """No refresh token counts any more."""
        self._cloud.revoke_refresh()
        return self.state()

    async def require_pin(self, body: Body) -> Body:
        """The next sign-in asks for a code."""
        self._cloud.require_pin()
        return self.state()

    async def home(self, request: Request) -> Response:
        """Networks and cameras as they are."""
        return JSONResponse(self.state())

    async def picture(self, request: Request) -> Response:
        """A camera's newest picture, without a token."""
        camera = self._found(self._cloud.home.camera, request.path_params["camera"])
        if camera.picture is None:
            raise media_not_found()
        return Response(camera.picture.jpeg, media_type="image/jpeg", headers={"Cache-Control": "no-store"})

    def state(self) -> Body:
        """The home as JSON."""
        home = self._cloud.home
        return {
            "networks": [
                {"id": network.id, "name": network.name, "armed": network.armed, "time_zone": network.time_zone}
                for network in home.networks
            ],
            "cameras": [self.camera_state(camera) for camera in home.cameras],
            "clips": sum(not clip.deleted for clip in self._cloud.clips),
        }

    def camera_state(self, camera: Camera) -> Body:
        """One camera; `taken_at` changes with every new picture."""
        return {
            "id": camera.id,
            "network_id": camera.network_id,
            "name": camera.name,
            "family": camera.family,
            "model": camera.model,
            "motion": camera.motion_enabled,
            "online": camera.online,
            "battery": camera.battery,
            "light": camera.light,
            "picture": f"/simulator/pictures/{camera.id}.jpg",
            "taken_at": None if camera.picture is None else camera.picture.taken_at.timestamp(),
        }

    def _camera(self, body: Body) -> Camera:
        return self._found(self._cloud.home.camera, body.get("camera"))

    def _network(self, body: Body) -> Network:
        return self._found(self._cloud.home.network, body.get("network"))

    @staticmethod
    def _found(look_up: Callable[[Any], Thing], which: Any) -> Thing:
        try:
            return look_up(which)
        except KeyError:
            raise Refusal(404, f"Nothing here is called {which!r}") from None


def answering(verb: Verb) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """A handler around a verb."""

    async def handler(request: Request) -> Response:
        return JSONResponse(await verb(await read_json(request)))

    return handler


def seconds_of(body: Body) -> float:
    """How long a clip shall be.

    Raises:
        Refusal: it is no number of seconds between 1 and 60.
    """
    seconds = body.get("seconds", 4)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 1 <= seconds <= MOST_SECONDS:
        raise Refusal(400, f"seconds is a number from 1 to {MOST_SECONDS}")
    return float(seconds)


def clip_body(clip: Clip) -> Body:
    """What is worth knowing about a new clip."""
    return {"clip": {"id": clip.id, "camera": clip.camera_name, "source": clip.source, "bytes": len(clip.mp4)}}
