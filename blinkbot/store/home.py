"""The home as last seen, for answers while Blink is silent and for comparing with what comes."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

import sqlite_utils

from blinkbot.domain import Camera, Cause, Family, Home, Network, Origin, SyncModule
from blinkbot.store.sqlite.mapping import Row, micros, moment, row_of, value_from
from blinkbot.store.sqlite.repository import Repository, read_fact, write_fact
from blinkbot.store.unknown_cameras import resolve

Device = TypeVar("Device", Network, SyncModule, Camera)

UNLISTED_FOR = timedelta(days=30)
"""How long a camera that is listed nowhere is known from its newest recording."""

AFTER_REMOVAL = 600_000_000
"""Microseconds: what a camera recorded in the minutes before it was removed may be listed after that."""

UNLISTED = f"""
    SELECT clips.camera_id, clips.network_id, clips.camera_name, clips.family, cameras.model,
           max(clips.recorded_at) AS newest, sum(clips.cause = '{Cause.DOORBELL}') AS presses
    FROM clips LEFT JOIN cameras ON cameras.id = clips.camera_id
    WHERE clips.origin = '{Origin.CLOUD}' AND clips.camera_id <> 0 AND clips.recorded_at >= :since
      AND (cameras.id IS NULL OR NOT cameras.listed OR clips.recorded_at > cameras.last_seen + :slack)
    GROUP BY clips.camera_id ORDER BY clips.camera_name, clips.camera_id
"""
MODELS = {Family.CAMERA: "", Family.MINI: "owl", Family.DOORBELL: "lotus"}

SEEN_AT = "home seen at"


class HomeRepository(Repository):
    """The home as last seen."""

    async def save(self, home: Home) -> None:
        """Keep the home as seen now. What is no longer in it is kept with the time when it last was."""
        now = micros(self._clock())
        await self._database.run(lambda db: _save(db, home, now))

    async def unlisted_cameras(self) -> Sequence[Camera]:
        """The cameras that recorded lately and after they were last listed, if ever: they are hidden, not removed.

        A doorbell is known to be told by its clips alone (protocol §6).
        """
        since = micros(self._clock() - UNLISTED_FOR)
        return await self._database.run(
            lambda db: [_unlisted(row) for row in db.query(UNLISTED, {"since": since, "slack": AFTER_REMOVAL})]
        )

    async def seen_at(self) -> datetime | None:
        """When that was, None when it was never seen."""
        seen_at = await self._database.run(lambda db: read_fact(db, SEEN_AT))
        return None if seen_at is None else moment(int(seen_at))

    async def load(self) -> Home | None:
        """The home as last seen, None when it was never seen."""
        return await self._database.run(_load)


def _unlisted(row: Row) -> Camera:
    family = Family(row["family"]) if row["family"] else Family.CAMERA
    if row["presses"]:
        family = Family.DOORBELL
    return Camera(
        id=row["camera_id"],
        network_id=row["network_id"],
        name=row["camera_name"],
        family=family,
        model=row["model"] or MODELS[family],
        motion=True,
        online=True,
        listed=False,
    )


def _save(db: sqlite_utils.Database, home: Home, now: int) -> None:
    networks = [row_of(network) | {"has_siren": int(network.id in home.siren_networks)} for network in home.networks]
    _replace(db, "networks", networks, now)
    _replace(db, "sync_modules", [row_of(module) for module in home.sync_modules], now)
    _replace(db, "cameras", [row_of(camera) for camera in home.cameras], now)
    write_fact(db, SEEN_AT, str(now))
    resolve(db)


def _replace(db: sqlite_utils.Database, table: str, rows: Sequence[dict[str, object]], now: int) -> None:
    db.execute(f"UPDATE {table} SET position = NULL")
    placed = [row | {"position": position, "last_seen": now} for position, row in enumerate(rows)]
    db.table(table).upsert_all(placed, pk="id")


def _load(db: sqlite_utils.Database) -> Home | None:
    if read_fact(db, SEEN_AT) is None:
        return None
    with_siren = db.query("SELECT id FROM networks WHERE position IS NOT NULL AND has_siren")
    return Home(
        networks=_present(db, "networks", Network),
        sync_modules=_present(db, "sync_modules", SyncModule),
        cameras=_present(db, "cameras", Camera),
        siren_networks=frozenset(row["id"] for row in with_siren),
    )


def _present(db: sqlite_utils.Database, table: str, kind: type[Device]) -> tuple[Device, ...]:
    return tuple(
        value_from(kind, row) for row in db.table(table).rows_where("position IS NOT NULL", order_by="position")
    )
