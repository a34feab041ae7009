"""What becomes of deliveries.

waiting → sending → sent; or, for an alert, first shown and waiting again for its video. Or back to waiting with
`not_before`; or suppressed, since the chat does not want it; or given up with a reason. Telegram cannot be asked
whether a message arrived, so what was being sent when the program ended is sent again.
"""

from collections.abc import Mapping

import sqlite_utils

from blinkbot.domain.deliveries import Delivery, DeliveryState, StoredFile
from blinkbot.store.clip_search import set_file
from blinkbot.store.outbox.bursts import lead_burst

WAITING, SENDING, SENT, GIVEN_UP, SUPPRESSED = (state.value for state in DeliveryState)


def mark_shown(
    db: sqlite_utils.Database,
    delivery: Delivery,
    message: Mapping[str, int | str | None],
    photo_id: str | None,
    sheet_id: str | None,
) -> None:
    """The first message is in the chat; `message` has its `stage`, `message`, `thread` and `now`."""
    db.execute(
        # What was given up meanwhile, since the chat lost its rights, stays so.
        "UPDATE deliveries SET state = iif(state = :sending, :waiting, state), stage = :stage, attempts = 0,"
        " reason = '', message_id = :message, thread_id = coalesce(:thread, thread_id),"
        " shown_at = coalesce(shown_at, :now) WHERE id = :id",
        {**message, "sending": SENDING, "waiting": WAITING, "id": delivery.id},
    )
    db.execute(
        "UPDATE clips SET photo_id = coalesce(?, photo_id), sheet_id = coalesce(?, sheet_id) WHERE key = ?",
        [photo_id, sheet_id, delivery.clip.key],
    )
    lead_burst(db, delivery.id)


def mark_sent(
    db: sqlite_utils.Database, delivery: Delivery, message: Mapping[str, int | None], file: StoredFile | None
) -> None:
    """All of it is in the chat; `message` has `message`, `thread`, `shown_at` and `now`."""
    db.execute(
        "UPDATE deliveries SET state = :sent, reason = '', message_id = :message,"
        " thread_id = coalesce(:thread, thread_id), shown_at = coalesce(shown_at, :shown_at), finished_at = :now"
        " WHERE id = :id",
        {**message, "sent": SENT, "id": delivery.id},
    )
    if file is not None:
        set_file(db, delivery.clip.key, file)
    lead_burst(db, delivery.id)


def end(db: sqlite_utils.Database, delivery: Delivery, ending: Mapping[str, str | int]) -> None:
    """It will not be sent; `ending` has the `state`, its `reason`, what was `told`, and `now`."""
    db.execute(
        "UPDATE deliveries SET state = :state, reason = :reason, told = :told, finished_at = :now"
        " WHERE id = :id AND state <> :sent",
        {**ending, "id": delivery.id, "sent": SENT},
    )


def postpone(db: sqlite_utils.Database, delivery: Delivery, due: int, reason: str) -> None:
    """Back to waiting, in its stage. Does nothing when it was given up in the meantime."""
    db.execute(
        "UPDATE deliveries SET state = ?, not_before = ?, reason = ?, attempts = attempts + 1"
        " WHERE id = ? AND state = ?",
        [WAITING, due, reason, delivery.id, SENDING],
    )


def hold_chat(db: sqlite_utils.Database, chat_id: int, until: int) -> None:
    """Nothing goes to this chat before then; an earlier time than the last changes nothing."""
    db.execute("UPDATE chats SET held_until = max(held_until, ?) WHERE id = ?", [until, chat_id])


def recover(db: sqlite_utils.Database) -> int:
    """At start: what was being sent when the program ended waits again."""
    return db.execute("UPDATE deliveries SET state = ? WHERE state = ?", [WAITING, SENDING]).rowcount
