"""The clients that are signed in (one for each hardware id), their access tokens, and refresh tokens that work once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count


@dataclass(slots=True, eq=False)
class Client:
    """One app or program. `verified` means that it has once passed the two-step verification."""

    id: int
    hardware_id: str
    verified: bool = False
    notification_key: str = field(default="", repr=False)


@dataclass(slots=True, eq=False)
class Grant:
    """A pair of tokens, as given out together. While a PIN is outstanding it opens only the PIN's own addresses."""

    client: Client
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime
    refresh_used: bool = False
    pin_outstanding: bool = False


class Tokens:
    """The tokens that were given out, and which of them still count; access tokens do for `lifetime` seconds."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.lifetime: float = 14_400
        self.clients: list[Client] = []
        self.grants: list[Grant] = []
        self._clock = clock
        self._ids = count(2_360_401, 77)

    def client_for(self, hardware_id: str) -> Client:
        """The client of this hardware; a new hardware id is a new client."""
        for client in self.clients:
            if client.hardware_id == hardware_id:
                return client
        client = Client(next(self._ids), hardware_id)
        self.clients.append(client)
        return client

    def issue(self, client: Client) -> Grant:
        """A new pair, good for `lifetime` seconds."""
        expires_at = self._clock() + timedelta(seconds=self.lifetime)
        grant = Grant(client, secrets.token_urlsafe(48), secrets.token_urlsafe(48), expires_at)
        self.grants.append(grant)
        return grant

    def grant_of(self, access: str) -> Grant | None:
        """The pair with this access token; None when it does not count or no longer does."""
        moment = self._clock()
        for grant in self.grants:
            if secrets.compare_digest(grant.access.encode(), access.encode()) and moment < grant.expires_at:
                return grant
        return None

    def verify(self, client: Client) -> None:
        """The client has entered its code: it is trusted, and so is what it was given."""
        client.verified = True
        for grant in self.grants:
            if grant.client is client:
                grant.pin_outstanding = False

    def refresh(self, refresh: str, hardware_id: str | None) -> Grant | None:
        """A new pair for a refresh token, which dies at once; None when it is stale, unknown or another client's.

        Not every client says which one it is.
        """
        for grant in self.grants:
            if (
                grant.refresh == refresh
                and not grant.refresh_used
                and grant.client in self.clients
                and hardware_id in (None, grant.client.hardware_id)
            ):
                grant.refresh_used = True
                return self.issue(grant.client)
        return None

    def expire_access(self) -> None:
        """All access tokens are over; refresh tokens stay."""
        for grant in self.grants:
            grant.expires_at = self._clock()

    def revoke_refresh(self) -> None:
        """No refresh token counts any more; access tokens stay until they expire."""
        for grant in self.grants:
            grant.refresh_used = True

    def sign_out(self, client: Client) -> None:
        """Forget a client and everything it was given."""
        self.clients.remove(client)
        self.grants = [grant for grant in self.grants if grant.client is not client]
