"""The values of chats, messages, files and calls: frozen dataclasses.

Every change of a message makes a new `SimMessage`; the earlier ones stay in `earlier`. Times are aware datetimes in
UTC. Offsets and lengths of entities count UTF-16 units, as everywhere in Telegram.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from blinkbot.simulator.botapi.state.entities import Entity, to_html


class ChatKind(StrEnum):
    """The `type` of a chat."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class MediaKind(StrEnum):
    """What a message shows beside its words. The values are the field names in a message."""

    PHOTO = "photo"
    VIDEO = "video"
    ANIMATION = "animation"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Person:
    """A user; the bot is one too."""

    id: int
    first_name: str
    username: str | None = None
    is_bot: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it sends `data` to the bot, opens `url`, or copies `copies` to the clipboard."""

    text: str
    data: str | None = None
    url: str | None = None
    copies: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons under a message."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file in a message. `data` are the bytes as uploaded; sizes in pixels, `duration` in seconds.

    `thumbnail_ignored` says why an uploaded thumbnail was not taken ("" when it was, or when there was none): the
    real server ignores a bad one without a word.
    """

    kind: MediaKind
    file_id: str
    unique_id: str
    data: bytes = field(repr=False)
    file_name: str
    mime_type: str
    width: int = 0
    height: int = 0
    duration: int = 0
    supports_streaming: bool = False
    thumbnail: "Media | None" = None
    thumbnail_ignored: str = ""
    cover: "Media | None" = None


@dataclass(frozen=True, slots=True)
class Forwarded:
    """Where a forwarded message was first written: by whom, and when."""

    sender: Person
    date: datetime


@dataclass(frozen=True, slots=True)
class SimMessage:
    """One state of one message, as the phone shows it.

    `revision` counts the edits; `earlier` holds the states before this one, oldest first. `service` is what Telegram
    itself says in a chat ({"migrate_to_chat_id": …}), None for what people and bots say. `silent` means that the
    phone did not ring. `album` is common to the items of one album.
    """

    id: int
    chat_id: int
    date: datetime
    sender: Person
    text: str = ""
    caption: str = ""
    entities: tuple[Entity, ...] = ()
    media: Media | None = None
    buttons: Keyboard = ()
    reply_to: int | None = None
    thread_id: int | None = None
    album: str | None = None
    silent: bool = False
    protected: bool = False
    spoiler: bool = False
    caption_above: bool = False
    forwarded: Forwarded | None = None
    service: Mapping[str, Any] | None = None
    deleted: bool = False
    edited_at: datetime | None = None
    revision: int = 0
    earlier: tuple["SimMessage", ...] = field(default=(), repr=False)

    @property
    def content(self) -> str:
        """Its words: the text, or the caption of a file."""
        return self.text or self.caption

    @property
    def html(self) -> str:
        """Its words with their formatting, as HTML that Telegram would take."""
        return to_html(self.content, self.entities)

    @property
    def at(self) -> datetime:
        """When it came to be as it is here: when it was sent, or last edited."""
        return self.edited_at or self.date

    @property
    def states(self) -> tuple["SimMessage", ...]:
        """Everything it was, oldest first, and itself at the end; `at` of each tells since when."""
        return (*self.earlier, self)

    @property
    def from_bot(self) -> bool:
        """Whether the bot said it."""
        return self.sender.is_bot

    @property
    def photo(self) -> bytes | None:
        """The picture's bytes, None where there is none."""
        return self._bytes_of(MediaKind.PHOTO)

    @property
    def video(self) -> bytes | None:
        """The video's bytes, None where there is none."""
        return self._bytes_of(MediaKind.VIDEO)

    @property
    def document(self) -> bytes | None:
        """The document's bytes, None where there is none."""
        return self._bytes_of(MediaKind.DOCUMENT)

    @property
    def thumbnail(self) -> bytes | None:
        """The small picture of its file: a JPEG, None where there is none."""
        return self.media.thumbnail.data if self.media and self.media.thumbnail else None

    @property
    def cover(self) -> bytes | None:
        """The picture that stands for its video until it is played, None where the bot gave none."""
        return self.media.cover.data if self.media and self.media.cover else None

    @property
    def file_id(self) -> str | None:
        """Telegram's id of its file, None where there is none."""
        return self.media.file_id if self.media else None

    def button(self, label: str) -> Button:
        """The button with this text or data. Raises LookupError, naming those there are."""
        for row in self.buttons:
            for button in row:
                if label in (button.text, button.data):
                    return button
        there = [button.text for row in self.buttons for button in row]
        raise LookupError(f"no button {label!r} under message {self.id}; there are {there}")

    def _bytes_of(self, kind: MediaKind) -> bytes | None:
        return self.media.data if self.media and self.media.kind is kind else None


@dataclass(frozen=True, slots=True)
class ChatAction:
    """ "typing…" and the like, shown above a chat."""

    chat_id: int
    action: str
    at: datetime
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button: `id` is the callback query's."""

    id: str
    chat_id: int
    message_id: int
    person: Person
    data: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the phone shows after a tap: nothing (`text` ""), a note on top, or an alert to be closed."""

    query_id: str
    chat_id: int
    text: str
    show_alert: bool
    at: datetime
    url: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A line of the command menu."""

    command: str
    description: str


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the bot: `params` decoded, `uploads` the names of the files that came with it."""

    method: str
    params: Mapping[str, Any]
    chat_id: int | None
    at: datetime
    uploads: tuple[str, ...] = ()


class EventKind(StrEnum):
    """What can happen in a chat."""

    SENT = "sent"
    EDITED = "edited"
    DELETED = "deleted"
    ACTION = "action"
    TAP = "tap"
    ANSWER = "answer"
    COMMANDS = "commands"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `number` counts all events from 1; exactly one of the rest is set, by `kind`.

    SENT, EDITED and DELETED carry `message`; COMMANDS carries nothing and has chat 0: any
    chat's menu may have changed.
    """

    number: int
    kind: EventKind
    chat_id: int
    at: datetime
    message: SimMessage | None = None
    action: ChatAction | None = None
    tap: Tap | None = None
    answer: CallbackAnswer | None = None
