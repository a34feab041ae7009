"""The part of a house's control that is about live views, lights and sirens."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from blinkbot.domain import CommandResult, Outcome
from blinkbot.errors import BlinkError, NotFound

if TYPE_CHECKING:
    from tests.bot.house import House


@dataclass
class Devices:
    """What devices do. `film` lets a live view that has begun go on, when it is set."""

    film: asyncio.Event = field(default_factory=asyncio.Event)
    recorded: list[Path] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.film.set()


class HouseDevices:
    """The methods of a ports.ChatControl that are about devices. A house's `results` go by camera and network id."""

    house: "House"

    async def record_live(self, camera_id: int, seconds: float, on_picture: Callable[[], None] | None = None) -> Path:
        await self.house.ask(f"live {camera_id} {seconds:g}")
        self._result(camera_id)
        if on_picture is not None:
            on_picture()
        await self.house.devices.film.wait()
        path = self.house.spool / f"live-{camera_id}.mp4"
        path.write_bytes(self.house.video)
        self.house.devices.recorded.append(path)
        return path

    async def switch_light(self, camera_id: int, *, on: bool) -> CommandResult:
        await self.house.ask(f"light {camera_id} {'on' if on else 'off'}")
        return self._result(camera_id)

    async def sound_siren(self, network_id: int, seconds: int) -> CommandResult:
        await self.house.ask(f"siren {network_id} {seconds}")
        return self._siren(network_id)

    async def silence_sirens(self, network_id: int) -> CommandResult:
        await self.house.ask(f"silence {network_id}")
        return self._siren(network_id)

    def _siren(self, network_id: int) -> CommandResult:
        if network_id not in self.house.now.siren_networks:
            raise NotFound("sirens", 404)
        return self._result(network_id)

    def _result(self, device_id: int) -> CommandResult:
        result = self.house.results.get(device_id, CommandResult(Outcome.DONE))
        if isinstance(result, BlinkError):
            raise result
        return result
