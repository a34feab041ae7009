"""What one chat can do."""

from collections.abc import Callable, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Protocol

from blinkbot.domain import Clip, CommandResult, Home, NetworkSchedules, Overview, Picture, SignInState
from blinkbot.domain.clip_search import ClipDay, ClipEvent, ClipPage, ClipQuery, KeptClip, Removal
from blinkbot.domain.deliveries import StoredFile
from blinkbot.domain.preferences import ChatAlerts, Mute, Target


class ChatControl(Protocol):
    """What one authorized chat can do to the home. Bound to that chat; every call checks its role again.

    Every method raises `errors.BlinkError`s as they come, and NotAllowed where the chat has lost its rights.
    """

    async def home(self) -> Home:
        """The home as last seen; asks Blink only when it was never seen. Raises NotSignedIn."""
        ...

    async def overview(self) -> Overview:
        """What /status shows, from one fresh homescreen where Blink answers, else from memory."""
        ...

    async def arm(self, network_id: int) -> CommandResult:
        """Arm a network; afterwards the home as last seen is fresh."""
        ...

    async def disarm(self, network_id: int) -> CommandResult:
        """Disarm a network; afterwards the home as last seen is fresh."""
        ...

    async def take_picture(self, camera_id: int) -> Picture:
        """A new picture, checked to be new. Raises NotFound when the camera is gone, BlinkRefused when refused."""
        ...

    async def clips(self, query: ClipQuery, page: int) -> ClipPage:
        """A page of the clips that match, newest first."""
        ...

    async def clip_days(self, query: ClipQuery, zone: tzinfo) -> Sequence[ClipDay]:
        """The local days on which clips match, newest first."""
        ...

    async def clips_from(self, query: ClipQuery, offset: int, most: int) -> Sequence[KeptClip]:
        """Clips that match, newest first, the first `offset` of them left out; `most` at most."""
        ...

    async def delete_clips(self, clips: Sequence[Clip]) -> Removal:
        """Delete clips where they are kept, in the cloud or on a stick. What is gone already counts as gone.

        Raises where nothing at all could be asked (NotSignedIn, BlinkUnreachable before the first answer).
        """
        ...

    async def happenings(self, since: datetime) -> Sequence[ClipEvent]:
        """Every event since then that was an alert, for /stats; oldest first."""
        ...

    async def record_live(self, camera_id: int, seconds: float, on_picture: Callable[[], None] | None = None) -> Path:
        """Record a live view (protocol §9) as MP4; the caller removes the file.

        `on_picture` is called when the camera is awake and the first picture has come.
        Raises NotFound when the camera is gone, BlinkRefused when refused, MediaError when nothing usable came.
        """
        ...

    async def switch_light(self, camera_id: int, *, on: bool) -> CommandResult:
        """Switch a camera's light. Raises NotFound when the camera is gone or has none."""
        ...

    async def sound_siren(self, network_id: int, seconds: int) -> CommandResult:
        """Let a network's sirens sound. Raises NotFound when it has none."""
        ...

    async def silence_sirens(self, network_id: int) -> CommandResult:
        """End it."""
        ...

    async def alerts(self) -> ChatAlerts:
        """What this chat has chosen to be told."""
        ...

    async def choose_alerts(self, alerts: ChatAlerts) -> None:
        """Choose it. What waits for this chat follows the new choice."""
        ...

    async def mutes(self) -> Sequence[Mute]:
        """What is muted in this chat now, ending soonest first."""
        ...

    async def mute(self, target: Target, until: datetime) -> None:
        """Show nothing of the target here until then; takes the place of an earlier mute of the same target."""
        ...

    async def unmute(self, target: Target | None) -> Sequence[Mute]:
        """End the mute of exactly this target, or every mute of this chat (None); returns what was ended."""
        ...

    async def snooze(self, target: Target, minutes: int) -> None:
        """Set Blink's own snooze, 1 to 1439 minutes, for a camera, a network, or every network (protocol §4)."""
        ...

    async def clip(self, key: str) -> KeptClip:
        """One clip. Raises NotFound when it was never known."""
        ...

    async def fetch_clip(self, clip: Clip) -> Path:
        """Download a clip from Blink; the caller removes the file. Raises NotFound when Blink has deleted it."""
        ...

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        """The JPEG that stands for a clip at Blink. Raises NotFound where there is none."""
        ...

    async def remember_file(self, key: str, file: StoredFile) -> None:
        """Telegram's copy of a clip, so that it is never uploaded twice."""
        ...

    async def schedules(self) -> Sequence[NetworkSchedules]:
        """The schedules of every network that can be read."""
        ...

    async def switch_schedule(self, network_id: int, schedule_id: int, *, on: bool) -> None:
        """Switch one schedule on or off."""
        ...

    async def sign_in(self) -> None:
        """Start a sign-in on the owner's word. Raises TooManySignIns when the last one was moments ago."""
        ...

    async def enter_pin(self, pin: str) -> None:
        """Finish the sign-in. Raises WrongPin, NotSignedIn when no code is awaited."""
        ...

    def sign_in_state(self) -> SignInState:
        """Where the sign-in stands."""
        ...


class Controls(Protocol):
    """Hands out a ChatControl for an authorized chat."""

    def for_chat(self, chat_id: int) -> ChatControl:
        """The control bound to this chat. Raises NotAllowed for a stranger."""
        ...
