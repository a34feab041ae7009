"""Single cameras: pictures, clips on request, settings, lights, snoozing, and the obsolete calls (protocol §4)."""

from collections.abc import Awaitable, Mapping

from blinkbot.blink.camera_settings import (
    CameraSettings,
    MotionRegions,
    Setting,
    SettingChange,
    SettingValue,
    Zones,
    ZonesChange,
)
from blinkbot.blink.endpoints.base import Endpoints, is_unknown_here
from blinkbot.blink.endpoints.networks import check_snooze
from blinkbot.blink.models import LastConnection, Signals, UsageReport
from blinkbot.blink.wire import camera_settings, devices, zones
from blinkbot.blink.wire.home import light_mounts
from blinkbot.domain import Camera, CommandResult, Family, Outcome
from blinkbot.errors import BlinkRefused, Missing, NotFound

READ_BACK_DELAYS = (1.0, 3.0)  # seconds until a setting is looked at again that has not taken yet
TEMPERATURE_SPAN = 10  # degrees that an alarm's limits are apart at least
PRIVACY_GRID = (20, 15)
PRIVACY_ZONES = 2
REGIONS, WHOLE_REGION = 25, 0xFFF


class CameraEndpoints(Endpoints):
    """What concerns one camera of any family."""

    async def take_picture(self, camera: Camera) -> CommandResult:
        """Have a new picture taken. Its path comes with the next `home()`, and differs from `camera.picture` (§6)."""
        return await self._camera_command("new-thumbnail", camera)

    async def picture(self, camera: Camera) -> bytes:
        """The JPEG at `camera.picture`. Raises NotFound where it has none."""
        return await self._jpeg_at("thumbnail", camera.picture)

    async def record_clip(self, camera: Camera) -> CommandResult:
        """Have a clip recorded; it comes with `changed_clips`, its cause SNAPSHOT."""
        return await self._camera_command("record-clip", camera)

    async def enable_motion(self, camera: Camera) -> CommandResult:
        """Let a camera record motion while its network is armed."""
        return await self._camera_command("enable-motion", camera)

    async def disable_motion(self, camera: Camera) -> CommandResult:
        """Let a camera ignore motion even while its network is armed."""
        return await self._camera_command("disable-motion", camera)

    async def camera_settings(self, camera: Camera) -> CameraSettings:
        """How a camera is set."""
        return camera_settings.camera_settings(await self._ask_camera("camera-config", camera))

    async def change_settings(
        self, camera: Camera, changes: Mapping[Setting | str, SettingValue]
    ) -> tuple[SettingChange, ...]:
        """Change settings one by one, and read each back: a value that did not take is told in its `SettingChange`.

        Raises ValueError, before anything is sent, for what this camera does not offer.
        """
        config = await self._ask_camera("camera-config", camera)
        _check_changes(camera_settings.camera_settings(config), changes)
        done = []
        for name, value in changes.items():
            body = camera_settings.change_body(config, camera.family, name, value)
            refused = await _refusal(self._camera_command("update-camera", camera, body))
            config = await self._ask_camera("camera-config", camera)
            for delay in READ_BACK_DELAYS if refused is None else ():
                if camera_settings.value_of(config, name) == value:
                    break
                await self._timing.sleep(delay)
                config = await self._ask_camera("camera-config", camera)
            done.append(SettingChange(name, value, camera_settings.value_of(config, name), refused or ""))
        return tuple(done)

    async def zones(self, camera: Camera) -> Zones | MotionRegions:
        """Where a camera looks for motion: in the newer form, or in the older where it has that alone."""
        try:
            return zones.zones(await self._ask_camera("zones", camera))
        except BlinkRefused as error:
            if not is_unknown_here(error):
                raise
        return zones.motion_regions(await self._ask_camera("motion-regions", camera))

    async def set_zones(self, camera: Camera, wanted: Zones | MotionRegions) -> ZonesChange:
        """Let a camera look elsewhere; read back. What came from `zones` and is not understood goes back as it came."""
        _check_zones(wanted)
        body = zones.zones_body(wanted) if isinstance(wanted, Zones) else zones.regions_body(wanted)
        if isinstance(wanted, MotionRegions) and not wanted.beside_zones:
            sending = self._camera_command("motion-regions", camera, None, **body)
        else:
            sending = self._camera_command("set-zones", camera, body)
        refused = await _refusal(sending)
        found = await self.zones(camera)
        for delay in READ_BACK_DELAYS if refused is None else ():
            if found == wanted:
                break
            await self._timing.sleep(delay)
            found = await self.zones(camera)
        return ZonesChange(wanted, found, refused or "")

    async def snooze_camera(self, camera: Camera, minutes: int) -> None:
        """Silence Blink's pushes for SNOOZE_MINUTES. Raises ValueError, BlinkRefused with motion off (2805)."""
        check_snooze(minutes)
        await self._ask_camera("snooze-camera", camera, snooze_time=minutes)

    async def unsnooze_camera(self, camera: Camera) -> None:
        """End a snooze; where Blink does not know how, with a snooze of a minute."""
        try:
            await self._ask_camera("unsnooze-camera", camera)
        except BlinkRefused as error:
            if not is_unknown_here(error):
                raise
            await self.snooze_camera(camera, 1)

    async def switch_light(self, camera: Camera, *, on: bool) -> CommandResult:
        """Switch a light. Raises NotFound (no mount), BlinkRefused (Mini without one), ValueError (doorbell)."""
        state = "on" if on else "off"
        if camera.family is not Family.CAMERA:
            return await self._camera_command("lights", camera, state=state)
        return await self._camera_command("lights", camera, accessory=await self.light_mount(camera), state=state)

    async def light_mount(self, camera: Camera) -> int:
        """The id of the light that a battery camera hangs in. Raises NotFound where there is none."""
        mounts = light_mounts(await self._ask("homescreen"), self._set_aside)
        if camera.id not in mounts:
            raise NotFound("lights", missing=Missing.LIGHT)
        return mounts[camera.id]

    async def camera_usage(self) -> UsageReport:
        """What every battery camera recorded and showed live in the last days."""
        return devices.usage(await self._ask("camera-usage"), self._set_aside)

    async def camera_signals(self, camera: Camera) -> Signals:
        """A battery camera's bars. Obsolete, says the protocol page. Raises ValueError for other families."""
        return devices.signals(await self._ask_camera("camera-signals", camera))

    async def last_connection(self, camera: Camera) -> LastConnection:
        """A battery camera's last word. Obsolete (camera-info). Raises ValueError for other families."""
        return devices.last_connection(await self._ask_camera("camera-info", camera))

    async def battery_cameras(self, network_id: int) -> tuple[CameraSettings, ...]:
        """The battery cameras of a network. Obsolete (cameras), says the protocol page."""
        return camera_settings.cameras(await self._ask("cameras", network=network_id), self._set_aside)


def _check_changes(settings: CameraSettings, changes: Mapping[Setting | str, SettingValue]) -> None:
    for name, value in changes.items():
        offered = settings.offer(name)
        if offered is None:
            raise ValueError(f"this camera has no setting {name}")
        if not offered.takes(value):
            raise ValueError(f"{name} cannot be {value!r} at this camera: it takes {offered.range_text or 'nothing'}")
    told = {offered.name: offered.value for offered in settings.offered} | dict(changes)
    lowest, highest = told.get(Setting.LOWEST_F), told.get(Setting.HIGHEST_F)
    changed = Setting.LOWEST_F in changes or Setting.HIGHEST_F in changes
    if changed and isinstance(lowest, int) and isinstance(highest, int) and highest - lowest < TEMPERATURE_SPAN:
        raise ValueError(f"the temperatures of the alarm are {TEMPERATURE_SPAN} degrees apart at least")


def _check_zones(wanted: Zones | MotionRegions) -> None:
    if isinstance(wanted, MotionRegions):
        if len(wanted.regions) != REGIONS or len(wanted.fine) not in (0, REGIONS):
            raise ValueError(f"there are {REGIONS} motion regions")
        if not all(0 <= region <= WHOLE_REGION for region in wanted.fine):
            raise ValueError("a motion region has 12 bits")
        return
    before = wanted.stored.get("zone_mask")
    if not set(wanted.mask) <= {0, 1} or (isinstance(before, list) and len(before) != len(wanted.mask)):
        raise ValueError("a mask has a 0 or a 1 for each cell")
    width, height = PRIVACY_GRID
    inside = all(
        zone.width > 0 and zone.height > 0 and zone.x + zone.width <= width and zone.y + zone.height <= height
        for zone in wanted.privacy
    )
    if len(wanted.privacy) > PRIVACY_ZONES or not inside:
        raise ValueError(f"there are at most {PRIVACY_ZONES} privacy zones, on a grid of {width} by {height}")


async def _refusal(running: Awaitable[CommandResult]) -> str | None:
    """Why a command was refused, in Blink's words; None where it was carried out, or may have been."""
    try:
        result = await running
    except BlinkRefused as error:
        if type(error) is not BlinkRefused:
            raise
        return error.message or str(error)
    return result.message or str(result.outcome) if result.outcome is Outcome.REFUSED else None
