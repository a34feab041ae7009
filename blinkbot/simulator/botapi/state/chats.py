"""Chats as the server keeps them: members, messages, topics, and whether the bot may write."""

from dataclasses import dataclass, field

from blinkbot.simulator.botapi.protocol.errors import Refusal, bad_request, forbidden
from blinkbot.simulator.botapi.state.values import CallbackAnswer, ChatAction, ChatKind, Person, SimMessage

_RIGHTS = "can_delete_messages can_restrict_members can_change_info can_invite_users can_pin_messages can_manage_topics"
ADMIN_RIGHTS = frozenset(_RIGHTS.split())
"""The rights of an administrator, unless fewer are granted."""


@dataclass(slots=True)
class Topic:
    """A thread of a forum. A deleted one is kept, so that writing there is refused."""

    thread_id: int
    name: str
    icon_color: int
    creator: int
    closed: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Chat:
    """A chat, with the newest state of each message, deleted ones included.

    `bot_status` is member, administrator (with `bot_rights`) or kicked, which means blocked in a private chat.
    `started`: whether the person has ever pressed Start there.
    """

    id: int
    kind: ChatKind
    title: str
    members: dict[int, Person]
    started: bool = True
    bot_status: str = "member"
    bot_rights: frozenset[str] = ADMIN_RIGHTS
    is_forum: bool = False
    migrated_to: int | None = None
    messages: dict[int, SimMessage] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    actions: list[ChatAction] = field(default_factory=list)
    answers: list[CallbackAnswer] = field(default_factory=list)

    @property
    def is_private(self) -> bool:
        return self.kind is ChatKind.PRIVATE

    @property
    def bot_is_admin(self) -> bool:
        return self.bot_status == "administrator"

    def bot_may(self, right: str) -> bool:
        """Whether the bot is an administrator with this right."""
        return self.bot_is_admin and right in self.bot_rights

    def message(self, message_id: int) -> SimMessage | None:
        """A message that is still there."""
        message = self.messages.get(message_id)
        return None if message is None or message.deleted else message

    def check_writable(self) -> None:
        """Raises Refusal where the bot cannot write any more."""
        if self.migrated_to is not None:
            upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
            raise Refusal(400, upgraded, migrate_to=self.migrated_to)
        if self.is_private and self.bot_status == "kicked":
            raise forbidden("bot was blocked by the user")
        if self.is_private and not self.started:
            raise forbidden("bot can't initiate conversation with a user")
        if self.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {self.kind} chat")

    def open_topic(self, thread_id: int | None) -> Topic | None:
        """The topic to write into, None for the chat itself. Raises Refusal."""
        if thread_id is None:
            return None
        topic = self.topics.get(thread_id)
        if topic is None or topic.deleted or not self.is_forum:
            raise bad_request("message thread not found")
        if topic.closed and not self.bot_may("can_manage_topics"):
            raise bad_request("TOPIC_CLOSED")
        return topic

    def topic(self, thread_id: int) -> Topic:
        """A topic that is still there. Raises Refusal."""
        topic = self.topics.get(thread_id)
        if topic is None or topic.deleted:
            raise bad_request("TOPIC_ID_INVALID")
        return topic
