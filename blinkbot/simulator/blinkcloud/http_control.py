"""The control API, `/simulator/…`: events of the home for other programs. No part of Blink; it needs no token.

    GET  /simulator/home                          networks, cameras, sirens, and how many clips there are
    GET  /simulator/pictures/CAMERA_ID.jpg        a camera's newest picture
    POST /simulator/motion         {"camera"}     {"clip"}, armed or not; if wanted "seconds" (its length), "source"
                                                  (pir, cv_person, button_press, snapshot …), "recorded_ago" (seconds),
                                                  "also_on_usb", "megabytes" (its size; packed anew it stays so if
                                                  "packable" is false), "corrupt" (no video at all);
                                                  and all of "describe"
    POST /simulator/motion_on_usb  {"camera"}     {"clip"} on the USB stick alone; "seconds", "recorded_ago"
    POST /simulator/burst          {"camera"}     {"clips"}; "clips" (how many: 6), "every" (10 s), "seconds", "source"
    POST /simulator/backlog        {}             {"clips"} after an outage; "clips" (25), "over" (6 h), "seconds"
    POST /simulator/walk           {"camera"}     {"clip"} if it would record, or {"clip": null}; "seconds"
    POST /simulator/press          {"camera"}     {"clip"}: the doorbell rings; "seconds"
    POST /simulator/describe       {"clip"}       {"clip"}: Blink looks at a clip, by id; "labels" (a list: person,
                                                  vehicle, animal, package …), "sentence" and "description" (its own
                                                  words, short and long), "unusual", "late" (seconds until it is told)
    POST /simulator/keep_video     {"clip"}       {"clip"}: the video of an event without one appears
    POST /simulator/same_event     {"first", "second"} {"clip"}: two clips of one event, the second as Blink tells it
    POST /simulator/serve          {"kind"}       the home: Blink serves "new" or "old" lists, or has "no plan"
    POST /simulator/odd_entry      {"listing", "entry"} an entry of any shape in "media", "media-changed", "cameras" …
    POST /simulator/hide           {"camera"}     in no homescreen any more; it goes on recording
    POST /simulator/offline        {"camera"}     the home, as in all that follow: a camera is out of reach
    POST /simulator/online         {"camera"}     and back
    POST /simulator/low_battery    {"camera"}     nearly empty
    POST /simulator/new_batteries  {"camera"}     full again
    POST /simulator/module_offline {"network"}    a sync module is out of reach
    POST /simulator/module_online  {"network"}    and back
    POST /simulator/arm            {"network"}    armed in the app
    POST /simulator/disarm         {"network"}    disarmed in the app
    POST /simulator/expire_tokens  {}             all access tokens are over
    POST /simulator/revoke_refresh {}             no refresh token counts any more
    POST /simulator/require_pin    {}             the next sign-in asks for a code
    POST /simulator/show_certificate {"kind"}     of the live view server: proper, wrong, expired or misnamed
    POST /simulator/send_piece     {"pattern"}    requests such as "GET *.mp4" get a piece of the file, as if it were
                                                  all; "times" (1), "part" (0.6)
    POST /simulator/show_pictures_late {"seconds"} the homescreen shows new pictures so long after they were taken

Cameras and networks go by id or name. Mistakes are answered with 400 or 404 and {"message", "code"}.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, media_not_found
from blinkbot.simulator.blinkcloud.endpoints.usb_storage import StoredClip
from blinkbot.simulator.blinkcloud.events import CameraLike, NetworkLike
from blinkbot.simulator.blinkcloud.faults import FaultVerbs
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.household import Camera
from blinkbot.simulator.verbs import Verbs

Thing = TypeVar("Thing")
Labels = Sequence[str]
LONGEST_AGO = 366 * 86_400
LIMITS = {
    "seconds": (1, 60),
    "clips": (1, 500),
    "every": (0, 3600),
    "over": (1, LONGEST_AGO),
    "recorded_ago": (0, LONGEST_AGO),
    "megabytes": (1, 500),
    "late": (0, 86_400),
}


class CloudControl:
    """The routes. Most verbs are the cloud's own."""

    def __init__(self, cloud: FaultVerbs) -> None:
        self._cloud = cloud

    def routes(self) -> list[Route]:
        """The routes."""
        cloud, home = self._cloud, self._cloud.home
        kinds = {
            CameraLike: lambda which: self._found(home.camera, which),
            NetworkLike: lambda which: self._found(home.network, which),
            Clip: self._clip,
            Labels: read_labels,
            object: lambda given: given,
        }
        verbs = Verbs("/simulator/", kinds, limits=LIMITS, mistake=Refusal)
        return [
            *verbs.posts(
                clips_body,
                motion=self._motion,
                motion_on_usb=self._motion_on_usb,
                burst=cloud.burst,
                backlog=cloud.backlog,
                walk=cloud.walk_past,
                press=cloud.press,
                describe=self._describe,
                keep_video=self._keep_video,
                same_event=self._same_event,
            ),
            *verbs.posts(
                lambda _: self.state(),
                serve=cloud.serve,
                odd_entry=cloud.odd_entry,
                hide=cloud.hide,
                offline=cloud.take_offline,
                online=cloud.bring_online,
                low_battery=cloud.low_battery,
                new_batteries=cloud.new_batteries,
                module_offline=cloud.take_module_offline,
                module_online=cloud.bring_module_online,
                arm=cloud.arm,
                disarm=cloud.disarm,
                expire_tokens=cloud.expire_tokens,
                revoke_refresh=cloud.revoke_refresh,
                require_pin=cloud.require_pin,
                show_certificate=cloud.show_certificate,
                send_piece=self._send_piece,
                show_pictures_late=cloud.show_pictures_late,
            ),
            *verbs.gets(home=self.state),
            Route("/simulator/pictures/{camera:int}.jpg", self.picture, methods=["GET"]),
        ]

    def _send_piece(self, pattern: str, times: float = 1, part: float = 0.6) -> None:
        self._cloud.send_piece(pattern, times, part)

    async def _motion(
        self,
        camera: CameraLike,
        seconds: float | None = None,
        source: str = "pir",
        recorded_ago: float = 0,
        megabytes: float | None = None,
        packable: bool = True,
        corrupt: bool = False,
        also_on_usb: bool = False,
        labels: Labels = (),
        sentence: str = "",
        description: str = "",
        unusual: bool = False,
        late: float = 0,
    ) -> Clip:
        if corrupt:
            clip = await self._cloud.corrupt_clip(camera, source=source)
        elif megabytes is not None:
            clip = await self._cloud.big_clip(camera, megabytes, packable=packable, source=source)
        else:
            clip = await self._cloud.motion(camera, seconds=seconds, source=source, announced_late=recorded_ago)
        if also_on_usb:
            self._cloud.copy_to_usb(clip)
        return self._describe(clip, labels, sentence, description, unusual, late)

    def _describe(
        self,
        clip: Clip,
        labels: Labels = (),
        sentence: str = "",
        description: str = "",
        unusual: bool = False,
        late: float = 0,
    ) -> Clip:
        self._cloud.describe(clip, *labels, sentence=sentence, description=description, unusual=unusual, late=late)
        return clip

    def _keep_video(self, clip: Clip) -> Clip:
        self._cloud.keep_video(clip)
        return clip

    def _same_event(self, first: Clip, second: Clip) -> Clip:
        self._cloud.same_event(first, second)
        return second

    def _clip(self, given: Any) -> Clip:
        clip = next((each for each in self._cloud.clips if type(given) is int and each.id == given), None)
        if clip is None:
            raise Refusal(404, f"There is no clip {given!r}")
        return clip

    async def _motion_on_usb(
        self, camera: CameraLike, seconds: float | None = None, recorded_ago: float = 0
    ) -> StoredClip:
        return await self._cloud.motion_on_usb(camera, seconds=seconds, created_ago=recorded_ago)

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
                {**fields_of(each, "id", "name", "armed", "time_zone"), "snoozed": each.snoozed_at(now)}
                for each in home.networks
            ],
            "cameras": [self.camera_state(camera) for camera in home.cameras],
            "sirens": [
                {**fields_of(each, "id", "network_id", "name"), "sounding": each.sounds_at(now)} for each in home.sirens
            ],
            "clips": sum(not clip.deleted for clip in self._cloud.clips),
            "clips_on_usb": len(self._cloud.usb.clips),
            "serves": self._cloud.serves,
        }

    def camera_state(self, camera: Camera) -> Body:
        """One camera; `taken_at` changes with every new picture."""
        return {
            **fields_of(camera, "id", "network_id", "name", "family", "model", "online", "battery", "light"),
            "motion": camera.motion_enabled,
            "snoozed": camera.snoozed_at(self._cloud.world.clock()),
            "picture": f"/simulator/pictures/{camera.id}.jpg",
            "taken_at": None if camera.picture is None else camera.picture.taken_at.timestamp(),
        }

    @staticmethod
    def _found(look_up: Callable[[Any], Thing], which: Any) -> Thing:
        try:
            return look_up(which)
        except KeyError:
            raise Refusal(404, f"Nothing here is called {which!r}") from None


def read_labels(given: Any) -> Labels:
    """A list of words; none where none is given. Raises Refusal."""
    if given is None:
        return ()
    if isinstance(given, list) and all(isinstance(each, str) for each in given):
        return given
    raise Refusal(400, '"labels" must be a list of words')


def clips_body(made: Clip | StoredClip | list[Clip] | None) -> Body:
    """New clips, or the one."""
    if isinstance(made, list):
        return {"clips": [clip_body(clip) for clip in made]}
    return {"clip": None if made is None else clip_body(made)}


def clip_body(clip: Clip | StoredClip) -> Body:
    """One of them."""
    source = clip.source if isinstance(clip, Clip) else "usb"
    return {"id": clip.id, "camera": clip.camera_name, "source": source, "bytes": len(clip.mp4)}
