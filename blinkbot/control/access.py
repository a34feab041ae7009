"""One chat's rights, and the session that requests to Blink need."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from blinkbot.domain import Home, Role
from blinkbot.errors import NotAllowed, NotSignedIn, SessionEnded
from blinkbot.ports import ChatDirectory, HomeSource, SessionKeeper

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ChatAccess:
    """What every call of a chat is checked against, each time anew."""

    chat_id: int
    chats: ChatDirectory
    session: SessionKeeper
    on_asked: Callable[[], None]

    def check(self) -> None:
        """Raise NotAllowed unless this chat still owns the home."""
        chat = self.chats.find(self.chat_id)
        if chat is None or not chat.role.covers(Role.OWNER):
            raise NotAllowed(f"chat {self.chat_id} is no owner")

    def check_session(self) -> None:
        """Raise NotAllowed unless this chat still owns the home, NotSignedIn unless requests to Blink make sense."""
        self.check()
        if not self.session.signed_in:
            raise NotSignedIn("there is no session")

    async def request(self, answer: Awaitable[T]) -> T:
        """Blink's answer; a session that ended on the way is reported to its keeper."""
        self.on_asked()
        try:
            return await answer
        except SessionEnded as error:
            await self.session.lost(error)
            raise


async def known_home(source: HomeSource) -> Home:
    """The home as last seen; Blink is asked only where it was never seen."""
    return source.latest() or await source.refresh()
