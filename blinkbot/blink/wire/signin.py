"""JSON → what signing in answers, today's way and the older one (protocol §3)."""

from dataclasses import dataclass, field

from blinkbot.blink.wire.fields import Fields
from blinkbot.domain import PinRequest

_USUAL_LIFETIME = 14400.0


@dataclass(frozen=True, slots=True)
class Granted:
    """What the token endpoint gave. `refresh` "" when it gave no new one; `lifetime` in seconds."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    lifetime: float


@dataclass(frozen=True, slots=True)
class Account:
    """Whose token it is and which REST host serves it."""

    id: int
    tier: str


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The older sign-in's answer. Where there is a `pin_request`, the token counts for nothing but the code."""

    token: str = field(repr=False)
    account_id: int
    client_id: int
    tier: str
    pin_request: PinRequest | None


@dataclass(frozen=True, slots=True)
class PinVerdict:
    """What Blink says of a code that was entered the older way."""

    valid: bool
    new_pin_needed: bool


def granted_tokens(operation: str, body: object) -> Granted:
    top = Fields(operation, body)
    lifetime = top.number("expires_in")
    return Granted(
        access=top.token("access_token"),
        refresh=top.token("refresh_token") if "refresh_token" in top else "",
        lifetime=lifetime if lifetime is not None and 0 < lifetime < 10**9 else _USUAL_LIFETIME,
    )


def account(body: object) -> Account:
    top = Fields("tier", body)
    return Account(tier=top.needed_word("tier"), id=top.id("account_id"))


def pin_request(body: object) -> PinRequest:
    """What Blink says of the code it sent; often nothing, and not always JSON (None here)."""
    if not isinstance(body, dict):
        return PinRequest()
    top = Fields("sign-in", body)
    return PinRequest(top.text("tsv_state"), top.text("phone"), top.seconds("next_time_in_secs"))


def logged_in(body: object) -> LoggedIn:
    top = Fields("login-v5", body)
    account, auth, phone = top.needed_part("account"), top.needed_part("auth"), top.part("phone")
    request = PinRequest(
        account.text("verification_channel"),
        phone.text("number") if phone else "",
        top.seconds("allow_pin_resend_seconds"),
    )
    return LoggedIn(
        token=auth.token("token"),
        account_id=account.id("account_id"),
        client_id=account.id("client_id"),
        tier=account.needed_word("tier"),
        pin_request=request if account.flag("client_verification_required") else None,
    )


def lockout_seconds(body: object) -> int:
    """For how long a refused sign-in locks the account; 0 where nothing is said, also by a body that is no object."""
    return Fields("login-v5", body).seconds("lockout_time_remaining") if isinstance(body, dict) else 0


def pin_verdict(body: object) -> PinVerdict:
    top = Fields("verify-pin", body)
    top.check("valid")
    return PinVerdict(top.flag("valid"), top.flag("require_new_pin"))


def resend_after(body: object) -> int:
    """Seconds until the older way sends yet another code; 0 where nothing is said."""
    return Fields("resend-pin", body).seconds("allow_pin_resend_seconds")
