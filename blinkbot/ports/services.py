"""Chats, the home as last seen, the session, and what owners are told."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from blinkbot.domain import Chat, Home, PinRequest
from blinkbot.errors import BlinkError

Clock = Callable[[], datetime]
"""Returns the present as an aware datetime in UTC; passed in so that tests can set it."""


class Announcer(Protocol):
    """How the watching and signing-in side says something to people, outside of any command."""

    async def pin_needed(self, request: PinRequest, asked_by: int | None = None) -> None:
        """Ask the owners, in their private chats, for the code that Blink sent; not the chat that asked for it."""

    async def sign_in_needed(self, error: BlinkError) -> None:
        """Tell the owners why polling rests until they sign in."""

    async def signed_in(self, asked_by: int | None = None) -> None:
        """Tell the chats that were asked that all is well again; not the chat that signed in."""


class ChatDirectory(Protocol):
    """The authorized chats, and the strangers that have been answered."""

    def all(self) -> Sequence[Chat]:
        """The authorized chats, in the order of the settings."""

    def find(self, chat_id: int) -> Chat | None:
        """This chat, or None for a stranger."""

    async def set_language(self, chat_id: int, language: str | None) -> None:
        """Keep the language a chat has chosen, as a code; None forgets it. Does nothing for a stranger."""

    async def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: rights, choices, deliveries and history move to its new id.

        Does nothing for a chat without rights.
        """

    async def hold_chat(self, chat_id: int, until: datetime) -> None:
        """Nothing goes to this chat before `until` (flood control); an earlier time than the last changes nothing."""

    async def first_meeting(self, chat_id: int) -> bool:
        """True once for each stranger: the one time that they get an answer."""

    async def former_ids(self) -> Sequence[int]:
        """The ids of chats that were authorized once and are not now."""


class HomeSource(Protocol):
    """The home as last seen."""

    def latest(self) -> Home | None:
        """The home as last seen, None before the first look ever."""

    @property
    def seen_at(self) -> datetime | None:
        """When that was."""

    async def recent(self, max_age: timedelta) -> Home:
        """The home as seen no longer ago than `max_age`: one look, for all who ask at the same time."""

    async def refresh(self) -> Home:
        """One look at the homescreen now."""


class SessionKeeper(Protocol):
    """Knows whether we are signed in, and what to do when we no longer are."""

    @property
    def signed_in(self) -> bool:
        """Whether requests to Blink make sense."""

    async def lost(self, error: BlinkError) -> None:
        """Blink refused to renew the session: polling rests, the owner is asked once to sign in."""
