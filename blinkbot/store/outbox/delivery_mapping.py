"""Deliveries as rows joined with their clips, for everything that reads the outbox."""

from blinkbot.domain import Clip
from blinkbot.domain.deliveries import DEFAULTS, Delivery, DeliveryState, Stage
from blinkbot.domain.failures import FailureReason
from blinkbot.domain.preferences import ChatAlerts, Mute
from blinkbot.store.sqlite.mapping import Row, file_from, moment, value_from

COLUMNS = (
    "clip.*, delivery.id AS delivery_id, delivery.chat_id, delivery.state, delivery.attempts, delivery.queued_at,"
    " delivery.stage, delivery.message_id, delivery.shown_at, delivery.thread_id, delivery.incident_id,"
    " delivery.backlog, delivery.told"
)
"""What `delivery_from` reads."""

JOINED = (
    "FROM deliveries AS delivery JOIN clips AS clip ON clip.key = delivery.clip_key"
    " JOIN chats AS chat ON chat.id = delivery.chat_id"
)


def delivery_from(row: Row, alerts: ChatAlerts = DEFAULTS, mutes: tuple[Mute, ...] = ()) -> Delivery:
    """The delivery of a row, with what its chat wants."""
    return Delivery(
        id=row["delivery_id"],
        clip=value_from(Clip, row),
        chat_id=row["chat_id"],
        attempts=row["attempts"],
        queued_at=moment(row["queued_at"]),
        file=file_from(row),
        photo_id=row["photo_id"],
        sheet_id=row["sheet_id"],
        stage=Stage(row["stage"]),
        message_id=row["message_id"],
        shown_at=None if row["shown_at"] is None else moment(row["shown_at"]),
        thread_id=row["thread_id"],
        burst_id=row["incident_id"],
        backlog=bool(row["backlog"]),
        alerts=alerts,
        mutes=mutes,
        state=DeliveryState(row["state"]),
        failure=FailureReason.from_json(row["told"]) if row["told"] else None,
    )
