"""What each chat wants to be notified of, and what is muted in it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

import sqlite_utils

from blinkbot.domain.preferences import AlertKind, ChatAlerts, Mute, QuietHours, Scope, Target
from blinkbot.ports import ChatPreferences
from blinkbot.store.sqlite.mapping import Row, micros, moment
from blinkbot.store.sqlite.repository import ChatBound, Repository

MUTES_KEPT = timedelta(days=1)
"""How long a mute is remembered after its end: a clip recorded while it held may come late."""


class PreferenceRepository(Repository):
    """What chats have chosen."""

    def for_chat(self, chat_id: int) -> ChatPreferences:
        """The preferences of one chat."""
        return _Preferences(self._storage, chat_id)


class _Preferences(ChatBound, ChatPreferences):
    async def alerts(self) -> ChatAlerts:
        return await self._database.run(lambda db: alerts_of(db, self._chat_id))

    async def choose_alerts(self, alerts: ChatAlerts) -> None:
        await self._change(lambda db: _choose(db, self._chat_id, alerts))

    async def mutes(self) -> Sequence[Mute]:
        now = micros(self._clock())
        return await self._database.run(lambda db: mutes_of(db, self._chat_id, now))

    async def mute(self, target: Target, until: datetime) -> None:
        now, end = micros(self._clock()), micros(until)
        await self._change(lambda db: _mute(db, self._chat_id, target, now, end))

    async def unmute(self, target: Target | None) -> Sequence[Mute]:
        now = micros(self._clock())
        return await self._change(lambda db: _unmute(db, self._chat_id, target, now))


def alerts_of(db: sqlite_utils.Database, chat_id: int) -> ChatAlerts:
    """What a chat has chosen."""
    row = next(db.query("SELECT * FROM chat_alerts WHERE chat_id = ?", [chat_id]), None)
    if row is None:
        return ChatAlerts()
    hidden = db.query("SELECT camera_id FROM hidden_cameras WHERE chat_id = ?", [chat_id])
    return ChatAlerts(
        kinds=frozenset(AlertKind) - _kinds_in(row["unwanted"]),
        silent=_kinds_in(row["silent"]),
        hidden_cameras=frozenset(each["camera_id"] for each in hidden),
        sheet_first=bool(row["sheet_first"]),
        loud=bool(row["loud"]),
        quiet=_quiet_from(row),
        doorbell_in_quiet=bool(row["doorbell_in_quiet"]),
        topics=bool(row["topics"]),
    )


def mutes_of(db: sqlite_utils.Database, chat_id: int, after: int) -> tuple[Mute, ...]:
    """The mutes of a chat that end after a moment (microseconds), ending soonest first."""
    rows = db.query("SELECT * FROM mutes WHERE chat_id = ? AND until > ? ORDER BY until, rowid", [chat_id, after])
    return tuple(_mute_from(row) for row in rows)


def preferences_of(db: sqlite_utils.Database, chat_id: int, now: datetime) -> tuple[ChatAlerts, tuple[Mute, ...]]:
    """All that decides how a chat is notified: its choice, and its mutes, with those that ended lately."""
    return alerts_of(db, chat_id), mutes_of(db, chat_id, micros(now - MUTES_KEPT))


def _choose(db: sqlite_utils.Database, chat_id: int, alerts: ChatAlerts) -> None:
    row: dict[str, Any] = {
        "chat_id": chat_id,
        "unwanted": " ".join(kind.value for kind in AlertKind if kind not in alerts.kinds),
        "silent": " ".join(kind.value for kind in AlertKind if kind in alerts.silent),
        "sheet_first": int(alerts.sheet_first),
        "loud": int(alerts.loud),
        "quiet_begin": None if alerts.quiet is None else alerts.quiet.begin.isoformat(),
        "quiet_end": None if alerts.quiet is None else alerts.quiet.end.isoformat(),
        "doorbell_in_quiet": int(alerts.doorbell_in_quiet),
        "topics": int(alerts.topics),
    }
    db.table("chat_alerts").upsert(row, pk="chat_id")
    db.execute("DELETE FROM hidden_cameras WHERE chat_id = ?", [chat_id])
    db.table("hidden_cameras").insert_all({"chat_id": chat_id, "camera_id": id} for id in alerts.hidden_cameras)
    _retry_device_alerts(db, chat_id)


def _kinds_in(words: str) -> frozenset[AlertKind]:
    return frozenset(kind for kind in AlertKind if kind.value in words.split())


def _quiet_from(row: Row) -> QuietHours | None:
    if row["quiet_begin"] is None:
        return None
    return QuietHours(time.fromisoformat(row["quiet_begin"]), time.fromisoformat(row["quiet_end"]))


def _mute(db: sqlite_utils.Database, chat_id: int, target: Target, now: int, until: int) -> None:
    which = {"chat_id": chat_id, "scope": target.scope.value, "target_id": target.id}
    # What happened while an earlier mute held stays muted, where that still holds.
    standing = db.query(
        "SELECT since FROM mutes WHERE chat_id = :chat_id AND scope = :scope"
        " AND target_id = :target_id AND since <= :now AND until > :now",
        {**which, "now": now},
    )
    since = next((row["since"] for row in standing), now)
    db.table("mutes").upsert({**which, "since": since, "until": until}, pk=("chat_id", "scope", "target_id"))
    _retry_device_alerts(db, chat_id)


def _unmute(db: sqlite_utils.Database, chat_id: int, target: Target | None, now: int) -> tuple[Mute, ...]:
    ended = tuple(mute for mute in mutes_of(db, chat_id, now) if target in (None, mute.target))
    for mute in ended:
        db.execute(
            "DELETE FROM mutes WHERE chat_id = ? AND scope = ? AND target_id = ?",
            [chat_id, mute.target.scope.value, mute.target.id],
        )
    _retry_device_alerts(db, chat_id)
    return ended


def _retry_device_alerts(db: sqlite_utils.Database, chat_id: int) -> None:
    """Device alerts that were held until a mute's end are due now. Others that wait have been tried, and wait on."""
    db.execute("UPDATE notices SET not_before = 0 WHERE chat_id = ? AND NOT settled AND attempts = 0", [chat_id])


def _mute_from(row: Row) -> Mute:
    return Mute(Target(Scope(row["scope"]), row["target_id"]), moment(row["since"]), moment(row["until"]))
