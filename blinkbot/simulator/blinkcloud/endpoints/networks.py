"""The operations of a network: arming, the state of commands, its own settings (protocol §4, §5)."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, filled, read_json
from blinkbot.simulator.blinkcloud.endpoints.command_bodies import arm_body, status_body
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get, post
from blinkbot.simulator.blinkcloud.state.commands import LIVE_VIEW, Command
from blinkbot.simulator.blinkcloud.state.household import Network

SNOOZE_MINUTES = range(1, 1440)


class Networks(Endpoints):
    """Networks and commands."""

    def routes(self) -> list[Route]:
        """The routes."""
        base = "/api/v1/accounts/{account:int}/networks/{network:int}"
        return [
            post(base + "/state/{action:str}", self.arm_or_disarm),
            post(base + "/snooze", self.snooze),
            post(base + "/unsnooze", self.unsnooze),
            get("/network/{network:int}/command/{command:int}", self.command_status),
            post("/network/{network:int}/command/{command:int}/done/", self.command_done),
            post("/network/{network:int}/update", self.update),
            get("/network/{network:int}", self.network),
            get("/networks", self.networks),
        ]

    async def arm_or_disarm(self, request: Request) -> Body:
        """Arm or disarm; with no camera set to detect motion, arming works and says 304."""
        world, action = self._world, request.path_params["action"]
        network = world.network(request.path_params["network"])
        if action not in ("arm", "disarm"):
            raise Refusal(404, "Not found")
        cameras = [camera for camera in world.home.cameras_of(network.id) if camera.motion_enabled]
        if action == "arm" and not cameras:
            world.arm(network)
            return {"message": "No Cameras Enabled for Motion", "code": 304}

        async def take_effect() -> None:
            world.arm(network, action == "arm")

        children = [("config_lfr", camera) for camera in cameras]
        return arm_body(world.commands.start(action, network.id, effect=take_effect, children=children))

    async def command_status(self, request: Request) -> Body:
        """How far a command came."""
        return status_body(self._command(request))

    async def command_done(self, request: Request) -> Body:
        """The viewer has left: end a live view. Other commands end by themselves."""
        command = self._command(request)
        if command.kind == LIVE_VIEW:
            self._world.commands.end(command)
        return {"message": "Command done", "code": 902}

    async def snooze(self, request: Request) -> Body:
        """Silence Blink's own notifications of a network."""
        network = self._network(request)
        minutes = await snooze_minutes(request)
        if not network.armed:
            raise motion_off()
        network.snoozed_until = self._world.clock() + timedelta(minutes=minutes)
        return {"message": f"Successfully snoozed network {network.id}", "code": 2801}

    async def unsnooze(self, request: Request) -> Body:
        """Let it notify again."""
        network = self._network(request)
        network.snoozed_until = None
        return {"message": f"Successfully unsnoozed network {network.id}"}

    async def update(self, request: Request) -> Body:
        """Change name, time zone, or whether live views are saved; an empty body only asks."""
        network = self._network(request)
        wanted = await read_json(request)
        for key, kind in (("name", str), ("time_zone", str), ("lv_save", bool)):
            if key in wanted:
                if not isinstance(wanted[key], kind):
                    raise Refusal(400, f"Invalid {key}")
                setattr(network, key, wanted[key])
                network.updated_at = self._world.clock()
        return {"network": {**self.network_body(network), "lv_save": network.lv_save}}

    async def network(self, request: Request) -> Body:
        """One network."""
        return {"network": self.network_body(self._network(request))}

    async def networks(self, request: Request) -> Body:
        """All networks. Obsolete. A Mini's own network is not onboarded, having no sync module."""
        home = self._world.home
        summary = {
            str(network.id): {"name": network.name, "onboarded": home.sync_module_of(network.id) is not None}
            for network in home.networks
        }
        return {"summary": summary, "networks": [self.network_body(network) for network in home.networks]}

    def _command(self, request: Request) -> Command:
        return self._world.commands.find(request.path_params["network"], request.path_params["command"])

    def network_body(self, network: Network) -> Body:
        """A network in the older, longer form."""
        module = self._world.home.sync_module_of(network.id)
        return filled(
            "network",
            **fields_of(network, "id", "created_at", "updated_at", "name", "time_zone", "dst", "armed"),
            sm_backup_enabled=module is not None and module.usb_active,
            arm_string="Armed" if network.armed else "Disarmed",
            busy=self._world.commands.busy(network.id),
            camera_error=not all(camera.online for camera in self._world.home.cameras_of(network.id)),
            sync_module_error=module is not None and not module.online,
            account_id=self._world.account.id,
        )


async def snooze_minutes(request: Request) -> int:
    """The minutes of a snooze. Raises Refusal where they are not between 1 and 1439 (2800)."""
    minutes: Any = (await read_json(request)).get("snooze_time")
    if type(minutes) is not int or minutes not in SNOOZE_MINUTES:
        raise Refusal(400, "Invalid snooze time", 2800)
    return minutes


def motion_off() -> Refusal:
    """The refusal of a snooze where no motion is reported."""
    return Refusal(400, "Motion capture not enabled for device", 2805)
