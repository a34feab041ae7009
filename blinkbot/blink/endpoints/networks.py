"""Whole networks: arming, their settings, snoozing, sirens, and the obsolete lists (protocol §4)."""

from blinkbot.blink.endpoints.base import Endpoints, is_unknown_here
from blinkbot.blink.models import Event, Hub, NetworkSettings, Siren
from blinkbot.blink.wire import devices, media
from blinkbot.domain import CommandResult, Network
from blinkbot.errors import BlinkRefused

SNOOZE_MINUTES = range(1, 1440)  # others are refused (code 2800); 1 is the practical way to end a snooze

SIREN_SECONDS = 30


class NetworkEndpoints(Endpoints):
    """What concerns a network as a whole."""

    async def arm(self, network_id: int) -> CommandResult:
        """Arm a network and wait for the end of the command (protocol §5)."""
        return await self._command("arm", network_id)

    async def disarm(self, network_id: int) -> CommandResult:
        """Disarm a network and wait for the end of the command (protocol §5)."""
        return await self._command("disarm", network_id)

    async def update_network(
        self,
        network_id: int,
        *,
        name: str | None = None,
        time_zone: str | None = None,
        save_live_views: bool | None = None,
    ) -> NetworkSettings:
        """Change what is given; what is None stays. Returns how the network is set then."""
        answer = await self._ask(
            "update-network", network=network_id, name=name, time_zone=time_zone, lv_save=save_live_views
        )
        return devices.network_settings(answer)

    async def snooze_network(self, network_id: int, minutes: int) -> None:
        """Silence Blink's pushes for SNOOZE_MINUTES. Raises ValueError, BlinkRefused with motion off (2805)."""
        check_snooze(minutes)
        await self._ask("snooze-network", network=network_id, snooze_time=minutes)

    async def unsnooze_network(self, network_id: int) -> None:
        """End a snooze; where Blink does not know how, with a snooze of a minute."""
        try:
            await self._ask("unsnooze-network", network=network_id)
        except BlinkRefused as error:
            if not is_unknown_here(error):
                raise
            await self.snooze_network(network_id, 1)

    async def sirens(self, network_id: int) -> tuple[Siren, ...]:
        """The sirens of a network."""
        return devices.sirens(await self._ask("sirens", network=network_id), self._set_aside)

    async def sound_siren(
        self, network_id: int, siren_id: int | None = None, seconds: int = SIREN_SECONDS
    ) -> CommandResult:
        """Sound one siren of a network, or all of them, for so many seconds."""
        return await self._command("activate-siren", network_id, siren=siren_id, duration=seconds)

    async def silence_sirens(self, network_id: int) -> CommandResult:
        """Silence every siren of a network."""
        return await self._command("deactivate-siren", network_id)

    async def networks(self) -> tuple[Network, ...]:
        """The networks. Obsolete, says the protocol page: `home()` has them too."""
        return devices.networks(await self._ask("networks"), self._set_aside)

    async def hub(self, network_id: int) -> Hub:
        """The sync module of a network. Obsolete, says the protocol page: `home()` has it too."""
        return devices.hub(await self._ask("sync-modules", network=network_id))

    async def events(self, network_id: int) -> tuple[Event, ...]:
        """The newest recordings of a network. Obsolete, says the protocol page: see `changed_clips`."""
        return media.events(await self._ask("events", network=network_id))


def check_snooze(minutes: int) -> None:
    if minutes not in SNOOZE_MINUTES:
        raise ValueError(f"a snooze lasts 1 to 1439 minutes, not {minutes}")
