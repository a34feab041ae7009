"""Which devices need somebody: pure rules over the home, and the watch that tells of what lasts."""

from datetime import datetime, timedelta

from blinkbot.domain import Camera, Home, Power
from blinkbot.domain.deliveries import DeviceIssue, DeviceIssueKind
from blinkbot.ports import ChatDirectory, Clock, DeviceAlertOutbox

LASTS = timedelta(minutes=4)
"""How long a trouble must have been there, in look after look, before it is told: cameras drop out for a moment. Less
than the distance of two beats, so that the second one tells."""

Device = tuple[DeviceIssueKind, int]
"""What a trouble is known by; names change."""


class DeviceHealth:
    """Tells the notice box what begins and what is over. Hand `looked` to the HomeWatch."""

    def __init__(self, box: DeviceAlertOutbox, directory: ChatDirectory, clock: Clock) -> None:
        self._box = box
        self._directory = directory
        self._clock = clock
        self._first_seen: dict[Device, datetime] = {}
        self._told: set[Device] = set()
        self._known_well: set[Device] = set()

    async def looked(self, home: Home) -> None:
        """A look at the home, at this moment."""
        now = self._clock()
        bad = {_device(trouble): trouble for trouble in troubles(home)}
        # A clock that was set back makes nothing younger than now.
        self._first_seen = {device: min(self._first_seen.get(device, now), now) for device in bad}
        for device, trouble in bad.items():
            if device not in self._told and now - self._first_seen[device] >= LASTS:
                chats = [chat.id for chat in self._directory.chats()]
                await self._box.trouble_begun(trouble, chats, since=self._first_seen[device])
                self._told.add(device)
                self._known_well.discard(device)
        for trouble in recovered(home):
            # The first look of a run asks for each, since an earlier run may have told of it.
            if _device(trouble) not in self._known_well:
                await self._box.trouble_over(trouble)
                self._told.discard(_device(trouble))
                self._known_well.add(_device(trouble))


def troubles(home: Home) -> frozenset[DeviceIssue]:
    """What needs somebody now. Cameras that are offline behind a sync module that is offline are told as the module."""
    cut_off = _cut_off(home)
    modules = (
        DeviceIssue(DeviceIssueKind.MODULE_OFFLINE, module.id, module.name, module.network_id)
        for module in home.sync_modules
        if not module.online
    )
    offline = (
        _of(camera, DeviceIssueKind.CAMERA_OFFLINE)
        for camera in home.cameras
        if not camera.online and camera.network_id not in cut_off
    )
    batteries = (_of(camera, DeviceIssueKind.BATTERY_LOW) for camera in home.cameras if camera.battery == Power.LOW)
    return frozenset([*modules, *offline, *batteries])


def recovered(home: Home) -> frozenset[DeviceIssue]:
    """Every trouble that is certainly not there now. What cannot be seen (behind a module that is offline; a battery of
    which nothing is said) is neither here nor among the `troubles`."""
    cut_off = _cut_off(home)
    modules = (
        DeviceIssue(DeviceIssueKind.MODULE_OFFLINE, module.id, module.name, module.network_id)
        for module in home.sync_modules
        if module.online
    )
    online = (
        _of(camera, DeviceIssueKind.CAMERA_OFFLINE)
        for camera in home.cameras
        if camera.online and camera.network_id not in cut_off
    )
    batteries = (_of(camera, DeviceIssueKind.BATTERY_LOW) for camera in home.cameras if camera.battery == Power.OK)
    return frozenset([*modules, *online, *batteries])


def _cut_off(home: Home) -> frozenset[int]:
    """The networks whose sync modules are all offline."""
    online = {module.network_id for module in home.sync_modules if module.online}
    return frozenset(module.network_id for module in home.sync_modules) - online


def _of(camera: Camera, kind: DeviceIssueKind) -> DeviceIssue:
    return DeviceIssue(kind, camera.id, camera.name, camera.network_id)


def _device(trouble: DeviceIssue) -> Device:
    return trouble.kind, trouble.device_id
