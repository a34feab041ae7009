"""What one chat has chosen to be told, and how loudly."""

from collections.abc import Sequence
from datetime import datetime

from blinkbot.control.base import Bound
from blinkbot.domain import Home
from blinkbot.domain.preferences import ChatAlerts, Mute, Scope, Target
from blinkbot.errors import BlinkError, Missing, NotFound


class AlertControl(Bound):
    """The part of a ChatControl that is about alerts."""

    async def alerts(self) -> ChatAlerts:
        """What this chat has chosen to be told."""
        self.check()
        return await self.whole.choices.chat_alerts(self.chat_id)

    async def choose_alerts(self, alerts: ChatAlerts) -> None:
        """Choose it."""
        self.check()
        await self.whole.choices.choose_alerts(self.chat_id, alerts)

    async def mutes(self) -> Sequence[Mute]:
        """What is muted in this chat now, ending soonest first."""
        self.check()
        return await self.whole.choices.mutes(self.chat_id, self.whole.clock())

    async def mute(self, target: Target, until: datetime) -> None:
        """Show nothing of the target here until then; a mute of it that holds already goes on until then."""
        self.check()
        now = self.whole.clock()
        standing = await self.whole.choices.mutes(self.chat_id, now)
        # What happened while the earlier mute held stays muted.
        since = next((mute.since for mute in standing if mute.target == target and mute.holds_at(now)), now)
        await self.whole.choices.mute(self.chat_id, Mute(target, since, until))

    async def unmute(self, target: Target | None) -> Sequence[Mute]:
        """End the mute of exactly this target, or every mute of this chat; returns what was ended."""
        self.check()
        return await self.whole.choices.unmute(self.chat_id, target)

    async def snooze(self, target: Target, minutes: int) -> None:
        """Set Blink's own snooze, 1 to 1439 minutes (protocol §4).

        Of everything, each network is tried; raises the first error there was, NotFound where nothing is left of the
        target.
        """
        self.check()
        self.check_session()
        cloud, home = self.whole.cloud, self.whole.homes.latest() or Home()
        if target.scope is Scope.CAMERA:
            camera = home.camera(target.id)
            if camera is None:
                raise NotFound("snooze-camera", missing=Missing.CAMERA)
            await self.asked(cloud.snooze_camera(camera, minutes))
            return
        networks = [network for network in home.networks if target.covers(network.id, camera_id=0)]
        if not networks:
            raise NotFound("snooze-network", missing=Missing.NETWORK)
        errors = []
        for network in networks:
            try:
                await self.asked(cloud.snooze_network(network.id, minutes))
            except BlinkError as error:
                errors.append(error)
        if errors:
            raise errors[0]
