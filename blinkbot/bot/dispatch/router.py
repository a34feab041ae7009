"""What a command's file declares: its commands, its buttons, the messages that it reads, each beside its handler."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from telegram.ext import filters

from blinkbot.bot.buttons.callback_data import Callback
from blinkbot.bot.dispatch.request import Request
from blinkbot.domain import Role
from blinkbot.translations import Sentence

T = TypeVar("T", bound=Callback)
Handle = Callable[[Request], Awaitable[None]]
HandleButton = Callable[[Request, T], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name without the slash, what it does in a line, who may use it, and its handler. `in_menu`: it is
    shown in Telegram's menu and in /help."""

    name: str
    description: Sentence
    handle: Handle
    role: Role
    in_menu: bool


@dataclass(frozen=True, slots=True)
class ButtonHandler:
    """The handler of a kind of button. See `Router.button`."""

    kind: type[Callback]
    handle: HandleButton[Any]
    apart: bool
    brief: bool


@dataclass(frozen=True, slots=True)
class MessageHandler:
    which: filters.BaseFilter
    handle: Handle


@dataclass(frozen=True, slots=True)
class Router:
    commands: list[Command] = field(default_factory=list)
    buttons: list[ButtonHandler] = field(default_factory=list)
    messages: list[MessageHandler] = field(default_factory=list)

    def command(
        self, name: str, description: Sentence, *, role: Role = Role.OWNER, in_menu: bool = True
    ) -> Callable[[Handle], Handle]:
        """Declare the handler of a command that is addressed to this bot."""

        def declare(handle: Handle) -> Handle:
            self.commands.append(Command(name, description, handle, role, in_menu))
            return handle

        return declare

    def button(
        self, kind: type[T], *, apart: bool = False, brief: bool = False
    ) -> Callable[[HandleButton[T]], HandleButton[T]]:
        """Declare the handler of a kind of button.

        The reply takes the place of the text that the button is under. With `apart` it is a new message, and the
        tapped one stays; so does every clip's, whichever button is tapped under it, and the reply answers it. With
        `brief` the handler has a moment to answer with a `Request.toast`.
        """

        def declare(handle: HandleButton[T]) -> HandleButton[T]:
            self.buttons.append(ButtonHandler(kind, handle, apart, brief))
            return handle

        return declare

    def message(self, which: filters.BaseFilter) -> Callable[[Handle], Handle]:
        def declare(handle: Handle) -> Handle:
            self.messages.append(MessageHandler(which, handle))
            return handle

        return declare
