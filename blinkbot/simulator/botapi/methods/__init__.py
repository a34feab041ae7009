"""The methods of the Bot API: each takes the world and its parameters, and returns what goes under `result`.

about.py    getMe, getFile, getChat, getChatMember, setMyCommands, deleteMyCommands
editing.py  editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup, deleteMessage
polling.py  getUpdates, setWebhook, deleteWebhook
sending.py  sendMessage, sendPhoto, sendVideo, sendAnimation, sendDocument, sendMediaGroup
talking.py  sendChatAction, answerCallbackQuery
topics.py   createForumTopic, editForumTopic, closeForumTopic, reopenForumTopic
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from blinkbot.simulator.botapi.methods import about, editing, polling, sending, talking, topics
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.world import World

Method = Callable[[World, Params], Any]
"""Raises Refusal. Only getUpdates is a coroutine."""

HANDLERS: dict[str, Method] = {
    "getMe": about.get_me,
    "getUpdates": polling.get_updates,
    "setWebhook": polling.set_webhook,
    "deleteWebhook": polling.set_webhook,
    "sendMessage": sending.send_message,
    "sendMediaGroup": sending.send_media_group,
    "sendChatAction": talking.send_chat_action,
    "editMessageText": editing.edit_text,
    "editMessageCaption": editing.edit_caption,
    "editMessageMedia": editing.edit_media,
    "editMessageReplyMarkup": editing.edit_keyboard,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": talking.answer_callback_query,
    "setMyCommands": about.set_my_commands,
    "deleteMyCommands": about.set_my_commands,
    "getFile": about.get_file,
    "getChat": about.get_chat,
    "getChatMember": about.get_chat_member,
    "createForumTopic": topics.create_forum_topic,
    "editForumTopic": topics.edit_forum_topic,
    "closeForumTopic": partial(topics.set_closed, True),
    "reopenForumTopic": partial(topics.set_closed, False),
    **{f"send{kind.title()}": partial(sending.send_file, kind) for kind in ("photo", "video", "animation", "document")},
}
