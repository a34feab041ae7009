"""The few Protocols between the two sides: what watch, control and bot are handed.

`blink.client.BlinkClient` is a Cloud, `store.Store` is the rest; only `app` knows that.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from blinkbot.domain import (
    Camera,
    Chat,
    Clip,
    CommandResult,
    Health,
    Home,
    PinRequest,
    Schedule,
    Tokens,
)

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
