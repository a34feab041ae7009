"""A small HTTP API for the demo page and other programs: make something happen, see the home. Not part of Blink."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, media_not_found, read_json
from blinkbot.simulator.blinkcloud.faults import Mishaps
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.household import Camera, Network

Verb = Callable[[Body], Coroutine[Any, Any, Body]]
Thing = TypeVar("Thing")
MOST_SECONDS = 60
MOST_MEGABYTES = 500
MOST_CLIPS = 500
MOST_AGO = 366 * 86_400


class Control:
    """`POST /simulator/VERB` with a JSON object, `GET /simulator/home`, `GET /simulator/pictures/{camera}.jpg`."""

    def __init__(self, cloud: Mishaps) -> None:
        self._cloud = cloud

    def routes(self) -> list[Route]:
        """What it serves."""
        verbs: dict[str, Verb] = {
            "motion": self.motion,
            "motion_on_usb": self.motion_on_usb,
            "burst": self.burst,
            "backlog": self.backlog,
            "walk": self.walk,
            "press": self.press,
            "offline": self.offline,
            "online": self.online,
            "module_offline": self.module_offline,
            "module_online": self.module_online,
            "low_battery": self.low_battery,
            "new_batteries": self.new_batteries,
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
        """`camera`, and if wanted `seconds` and `source`: a clip, whatever is armed.

        `recorded_ago`: it was recorded so many seconds ago. `also_on_usb`: the stick has it too. `megabytes`: it is
        that big, and stays so when packed anew if `packable` is false. `corrupt`: it is no video at all.
        """
        cloud, camera, source = self._cloud, self._camera(body), source_of(body)
        if body.get("corrupt"):
            clip = await cloud.corrupt_clip(camera, source=source)
        elif "megabytes" in body:
            megabytes = number_of(body, "megabytes", 1, most=MOST_MEGABYTES)
            clip = await cloud.big_clip(camera, megabytes, packable=body.get("packable") is not False, source=source)
        else:
            ago = number_of(body, "recorded_ago", 0, least=0, most=MOST_AGO)
            clip = await cloud.motion(camera, seconds=seconds_of(body), source=source, announced_late=ago)
        if body.get("also_on_usb"):
            self._on_stick(clip)
        return clip_body(clip)

    async def motion_on_usb(self, body: Body) -> Body:
        """`camera`: a clip that only the sync module's stick has, recorded `recorded_ago` seconds ago if wanted."""
        ago = number_of(body, "recorded_ago", 0, least=0, most=MOST_AGO)
        try:
            stored = await self._cloud.motion_on_usb(self._camera(body), seconds=seconds_of(body), created_ago=ago)
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        return {"clip": {"id": stored.id, "camera": stored.camera_name, "source": "usb", "bytes": len(stored.mp4)}}

    async def burst(self, body: Body) -> Body:
        """`camera`, and if wanted `clips` (6), `every` so many seconds (10), `source`: a windy tree."""
        clips = await self._cloud.burst(
            self._camera(body),
            int(number_of(body, "clips", 6, most=MOST_CLIPS)),
            every=number_of(body, "every", 10, least=0),
            seconds=seconds_of(body),
            source=source_of(body),
        )
        return {"clips": [clip_body(clip)["clip"] for clip in clips]}

    async def backlog(self, body: Body) -> Body:
        """If wanted `clips` (25), `over` the last so many seconds (six hours): what an outage leaves."""
        clips = await self._cloud.backlog(
            int(number_of(body, "clips", 25, most=MOST_CLIPS)),
            over=number_of(body, "over", 6 * 3600, most=MOST_AGO),
            seconds=seconds_of(body),
        )
        return {"clips": [clip_body(clip)["clip"] for clip in clips]}

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

    async def module_offline(self, body: Body) -> Body:
        """`network`: its sync module is out of reach."""
        return self._moved(self._cloud.take_module_offline, body)

    async def module_online(self, body: Body) -> Body:
        """`network`: its sync module is back."""
        return self._moved(self._cloud.bring_module_online, body)

    async def low_battery(self, body: Body) -> Body:
        """`camera`: nearly empty."""
        self._cloud.low_battery(self._camera(body))
        return self.state()

    async def new_batteries(self, body: Body) -> Body:
        """`camera`: full again."""
        self._cloud.new_batteries(self._camera(body))
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
        home, now = self._cloud.home, self._cloud.world.clock()
        return {
            "networks": [
                {
                    "id": network.id,
                    "name": network.name,
                    "armed": network.armed,
                    "time_zone": network.time_zone,
                    "snoozed": network.snoozed_at(now),
                }
                for network in home.networks
            ],
            "cameras": [self.camera_state(camera) for camera in home.cameras],
            "sirens": [
                {"id": siren.id, "network_id": siren.network_id, "name": siren.name, "sounding": siren.sounds_at(now)}
                for siren in home.sirens
            ],
            "clips": sum(not clip.deleted for clip in self._cloud.clips),
            "clips_on_usb": len(self._cloud.usb.clips),
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
            "snoozed": camera.snoozed_at(self._cloud.world.clock()),
            "picture": f"/simulator/pictures/{camera.id}.jpg",
            "taken_at": None if camera.picture is None else camera.picture.taken_at.timestamp(),
        }

    def _moved(self, move: Callable[[Network], None], body: Body) -> Body:
        try:
            move(self._network(body))
        except ValueError as error:
            raise Refusal(400, str(error)) from None
        return self.state()

    def _on_stick(self, clip: Clip) -> None:
        try:
            self._cloud.copy_to_usb(clip)
        except ValueError as error:
            raise Refusal(400, str(error)) from None

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


def seconds_of(body: Body) -> float | None:
    """How long a clip shall be, None where nothing is told.

    Raises:
        Refusal: it is no number of seconds between 1 and 60.
    """
    return number_of(body, "seconds", 0, most=MOST_SECONDS) if "seconds" in body else None


def number_of(body: Body, name: str, default: float, *, least: float = 1, most: float = 3600) -> float:
    """A number between two others.

    Raises:
        Refusal: it is none such.
    """
    number = body.get(name, default)
    if isinstance(number, bool) or not isinstance(number, int | float) or not least <= number <= most:
        raise Refusal(400, f"{name} is a number from {least:g} to {most:g}")
    return float(number)


def source_of(body: Body) -> str:
    """What shall have caused a clip: `pir` for motion, `cv_person` for a person, `button_press`, `snapshot` and so on.

    Raises:
        Refusal: it is no text.
    """
    source = body.get("source", "pir")
    if not isinstance(source, str):
        raise Refusal(400, "Invalid source")
    return source


def clip_body(clip: Clip) -> Body:
    """What is worth knowing about a new clip."""
    return {"clip": {"id": clip.id, "camera": clip.camera_name, "source": clip.source, "bytes": len(clip.mp4)}}
