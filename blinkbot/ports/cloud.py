"""The Blink side, as watch and control are handed it."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from blinkbot.domain import Camera, Clip, CommandResult, Home, OddEntry, PinRequest, Schedule, SyncModule, Tokens
from blinkbot.domain.spending import Spending


class Generation(StrEnum):
    """Which generation of its lists Blink is asked for: today's, or the one before it."""

    NEW = "new"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class ClipPage:
    """A page of a list of clips; `more` asks for the next one, None after the last. No order is promised."""

    clips: Sequence[Clip]
    more: int | None


class Cloud(Protocol):
    """A signed-in Blink account. Everything raises `errors.BlinkError`s, nothing else of its own."""

    @property
    def server_now(self) -> datetime | None:
        """Blink's own clock as its answers tell it, None before the first."""

    @property
    def spending(self) -> Spending:
        """The requests of the last hour, by kind."""

    @property
    def odd_entries(self) -> Mapping[OddEntry, int]:
        """How many different entries of its lists could not be read and were left out, by kind."""

    async def home(self, generation: Generation = Generation.OLD) -> Home:
        """Read the homescreen of a generation: one request."""

    async def changed_page(self, since: datetime | None, page: int = 1) -> ClipPage:
        """One page of the clips whose `updated_at` is at or after `since` (None: of all), `page` from 1.

        Deletions and unfinished clips are among them; events without a video are not.
        """

    async def event_page(self, start: datetime | None, key: int | None = None) -> ClipPage:
        """One page of what happened at or after `start` (None: ever), with and without a video; no deletions.

        Not every account is served this list: then it raises BlinkRefused or BlinkResponseError.
        """

    async def usb_clips(self, module: SyncModule, home: Home) -> Sequence[Clip]:
        """Every clip on a sync module's stick (protocol §10). Takes some seconds."""

    async def arm(self, network_id: int) -> CommandResult:
        """Arm a network and wait for the end of the command."""

    async def disarm(self, network_id: int) -> CommandResult:
        """Disarm a network and wait for the end of the command."""

    async def take_picture(self, camera: Camera) -> CommandResult:
        """Ask a camera for a new picture and wait until the command ends; its path comes with the next home()."""

    async def picture(self, camera: Camera) -> bytes:
        """The JPEG at `camera.picture`. Raises NotFound where it has none."""

    async def clip_thumbnail(self, clip: Clip) -> bytes:
        """The JPEG that stands for a clip. Raises NotFound where it has none."""

    async def download_clip(self, clip: Clip, target: Path, *, piece: bool = False) -> int:
        """Stream the clip's MP4 into `target`; returns its size in bytes.

        `target` exists afterwards only if the body was whole and an MP4, or began like one where a `piece` will do.
        Raises CutShort where it was a piece and none will do.
        """

    async def schedules(self, network_id: int) -> Sequence[Schedule]:
        """The weekly programs of a network."""

    async def enable_schedule(self, network_id: int, schedule_id: int) -> None:
        """Switch a program on."""

    async def disable_schedule(self, network_id: int, schedule_id: int) -> None:
        """Switch a program off."""

    async def delete_clips(self, clips: Iterable[Clip]) -> None:
        """Delete cloud clips at Blink, all or none. Raises NotFound when one is gone already."""

    async def delete_usb_clip(self, clip: Clip) -> CommandResult:
        """Delete a clip on a USB stick. Raises NotFound when it is gone."""

    async def snooze_network(self, network_id: int, minutes: int) -> None:
        """Silence Blink's own notifications of a network for 1 to 1439 minutes (protocol §4)."""

    async def snooze_camera(self, camera: Camera, minutes: int) -> None:
        """The same for one camera."""

    async def switch_light(self, camera: Camera, *, on: bool) -> CommandResult:
        """Switch a camera's light."""

    async def sound_siren(self, network_id: int, siren_id: int | None = None, seconds: int = 30) -> CommandResult:
        """Let a network's sirens sound."""

    async def silence_sirens(self, network_id: int) -> CommandResult:
        """End it."""

    def live_view(
        self, camera: Camera, seconds: float | None = None
    ) -> AbstractAsyncContextManager[AsyncIterator[bytes]]:
        """A live view as an MPEG transport stream, piece by piece (protocol §9); ends after `seconds`."""


class SignIn(Protocol):
    """The explicit steps of signing in to Blink. Never retried by itself (protocol §3)."""

    async def start(self) -> Tokens | PinRequest:
        """Send e-mail and password once; a PinRequest means a code was sent to the owner."""

    async def finish(self, pin: str) -> Tokens:
        """Enter the code. WrongPin may be answered by another try, with the same request standing."""

    async def resend(self) -> PinRequest | Tokens:
        """Ask for a new code, on the owner's word and not before `resend_after`."""


class TokenStore(Protocol):
    """Where a session is kept between starts."""

    async def load(self) -> Tokens | None:
        """The session, None when there is none."""

    async def save(self, tokens: Tokens) -> None:
        """Keep a new session; returns when it is on disk."""

    async def forget(self) -> None:
        """There is no session any more."""

    def renewal(self) -> AbstractAsyncContextManager[None]:
        """Hold this while the session is renewed: one renewal at a time, over all programs that share the store.

        A refresh token counts once. Raises BlinkUnreachable when another program does not finish its own.
        """
