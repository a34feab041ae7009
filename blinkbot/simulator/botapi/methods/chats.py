"""getChat, getChatMember, leaveChat."""

from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.to_json import full_chat_json, member_json
from blinkbot.simulator.botapi.state.world import World


def get_chat(world: World, params: Params) -> dict[str, Any]:
    """What is known of a chat."""
    return full_chat_json(world.find_chat(params.values["chat_id"]))


def get_chat_member(world: World, params: Params) -> dict[str, Any]:
    """How a user stands in a chat."""
    chat = world.find_chat(params.values["chat_id"])
    user_id = params.required("user_id")
    person = world.bot if user_id == world.bot.id else world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return member_json(chat, person)


def leave_chat(world: World, params: Params) -> bool:
    """Leave a group."""
    chat = world.writable_chat(params.values["chat_id"])
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    world.change_bot_status(chat, "left", by=world.bot)
    return True


HANDLERS = {"getChat": get_chat, "getChatMember": get_chat_member, "leaveChat": leave_chat}
