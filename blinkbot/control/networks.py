"""Arming, disarming, sirens and schedules, as one chat may ask for them."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from blinkbot import errors
from blinkbot.control.access import ChatAccess, known_home
from blinkbot.domain import CommandResult, NetworkSchedules, Outcome
from blinkbot.domain.timezones import zone_of
from blinkbot.ports import Cloud, HomeSource

_log = logging.getLogger(__name__)

# What is raised when a command went out and no usable answer came back.
_ANSWER_LOST = (errors.BlinkUnreachable, errors.BlinkResponseError, errors.ServerError)


@dataclass(frozen=True, slots=True)
class NetworkControl:
    """`timezone` serves networks whose own is unusable; `on_armed` is called when motion can be expected."""

    access: ChatAccess
    cloud: Cloud
    home: HomeSource
    timezone: str
    on_armed: Callable[[], None]

    async def arm(self, network_id: int) -> CommandResult:
        return await self._switch(network_id, armed=True)

    async def disarm(self, network_id: int) -> CommandResult:
        return await self._switch(network_id, armed=False)

    async def sound_siren(self, network_id: int, seconds: int) -> CommandResult:
        await self._check_siren(network_id)
        return await self.access.request(self.cloud.sound_siren(network_id, seconds=seconds))

    async def silence_sirens(self, network_id: int) -> CommandResult:
        await self._check_siren(network_id)
        return await self.access.request(self.cloud.silence_sirens(network_id))

    async def schedules(self) -> Sequence[NetworkSchedules]:
        self.access.check_session()
        found = []
        for network in (await known_home(self.home)).networks:
            zone = zone_of(network.time_zone, self.timezone)
            try:
                schedules = await self.access.request(self.cloud.schedules(network.id))
                found.append(NetworkSchedules(network, tuple(schedules), zone))
            except errors.NotSignedIn:
                raise
            except errors.BlinkError as error:
                _log.warning("the schedules of network %d could not be read: %s", network.id, error)
                found.append(NetworkSchedules(network, (), zone, error))
        failures = [each.error for each in found if each.error]
        if failures and len(failures) == len(found):
            raise failures[-1]
        return found

    async def switch_schedule(self, network_id: int, schedule_id: int, *, on: bool) -> None:
        self.access.check_session()
        if (await known_home(self.home)).network(network_id) is None:
            raise errors.NotFound("programs", missing=errors.Missing.NETWORK)
        switch = self.cloud.enable_schedule if on else self.cloud.disable_schedule
        await self.access.request(switch(network_id, schedule_id))

    async def _switch(self, network_id: int, *, armed: bool) -> CommandResult:
        self.access.check_session()
        command = self.cloud.arm if armed else self.cloud.disarm
        try:
            result = await self.access.request(command(network_id))
        except _ANSWER_LOST as error:
            now_armed = await self._armed_now(network_id)
            if now_armed is not None and now_armed is not armed:
                raise
            # Blink may have carried it out.
            result = CommandResult(Outcome.UNKNOWN, str(error))
        else:
            now_armed = await self._armed_now(network_id)
        if result.outcome is Outcome.UNKNOWN and now_armed is armed:
            # The command's end was lost on the way, but the home says that it happened.
            result = CommandResult(Outcome.DONE)
        if result.done and armed:
            self.on_armed()
        return result

    async def _armed_now(self, network_id: int) -> bool | None:
        """What the home says after a command; None when it cannot be asked. The command's own end counts more."""
        try:
            network = (await self.home.refresh()).network(network_id)
        except errors.BlinkError as error:
            _log.warning("no look at the home after a command: %s", error)
            return None
        return network.armed if network else None

    async def _check_siren(self, network_id: int) -> None:
        self.access.check_session()
        if network_id not in (await known_home(self.home)).siren_networks:
            raise errors.NotFound("sirens", missing=errors.Missing.SIREN)
