"""Bursts: clips of one camera that belong together in one chat, of which the first one shown rings."""

from datetime import datetime, timedelta

import sqlite_utils

from blinkbot.domain import Clip
from blinkbot.domain.deliveries import Burst, Delivery, DeliveryState
from blinkbot.store.outbox.delivery_mapping import COLUMNS, JOINED, delivery_from
from blinkbot.store.sqlite.mapping import Row, micros, text, value_from

JOINABLE = (
    "SELECT id FROM incidents WHERE joinable AND chat_id = :chat AND network_id = :network AND camera_id = :camera"
    " AND camera_name = :name AND first_at <= :at + :window AND last_at >= :at - :window ORDER BY last_at DESC, id DESC"
)

EXTENDED = "UPDATE incidents SET first_at = min(first_at, :at), last_at = max(last_at, :at) WHERE id = :id"

COUNT = (
    "SELECT count(*) AS count FROM deliveries WHERE incident_id = :id"
    " AND state <> :suppressed AND NOT (state = :given_up AND shown_at IS NULL)"
)
"""All that joined and are in the chat, or on their way to it."""


IN_CHAT = f"SELECT clip.* {JOINED} WHERE delivery.incident_id = ? AND delivery.message_id IS NOT NULL"


def lead_burst(db: sqlite_utils.Database, delivery_id: int) -> None:
    """Make a delivery that is in its chat the head of the burst it has joined, where that has none."""
    db.execute(
        "UPDATE incidents SET head_id = :id WHERE head_id IS NULL"
        " AND id = (SELECT incident_id FROM deliveries WHERE id = :id AND message_id IS NOT NULL)",
        {"id": delivery_id},
    )


def join_burst(db: sqlite_utils.Database, delivery: Delivery, window: timedelta) -> Burst:
    """Count a delivery in with its camera's burst in its chat, or begin a new one."""
    row = next(db.query("SELECT chat_id, incident_id FROM deliveries WHERE id = ?", [delivery.id]))
    burst_id: int | None = row["incident_id"]
    if burst_id is None:
        burst_id = _found(db, row["chat_id"], delivery.clip, window) if window else None
        if burst_id is None:
            burst_id = _begun(db, row["chat_id"], delivery.clip, joinable=bool(window))
        else:
            db.execute(EXTENDED, {"at": micros(delivery.clip.recorded_at), "id": burst_id})
        db.execute("UPDATE deliveries SET incident_id = ? WHERE id = ?", [burst_id, delivery.id])
        lead_burst(db, delivery.id)
    return read_burst(db, burst_id)


def _found(db: sqlite_utils.Database, chat_id: int, clip: Clip, window: timedelta) -> int | None:
    """The newest burst that a clip belongs to."""
    reach = {"at": micros(clip.recorded_at), "window": window // timedelta(microseconds=1)}
    row = next(db.query(JOINABLE, {**_camera(clip), "chat": chat_id, **reach}), None)
    return None if row is None else int(row["id"])


def _begun(db: sqlite_utils.Database, chat_id: int, clip: Clip, *, joinable: bool) -> int:
    at = micros(clip.recorded_at)
    cursor = db.execute(
        "INSERT INTO incidents (chat_id, network_id, camera_id, camera_name, first_at, last_at, joinable)"
        " VALUES (:chat, :network, :camera, :name, :at, :at, :joinable)",
        {**_camera(clip), "chat": chat_id, "at": at, "joinable": int(joinable)},
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _camera(clip: Clip) -> dict[str, int | str]:
    """What tells one camera from another: its id; its name where the id is not known."""
    return {
        "network": clip.network_id,
        "camera": clip.camera_id,
        "name": "" if clip.camera_id else text(clip.camera_name),
    }


def read_burst(db: sqlite_utils.Database, burst_id: int) -> Burst:
    """A burst as it stands. Raises LookupError for one that is not known."""
    row: Row | None = next(db.query("SELECT * FROM incidents WHERE id = ?", [burst_id]), None)
    if row is None:
        raise LookupError(f"there is no burst {burst_id}")
    states = {"suppressed": DeliveryState.SUPPRESSED.value, "given_up": DeliveryState.GIVEN_UP.value}
    head = next(db.query(f"SELECT {COLUMNS} {JOINED} WHERE delivery.id = ?", [row["head_id"]]), None)
    return Burst(
        id=row["id"],
        count=next(db.query(COUNT, {**states, "id": burst_id}))["count"],
        shown_count=row["shown_count"],
        head=None if head is None else delivery_from(head),
        shown=tuple(value_from(Clip, each) for each in db.query(IN_CHAT, [burst_id])),
    )


def miscounted_bursts(db: sqlite_utils.Database, since: datetime) -> list[int]:
    """The ids of bursts that went on after `since` and whose head does not show their count."""
    rows = db.query(
        "SELECT incident.id FROM incidents AS incident JOIN chats AS chat ON chat.id = incident.chat_id"
        " WHERE incident.last_at > ? AND incident.head_id IS NOT NULL AND chat.position IS NOT NULL",
        [micros(since)],
    )
    bursts = [read_burst(db, row["id"]) for row in rows]
    return [each.id for each in bursts if each.count != each.shown_count]
