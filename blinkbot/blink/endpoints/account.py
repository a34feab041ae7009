"""The account and the service: plans, notifications, options, who is signed in (protocol §4)."""

from collections.abc import Iterable

from blinkbot.blink.endpoints.base import Endpoints
from blinkbot.blink.http.transport import Call
from blinkbot.blink.models import AppVersion, MediaSettings, Plan, Region, SignedInClient, UploadedLog, User
from blinkbot.blink.protocol.operations import OPERATIONS
from blinkbot.blink.wire import account
from blinkbot.domain import Clip


class AccountEndpoints(Endpoints):
    """What concerns the account as a whole."""

    async def user(self) -> User:
        """The person whose account it is."""
        return account.user(await self._ask("user"))

    async def notifications(self) -> dict[str, bool]:
        """Which of Blink's own push messages are on, by flag: "motion", "low_battery", … (an open set)."""
        return account.notifications(await self._ask("notifications"))

    async def set_notifications(self, **flags: bool) -> None:
        """Switch some of Blink's own push messages. Raises ValueError for an unknown flag."""
        await self._ask("set-notifications", **flags)

    async def plans(self) -> tuple[Plan, ...]:
        """The account's subscriptions. Where none is active, clips are kept on USB sticks only."""
        return account.plans(await self._ask("subscription"), self._set_aside)

    async def keep_videos_for(self, days: int) -> None:
        """Let Blink delete clips after 3, 7, 14, 30 or 60 days. Raises BlinkRefused for others (code 213)."""
        await self._ask("video-options", auto_purge_days=days)

    async def media_settings(self) -> MediaSettings:
        """The same as Blink's app reads it today: how long clips are kept, and what may be chosen."""
        return account.media_settings(await self._ask("media-settings"))

    async def set_media_settings(self, days: int) -> None:
        """Choose how long clips are kept, as Blink's app does it today. See `keep_videos_for`."""
        await self._ask("set-media-settings", ttl_period=days)

    async def media_count(self) -> int:
        """How many clips the cloud keeps."""
        return account.count("media-count", await self._ask("media-count"), "count")

    async def unwatched_media(self) -> int:
        """How many of them were not watched yet."""
        return account.count("unwatched-media", await self._ask("unwatched-media"), "unwatched_clips")

    async def mark_viewed(self, clips: Iterable[Clip]) -> None:
        """Mark clips as watched, for all who share the account."""
        await self._ask("mark-viewed", ids=[clip.id for clip in clips])

    async def account_options(self) -> dict[str, object]:
        """What Blink's apps may show to this account: an open set."""
        return account.options("account-options", await self._ask("account-options"))

    async def client_options(self) -> str:
        """What this client once stored for itself, as it is: base64 or "{}"."""
        return account.client_options(await self._ask("client-options"))

    async def update_client(self, notification_key: str) -> None:
        """Tell Blink where its push messages to this client go."""
        await self._ask("update-client", notification_key=notification_key)

    async def clients(self) -> tuple[SignedInClient, ...]:
        """Every app and program signed in to the account. Obsolete, says the protocol page."""
        return account.clients(await self._ask("clients"), self._set_aside)

    async def app_version(self) -> AppVersion:
        """What Blink says of the app version that this client claims to be. Needs no session."""
        return account.app_version(await self._ask("version"))

    async def regions(self, country: str | None = None) -> tuple[Region, ...]:
        """Where accounts can live, for a country code such as "US". Needs no session."""
        return account.regions(await self._ask("regions", locale=country))

    async def upload_logs(self, **fields: object) -> UploadedLog:
        """Send Blink a log; what it wants in the body is not documented."""
        response = await self._request(Call(OPERATIONS["upload-logs"], extra=fields or None))
        return account.uploaded_log(response.body)

    async def health(self) -> dict[str, object]:
        """Whether the service says it is well: an open set. Obsolete, says the protocol page."""
        return account.options("health", await self._ask("health"))
