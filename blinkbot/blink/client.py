"""A signed-in Blink account (`ports.Cloud`). Its methods stand in `endpoints/`; `call` sends any other operation."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path
from typing import Self

from blinkbot.blink.endpoints.account import AccountEndpoints
from blinkbot.blink.endpoints.cameras import CameraEndpoints
from blinkbot.blink.endpoints.media import MediaEndpoints
from blinkbot.blink.endpoints.networks import NetworkEndpoints
from blinkbot.blink.endpoints.schedules import ScheduleEndpoints
from blinkbot.blink.endpoints.usb_storage import UsbEndpoints
from blinkbot.blink.http.auth import Session
from blinkbot.blink.http.budget import RequestBudget
from blinkbot.blink.http.clock import Timing
from blinkbot.blink.http.hosts import BlinkUrls
from blinkbot.blink.http.transport import Call, Response, Transport
from blinkbot.blink.liveview.certificates import StreamTrust
from blinkbot.blink.liveview.session import LiveStream, LiveViews
from blinkbot.blink.protocol.operation import ResponseKind
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.wire.home import home
from blinkbot.domain import Camera, Clip, Home, OddEntry, Origin
from blinkbot.domain.spending import Spending
from blinkbot.ports import Generation, TokenStore

GENERATIONS = {Generation.NEW: "v4", Generation.OLD: "v3"}


class BlinkClient(AccountEndpoints, NetworkEndpoints, ScheduleEndpoints, CameraEndpoints, MediaEndpoints, UsbEndpoints):
    """The Blink cloud for one account, whose session is in `store`. Raises BlinkErrors, ValueError for arguments."""

    def __init__(
        self,
        urls: BlinkUrls,
        store: TokenStore,
        hardware_id: str,
        timing: Timing | None = None,
        budget: RequestBudget | None = None,
        *,
        unverified_live_view: bool = False,
    ) -> None:
        timing = timing or Timing()
        session = Session(urls, store, hardware_id, timing, budget)
        super().__init__(Transport(urls, session, timing, budget), timing)
        self._store = store
        self.hardware_id = hardware_id
        trust = StreamTrust(urls.on_loopback, unverified_live_view)
        self._live_views = LiveViews(self._transport, self._commands, timing, trust)
        self.user_id: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections, after a running renewal of the session."""
        await self._live_views.aclose()
        await self._transport.aclose()

    @property
    def client_id(self) -> int | None:
        """Blink's number for this program, None before the first homescreen."""
        return self._transport.client_id

    @property
    def server_now(self) -> datetime | None:
        """Blink's clock as the Date of its answers tells it, None before the first."""
        return self._transport.server_now

    @property
    def spending(self) -> Spending:
        """The requests of the last hour."""
        return self._transport.budget.spending()

    @property
    def odd_entries(self) -> Mapping[OddEntry, int]:
        """How many entries of lists could not be read and were left out, by kind."""
        return self._set_aside.counted()

    async def home(self, generation: Generation = Generation.OLD) -> Home:
        """Read the homescreen: one request (protocol §6)."""
        asked = {"generation": GENERATIONS[generation]}
        response = await self._transport.request(Call(OPERATIONS["homescreen"], asked))
        self._transport.client_id = _number(response.headers.get("Client-Id")) or self._transport.client_id
        self.user_id = _number(response.headers.get("User-Id")) or self.user_id
        tokens = await self._store.load()
        return home(response.body, self._set_aside, tokens.account_id if tokens else None)

    async def download_clip(self, clip: Clip, target: Path, *, piece: bool = False) -> int:
        """Stream a clip's MP4 into `target`; returns its bytes. Raises NotFound (gone), Busy (its module), CutShort."""
        if clip.origin is Origin.USB:
            return await self._download_usb_clip(clip, target, piece=piece)
        return await self._download_cloud_clip(clip, target, piece=piece)

    def live_view(self, camera: Camera, seconds: float | None = None) -> AbstractAsyncContextManager[LiveStream]:
        """Wake a camera and watch: `async with client.live_view(camera) as chunks`. See `LiveViews.watch`."""
        return self._live_views.watch(camera, seconds)

    async def call(self, call: Call) -> object:
        """Any operation of the table, by its row: the JSON as Blink sent it. A command's end is not waited for."""

        async def start() -> object:
            return (await self._request(call)).body

        network_id = call.values.get("network")
        if call.operation.response is ResponseKind.COMMAND and isinstance(network_id, int):
            # What reaches a device waits for its turn, and while the sync module is busy (protocol §5).
            body = await self._commands.begin(network_id, start)
        else:
            body = await start()
        if call.operation.name == "logout":
            await self._store.forget()
        return body

    async def download(self, call: Call, target: Path) -> int:
        """Stream what an operation answers into `target`, if it is an MP4; returns its size in bytes."""
        return await self._transport.download(call, target)

    async def logout(self) -> None:
        """Sign this client out at Blink; the session is forgotten, and only a new sign-in makes another."""
        await self.call(Call(OPERATIONS["logout"]))

    async def _request(self, call: Call) -> Response:
        """Send it, after the homescreen where the operation wants this client's number."""
        if call.operation.wants_client and self.client_id is None:
            tokens = await self._store.load()
            if tokens is None or tokens.client_id is None:
                await self.home()
        return await super()._request(call)


def _number(header: str | None) -> int | None:
    return int(header) if header and header.isascii() and header.isdigit() and len(header) < 20 else None
