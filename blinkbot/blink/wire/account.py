"""JSON → values for the account and the service (protocol §4)."""

import json

from blinkbot.blink.models import AppVersion, MediaSettings, Plan, Region, SignedInClient, UploadedLog, User
from blinkbot.blink.wire.fields import Fields, SetAside

_ENDED_PLANS = ("inactive", "expired", "cancelled", "canceled", "ended")


def user(body: object) -> User:
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
    return dict(Fields(operation, body).items())


def client_options(body: object) -> str:
    """What a client once stored, as it is: base64 or "{}"."""
    top = Fields("client-options", body)
    if not top.given("options"):
        raise top.wrong("options", "it is missing")
    stored = top.word("options")
    return stored if stored is not None else json.dumps(dict(top.items())["options"])


def clients(body: object, set_aside: SetAside) -> tuple[SignedInClient, ...]:
    top = Fields("clients", body)
    top.check("clients")
    return tuple(top.readable("clients", _client, set_aside))


def notifications(body: object) -> dict[str, bool]:
    """Which of Blink's own notifications are on: an open set of flags; what is none is left out."""
    flags = Fields("notifications", body).needed_part("notifications")
    return {name: value for name, value in flags.items() if isinstance(value, bool)}


def media_settings(body: object) -> MediaSettings:
    top = Fields("media-settings", body)
    top.check("ttl_period", "ttl_period_options")
    offered = dict(top.items()).get("ttl_period_options")
    days = [day for day in offered if type(day) is int] if isinstance(offered, list) else []
    return MediaSettings(top.integer("ttl_period"), tuple(days))


def count(operation: str, body: object, name: str) -> int:
    top = Fields(operation, body)
    found = top.integer(name)
    if found is None:
        raise top.wrong(name, "a number was expected")
    return found


def plans(body: object, set_aside: SetAside) -> tuple[Plan, ...]:
    top = Fields("subscription", body)
    top.check("subscriptions", "plans")
    return tuple(plan for name in ("subscriptions", "plans") for plan in top.readable(name, _plan, set_aside))


def app_version(body: object) -> AppVersion:
    top = Fields("version", body)
    top.check("update_required", "message")
    return AppVersion(top.text("message"), top.flag("update_available"), top.flag("update_required"))


def regions(body: object) -> tuple[Region, ...]:
    top = Fields("regions", body)
    listed, preferred = top.needed_part("regions"), top.word("preferred")
    found = []
    for name, _ in listed.items():
        item = listed.part(name)
        if item is None:
            continue
        region = Region(name, item.text("friendly_name", name), item.text("dns"), name == preferred)
        found.append((item.integer("display_order") or 0, region))
    return tuple(region for _, region in sorted(found, key=lambda pair: pair[0]))


def uploaded_log(body: object) -> UploadedLog:
    top = Fields("upload-logs", body)
    return UploadedLog(top.id("id"), top.text("text"))


def _client(item: Fields) -> SignedInClient:
    return SignedInClient(item.id("id"), item.text("client_type"), item.text("unique_id"), item.flag("verified"))


def _plan(item: Fields) -> Plan:
    status = item.word("status")
    said = item.flag("active") if item.given("active") else status is not None and status not in _ENDED_PLANS
    return Plan(item.text("name"), said, item.text("type"), item.moment("expires_at"))
