"""sendChatAction, answerCallbackQuery, setMessageReaction, pinChatMessage, unpinChatMessage."""

from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.to_json import message_json
from blinkbot.simulator.botapi.state.values import SimMessage
from blinkbot.simulator.botapi.state.world import World

MAX_ANSWER = 200
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_EMOJI = (
    "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 "
    "🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 "
    "🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 "
    "🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ "
    "😡 "
)
_REACTIONS = frozenset(_EMOJI.split())


def send_chat_action(world: World, params: Params) -> bool:
    """Show what the bot is doing."""
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.writable_chat(params.values["chat_id"])
    topic = chat.open_topic(params.integer("message_thread_id"))
    world.act(chat, action, topic.thread_id if topic else None)
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    """Answer a tap, once."""
    text = params.text("text")
    if len(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    url = params.text("url")
    world.answer_tap(params.text("callback_query_id"), text, url, show_alert=params.flag("show_alert"))
    return True


def _message(world: World, params: Params, verb: str) -> tuple[Chat, SimMessage]:
    chat = world.writable_chat(params.values["chat_id"])
    message = chat.message(params.required("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    return chat, message


def set_message_reaction(world: World, params: Params) -> bool:
    """Put one emoji under a message, or take it away."""
    chat, message = _message(world, params, "react")
    reactions = tuple(_emoji(each) for each in params.array("reaction") or ())
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    world.mark(chat, message, reactions=reactions)
    return True


def _emoji(given: Any) -> str:
    emoji = given.get("emoji") if isinstance(given, dict) and given.get("type") == "emoji" else None
    if emoji not in _REACTIONS:
        raise bad_request("REACTION_INVALID")
    return str(emoji)


def pin_chat_message(world: World, params: Params) -> bool:
    """Pin a message on top of the chat, which Telegram tells the chat."""
    chat, message = _message(world, params, "pin")
    _check_may_pin(chat)
    if message.pinned:
        return True
    pinned = world.mark(chat, message, pinned=True)
    service = {"pinned_message": message_json(chat, pinned, with_reply=False)}
    silent = params.flag("disable_notification")
    world.post(chat, world.bot, service=service, silent=silent, thread_id=message.thread_id)
    return True


def unpin_chat_message(world: World, params: Params) -> bool:
    """Take a message from the top of the chat; the newest where none is named."""
    chat = world.writable_chat(params.values["chat_id"])
    _check_may_pin(chat)
    pinned = [message for message in chat.messages.values() if message.pinned and not message.deleted]
    wanted = params.integer("message_id")
    chosen = [message for message in pinned if wanted in (None, message.id)]
    if not chosen:
        raise bad_request("message to unpin not found")
    world.mark(chat, chosen[-1], pinned=False)
    return True


def _check_may_pin(chat: Chat) -> None:
    if not chat.is_private and not chat.bot_may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")


HANDLERS = {
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
