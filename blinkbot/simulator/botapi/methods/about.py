"""getMe, getFile, getChat, getChatMember, setMyCommands, deleteMyCommands."""

from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params, whole_number
from blinkbot.simulator.botapi.state.command_menu import Scope, needs_chat, parse_commands, scope_type
from blinkbot.simulator.botapi.state.to_json import file_json, full_chat_json, member_json, person_json
from blinkbot.simulator.botapi.state.values import EventKind
from blinkbot.simulator.botapi.state.world import World

_LACKING = (
    "can_read_all_group_messages supports_inline_queries can_connect_to_business has_main_web_app has_topics_enabled"
)


def get_me(world: World, params: Params) -> dict[str, Any]:
    """The bot as a User, with its abilities."""
    return person_json(world.bot) | {"can_join_groups": True} | dict.fromkeys(_LACKING.split(), False)


def get_file(world: World, params: Params) -> dict[str, Any]:
    """Where a file can be downloaded: up to 20 MB on Telegram's own server, any size on a local one."""
    media = world.files.find(params.text("file_id"))
    if media is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if world.download_limit is not None and len(media.data) > world.download_limit:
        raise bad_request("file is too big")
    return file_json(media) | {"file_path": world.files.path_of(media)}


def get_chat(world: World, params: Params) -> dict[str, Any]:
    return full_chat_json(world.find_chat(params.values["chat_id"]))


def get_chat_member(world: World, params: Params) -> dict[str, Any]:
    chat = world.find_chat(params.values["chat_id"])
    user_id = params.required("user_id")
    person = world.bot if user_id == world.bot.id else world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return member_json(chat, person)


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
    """Set the command menu of a scope; without commands (deleteMyCommands) the next wider one shows."""
    commands = parse_commands(params.array("commands") or [])
    world.menu.set(_scope(world, params), params.text("language_code"), commands)
    world.record(EventKind.COMMANDS, 0)
    return True
