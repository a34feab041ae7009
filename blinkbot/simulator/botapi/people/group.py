"""A group as its members use it."""

from collections.abc import Collection

from blinkbot.simulator.botapi.people.phone import ChatView
from blinkbot.simulator.botapi.state.chats import ADMIN_RIGHTS, Chat, Topic
from blinkbot.simulator.botapi.state.to_json import person_json
from blinkbot.simulator.botapi.state.values import ChatKind, Person, SimMessage

_SUPERGROUP_IDS = -1_000_000_000_000


class Group(ChatView):
    """A group or supergroup with the bot in it. Verbs without `by` are the first member's."""

    @property
    def members(self) -> tuple[Person, ...]:
        return tuple(self._chat.members.values())

    @property
    def topics(self) -> dict[int, str]:
        """The names of the forum's topics, by thread id."""
        return {topic.thread_id: topic.name for topic in self._chat.topics.values() if not topic.deleted}

    def migrate_to_supergroup(self) -> "Group":
        """The supergroup that it becomes, with a new id; this object goes on showing the old, closed chat."""
        old, new_id = self._chat, _SUPERGROUP_IDS + self.chat_id
        new = Chat(new_id, ChatKind.SUPERGROUP, old.title, dict(old.members), bot_status=old.bot_status)
        self._world.chats[new.id] = new
        there = self._world.post(old, self.person, service={"migrate_to_chat_id": new.id})
        self._world.tell_bot(old, there)
        here = self._world.post(new, self.person, service={"migrate_from_chat_id": old.id})
        self._world.tell_bot(new, here)
        old.migrated_to = new.id
        return Group(self._world, new, self.person)

    def remove_bot(self) -> None:
        self._world.change_bot_status(self._chat, "kicked", by=self.person)
        service = {"left_chat_member": person_json(self._world.bot)}
        self._world.post(self._chat, self.person, service=service)

    def add_bot(self, *, as_admin: bool = False, rights: Collection[str] = ADMIN_RIGHTS) -> None:
        """Add the bot, or change its rights; `rights` are those of an administrator."""
        self._chat.bot_rights = frozenset(rights)
        self._world.change_bot_status(self._chat, "administrator" if as_admin else "member", by=self.person)

    def create_topic(self, name: str) -> int:
        """Create a topic in a forum; returns its thread id."""
        return self._world.create_topic(self._chat, self.person, name, 0x6FB9F0).thread_id

    def rename_topic(self, topic: int | str, name: str) -> None:
        """Rename a topic, given by its thread id or name; the bot gets an update."""
        message = self._world.rename_topic(self._chat, self.person, self._topic(topic), name)
        self._world.tell_bot(self._chat, message)

    def close_topic(self, topic: int | str) -> None:
        """Close a topic to all but administrators; the bot gets an update."""
        self._set_closed(topic, True)

    def reopen_topic(self, topic: int | str) -> None:
        """Open a topic to all members again; the bot gets an update."""
        self._set_closed(topic, False)

    def _set_closed(self, topic: int | str, closed: bool) -> None:
        message = self._world.set_topic_closed(self._chat, self.person, self._topic(topic), closed=closed)
        self._world.tell_bot(self._chat, message)

    def delete_topic(self, topic: int | str) -> None:
        """Delete a topic with its messages, without an update."""
        self._world.delete_topic(self._chat, self._topic(topic))

    def in_topic(self, topic: int | str) -> list[SimMessage]:
        """The messages of a topic, oldest first. Raises LookupError."""
        thread_id = self._topic(topic).thread_id
        return [each for each in self.messages if each.thread_id == thread_id and not each.deleted]

    def _topic(self, wanted: int | str) -> Topic:
        for topic in self._chat.topics.values():
            if wanted in (topic.thread_id, topic.name) and not topic.deleted:
                return topic
        raise LookupError(f"no topic {wanted!r} in chat {self.chat_id}; there are {self.topics}")
