"""Sirens of a network (protocol §4)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, read_json
from blinkbot.simulator.blinkcloud.endpoints.command_bodies import full_body
from blinkbot.simulator.blinkcloud.endpoints.homescreen import siren_body
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get, post
from blinkbot.simulator.blinkcloud.state.household import Siren

DURATION = range(1, 301)
"""Seconds for which a siren may sound."""


class Sirens(Endpoints):
    """Sirens. Every address here ends in a slash, as on the real service."""

    def routes(self) -> list[Route]:
        """The routes."""
        found: list[Route] = []
        for account in ("", "/accounts/{account:int}"):  # some clients name the account
            base = f"/api/v1{account}/networks/{{network:int}}/sirens/"
            found += [
                get(base, self.all),
                post(base + "activate/", self.activate),
                post(base + "{siren:int}/activate/", self.activate),
                post(base + "deactivate/", self.deactivate),
            ]
        return found

    async def all(self, request: Request) -> list[Body]:
        """The sirens of a network: a bare array."""
        return [siren_body(siren, self._world.clock()) for siren in self._sirens(request)]

    async def activate(self, request: Request) -> Body:
        """Sound one siren or all of them."""
        duration = (await read_json(request)).get("duration")
        if type(duration) is not int or duration not in DURATION:
            raise Refusal(400, "Invalid duration")
        return self._sound(request, "siren_activate", lambda: self._world.clock() + timedelta(seconds=duration))

    async def deactivate(self, request: Request) -> Body:
        """Silence."""
        return self._sound(request, "siren_deactivate", lambda: None)

    def _sound(self, request: Request, kind: str, until: Callable[[], datetime | None]) -> Body:
        sirens = self._sirens(request)

        async def switch() -> None:
            for siren in sirens:
                siren.sounding_until = until()

        return full_body(self._world.commands.start(kind, request.path_params["network"], effect=switch))

    def _sirens(self, request: Request) -> list[Siren]:
        network, wanted = self._network(request), request.path_params.get("siren")
        sirens = [siren for siren in self._world.home.sirens if siren.network_id == network.id]
        found = [siren for siren in sirens if wanted in (None, siren.id)]
        if wanted is not None and not found:
            raise Refusal(404, "Siren not found")
        return found
