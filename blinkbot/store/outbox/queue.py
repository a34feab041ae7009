"""The queue of deliveries: what is urgent, what may wait for an album, and what waits for another upload."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlite_utils

from blinkbot.domain import Cause, Origin
from blinkbot.domain.deliveries import Delivery, DeliveryState, Queue, Stage
from blinkbot.store.outbox.delivery_mapping import COLUMNS, JOINED, delivery_from
from blinkbot.store.preferences import preferences_of
from blinkbot.store.sqlite.mapping import micros

FEW = 6
"""As long as no more alerts than this wait for a chat, they come in the order in which they happened; of more, the
newest first."""

CROWD = 12
KEPT_OF_CROWD = 5
"""When more than a crowd of alerts waits for a chat, all but its newest go as albums: they are too many to look at.
A press of the bell is never part of a crowd: there is a visitor at the door."""

LONGEST_DELAY = timedelta(minutes=30)
"""No delay after a failure is longer: what waits for a moment farther off began to wait before the clock was set back.
"""

LONGEST_HOLD = timedelta(minutes=5)
"""The same for a whole chat, in which the bell may ring. Telegram asks for seconds, as a rule; where it wants
more than this it says so again, and one request in five minutes is no flood."""

IN_QUEUE = {
    Queue.ALERTS: f"delivery.stage = '{Stage.NOTHING}' AND NOT delivery.backlog",
    # A video that is not whole is waited for, but not where it was deleted before that: the chat is told.
    Queue.VIDEOS: f"delivery.stage <> '{Stage.NOTHING}' AND (clip.video <> '' OR clip.origin = '{Origin.USB}')"
    " AND (NOT clip.partial OR clip.deleted)",
    Queue.BACKLOG: f"delivery.stage = '{Stage.NOTHING}' AND delivery.backlog",
}

NOT_BEHIND_AN_UPLOAD = (
    "(clip.file_id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM deliveries AS upload"
    f" WHERE upload.clip_key = clip.key AND upload.state = '{DeliveryState.SENDING}'"
    f" AND (upload.stage <> '{Stage.NOTHING}' OR upload.backlog)))"
)
"""While a clip is uploaded for one chat its others wait: when that is through, its file serves them too."""

FIRST_MESSAGE_TIMEOUT = timedelta(seconds=20)
"""How long after its picture a video waits for the first message that another chat gets: as long as the bot waits for
an answer of Telegram's, so that a chat for which none comes holds up no other for longer."""

NOT_BEHIND_A_FIRST_MESSAGE = (
    f"(clip.file_id IS NOT NULL OR clip.cause = '{Cause.DOORBELL}' OR delivery.shown_at <= :impatient"
    " OR NOT EXISTS (SELECT 1 FROM deliveries AS first WHERE first.clip_key = clip.key"
    f" AND first.state = '{DeliveryState.SENDING}' AND first.stage = '{Stage.NOTHING}'))"
)
"""For a video: a first message may be such an upload too. If it is a picture it is through in a moment; and that of a
press always is one, of who is at the door."""

WAITING = {
    queue: f"{JOINED} WHERE delivery.state = '{DeliveryState.WAITING}' AND {condition}"
    + ("" if queue is Queue.ALERTS else f" AND {NOT_BEHIND_AN_UPLOAD}")
    for queue, condition in IN_QUEUE.items()
}
"""What waits in each queue; a first message needs no video, so it waits for no upload."""

DUE = "not_before <= :now AND held_until <= :now AND chat_id NOT IN (SELECT value FROM json_each(:limited))"

NEXT_FIRST_MESSAGE = (
    f"WITH waiting AS (SELECT {COLUMNS}, chat.held_until, delivery.not_before,"
    f" clip.cause = '{Cause.DOORBELL}' AS press, count(*) OVER (PARTITION BY delivery.chat_id) > {FEW} AS crowded"
    f" {WAITING[Queue.ALERTS]})"
    f" SELECT * FROM waiting WHERE {DUE}"
    " ORDER BY press DESC, crowded, CASE WHEN crowded THEN -recorded_at ELSE recorded_at END, delivery_id LIMIT 1"
)

NEXT_VIDEO = (
    f"SELECT {COLUMNS} {WAITING[Queue.VIDEOS]} AND {DUE} AND {NOT_BEHIND_A_FIRST_MESSAGE}"
    " ORDER BY clip.recorded_at DESC, delivery.id LIMIT 1"
)

NEXT_ALBUM = (
    f"WITH due AS (SELECT {COLUMNS} {WAITING[Queue.BACKLOG]} AND {DUE})"
    " SELECT * FROM due"
    " WHERE chat_id = (SELECT chat_id FROM due ORDER BY recorded_at DESC, delivery_id LIMIT 1)"
    " ORDER BY recorded_at DESC, delivery_id LIMIT :most"
)

NEXT_DUE = {
    queue: f"SELECT min(max(delivery.not_before, chat.held_until)) AS due {waiting}"
    for queue, waiting in WAITING.items()
}

GROWN_OLD = f"SELECT delivery.id {WAITING[Queue.ALERTS]} AND clip.recorded_at < :fresh_since AND NOT clip.partial"

TOO_FAR_OFF = {
    "UPDATE chats SET held_until = :farthest WHERE held_until > :farthest": LONGEST_HOLD,
    f"UPDATE deliveries SET not_before = :farthest WHERE state = '{DeliveryState.WAITING}'"
    " AND not_before > :farthest": LONGEST_DELAY,
}

TOO_MANY = (
    "SELECT id FROM (SELECT delivery.id, count(*) OVER (PARTITION BY delivery.chat_id) AS crowd,"
    " row_number() OVER (PARTITION BY delivery.chat_id ORDER BY clip.recorded_at DESC, delivery.id DESC) AS place"
    f" {WAITING[Queue.ALERTS]} AND clip.cause <> '{Cause.DOORBELL}' AND NOT clip.partial)"
    f" WHERE crowd > {CROWD} AND place > {KEPT_OF_CROWD}"
)


def take(db: sqlite_utils.Database, query: str, now: datetime, parameters: dict[str, Any]) -> list[Delivery]:
    """The deliveries that a query finds, marked as being sent. They are of one chat."""
    impatient = micros(now - FIRST_MESSAGE_TIMEOUT)
    rows = list(db.query(query, {**parameters, "now": micros(now), "impatient": impatient}))
    if not rows:
        return []
    for row in rows:
        db.execute("UPDATE deliveries SET state = ? WHERE id = ?", [DeliveryState.SENDING.value, row["delivery_id"]])
    alerts, mutes = preferences_of(db, rows[0]["chat_id"], now)
    return [delivery_from(row | {"state": DeliveryState.SENDING.value}, alerts, mutes) for row in rows]


def limit_delays(db: sqlite_utils.Database, now: datetime) -> None:
    """Let nothing wait for as long as the clock was set back."""
    for statement, longest in TOO_FAR_OFF.items():
        db.execute(statement, {"farthest": micros(now + longest)})


def move_to_backlog(db: sqlite_utils.Database, fresh_since: int) -> int:
    """Let alerts join the backlog that are not urgent any more; returns how many."""
    return sum(
        db.execute(f"UPDATE deliveries SET backlog = 1 WHERE id IN ({those})", parameters).rowcount
        for those, parameters in ((GROWN_OLD, {"fresh_since": fresh_since}), (TOO_MANY, dict[str, int]()))
    )


def release(db: sqlite_utils.Database, taken: Sequence[Delivery]) -> None:
    """Let claimed deliveries wait again."""
    for delivery in taken:
        db.execute(
            "UPDATE deliveries SET state = ? WHERE id = ? AND state = ?",
            [DeliveryState.WAITING.value, delivery.id, DeliveryState.SENDING.value],
        )
