"""Which topic of a supergroup belongs to which camera."""

from collections.abc import Sequence

import sqlite_utils

from blinkbot.domain.deliveries import ForumTopic
from blinkbot.ports import TopicStore
from blinkbot.store.sqlite.mapping import Row, text
from blinkbot.store.sqlite.repository import Repository


class ForumTopicRepository(Repository, TopicStore):
    """The forum topics that belong to cameras."""

    async def topic(self, chat_id: int, camera_id: int) -> ForumTopic | None:
        return await self._database.run(lambda db: _topic(db, chat_id, camera_id))

    async def topics(self, chat_id: int) -> Sequence[ForumTopic]:
        return await self._database.run(
            lambda db: tuple(
                _topic_from(row)
                for row in db.query("SELECT * FROM topics WHERE chat_id = ? ORDER BY camera_id", [chat_id])
            )
        )

    async def save_topic(self, topic: ForumTopic) -> None:
        await self._database.run(lambda db: _save(db, topic))

    async def forget_topic(self, chat_id: int, camera_id: int) -> None:
        await self._database.run(lambda db: _forget(db, chat_id, camera_id))


def _topic(db: sqlite_utils.Database, chat_id: int, camera_id: int) -> ForumTopic | None:
    rows = db.query("SELECT * FROM topics WHERE chat_id = ? AND camera_id = ?", [chat_id, camera_id])
    row = next(rows, None)
    return None if row is None else _topic_from(row)


def _topic_from(row: Row) -> ForumTopic:
    return ForumTopic(row["chat_id"], row["camera_id"], row["thread_id"], row["name"])


def _save(db: sqlite_utils.Database, topic: ForumTopic) -> None:
    row = {
        "chat_id": topic.chat_id,
        "camera_id": topic.camera_id,
        "thread_id": topic.thread_id,
        "name": text(topic.name),
    }
    db.table("topics").upsert(row, pk=("chat_id", "camera_id"))


def _forget(db: sqlite_utils.Database, chat_id: int, camera_id: int) -> None:
    db.execute("DELETE FROM topics WHERE chat_id = ? AND camera_id = ?", [chat_id, camera_id])
