"""The methods of the Bot API: each takes the world and its parameters, and returns what goes under `result`.

about.py     what is said about the bot: getMe, the command menu, names and descriptions; and getFile
chats.py     getChat, getChatMember, leaveChat
editing.py   editMessageText, editMessageCaption, editMessageMedia, editMessageReplyMarkup
polling.py   getUpdates and the webhook that takes its place; logOut and close
removing.py  deleteMessage, deleteMessages
sending.py   sendMessage, sendPhoto, sendVideo, sendAnimation, sendDocument, sendMediaGroup, copyMessage, forwardMessage
talking.py   sendChatAction, answerCallbackQuery, setMessageReaction, pinChatMessage, unpinChatMessage
topics.py    createForumTopic, editForumTopic, closeForumTopic, reopenForumTopic, deleteForumTopic
"""

from collections.abc import Callable
from typing import Any

from blinkbot.simulator.botapi.methods import about, chats, editing, polling, removing, sending, talking, topics
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.world import World

Method = Callable[[World, Params], Any]
"""Raises Refusal. Only getUpdates is a coroutine."""

HANDLERS: dict[str, Method] = {
    **about.HANDLERS,
    **chats.HANDLERS,
    **editing.HANDLERS,
    **polling.HANDLERS,
    **removing.HANDLERS,
    **sending.HANDLERS,
    **talking.HANDLERS,
    **topics.HANDLERS,
}
