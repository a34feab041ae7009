"""What concerns the account and the service as a whole, not a device (protocol §4, account and service)."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.world import World


class AccountPages:
    """Serves the account."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        """What it serves."""
        return [Route("/api/v1/users/tier_info", self.tier, methods=["GET"])]

    async def tier(self, request: Request) -> Response:
        """The tier, which names the REST host, and the account's id."""
        return JSONResponse({"tier": self._world.account.tier, "account_id": self._world.account.id})
