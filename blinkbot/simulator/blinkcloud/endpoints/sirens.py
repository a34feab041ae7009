"""Sirens of a network (protocol §4)."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Refusal, read_json
from blinkbot.simulator.blinkcloud.endpoints.command_bodies import full_body
from blinkbot.simulator.blinkcloud.endpoints.homescreen import siren_body
from blinkbot.simulator.blinkcloud.state.household import Siren
from blinkbot.simulator.blinkcloud.state.world import World

DURATION = range(1, 301)
"""Seconds for which a siren may sound."""


class Sirens:
    """Serves sirens. Every address here ends in a slash, as on the real service."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """What it serves."""
        base = "/api/v1/networks/{network:int}/sirens/"
        return [
            Route(base, self.all, methods=["GET"]),
            Route(base + "activate/", self.activate, methods=["POST"]),
            Route(base + "{siren:int}/activate/", self.activate, methods=["POST"]),
            Route(base + "deactivate/", self.deactivate, methods=["POST"]),
        ]

    async def all(self, request: Request) -> Response:
        """The sirens of a network: a bare array."""
        return JSONResponse([siren_body(siren, self._world.clock()) for siren in self._sirens(request)])

    async def activate(self, request: Request) -> Response:
        """Sound one siren or all of them."""
        duration = (await read_json(request)).get("duration")
        if type(duration) is not int or duration not in DURATION:
            raise Refusal(400, "Invalid duration")
        sirens = self._sirens(request)

        async def sound() -> None:
            for siren in sirens:
                siren.sounding_until = self._world.clock() + timedelta(seconds=duration)

        command = self._world.commands.start("siren_activate", request.path_params["network"], effect=sound)
        return JSONResponse(full_body(command))

    async def deactivate(self, request: Request) -> Response:
        """Silence."""
        sirens = self._sirens(request)

        async def silence() -> None:
            for siren in sirens:
                siren.sounding_until = None

        command = self._world.commands.start("siren_deactivate", request.path_params["network"], effect=silence)
        return JSONResponse(full_body(command))

    def _sirens(self, request: Request) -> list[Siren]:
        network = self._world.network(request.path_params["network"])
        wanted = request.path_params.get("siren")
        found = [
            siren for siren in self._world.home.sirens if siren.network_id == network.id and wanted in (None, siren.id)
        ]
        if wanted is not None and not found:
            raise Refusal(404, "Siren not found")
        return found
