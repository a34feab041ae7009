"""Device alerts on their way to chats.

An issue that begins makes an alert for each chat. When the issue has ended, each chat that was alerted hears of that
too. The tables call an issue a trouble, and an alert a notice.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlite_utils

from blinkbot.domain.deliveries import DeviceAlert, DeviceIssue, DeviceIssueKind
from blinkbot.ports import DeviceAlertOutbox
from blinkbot.store.outbox.queue import LONGEST_DELAY
from blinkbot.store.preferences import alerts_of, mutes_of, preferences_of
from blinkbot.store.sqlite.mapping import Row, micros, moment, text
from blinkbot.store.sqlite.repository import Repository

TO_TELL = (
    "FROM notices AS notice JOIN chats AS chat ON chat.id = notice.chat_id"
    " WHERE NOT notice.settled AND (notice.over_at IS NULL OR notice.told)"
)
"""What is to be sent: that it began; to a chat that knows so, that it has ended."""

NEXT = (
    f"SELECT notice.* {TO_TELL} AND notice.not_before <= :now AND chat.held_until <= :now"
    " ORDER BY coalesce(notice.over_at, notice.begun_at), notice.id LIMIT 1"
)

NEXT_DUE = f"SELECT min(max(notice.not_before, chat.held_until)) AS due {TO_TELL}"

POSTPONED = "UPDATE notices SET not_before = ?, attempts = attempts + 1 WHERE id = ?"

THESE = "kind = :kind AND device_id = :device"


class DeviceAlertRepository(Repository, DeviceAlertOutbox):
    """The device alerts. There is one sender, so none is marked as being sent: one that changes while it is sent (the
    issue has ended) is simply next again."""

    async def begin_issue(self, issue: DeviceIssue, chats: Sequence[int], since: datetime | None = None) -> bool:
        begun = micros(since or self._clock())
        return await self._database.run(lambda db: _begin(db, issue, chats, begun), after=self._signals.set_all_if)

    async def end_issue(self, issue: DeviceIssue) -> bool:
        now = micros(self._clock())
        return await self._database.run(lambda db: _end(db, issue, now), after=self._signals.set_all_if)

    async def next_due(self, now: datetime) -> DeviceAlert | None:
        self._signals.device_alerts.clear()

        def look(db: sqlite_utils.Database) -> DeviceAlert | None:
            # A next try is farther off only where the clock was set back. What a mute holds has not been tried.
            farthest = micros(now + LONGEST_DELAY)
            db.execute(
                "UPDATE notices SET not_before = :farthest"
                " WHERE NOT settled AND attempts > 0 AND not_before > :farthest",
                {"farthest": farthest},
            )
            return _next(db, now)

        return await self._database.run(look, after=self._signal_again)

    async def mark_sent(self, alert: DeviceAlert, message_id: int | None) -> None:
        await self._change(lambda db: _settle(db, alert, message_id))

    async def postpone(self, work: DeviceAlert, not_before: datetime) -> None:
        postponed = [micros(not_before), work.id]
        await self._change(lambda db: db.execute(POSTPONED, postponed).rowcount)

    async def hold(self, alert: DeviceAlert, until: datetime) -> None:
        due, now = micros(until), self._clock()
        await self._database.run(lambda db: _hold(db, alert, due, now))

    async def give_up(self, work: DeviceAlert) -> None:
        await self.mark_sent(work, None)

    async def wait_for_work(self) -> None:
        await self._signals.device_alerts.wait()

    async def next_due_at(self) -> datetime | None:
        due = await self._database.run(lambda db: next(db.query(NEXT_DUE))["due"])
        return None if due is None else moment(due)

    def _signal_again(self, found: DeviceAlert | None) -> None:
        if found is not None:
            self._signals.device_alerts.set()


def _device(issue: DeviceIssue) -> dict[str, Any]:
    return {"kind": issue.kind.value, "device": issue.device_id}


def _begin(db: sqlite_utils.Database, issue: DeviceIssue, chats: Sequence[int], begun: int) -> bool:
    new = db.execute(
        "INSERT OR IGNORE INTO troubles (kind, device_id, begun_at) VALUES (:kind, :device, :begun)",
        {**_device(issue), "begun": begun},
    ).rowcount
    if not new:
        return False
    for chat_id in chats:
        _notify(db, issue, chat_id, begun)
    return True


def _notify(db: sqlite_utils.Database, issue: DeviceIssue, chat_id: int, begun: int) -> None:
    which = {**_device(issue), "chat": chat_id}
    chat = "(SELECT coalesce((SELECT new_id FROM chat_moves WHERE old_id = :chat), :chat))"
    still_believed = db.execute(
        f"UPDATE notices SET over_at = NULL, settled = 1, attempts = 0, not_before = 0 WHERE {THESE}"
        f" AND chat_id = {chat} AND over_at IS NOT NULL AND told AND NOT settled",
        which,
    ).rowcount
    if not still_believed:
        db.execute(
            "INSERT INTO notices (chat_id, kind, device_id, name, network_id, begun_at)"
            " SELECT id, :kind, :device, :name, :network, :begun FROM chats"
            f" WHERE position IS NOT NULL AND id = {chat}",
            {**which, "name": text(issue.name), "network": issue.network_id, "begun": begun},
        )


def _end(db: sqlite_utils.Database, issue: DeviceIssue, now: int) -> bool:
    known = db.execute(f"DELETE FROM troubles WHERE {THESE}", _device(issue)).rowcount
    db.execute(
        f"UPDATE notices SET over_at = :now, settled = 0, attempts = 0, not_before = 0"
        f" WHERE {THESE} AND over_at IS NULL",
        {**_device(issue), "now": now},
    )
    return known > 0


def _next(db: sqlite_utils.Database, now: datetime) -> DeviceAlert | None:
    row = next(db.query(NEXT, {"now": micros(now)}), None)
    return None if row is None else _alert_from(db, row, now)


def _alert_from(db: sqlite_utils.Database, row: Row, now: datetime) -> DeviceAlert:
    alerts, mutes = preferences_of(db, row["chat_id"], now)
    return DeviceAlert(
        id=row["id"],
        chat_id=row["chat_id"],
        issue=DeviceIssue(DeviceIssueKind(row["kind"]), row["device_id"], row["name"], row["network_id"]),
        begun_at=moment(row["begun_at"]),
        ended_at=None if row["over_at"] is None else moment(row["over_at"]),
        message_id=row["message_id"],
        attempts=row["attempts"],
        alerts=alerts,
        mutes=mutes,
    )


def _settle(db: sqlite_utils.Database, alert: DeviceAlert, message_id: int | None) -> None:
    """An alert is settled only where it still stands as it was sent."""
    ended_at = None if alert.ended_at is None else micros(alert.ended_at)
    db.execute(
        "UPDATE notices SET told = told OR :message IS NOT NULL, message_id = coalesce(:message, message_id),"
        " settled = over_at IS :over_at, attempts = 0, not_before = 0 WHERE id = :id",
        {"message": message_id, "over_at": ended_at, "id": alert.id},
    )


def _hold(db: sqlite_utils.Database, alert: DeviceAlert, due: int, now: datetime) -> None:
    alerts, mutes = alerts_of(db, alert.chat_id), mutes_of(db, alert.chat_id, micros(now))
    # The chat may have been unmuted since the alert was read: then it is due at once.
    if alerts == alert.alerts and mutes == tuple(mute for mute in alert.mutes if mute.until > now):
        db.execute("UPDATE notices SET not_before = ?, attempts = 0 WHERE id = ?", [due, alert.id])
