"""Clips: what was seen, what becomes a delivery, and what can be shown again."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlite_utils

from blinkbot.archive import ClipPage, KeptClip
from blinkbot.domain import Clip
from blinkbot.outbox import DeliveryState
from blinkbot.store.records import Records, read_fact, write_fact
from blinkbot.store.rows import Row, clip_from, clip_row, kept_clip_from, micros, moment
from blinkbot.twins import TOLERANCE, twin_of

CURSOR = "cloud cursor"
BASELINE = "cloud baseline"

PLAYABLE = "NOT {0}.partial AND (NOT {0}.deleted OR {0}.file_id IS NOT NULL)"
"""Finished, and either still at Blink or already uploaded to Telegram."""

VISIBLE = (
    PLAYABLE.format("clips") + " AND (clips.twin_of IS NULL OR NOT EXISTS "  # noqa: S608 - nothing but constants
    "(SELECT 1 FROM clips AS first WHERE first.key = clips.twin_of AND " + PLAYABLE.format("first") + "))"
)
"""What is shown: what can be played, and of two recordings of one event the one that was seen first."""

TWIN_CANDIDATES = (
    "SELECT * FROM clips WHERE recorded_at BETWEEN :from AND :to AND origin <> :origin AND NOT partial"
    " AND twin_of IS NULL AND NOT EXISTS (SELECT 1 FROM clips AS second WHERE second.twin_of = clips.key)"
)

NEWEST_OF_EACH_CAMERA = (
    "WITH ranked AS (SELECT *, row_number() OVER "  # noqa: S608 - nothing but constants
    "(PARTITION BY camera_id ORDER BY recorded_at DESC, key DESC) AS place FROM clips WHERE " + VISIBLE + ")"
    " SELECT * FROM ranked WHERE place = 1"
)


class ClipRecords(Records):
    """The part of the store that keeps clips."""

    async def record_clips(
        self, clips: Iterable[Clip], *, to_push: Container[str], chats: Sequence[int], cursor: datetime | None
    ) -> list[Clip]:
        """Write down one complete look at Blink's list, and what follows from it, in one transaction.

        A clip whose key is in `to_push` gets a delivery to each of `chats` at the moment when it is first known to
        be complete: when it is new, or when it was partial until now (also when it was partial at the very first
        look: then it was being recorded while we started, and nobody has seen it). Never at another time, so a
        clip that is listed again, was there at the first look, or is deleted, makes no delivery. A chat that has
        moved in the meantime is meant by its old id too; one that has lost its rights gets nothing.

        What is known only goes forward: a complete clip is not partial again, a deleted one not back, and an entry
        with an older `updated_at` than the known one changes nothing else. A clip whose event a USB stick has told of
        already is kept beside that and makes no delivery (`twins`). A look that brings nothing new writes
        nothing to the disk. `cursor` is the highest `updated_at` of the look, None where it was empty; it is kept
        when it is higher than the one before. Afterwards `baseline_done` holds.

        Returns the clips that got deliveries, oldest recording first.
        """
        seen = list(clips)
        now = micros(self._clock())
        return await self._database.run(lambda db: _record(db, seen, to_push, chats, cursor, now), after=self._ring_for)

    async def cursor(self) -> datetime | None:
        """The highest `updated_at` seen, None when no clip was ever seen (protocol §7)."""
        stored = await self._database.run(lambda db: read_fact(db, CURSOR))
        return None if stored is None else moment(int(stored))

    async def baseline_done(self) -> bool:
        """Whether there was a complete look before, so that what is new now happened since."""
        return await self._database.run(lambda db: read_fact(db, BASELINE)) is not None

    async def clip(self, key: str) -> KeptClip | None:
        """One clip, None when it was never known."""
        return await self._database.run(lambda db: _kept(db, key))

    async def clip_page(self, camera_id: int | None, page: int, size: int) -> ClipPage:
        """A page of the clips that can be played, newest first, of one camera or of all. Pages count from 0."""
        return await self._database.run(lambda db: _page(db, camera_id, page, size))

    async def last_clips(self) -> dict[int, Clip]:
        """Each camera's newest clip that can be played, by camera id."""
        return await self._database.run(_last_clips)

    async def remember_file(self, key: str, file_id: str) -> None:
        """Telegram's id of a clip's video, so that it is never uploaded twice."""
        await self._database.run(lambda db: set_file(db, key, file_id), after=self._ring)

    async def forget_file(self, key: str) -> None:
        """Telegram does not know the file id any more (they belong to one bot): the next send uploads again."""
        await self._database.run(lambda db: set_file(db, key, None), after=self._ring)

    def _ring_for(self, pushed: list[Clip]) -> None:
        if pushed:
            self._ring()


def set_file(db: sqlite_utils.Database, key: str, file_id: str | None) -> None:
    """Write a clip's file id."""
    db.execute("UPDATE clips SET file_id = ? WHERE key = ?", [file_id, key])


def _record(
    db: sqlite_utils.Database,
    clips: Sequence[Clip],
    to_push: Container[str],
    chats: Sequence[int],
    cursor: datetime | None,
    now: int,
) -> list[Clip]:
    finished = [clip for clip in clips if _merge(db, clip_row(clip), now)]
    own = [clip for clip in finished if not link_twin(db, clip)]
    due = sorted((clip for clip in own if clip.key in to_push), key=lambda clip: (clip.recorded_at, clip.key))
    pushed = [clip for clip in due if queue(db, clip.key, chats)]
    if cursor is not None:
        before = read_fact(db, CURSOR)
        write_fact(db, CURSOR, str(max(micros(cursor), int(before) if before else micros(cursor))))
    write_fact(db, BASELINE, "done")
    return pushed


def _merge(db: sqlite_utils.Database, seen: Row, now: int) -> bool:
    """Bring one clip up to date. True when this is the moment when it is first known to be complete."""
    known = next(db.query("SELECT * FROM clips WHERE key = ?", [seen["key"]]), None)
    if known is None:
        db.table("clips").insert({**seen, "first_seen_at": now, "file_id": None})
        return not seen["partial"] and not seen["deleted"]
    merged = _newer(known, seen)
    if changed := {name: value for name, value in merged.items() if known[name] != value}:
        db.table("clips").update(known["key"], changed)
    return bool(known["partial"]) and not merged["partial"] and not merged["deleted"]


def _newer(known: Row, seen: Row) -> dict[str, Any]:
    """The columns that hold from now on: the later entry's, except for what only goes forward."""
    stale = seen["updated_at"] < known["updated_at"]
    return {
        **{name: known[name] if stale else value for name, value in seen.items()},
        "partial": int(known["partial"] and seen["partial"]),
        "deleted": int(known["deleted"] or seen["deleted"]),
    }


def link_twin(db: sqlite_utils.Database, clip: Clip) -> bool:
    """Whether the event of a clip that has just been written down was told of by the other origin before.

    Then the two are linked, and this one is neither sent nor shown while the first can be.
    """
    around = {"from": micros(clip.recorded_at - TOLERANCE), "to": micros(clip.recorded_at + TOLERANCE)}
    candidates = [clip_from(row) for row in db.query(TWIN_CANDIDATES, {**around, "origin": str(clip.origin)})]
    first = twin_of(clip, candidates)
    if first is not None:
        db.execute("UPDATE clips SET twin_of = ? WHERE key = ?", [first.key, clip.key])
    return first is not None


def queue(db: sqlite_utils.Database, key: str, chats: Sequence[int]) -> int:
    """Put a clip into the outbox for these chats; returns for how many."""
    return sum(
        db.execute(
            "INSERT OR IGNORE INTO deliveries (clip_key, chat_id, state, queued_at)"
            " SELECT clips.key, chats.id, :waiting, clips.first_seen_at FROM clips, chats"
            " WHERE clips.key = :key AND NOT clips.deleted AND chats.position IS NOT NULL"
            " AND chats.id = coalesce((SELECT new_id FROM chat_moves WHERE old_id = :chat), :chat)",
            {"waiting": DeliveryState.WAITING.value, "key": key, "chat": chat_id},
        ).rowcount
        for chat_id in chats
    )


def _kept(db: sqlite_utils.Database, key: str) -> KeptClip | None:
    row = next(db.query("SELECT * FROM clips WHERE key = ?", [key]), None)
    return None if row is None else kept_clip_from(row)


def _page(db: sqlite_utils.Database, camera_id: int | None, page: int, size: int) -> ClipPage:
    where, which = (VISIBLE, {}) if camera_id is None else (f"{VISIBLE} AND camera_id = :camera", {"camera": camera_id})
    rows = db.table("clips").rows_where(
        where, which, order_by="recorded_at DESC, key DESC", limit=size, offset=page * size
    )
    return ClipPage(
        clips=tuple(kept_clip_from(row) for row in rows),
        page=page,
        size=size,
        total=db.table("clips").count_where(where, which),
    )


def _last_clips(db: sqlite_utils.Database) -> dict[int, Clip]:
    return {row["camera_id"]: clip_from(row) for row in db.query(NEWEST_OF_EACH_CAMERA)}
