"""The operations of a network: arming, the state of commands, its own settings (protocol §4, §5)."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, filled, read_json
from blinkbot.simulator.blinkcloud.endpoints.command_bodies import arm_body, status_body
from blinkbot.simulator.blinkcloud.state.commands import LIVE_VIEW
from blinkbot.simulator.blinkcloud.state.household import Network
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.world import World

SNOOZE_MINUTES = range(1, 1440)


class Networks:
    """Serves networks and commands."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """What it serves."""
        base = "/api/v1/accounts/{account:int}/networks/{network:int}"
        return [
            Route(base + "/state/{action:str}", self.arm_or_disarm, methods=["POST"]),
            Route(base + "/snooze", self.snooze, methods=["POST"]),
            Route("/network/{network:int}/command/{command:int}", self.command_status, methods=["GET"]),
            Route("/network/{network:int}/command/{command:int}/done/", self.command_done, methods=["POST"]),
            Route("/network/{network:int}/update", self.update, methods=["POST"]),
            Route("/network/{network:int}", self.network, methods=["GET"]),
            Route("/networks", self.networks, methods=["GET"]),
        ]

    async def arm_or_disarm(self, request: Request) -> Response:
        """Arm or disarm; with no camera set to detect motion, arming works and says 304."""
        world, action = self._world, request.path_params["action"]
        network = world.network(request.path_params["network"])
        if action not in ("arm", "disarm"):
            raise Refusal(404, "Not found")
        cameras = [camera for camera in world.home.cameras_of(network.id) if camera.motion_enabled]
        if action == "arm" and not cameras:
            set_armed(world, network, armed=True)
            return JSONResponse({"message": "No Cameras Enabled for Motion", "code": 304})

        async def take_effect() -> None:
            set_armed(world, network, armed=action == "arm")

        children = [("config_lfr", camera) for camera in cameras]
        return JSONResponse(arm_body(world.commands.start(action, network.id, effect=take_effect, children=children)))

    async def command_status(self, request: Request) -> Response:
        """How far a command came."""
        return JSONResponse(
            status_body(self._world.commands.find(request.path_params["network"], request.path_params["command"]))
        )

    async def command_done(self, request: Request) -> Response:
        """The viewer has left: end a live view. Other commands end by themselves."""
        command = self._world.commands.find(request.path_params["network"], request.path_params["command"])
        if command.kind == LIVE_VIEW:
            self._world.commands.end(command)
        return JSONResponse({"message": "Command done", "code": 902})

    async def snooze(self, request: Request) -> Response:
        """Silence Blink's own notifications of a network."""
        network = self._world.network(request.path_params["network"])
        minutes = await snooze_minutes(request)
        if not network.armed:
            raise motion_off()
        network.snoozed_until = self._world.clock() + timedelta(minutes=minutes)
        return JSONResponse({"message": f"Successfully snoozed network {network.id}", "code": 2801})

    async def update(self, request: Request) -> Response:
        """Change name, time zone, or whether live views are saved; an empty body only asks."""
        network = self._world.network(request.path_params["network"])
        wanted = await read_json(request)
        for key, kind in (("name", str), ("time_zone", str), ("lv_save", bool)):
            if key in wanted:
                if not isinstance(wanted[key], kind):
                    raise Refusal(400, f"Invalid {key}")
                setattr(network, key, wanted[key])
                network.updated_at = self._world.clock()
        return JSONResponse({"network": {**self.network_body(network), "lv_save": network.lv_save}})

    async def network(self, request: Request) -> Response:
        """One network."""
        return JSONResponse({"network": self.network_body(self._world.network(request.path_params["network"]))})

    async def networks(self, request: Request) -> Response:
        """All networks. Obsolete. A Mini's own network is not onboarded, having no sync module."""
        home = self._world.home
        summary = {
            str(network.id): {"name": network.name, "onboarded": home.sync_module_of(network.id) is not None}
            for network in home.networks
        }
        bodies = [self.network_body(network) for network in home.networks]
        return JSONResponse({"summary": summary, "networks": bodies})

    def network_body(self, network: Network) -> Body:
        """A network in the older, longer form."""
        module = self._world.home.sync_module_of(network.id)
        cameras = list(self._world.home.cameras_of(network.id))
        return filled(
            "network",
            id=network.id,
            created_at=stamp(network.created_at),
            updated_at=stamp(network.updated_at),
            name=network.name,
            time_zone=network.time_zone,
            dst=network.dst,
            armed=network.armed,
            sm_backup_enabled=module is not None and module.usb_active,
            arm_string="Armed" if network.armed else "Disarmed",
            busy=self._world.commands.busy(network.id),
            camera_error=not all(camera.online for camera in cameras),
            sync_module_error=module is not None and not module.online,
            account_id=self._world.account.id,
        )


def set_armed(world: World, network: Network, armed: bool) -> None:
    """Arm or disarm at once, as from another phone."""
    network.armed = armed
    network.updated_at = world.clock()


async def snooze_minutes(request: Request) -> int:
    """The minutes of a snooze.

    Raises:
        Refusal: they are not between 1 and 1439 (2800).
    """
    minutes: Any = (await read_json(request)).get("snooze_time")
    if type(minutes) is not int or minutes not in SNOOZE_MINUTES:
        raise Refusal(400, "Invalid snooze time", 2800)
    return minutes


def motion_off() -> Refusal:
    """There is nothing to snooze where no motion is reported."""
    return Refusal(400, "Motion capture not enabled for device", 2805)
