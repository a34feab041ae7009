"""A chat as a person reads it."""

from collections.abc import Iterator

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
        """The chat's id."""
        return self._chat.id

    @property
    def title(self) -> str:
        """The name of the group, or of the person."""
        return self._chat.title

    @property
    def messages(self) -> list[SimMessage]:
        """Every message in its present state, oldest first; deleted ones are there and marked."""
        return list(self._chat.messages.values())

    @property
    def from_bot(self) -> list[SimMessage]:
        """What the bot said and is still there, oldest first."""
        return [each for each in self.messages if each.from_bot and not each.deleted and each.service is None]

    @property
    def last(self) -> SimMessage:
        """The newest message of the bot. Raises LookupError when it has said nothing."""
        said = self.from_bot
        if not said:
            raise LookupError(f"the bot has said nothing in chat {self.chat_id}")
        return said[-1]

    def now(self, message: SimMessage | int) -> SimMessage:
        """The present state of a message. Raises LookupError when there was never such a message."""
        message_id = message if isinstance(message, int) else message.id
        if message_id not in self._chat.messages:
            raise LookupError(f"no message {message_id} in chat {self.chat_id}")
        return self._chat.messages[message_id]

    def replies_to(self, message: SimMessage | int) -> list[SimMessage]:
        """The answers to a message that are still there, oldest first."""
        answered = self.now(message).id
        return [each for each in self.messages if each.reply_to == answered and not each.deleted]

    # -- what rang

    @property
    def rings(self) -> list[SimMessage]:
        """The messages with which the phone rang, as they were then, oldest first.

        An album rings once, with its first item; silent messages and edits never do.
        """
        return list(self._rings())

    def _rings(self) -> Iterator[SimMessage]:
        albums: set[str] = set()
        for event in self._world.events:
            message = event.message
            if message is None or event.kind is not EventKind.SENT or event.chat_id != self.chat_id:
                continue
            if not message.from_bot or message.silent or message.service is not None or message.album in albums:
                continue
            if message.album is not None:
                albums.add(message.album)
            yield message

    # -- albums

    @property
    def albums(self) -> list[list[SimMessage]]:
        """The albums that are there, oldest first, each as its items in order."""
        found: dict[str, list[SimMessage]] = {}
        for message in self.messages:
            if message.album is not None and not message.deleted:
                found.setdefault(message.album, []).append(message)
        return list(found.values())

    def album(self, message: SimMessage | int) -> list[SimMessage]:
        """The album that a message is part of. Raises LookupError when it is part of none."""
        wanted = self.now(message).id
        for items in self.albums:
            if any(item.id == wanted for item in items):
                return items
        raise LookupError(f"message {wanted} is in no album of chat {self.chat_id}")

    # -- what else the phone shows

    @property
    def chat_actions(self) -> list[ChatAction]:
        """Every "typing…" and the like, oldest first."""
        return list(self._chat.actions)

    @property
    def answers(self) -> list[CallbackAnswer]:
        """What was shown after taps, oldest first."""
        return list(self._chat.answers)

    @property
    def commands(self) -> tuple[Command, ...]:
        """The command menu as it shows in this chat."""
        return self._world.menu.visible_to(self._chat, self.person)

    def transcript(self) -> str:
        """The chat in plain lines, for people who read why a test failed."""
        return "\n".join(_line(message) for message in self.messages) or "(nothing)"


def _line(message: SimMessage) -> str:
    file = f"[{message.media.kind}] " if message.media else ""
    buttons = "".join(f" [{button.text}]" for row in message.buttons for button in row)
    service = f" {dict(message.service)}" if message.service else ""
    marks = "".join(
        mark
        for mark, is_so in (
            (" (silent)", message.silent),
            (f" (answers {message.reply_to})", message.reply_to is not None),
            (f" (topic {message.thread_id})", message.thread_id is not None),
            (" (deleted)", message.deleted),
        )
        if is_so
    )
    return f"  {message.id} {message.sender.first_name}: {file}{message.content}{buttons}{service}{marks}"
