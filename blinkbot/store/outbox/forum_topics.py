"""Which topic of a supergroup belongs to which camera."""

from collections.abc import Sequence

from blinkbot.domain.deliveries import ForumTopic
from blinkbot.ports import TopicStore
from blinkbot.store.sqlite.mapping import text
from blinkbot.store.sqlite.repository import Repository


class ForumTopicRepository(Repository, TopicStore):
    """The forum topics that belong to cameras."""

    async def topic(self, chat_id: int, camera_id: int) -> ForumTopic | None:
        return next((topic for topic in await self.topics(chat_id) if topic.camera_id == camera_id), None)

    async def topics(self, chat_id: int) -> Sequence[ForumTopic]:
        query = "SELECT chat_id, camera_id, thread_id, name FROM topics WHERE chat_id = ? ORDER BY camera_id"
        return await self._database.run(lambda db: tuple(ForumTopic(**row) for row in db.query(query, [chat_id])))

    async def save_topic(self, topic: ForumTopic) -> None:
        await self._execute(
            "INSERT OR REPLACE INTO topics (chat_id, camera_id, thread_id, name) VALUES (?, ?, ?, ?)",
            [topic.chat_id, topic.camera_id, topic.thread_id, text(topic.name)],
        )

    async def forget_topic(self, chat_id: int, camera_id: int) -> None:
        await self._execute("DELETE FROM topics WHERE chat_id = ? AND camera_id = ?", [chat_id, camera_id])
