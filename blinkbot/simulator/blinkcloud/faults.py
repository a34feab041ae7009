"""Faults as verbs: dead tokens, busy modules, slow lines, broken answers."""

from datetime import timedelta

from blinkbot.simulator.blinkcloud.answers import system_busy
from blinkbot.simulator.blinkcloud.events import CameraLike, EventVerbs, NetworkLike
from blinkbot.simulator.blinkcloud.liveview.certificate import Certificate
from blinkbot.simulator.blinkcloud.liveview.session import LiveViews
from blinkbot.simulator.blinkcloud.middleware import Fault, Faults
from blinkbot.simulator.blinkcloud.pictures import odd_films
from blinkbot.simulator.blinkcloud.request_log import matcher
from blinkbot.simulator.blinkcloud.state.clips import Clip
from blinkbot.simulator.blinkcloud.state.commands import PlannedFailure

FOR_EVER = float("inf")


class FaultVerbs(EventVerbs):
    """The faults, as verbs. Path patterns are those of `request_log.matcher`."""

    faults: Faults
    live: LiveViews

    def expire_tokens(self) -> None:
        """All access tokens are over; refresh tokens are not."""
        self.world.tokens.expire_access()

    def revoke_refresh(self) -> None:
        """No refresh token counts any more."""
        self.world.tokens.revoke_refresh()

    def require_pin(self) -> None:
        """From now on every client must enter a code at its next sign-in."""
        self.world.account.pin_required = True
        for client in self.world.tokens.clients:
            client.verified = False

    def clip_404_once(self, clip: Clip, times: int = 1) -> None:
        """The clip is listed but not there yet, for so many attempts."""
        clip.missing_for = times

    async def big_clip(
        self, camera: CameraLike, megabytes: float = 60, *, packable: bool = True, source: str = "pir"
    ) -> Clip:
        """Record a clip of so many megabytes (10⁶ bytes); where not `packable`, only new encoding makes it smaller."""
        length = round(megabytes * 10**6)

        def blown_up(mp4: bytes, seed: int) -> bytes:
            return odd_films.padded(mp4, length) if packable else odd_films.noise(length, seed)

        return await self.world.clips.record(self._camera(camera), source, None, alter=blown_up)

    async def corrupt_clip(self, camera: CameraLike, *, source: str = "pir") -> Clip:
        """Record a clip that begins like an MP4 and is none."""
        return await self.world.clips.record(self._camera(camera), source, None, alter=odd_films.corrupted)

    def fail(
        self,
        pattern: str,
        times: float = 1,
        status: int = 500,
        body: str | bytes = '{"message": "Internal Server Error", "code": 500}',
        headers: dict[str, str] | None = None,
        content_type: str = "application/json",
    ) -> None:
        """Answer the next so many matching requests with this instead; an HTML page or nothing at all goes too."""
        data = body.encode() if isinstance(body, str) else body
        all_headers = {"Content-Type": content_type, **(headers or {})}
        self.faults.plan(Fault(matcher(pattern), times, status=status, body=data, headers=all_headers))

    def cut_short(self, pattern: str, times: float = 1, keep: int = 20) -> None:
        """Send the real answer's headers but only so many bytes of its body, then drop the line."""
        self.faults.plan(Fault(matcher(pattern), times, keep=keep))

    def send_piece(self, pattern: str, times: float = FOR_EVER, part: float = 0.6) -> None:
        """Send only the first part of the real body, as if it were all: what is fetched before it is finished."""
        self.faults.plan(Fault(matcher(pattern), times, part=part))

    def show_pictures_late(self, seconds: float) -> None:
        """The homescreen shows a new picture only so long after it was taken."""
        self.world.picture_delay = timedelta(seconds=seconds)

    def show_certificate(self, kind: str) -> None:
        """The live view server's certificate from now on: "proper", "wrong", "expired" or "misnamed"."""
        self.live.show(Certificate(kind))

    def slow(self, pattern: str, seconds: float, times: float = FOR_EVER) -> None:
        """Answer matching requests only after so many seconds."""
        self.faults.plan(Fault(matcher(pattern), times, seconds=seconds))

    def heal(self) -> None:
        """From now on every request is answered as it should be, and commands complete."""
        self.faults.clear()
        self.world.commands.planned_failures.clear()
        self.world.commands.stalled = False

    def busy(self, network: NetworkLike, times: int = 1, status: int = 409) -> None:
        """The next commands find the sync module busy: HTTP 409, or a 200 whose body has code 307."""
        failure = PlannedFailure(self._network(network).id, None, times, system_busy(status))
        self.world.commands.planned_failures.append(failure)

    def refuse_command(
        self,
        network: NetworkLike | None = None,
        kind: str | None = None,
        *,
        times: int = 1,
        code: int = 523,
        message: str = "Live view failed",
    ) -> None:
        """The next commands (of a network, of a kind such as "thumbnail") end as failed, with this code and message."""
        network_id = None if network is None else self._network(network).id
        failure = PlannedFailure(network_id, kind, times, status_code=code, status_msg=message)
        self.world.commands.planned_failures.append(failure)

    def stall_commands(self) -> None:
        """Commands started from now on never complete."""
        self.world.commands.stalled = True
