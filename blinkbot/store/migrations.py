"""The tables. Append-only: a migration that was released is never changed, a new one is added below it.

Times are whole microseconds since 1970 in UTC, so that they compare as integers and come back exactly. Truth values
are 0 and 1. Ids are Blink's and Telegram's own; SQLite's integers hold them up to 2^63 - 1.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("blinkbot")


@migrations()
def facts(db: Database) -> None:
    """Single values that must last: the hardware id, the cursor, …"""
    db.table("facts").create({"name": str, "value": str}, pk="name", not_null={"value"})


@migrations()
def session(db: Database) -> None:
    """The Blink session (one row at most), and when signing in was tried."""
    db.table("tokens").create(
        {"id": int, "access": str, "refresh": str, "expires_at": int, "account_id": int, "tier": str},
        pk="id",
        not_null={"access", "refresh", "expires_at", "account_id", "tier"},
    )
    db.table("sign_in_attempts").create({"id": int, "at": int}, pk="id", not_null={"at"})


@migrations()
def chats(db: Database) -> None:
    """Authorized chats (`position` null: no longer), groups that changed their id, and strangers we have answered."""
    db.table("chats").create(
        {"id": int, "role": str, "position": int, "held_until": int},
        pk="id",
        not_null={"role", "held_until"},
        defaults={"held_until": 0},
    )
    db.table("chat_moves").create({"old_id": int, "new_id": int}, pk="old_id", not_null={"new_id"})
    db.table("strangers").create({"chat_id": int, "met_at": int}, pk="chat_id", not_null={"met_at"})
    db.table("strangers").create_index(["met_at"])


@migrations()
def clips(db: Database) -> None:
    """Every recording we were told of; `deleted` marks what Blink no longer has."""
    db.table("clips").create(
        {
            "key": str,
            "id": int,
            "network_id": int,
            "network_name": str,
            "camera_id": int,
            "camera_name": str,
            "recorded_at": int,
            "updated_at": int,
            "cause": str,
            "video": str,
            "thumbnail": str,
            "time_zone": str,
            "partial": int,
            "deleted": int,
            "origin": str,
            "first_seen_at": int,
            "file_id": str,
        },
        pk="key",
        not_null={
            "id",
            "network_id",
            "network_name",
            "camera_id",
            "camera_name",
            "recorded_at",
            "updated_at",
            "cause",
            "video",
            "time_zone",
            "partial",
            "deleted",
            "origin",
            "first_seen_at",
        },
    )
    db.table("clips").create_index(["recorded_at", "key"])
    db.table("clips").create_index(["camera_id", "recorded_at", "key"])


@migrations()
def deliveries(db: Database) -> None:
    """The outbox: one row for each clip and chat. `priority`: higher goes first."""
    db.table("deliveries").create(
        {
            "id": int,
            "clip_key": str,
            "chat_id": int,
            "state": str,
            "priority": int,
            "attempts": int,
            "queued_at": int,
            "not_before": int,
            "message_id": int,
            "reason": str,
            "finished_at": int,
        },
        pk="id",
        foreign_keys=[("clip_key", "clips", "key"), ("chat_id", "chats", "id")],
        not_null={"clip_key", "chat_id", "state", "priority", "attempts", "queued_at", "not_before", "reason"},
        defaults={"priority": 0, "attempts": 0, "not_before": 0, "reason": ""},
    )
    db.table("deliveries").create_index(["clip_key", "chat_id"], unique=True)
    db.table("deliveries").create_index(["state", "not_before"])
    db.table("deliveries").create_index(["chat_id"])


@migrations()
def home(db: Database) -> None:
    """The home as last seen, in the homescreen's order; `position` null: no longer part of it."""
    db.table("networks").create(
        {"id": int, "name": str, "armed": int, "time_zone": str, "position": int, "last_seen": int},
        pk="id",
        not_null={"name", "armed", "time_zone", "last_seen"},
    )
    db.table("sync_modules").create(
        {
            "id": int,
            "network_id": int,
            "name": str,
            "online": int,
            "usb_active": int,
            "position": int,
            "last_seen": int,
        },
        pk="id",
        not_null={"network_id", "name", "online", "usb_active", "last_seen"},
    )
    db.table("cameras").create(
        {
            "id": int,
            "network_id": int,
            "name": str,
            "family": str,
            "model": str,
            "motion": int,
            "online": int,
            "battery": str,
            "battery_bars": int,
            "wifi_bars": int,
            "sync_bars": int,
            "temperature_f": float,
            "picture": str,
            "has_light": int,
            "position": int,
            "last_seen": int,
        },
        pk="id",
        not_null={"network_id", "name", "family", "model", "motion", "online", "has_light", "last_seen"},
    )


@migrations()
def session_kind(db: Database) -> None:
    """Sessions made the older way, which tells the client's number at once (protocol §3)."""
    db.table("tokens").add_column("kind", str, not_null_default="oauth")
    db.table("tokens").add_column("client_id", int)


@migrations()
def twins(db: Database) -> None:
    """`twin_of`: the key of the other recording of the same event, which was seen before this one."""
    db.table("clips").add_column("twin_of", str)
    db.table("clips").create_index(["twin_of"])
