"""A session with Blink: where signing in stands, the code that is awaited, the tokens (protocol §3)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SignInState(StrEnum):
    """Where we stand with Blink."""

    SIGNED_OUT = "signed out"
    SIGNING_IN = "signing in"
    PIN_NEEDED = "PIN needed"
    SIGNED_IN = "signed in"


@dataclass(frozen=True, slots=True)
class PinRequest:
    """Blink sent a code: by which channel, to which (masked) address, and when a new one may be asked for.

    `resend_after` is in seconds from the moment of the answer; 0 where Blink said nothing.
    """

    channel: str = ""
    destination: str = ""
    resend_after: int = 0


class SessionKind(StrEnum):
    """How a session was made, and so how it is shown to Blink and whether it can be renewed (protocol §3)."""

    OAUTH = "oauth"
    LEGACY = "legacy"


@dataclass(frozen=True, slots=True)
class Tokens:
    """A signed-in session. Its repr shows nothing of the secrets.

    `expires_at` is when the access token ends; `tier` picks the REST host (protocol §2). A LEGACY session has no
    refresh token and tells no end: it counts until Blink refuses it. `client_id` is Blink's number for this program
    where the sign-in told it.
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime
    account_id: int
    tier: str
    kind: SessionKind = SessionKind.OAUTH
    client_id: int | None = None
