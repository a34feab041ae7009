"""Single cameras: pictures, clips on request, settings, lights, snoozing, and the obsolete calls (protocol §4)."""

from blinkbot.blink.endpoints.base import Endpoints
from blinkbot.blink.endpoints.networks import check_snooze
from blinkbot.blink.models import CameraSettings, LastConnection, NightLight, Signals, UsageReport
from blinkbot.blink.wire import devices
from blinkbot.blink.wire.home import light_mounts
from blinkbot.domain import Camera, CommandResult, Family
from blinkbot.errors import Missing, NotFound

SENSITIVITIES = range(1, 10)
CLIP_SECONDS = range(5, 61)


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
        return devices.camera_settings(await self._ask_camera("camera-config", camera))

    async def update_camera(
        self,
        camera: Camera,
        *,
        sensitivity: int | None = None,
        clip_seconds: int | None = None,
        night_light: NightLight | None = None,
        early_end: bool | None = None,
        early_notification: bool | None = None,
        audio: bool | None = None,
        **further: object,
    ) -> CommandResult:
        """Change what is given; `further` by the wire's names. Raises ValueError off SENSITIVITIES or CLIP_SECONDS."""
        if sensitivity is not None and sensitivity not in SENSITIVITIES:
            raise ValueError(f"a camera's sensitivity is 1 to 9, not {sensitivity}")
        if clip_seconds is not None and clip_seconds not in CLIP_SECONDS:
            raise ValueError(f"a clip lasts 5 to 60 seconds, not {clip_seconds}")
        if early_end is not None:
            further["early_termination"] = early_end
        return await self._camera_command(
            "update-camera",
            camera,
            further or None,
            motion_sensitivity=sensitivity,
            video_length=clip_seconds,
            illuminator_enable=None if night_light is None else devices.night_light(night_light, camera.family),
            early_notification=early_notification,
            record_audio_enable=audio,
        )

    async def snooze_camera(self, camera: Camera, minutes: int) -> None:
        """Silence Blink's pushes for SNOOZE_MINUTES. Raises ValueError, BlinkRefused with motion off (2805)."""
        check_snooze(minutes)
        await self._ask_camera("snooze-camera", camera, snooze_time=minutes)

    async def switch_light(self, camera: Camera, *, on: bool) -> CommandResult:
        """Switch a light. Raises NotFound (no mount), BlinkRefused (Mini without one), ValueError (doorbell)."""
        state = "on" if on else "off"
        if camera.family is not Family.CAMERA:
            return await self._camera_command("lights", camera, state=state)
        return await self._camera_command("lights", camera, accessory=await self.light_mount(camera), state=state)

    async def light_mount(self, camera: Camera) -> int:
        """The id of the light that a battery camera hangs in. Raises NotFound where there is none."""
        mounts = light_mounts(await self._ask("homescreen"))
        if camera.id not in mounts:
            raise NotFound("lights", missing=Missing.LIGHT)
        return mounts[camera.id]

    async def camera_usage(self) -> UsageReport:
        """What every battery camera recorded and showed live in the last days."""
        return devices.usage(await self._ask("camera-usage"))

    async def camera_signals(self, camera: Camera) -> Signals:
        """A battery camera's bars. Obsolete, says the protocol page. Raises ValueError for other families."""
        return devices.signals(await self._ask_camera("camera-signals", camera))

    async def last_connection(self, camera: Camera) -> LastConnection:
        """A battery camera's last word. Obsolete (camera-info). Raises ValueError for other families."""
        return devices.last_connection(await self._ask_camera("camera-info", camera))

    async def battery_cameras(self, network_id: int) -> tuple[CameraSettings, ...]:
        """The battery cameras of a network. Obsolete (cameras), says the protocol page."""
        return devices.cameras(await self._ask("cameras", network=network_id))
