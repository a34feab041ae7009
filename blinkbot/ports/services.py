"""Who is told what, and who knows what: chats, the home as last seen, the session."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from blinkbot.domain import Chat, Health, Home, PinRequest
from blinkbot.errors import BlinkError

Clock = Callable[[], datetime]
"""Returns the present as an aware datetime in UTC; passed in so that tests can set it."""


class Announcer(Protocol):
    """How the watching and signing-in side says something to people, outside of any command."""

    async def pin_needed(self, request: PinRequest) -> None:
        """Ask the owners, in their private chats, for the code that Blink sent."""
        ...

    async def sign_in_needed(self, error: BlinkError) -> None:
        """Tell the owners why polling rests until they sign in."""
        ...

    async def signed_in(self) -> None:
        """Tell whoever was asked that all is well again."""
        ...


class HealthSource(Protocol):
    """What /status asks the watch."""

    def health(self) -> Health:
        """How polling stands now."""
        ...


class ChatDirectory(Protocol):
    """Which chats are authorized now (a group may have become a supergroup since the start)."""

    def chats(self) -> Sequence[Chat]:
        """The authorized chats."""
        ...

    def find(self, chat_id: int) -> Chat | None:
        """This chat, or None for a stranger."""
        ...

    async def set_language(self, chat_id: int, language: str | None) -> None:
        """Keep the language a chat has chosen, as a code; None forgets it."""
        ...


class HomeSource(Protocol):
    """The home as last seen."""

    def latest(self) -> Home | None:
        """The home as last seen, None before the first look ever."""
        ...

    def seen_within(self, age: timedelta) -> bool:
        """Whether this run looked at the home no longer ago than `age`."""
        ...

    async def refresh(self) -> Home:
        """One look at the homescreen now."""
        ...


class SessionKeeper(Protocol):
    """Knows whether we are signed in, and what to do when we no longer are."""

    @property
    def signed_in(self) -> bool:
        """Whether requests to Blink make sense."""
        ...

    async def lost(self, error: BlinkError) -> None:
        """Blink refused to renew the session: polling rests, the owner is asked once to sign in."""
        ...
