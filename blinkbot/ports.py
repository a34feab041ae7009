"""The few Protocols between the two sides: what watch, control and bot are handed.

`blink.client.BlinkClient` is a Cloud, `store.Store` is the rest; only `app` knows that.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from blinkbot.domain import (
    Camera,
    Chat,
    Clip,
    ClipPage,
    CommandResult,
    Delivery,
    Health,
    Home,
    KeptClip,
    NetworkSchedules,
    Overview,
    Picture,
    PinRequest,
    Schedule,
    SignInState,
    Tokens,
    VideoFacts,
)
from blinkbot.errors import BlinkError

Clock = Callable[[], datetime]
"""Returns the present as an aware datetime in UTC; passed in so that tests can set it."""


class Cloud(Protocol):
    """A signed-in Blink account. Everything raises `errors.BlinkError`s, nothing else of its own."""

    async def home(self) -> Home:
        """Read the homescreen: one request."""
        ...

    async def changed_clips(self, since: datetime | None) -> Sequence[Clip]:
        """Clips whose `updated_at` is at or after `since`, tombstones and unfinished ones included.

        One request while the first page is not full. None asks for everything Blink has. No order is promised.
        """
        ...

    async def arm(self, network_id: int) -> CommandResult:
        """Arm a network and wait for the end of the command."""
        ...

    async def disarm(self, network_id: int) -> CommandResult:
        """Disarm a network and wait for the end of the command."""
        ...

    async def take_picture(self, camera: Camera) -> CommandResult:
        """Ask a camera for a new picture and wait until the command ends; its path comes with the next home()."""
        ...

    async def picture(self, camera: Camera) -> bytes:
        """The JPEG at `camera.picture`. Raises NotFound where it has none."""
        ...

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        """The JPEG that stands for a clip. Raises NotFound where it has none."""
        ...

    async def download_clip(self, clip: Clip, target: Path) -> int:
        """Stream the clip's MP4 into `target`; returns its size in bytes.

        `target` exists afterwards only if the body was whole and an MP4.
        """
        ...

    async def schedules(self, network_id: int) -> Sequence[Schedule]:
        """The weekly programs of a network."""
        ...

    async def enable_schedule(self, network_id: int, schedule_id: int) -> None:
        """Switch a program on."""
        ...

    async def disable_schedule(self, network_id: int, schedule_id: int) -> None:
        """Switch a program off."""
        ...


class SignIn(Protocol):
    """The explicit steps of signing in to Blink. Never retried by itself (protocol §3)."""

    async def start(self) -> Tokens | PinRequest:
        """Send e-mail and password once; a PinRequest means a code was sent to the owner."""
        ...

    async def finish(self, pin: str) -> Tokens:
        """Enter the code. WrongPin may be answered by another try, with the same request standing."""
        ...

    async def resend(self) -> PinRequest | Tokens:
        """Ask for a new code, on the owner's word and not before `resend_after`."""
        ...


class TokenStore(Protocol):
    """Where a session is kept between starts."""

    async def load_tokens(self) -> Tokens | None:
        """The session, None when there is none."""
        ...

    async def save_tokens(self, tokens: Tokens) -> None:
        """Keep a new session; returns when it is on disk."""
        ...

    async def forget_tokens(self) -> None:
        """There is no session any more."""
        ...

    def renewal(self) -> AbstractAsyncContextManager[None]:
        """Hold this while the session is renewed: one renewal at a time, over all programs that share the store.

        A refresh token counts once. Raises BlinkUnreachable when another program does not finish its own.
        """
        ...


class Announcer(Protocol):
    """How the watching and signing-in side says something to people, outside of any command."""

    async def pin_needed(self, request: PinRequest) -> None:
        """Ask the owners, in their private chats, for the code that Blink sent."""
        ...

    async def sign_in_needed(self, reason: str) -> None:
        """Tell the owners that polling rests until they sign in."""
        ...

    async def signed_in(self) -> None:
        """Tell whoever was asked that all is well again."""
        ...


class HealthSource(Protocol):
    """What /status asks the watch."""

    def health(self) -> Health:
        """How polling stands now."""
        ...


class ChatDirectory(Protocol):
    """Which chats are authorized now (a group may have become a supergroup since the start)."""

    def chats(self) -> Sequence[Chat]:
        """The authorized chats."""
        ...

    def find(self, chat_id: int) -> Chat | None:
        """This chat, or None for a stranger."""
        ...


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

    async def clips(self, camera_id: int | None, page: int) -> ClipPage:
        """A page of clips, newest first, of one camera or of all."""
        ...

    async def clip(self, key: str) -> KeptClip:
        """One clip. Raises NotFound when it was never known."""
        ...

    async def fetch_clip(self, clip: Clip) -> Path:
        """Download a clip from Blink; the caller removes the file. Raises NotFound when Blink has deleted it."""
        ...

    async def remember_file(self, key: str, file_id: str) -> None:
        """Telegram's id of a clip's video, so that it is never uploaded twice."""
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


class Outbox(Protocol):
    """Clips on their way to chats (design decision 1). Every method is one transaction."""

    async def claim(self, now: datetime) -> Delivery | None:
        """The next delivery that is due, now marked as being sent; None when nothing is due."""
        ...

    async def next_due_at(self) -> datetime | None:
        """When the next waiting delivery comes due; None when none waits."""
        ...

    async def sent(self, delivery: Delivery, message_id: int, file_id: str | None) -> None:
        """It is in the chat; `file_id` serves the other chats."""
        ...

    async def postpone(self, delivery: Delivery, not_before: datetime, reason: str) -> None:
        """Back to waiting; counts as an attempt."""
        ...

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        """Nothing goes to this chat before `until` (flood control)."""
        ...

    async def give_up(self, delivery: Delivery, reason: str) -> None:
        """It will never be sent."""
        ...

    async def recover(self) -> int:
        """At start: what was being sent when the program ended waits again; returns how many."""
        ...

    async def wait_for_work(self) -> None:
        """Return when something may have become due since the last claim."""
        ...


class VideoReader(Protocol):
    """What delivery asks of a video file. Blocking work is done elsewhere than in the event loop."""

    async def facts(self, video: Path) -> VideoFacts:
        """Duration, width and height. Raises MediaError."""
        ...

    async def first_frame(self, video: Path) -> bytes:
        """The first picture of a video, as JPEG. Raises MediaError."""
        ...

    async def telegram_thumbnail(self, jpeg: bytes) -> bytes:
        """A JPEG of at most 320 pixels a side and 200 kB. Raises MediaError."""
        ...


class HomeSource(Protocol):
    """The home as last seen."""

    def latest(self) -> Home | None:
        """The home as last seen, None before the first look ever."""
        ...

    def seen_within(self, age: timedelta) -> bool:
        """Whether this run looked at the home no longer ago than `age`."""
        ...

    async def refresh(self) -> Home:
        """One look at the homescreen now."""
        ...


class SessionKeeper(Protocol):
    """Knows whether we are signed in, and what to do when we no longer are."""

    @property
    def signed_in(self) -> bool:
        """Whether requests to Blink make sense."""
        ...

    async def lost(self, error: BlinkError) -> None:
        """Blink refused to renew the session: polling rests, the owner is asked once to sign in."""
        ...
