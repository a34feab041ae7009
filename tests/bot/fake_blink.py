"""A Blink account in memory that does what it is asked, unless told otherwise."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from blinkbot.control.cameras import LATE_PICTURE_LOOKS
from blinkbot.domain import (
    Camera,
    Clip,
    CommandResult,
    Home,
    OddEntry,
    Outcome,
    PinRequest,
    Schedule,
    SyncModule,
    Tokens,
)
from blinkbot.domain.preferences import Scope, Target
from blinkbot.domain.spending import Spending
from blinkbot.errors import BlinkError, NotFound, WrongPin
from blinkbot.ports import ClipPage, Generation
from tests.clock import FakeClock

DONE = CommandResult(Outcome.DONE)


class FakeBlink:
    """A ports.Cloud, the ports.SignIn of its account, and a ports.HomeSource that sees it.

    `asked` are the requests that changed or fetched something. `hold` lets each of them wait until it is set, `film`
    a live view that has begun, `looks_go_on` the later looks for a picture, which is shown at the look
    `shown_at_look` (0: at once), `memory` whoever asks for the home. `results` are how the next commands of a camera or
    a network end, `trouble` is raised by every request; `undeletable` tells by key why a clip is kept, `unsnoozable`
    by target why it is not snoozed.
    """

    def __init__(
        self, clock: FakeClock, home: Home, programs: Sequence[Schedule], video: bytes, picture: bytes
    ) -> None:
        self.now = home
        self.programs = list(programs)
        self.video = video
        self.picture_taken = picture
        self.videos_of: dict[str, bytes] = {}
        self.thumbnail: bytes | None = None
        self.asked: list[str] = []
        self.hold, self.film, self.memory = asyncio.Event(), asyncio.Event(), asyncio.Event()
        for event in (self.hold, self.film, self.memory):
            event.set()
        self.results: dict[int, CommandResult | BlinkError] = {}
        self.shown_at_look = 0
        self.looks_go_on = asyncio.Event()
        self.looks = 0
        self._late: list[Camera] = []
        self.trouble: BlinkError | None = None
        self.undeletable: dict[str, BlinkError] = {}
        self.unsnoozable: dict[Target, BlinkError] = {}
        self.pin: str = "424242"
        self.pin_request: PinRequest | None = PinRequest("sms", "+1 *** 42", 30)
        self._clock = clock
        self.seen: datetime | None = clock()

    # -- the home

    def latest(self) -> Home | None:
        return self.now if self.memory.is_set() else None

    @property
    def seen_at(self) -> datetime | None:
        return self.seen

    async def picture_look(self, delay: float) -> None:
        """Stands in for the sleep before each look for a new picture; the long ones last until `looks_go_on`."""
        await asyncio.sleep(0)
        if delay >= LATE_PICTURE_LOOKS[0]:
            await self.looks_go_on.wait()
        self.looks += 1
        if self.looks == self.shown_at_look:
            late = {camera.id: camera for camera in self._late}
            self.now = replace(self.now, cameras=tuple(late.get(each.id, each) for each in self.now.cameras))

    async def recent(self, max_age: timedelta) -> Home:
        return await self.refresh()

    async def refresh(self) -> Home:
        await self.memory.wait()
        return self.now

    async def home(self, generation: Generation = Generation.OLD) -> Home:
        return await self.refresh()

    # -- devices

    async def arm(self, network_id: int) -> CommandResult:
        return await self._switch("arm", network_id, armed=True)

    async def disarm(self, network_id: int) -> CommandResult:
        return await self._switch("disarm", network_id, armed=False)

    async def take_picture(self, camera: Camera) -> CommandResult:
        result = await self._command(f"snap {camera.id}", camera.id)
        taken = replace(camera, picture=f"/picture/{len(self.asked)}")
        if self.shown_at_look:
            self._late.append(taken)
            return result
        self.now = replace(self.now, cameras=tuple(taken if c.id == camera.id else c for c in self.now.cameras))
        return result

    async def picture(self, camera: Camera) -> bytes:
        return self.picture_taken

    async def switch_light(self, camera: Camera, *, on: bool) -> CommandResult:
        return await self._command(f"light {camera.id} {'on' if on else 'off'}", camera.id)

    async def sound_siren(self, network_id: int, siren_id: int | None = None, seconds: int = 30) -> CommandResult:
        return await self._command(f"siren {network_id} {seconds}", network_id)

    async def silence_sirens(self, network_id: int) -> CommandResult:
        return await self._command(f"silence {network_id}", network_id)

    @asynccontextmanager
    async def live_view(self, camera: Camera, seconds: float | None = None) -> AsyncIterator[AsyncIterator[bytes]]:
        await self._command(f"live {camera.id} {seconds:g}", camera.id)

        async def stream() -> AsyncIterator[bytes]:
            yield self.video
            await self.film.wait()

        yield stream()

    async def snooze_network(self, network_id: int, minutes: int) -> None:
        await self._snooze(Target(Scope.NETWORK, network_id), minutes)

    async def snooze_camera(self, camera: Camera, minutes: int) -> None:
        await self._snooze(Target(Scope.CAMERA, camera.id), minutes)

    # -- schedules

    async def schedules(self, network_id: int) -> Sequence[Schedule]:
        await self._ask(f"schedules {network_id}")
        return [schedule for schedule in self.programs if schedule.network_id == network_id]

    async def enable_schedule(self, network_id: int, schedule_id: int) -> None:
        await self._switch_schedule("enable", network_id, schedule_id)

    async def disable_schedule(self, network_id: int, schedule_id: int) -> None:
        await self._switch_schedule("disable", network_id, schedule_id)

    # -- clips

    server_now = None
    spending = Spending()
    odd_entries: Mapping[OddEntry, int] = MappingProxyType({})

    async def changed_page(self, since: object, page: int = 1) -> ClipPage:
        raise AssertionError("nothing polls here")

    async def event_page(self, start: object, key: int | None = None) -> ClipPage:
        raise AssertionError("nothing polls here")

    async def usb_clips(self, module: SyncModule, home: Home) -> Sequence[Clip]:
        raise AssertionError("nothing polls here")

    async def download_clip(self, clip: Clip, target: Path, *, piece: bool = False) -> int:
        await self._ask(f"fetch {clip.key}")
        return await asyncio.to_thread(target.write_bytes, self.videos_of.get(clip.key, self.video))

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        await self._ask(f"thumbnail {clip.key}")
        if self.thumbnail is None:
            raise NotFound("video-thumbnail", 404)
        return self.thumbnail

    async def delete_clips(self, clips: Iterable[Clip]) -> None:
        keys = [clip.key for clip in clips]
        await self._ask(f"delete {' '.join(keys)}")
        for key in keys:
            if key in self.undeletable:
                raise self.undeletable[key]

    async def delete_usb_clip(self, clip: Clip) -> CommandResult:
        await self.delete_clips([clip])
        return DONE

    # -- signing in

    async def start(self) -> Tokens | PinRequest:
        await self._ask("sign in")
        return self.pin_request or tokens(self._clock)

    async def finish(self, pin: str) -> Tokens:
        await self._ask(f"pin {pin}")
        if pin != self.pin:
            raise WrongPin
        return tokens(self._clock)

    async def resend(self) -> PinRequest | Tokens:
        return await self.start()

    async def _ask(self, what: str) -> None:
        self.asked.append(what)
        await self.hold.wait()
        if self.trouble:
            raise self.trouble

    async def _command(self, what: str, device_id: int) -> CommandResult:
        await self._ask(what)
        result = self.results.get(device_id, DONE)
        if isinstance(result, BlinkError):
            raise result
        return result

    async def _switch(self, verb: str, network_id: int, *, armed: bool) -> CommandResult:
        result = await self._command(f"{verb} {network_id}", network_id)
        if result.done:
            networks = tuple(replace(n, armed=armed) if n.id == network_id else n for n in self.now.networks)
            self.now = replace(self.now, networks=networks)
        return result

    async def _switch_schedule(self, verb: str, network_id: int, schedule_id: int) -> None:
        await self._ask(f"{verb} {network_id}/{schedule_id}")
        self.programs = [
            replace(each, enabled=verb == "enable") if each.id == schedule_id else each for each in self.programs
        ]

    async def _snooze(self, target: Target, minutes: int) -> None:
        await self._ask(f"snooze {target.scope} {target.id} {minutes}")
        if target in self.unsnoozable:
            raise self.unsnoozable[target]


def tokens(clock: FakeClock) -> Tokens:
    """A session."""
    return Tokens("access", "refresh", clock() + timedelta(hours=4), 1, "u001")
