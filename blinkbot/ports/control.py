"""What one chat can do."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Protocol

from blinkbot.domain import (
    Camera,
    Clip,
    CommandResult,
    Home,
    NetworkSchedules,
    Overview,
    Picture,
    PinRequest,
    SignInState,
)
from blinkbot.domain.clip_search import PAGE_SIZE, ClipDay, ClipEvent, ClipPage, ClipQuery, KeptClip, Removal
from blinkbot.domain.deliveries import StoredFile
from blinkbot.domain.preferences import ChatAlerts, Mute, Target


class ChatClips(Protocol):
    """The clips as one chat finds them. Found are those that can be played: Blink has them, or Telegram."""

    async def page(self, query: ClipQuery, page: int, size: int = PAGE_SIZE) -> ClipPage:
        """A page of the clips that match, newest first. Pages count from 0."""

    async def slice(self, query: ClipQuery, offset: int, most: int) -> Sequence[KeptClip]:
        """Clips that match, newest first, the first `offset` of them left out; `most` at most."""

    async def days(self, query: ClipQuery, zone: tzinfo) -> Sequence[ClipDay]:
        """The local days of this zone on which clips match, newest first."""

    async def get(self, key: str) -> KeptClip:
        """One clip, also one that cannot be played any more. Raises NotFound when it was never known."""

    async def events(self, since: datetime) -> Sequence[ClipEvent]:
        """Every event since then that was an alert, oldest first: also those that cannot be played any more."""

    async def former_cameras(self) -> Sequence[Camera]:
        """Cameras by the names of their clips that no camera has now: removed ones, and those that were renamed."""

    async def camera_of_message(self, message_id: int) -> int | None:
        """The camera of the clip that a message of this chat shows, None where it is not known."""

    async def set_file(self, key: str, file: StoredFile) -> None:
        """Remember Telegram's copy of a clip, so that it is not uploaded twice."""


class ChatPreferences(Protocol):
    """What one chat wants to be notified of, and what is muted in it."""

    async def alerts(self) -> ChatAlerts:
        """What the chat has chosen; the defaults where it never chose."""

    async def choose_alerts(self, alerts: ChatAlerts) -> None:
        """Keep the chat's choice. What waits for the chat follows it."""

    async def mutes(self) -> Sequence[Mute]:
        """The mutes that hold now or later, ending soonest first."""

    async def mute(self, target: Target, until: datetime) -> None:
        """Show nothing of the target until then; a mute of it that holds already goes on until then."""

    async def unmute(self, target: Target | None) -> Sequence[Mute]:
        """End the mute of exactly this target, or all of the chat's (None); returns those that held."""


class ChatNetworks(Protocol):
    """The networks as one chat may use them. Raises NotFound when one has no siren."""

    async def arm(self, network_id: int) -> CommandResult:
        """Arm a network; afterwards the home as last seen is fresh."""

    async def disarm(self, network_id: int) -> CommandResult:
        """Disarm a network; afterwards the home as last seen is fresh."""

    async def sound_siren(self, network_id: int, seconds: int) -> CommandResult:
        """Let a network's sirens sound."""

    async def silence_sirens(self, network_id: int) -> CommandResult:
        """End it."""

    async def schedules(self) -> Sequence[NetworkSchedules]:
        """The schedules of every network; where one cannot be read, the error. Raises where none can be."""

    async def switch_schedule(self, network_id: int, schedule_id: int, *, on: bool) -> None:
        """Switch one schedule on or off."""


class ChatCameras(Protocol):
    """The cameras as one chat may use them. Raises NotFound when one is gone."""

    async def take_picture(self, camera_id: int, on_late: Callable[[], Awaitable[None]] | None = None) -> Picture:
        """A new picture, checked to be new. Raises BlinkRefused when refused.

        It can take two minutes; `on_late` is called once the camera has taken it and Blink does not show it soon.
        """

    async def record_live(self, camera_id: int, seconds: float, on_picture: Callable[[], None] | None = None) -> Path:
        """Record a live view (protocol §9) as MP4; the caller removes the file.

        `on_picture` is called when the camera is awake and the first picture has come. Raises BlinkRefused when
        refused, MediaError when nothing usable came, DataFolderError for a full disk.
        """

    async def switch_light(self, camera_id: int, *, on: bool) -> CommandResult:
        """Switch a camera's light. Raises NotFound when it has none."""

    async def snooze(self, target: Target, minutes: int) -> None:
        """Set Blink's own snooze, 1 to 1439 minutes, for a camera, a network, or every network (protocol §4).

        Each network is tried; raises the first error there was, NotFound where nothing is left of the target.
        """


class ChatRecordings(Protocol):
    """The clips where they are kept, in the cloud or on a stick."""

    async def fetch(self, clip: Clip) -> Path:
        """Download a clip; the caller removes the file. Raises NotFound when Blink has deleted it."""

    async def thumbnail(self, clip: Clip) -> bytes:
        """The JPEG that stands for a clip at Blink. Raises NotFound where there is none."""

    async def delete(self, clips: Sequence[Clip]) -> Removal:
        """Delete clips. What is gone already counts as gone.

        Where the way to Blink ends after some of them, the others are kept, with the reason; where it does so at once,
        NotSignedIn or BlinkUnreachable is raised.
        """


class ChatSignIn(Protocol):
    """The sign-in to Blink, as one chat goes through it."""

    @property
    def state(self) -> SignInState:
        """Where the sign-in stands."""

    async def start(self) -> PinRequest | None:
        """Start a sign-in; returns the code that is awaited now, None once signed in. Raises TooManySignIns."""

    async def enter_pin(self, pin: str) -> PinRequest | None:
        """Finish the sign-in. Raises WrongPin, NotSignedIn when no code is awaited."""


class ChatControl(Protocol):
    """What one authorized chat can do. Bound to that chat; every call checks its rights again, and so does each use of
    `clips` and `preferences`, which are not to be kept.

    Every method raises `errors.BlinkError`s as they come, and NotAllowed where the chat has lost its rights.
    """

    networks: ChatNetworks
    cameras: ChatCameras
    recordings: ChatRecordings
    sign_in: ChatSignIn

    async def home(self) -> Home:
        """The home as last seen; asks Blink only when it was never seen. Raises NotSignedIn."""

    async def overview(self) -> Overview:
        """What /status shows, from one fresh homescreen where Blink answers, else from memory."""

    @property
    def clips(self) -> ChatClips:
        """The clips that the chat may look for."""

    @property
    def preferences(self) -> ChatPreferences:
        """What the chat has chosen."""


ControlOf = Callable[[int], ChatControl]
"""Returns the control bound to a chat. Raises NotAllowed for a stranger."""
