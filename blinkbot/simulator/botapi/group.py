"""A group, as its members see it, and what they can do to it."""

from blinkbot.simulator.botapi.chats import Chat, Topic
from blinkbot.simulator.botapi.phone import ChatView
from blinkbot.simulator.botapi.values import ChatKind, Person
from blinkbot.simulator.botapi.wire import person_json

_SUPERGROUP_IDS = -1_000_000_000_000


class Group(ChatView):
    """A group or supergroup with the bot in it. Verbs without `by` are the first member's."""

    @property
    def members(self) -> tuple[Person, ...]:
        """The people in it."""
        return tuple(self._chat.members.values())

    @property
    def topics(self) -> dict[int, str]:
        """The names of the forum's topics that are there, by thread id."""
        return {topic.thread_id: topic.name for topic in self._chat.topics.values() if not topic.deleted}

    def migrate_to_supergroup(self) -> "Group":
        """Make it a supergroup, with a new id. This object keeps showing the old chat, which is closed now."""
        old = self._chat
        new = Chat(
            _SUPERGROUP_IDS + old.id, ChatKind.SUPERGROUP, old.title, dict(old.members), bot_status=old.bot_status
        )
        self._world.chats[new.id] = new
        there = self._world.post(old, self.person, service={"migrate_to_chat_id": new.id})
        self._world.tell_bot(old, there)
        here = self._world.post(new, self.person, service={"migrate_from_chat_id": old.id})
        self._world.tell_bot(new, here)
        old.migrated_to = new.id
        return Group(self._world, new, self.person)

    def remove_bot(self) -> None:
        """Throw the bot out; it is told so."""
        self._world.change_bot_status(self._chat, "kicked", by=self.person)
        service = {"left_chat_member": person_json(self._world.bot)}
        self._world.post(self._chat, self.person, service=service)

    def add_bot(self, *, as_admin: bool = False) -> None:
        """Let the bot in (again), or change its rights; it is told so."""
        self._world.change_bot_status(self._chat, "administrator" if as_admin else "member", by=self.person)

    def create_topic(self, name: str) -> int:
        """Make a topic in a forum; returns its thread id."""
        return self._world.create_topic(self._chat, self.person, name, 0x6FB9F0).thread_id

    def rename_topic(self, thread_id: int, name: str) -> None:
        """Rename a topic; the bot is told."""
        message = self._world.rename_topic(self._chat, self.person, self._topic(thread_id), name)
        self._world.tell_bot(self._chat, message)

    def delete_topic(self, thread_id: int) -> None:
        """Delete a topic with its messages. The bot is not told."""
        self._world.delete_topic(self._chat, self._topic(thread_id))

    def _topic(self, thread_id: int) -> Topic:
        topic = self._chat.topics.get(thread_id)
        if topic is None or topic.deleted:
            raise LookupError(f"no topic {thread_id} in chat {self.chat_id}; there are {self.topics}")
        return topic
