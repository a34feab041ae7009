"""What is said about the bot: getMe, the command menu, names and descriptions; and getFile."""

from collections.abc import Callable
from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params, whole_number
from blinkbot.simulator.botapi.state.command_menu import Scope, needs_chat, parse_commands, scope_type
from blinkbot.simulator.botapi.state.to_json import person_json
from blinkbot.simulator.botapi.state.values import EventKind
from blinkbot.simulator.botapi.state.world import World

_PROFILE = {
    "name": ("MyName", 64),
    "description": ("MyDescription", 512),
    "short_description": ("MyShortDescription", 120),
}


def get_me(world: World, params: Params) -> dict[str, Any]:
    """The bot as a User, with what is only told to itself."""
    return person_json(world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


def get_file(world: World, params: Params) -> dict[str, Any]:
    """Where a file can be downloaded: up to 20 MB on Telegram's own server, any size on a local one."""
    media = world.files.find(params.text("file_id"))
    if media is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if world.download_limit is not None and len(media.data) > world.download_limit:
        raise bad_request("file is too big")
    return {
        "file_id": media.file_id,
        "file_unique_id": media.unique_id,
        "file_size": len(media.data),
        "file_path": world.files.path_of(media),
    }


def _scope(world: World, params: Params) -> Scope:
    given = params.object("scope")
    scope = scope_type(given)
    if given is None or not needs_chat(scope):
        return scope, 0, 0
    ref = given.get("chat_id")
    if not isinstance(ref, int | str):
        raise bad_request("chat_id is empty")
    is_name = isinstance(ref, str) and ref.startswith("@")
    chat = world.find_chat(ref if is_name else whole_number("chat_id", ref))
    return scope, chat.id, whole_number("user_id", given.get("user_id")) if scope == "chat_member" else 0


def set_my_commands(world: World, params: Params) -> bool:
    """Set the command menu of a scope."""
    commands = parse_commands(params.array("commands") or [])
    world.menu.set(_scope(world, params), params.text("language_code"), commands)
    world.record(EventKind.COMMANDS, 0)
    return True


def get_my_commands(world: World, params: Params) -> list[dict[str, str]]:
    """The command menu of exactly this scope."""
    commands = world.menu.get(_scope(world, params), params.text("language_code"))
    return [{"command": each.command, "description": each.description} for each in commands]


def delete_my_commands(world: World, params: Params) -> bool:
    """Take a scope's command menu away, so that the next wider one shows."""
    world.menu.set(_scope(world, params), params.text("language_code"), ())
    world.record(EventKind.COMMANDS, 0)
    return True


def _setter(field: str, limit: int) -> Callable[[World, Params], bool]:
    def set_profile(world: World, params: Params) -> bool:
        if len(params.text(field)) > limit:
            raise bad_request(f"{field} is too long")
        world.profile[field, params.text("language_code")] = params.text(field)
        return True

    return set_profile


def _getter(field: str) -> Callable[[World, Params], dict[str, str]]:
    def get_profile(world: World, params: Params) -> dict[str, str]:
        fallback = world.bot.first_name if field == "name" else ""
        general = world.profile.get((field, ""), fallback)
        return {field: world.profile.get((field, params.text("language_code"))) or general}

    return get_profile


HANDLERS: dict[str, Callable[[World, Params], Any]] = {
    "getMe": get_me,
    "getFile": get_file,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    **{f"set{suffix}": _setter(field, limit) for field, (suffix, limit) in _PROFILE.items()},
    **{f"get{suffix}": _getter(field) for field, (suffix, _) in _PROFILE.items()},
}
