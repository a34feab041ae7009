"""What a chat may ask of the home. Every call checks the chat's rights again (design decision 6)."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from blinkbot.control.base import ControlContext
from blinkbot.control.clips import ClipControl
from blinkbot.control.devices import DeviceControl
from blinkbot.domain import (
    Camera,
    CommandResult,
    Home,
    NetworkSchedules,
    Outcome,
    Overview,
    Picture,
    PinRequest,
    SignInState,
)
from blinkbot.domain.timezones import zone_of
from blinkbot.errors import (
    BlinkError,
    BlinkRefused,
    BlinkResponseError,
    BlinkUnreachable,
    Missing,
    NotFound,
    NotSignedIn,
    ServerError,
)
from blinkbot.ports import Controls

_log = logging.getLogger(__name__)

# Tapping /status twice needs no second request.
FRESH_ENOUGH = timedelta(seconds=10)
# Cameras that are asked for pictures at the same time share one look.
JUST_NOW = timedelta(seconds=2)
# A new picture's path is sometimes a moment late in the homescreen (protocol §4, new-thumbnail).
PICTURE_LOOKS = (0.0, 1.0, 2.0, 4.0)


# What is raised when a command went out and no usable answer came back.
_ANSWER_LOST = (BlinkUnreachable, BlinkResponseError, ServerError)


class ChatControls(Controls):
    """Hands out the control of each authorized chat."""

    def __init__(self, context: ControlContext) -> None:
        self._context = context

    def for_chat(self, chat_id: int) -> "HomeChatControl":
        control = HomeChatControl(self._context, chat_id)
        control.check()
        return control


class HomeChatControl(ClipControl, DeviceControl):
    """What one chat may do."""

    async def overview(self) -> Overview:
        self.check()
        context = self.context
        if context.sign_in.signed_in:
            try:
                await context.home_watch.recent(FRESH_ENOUGH)
            except BlinkError as error:
                _log.warning("Blink not reached, /status shows the last known state: %s", error)
        return Overview(
            home=context.home_watch.latest() or Home(),
            last_clips=await context.store.clips.last_of_each_camera(),
            health=context.health(),
            sign_in=context.sign_in.state,
        )

    async def arm(self, network_id: int) -> CommandResult:
        return await self._switch(network_id, armed=True)

    async def disarm(self, network_id: int) -> CommandResult:
        return await self._switch(network_id, armed=False)

    async def take_picture(self, camera_id: int) -> Picture:
        """A new picture. It is one only if its path changed; an old one is never passed off as new (protocol §6)."""
        self.check_session()
        before = await self._camera_as_it_is(camera_id)
        result = await self.request(self.context.cloud.take_picture(before))
        if result.outcome is Outcome.REFUSED:
            raise BlinkRefused("new-thumbnail", 200, result.message)
        for delay in PICTURE_LOOKS:
            await self.context.sleep(delay)
            home = await self.context.home_watch.refresh()
            after, network = home.camera(camera_id), home.network(before.network_id)
            if after is None or network is None:
                raise NotFound("new-thumbnail", missing=Missing.CAMERA)
            if after.picture and after.picture != before.picture:
                jpeg = await self.request(self.context.cloud.picture(after))
                return Picture(after, network, jpeg, self.context.clock())
        raise NotFound("new-thumbnail", missing=Missing.NEW_PICTURE)

    async def schedules(self) -> Sequence[NetworkSchedules]:
        self.check_session()
        home = await self.home()
        found = []
        for network in home.networks:
            zone = zone_of(network.time_zone, self.context.timezone)
            try:
                schedules = await self.request(self.context.cloud.schedules(network.id))
            except NotSignedIn:
                raise
            except BlinkError as error:
                _log.warning("the schedules of network %d could not be read: %s", network.id, error)
                found.append(NetworkSchedules(network, (), zone, error=error))
                if len(found) == len(home.networks) and all(each.error for each in found):
                    raise
            else:
                found.append(NetworkSchedules(network, tuple(schedules), zone))
        return found

    async def switch_schedule(self, network_id: int, schedule_id: int, *, on: bool) -> None:
        self.check_session()
        if (await self.home()).network(network_id) is None:
            raise NotFound("programs", missing=Missing.NETWORK)
        cloud = self.context.cloud
        switch = cloud.enable_schedule if on else cloud.disable_schedule
        await self.request(switch(network_id, schedule_id))

    async def sign_in(self) -> PinRequest | None:
        self.check()
        return await self.context.sign_in.start(self.chat_id)

    async def enter_pin(self, pin: str) -> PinRequest | None:
        self.check()
        return await self.context.sign_in.finish(pin, self.chat_id)

    def sign_in_state(self) -> SignInState:
        return self.context.sign_in.state

    async def _switch(self, network_id: int, *, armed: bool) -> CommandResult:
        self.check_session()
        cloud = self.context.cloud
        command = cloud.arm if armed else cloud.disarm
        try:
            result = await self.request(command(network_id))
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
            self.context.on_armed()
        return result

    async def _armed_now(self, network_id: int) -> bool | None:
        """What the home says after a command; None when it cannot be asked. The command's own end counts more."""
        try:
            network = (await self.context.home_watch.refresh()).network(network_id)
        except BlinkError as error:
            _log.warning("no look at the home after a command: %s", error)
            return None
        return network.armed if network else None

    async def _camera_as_it_is(self, camera_id: int) -> Camera:
        """The camera as Blink shows it now: compared with an older look, the picture of a tap in Blink's app or of the
        last motion would pass for the new one."""
        camera = (await self.context.home_watch.recent(JUST_NOW)).camera(camera_id)
        if camera is None:
            raise NotFound("new-thumbnail", missing=Missing.CAMERA)
        return camera
