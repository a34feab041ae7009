"""Events of the home as verbs: motion, a ring at the door, a change in the app."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from blinkbot.simulator.blinkcloud.endpoints.usb_storage import StoredClip, Usb
from blinkbot.simulator.blinkcloud.pictures.pictures import SIZE
from blinkbot.simulator.blinkcloud.state.clips import PERSON, Clip
from blinkbot.simulator.blinkcloud.state.household import Camera, Household, Network, Program, SyncModule
from blinkbot.simulator.blinkcloud.state.world import World

SERVED = ("new", "old", "no plan")

CameraLike = str | int | Camera
NetworkLike = str | int | Network
"""A camera or network by its name, its id, or itself."""


class EventVerbs:
    """The events, as verbs."""

    world: World
    usb: Usb

    @property
    def home(self) -> Household:
        """The simulated home, free to be changed."""
        return self.world.home

    @property
    def clips(self) -> list[Clip]:
        """Every clip there ever was in the cloud, deleted ones included."""
        return self.world.clips.all

    async def motion(
        self,
        camera: CameraLike,
        *,
        seconds: float | None = None,
        source: str = "pir",
        partial: bool = False,
        created_ago: float = 0,
        announced_late: float = 0,
        size: tuple[int, int] = SIZE,
        thumbnail: bool = True,
        like: Clip | None = None,
        labels: Sequence[str] = (),
        sentence: str = "",
        description: str = "",
    ) -> Clip:
        """Record a clip, whether or not anything is armed, and list it; without a plan, an event without a video.

        Args:
            seconds: the clip's length; the cloud's `clip_seconds` when not told, as in the other verbs.
            partial: it is not finished; see `complete`.
            created_ago: seconds since it was announced.
            announced_late: seconds from recording (`created_at`) to announcement (`updated_at`).
            size: width and height in pixels, even numbers.
            like: a clip with whose film this one makes do, which is quicker than filming.
            labels: who or what Blink saw: "person", "vehicle", "animal", "package", others.
            sentence, description: Blink's own words about it; today's list alone has all these.
        """
        clip = await self.world.clips.record(
            self._camera(camera),
            source,
            seconds,
            size=size,
            created_ago=created_ago,
            announced_late=announced_late,
            partial=partial,
            thumbnail=thumbnail,
            like=like,
            kept=self.world.account.subscribed,
        )
        if labels or sentence:
            self.describe(clip, *labels, sentence=sentence, description=description)
        return clip

    def describe(
        self,
        clip: Clip,
        *labels: str,
        sentence: str = "",
        description: str = "",
        unusual: bool = False,
        late: float = 0,
    ) -> None:
        """Blink looks at a clip: who or what it saw, and its words, told `late` seconds from now."""
        clip.labels, clip.sentence, clip.description = list(labels), sentence, description
        clip.unusual = unusual
        clip.described_at = self.world.clock() + timedelta(seconds=late)

    def keep_video(self, clip: Clip) -> None:
        """The video of an event that had none appears after all."""
        clip.kept = True
        self.world.clips.touch(clip)

    def same_event(self, first: Clip, second: Clip) -> None:
        """Two cameras saw one event."""
        second.primary = first

    def serve(self, kind: str) -> None:
        """What Blink serves: "new" and "old" generation of its lists, or "no plan": events of which it keeps no video.

        Raises ValueError for another word.
        """
        if kind not in SERVED:
            raise ValueError(f"Blink serves {', '.join(SERVED)}, not {kind!r}")
        self.world.serves_new_lists = kind != "old"
        self.world.account.subscribed = kind != "no plan"

    @property
    def serves(self) -> str:
        """What Blink serves now: see `serve`."""
        if not self.world.serves_new_lists:
            return "old"
        return "new" if self.world.account.subscribed else "no plan"

    def odd_entry(self, listing: str, entry: object) -> None:
        """Put an entry of any shape before the others of a list: "media", "media-changed", "cameras", "networks", …"""
        self.world.odd_entries.setdefault(listing, []).append(entry)

    def hide(self, camera: CameraLike) -> None:
        """A camera is in no homescreen any more, and goes on recording (protocol §6)."""
        self.world.unlisted.add(self._camera(camera).id)

    def name_pictures_barely(self, camera: CameraLike) -> None:
        """The homescreen names this camera's pictures by a bare epoch from now on (protocol §6)."""
        found = self._camera(camera)
        found.bare_pictures = found.modern_pictures = True

    async def person(self, camera: CameraLike, *, seconds: float | None = None) -> Clip:
        """A clip in which the camera itself has seen a person."""
        return await self.motion(camera, seconds=seconds, source=PERSON)

    async def burst(
        self,
        camera: CameraLike,
        clips: int = 6,
        *,
        every: float = 10,
        seconds: float | None = None,
        source: str = "pir",
    ) -> list[Clip]:
        """A windy tree: so many clips, recorded `every` so many seconds up to now and announced together."""
        recorded: list[Clip] = []
        for number in range(clips):
            ago = every * (clips - 1 - number)
            like = recorded[0] if recorded else None
            recorded.append(await self.motion(camera, seconds=seconds, source=source, announced_late=ago, like=like))
        return recorded

    async def backlog(self, clips: int = 25, *, over: float = 6 * 3600, seconds: float | None = None) -> list[Clip]:
        """After an outage: so many clips of all cameras in turn, recorded over the last seconds, announced at once."""
        recorded: list[Clip] = []
        films: dict[int, Clip] = {}
        for number in range(clips):
            camera = self.home.cameras[number % len(self.home.cameras)]
            ago, like = over * (clips - number) / clips, films.get(camera.id)
            clip = await self.world.clips.record(camera, "pir", seconds, announced_late=ago, listed=False, like=like)
            films.setdefault(camera.id, clip)
            recorded.append(clip)
        # Filming takes a while, in which the app would find the first of them alone.
        self.world.clips.announce(recorded)
        return recorded

    async def walk_past(self, camera: CameraLike, *, seconds: float | None = None) -> Clip | None:
        """A person walks by: a clip if the camera is online, detects motion and its network is armed, else None."""
        which = self._camera(camera)
        if not (which.online and which.motion_enabled and self.home.network(which.network_id).armed):
            return None
        return await self.motion(which, seconds=seconds)

    async def press(self, camera: CameraLike, *, seconds: float | None = None) -> Clip:
        """A visitor rings; a press records even when nothing is armed."""
        return await self.motion(camera, seconds=seconds, source="button_press")

    async def motion_on_usb(
        self, camera: CameraLike, *, seconds: float | None = None, created_ago: float = 0
    ) -> StoredClip:
        """Record a clip on the sync module's stick alone, as without a subscription; ValueError without a stick."""
        which = self._camera(camera)
        clip = await self.world.clips.record(which, "pir", seconds, created_ago=created_ago, listed=False)
        return self.usb.store(clip)

    def copy_to_usb(self, clip: Clip) -> StoredClip:
        """The stick gets a copy of a clip that the cloud has too; ValueError without a stick."""
        return self.usb.store(clip)

    def restart_module(self, network: NetworkLike) -> None:
        """The sync module starts again: clips on its stick get other ids; ValueError without a module."""
        self.usb.restart(self._module(network))

    def complete(self, clip: Clip) -> None:
        """A partial clip is finished."""
        clip.partial = False
        self.world.clips.touch(clip)

    def delete(self, clip: Clip) -> None:
        """The owner deletes a clip in the app: a tombstone is left."""
        self.world.clips.delete(clip)

    def take_offline(self, camera: CameraLike) -> None:
        """A camera is out of reach; commands to it fail."""
        self._change(camera, online=False)

    def bring_online(self, camera: CameraLike) -> None:
        """A camera is back."""
        self._change(camera, online=True)

    def arm(self, network: NetworkLike) -> None:
        """A network is armed in the app."""
        self.world.arm(self._network(network))

    def disarm(self, network: NetworkLike) -> None:
        """A network is disarmed in the app."""
        self.world.arm(self._network(network), armed=False)

    def low_battery(self, camera: CameraLike) -> None:
        """A battery is nearly empty."""
        self._change(camera, battery="low", battery_bars=1)

    def new_batteries(self, camera: CameraLike) -> None:
        """The batteries are replaced."""
        self._change(camera, battery="ok", battery_bars=3)

    def take_module_offline(self, network: NetworkLike) -> None:
        """A sync module is out of reach; its cameras still say that they are fine (protocol §6)."""
        self._module(network).online = False

    def bring_module_online(self, network: NetworkLike) -> None:
        """A sync module is back."""
        self._module(network).online = True

    def rename(self, camera: CameraLike, name: str) -> None:
        """A camera is renamed in the app; clips keep the name they were recorded under."""
        self._change(camera, name=name)

    def add_program(
        self, network: NetworkLike, name: str, schedule: list[dict[str, Any]], *, enabled: bool = True
    ) -> Program:
        """A schedule is made in the app; `household.entry` builds its lines."""
        newest = max((program.id for program in self.home.programs), default=88_000)
        program = Program(newest + 1, self._network(network).id, name, enabled, schedule)
        self.home.programs.append(program)
        return program

    def _camera(self, which: CameraLike) -> Camera:
        return which if isinstance(which, Camera) else self.home.camera(which)

    def _network(self, which: NetworkLike) -> Network:
        return which if isinstance(which, Network) else self.home.network(which)

    def _module(self, network: NetworkLike) -> SyncModule:
        """A network's sync module. Raises ValueError where it has none."""
        which = self._network(network)
        module = self.home.sync_module_of(which.id)
        if module is None:
            raise ValueError(f"{which.name!r} has no sync module")
        return module

    def _change(self, camera: CameraLike, **values: Any) -> None:
        which = self._camera(camera)
        for name, value in {**values, "updated_at": self.world.clock()}.items():
            setattr(which, name, value)
