"""The home as last seen, for answers while Blink is silent and for comparing with what comes."""

from collections.abc import Sequence
from typing import TypeVar

import sqlite_utils

from blinkbot.domain import Camera, Home, Network, SyncModule
from blinkbot.store.sqlite.mapping import micros, row_of, value_from
from blinkbot.store.sqlite.repository import Repository, read_fact, write_fact

Device = TypeVar("Device", Network, SyncModule, Camera)

SEEN_AT = "home seen at"


class HomeRepository(Repository):
    """The home as last seen."""

    async def save(self, home: Home) -> None:
        """Keep the home as seen now. What is no longer in it is kept with the time when it last was."""
        now = micros(self._clock())
        await self._database.run(lambda db: _save(db, home, now))

    async def load(self) -> Home | None:
        """The home as last seen, None when it was never seen."""
        return await self._database.run(_load)


def _save(db: sqlite_utils.Database, home: Home, now: int) -> None:
    networks = [row_of(network) | {"has_siren": int(network.id in home.siren_networks)} for network in home.networks]
    _replace(db, "networks", networks, now)
    _replace(db, "sync_modules", [row_of(module) for module in home.sync_modules], now)
    _replace(db, "cameras", [row_of(camera) for camera in home.cameras], now)
    write_fact(db, SEEN_AT, str(now))


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
