"""The clips we remember: what can be looked for, played again, and counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

import sqlite_utils

from blinkbot.domain import Cause, Clip
from blinkbot.domain.clip_search import ClipDay, ClipEvent, ClipPage, ClipQuery, KeptClip
from blinkbot.domain.deliveries import DeliveryState, StoredFile
from blinkbot.store.sqlite.mapping import clip_from, kept_clip_from, micros, moment
from blinkbot.store.sqlite.repository import Records

PLAYABLE = "NOT {0}.partial AND (NOT {0}.deleted OR {0}.file_id IS NOT NULL)"
"""Finished, and either still at Blink or already uploaded to Telegram."""

VISIBLE = (
    PLAYABLE.format("clips") + " AND (clips.twin_of IS NULL OR NOT EXISTS "  # noqa: S608 - nothing but constants
    "(SELECT 1 FROM clips AS first WHERE first.key = clips.twin_of AND " + PLAYABLE.format("first") + "))"
)
"""What is shown: what can be played, and of two recordings of one event the one that was seen first."""

NEWEST_OF_EACH_CAMERA = (
    "WITH ranked AS (SELECT *, row_number() OVER "  # noqa: S608 - nothing but constants
    "(PARTITION BY camera_id ORDER BY recorded_at DESC, key DESC) AS place FROM clips WHERE " + VISIBLE + ")"
    " SELECT * FROM ranked WHERE place = 1"
)

KEPT = (
    "SELECT clips.*, EXISTS (SELECT 1 FROM deliveries WHERE deliveries.clip_key = clips.key"  # noqa: S608 - constants
    f" AND deliveries.chat_id = :chat AND deliveries.state = '{DeliveryState.WITHHELD}') AS withheld FROM clips"
)

ZONE_STEP = timedelta(minutes=15)
"""No zone is off UTC by anything finer, so clips of one step are of one local day in every zone."""

EVENTS = (
    "SELECT clips.recorded_at, clips.camera_id, clips.camera_name, clips.network_id,"
    " (SELECT min(deliveries.shown_at) FROM deliveries"
    "  WHERE deliveries.clip_key = clips.key AND NOT deliveries.backlog) AS shown_at"
    " FROM clips WHERE clips.recorded_at >= :since AND NOT clips.partial AND clips.cause NOT IN (:snapshot, :live_view)"
    " AND NOT EXISTS (SELECT 1 FROM clips AS first WHERE first.key = clips.twin_of)"
    " ORDER BY clips.recorded_at, clips.key"
)


class ShelfRecords(Records):
    """The part of the store that finds clips again (`control.bound.ClipShelf`)."""

    async def find_clips(self, query: ClipQuery, page: int, size: int, *, chat_id: int) -> ClipPage:
        """A page of the clips that match, newest first; `withheld` is told of this chat. Pages count from 0."""
        return await self._database.run(
            lambda db: ClipPage(_found(db, query, page * size, size, chat_id), page, size, total=_count(db, query))
        )

    async def clips_from(self, query: ClipQuery, offset: int, most: int, *, chat_id: int) -> Sequence[KeptClip]:
        """Clips that match, newest first, the first `offset` of them left out; `most` at most."""
        return await self._database.run(lambda db: _found(db, query, offset, most, chat_id))

    async def clip_days(self, query: ClipQuery, zone: tzinfo) -> Sequence[ClipDay]:
        """The days of this zone on which clips match, newest first."""
        return await self._database.run(lambda db: _days(db, query, zone))

    async def clip(self, key: str, *, chat_id: int) -> KeptClip | None:
        """One clip, None when it was never known. It may be one that cannot be played."""
        return await self._database.run(lambda db: _kept(db, key, chat_id))

    async def last_clips(self) -> dict[int, Clip]:
        """Each camera's newest clip that can be played, by camera id."""
        return await self._database.run(_last_clips)

    async def happenings(self, since: datetime) -> Sequence[ClipEvent]:
        """Every event since then that was an alert, oldest first: also those that nobody can play any more."""
        return await self._database.run(lambda db: _happenings(db, since))

    async def mark_deleted(self, keys: Sequence[str]) -> None:
        """Blink has these no more. Those that Telegram has can be played all the same."""
        await self._database.run(lambda db: _mark_deleted(db, keys))

    async def remember_file(self, key: str, file: StoredFile) -> None:
        """Telegram's copy of a clip, so that it is never uploaded twice."""
        await self._database.run(lambda db: set_file(db, key, file), after=self._ring)

    async def forget_file(self, key: str) -> None:
        """Telegram does not know the clip's files any more (they belong to one bot): the next send uploads again."""
        await self._database.run(lambda db: _forget_file(db, key), after=self._ring)


def set_file(db: sqlite_utils.Database, key: str, file: StoredFile) -> None:
    """Write down Telegram's copy of a clip."""
    db.execute("UPDATE clips SET file_id = ?, file_kind = ? WHERE key = ?", [file.id, file.kind.value, key])


def _forget_file(db: sqlite_utils.Database, key: str) -> None:
    db.execute("UPDATE clips SET file_id = NULL, photo_id = NULL, sheet_id = NULL WHERE key = ?", [key])


def _mark_deleted(db: sqlite_utils.Database, keys: Sequence[str]) -> None:
    for key in keys:
        db.execute("UPDATE clips SET deleted = 1 WHERE key = ?", [key])


def _matching(query: ClipQuery) -> tuple[str, dict[str, Any]]:
    """What stands behind WHERE, and its parameters."""
    conditions, parameters = [VISIBLE], dict[str, Any]()
    if query.camera_id is not None:
        conditions.append("clips.camera_id = :camera")
        parameters["camera"] = query.camera_id
    if query.since is not None:
        conditions.append("clips.recorded_at >= :since")
        parameters["since"] = micros(query.since)
    if query.until is not None:
        conditions.append("clips.recorded_at < :until")
        parameters["until"] = micros(query.until)
    return " AND ".join(conditions), parameters


def _found(db: sqlite_utils.Database, query: ClipQuery, offset: int, most: int, chat_id: int) -> tuple[KeptClip, ...]:
    where, which = _matching(query)
    rows = db.query(
        f"{KEPT} WHERE {where} ORDER BY clips.recorded_at DESC, clips.key DESC LIMIT :most OFFSET :offset",
        {**which, "chat": chat_id, "most": most, "offset": offset},
    )
    return tuple(kept_clip_from(row) for row in rows)


def _count(db: sqlite_utils.Database, query: ClipQuery) -> int:
    return db.table("clips").count_where(*_matching(query))


def _days(db: sqlite_utils.Database, query: ClipQuery, zone: tzinfo) -> list[ClipDay]:
    where, which = _matching(query)
    step = ZONE_STEP // timedelta(microseconds=1)
    rows = db.query(
        f"SELECT recorded_at / :step AS step, count(*) AS count FROM clips WHERE {where} GROUP BY 1",  # noqa: S608
        {**which, "step": step},
    )
    counts: Counter[Any] = Counter()
    for row in rows:
        counts[moment(row["step"] * step).astimezone(zone).date()] += row["count"]
    return [ClipDay(day, counts[day]) for day in sorted(counts, reverse=True)]


def _kept(db: sqlite_utils.Database, key: str, chat_id: int) -> KeptClip | None:
    row = next(db.query(f"{KEPT} WHERE clips.key = :key", {"key": key, "chat": chat_id}), None)
    return None if row is None else kept_clip_from(row)


def _last_clips(db: sqlite_utils.Database) -> dict[int, Clip]:
    return {row["camera_id"]: clip_from(row) for row in db.query(NEWEST_OF_EACH_CAMERA)}


def _happenings(db: sqlite_utils.Database, since: datetime) -> list[ClipEvent]:
    asked_for = {"snapshot": Cause.SNAPSHOT.value, "live_view": Cause.LIVE_VIEW.value}
    return [
        ClipEvent(
            at=moment(row["recorded_at"]),
            camera_id=row["camera_id"],
            camera_name=row["camera_name"],
            network_id=row["network_id"],
            delay=None if row["shown_at"] is None else (row["shown_at"] - row["recorded_at"]) / 1_000_000,
        )
        for row in db.query(EVENTS, {**asked_for, "since": micros(since)})
    ]
