"""A chat as a person uses it: writing, tapping, and waiting for the bot."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from blinkbot.simulator.botapi.people.history import ChatHistory
from blinkbot.simulator.botapi.state import values
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.content import message_text
from blinkbot.simulator.botapi.state.values import EventKind, Person, SimMessage, Tap
from blinkbot.simulator.botapi.state.world import World

T = TypeVar("T")
Wanted = str | Callable[[SimMessage], object]
"""A text that a message must contain, or a function that is true of it."""
_FORWARDED = ("text", "caption", "entities", "media", "spoiler", "caption_above")


class ChatView(ChatHistory):
    """A chat as `person` uses it; in a group `by` is another member.

    Every state of a bot's message can be waited for, even a past one. A state is handed out once, and with it the
    earlier states of the same message.
    """

    def __init__(self, world: World, chat: Chat, person: Person) -> None:
        super().__init__(world, chat, person)
        self._read_up_to = 0
        self._handed_out: dict[int, int] = {}

    # -- doing

    def say(
        self, text: str, *, by: Person | None = None, reply_to: SimMessage | None = None, thread_id: int | None = None
    ) -> SimMessage:
        """Write a message. Raises Refusal for a text that Telegram does not take."""
        plain, entities = message_text(text, "", None)
        if reply_to is not None and thread_id is None:
            thread_id = reply_to.thread_id
        reply_id = reply_to.id if reply_to else None
        return self._write(by, text=plain, entities=entities, reply_to=reply_id, thread_id=thread_id)

    def edit(self, message: SimMessage, text: str) -> SimMessage:
        plain, entities = message_text(text, "", None)
        edited = self._world.revise(self._chat, self.now(message), text=plain, entities=entities)
        if self._bot_reads(edited):
            self._world.tell_bot(self._chat, edited, "edited_message")
        return edited

    def tap(self, message: SimMessage | int, label: str, *, by: Person | None = None) -> Tap:
        """Tap the button with this text or data. Raises LookupError; ValueError for a link."""
        shown = self.now(message)
        if shown.deleted:
            raise LookupError(f"message {shown.id} is deleted")
        button = shown.button(label)
        if button.data is None:
            raise ValueError(f"button {label!r} sends nothing to the bot")
        return self.forge_tap(shown, button.data, by=by)

    def forge_tap(self, message: SimMessage | int, data: str, *, by: Person | None = None) -> Tap:
        """Send a tap with any data, as a tampered client can."""
        message_id = message if isinstance(message, int) else message.id
        return self._world.tap(self._chat, message_id, by or self.person, data)

    def delete(self, message: SimMessage) -> None:
        """Delete a message for everyone, without an update."""
        self._world.delete(self._chat, self.now(message))

    def forward(self, message: SimMessage, to: "ChatView", *, by: Person | None = None) -> SimMessage:
        """Forward a message into another chat, without its buttons."""
        original = self.now(message)
        origin = original.forwarded or values.Forwarded(original.sender, original.date)
        content = {name: getattr(original, name) for name in _FORWARDED}
        return to._write(by or self.person, forwarded=origin, **content)

    def _write(self, by: Person | None, **content: Any) -> SimMessage:
        if self._chat.bot_status == "kicked" and self._chat.is_private:
            raise RuntimeError("the bot is blocked: unblock it first")
        self._chat.started = True
        message = self._world.post(self._chat, by or self.person, **content)
        if self._bot_reads(message):
            self._world.tell_bot(self._chat, message)
        return message

    def _bot_reads(self, message: SimMessage) -> bool:
        """Whether a bot in privacy mode receives a message: in groups commands and replies to it."""
        if self._chat.is_private or self._chat.bot_is_admin:
            return True
        if self._chat.bot_status != "member":
            return False
        replied = self._chat.message(message.reply_to) if message.reply_to else None
        if replied is not None and replied.from_bot:
            return True
        own = f"@{self._world.bot.username}".lower()
        words = [word for word in message.text.split() if word.startswith("/")]
        return any("@" not in word or word.lower().endswith(own) for word in words)

    # -- waiting

    def mark_read(self) -> None:
        """Let later waits see only what comes from now on."""
        self._read_up_to = len(self._world.events)

    async def wait_for(self, wanted: Wanted, timeout: float = 10) -> SimMessage:
        """The next wanted state of any message of the bot. Raises TimeoutError."""
        matches = _matcher(wanted)
        return await self.until(lambda: self._next_state(matches), f"a message like {wanted!r}", timeout)

    async def wait_for_edit(
        self, message: SimMessage, wanted: Wanted = lambda _: True, timeout: float = 10
    ) -> SimMessage:
        """A later wanted state of this message. Raises TimeoutError."""
        matches = _matcher(wanted)

        def is_later(state: SimMessage) -> bool:
            return state.id == message.id and state.revision > message.revision and bool(matches(state))

        what = f"an edit of message {message.id} like {wanted!r}"
        return await self.until(lambda: self._next_state(is_later), what, timeout)

    async def wait_for_deletion(self, message: SimMessage, timeout: float = 10) -> SimMessage:
        """The deleted message. Raises TimeoutError."""
        what = f"the deletion of message {message.id}"
        return await self.until(lambda: self.now(message) if self.now(message).deleted else None, what, timeout)

    async def wait_for_answer(self, tap: Tap, timeout: float = 10) -> values.CallbackAnswer:
        """The bot's answer to a tap. Raises TimeoutError."""
        what = f"an answer to the tap on {tap.data!r}"
        answers = self._chat.answers
        return await self.until(lambda: next((a for a in answers if a.query_id == tap.id), None), what, timeout)

    async def wait_for_action(self, action: str, timeout: float = 10) -> values.ChatAction:
        """A "typing" or the like since `mark_read`. Raises TimeoutError."""

        def shown() -> values.ChatAction | None:
            actions = (event.action for event in self._unread() if event.chat_id == self.chat_id)
            return next((each for each in actions if each is not None and each.action == action), None)

        return await self.until(shown, f"the chat action {action!r}", timeout)

    async def until(self, look: Callable[[], T | None], what: str, timeout: float = 10) -> T:
        """The result of `look`, asked after each event, once it is not None. Raises TimeoutError, naming `what`."""
        try:
            return await self._world.waiters.until(look, timeout)
        except TimeoutError:
            shown = f"chat {self.chat_id} shows:\n{self.transcript()}"
            raise TimeoutError(f"{what} did not come within {timeout} s; {shown}") from None

    def _next_state(self, matches: Callable[[SimMessage], object]) -> SimMessage | None:
        for event in self._unread():
            state = event.message
            if state is None or event.chat_id != self.chat_id or event.kind is EventKind.DELETED:
                continue
            is_new = event.number > self._handed_out.get(state.id, 0)
            if is_new and state.from_bot and state.service is None and matches(state):
                self._handed_out[state.id] = event.number
                return state
        return None

    def _unread(self) -> Iterator[values.Event]:
        return itertools.islice(self._world.events, self._read_up_to, None)


def _matcher(wanted: Wanted) -> Callable[[SimMessage], object]:
    return (lambda message: wanted in message.content) if isinstance(wanted, str) else wanted


class Phone(ChatView):
    """A private chat with the bot."""

    def start(self) -> SimMessage:
        return self.say("/start")

    def block_bot(self) -> None:
        self._world.change_bot_status(self._chat, "kicked", by=self.person)

    def unblock_bot(self) -> None:
        self._world.change_bot_status(self._chat, "member", by=self.person)
