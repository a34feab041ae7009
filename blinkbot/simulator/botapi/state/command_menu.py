"""The command menu: lists of commands by scope and language, and which of them a chat sees."""

import re
from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.values import Command, Person

MAX_COMMANDS = 100
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_WIDE_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")

Scope = tuple[str, int, int]
"""A scope's type, its chat (0 for the wide ones) and its user (0 for all)."""


def parse_commands(given: list[Any]) -> tuple[Command, ...]:
    """The commands of a call. Raises Refusal."""
    if len(given) > MAX_COMMANDS:
        raise bad_request("too many commands specified")
    return tuple(_command(each) for each in given)


def _command(given: Any) -> Command:
    if not isinstance(given, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(given.get(name), str):
            raise bad_request(f"can't parse BotCommand: can't find field \"{name}\"")
    command = given["command"].removeprefix("/")
    if not _NAME.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(given["description"].strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return Command(command, given["description"])


def scope_type(given: dict[str, Any] | None) -> str:
    """The `type` of a scope; the default where none is given. Raises Refusal."""
    name = (given or {"type": "default"}).get("type")
    if name not in (*_WIDE_SCOPES, *_CHAT_SCOPES):
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return str(name)


def needs_chat(scope: str) -> bool:
    return scope in _CHAT_SCOPES


class CommandMenu:
    """The lists that were set, by scope and language ("" for every language)."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], tuple[Command, ...]] = {}

    def set(self, scope: Scope, language: str, commands: tuple[Command, ...]) -> None:
        """Set a list, or take it away when it is empty."""
        if commands:
            self._lists[scope, language] = commands
        else:
            self._lists.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> tuple[Command, ...]:
        return self._lists.get((scope, language), ())

    def visible_to(self, chat: Chat, person: Person) -> tuple[Command, ...]:
        """The menu of a chat: the narrowest scope that has a list, in the person's language if there is one."""
        lists = (self.get(scope, each) for scope in self._scopes(chat, person) for each in (person.language, ""))
        return next(filter(None, lists), ())

    @staticmethod
    def _scopes(chat: Chat, person: Person) -> tuple[Scope, ...]:
        """Narrowest first, as documented under BotCommandScope. People here are never administrators."""
        if chat.is_private:
            return ("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)
        return (("chat_member", chat.id, person.id), ("chat", chat.id, 0), ("all_group_chats", 0, 0), ("default", 0, 0))
