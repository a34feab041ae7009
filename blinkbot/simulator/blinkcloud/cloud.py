"""The Blink cloud on loopback: one account, its home, and the servers that speak for it."""

import random
import secrets
from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from blinkbot.simulator.blinkcloud.answers import Refusal, refuse
from blinkbot.simulator.blinkcloud.endpoints.account import AccountPages
from blinkbot.simulator.blinkcloud.endpoints.devices import Devices
from blinkbot.simulator.blinkcloud.endpoints.homescreen import Homescreen
from blinkbot.simulator.blinkcloud.endpoints.legacy_signin import LegacySignIn
from blinkbot.simulator.blinkcloud.endpoints.media import Media
from blinkbot.simulator.blinkcloud.endpoints.networks import Networks
from blinkbot.simulator.blinkcloud.endpoints.oauth import OAuth
from blinkbot.simulator.blinkcloud.endpoints.obsolete import Obsolete
from blinkbot.simulator.blinkcloud.endpoints.schedules import Programs
from blinkbot.simulator.blinkcloud.endpoints.sirens import Sirens
from blinkbot.simulator.blinkcloud.endpoints.usb_storage import Usb
from blinkbot.simulator.blinkcloud.events import NetworkLike
from blinkbot.simulator.blinkcloud.faults import FaultVerbs
from blinkbot.simulator.blinkcloud.http_control import CloudControl
from blinkbot.simulator.blinkcloud.liveview.session import LiveViews
from blinkbot.simulator.blinkcloud.middleware import Faults, RequestMiddleware
from blinkbot.simulator.blinkcloud.request_log import RequestLog, SeenRequest
from blinkbot.simulator.blinkcloud.state.clips import ClipStore
from blinkbot.simulator.blinkcloud.state.commands import Command, Commands
from blinkbot.simulator.blinkcloud.state.household import Household
from blinkbot.simulator.blinkcloud.state.timestamps import now
from blinkbot.simulator.blinkcloud.state.tokens import Tokens
from blinkbot.simulator.blinkcloud.state.world import Account, World
from blinkbot.simulator.hosting import HOST, LoopbackHost

ACCOUNT_ID = 4_310_077
USER_ID = 4_310_912
TIER = "u014"
ENDPOINTS = (OAuth, LegacySignIn, AccountPages, Homescreen, Media, Networks, Devices, Programs, Sirens, Obsolete)


class BlinkCloud(FaultVerbs):
    """One Blink account and its home, with sign-in and REST on one origin. Its verbs are in the base classes.

    Args:
        home: `Household.example()` when not given.
        pin_required: whether a client not seen before must enter a code.
        pin_answer: the HTTP status that asks for the code, 412 or 202.
        command_seconds: how long an ordinary command takes.
        media_limit: clips on one page of media-changed.
        clip_seconds: a clip's length where nothing else is told; filming takes a fraction of that.
        clock: tells the time; commands still take real seconds.
        seed: makes pictures and films the same every time.
    """

    def __init__(
        self,
        home: Household | None = None,
        *,
        pin_required: bool = False,
        pin_answer: int = 412,
        command_seconds: float = 0.2,
        media_limit: int = 25,
        clip_seconds: float = 4,
        clock: Callable[[], datetime] = now,
        seed: int | None = None,
    ) -> None:
        home = Household.example() if home is None else home
        chance = random.Random(seed)
        account = Account(
            ACCOUNT_ID,
            USER_ID,
            "owner@example.com",
            TIER,
            secrets.token_urlsafe(12),
            f"{secrets.randbelow(10**6):06}",
            pin_required=pin_required,
            pin_answer=pin_answer,
        )
        self.world = World(
            account,
            home,
            clock,
            chance,
            Tokens(clock),
            Commands(home, ACCOUNT_ID, clock, command_seconds),
            ClipStore(home, clock, chance, clip_seconds),
            media_limit,
        )
        self.email, self.password, self.pin = account.email, account.password, account.pin
        self.account_id, self.tier = account.id, account.tier
        self.usb = Usb(self.world)
        self.live = LiveViews(self.world)
        self.request_log = RequestLog()
        self.faults = Faults()
        self.unknown_requests: list[str] = []
        # Planned faults end responses early; uvicorn would report each as an error of the application.
        self._server = LoopbackHost(self._application(), log_level="critical")

    def _application(self) -> ASGIApp:
        endpoints = [*(group(self.world) for group in ENDPOINTS), self.usb, self.live, CloudControl(self)]
        routes = [route for each in endpoints for route in each.routes()]
        app = Starlette(routes=routes, exception_handlers={Refusal: refuse, 404: self._unknown, 405: self._unknown})
        app.router.redirect_slashes = False
        return RequestMiddleware(app, self.world, self.request_log, self.faults)

    async def _unknown(self, request: Request, error: Exception) -> Response:
        self.unknown_requests.append(f"{request.method} {request.url.path}")
        return JSONResponse({"message": "Not found", "code": 404}, 404)

    async def start(self, port: int = 0) -> None:
        """Take a picture with every camera, and listen on a port of 127.0.0.1 (a free one for 0). Raises OSError."""
        for camera in self.home.cameras:
            if camera.picture is None:
                self.world.take_picture(camera)
        await self._server.start(port)

    async def stop(self) -> None:
        """Close everything. Raises ExceptionGroup of the simulator's own errors, for which no client is to blame."""
        await self.live.close()
        await self.world.commands.close()
        await self._server.stop()
        crashes = [*self.world.crashes, *self.world.commands.crashes]
        if crashes:
            raise ExceptionGroup("the simulated Blink cloud broke down", crashes)

    @property
    def url(self) -> str:
        """The origin, for sign-in and REST alike."""
        return f"http://{HOST}:{self._server.port}"

    @property
    def sign_ins(self) -> int:
        """How often e-mail and password were sent."""
        return len(self.world.account.sign_ins)

    @property
    def requests(self) -> list[SeenRequest]:
        """Everything asked so far, in order."""
        return self.request_log.requests

    def count(self, pattern: str) -> int:
        """How many requests match; patterns as in `request_log.matcher`."""
        return len(self.request_log.matching(pattern))

    async def wait_for_request(self, pattern: str, after: int = 0, times: int = 1) -> SeenRequest:
        """Wait until so many matching requests were answered, leaving out the first `after` of all."""
        return await self.request_log.wait_for(pattern, after, times)

    def command(self, network: NetworkLike, command_id: int) -> Command:
        """A command that was started; its `finished` can be awaited."""
        return self.world.commands.find(self._network(network).id, command_id)
