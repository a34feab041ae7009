"""Clips on USB sticks: what a look at a stick brings, and which of it is told already by the cloud (protocol §10)."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime

import sqlite_utils

from blinkbot.domain import Clip
from blinkbot.store.clips import continue_on_stick, learn_cause, link_duplicate
from blinkbot.store.outbox.enqueue import Due, enqueue
from blinkbot.store.sqlite.mapping import micros, moment, row_of
from blinkbot.store.sqlite.repository import Repository, read_fact, write_fact
from blinkbot.store.unknown_cameras import resolve

NOTHING_YET = "nothing"
"""Stands for a stick that was empty at every look."""


class UsbClipRepository(Repository):
    """The clips on USB sticks, and how far each stick was read."""

    async def baseline_done(self, module_id: int) -> bool:
        """Whether there was a complete look at this sync module's stick before."""
        return await self._database.run(lambda db: read_fact(db, _mark_name(module_id))) is not None

    async def newest(self, module_id: int) -> datetime | None:
        """The mark that `record` was given last, None when that was none."""
        mark = await self._database.run(lambda db: read_fact(db, _mark_name(module_id)))
        return None if mark in (None, NOTHING_YET) else moment(int(mark))

    async def record(
        self,
        module_id: int,
        clips: Iterable[Clip],
        *,
        to_push: Container[str],
        chats: Sequence[int],
        newest: datetime | None,
    ) -> list[Clip]:
        """Write down one complete look at a sync module's stick, and what follows from it, in one transaction.

        A clip that is new, and no duplicate of a cloud clip (`domain.duplicates`), gets a delivery to each of `chats`
        if its key is in `to_push`, as with `ClipRepository.record`. Where the cloud clip is not finished yet, it takes
        its cause (a press of the bell, say); what was recorded on request is not delivered. What was told already
        without a video becomes this one. What the stick has no longer counts as deleted, what it has again does not: a
        stick is listed whole each time. An empty list says
        nothing about the clips of before, since a module lists nothing while its stick is not ready.
        `newest` is kept for the method of that name.

        Returns the clips that got deliveries, oldest recording first. A look that brings nothing new writes nothing to
        the disk.
        """
        seen = {clip.key: clip for clip in clips}
        now = self._clock()
        due = Due(to_push, chats, fresh_since=micros(now - self._storage.fresh_for))

        def record(db: sqlite_utils.Database) -> tuple[list[Clip], bool]:
            known = _known(db, module_id)
            _mark_gone(db, known, seen)
            new = [clip for key, clip in seen.items() if key not in known]
            taken_in = _take_in(db, new, due, micros(now))
            write_fact(db, _mark_name(module_id), NOTHING_YET if newest is None else str(micros(newest)))
            return taken_in

        pushed, _ = await self._database.run(record, after=lambda result: self._signals.set_all_if(any(result)))
        return pushed


def _mark_name(module_id: int) -> str:
    return f"usb mark {module_id}"


def _known(db: sqlite_utils.Database, module_id: int) -> dict[str, bool]:
    """The clips of a module by key, and whether each counts as deleted. One query: a stick may hold many thousands."""
    rows = db.query(
        "SELECT key, deleted FROM clips WHERE key >= :from AND key < :to",
        {"from": f"usb:{module_id}:", "to": f"usb:{module_id};"},
    )
    return {row["key"]: bool(row["deleted"]) for row in rows}


def _mark_gone(db: sqlite_utils.Database, known: dict[str, bool], seen: dict[str, Clip]) -> None:
    for key, deleted in known.items():
        gone = key not in seen
        if seen and gone is not deleted:
            db.execute("UPDATE clips SET deleted = ? WHERE key = ?", [int(gone), key])


def _take_in(db: sqlite_utils.Database, new: Sequence[Clip], due: Due, now: int) -> tuple[list[Clip], bool]:
    """What got deliveries, and whether anything is the video of what was told already."""
    db.table("clips").insert_all({**row_of(clip), "first_seen_at": now, "file_id": None} for clip in new)
    resolve(db)
    in_order = sorted(new, key=lambda clip: (clip.recorded_at, clip.key))
    others = [clip for clip in in_order if not continue_on_stick(db, clip)]
    own = [clip for clip in others if not link_duplicate(db, clip)]
    for clip in own:
        learn_cause(db, clip)
    return enqueue(db, own, due), len(others) < len(new)
