"""Which chats have rights, and which strangers have been answered."""

from collections.abc import Sequence
from datetime import datetime

import sqlite_utils

from blinkbot.domain import Chat, Role
from blinkbot.domain.deliveries import DeliveryState, Stage
from blinkbot.ports import ChatDirectory
from blinkbot.store.sqlite.mapping import micros
from blinkbot.store.sqlite.repository import Repository, Storage

STRANGERS_KEPT = 10_000
"""More than this and the ones met first are forgotten, so that a flood of strangers cannot fill the disk."""


class ChatRepository(Repository, ChatDirectory):
    """The chats. They are read from memory, since every update asks for them, and change with each commit."""

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage)
        self._chats: dict[int, Chat] = {}

    def all(self) -> Sequence[Chat]:
        return tuple(self._chats.values())

    def find(self, chat_id: int) -> Chat | None:
        return self._chats.get(chat_id)

    async def load(self) -> None:
        """Read the chats from the file; `Store.open` has done it."""
        await self._database.run(_authorized, after=self._keep)

    async def authorize(self, chat_ids: Sequence[int]) -> Sequence[Chat]:
        """Give these chats, and no others, the rights of owners: at start, from the settings.

        A group that has become a supergroup since the settings were written is meant by its old id as well.
        What was on its way to a chat that has lost its rights is given up, device alerts too. Returns the chats.
        """
        now = micros(self._clock())
        return await self._database.run(lambda db: _authorize(db, chat_ids, now), after=self._keep)

    async def migrate(self, old: int, new: int) -> None:
        # The group's messages stay behind under the old id, out of reach: a clip that is shown there and has no video
        # yet is shown anew, bursts end, topics are forgotten.
        await self._database.run(lambda db: _migrate(db, old, new), after=self._keep)

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        await self._execute("UPDATE chats SET held_until = max(held_until, ?) WHERE id = ?", [micros(until), chat_id])

    async def set_language(self, chat_id: int, language: str | None) -> None:
        await self._database.run(lambda db: _set_language(db, chat_id, language), after=self._keep)

    async def first_meeting(self, chat_id: int) -> bool:
        now = micros(self._clock())
        return await self._database.run(lambda db: _first_meeting(db, chat_id, now))

    async def former_ids(self) -> Sequence[int]:
        return await self._database.run(
            lambda db: [row["id"] for row in db.query("SELECT id FROM chats WHERE position IS NULL ORDER BY id")]
        )

    def _keep(self, chats: Sequence[Chat]) -> None:
        self._chats = {chat.id: chat for chat in chats}
        self._signals.set_all()


def _authorized(db: sqlite_utils.Database) -> tuple[Chat, ...]:
    rows = db.query("SELECT id, role, language FROM chats WHERE position IS NOT NULL ORDER BY position")
    return tuple(Chat(row["id"], Role(row["role"]), row["language"]) for row in rows)


def _authorize(db: sqlite_utils.Database, chat_ids: Sequence[int], now: int) -> tuple[Chat, ...]:
    moved = {row["old_id"]: row["new_id"] for row in db.query("SELECT old_id, new_id FROM chat_moves")}
    wanted = list(dict.fromkeys(moved.get(chat_id, chat_id) for chat_id in chat_ids))
    db.execute("UPDATE chats SET position = NULL")
    for position, chat_id in enumerate(wanted):
        db.execute(
            "INSERT INTO chats (id, role, position) VALUES (:id, :role, :position)"
            " ON CONFLICT (id) DO UPDATE SET role = :role, position = :position",
            {"id": chat_id, "role": Role.OWNER.value, "position": position},
        )
    db.execute(
        "UPDATE deliveries SET state = ?, finished_at = ? WHERE state IN (?, ?)"
        " AND chat_id IN (SELECT id FROM chats WHERE position IS NULL)",
        [DeliveryState.GIVEN_UP.value, now, DeliveryState.WAITING.value, DeliveryState.SENDING.value],
    )
    db.execute("DELETE FROM notices WHERE chat_id IN (SELECT id FROM chats WHERE position IS NULL)")
    return _authorized(db)


def _migrate(db: sqlite_utils.Database, old: int, new: int) -> tuple[Chat, ...]:
    authorized = db.table("chats").count_where("id = ? AND position IS NOT NULL", [old])
    if authorized and old != new:
        db.execute(
            "INSERT INTO chats (id, role, position, held_until, language)"
            " SELECT :new, role, position, held_until, language FROM chats WHERE id = :old"
            " ON CONFLICT (id) DO UPDATE SET role = excluded.role,"
            " position = coalesce(position, excluded.position), held_until = max(held_until, excluded.held_until),"
            " language = coalesce(language, excluded.language)",
            {"old": old, "new": new},
        )
        _leave_messages_behind(db, old)
        # A clip that is on its way to both ids goes to the one chat once.
        db.execute("UPDATE OR IGNORE deliveries SET chat_id = :new WHERE chat_id = :old", {"old": old, "new": new})
        db.execute("DELETE FROM deliveries WHERE chat_id = ?", [old])
        for choices in ("chat_alerts", "hidden_cameras", "mutes", "notices"):
            # What the new chat has chosen already holds.
            db.execute(f"UPDATE OR IGNORE {choices} SET chat_id = ? WHERE chat_id = ?", [new, old])
            db.execute(f"DELETE FROM {choices} WHERE chat_id = ?", [old])
        db.execute("DELETE FROM chats WHERE id = ?", [old])
        # One step from any former id to the present one, and none that leads in a circle.
        db.execute("UPDATE chat_moves SET new_id = :new WHERE new_id = :old", {"old": old, "new": new})
        db.execute("DELETE FROM chat_moves WHERE old_id = ?", [new])
        db.execute("INSERT OR REPLACE INTO chat_moves (old_id, new_id) VALUES (?, ?)", [old, new])
    return _authorized(db)


def _set_language(db: sqlite_utils.Database, chat_id: int, language: str | None) -> tuple[Chat, ...]:
    db.execute("UPDATE chats SET language = ? WHERE id = ?", [language, chat_id])
    return _authorized(db)


def _leave_messages_behind(db: sqlite_utils.Database, chat_id: int) -> None:
    """What is known of a chat's messages is of no use under another id, where the same numbers mean other messages."""
    db.execute(
        "UPDATE deliveries SET stage = ?, message_id = NULL, thread_id = NULL WHERE chat_id = ? AND state IN (?, ?)",
        [Stage.NOTHING.value, chat_id, DeliveryState.WAITING.value, DeliveryState.SENDING.value],
    )
    db.execute("UPDATE deliveries SET incident_id = NULL WHERE chat_id = ?", [chat_id])
    db.execute("UPDATE incidents SET joinable = 0, head_id = NULL WHERE chat_id = ?", [chat_id])
    db.execute("UPDATE notices SET message_id = NULL WHERE chat_id = ?", [chat_id])
    db.execute("DELETE FROM topics WHERE chat_id = ?", [chat_id])


def _first_meeting(db: sqlite_utils.Database, chat_id: int, now: int) -> bool:
    first = db.execute("INSERT OR IGNORE INTO strangers (chat_id, met_at) VALUES (?, ?)", [chat_id, now]).rowcount == 1
    if first:
        db.execute(
            "DELETE FROM strangers WHERE chat_id IN"
            " (SELECT chat_id FROM strangers ORDER BY met_at DESC, rowid DESC LIMIT -1 OFFSET ?)",
            [STRANGERS_KEPT],
        )
    return first
