"""The state of the simulated Telegram: chats, messages, taps, and every event so far."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from blinkbot.simulator.botapi.flood import FloodControl, FloodLimits
from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.state import values
from blinkbot.simulator.botapi.state.chats import Chat, Topic
from blinkbot.simulator.botapi.state.command_menu import CommandMenu
from blinkbot.simulator.botapi.state.files import DOWNLOAD_LIMIT, FileStore
from blinkbot.simulator.botapi.state.to_json import chat_json, member_json, message_json, person_json, tap_json
from blinkbot.simulator.botapi.state.updates import UpdateQueue
from blinkbot.simulator.botapi.state.values import ChatKind, Event, EventKind, Person, SimMessage, Tap
from blinkbot.simulator.botapi.state.waiting import Waiters

QUERY_LIFETIME = timedelta(minutes=15)
"""The lifetime of a tap; the real one is not published."""

EventStream = asyncio.Queue[Event | None]
"""The events of a subscriber; None is the end."""


class World:
    """The state behind the server, without any HTTP."""

    def __init__(
        self,
        bot: Person,
        clock: Callable[[], datetime],
        limits: FloodLimits,
        upload_limit: int,
        download_limit: int | None = DOWNLOAD_LIMIT,
    ) -> None:
        self.bot = bot
        self.clock = clock
        self.waiters = Waiters()
        self.files = FileStore(upload_limit)
        self.download_limit = download_limit
        self.flood = FloodControl(limits, clock)
        self.updates = UpdateQueue(self.waiters)
        self.menu = CommandMenu()
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.events: list[Event] = []
        self.taps: dict[str, Tap] = {}
        self._streams: set[EventStream] = set()
        self._message_ids = itertools.count(1)
        self._supergroup_ids: dict[int, itertools.count[int]] = {}
        self._query_ids = itertools.count(4_000_000_000_001)

    # -- chats

    def find_chat(self, ref: int | str) -> Chat:
        """The chat with this id or @username. Raises Refusal."""
        if isinstance(ref, str):
            names = {(each.username or "").lower(): each.id for each in self.people.values()}
            ref = names.get(ref[1:].lower(), 0)
        chat = self.chats.get(ref)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, ref: int | str) -> Chat:
        """The chat with this id or @username, where the bot may write. Raises Refusal."""
        chat = self.find_chat(ref)
        chat.check_writable()
        return chat

    # -- messages

    def post(self, chat: Chat, sender: Person, *, opens_topic: bool = False, **content: Any) -> SimMessage:
        """Put a message into a chat; `content` are further fields of SimMessage."""
        message_id = self._next_id(chat)
        if opens_topic:
            content["thread_id"] = message_id
        message = SimMessage(message_id, chat.id, self.clock(), sender, **content)
        chat.messages[message.id] = message
        self.record(EventKind.SENT, chat.id, message=message)
        return message

    def revise(self, chat: Chat, message: SimMessage, **content: Any) -> SimMessage:
        """Edit a message; its earlier state is kept with it."""
        earlier = (*message.earlier, replace(message, earlier=()))
        changed = replace(message, **content, edited_at=self.clock(), revision=message.revision + 1, earlier=earlier)
        chat.messages[message.id] = changed
        self.record(EventKind.EDITED, chat.id, message=changed)
        return changed

    def delete(self, chat: Chat, message: SimMessage) -> None:
        """Delete a message for everyone."""
        gone = replace(message, deleted=True)
        chat.messages[message.id] = gone
        self.record(EventKind.DELETED, chat.id, message=gone)

    def _next_id(self, chat: Chat) -> int:
        """Private chats and groups share one count; each supergroup has its own."""
        is_super = chat.kind is ChatKind.SUPERGROUP
        return next(self._supergroup_ids.setdefault(chat.id, itertools.count(1)) if is_super else self._message_ids)

    # -- what people do reaches the bot as updates

    def tell_bot(self, chat: Chat, message: SimMessage, kind: str = "message") -> None:
        """Queue an update for a person's message."""
        self.updates.push(kind, message_json(chat, message))

    def tap(self, chat: Chat, message_id: int, person: Person, data: str) -> Tap:
        """Queue an update for a tap on a button."""
        tap = Tap(str(next(self._query_ids)), chat.id, message_id, person, data, self.clock())
        self.taps[tap.id] = tap
        self.record(EventKind.TAP, chat.id, tap=tap)
        self.updates.push("callback_query", tap_json(chat, tap))
        return tap

    def answer_tap(self, query_id: str, text: str, url: str, *, show_alert: bool) -> None:
        """Show the bot's answer to a tap. Raises Refusal when the tap is answered or too old."""
        tap = self.taps.pop(query_id, None)
        if tap is None or self.clock() - tap.at > QUERY_LIFETIME:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        answer = values.CallbackAnswer(query_id, tap.chat_id, text, show_alert, self.clock(), url)
        self.chats[tap.chat_id].answers.append(answer)
        self.record(EventKind.ANSWER, tap.chat_id, answer=answer)

    def act(self, chat: Chat, action: str, thread_id: int | None) -> None:
        """Show "typing…" or the like."""
        shown = values.ChatAction(chat.id, action, self.clock(), thread_id)
        chat.actions.append(shown)
        self.record(EventKind.ACTION, chat.id, action=shown)

    # -- events

    def record(self, kind: EventKind, chat_id: int, **what: Any) -> None:
        """Record an event, and pass it on to the waiting and the subscribed."""
        event = Event(len(self.events) + 1, kind, chat_id, self.clock(), **what)
        self.events.append(event)
        for stream in self._streams:
            stream.put_nowait(event)
        self.waiters.wake()

    def subscribe(self) -> EventStream:
        """A queue of the events from now on."""
        stream: EventStream = asyncio.Queue()
        self._streams.add(stream)
        return stream

    def unsubscribe(self, stream: EventStream) -> None:
        self._streams.discard(stream)

    def end_streams(self) -> None:
        """End the queue of every subscriber."""
        for stream in self._streams:
            stream.put_nowait(None)
        self._streams.clear()

    # -- the bot's membership, and topics

    def change_bot_status(self, chat: Chat, status: str, by: Person) -> None:
        """Block, unblock, remove or add the bot, with an update."""
        old = member_json(chat, self.bot)
        chat.bot_status = status
        self.updates.push(
            "my_chat_member",
            {
                "chat": chat_json(chat),
                "from": person_json(by),
                "date": int(self.clock().timestamp()),
                "old_chat_member": old,
                "new_chat_member": member_json(chat, self.bot),
            },
        )

    def create_topic(self, chat: Chat, by: Person, name: str, color: int) -> Topic:
        service = {"forum_topic_created": {"name": name, "icon_color": color}}
        message = self.post(chat, by, service=service, opens_topic=True)
        topic = Topic(message.id, name, color, by.id)
        chat.topics[topic.thread_id] = topic
        return topic

    def rename_topic(self, chat: Chat, by: Person, topic: Topic, name: str) -> SimMessage:
        """Rename a topic, with a service message."""
        topic.name = name
        return self.post(chat, by, service={"forum_topic_edited": {"name": name}}, thread_id=topic.thread_id)

    def set_topic_closed(self, chat: Chat, by: Person, topic: Topic, *, closed: bool) -> SimMessage:
        """Close a topic or open it again, with a service message."""
        topic.closed = closed
        service: dict[str, Any] = {"forum_topic_closed" if closed else "forum_topic_reopened": {}}
        return self.post(chat, by, service=service, thread_id=topic.thread_id)

    def delete_topic(self, chat: Chat, topic: Topic) -> None:
        """Delete a topic and its messages."""
        topic.deleted = True
        for message in list(chat.messages.values()):
            if message.thread_id == topic.thread_id and not message.deleted:
                self.delete(chat, message)
