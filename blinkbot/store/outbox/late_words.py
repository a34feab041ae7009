"""What Blink says of a clip only after it was shown: which messages do not say so yet."""

from datetime import datetime

import sqlite_utils

from blinkbot.domain import Clip
from blinkbot.domain.deliveries import Delivery, DeliveryState
from blinkbot.store.outbox.delivery_mapping import COLUMNS, JOINED, delivery_from
from blinkbot.store.sqlite.mapping import micros, row_of

WORDS = "clip.seen || '|' || clip.sentence || '|' || (clip.thumbnail IS NOT NULL)"

OUTDATED = (
    f"SELECT delivery.id {JOINED} WHERE clip.recorded_at > :since AND chat.position IS NOT NULL"
    f" AND delivery.message_id IS NOT NULL AND NOT delivery.backlog AND delivery.words <> {WORDS}"
    f" AND delivery.state IN ('{DeliveryState.WAITING}', '{DeliveryState.SENT}', '{DeliveryState.GIVEN_UP}')"
    " ORDER BY clip.recorded_at DESC, delivery.id"
)
"""What is being sent is looked at again when it is there. Messages of earlier versions have no words."""

SHOW_AGAIN = (
    f"UPDATE deliveries SET state = '{DeliveryState.WAITING}', attempts = 0, not_before = 0, finished_at = NULL"
    f" WHERE clip_key = :key AND state = '{DeliveryState.SUPPRESSED}'"
    " AND EXISTS (SELECT 1 FROM clips WHERE key = :key AND recorded_at >= :fresh_since)"
)


def words_of(clip: Clip) -> str:
    """`WORDS` of a clip as it was read: what its message says of what Blink saw, and whether it has a picture."""
    row = row_of(clip)
    return f"{row['seen']}|{row['sentence']}|{int(clip.thumbnail is not None)}"


def outdated(db: sqlite_utils.Database, since: datetime) -> list[int]:
    """The deliveries of clips recorded after `since` whose messages do not say what is known by now; newest first."""
    return [row["id"] for row in db.query(OUTDATED, {"since": micros(since)})]


def read_delivery(db: sqlite_utils.Database, delivery_id: int) -> Delivery | None:
    """A delivery with its clip as it is known now; None for one that is not kept any more."""
    row = next(db.query(f"SELECT {COLUMNS} {JOINED} WHERE delivery.id = ?", [delivery_id]), None)
    return None if row is None else delivery_from(row)


def show_again(db: sqlite_utils.Database, key: str, fresh_since: int) -> int:
    """Let the chats that were not shown a clip decide anew, now that more is known of it; returns how many."""
    return db.execute(SHOW_AGAIN, {"key": key, "fresh_since": fresh_since}).rowcount
