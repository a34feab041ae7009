"""The clips as a chat finds them again: what can be played, and what is counted."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

import sqlite_utils

from blinkbot.domain import Camera, Cause, Clip, Family, Seen
from blinkbot.domain.clip_search import PAGE_SIZE, ClipDay, ClipEvent, ClipPage, ClipQuery, KeptClip
from blinkbot.domain.deliveries import DeliveryState, StoredFile
from blinkbot.errors import Missing, NotFound
from blinkbot.ports import ChatClips
from blinkbot.store.sqlite.mapping import WORDS_APART, Row, kept_clip_from, micros, moment, value_from
from blinkbot.store.sqlite.repository import ChatBound

PLAYABLE = "NOT {0}.partial AND (NOT {0}.deleted OR {0}.file_id IS NOT NULL)"
"""Finished, and either still at Blink or already uploaded to Telegram."""

VISIBLE = (
    PLAYABLE.format("clips") + " AND (clips.twin_of IS NULL OR NOT EXISTS "
    "(SELECT 1 FROM clips AS first WHERE first.key = clips.twin_of AND " + PLAYABLE.format("first") + "))"
)
"""What is shown: what can be played, and of two recordings of one event the one that was seen first."""

NEWEST_OF_EACH_CAMERA = (
    "WITH ranked AS (SELECT *, row_number() OVER "
    "(PARTITION BY camera_id ORDER BY recorded_at DESC, key DESC) AS place FROM clips WHERE " + VISIBLE + ")"
    " SELECT * FROM ranked WHERE place = 1"
)

KEPT = (
    "SELECT clips.*, EXISTS (SELECT 1 FROM deliveries WHERE deliveries.clip_key = clips.key"
    f" AND deliveries.chat_id = :chat AND deliveries.state = '{DeliveryState.SUPPRESSED}') AS suppressed FROM clips"
)

ZONE_STEP = timedelta(minutes=15)
"""No zone is off UTC by anything finer, so clips of one step are of one local day in every zone."""

EVENTS = (
    "SELECT clips.recorded_at, clips.camera_id, clips.camera_name, clips.network_id, clips.no_video, clips.seen,"
    " (SELECT min(deliveries.shown_at) FROM deliveries"
    "  WHERE deliveries.clip_key = clips.key AND NOT deliveries.backlog) AS shown_at"
    " FROM clips WHERE clips.recorded_at >= :since AND NOT clips.partial AND clips.cause NOT IN (:snapshot, :live_view)"
    " AND NOT EXISTS (SELECT 1 FROM clips AS first WHERE first.key = clips.twin_of)"
    " ORDER BY clips.recorded_at, clips.key"
)


REPLACED = (
    "SELECT former.id FROM cameras AS former JOIN cameras AS present ON present.id = :camera"
    " WHERE former.position IS NULL AND former.network_id = present.network_id"
    " AND former.name = present.name COLLATE NOCASE"
)
"""The cameras that were removed, and whose name and place a camera has taken over."""

FORMER = """
    SELECT clips.camera_id, clips.network_id, clips.camera_name, clips.family, max(clips.recorded_at) AS newest
    FROM clips WHERE clips.camera_id <> 0 AND clips.camera_name <> '' AND NOT EXISTS (
        SELECT 1 FROM cameras WHERE cameras.position IS NOT NULL AND cameras.network_id = clips.network_id
        AND cameras.name = clips.camera_name COLLATE NOCASE)
    GROUP BY clips.network_id, clips.camera_name ORDER BY newest DESC
"""
"""Cameras by names that none has now: of those that were removed, and those that were renamed."""


class ClipSearch(ChatBound, ChatClips):
    """The clips for one chat. A clip is `suppressed` where this chat was not shown it."""

    async def page(self, query: ClipQuery, page: int, size: int = PAGE_SIZE) -> ClipPage:
        def find(db: sqlite_utils.Database) -> ClipPage:
            found = _found(db, query, page * size, size, self._chat_id)
            return ClipPage(found, page, size, total=_count(db, query))

        return await self._database.run(find)

    async def slice(self, query: ClipQuery, offset: int, most: int) -> Sequence[KeptClip]:
        return await self._database.run(lambda db: _found(db, query, offset, most, self._chat_id))

    async def days(self, query: ClipQuery, zone: tzinfo) -> Sequence[ClipDay]:
        return await self._database.run(lambda db: _days(db, query, zone))

    async def get(self, key: str) -> KeptClip:
        kept = await self._database.run(lambda db: _kept(db, key, self._chat_id))
        if kept is None:
            raise NotFound("clip", missing=Missing.CLIP)
        return kept

    async def events(self, since: datetime) -> Sequence[ClipEvent]:
        return await self._database.run(lambda db: _events(db, since))

    async def former_cameras(self) -> Sequence[Camera]:
        return await self._database.run(lambda db: [_former(row) for row in db.query(FORMER)])

    async def camera_of_message(self, message_id: int) -> int | None:
        rows = await self._database.run(
            lambda db: list(
                db.query(
                    "SELECT clips.camera_id FROM deliveries JOIN clips ON clips.key = deliveries.clip_key"
                    " WHERE deliveries.chat_id = ? AND deliveries.message_id = ? AND clips.camera_id <> 0",
                    [self._chat_id, message_id],
                )
            )
        )
        return rows[0]["camera_id"] if rows else None

    async def set_file(self, key: str, file: StoredFile) -> None:
        await self._change(lambda db: set_file(db, key, file))


def _former(row: Row) -> Camera:
    family = Family(row["family"]) if row["family"] else Family.CAMERA
    return Camera(
        row["camera_id"], row["network_id"], row["camera_name"], family, "", motion=False, online=False, listed=False
    )


def set_file(db: sqlite_utils.Database, key: str, file: StoredFile) -> None:
    """Write down Telegram's copy of a clip."""
    db.execute("UPDATE clips SET file_id = ?, file_kind = ? WHERE key = ?", [file.id, file.kind.value, key])


def forget_file(db: sqlite_utils.Database, key: str) -> None:
    """Telegram does not know the clip's files any more (they belong to one bot)."""
    db.execute("UPDATE clips SET file_id = NULL, photo_id = NULL, sheet_id = NULL WHERE key = ?", [key])


def _matching(query: ClipQuery) -> tuple[str, dict[str, Any]]:
    """What stands behind WHERE, and its parameters."""
    conditions, parameters = [VISIBLE], dict[str, Any]()
    if query.camera_id is not None:
        conditions.append(f"(clips.camera_id = :camera OR clips.camera_id IN ({REPLACED}))")
        parameters["camera"] = query.camera_id
    if query.since is not None:
        conditions.append("clips.recorded_at >= :since")
        parameters["since"] = micros(query.since)
    if query.until is not None:
        conditions.append("clips.recorded_at < :until")
        parameters["until"] = micros(query.until)
    if query.seen is not None:
        conditions.append(f"instr('{WORDS_APART}' || clips.seen || '{WORDS_APART}', :seen)")
        parameters["seen"] = f"{WORDS_APART}{query.seen}{WORDS_APART}"
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
        f"SELECT recorded_at / :step AS step, count(*) AS count FROM clips WHERE {where} GROUP BY 1",
        {**which, "step": step},
    )
    counts: Counter[Any] = Counter()
    for row in rows:
        counts[moment(row["step"] * step).astimezone(zone).date()] += row["count"]
    return [ClipDay(day, counts[day]) for day in sorted(counts, reverse=True)]


def _kept(db: sqlite_utils.Database, key: str, chat_id: int) -> KeptClip | None:
    row = next(db.query(f"{KEPT} WHERE clips.key = :key", {"key": key, "chat": chat_id}), None)
    return None if row is None else kept_clip_from(row)


def last_clips(db: sqlite_utils.Database) -> dict[int, Clip]:
    """Each camera's newest clip that can be played, by camera id."""
    return {row["camera_id"]: value_from(Clip, row) for row in db.query(NEWEST_OF_EACH_CAMERA)}


def _events(db: sqlite_utils.Database, since: datetime) -> list[ClipEvent]:
    asked_for = {"snapshot": Cause.SNAPSHOT.value, "live_view": Cause.LIVE_VIEW.value}
    return [
        ClipEvent(
            at=moment(row["recorded_at"]),
            camera_id=row["camera_id"],
            camera_name=row["camera_name"],
            network_id=row["network_id"],
            delay=None if row["shown_at"] is None else (row["shown_at"] - row["recorded_at"]) / 1_000_000,
            has_video=row["no_video"] is None,
            of_people=Seen.PERSON in row["seen"].split(WORDS_APART),
        )
        for row in db.query(EVENTS, {**asked_for, "since": micros(since)})
    ]
