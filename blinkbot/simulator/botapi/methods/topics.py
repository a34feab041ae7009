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
    chat.check_forum()
    return chat


def _own_or_managed(world: World, params: Params) -> tuple[Chat, Topic]:
    """A topic that the bot may change: its own, or any where it has the right to manage them. Raises Refusal."""
    chat = _forum(world, params)
    topic = chat.topic(params.required("message_thread_id"))
    if topic.creator != world.bot.id and not chat.bot_may("can_manage_topics"):
        raise bad_request("not enough rights to edit the topic")
    return chat, topic


def _check_name(name: str) -> None:
    if len(name) > _MAX_NAME:
        raise bad_request("TOPIC_TITLE_INVALID")


def create_forum_topic(world: World, params: Params) -> dict[str, Any]:
    """Make a topic; its id is that of the message that tells so."""
    chat = _forum(world, params)
    if not chat.bot_may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    name = params.text("name")
    _check_name(name)
    color = params.integer("icon_color") or _COLORS[0]
    if color not in _COLORS:
        raise bad_request("TOPIC_ICON_COLOR_INVALID")
    topic = world.create_topic(chat, world.bot, name, color)
    return {"message_thread_id": topic.thread_id, "name": topic.name, "icon_color": topic.icon_color}


def edit_forum_topic(world: World, params: Params) -> bool:
    """Rename a topic."""
    chat, topic = _own_or_managed(world, params)
    name = params.text("name")
    _check_name(name)
    if name in ("", topic.name):
        raise bad_request("TOPIC_NOT_MODIFIED")
    world.rename_topic(chat, world.bot, topic, name)
    return True


def close_forum_topic(world: World, params: Params) -> bool:
    """Let administrators alone write there."""
    return _set_closed(world, params, closed=True)


def reopen_forum_topic(world: World, params: Params) -> bool:
    """Let all members write there again."""
    return _set_closed(world, params, closed=False)


def _set_closed(world: World, params: Params, *, closed: bool) -> bool:
    chat, topic = _own_or_managed(world, params)
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    world.set_topic_closed(chat, world.bot, topic, closed=closed)
    return True
