"""editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup, deleteMessage."""

from datetime import timedelta
from typing import Any

from blinkbot.simulator.botapi.methods.sending import input_media
from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params, missing
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.content import caption, message_text
from blinkbot.simulator.botapi.state.keyboards import parse_markup
from blinkbot.simulator.botapi.state.to_json import message_json
from blinkbot.simulator.botapi.state.values import MediaKind, SimMessage
from blinkbot.simulator.botapi.state.world import World

DELETABLE_FOR = timedelta(hours=48)
_IN_ALBUMS = {MediaKind.PHOTO, MediaKind.VIDEO}
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def _target(world: World, params: Params) -> tuple[Chat, SimMessage]:
    """The bot's own message that is to be edited. Raises Refusal."""
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in params.values:
        raise missing("chat_id")
    chat = world.writable_chat(params.values["chat_id"])
    message = chat.message(params.required("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != world.bot or message.service is not None or message.forwarded is not None:
        raise bad_request("message can't be edited")
    return chat, message


def _edit(world: World, chat: Chat, message: SimMessage, params: Params, **content: Any) -> dict[str, Any]:
    """Edit the message; without a keyboard the old one goes. Raises Refusal."""
    changes = content | {"buttons": parse_markup(params.object("reply_markup"))}
    if all(getattr(message, name) == value for name, value in changes.items()):
        raise bad_request(_NOT_MODIFIED)
    world.flood.admit_edit(chat.id)
    return message_json(chat, world.revise(chat, message, **changes))


def edit_text(world: World, params: Params) -> dict[str, Any]:
    text, entities = message_text(params.text("text"), params.text("parse_mode"), params.array("entities"))
    chat, message = _target(world, params)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _edit(world, chat, message, params, text=text, entities=entities)


def edit_caption(world: World, params: Params) -> dict[str, Any]:
    """Change, or take away, the words below a file."""
    words, entities = caption(params.values)
    chat, message = _target(world, params)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    above = params.flag("show_caption_above_media")
    return _edit(world, chat, message, params, caption=words, entities=entities, caption_above=above)


def edit_media(world: World, params: Params) -> dict[str, Any]:
    """Put another file into a message, or a file into a text message."""
    chat, message = _target(world, params)
    content = input_media(world, params, params.object("media"))
    if message.album is not None and message.media is not None:
        kinds = {content["media"].kind, message.media.kind}
        if len(kinds) > 1 and not kinds <= _IN_ALBUMS:
            raise bad_request("can't edit the type of an album's item")
    return _edit(world, chat, message, params, text="", **content)


def edit_keyboard(world: World, params: Params) -> dict[str, Any]:
    chat, message = _target(world, params)
    return _edit(world, chat, message, params)


def delete_message(world: World, params: Params) -> bool:
    """Delete a message for everyone; people's messages too where the bot may."""
    chat = world.writable_chat(params.values["chat_id"])
    message = chat.message(params.required("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if world.clock() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    if not chat.is_private and message.sender != world.bot and not chat.bot_may("can_delete_messages"):
        raise bad_request("message can't be deleted")
    world.delete(chat, message)
    return True
