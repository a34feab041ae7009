"""The tables. Append-only: a migration that was released is never changed, a new one is added below it.

Times are whole microseconds since 1970 in UTC, so that they compare as integers and come back exactly. Truth values
are 0 and 1. Ids are Blink's and Telegram's own; SQLite's integers hold them up to 2^63 - 1.
"""

from typing import Any

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey

from blinkbot.store.sqlite.old_sentences import code_of

migrations = Migrations("blinkbot")

_TYPES = {"int": int, "str": str, "float": float}


def _create(db: Database, table: str, pk: str | tuple[str, ...], columns: str, **more: Any) -> None:
    """Create a table of columns like "id int, name str?"; only the key and those with a question mark may be null."""
    keys = {pk} if isinstance(pk, str) else set(pk)
    pairs = [column.split() for column in columns.split(", ")]
    db.table(table).create(
        {name: _TYPES[kind.removesuffix("?")] for name, kind in pairs},
        pk=pk,
        not_null={name for name, kind in pairs if not kind.endswith("?") and name not in keys},
        **more,
    )


@migrations()
def facts(db: Database) -> None:
    """Single values that must last: the hardware id, the cursor, …"""
    _create(db, "facts", "name", "name str, value str")


@migrations()
def session(db: Database) -> None:
    """The Blink session (one row at most), and when signing in was tried."""
    _create(db, "tokens", "id", "id int, access str, refresh str, expires_at int, account_id int, tier str")
    _create(db, "sign_in_attempts", "id", "id int, at int")


@migrations()
def chats(db: Database) -> None:
    """Authorized chats (`position` null: no longer), groups that changed their id, and strangers we have answered."""
    _create(db, "chats", "id", "id int, role str, position int?, held_until int", defaults={"held_until": 0})
    _create(db, "chat_moves", "old_id", "old_id int, new_id int")
    _create(db, "strangers", "chat_id", "chat_id int, met_at int")
    db.table("strangers").create_index(["met_at"])


@migrations()
def clips(db: Database) -> None:
    """Every recording that was reported; `deleted` marks what Blink no longer has."""
    _create(
        db,
        "clips",
        "key",
        "key str, id int, network_id int, network_name str, camera_id int, camera_name str, recorded_at int, "
        "updated_at int, cause str, video str, thumbnail str?, time_zone str, partial int, deleted int, "
        "origin str, first_seen_at int, file_id str?",
    )
    db.table("clips").create_index(["recorded_at", "key"])
    db.table("clips").create_index(["camera_id", "recorded_at", "key"])


@migrations()
def deliveries(db: Database) -> None:
    """The outbox: one row for each clip and chat. `priority`: higher goes first."""
    _create(
        db,
        "deliveries",
        "id",
        "id int, clip_key str, chat_id int, state str, priority int, attempts int, queued_at int, "
        "not_before int, message_id int?, reason str, finished_at int?",
        foreign_keys=[("clip_key", "clips", "key"), ("chat_id", "chats", "id")],
        defaults={"priority": 0, "attempts": 0, "not_before": 0, "reason": ""},
    )
    db.table("deliveries").create_index(["clip_key", "chat_id"], unique=True)
    db.table("deliveries").create_index(["state", "not_before"])
    db.table("deliveries").create_index(["chat_id"])


@migrations()
def home(db: Database) -> None:
    """The home as last seen, in the homescreen's order; `position` null: no longer part of it."""
    _create(db, "networks", "id", "id int, name str, armed int, time_zone str, position int?, last_seen int")
    _create(
        db,
        "sync_modules",
        "id",
        "id int, network_id int, name str, online int, usb_active int, position int?, last_seen int",
    )
    _create(
        db,
        "cameras",
        "id",
        "id int, network_id int, name str, family str, model str, motion int, online int, battery str?, "
        "battery_bars int?, wifi_bars int?, sync_bars int?, temperature_f float?, picture str?, has_light int, "
        "position int?, last_seen int",
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


@migrations()
def telegram_files(db: Database) -> None:
    """As what Telegram keeps a clip, and its pictures there: Blink's thumbnail, and the contact sheet."""
    table = db.table("clips")
    table.add_column("file_kind", str, not_null_default="video")
    table.add_column("photo_id", str)
    table.add_column("sheet_id", str)


@migrations()
def sights(db: Database) -> None:
    """What of a clip is in a chat before its video (`outbox.Stage`), where, and since when; and what waits for albums.

    `priority` goes: what is urgent is told by the clip.
    """
    table = db.table("deliveries")
    table.add_column("stage", str, not_null_default="nothing")
    table.add_column("backlog", int, not_null_default=0)
    table.add_column("shown_at", int)
    table.add_column("thread_id", int)
    db.execute("ALTER TABLE deliveries DROP COLUMN priority")


@migrations()
def incidents(db: Database) -> None:
    """Clips of one camera that belong together in one chat. `joinable` is 0 for one that takes no more.

    `camera_name` is "" but for a camera whose id is not known (0): some on USB sticks. `head_id` is the delivery whose
    message rang.
    """
    _create(
        db,
        "incidents",
        "id",
        "id int, chat_id int, network_id int, camera_id int, camera_name str, first_at int, last_at int, "
        "joinable int, shown_count int, head_id int?",
        foreign_keys=[ForeignKey("incidents", "head_id", "deliveries", "id", on_delete="SET NULL")],
        defaults={"shown_count": 1},
    )
    db.table("incidents").create_index(["chat_id", "camera_id", "last_at"])
    db.table("incidents").create_index(["head_id"])
    db.table("deliveries").add_column("incident_id", int)
    db.table("deliveries").create_index(["incident_id"])


@migrations()
def alerts(db: Database) -> None:
    """What chats have chosen to be told, and what is muted in them.

    `unwanted` are the kinds that are not told, in words between spaces, so that a kind that comes with a later version
    is told at first; likewise hidden cameras, not shown ones. Quiet hours are local times as "22:00:00".
    """
    _create(
        db,
        "chat_alerts",
        "chat_id",
        "chat_id int, unwanted str, sheet_first int, loud int, quiet_begin str?, quiet_end str?, "
        "doorbell_in_quiet int, topics int",
    )
    _create(db, "hidden_cameras", ("chat_id", "camera_id"), "chat_id int, camera_id int")
    _create(
        db,
        "mutes",
        ("chat_id", "scope", "target_id"),
        "chat_id int, scope str, target_id int, since int, until int",
    )


@migrations()
def topics(db: Database) -> None:
    """Which topic of a supergroup belongs to which camera."""
    _create(db, "topics", ("chat_id", "camera_id"), "chat_id int, camera_id int, thread_id int, name str")


@migrations()
def notices(db: Database) -> None:
    """Troubles that devices have now, and the outbox of telling chats of them.

    A notice is told twice at most: when the trouble began (`told`: the chat knows) and when it was over. `settled`:
    there is nothing to tell until something changes.
    """
    _create(db, "troubles", ("kind", "device_id"), "kind str, device_id int, begun_at int")
    _create(
        db,
        "notices",
        "id",
        "id int, chat_id int, kind str, device_id int, name str, network_id int, begun_at int, over_at int?, "
        "told int, settled int, message_id int?, attempts int, not_before int",
        defaults={"told": 0, "settled": 0, "attempts": 0, "not_before": 0},
    )
    db.table("notices").create_index(["kind", "device_id"])
    db.table("notices").create_index(["settled", "not_before"])


@migrations()
def sirens(db: Database) -> None:
    """Which networks have a siren."""
    db.table("networks").add_column("has_siren", int, not_null_default=0)


@migrations()
def told(db: Database) -> None:
    """What a chat was told of why it never gets a clip's video."""
    db.table("deliveries").add_column("told", str, not_null_default="")


@migrations()
def chat_language(db: Database) -> None:
    """The language a chat has chosen, as a code; null while it has none."""
    db.table("chats").add_column("language", str)


@migrations()
def failure_codes(db: Database) -> None:
    """Why a clip's video never comes: a code and its values (`domain.failures`) in the place of an English sentence."""
    for row in list(db.query("SELECT id, told FROM deliveries WHERE told <> ''")):
        db.execute("UPDATE deliveries SET told = ? WHERE id = ?", [code_of(row["told"]), row["id"]])


@migrations()
def no_names(db: Database) -> None:
    """Empty names in the place of those that were made up in English for what has none."""
    for table, name, kind, number in (
        ("clips", "network_name", "Network", "network_id"),
        ("clips", "camera_name", "Camera", "camera_id"),
        ("networks", "name", "Network", "id"),
        ("sync_modules", "name", "Sync module", "id"),
        ("cameras", "name", "Camera", "id"),
        ("notices", "name", "Camera", "device_id"),
        ("notices", "name", "Sync module", "device_id"),
    ):
        db.execute(
            f"UPDATE {table} SET {name} = ''"
            f" WHERE {name} = '{kind} ' || {number} OR ({number} = 0 AND {name} = '{kind} that is gone')"
        )
    # On USB sticks, where the camera is known by its name alone.
    for table in ("clips", "incidents"):
        db.execute(f"UPDATE {table} SET camera_name = '' WHERE camera_id = 0 AND camera_name = 'Camera'")


@migrations()
def what_was_seen(db: Database) -> None:
    """Why there is no video of an event, who or what Blink saw in it, its own words, and its entry of another camera.

    A person was a cause of its own before. `family` is that of the camera as the entry tells it.
    """
    table = db.table("clips")
    table.add_column("no_video", str)
    table.add_column("seen", str, not_null_default="")
    table.add_column("sentence", str, not_null_default="")
    table.add_column("description", str, not_null_default="")
    table.add_column("same_as", int)
    table.add_column("family", str)
    db.execute("UPDATE clips SET cause = 'motion', seen = 'person' WHERE cause = 'person'")


@migrations()
def kinds_of_recordings(db: Database) -> None:
    """Which kinds are told without a sound, as `unwanted` ones are kept; who was seen makes kinds of its own of motion.

    A chat that wanted to hear of no motion wants none of these.
    """
    db.table("chat_alerts").add_column("silent", str, not_null_default="")
    db.execute(
        "UPDATE chat_alerts SET unwanted = unwanted || ' person package unusual vehicle animal'"
        " WHERE ' ' || unwanted || ' ' LIKE '% motion %'"
    )


@migrations()
def unlisted_cameras(db: Database) -> None:
    """Cameras that are in no homescreen and go on recording."""
    db.table("cameras").add_column("listed", int, not_null_default=1)


@migrations()
def late_words(db: Database) -> None:
    """What of Blink's words a delivery's message says; null: one of before, which is left as it is."""
    db.table("deliveries").add_column("words", str)
    db.table("clips").create_index(["same_as"])
