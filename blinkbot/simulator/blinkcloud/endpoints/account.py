"""The account and the service as a whole (protocol §4, account and service)."""

from itertools import count
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from blinkbot.simulator.blinkcloud.answers import Body, Refusal, filled, read_json
from blinkbot.simulator.blinkcloud.endpoints.homescreen import OUTDATED, PURGE_DAYS, UP_TO_DATE
from blinkbot.simulator.blinkcloud.state.household import BIRTHDAY
from blinkbot.simulator.blinkcloud.state.timestamps import stamp
from blinkbot.simulator.blinkcloud.state.tokens import Client
from blinkbot.simulator.blinkcloud.state.world import World


class AccountPages:
    """Serves the account and the service."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._log_ids = count(116_916_001)

    def routes(self) -> list[Route]:
        """What it serves."""
        account = "/api/v1/accounts/{account:int}"
        return [
            Route("/api/v1/users/tier_info", self.tier, methods=["GET"]),
            Route("/user", self.user, methods=["GET"]),
            Route("/api/v1/account/options", self.account_options, methods=["GET"]),
            Route(account + "/clients/{client:int}/options", self.client_options, methods=["GET"]),
            Route("/client/{client:int}/update", self.update_client, methods=["POST"]),
            Route("/account/clients", self.clients, methods=["GET"]),
            Route(account + "/notifications/configuration", self.notifications, methods=["GET"]),
            Route(account + "/notifications/configuration", self.set_notifications, methods=["POST"]),
            Route(account + "/subscriptions/plans", self.subscription, methods=["GET"]),
            Route("/api/v1/account/video_options", self.video_options, methods=["POST"]),
            Route("/api/v1/version", self.version, methods=["GET"]),
            Route("/regions", self.regions, methods=["GET"]),
            Route("/app/logs/upload", self.upload_logs, methods=["POST"]),
            Route("/health", self.health, methods=["GET"]),
        ]

    async def tier(self, request: Request) -> Response:
        """The tier, which names the REST host, and the account's id."""
        return JSONResponse({"tier": self._world.account.tier, "account_id": self._world.account.id})

    async def user(self, request: Request) -> Response:
        """The person."""
        account = self._world.account
        birthday = stamp(BIRTHDAY)
        return JSONResponse(
            filled(
                "user",
                id=account.user_id,
                created_at=birthday,
                updated_at=birthday,
                email=account.email,
                account_id=account.id,
            )
        )

    async def account_options(self, request: Request) -> Response:
        """What this account's apps may show."""
        return JSONResponse(filled("account_options"))

    async def client_options(self, request: Request) -> Response:
        """What a client once stored for itself: JSON in a string."""
        self._client(request)
        return JSONResponse({"options": "{}"})

    async def update_client(self, request: Request) -> Response:
        """Where push messages go."""
        client = self._client(request)
        key = (await read_json(request)).get("notification_key")
        if not isinstance(key, str):
            raise Refusal(400, "Invalid notification_key")
        client.notification_key = key
        return JSONResponse({"message": "Client successfully updated", "code": 241})

    async def clients(self, request: Request) -> Response:
        """Every client of the account. Obsolete."""
        return JSONResponse({"clients": [self.client_body(client) for client in self._world.tokens.clients]})

    def client_body(self, client: Client) -> Body:
        """A client, without what it must keep to itself."""
        return filled(
            "client",
            id=client.id,
            created_at=stamp(BIRTHDAY),
            updated_at=stamp(self._world.clock()),
            unique_id=client.hardware_id,
            verified=client.verified,
            user_id=self._world.account.user_id,
            account_id=self._world.account.id,
        )

    async def notifications(self, request: Request) -> Response:
        """Which of Blink's own notifications are on."""
        return JSONResponse({"notifications": self._world.account.notifications})

    async def set_notifications(self, request: Request) -> Response:
        """Switch some of them."""
        wanted: Any = (await read_json(request)).get("notifications")
        known = self._world.account.notifications
        if not isinstance(wanted, dict) or not wanted.keys() <= known.keys():
            raise Refusal(400, "Invalid notifications")
        if not all(isinstance(value, bool) for value in wanted.values()):
            raise Refusal(400, "Invalid notifications")
        known.update(wanted)
        return JSONResponse({"message": "Client Notification Configure Update Successful"})

    async def subscription(self, request: Request) -> Response:
        """The plan that keeps clips in the cloud; without one they are on USB only."""
        plan = {
            "id": 77_001,
            "name": "Blink Plus Plan",
            "type": "plus",
            "status": "active",
            "created_at": stamp(BIRTHDAY),
            "expires_at": None,
        }
        return JSONResponse({"subscriptions": [plan] if self._world.account.subscribed else []})

    async def video_options(self, request: Request) -> Response:
        """After how many days clips are deleted."""
        days = (await read_json(request)).get("auto_purge_days")
        if days not in PURGE_DAYS:
            raise Refusal(400, "Invalid auto purge days", 213)
        self._world.account.auto_purge_days = days
        return JSONResponse({"message": "Successfully updated video options", "code": 212})

    async def version(self, request: Request) -> Response:
        """Whether this app may still be used; asked for by its build."""
        if not request.headers.get("app-build"):
            raise Refusal(400, "APP-BUILD is missing")
        return JSONResponse(OUTDATED if self._world.account.update_required else UP_TO_DATE)

    async def regions(self, request: Request) -> Response:
        """Where accounts can live."""
        return JSONResponse(filled("regions"))

    async def upload_logs(self, request: Request) -> Response:
        """Take an app's log."""
        now, account = stamp(self._world.clock()), self._world.account
        number = next(self._log_ids)
        return JSONResponse(
            {
                "id": number,
                "created_at": now,
                "updated_at": now,
                "deleted_at": None,
                "server": "rest",
                "server_instance": "i-simulated",
                "severity": None,
                "error_code": 3,
                "text": f"logs/account/{account.id}/client/{request.state.client.id}/{number}.log",
                "account_id": account.id,
            }
        )

    async def health(self, request: Request) -> Response:
        """Whether the service is up. Obsolete."""
        return JSONResponse({"health": "ok"})

    def _client(self, request: Request) -> Client:
        for client in self._world.tokens.clients:
            if client.id == request.path_params["client"]:
                return client
        raise Refusal(404, "Client not found")
