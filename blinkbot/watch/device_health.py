"""Device health: what is offline, which batteries are low, and what of that lasts."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from blinkbot.domain import Home, Power
from blinkbot.domain.deliveries import DeviceIssue, DeviceIssueKind
from blinkbot.ports import ChatDirectory, Clock, DeviceAlertOutbox

LASTS = timedelta(minutes=4)
"""How long an issue must have been there, in look after look, before it is reported: cameras drop out for a moment.
Less than the distance of two beats, so that the second one reports it."""


class DeviceHealth:
    """Makes device alerts of issues that last, and ends them. Hand `on_home` to the HomeWatch."""

    def __init__(self, alerts: DeviceAlertOutbox, directory: ChatDirectory, clock: Clock) -> None:
        self._alerts = alerts
        self._directory = directory
        self._clock = clock
        # By kind and device, since names change.
        self._first_seen: dict[tuple[DeviceIssueKind, int], datetime] = {}
        self._reported: dict[tuple[DeviceIssueKind, int], bool] = {}

    async def on_home(self, home: Home) -> None:
        """A look at the home, at this moment."""
        now = self._clock()
        present = {(issue.kind, issue.device_id): issue for issue, bad in _states(home) if bad}
        # A clock that was set back makes nothing younger than now.
        self._first_seen = {device: min(self._first_seen.get(device, now), now) for device in present}
        for device, issue in present.items():
            if self._reported.get(device) is not True and now - self._first_seen[device] >= LASTS:
                chats = [chat.id for chat in self._directory.all()]
                await self._alerts.begin_issue(issue, chats, since=self._first_seen[device])
                self._reported[device] = True
        for issue in recovered(home):
            # The first look of a run ends each, since an earlier run may have reported it.
            if self._reported.get((issue.kind, issue.device_id)) is not False:
                await self._alerts.end_issue(issue)
                self._reported[issue.kind, issue.device_id] = False


def issues(home: Home) -> frozenset[DeviceIssue]:
    """What needs attention now. Cameras that are offline behind a sync module that is offline count as the module."""
    return frozenset(issue for issue, bad in _states(home) if bad)


def recovered(home: Home) -> frozenset[DeviceIssue]:
    """Every issue that is certainly not there now. What cannot be seen (behind a module that is offline; a battery of
    which nothing is said) is neither here nor among the `issues`."""
    return frozenset(issue for issue, bad in _states(home) if not bad)


def _states(home: Home) -> Iterator[tuple[DeviceIssue, bool]]:
    """Each issue that a device of the home can have, and whether it has it; left out where that cannot be seen."""
    with_module = {module.network_id for module in home.sync_modules}
    online = {module.network_id for module in home.sync_modules if module.online}
    for module in home.sync_modules:
        yield DeviceIssue(DeviceIssueKind.MODULE_OFFLINE, module.id, module.name, module.network_id), not module.online
    for camera in home.cameras:
        if camera.listed and (camera.network_id in online or camera.network_id not in with_module):
            yield (
                DeviceIssue(DeviceIssueKind.CAMERA_OFFLINE, camera.id, camera.name, camera.network_id),
                not camera.online,
            )
        if camera.battery in (Power.LOW, Power.OK):
            low = camera.battery == Power.LOW
            yield DeviceIssue(DeviceIssueKind.BATTERY_LOW, camera.id, camera.name, camera.network_id), low
