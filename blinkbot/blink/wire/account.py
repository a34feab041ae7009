"""JSON → values for the account, the service and the older sign-in (protocol §3, §4)."""

import json
from dataclasses import dataclass, field

from blinkbot.blink.models import AppVersion, Plan, Region, SignedInClient, UploadedLog, User
from blinkbot.blink.wire.fields import Fields
from blinkbot.blink.wire.home import secret

_ENDED_PLANS = ("inactive", "expired", "cancelled", "canceled", "ended")


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """The older sign-in's answer. `pin_needed`: the token counts for nothing but the code until that was entered."""

    token: str = field(repr=False)
    account_id: int
    client_id: int
    tier: str
    pin_needed: bool
    channel: str = ""
    destination: str = ""
    resend_after: int = 0


@dataclass(frozen=True, slots=True)
class PinVerdict:
    """What Blink says of a code that was entered the older way."""

    valid: bool
    new_pin_needed: bool
    message: str


def logged_in(body: object) -> LoggedIn:
    """The answer to e-mail and password, the older way (protocol §3)."""
    top = Fields("login-v5", body)
    account, auth = top.part("account"), top.part("auth")
    if account is None:
        raise top.wrong("account", "it is missing")
    if auth is None:
        raise top.wrong("auth", "it is missing")
    tier = account.word("tier")
    if tier is None:
        raise account.wrong("tier", "it is missing")
    phone = top.part("phone")
    return LoggedIn(
        token=secret(auth, "token"),
        account_id=account.id("account_id"),
        client_id=account.id("client_id"),
        tier=tier,
        pin_needed=account.flag("client_verification_required"),
        channel=account.text("verification_channel"),
        destination=phone.text("number") if phone else "",
        resend_after=max(0, top.integer("allow_pin_resend_seconds") or 0),
    )


def lockout_seconds(body: object) -> int:
    """For how long a refused sign-in locks the account; 0 where nothing is said, also by a body that is no object."""
    return max(0, Fields("login-v5", body).integer("lockout_time_remaining") or 0) if isinstance(body, dict) else 0


def pin_verdict(body: object) -> PinVerdict:
    """The answer to a code, the older way."""
    top = Fields("verify-pin", body)
    if "valid" not in top:
        raise top.wrong("valid", "it is missing")
    return PinVerdict(top.flag("valid"), top.flag("require_new_pin"), top.text("message"))


def resend_after(body: object) -> int:
    """Seconds until the older way sends yet another code; 0 where nothing is said."""
    return max(0, Fields("resend-pin", body).integer("allow_pin_resend_seconds") or 0)


def user(body: object) -> User:
    """The person whose account it is."""
    top = Fields("user", body)
    return User(
        id=top.id("id"),
        email=top.text("email"),
        name=top.text("name"),
        time_zone=top.text("time_zone"),
        temperature_unit=top.text("temp_units"),
        country=top.text("country_id"),
    )


def options(operation: str, body: object) -> dict[str, object]:
    """An account's options: an open set."""
    return dict(Fields(operation, body).items())


def client_options(body: object) -> str:
    """What a client once stored for itself, as it is: base64 or "{}"."""
    top = Fields("client-options", body)
    if not top.given("options"):
        raise top.wrong("options", "it is missing")
    stored = top.word("options")
    return stored if stored is not None else json.dumps(dict(top.items())["options"])


def clients(body: object) -> tuple[SignedInClient, ...]:
    """Everything that is signed in to the account (obsolete)."""
    top = Fields("clients", body)
    if "clients" not in top:
        raise top.wrong("clients", "it is missing")
    return tuple(
        SignedInClient(item.id("id"), item.text("client_type"), item.text("unique_id"), item.flag("verified"))
        for item in top.parts("clients")
    )


def notifications(body: object) -> dict[str, bool]:
    """Which of Blink's own notifications are on: an open set of flags."""
    top = Fields("notifications", body)
    flags = top.part("notifications")
    if flags is None:
        raise top.wrong("notifications", "it is missing")
    return {name: flags.flag(name) for name, _ in flags.items()}


def plans(body: object) -> tuple[Plan, ...]:
    """The account's subscriptions, those that ended included."""
    top = Fields("subscription", body)
    if "subscriptions" not in top and "plans" not in top:
        raise top.wrong("subscriptions", "it is missing")
    return tuple(_plan(item) for name in ("subscriptions", "plans") for item in top.parts(name))


def app_version(body: object) -> AppVersion:
    """What Blink says of the app version that asked."""
    top = Fields("version", body)
    if "update_required" not in top and "message" not in top:
        raise top.wrong("update_required", "it is missing")
    return AppVersion(top.text("message"), top.flag("update_available"), top.flag("update_required"))


def regions(body: object) -> tuple[Region, ...]:
    """Where accounts can live, in the order in which Blink shows them."""
    top = Fields("regions", body)
    listed = top.part("regions")
    if listed is None:
        raise top.wrong("regions", "it is missing")
    found = []
    for name, _ in listed.items():
        item = listed.part(name)
        if item is None:
            raise listed.wrong(name, "an object was expected")
        region = Region(name, item.text("friendly_name", name), item.text("dns"), name == top.word("preferred"))
        found.append((item.integer("display_order") or 0, region))
    return tuple(region for _, region in sorted(found, key=lambda pair: pair[0]))


def uploaded_log(body: object) -> UploadedLog:
    """A log that Blink has taken."""
    top = Fields("upload-logs", body)
    return UploadedLog(top.id("id"), top.text("text"))


def _plan(item: Fields) -> Plan:
    status = item.word("status")
    said = item.flag("active") if item.given("active") else status is not None and status not in _ENDED_PLANS
    return Plan(item.text("name"), said, item.text("type"), item.moment("expires_at"))
