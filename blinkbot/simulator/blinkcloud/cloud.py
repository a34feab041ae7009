"""The Blink cloud on loopback, and the verbs with which tests and the demo make things happen in it."""

import random
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp

from blinkbot.simulator.blinkcloud.account import AccountPages
from blinkbot.simulator.blinkcloud.answers import Refusal, refuse, system_busy
from blinkbot.simulator.blinkcloud.clips import Clip, Shelf
from blinkbot.simulator.blinkcloud.commands import Command, CommandDesk, Script
from blinkbot.simulator.blinkcloud.devices import Devices
from blinkbot.simulator.blinkcloud.gate import Faults, Gate
from blinkbot.simulator.blinkcloud.homescreen import Homescreen
from blinkbot.simulator.blinkcloud.household import Camera, Household, Network, Program
from blinkbot.simulator.blinkcloud.journal import Journal, SeenRequest
from blinkbot.simulator.blinkcloud.media import Media
from blinkbot.simulator.blinkcloud.moments import now
from blinkbot.simulator.blinkcloud.networks import Networks, set_armed
from blinkbot.simulator.blinkcloud.oauth import OAuth
from blinkbot.simulator.blinkcloud.pictures import SIZE
from blinkbot.simulator.blinkcloud.programs import Programs
from blinkbot.simulator.blinkcloud.server import LOOPBACK, LoopbackServer
from blinkbot.simulator.blinkcloud.tokens import TokenDesk
from blinkbot.simulator.blinkcloud.world import Account, World

ACCOUNT_ID = 4_310_077
USER_ID = 4_310_912
TIER = "u014"
FOR_EVER = float("inf")


class BlinkCloud:
    """One Blink account, its home, and the servers that speak for it: sign-in and REST on one origin.

    Args:
        home: the home to simulate, `Household.example()` when not given.
        pin_required: whether a client not seen before must enter a code.
        pin_answer: the HTTP status that asks for the code, 412 or 202.
        command_seconds: how long an ordinary command takes.
        token_seconds: how long an access token counts.
        media_limit: clips on one page of media-changed.
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
        token_seconds: float = 14_400,
        media_limit: int = 25,
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
            TokenDesk(clock, token_seconds),
            CommandDesk(home, ACCOUNT_ID, clock, command_seconds),
            Shelf(home, clock, chance),
            media_limit,
        )
        self.journal = Journal()
        self.faults = Faults()
        self.unknown_requests: list[str] = []
        self._server = LoopbackServer(self._application())

    def _application(self) -> ASGIApp:
        world = self.world
        parts = (
            OAuth(world),
            AccountPages(world),
            Homescreen(world),
            Media(world),
            Networks(world),
            Devices(world),
            Programs(world),
        )
        routes = [route for part in parts for route in part.routes()]
        app = Starlette(routes=routes, exception_handlers={Refusal: refuse, 404: self._unknown, 405: self._unknown})
        app.router.redirect_slashes = False
        return Gate(app, world, self.journal, self.faults)

    async def _unknown(self, request: Request, error: Exception) -> Response:
        self.unknown_requests.append(f"{request.method} {request.url.path}")
        return JSONResponse({"message": "Not found", "code": 404}, 404)

    async def start(self, port: int = 0) -> None:
        """Take a first picture with every camera, and listen on a port of 127.0.0.1 (a free one for 0).

        Raises:
            OSError: the port is taken.
        """
        for camera in self.home.cameras:
            if camera.picture is None:
                await self.world.take_picture(camera)
        await self._server.start(port)

    async def stop(self) -> None:
        """Close everything."""
        await self.world.commands.close()
        await self._server.stop()

    @property
    def url(self) -> str:
        """The origin, for sign-in and REST alike."""
        return f"http://{LOOPBACK}:{self._server.port}"

    @property
    def home(self) -> Household:
        """The simulated home, free to be changed."""
        return self.world.home

    @property
    def email(self) -> str:
        """The account's e-mail."""
        return self.world.account.email

    @property
    def password(self) -> str:
        """The account's password."""
        return self.world.account.password

    @property
    def pin(self) -> str:
        """The code that is "sent" to the phone."""
        return self.world.account.pin

    @property
    def account_id(self) -> int:
        """The account's id."""
        return self.world.account.id

    @property
    def tier(self) -> str:
        """The tier, as tier_info tells it."""
        return self.world.account.tier

    @property
    def sign_ins(self) -> int:
        """How often e-mail and password were sent."""
        return len(self.world.account.sign_ins)

    @property
    def requests(self) -> list[SeenRequest]:
        """Everything asked so far, in order."""
        return self.journal.requests

    @property
    def clips(self) -> list[Clip]:
        """Every clip there ever was, deleted ones included."""
        return self.world.shelf.clips

    def count(self, pattern: str) -> int:
        """How many requests match; patterns as in `journal.matcher`."""
        return len(self.journal.matching(pattern))

    async def wait_for_request(self, pattern: str, after: int = 0, times: int = 1) -> SeenRequest:
        """Wait until so many matching requests were answered, leaving out the first `after` of all; see `requests`."""
        return await self.journal.wait_for(pattern, after, times)

    def command(self, network: str | int | Network, command_id: int) -> Command:
        """A command that was started; its `finished` can be awaited."""
        return self.world.commands.find(self._network(network).id, command_id)

    # What happens in the home

    async def motion(
        self,
        camera: str | int | Camera,
        *,
        seconds: float = 4,
        source: str = "pir",
        partial: bool = False,
        created_ago: float = 0,
        announced_late: float = 0,
        size: tuple[int, int] = SIZE,
        thumbnail: bool = True,
    ) -> Clip:
        """Record a clip, whether or not anything is armed, and announce it in media-changed.

        Args:
            camera: its name, id, or itself.
            seconds: how long the clip is.
            source: what the wire says of its cause.
            partial: it is not finished; see `complete`.
            created_ago: it was announced so many seconds ago.
            announced_late: it was recorded so many seconds before it was announced: `created_at` lies that far
                before `updated_at`.
            size: width and height in pixels, even numbers.
            thumbnail: whether it has a picture.
        """
        return await self.world.shelf.record(
            self._camera(camera),
            source,
            seconds,
            size=size,
            created_ago=created_ago,
            announced_late=announced_late,
            partial=partial,
            thumbnail=thumbnail,
        )

    async def walk_past(self, camera: str | int | Camera, *, seconds: float = 4) -> Clip | None:
        """Somebody walks by: a clip if the camera is online, detects motion and its network is armed, else None."""
        which = self._camera(camera)
        if not (which.online and which.motion_enabled and self.home.network(which.network_id).armed):
            return None
        return await self.motion(which, seconds=seconds)

    async def press(self, doorbell: str | int | Camera, *, seconds: float = 4) -> Clip:
        """Somebody rings; a press records even when nothing is armed."""
        return await self.motion(doorbell, seconds=seconds, source="button_press")

    def complete(self, clip: Clip) -> None:
        """A partial clip is finished."""
        clip.partial = False
        self.world.shelf.touch(clip)

    def delete(self, clip: Clip) -> None:
        """The owner deletes a clip in the app: a tombstone is left."""
        self.world.shelf.delete(clip)

    def clip_404_once(self, clip: Clip, times: int = 1) -> None:
        """The clip is listed but not there yet, for so many attempts."""
        clip.missing_for = times

    def take_offline(self, camera: str | int | Camera) -> None:
        """A camera is out of reach; commands to it fail."""
        self._set_online(self._camera(camera), False)

    def bring_online(self, camera: str | int | Camera) -> None:
        """A camera is back."""
        self._set_online(self._camera(camera), True)

    def arm(self, network: str | int | Network) -> None:
        """Somebody arms a network in the app."""
        set_armed(self.world, self._network(network), armed=True)

    def disarm(self, network: str | int | Network) -> None:
        """Somebody disarms a network in the app."""
        set_armed(self.world, self._network(network), armed=False)

    def low_battery(self, camera: str | int | Camera) -> None:
        """A battery is nearly empty."""
        which = self._camera(camera)
        which.battery, which.battery_bars, which.updated_at = "low", 1, self.world.clock()

    def rename(self, camera: str | int | Camera, name: str) -> None:
        """Somebody renames a camera in the app; clips keep the name they were recorded under."""
        which = self._camera(camera)
        which.name, which.updated_at = name, self.world.clock()

    def add_program(
        self, network: str | int | Network, name: str, schedule: list[dict[str, Any]], *, enabled: bool = True
    ) -> Program:
        """Somebody makes a schedule in the app; `household.entry` builds its lines."""
        taken = [program.id for program in self.home.programs]
        program = Program(max(taken, default=88_000) + 1, self._network(network).id, name, enabled, schedule)
        self.home.programs.append(program)
        return program

    # What goes wrong

    def expire_tokens(self) -> None:
        """All access tokens are over; refresh tokens are not."""
        self.world.tokens.expire_access()

    def revoke_refresh(self) -> None:
        """No refresh token counts any more."""
        self.world.tokens.revoke_refresh()

    def require_pin(self) -> None:
        """From now on every client must enter a code at its next sign-in."""
        self.world.account.pin_required = True
        for client in self.world.tokens.clients:
            client.verified = False

    def fail(
        self,
        pattern: str,
        times: float = 1,
        status: int = 500,
        body: str | bytes = '{"message": "Internal Server Error", "code": 500}',
        headers: dict[str, str] | None = None,
        content_type: str = "application/json",
    ) -> None:
        """Answer the next so many matching requests with this instead; an HTML page or nothing at all goes too."""
        data = body.encode() if isinstance(body, str) else body
        self.faults.plan(
            pattern, times, status=status, body=data, headers={"Content-Type": content_type, **(headers or {})}
        )

    def cut_short(self, pattern: str, times: float = 1, keep: int = 20) -> None:
        """Send the real answer's headers but only so many bytes of its body, then drop the line."""
        self.faults.plan(pattern, times, keep=keep)

    def slow(self, pattern: str, seconds: float, times: float = FOR_EVER) -> None:
        """Answer matching requests only after so many seconds."""
        self.faults.plan(pattern, times, seconds=seconds)

    def busy(self, network: str | int | Network, times: int = 1, status: int = 409) -> None:
        """The next commands find the sync module busy: HTTP 409, or a 200 whose body has code 307."""
        refusal = system_busy(status)
        self.world.commands.scripts.append(Script(self._network(network).id, None, times, refusal))

    def refuse_command(
        self,
        network: str | int | Network | None = None,
        kind: str | None = None,
        *,
        times: int = 1,
        code: int = 523,
        message: str = "Live view failed",
    ) -> None:
        """The next commands (of a network, of a kind such as "thumbnail") end as failed, with this code and message."""
        network_id = None if network is None else self._network(network).id
        self.world.commands.scripts.append(Script(network_id, kind, times, status_code=code, status_msg=message))

    def stall_commands(self, stalled: bool = True) -> None:
        """Commands started from now on never complete."""
        self.world.commands.stalled = stalled

    def _camera(self, which: str | int | Camera) -> Camera:
        return which if isinstance(which, Camera) else self.home.camera(which)

    def _network(self, which: str | int | Network) -> Network:
        return which if isinstance(which, Network) else self.home.network(which)

    def _set_online(self, camera: Camera, online: bool) -> None:
        camera.online, camera.updated_at = online, self.world.clock()
