"""createForumTopic, editForumTopic, closeForumTopic, reopenForumTopic."""

from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.chats import Chat, Topic
from blinkbot.simulator.botapi.state.world import World

_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)
_MAX_NAME = 128


def _forum(world: World, params: Params) -> Chat:
    chat = world.writable_chat(params.values["chat_id"])
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def _own_or_managed(world: World, params: Params) -> tuple[Chat, Topic]:
    """A topic that the bot created or may manage. Raises Refusal."""
    chat = _forum(world, params)
    topic = chat.topic(params.required("message_thread_id"))
    if topic.creator != world.bot.id and not chat.bot_may("can_manage_topics"):
        raise bad_request("not enough rights to edit the topic")
    return chat, topic


def _name(params: Params) -> str:
    name = params.text("name")
    if len(name) > _MAX_NAME:
        raise bad_request("TOPIC_TITLE_INVALID")
    return name


def create_forum_topic(world: World, params: Params) -> dict[str, Any]:
    """Create a topic; its id is that of the service message."""
    chat = _forum(world, params)
    if not chat.bot_may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = _name(params)
    color = params.integer("icon_color") or _COLORS[0]
    if color not in _COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    topic = world.create_topic(chat, world.bot, name, color)
    return {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(world: World, params: Params) -> bool:
    chat, topic = _own_or_managed(world, params)
    name = _name(params)
    if name in ("", topic.name):
        raise bad_request("TOPIC_NOT_MODIFIED")
    world.rename_topic(chat, world.bot, topic, name)
    return True


def set_closed(closed: bool, world: World, params: Params) -> bool:
    """Close a topic to all but administrators, or open it again."""
    chat, topic = _own_or_managed(world, params)
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    world.set_topic_closed(chat, world.bot, topic, closed=closed)
    return True
