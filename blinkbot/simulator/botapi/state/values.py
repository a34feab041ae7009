"""The values of chats, messages, files and calls. Times are aware datetimes in UTC."""

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
    """The kind of a file, by its field in a message."""

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
    """A file in a message, in pixels and seconds. `thumbnail_ignored`: why a thumbnail was not taken, "" for none."""

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
    """The origin of a forwarded message."""

    sender: Person
    date: datetime


@dataclass(frozen=True, slots=True)
class SimMessage:
    """One state of a message; `revision` counts the edits, and `earlier` holds the states before, oldest first.

    `service` is a service message of Telegram ({"migrate_to_chat_id": …}). `album` is common to an album's items.
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
        """The text, or the caption of a file."""
        return self.text or self.caption

    @property
    def html(self) -> str:
        """The content as HTML that Telegram would take."""
        return to_html(self.content, self.entities)

    @property
    def at(self) -> datetime:
        """The time of this state: when it was sent, or last edited."""
        return self.edited_at or self.date

    @property
    def states(self) -> tuple["SimMessage", ...]:
        """All states, oldest first, this one at the end."""
        return (*self.earlier, self)

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def photo(self) -> bytes | None:
        return self._bytes_of(MediaKind.PHOTO)

    @property
    def video(self) -> bytes | None:
        return self._bytes_of(MediaKind.VIDEO)

    @property
    def document(self) -> bytes | None:
        return self._bytes_of(MediaKind.DOCUMENT)

    @property
    def thumbnail(self) -> bytes | None:
        return self.media.thumbnail.data if self.media and self.media.thumbnail else None

    @property
    def cover(self) -> bytes | None:
        """The picture shown until the video is played."""
        return self.media.cover.data if self.media and self.media.cover else None

    @property
    def file_id(self) -> str | None:
        return self.media.file_id if self.media else None

    def button(self, label: str) -> Button:
        """The button with this text or data. Raises LookupError, naming those there are."""
        buttons = [button for row in self.buttons for button in row]
        for button in buttons:
            if label in (button.text, button.data):
                return button
        raise LookupError(f"no button {label!r} under message {self.id}; there are {[each.text for each in buttons]}")

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
    """The answer to a tap: nothing (`text` ""), a note on top, or an alert to be closed."""

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
    """A numbered event, with the one value of its kind; COMMANDS has none, and chat 0: any menu may have changed."""

    number: int
    kind: EventKind
    chat_id: int
    at: datetime
    message: SimMessage | None = None
    action: ChatAction | None = None
    tap: Tap | None = None
    answer: CallbackAnswer | None = None
