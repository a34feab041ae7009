"""The clips, and which of them become deliveries."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlite_utils

from blinkbot.domain import Cause, Clip, Origin
from blinkbot.domain.deliveries import DeliveryState, Stage
from blinkbot.domain.duplicates import TOLERANCE, duplicate_of
from blinkbot.ports import ChatClips
from blinkbot.store.clip_search import ClipSearch, last_clips
from blinkbot.store.outbox.enqueue import Due, enqueue
from blinkbot.store.outbox.late_words import show_again
from blinkbot.store.sqlite.mapping import Row, micros, moment, row_of, value_from
from blinkbot.store.sqlite.repository import Repository, read_fact, write_fact

CURSOR = "cloud cursor"
BASELINE = "cloud baseline"
ARCHIVE = "cloud archive"
ALL_READ = "done"
"""Stands for a first look that read all there was, as every one did before; and for an archive that is complete."""

ON_REQUEST = f"cause IN ('{Cause.SNAPSHOT}', '{Cause.LIVE_VIEW}')"

AROUND = "SELECT * FROM clips WHERE recorded_at BETWEEN :from AND :to AND origin <> :origin"

DUPLICATE_CANDIDATES = (
    f"{AROUND} AND (NOT partial OR {ON_REQUEST})"
    " AND +twin_of IS NULL AND NOT EXISTS (SELECT 1 FROM clips AS second WHERE second.twin_of = clips.key)"
)
"""What is not finished has not been told, so its duplicate is told first; but for what is no alert, finished or not.

The plus keeps SQLite from looking through all clips without a duplicate, nearly all there are, not a few seconds.
"""

UNFINISHED_ALERTS = f"{AROUND} AND partial AND NOT {ON_REQUEST}"

SHOWN_WITHOUT_VIDEO = (
    f"{AROUND} AND (partial OR no_video IS NOT NULL) AND NOT deleted AND +twin_of IS NULL"
    " AND EXISTS (SELECT 1 FROM deliveries WHERE clip_key = clips.key)"
)
"""What was told before there was a video of it in the cloud: a stick may have one."""

WAITS_AGAIN = (
    f"state = iif(state = '{DeliveryState.SENT}', '{DeliveryState.WAITING}', state), attempts = 0, not_before = 0,"
    " finished_at = NULL"
)

LEARNT = (
    *("thumbnail", "seen", "sentence", "description", "same_as", "family"),
    *("network_id", "network_name", "camera_id", "camera_name"),
)
"""What comes late, or from one list alone, or stands in no tombstone; nothing is forgotten of it."""

TOLD_BY_THE_CLOUD = ("seen", "sentence", "description", "same_as", "family")
"""What a stick does not know of its clips."""


@dataclass(frozen=True, slots=True)
class ListProgress:
    """How far Blink's lists were read; all by Blink's clock.

    `baseline` is whether there was a first look, `begun_at` when that was: what was recorded before is history (None:
    all of it is known already). `cursor` is the highest `updated_at` ever seen, `newest` the latest recording.
    """

    baseline: bool
    begun_at: datetime | None
    cursor: datetime | None
    newest: datetime | None


class ClipRepository(Repository):
    """The clips, and the cursor in Blink's list of them."""

    def for_chat(self, chat_id: int) -> ChatClips:
        """The clips as one chat looks for them."""
        return ClipSearch(self._storage, chat_id)

    async def last_of_each_camera(self) -> dict[int, Clip]:
        """Each camera's newest clip that can be played, by camera id."""
        return await self._database.run(last_clips)

    async def mark_deleted(self, keys: Sequence[str]) -> None:
        """Blink has these no more. Those that Telegram has can be played all the same."""
        await self._database.run(lambda db: _mark_deleted(db, keys))

    async def record(
        self,
        clips: Iterable[Clip],
        *,
        to_push: Container[str],
        chats: Sequence[int],
        cursor: datetime | None,
        begun_at: datetime | None = None,
    ) -> list[Clip]:
        """Write down one page of Blink's list, and what follows from it, in one transaction.

        A clip whose key is in `to_push` gets a delivery to each of `chats` at the moment when it is first known to
        be complete: when it is new, or when it was partial until now (also when it was partial at the very first
        look: then it was being recorded while we started, and is news); or, while it is partial, when it is first
        known to have a picture. Not to a chat that was told of the same event by another camera's clip, unless it
        did not want that. It is an alert where it was
        recorded lately, and part of the backlog where not (`fresh_for` of `Store.open`). Never at another time, so a
        clip that is listed again, was there at the first look, or is deleted, makes no delivery. A chat that has
        moved in the meantime is meant by its old id too; one that has lost its rights gets nothing.

        What is known only goes forward: a complete clip is not partial again, a deleted one not back, and an entry
        with an older `updated_at` than the known one changes nothing else. A clip whose event was already reported by
        a USB stick is kept beside that and makes no delivery (`domain.duplicates`). A look without news writes nothing
        to the disk. `cursor` is the highest `updated_at` of a look that is complete, None before and where it was
        empty; it is kept when it is higher than the one before. `begun_at` ends the first look: it is when that began.

        Where a video appears of what was told without one, its deliveries wait for it; where Blink says more of what
        it saw, chats that were not shown it decide anew.

        Returns the clips that got deliveries, oldest recording first.
        """
        seen = list(clips)
        now = self._clock()
        due = Due(to_push, chats, fresh_since=micros(now - self._storage.fresh_for))
        pushed, _ = await self._database.run(
            lambda db: _record(db, seen, due, cursor, begun_at, micros(now)),
            after=lambda result: self._signals.set_all_if(any(result)),
        )
        return pushed

    async def progress(self) -> ListProgress:
        """How far Blink's lists were read."""
        return await self._database.run(_progress)

    async def archive_position(self) -> int | None:
        """Which page of what is older than the first look is read next, None when all of it is known."""
        return await self._database.run(_archive_position)

    async def set_archive_position(self, page: int | None) -> None:
        """Remember it."""
        await self._database.run(lambda db: write_fact(db, ARCHIVE, ALL_READ if page is None else str(page)))


def _progress(db: sqlite_utils.Database) -> ListProgress:
    baseline, cursor = read_fact(db, BASELINE), read_fact(db, CURSOR)
    newest = db.execute("SELECT max(recorded_at) FROM clips WHERE origin = ?", [Origin.CLOUD]).fetchone()[0]
    return ListProgress(
        baseline is not None,
        None if baseline in (None, ALL_READ) else moment(int(baseline)),
        None if cursor is None else moment(int(cursor)),
        None if newest is None else moment(newest),
    )


def _archive_position(db: sqlite_utils.Database) -> int | None:
    stored = read_fact(db, ARCHIVE)
    if stored is None:
        # The first look of earlier versions read everything.
        return None if read_fact(db, BASELINE) in (None, ALL_READ) else 1
    return None if stored == ALL_READ else int(stored)


def _mark_deleted(db: sqlite_utils.Database, keys: Sequence[str]) -> None:
    for key in keys:
        db.execute("UPDATE clips SET deleted = 1 WHERE key = ?", [key])


def _record(
    db: sqlite_utils.Database,
    clips: Sequence[Clip],
    due: Due,
    cursor: datetime | None,
    begun_at: datetime | None,
    now: int,
) -> tuple[list[Clip], bool]:
    """What got deliveries, and whether more became known of what has some already."""
    news: list[Clip] = []
    is_more_known = False
    for clip in clips:
        known = _known(db, clip.key)
        merged = _merge(db, known, row_of(clip), now)
        if _is_news(known, merged, due.fresh_since):
            news.append(clip)
        if known is not None:
            is_more_known |= _follow_up(db, known, merged, due.fresh_since)
    own = [clip for clip in news if not link_duplicate(db, clip)]
    pushed = enqueue(db, own, due)
    if cursor is not None:
        before = read_fact(db, CURSOR)
        write_fact(db, CURSOR, str(max(micros(cursor), int(before) if before else micros(cursor))))
    if begun_at is not None:
        write_fact(db, BASELINE, str(micros(begun_at)))
    return pushed, is_more_known


def _known(db: sqlite_utils.Database, key: str) -> Row | None:
    return next(db.query("SELECT * FROM clips WHERE key = ?", [key]), None)


def _merge(db: sqlite_utils.Database, known: Row | None, seen: Row, now: int) -> Row:
    """Bring one clip up to date: what is known of it from now on."""
    if known is None:
        db.table("clips").insert({**seen, "first_seen_at": now, "file_id": None})
        return seen
    merged = _newer(known, seen)
    if changed := {name: value for name, value in merged.items() if known[name] != value}:
        db.table("clips").update(known["key"], changed)
    return merged


def _is_news(known: Row | None, merged: Row, fresh_since: int) -> bool:
    """Whether this is the moment when it is first known to be complete, or while it is recorded, to have a picture."""
    if merged["deleted"]:
        return False
    if not merged["partial"]:
        return known is None or bool(known["partial"])
    had_picture = known is not None and known["thumbnail"] is not None
    return merged["thumbnail"] is not None and not had_picture and merged["recorded_at"] >= fresh_since


def _follow_up(db: sqlite_utils.Database, known: Row, merged: Row, fresh_since: int) -> bool:
    """Let the deliveries of a clip follow what has become known of it; whether there was anything."""
    names = ("seen", "sentence", "thumbnail", "partial", "deleted", "no_video", "video")
    if all(known[name] == merged[name] for name in names):
        return False
    key = known["key"]
    if known["no_video"] is not None and merged["no_video"] is None:
        db.execute(f"UPDATE deliveries SET {WAITS_AGAIN} WHERE clip_key = ? AND stage <> '{Stage.NOTHING}'", [key])
    if known["seen"] != merged["seen"]:
        show_again(db, key, fresh_since)
    return True


def continue_on_stick(db: sqlite_utils.Database, clip: Clip) -> bool:
    """Whether a stick's clip, just written down, is the video of an event that was told already without one.

    Then the messages that told it become this video.
    """
    told = _duplicate_among(db, SHOWN_WITHOUT_VIDEO, clip)
    if told is None:
        return False
    db.execute(f"UPDATE deliveries SET clip_key = ?, {WAITS_AGAIN} WHERE clip_key = ?", [clip.key, told.key])
    db.execute("UPDATE clips SET twin_of = ? WHERE key = ?", [clip.key, told.key])
    row = row_of(told)
    db.table("clips").update(clip.key, {name: row[name] for name in (*TOLD_BY_THE_CLOUD, "cause")})
    return True


def _newer(known: Row, seen: Row) -> dict[str, Any]:
    """The columns that hold from now on: the later entry's, except for what only goes forward.

    What one generation of the list does not tell, or no longer tells, stays as the other told it.
    """
    stale = seen["updated_at"] < known["updated_at"]
    later, earlier = (known, seen) if stale else (seen, known)
    video = later["video"] or earlier["video"]
    return {
        **{name: later[name] for name in seen},
        **{name: later[name] or earlier[name] for name in LEARNT},
        "video": video,
        "no_video": None if video else later["no_video"] or earlier["no_video"],
        "partial": int(known["partial"] and seen["partial"]),
        "deleted": int(known["deleted"] or seen["deleted"]),
    }


def link_duplicate(db: sqlite_utils.Database, clip: Clip) -> bool:
    """Whether the event of a clip that has just been written down was already reported by the other origin.

    Then the two are linked, and this one is neither sent nor shown while the first can be.
    """
    linked = next(db.query("SELECT 1 FROM clips WHERE key = ? AND twin_of IS NOT NULL", [clip.key]), None)
    if linked is not None:
        return True
    first = _duplicate_among(db, DUPLICATE_CANDIDATES, clip)
    if first is not None:
        db.execute("UPDATE clips SET twin_of = ? WHERE key = ?", [first.key, clip.key])
    return first is not None


def learn_cause(db: sqlite_utils.Database, clip: Clip) -> None:
    """Let a clip that has just been written down be what the other origin says of its event, which it has not whole.

    A stick does not tell why it has a clip: the cloud knows already that it was a press of the bell.
    """
    unfinished = _duplicate_among(db, UNFINISHED_ALERTS, clip)
    if unfinished is not None:
        db.execute("UPDATE clips SET cause = ? WHERE key = ?", [str(unfinished.cause), clip.key])


def _duplicate_among(db: sqlite_utils.Database, query: str, clip: Clip) -> Clip | None:
    """The other recording of a clip's event among what a query finds around it, None where there is none."""
    around = {"from": micros(clip.recorded_at - TOLERANCE), "to": micros(clip.recorded_at + TOLERANCE)}
    return duplicate_of(
        clip, [value_from(Clip, row) for row in db.query(query, {**around, "origin": str(clip.origin)})]
    )
