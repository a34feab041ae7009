"""Clips become deliveries; of an event that several cameras saw, one does in each chat."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import sqlite_utils

from blinkbot.domain import Clip, Origin
from blinkbot.domain.deliveries import Delivery, DeliveryState

SAME_EVENT = (
    "(other.key = 'cloud:' || clips.same_as OR other.same_as = clips.id OR other.same_as = clips.same_as)"
    " AND other.key <> clips.key AND clips.origin = :cloud"
)

NOT_TOLD_BY_ANOTHER_CAMERA = (
    "NOT EXISTS (SELECT 1 FROM deliveries AS told JOIN clips AS other ON other.key = told.clip_key"
    f" WHERE told.chat_id = chats.id AND told.state <> '{DeliveryState.SUPPRESSED}' AND {SAME_EVENT})"
)

INSERTED = (
    "INSERT OR IGNORE INTO deliveries (clip_key, chat_id, state, queued_at, backlog)"
    " SELECT clips.key, chats.id, :waiting, clips.first_seen_at, clips.recorded_at < :fresh_since"
)

BY_ANOTHER_CAMERA = (
    f"{INSERTED} FROM clips JOIN clips AS other ON other.key = :key JOIN chats ON chats.id = :chat"
    f" WHERE {SAME_EVENT} AND NOT clips.partial AND NOT clips.deleted AND {NOT_TOLD_BY_ANOTHER_CAMERA}"
    " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE clip_key = clips.key AND chat_id = chats.id)"
    " ORDER BY clips.recorded_at, clips.key LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Due:
    """Which clips of a look are to be delivered, to which chats; those recorded before `fresh_since` (microseconds)
    as backlog."""

    to_push: Container[str]
    chats: Sequence[int]
    fresh_since: int


def enqueue(db: sqlite_utils.Database, clips: Iterable[Clip], due: Due) -> list[Clip]:
    """Put those of the clips that are due into the outbox; returns those that got deliveries, oldest first."""
    in_order = sorted(
        (clip for clip in clips if clip.key in due.to_push), key=lambda clip: (clip.recorded_at, clip.key)
    )
    return [clip for clip in in_order if _enqueue(db, clip.key, due)]


def _enqueue(db: sqlite_utils.Database, key: str, due: Due) -> int:
    """Put a clip into the outbox; returns for how many chats."""
    values = {"waiting": DeliveryState.WAITING.value, "cloud": Origin.CLOUD.value, "fresh_since": due.fresh_since}
    return sum(
        db.execute(
            f"{INSERTED} FROM clips, chats WHERE clips.key = :key AND NOT clips.deleted AND chats.position IS NOT NULL"
            " AND chats.id = coalesce((SELECT new_id FROM chat_moves WHERE old_id = :chat), :chat)"
            f" AND {NOT_TOLD_BY_ANOTHER_CAMERA}",
            {**values, "key": key, "chat": chat_id},
        ).rowcount
        for chat_id in due.chats
    )


def tell_by_another_camera(db: sqlite_utils.Database, delivery: Delivery, fresh_since: int) -> int:
    """Where another camera saw the event of a clip that its chat does not want, its clip is told there instead."""
    values = {"waiting": DeliveryState.WAITING.value, "cloud": Origin.CLOUD.value, "fresh_since": fresh_since}
    which = {"key": delivery.clip.key, "chat": delivery.chat_id}
    return db.execute(BY_ANOTHER_CAMERA, {**values, **which}).rowcount
