"""Incidents: clips of one camera that belong together in one chat, of which the first one shown rings."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlite_utils

from blinkbot.domain import Clip
from blinkbot.domain.deliveries import Burst, Delivery, DeliveryState
from blinkbot.store.outbox.delivery_rows import COLUMNS, JOINED, delivery_from
from blinkbot.store.sqlite.mapping import Row, micros, text
from blinkbot.store.sqlite.repository import Records

JOINABLE = (
    "SELECT id FROM incidents WHERE joinable AND chat_id = :chat AND network_id = :network AND camera_id = :camera"
    " AND camera_name = :name AND first_at <= :at + :window AND last_at >= :at - :window ORDER BY last_at DESC, id DESC"
)

COUNT = (
    "SELECT count(*) AS count FROM deliveries WHERE incident_id = :id"
    " AND state <> :withheld AND NOT (state = :given_up AND shown_at IS NULL)"
)
"""All that joined and are in the chat, or on their way to it."""


class IncidentRecords(Records):
    """The part of the store that keeps incidents (`ports.Outbox`)."""

    async def join_incident(self, delivery: Delivery, window: timedelta) -> Burst:
        """Count a delivery in with its camera's incident in its chat, or begin a new one.

        Clips belong together when each was recorded within `window` of another of them; with a window of zero this one
        stays alone, and none joins it later. Joining again changes nothing.
        """
        return await self._database.run(lambda db: _joined(db, delivery, window))

    async def incident(self, incident_id: int) -> Burst:
        """An incident as it stands. Raises LookupError for one that is not known."""
        return await self._database.run(lambda db: _incident(db, incident_id))

    async def miscounted_incidents(self, since: datetime) -> Sequence[int]:
        """The ids of incidents that went on after `since` and whose head's message does not show their count.

        None of a chat that is not authorized any more.
        """
        return await self._database.run(lambda db: _miscounted(db, since))

    async def count_shown(self, incident_id: int, count: int) -> None:
        """The head's message shows this count."""
        await self._database.run(lambda db: _count_shown(db, incident_id, count))


def lead_incident(db: sqlite_utils.Database, delivery_id: int) -> None:
    """Make a delivery that is in its chat the head of the incident it has joined, where that has none."""
    db.execute(
        "UPDATE incidents SET head_id = :id WHERE head_id IS NULL"
        " AND id = (SELECT incident_id FROM deliveries WHERE id = :id AND message_id IS NOT NULL)",
        {"id": delivery_id},
    )


def _joined(db: sqlite_utils.Database, delivery: Delivery, window: timedelta) -> Burst:
    row = next(db.query("SELECT chat_id, incident_id FROM deliveries WHERE id = ?", [delivery.id]))
    incident_id: int | None = row["incident_id"]
    if incident_id is None:
        incident_id = _found(db, row["chat_id"], delivery.clip, window) if window else None
        if incident_id is None:
            incident_id = _begun(db, row["chat_id"], delivery.clip, joinable=bool(window))
        else:
            _extend(db, incident_id, delivery.clip.recorded_at)
        db.execute("UPDATE deliveries SET incident_id = ? WHERE id = ?", [incident_id, delivery.id])
        lead_incident(db, delivery.id)
    return _incident(db, incident_id)


def _found(db: sqlite_utils.Database, chat_id: int, clip: Clip, window: timedelta) -> int | None:
    """The newest incident that a clip belongs to."""
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
    """What tells one camera from another: its id; its name where nobody knows the id."""
    return {
        "network": clip.network_id,
        "camera": clip.camera_id,
        "name": "" if clip.camera_id else text(clip.camera_name),
    }


def _extend(db: sqlite_utils.Database, incident_id: int, at: datetime) -> None:
    db.execute(
        "UPDATE incidents SET first_at = min(first_at, :at), last_at = max(last_at, :at) WHERE id = :id",
        {"at": micros(at), "id": incident_id},
    )


def _incident(db: sqlite_utils.Database, incident_id: int) -> Burst:
    row: Row | None = next(db.query("SELECT * FROM incidents WHERE id = ?", [incident_id]), None)
    if row is None:
        raise LookupError(f"there is no incident {incident_id}")
    states = {"withheld": DeliveryState.WITHHELD.value, "given_up": DeliveryState.GIVEN_UP.value}
    head = next(
        db.query(f"SELECT {COLUMNS} {JOINED} WHERE delivery.id = ?", [row["head_id"]]),
        None,
    )
    return Burst(
        id=row["id"],
        count=next(db.query(COUNT, {**states, "id": incident_id}))["count"],
        shown_count=row["shown_count"],
        head=None if head is None else delivery_from(head),
    )


def _miscounted(db: sqlite_utils.Database, since: datetime) -> list[int]:
    rows = db.query(
        "SELECT incident.id FROM incidents AS incident JOIN chats AS chat ON chat.id = incident.chat_id"
        " WHERE incident.last_at > ? AND incident.head_id IS NOT NULL AND chat.position IS NOT NULL",
        [micros(since)],
    )
    incidents = [_incident(db, row["id"]) for row in rows]
    return [each.id for each in incidents if each.count != each.shown_count]


def _count_shown(db: sqlite_utils.Database, incident_id: int, count: int) -> None:
    db.execute("UPDATE incidents SET shown_count = ? WHERE id = ?", [count, incident_id])
