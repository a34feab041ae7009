"""deleteMessage, deleteMessages."""

from datetime import timedelta

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.values import SimMessage
from blinkbot.simulator.botapi.state.world import World

DELETABLE_FOR = timedelta(hours=48)
_MAX_AT_ONCE = 100


def _check_deletable(world: World, chat: Chat, message: SimMessage) -> None:
    if world.clock() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    if not chat.is_private and message.sender != world.bot and not chat.bot_may("can_delete_messages"):
        raise bad_request("message can't be deleted")


def delete_message(world: World, params: Params) -> bool:
    """Delete one message, for everyone; people's messages too where the bot may."""
    chat = world.writable_chat(params.values["chat_id"])
    message = chat.message(params.required("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, chat, message)
    world.delete(chat, message)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """Delete up to 100 messages; those that are not there are passed over."""
    chat = world.writable_chat(params.values["chat_id"])
    ids = params.array("message_ids") or []
    if not 1 <= len(ids) <= _MAX_AT_ONCE or not all(isinstance(each, int) for each in ids):
        raise bad_request("message identifiers are not specified")
    messages = [message for each in ids if (message := chat.message(each)) is not None]
    for message in messages:
        _check_deletable(world, chat, message)
    for message in messages:
        world.delete(chat, message)
    return True


HANDLERS = {"deleteMessage": delete_message, "deleteMessages": delete_messages}
