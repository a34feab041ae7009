"""The operations of one camera, each family at its own addresses (protocol §1, §4)."""

from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, read_json
from blinkbot.simulator.blinkcloud.endpoints.camera_config import (
    changed_regions,
    changed_zones,
    config_body,
    regions_body,
    signals_body,
    zones_body,
)
from blinkbot.simulator.blinkcloud.endpoints.command_bodies import full_body, short_body
from blinkbot.simulator.blinkcloud.endpoints.networks import motion_off, snooze_minutes
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, Handler, get, post
from blinkbot.simulator.blinkcloud.state.camera_settings import update_settings
from blinkbot.simulator.blinkcloud.state.household import Camera, Family

RECORD_SECONDS = 5
"""The length of a clip that was asked for, unless `video_length` says less."""

Effect = Callable[[], Coroutine[Any, Any, None]]
CameraHandler = Callable[[Request, Camera], Coroutine[Any, Any, Body]]

ACCOUNT = "/api/v1/accounts/{account:int}/networks/{network:int}"
BASES = {
    Family.CAMERA: ("/network/{network:int}/camera/{camera:int}", ACCOUNT + "/cameras/{camera:int}"),
    Family.MINI: (ACCOUNT + "/owls/{camera:int}",),
    Family.DOORBELL: (ACCOUNT + "/doorbells/{camera:int}",),
}
"""Where each family's operations hang."""
MOUNT = "/accessories/storm/{mount:int}"
"""The floodlight mount of a battery camera."""


class Devices(Endpoints):
    """Single cameras."""

    def routes(self) -> list[Route]:
        """The routes; a Mini has no enable and disable of its own, its config does that."""
        found: list[Route] = []
        for family, bases in BASES.items():
            switches = {"/enable": self.enable_motion, "/disable": self.disable_motion}
            actions = {"/thumbnail": self.new_thumbnail, "/clip": self.record_clip}
            actions |= {} if family is Family.MINI else switches
            actions["/update" if family is Family.CAMERA else "/config"] = self.update
            for base in bases:
                found.append(get(base + "/config", self._of(family, self.config)))
                found += [post(base + path, self._of(family, handler)) for path, handler in actions.items()]
            last = bases[-1]
            found += [
                post(last + "/snooze", self._of(family, self.snooze)),
                post(last + "/unsnooze", self._of(family, self.unsnooze)),
                get(last + "/motion_regions", self._of(family, self.regions)),
                post(last + "/motion_regions", self._of(family, self.set_regions)),
                get(last.replace("/v1/", "/v2/") + "/zones", self._of(family, self.zones)),
                post(last.replace("/v1/", "/v2/") + "/zones", self._of(family, self.set_zones)),
            ]
        old, new = BASES[Family.CAMERA]
        return [
            *found,
            get(old + "/signals", self._of(Family.CAMERA, self.signals)),
            post(old + "/status", self._of(Family.CAMERA, self.status)),
            post(BASES[Family.MINI][0] + "/lights/{state:str}", self._of(Family.MINI, self.light)),
            post(new + MOUNT + "/lights/{state:str}", self._of(Family.CAMERA, self.mount_light)),
        ]

    def _of(self, family: Family, handler: CameraHandler) -> Handler:
        """A handler that is given the camera, found under its network and family."""

        async def found(request: Request) -> Body:
            network, camera = request.path_params["network"], request.path_params["camera"]
            return await handler(request, self._world.camera(network, camera, family))

        return found

    async def new_thumbnail(self, request: Request, camera: Camera) -> Body:
        """Take a picture; its new address is in the homescreen once the command is done."""

        async def take() -> None:
            self._world.take_picture(camera)

        return self._command_answer("thumbnail", camera, take)

    async def record_clip(self, request: Request, camera: Camera) -> Body:
        """Record; the clip turns up in media-changed with source `snapshot`."""

        async def record() -> None:
            length = camera.settings.get("video_length", RECORD_SECONDS)
            await self._world.clips.record(camera, "snapshot", min(length, RECORD_SECONDS))

        return self._command_answer("clip", camera, record)

    async def enable_motion(self, request: Request, camera: Camera) -> Body:
        """Let it record when the network is armed."""
        return self._switch_motion(camera, enabled=True)

    async def disable_motion(self, request: Request, camera: Camera) -> Body:
        """Let it sleep even when the network is armed."""
        return self._switch_motion(camera, enabled=False)

    async def config(self, request: Request, camera: Camera) -> Body:
        """Its settings: in a list of one beside `signals` for battery cameras, flat for the others."""
        return config_body(self._world, camera)

    async def update(self, request: Request, camera: Camera) -> Body:
        """Change settings: at once with a Mini, which never sleeps (protocol §5), on their way with others."""
        wanted = update_settings(camera, await read_json(request))

        async def apply() -> None:
            wanted()
            camera.updated_at = self._world.clock()

        if camera.family is not Family.MINI or not camera.online:
            return self._command_answer("config_set", camera, apply)
        await apply()
        command = self._world.commands.done("config_set", camera.network_id)
        return {**short_body(command), "state": "done"}

    async def signals(self, request: Request, camera: Camera) -> Body:
        """Bars and temperature. Obsolete."""
        return signals_body(self._world, camera)

    async def status(self, request: Request, camera: Camera) -> Body:
        """Ask the camera how it is."""
        return self._command_answer("status", camera, None)

    async def snooze(self, request: Request, camera: Camera) -> Body:
        """Silence Blink's own notifications of this camera; answers a bare message (protocol §5)."""
        minutes = await snooze_minutes(request)
        if not camera.motion_enabled:
            raise motion_off()
        camera.snoozed_until = self._world.clock() + timedelta(minutes=minutes)
        return {"message": f"Successfully snoozed device {camera.id}", "code": 2801}

    async def unsnooze(self, request: Request, camera: Camera) -> Body:
        """Let it notify again."""
        camera.snoozed_until = None
        return {"message": f"Successfully unsnoozed device {camera.id}"}

    async def zones(self, request: Request, camera: Camera) -> Body:
        """Where it looks for motion, in the newer form."""
        return zones_body(camera)

    async def set_zones(self, request: Request, camera: Camera) -> Body:
        """Choose."""
        wanted = changed_zones(camera, await read_json(request))

        async def apply() -> None:
            camera.zones |= wanted

        return self._command_answer("config_set", camera, apply)

    async def regions(self, request: Request, camera: Camera) -> Body:
        """Where it looks for motion, in the older form."""
        return regions_body(camera)

    async def set_regions(self, request: Request, camera: Camera) -> Body:
        """Choose."""
        wanted = changed_regions(await read_json(request))

        async def apply() -> None:
            camera.settings |= wanted

        return self._command_answer("config_set", camera, apply)

    async def light(self, request: Request, camera: Camera) -> Body:
        """Switch a floodlight; a Mini without one is the wrong device (1630)."""
        if camera.light is None:
            raise Refusal(400, "Wrong device type", 1630)
        return self._switch_light(camera, request.path_params["state"])

    async def mount_light(self, request: Request, camera: Camera) -> Body:
        """Switch the light of the mount that a battery camera hangs in; the mount has to be that camera's own."""
        if camera.light_mount != request.path_params["mount"]:
            raise Refusal(404, "Accessory not found")
        return self._switch_light(camera, request.path_params["state"])

    def _switch_light(self, camera: Camera, state: str) -> Body:
        if state not in ("on", "off"):
            raise Refusal(404, "Not found")

        async def switch() -> None:
            camera.light = state == "on"

        return self._command_answer(f"lights_{state}", camera, switch)

    def _switch_motion(self, camera: Camera, enabled: bool) -> Body:
        async def switch() -> None:
            camera.motion_enabled, camera.updated_at = enabled, self._world.clock()

        return self._command_answer("device_motion_enable" if enabled else "device_motion_disable", camera, switch)

    def _command_answer(self, kind: str, camera: Camera, effect: Effect | None) -> Body:
        """A command's first answer: four keys from a Mini, everything from the others."""
        command = self._world.commands.start(kind, camera.network_id, camera, effect=effect, reachable=camera.online)
        return short_body(command) if camera.family is Family.MINI else full_body(command)
