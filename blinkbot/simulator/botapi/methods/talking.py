"""sendChatAction, answerCallbackQuery."""

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.protocol.parameters import Params
from blinkbot.simulator.botapi.state.world import World

MAX_ANSWER = 200
_ACTIONS = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note"
)


def send_chat_action(world: World, params: Params) -> bool:
    action = params.text("action")
    if action not in _ACTIONS.split():
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
    alert = params.flag("show_alert")
    world.answer_tap(params.text("callback_query_id"), text, params.text("url"), show_alert=alert)
    return True
