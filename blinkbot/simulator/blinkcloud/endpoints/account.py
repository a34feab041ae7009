"""The account and the service as a whole (protocol §4, account and service)."""

from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, fields_of, filled, read_json
from blinkbot.simulator.blinkcloud.endpoints.camera_config import fine_regions
from blinkbot.simulator.blinkcloud.endpoints.homescreen import OUTDATED, PURGE_DAYS, UP_TO_DATE
from blinkbot.simulator.blinkcloud.endpoints.routing import Endpoints, get, post
from blinkbot.simulator.blinkcloud.state.household import BIRTHDAY
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.tokens import Client
from blinkbot.simulator.blinkcloud.state.world import World


class AccountPages(Endpoints):
    """The account and the service."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self._log_ids = count(116_916_001)

    def routes(self) -> list[Route]:
        """The routes."""
        account = "/api/v1/accounts/{account:int}"
        return [
            get("/api/v1/users/tier_info", self.tier),
            get("/user", self.user),
            get("/api/v1/account/options", self.account_options),
            get(account + "/clients/{client:int}/options", self.client_options),
            post("/client/{client:int}/update", self.update_client),
            get("/account/clients", self.clients),
            get(account + "/notifications/configuration", self.notifications),
            post(account + "/notifications/configuration", self.set_notifications),
            get(account + "/subscriptions/plans", self.subscription),
            post("/api/v1/account/video_options", self.video_options),
            get("/api/v4/accounts/{account:int}/media_settings", self.media_settings),
            get("/api/v4/accounts/{account:int}/media_settings", self.set_media_settings, "PATCH"),
            get(account + "/media/count", self.media_count),
            get("/api/v4/accounts/{account:int}/unwatched_media", self.unwatched_media),
            post("/api/v4/accounts/{account:int}/media/mark_as_viewed", self.mark_viewed),
            get("/api/v1/version", self.version),
            get("/regions", self.regions),
            post("/app/logs/upload", self.upload_logs),
            get("/health", self.health),
        ]

    async def tier(self, request: Request) -> Body:
        """The tier, which names the REST host, and the account's id."""
        return {"tier": self._world.account.tier, "account_id": self._world.account.id}

    async def user(self, request: Request) -> Body:
        """The person."""
        account, birthday = self._world.account, stamp(BIRTHDAY)
        owner = {"id": account.user_id, "email": account.email, "account_id": account.id}
        return filled("user", created_at=birthday, updated_at=birthday, **owner)

    async def account_options(self, request: Request) -> Body:
        """What this account's apps may show."""
        regions = {f"cam_{camera.id}": fine_regions(camera) for camera in self._world.home.cameras}
        return filled("account_options") | {"advanced_motion_regions": regions}

    async def client_options(self, request: Request) -> Body:
        """What a client once stored for itself: JSON in a string."""
        self._client(request)
        return {"options": "{}"}

    async def update_client(self, request: Request) -> Body:
        """Where push messages go."""
        client = self._client(request)
        key = (await read_json(request)).get("notification_key")
        if not isinstance(key, str):
            raise Refusal(400, "Invalid notification_key")
        client.notification_key = key
        return {"message": "Client successfully updated", "code": 241}

    async def clients(self, request: Request) -> Body:
        """Every client of the account. Obsolete."""
        return {"clients": [self.client_body(client) for client in self._world.tokens.clients]}

    def client_body(self, client: Client) -> Body:
        """A client, without what it must keep to itself."""
        return filled(
            "client",
            **fields_of(client, "id", "verified"),
            created_at=stamp(BIRTHDAY),
            updated_at=stamp(self._world.clock()),
            unique_id=client.hardware_id,
            user_id=self._world.account.user_id,
            account_id=self._world.account.id,
        )

    async def notifications(self, request: Request) -> Body:
        """Which of Blink's own notifications are on."""
        return {"notifications": self._world.account.notifications}

    async def set_notifications(self, request: Request) -> Body:
        """Switch some of them."""
        wanted: Any = (await read_json(request)).get("notifications")
        known = self._world.account.notifications
        if not (isinstance(wanted, dict) and wanted.keys() <= known.keys()) or not all(
            isinstance(value, bool) for value in wanted.values()
        ):
            raise Refusal(400, "Invalid notifications")
        known.update(wanted)
        return {"message": "Client Notification Configure Update Successful"}

    async def subscription(self, request: Request) -> Body:
        """The plan that keeps clips in the cloud; without one they are on USB only."""
        plan = {"id": 77_001, "name": "Blink Plus Plan", "type": "plus", "status": "active"}
        plan |= {"created_at": stamp(BIRTHDAY), "expires_at": None}
        return {"subscriptions": [plan] if self._world.account.subscribed else []}

    async def video_options(self, request: Request) -> Body:
        """After how many days clips are deleted."""
        days = (await read_json(request)).get("auto_purge_days")
        if days not in PURGE_DAYS:
            raise Refusal(400, "Invalid auto purge days", 213)
        self._world.account.auto_purge_days = days
        return {"message": "Successfully updated video options", "code": 212}

    async def media_settings(self, request: Request) -> Body:
        """After how many days clips are deleted, and what may be chosen."""
        return {"ttl_period": self._world.account.auto_purge_days, "ttl_period_options": list(PURGE_DAYS)}

    async def set_media_settings(self, request: Request) -> Body:
        """Choose."""
        days = (await read_json(request)).get("ttl_period")
        if days not in PURGE_DAYS:
            raise Refusal(400, "Invalid ttl_period")
        self._world.account.auto_purge_days = days
        return await self.media_settings(request)

    async def media_count(self, request: Request) -> Body:
        """How many clips there are."""
        return {"count": sum(not clip.deleted for clip in self._world.clips.all)}

    async def unwatched_media(self, request: Request) -> Body:
        """How many of them were not watched."""
        return {"unwatched_clips": sum(not (clip.deleted or clip.watched) for clip in self._world.clips.all)}

    async def mark_viewed(self, request: Request) -> Body:
        """Note that they were watched."""
        wanted = (await read_json(request)).get("media_list")
        if not isinstance(wanted, list):
            raise Refusal(400, "Invalid media list", 706)
        for clip in map(self._world.clips.find, wanted):
            clip.watched = True
            self._world.clips.touch(clip)
        return {"message": "Successfully marked media as viewed"}

    async def version(self, request: Request) -> Body:
        """Whether this app may still be used; asked for by its build."""
        if not request.headers.get("app-build"):
            raise Refusal(400, "APP-BUILD is missing")
        return OUTDATED if self._world.account.update_required else UP_TO_DATE

    async def regions(self, request: Request) -> Body:
        """Where accounts can live."""
        return filled("regions")

    async def upload_logs(self, request: Request) -> Body:
        """Take an app's log."""
        now, account, number = stamp(self._world.clock()), self._world.account.id, next(self._log_ids)
        text = f"logs/account/{account}/client/{request.state.client.id}/{number}.log"
        return filled("log_upload", id=number, created_at=now, updated_at=now, text=text, account_id=account)

    async def health(self, request: Request) -> Body:
        """Whether the service is up. Obsolete."""
        return {"health": "ok"}

    def _client(self, request: Request) -> Client:
        for client in self._world.tokens.clients:
            if client.id == request.path_params["client"]:
                return client
        raise Refusal(404, "Client not found")
