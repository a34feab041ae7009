"""The methods of the Bot API: each takes the world and its parameters, and returns what goes under `result`.

about.py    getMe, getFile, getChat, getChatMember, setMyCommands, deleteMyCommands
editing.py  editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup, deleteMessage
polling.py  getUpdates, setWebhook, deleteWebhook, getWebhookInfo
sending.py  sendMessage, sendPhoto, sendVideo, sendAnimation, sendDocument, sendMediaGroup
talking.py  sendChatAction, answerCallbackQuery
topics.py   createForumTopic, editForumTopic, closeForumTopic, reopenForumTopic
"""

from collections.abc import Callable
from typing import Any

from blinkbot.simulator.botapi.methods import about, editing, polling, sending, talking, topics
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.world import World

Method = Callable[[World, Params], Any]
"""Raises Refusal. Only getUpdates is a coroutine."""

HANDLERS: dict[str, Method] = {
    **about.HANDLERS,
    **editing.HANDLERS,
    **polling.HANDLERS,
    **sending.HANDLERS,
    **talking.HANDLERS,
    **topics.HANDLERS,
}
