"""The state behind the handlers: one account, its home, and its clips, commands and tokens."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from blinkbot.simulator.blinkcloud.answers import Refusal, filled
from blinkbot.simulator.blinkcloud.pictures import pictures
from blinkbot.simulator.blinkcloud.state.clips import ClipStore, zone_of
from blinkbot.simulator.blinkcloud.state.commands import Commands
from blinkbot.simulator.blinkcloud.state.household import Camera, Family, Household, Network, Picture
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.tokens import Tokens


@dataclass(slots=True, eq=False)
class Account:
    """Whose home it is. Times in seconds.

    `sign_in_limit` sign-ins within `lock_seconds` lock the account for as long. `pin_answer` is the HTTP status that
    asks for a code: 412, or 202 with a JSON body (protocol §3).
    """

    id: int
    user_id: int
    email: str
    tier: str
    password: str = field(repr=False)
    pin: str = field(repr=False)
    pin_required: bool = False
    pin_answer: int = 412
    pin_resend_seconds: int = 60
    sign_in_limit: int = 8
    lock_seconds: int = 600
    codes_sent: int = 0
    sign_ins: list[datetime] = field(default_factory=list)
    notifications: dict[str, bool] = field(default_factory=lambda: filled("notifications"))
    auto_purge_days: int = 30
    subscribed: bool = True
    update_required: bool = False

    def lock_remaining(self, now: datetime) -> int:
        """Seconds for which the account refuses sign-ins, 0 when it does not."""
        if len(self.sign_ins) < self.sign_in_limit:
            return 0
        until = self.sign_ins[-self.sign_in_limit] + timedelta(seconds=self.lock_seconds)
        return max(0, round((until - now).total_seconds()))


@dataclass(slots=True, eq=False)
class World:
    """One account and all that belongs to it. `crashes` are the simulator's own errors, raised when it stops.

    `serves_new_lists` is whether today's generation of lists is served beside the one before. `odd_entries` are put
    into lists as they are, by the list's name. Cameras whose ids are in `unlisted` are in no homescreen.
    """

    account: Account
    home: Household
    clock: Callable[[], datetime]
    chance: random.Random
    tokens: Tokens
    commands: Commands
    clips: ClipStore
    media_limit: int = 25
    event_limit: int = 200
    serves_new_lists: bool = True
    odd_entries: dict[str, list[object]] = field(default_factory=dict)
    unlisted: set[int] = field(default_factory=set)
    picture_delay: timedelta = timedelta()
    crashes: list[Exception] = field(default_factory=list)

    def with_odd(self, listing: str, entries: list[Any]) -> list[Any]:
        """A list with the odd entries that were put into it: before the others, where they do most harm."""
        return [*self.odd_entries.get(listing, ()), *entries]

    def network(self, network_id: int) -> Network:
        """A network of the account. Raises Refusal."""
        try:
            return self.home.network(network_id)
        except KeyError:
            raise Refusal(404, "Network not found") from None

    def camera(self, network_id: int, camera_id: int, family: Family) -> Camera:
        """A camera, asked for under its own network and family. Raises Refusal (500)."""
        self.network(network_id)
        for camera in self.home.cameras_of(network_id):
            if camera.id == camera_id and camera.family is family:
                return camera
        raise Refusal(404, "Camera not found", 500)

    def arm(self, network: Network, armed: bool = True) -> None:
        """Arm or disarm a network at once, as from another phone."""
        network.armed, network.updated_at = armed, self.clock()

    def take_picture(self, camera: Camera) -> Picture:
        """Take a new picture. Its path differs from every earlier one of this camera (protocol §6)."""
        moment = self.clock()
        shown = moment.astimezone(zone_of(self.home.network(camera.network_id).time_zone))
        seed = self.chance.randrange(2**32)
        before = camera.picture
        if before is not None:
            camera.earlier_pictures.append(before)
            # Paths tell whole seconds.
            moment = max(moment, before.taken_at + timedelta(seconds=1))
        draw = partial(pictures.jpeg_of, camera.scene, camera.name, shown, seed=seed)
        camera.picture = Picture(self._picture_path(camera, moment, seed), moment, draw)
        camera.updated_at = self.clock()
        return camera.picture

    def shown_picture(self, camera: Camera) -> str | None:
        """How the homescreen names a camera's picture, which comes late while `picture_delay` is set."""
        due = self.clock() - self.picture_delay
        shown = [each for each in (*camera.earlier_pictures, camera.picture) if each]
        seen = [each for each in shown if not self.picture_delay or each.taken_at <= due] or shown[:1]
        if not seen:
            return None
        return str(int(seen[-1].taken_at.timestamp())) if camera.bare_pictures else seen[-1].path

    def _picture_path(self, camera: Camera, moment: datetime, seed: int) -> str:
        account = self.account
        if camera.modern_pictures:
            base = f"/api/v3/media/accounts/{account.id}/networks/{camera.network_id}/{camera.model}/{camera.id}"
            return f"{base}/thumbnail/thumbnail.jpg?ts={int(moment.timestamp())}&ext="
        base = f"/media/{account.tier}/account/{account.id}/network/{camera.network_id}/camera/{camera.id}"
        return f"{base}/clip_{seed:08x}_{stamp(moment)[:10].replace('-', '_')}__{moment:%I_%M%p}"
