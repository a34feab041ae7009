"""A chat as a person reads it."""

from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.values import CallbackAnswer, ChatAction, Command, EventKind, Person, SimMessage
from blinkbot.simulator.botapi.state.world import World


class ChatHistory:
    """One chat as `person` reads it, from its beginning to now."""

    def __init__(self, world: World, chat: Chat, person: Person) -> None:
        self._world = world
        self._chat = chat
        self.person = person

    @property
    def chat_id(self) -> int:
        return self._chat.id

    @property
    def title(self) -> str:
        return self._chat.title

    @property
    def messages(self) -> list[SimMessage]:
        """The newest state of every message, oldest first, deleted ones included."""
        return list(self._chat.messages.values())

    @property
    def from_bot(self) -> list[SimMessage]:
        """The bot's messages that are not deleted, oldest first."""
        return [each for each in self.messages if each.from_bot and not each.deleted and each.service is None]

    @property
    def last(self) -> SimMessage:
        """The newest message of the bot. Raises LookupError when there is none."""
        said = self.from_bot
        if not said:
            raise LookupError(f"the bot has said nothing in chat {self.chat_id}")
        return said[-1]

    def now(self, message: SimMessage | int) -> SimMessage:
        """The newest state of a message. Raises LookupError."""
        message_id = message if isinstance(message, int) else message.id
        if message_id not in self._chat.messages:
            raise LookupError(f"no message {message_id} in chat {self.chat_id}")
        return self._chat.messages[message_id]

    def replies_to(self, message: SimMessage | int) -> list[SimMessage]:
        """The replies to a message that are not deleted, oldest first."""
        answered = self.now(message).id
        return [each for each in self.messages if each.reply_to == answered and not each.deleted]

    @property
    def rings(self) -> list[SimMessage]:
        """The messages with sound, as they were when sent; an album rings once, with its first item."""
        rang: dict[tuple[str | None, int], SimMessage] = {}
        for event in self._world.events:
            message = event.message
            if message is None or event.kind is not EventKind.SENT or event.chat_id != self.chat_id:
                continue
            if message.from_bot and not message.silent and message.service is None:
                rang.setdefault((message.album, 0 if message.album else message.id), message)
        return list(rang.values())

    @property
    def albums(self) -> list[list[SimMessage]]:
        """The albums, oldest first, each as its items in order."""
        found: dict[str, list[SimMessage]] = {}
        for message in self.messages:
            if message.album is not None and not message.deleted:
                found.setdefault(message.album, []).append(message)
        return list(found.values())

    def album(self, message: SimMessage | int) -> list[SimMessage]:
        """The album of a message. Raises LookupError when it is in none."""
        wanted = self.now(message)
        for items in self.albums:
            if wanted in items:
                return items
        raise LookupError(f"message {wanted.id} is in no album of chat {self.chat_id}")

    @property
    def chat_actions(self) -> list[ChatAction]:
        """Every "typing…" and the like, oldest first."""
        return list(self._chat.actions)

    @property
    def answers(self) -> list[CallbackAnswer]:
        return list(self._chat.answers)

    @property
    def commands(self) -> tuple[Command, ...]:
        return self._world.menu.visible_to(self._chat, self.person)

    def transcript(self) -> str:
        """The chat in plain lines, for the report of a failed test."""
        return "\n".join(_line(message) for message in self.messages) or "(nothing)"


def _line(message: SimMessage) -> str:
    file = f"[{message.media.kind}] " if message.media else ""
    buttons = "".join(f" [{button.text}]" for row in message.buttons for button in row)
    service = f" {dict(message.service)}" if message.service else ""
    silent, deleted = " (silent)" * message.silent, " (deleted)" * message.deleted
    reply = f" (answers {message.reply_to})" if message.reply_to is not None else ""
    topic = f" (topic {message.thread_id})" if message.thread_id is not None else ""
    marks = silent + reply + topic + deleted
    return f"  {message.id} {message.sender.first_name}: {file}{message.content}{buttons}{service}{marks}"
