"""The methods the simulator knows, and their parameters.

Each is `name:type!`: the type is str if left out, `!` means required. Optional parameters that change nothing a phone
shows (effects, payments, suggested posts) are accepted and recorded.
"""

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """The types of parameters. CHAT is an id or @username; FILE an upload, a file id or an address."""

    INTEGER = "int"
    STRING = "str"
    BOOLEAN = "bool"
    OBJECT = "object"
    ARRAY = "array"
    CHAT = "chat"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: Type
    required: bool


_PLACE = "business_connection_id message_thread_id:int direct_messages_topic_id:int"
_MANNER = "disable_notification:bool protect_content:bool allow_paid_broadcast:bool message_effect_id"
_ANSWERING = "suggested_post_parameters:object reply_parameters:object reply_markup:object"
_CAPTION = "caption parse_mode caption_entities:array show_caption_above_media:bool"
_EDITED = "business_connection_id chat_id:chat message_id:int inline_message_id reply_markup:object"
_SIZE = "duration:int width:int height:int"

_METHODS = {
    "getMe": "",
    "getUpdates": "offset:int limit:int timeout:int allowed_updates:array",
    "setWebhook": (
        "url certificate:file ip_address max_connections:int allowed_updates:array drop_pending_updates:bool "
        "secret_token"
    ),
    "deleteWebhook": "drop_pending_updates:bool",
    "sendMessage": (
        f"chat_id:chat! text! parse_mode entities:array link_preview_options:object {_PLACE} {_MANNER} {_ANSWERING}"
    ),
    "sendPhoto": f"chat_id:chat! photo:file! has_spoiler:bool {_CAPTION} {_PLACE} {_MANNER} {_ANSWERING}",
    "sendVideo": (
        f"chat_id:chat! video:file! {_SIZE} thumbnail:file cover:file start_timestamp:int supports_streaming:bool "
        f"has_spoiler:bool {_CAPTION} {_PLACE} {_MANNER} {_ANSWERING}"
    ),
    "sendAnimation": (
        f"chat_id:chat! animation:file! {_SIZE} thumbnail:file has_spoiler:bool "
        f"{_CAPTION} {_PLACE} {_MANNER} {_ANSWERING}"
    ),
    "sendDocument": (
        "chat_id:chat! document:file! thumbnail:file disable_content_type_detection:bool caption parse_mode "
        f"caption_entities:array {_PLACE} {_MANNER} {_ANSWERING}"
    ),
    "sendMediaGroup": f"chat_id:chat! media:array! reply_parameters:object {_PLACE} {_MANNER}",
    "sendChatAction": "business_connection_id chat_id:chat! message_thread_id:int action!",
    "editMessageText": (f"text parse_mode entities:array link_preview_options:object rich_message:object {_EDITED}"),
    "editMessageCaption": f"{_CAPTION} {_EDITED}",
    "editMessageMedia": f"media:object! {_EDITED}",
    "editMessageReplyMarkup": _EDITED,
    "deleteMessage": "chat_id:chat! message_id:int!",
    "answerCallbackQuery": "callback_query_id! text show_alert:bool url cache_time:int",
    "setMyCommands": "commands:array! scope:object language_code",
    "deleteMyCommands": "scope:object language_code",
    "getFile": "file_id!",
    "getChat": "chat_id:chat!",
    "getChatMember": "chat_id:chat! user_id:int!",
    "createForumTopic": "chat_id:chat! name! icon_color:int icon_custom_emoji_id",
    "editForumTopic": "chat_id:chat! message_thread_id:int! name icon_custom_emoji_id",
    "closeForumTopic": "chat_id:chat! message_thread_id:int!",
    "reopenForumTopic": "chat_id:chat! message_thread_id:int!",
}


def _parameter(word: str) -> Parameter:
    name, _, kind = word.rstrip("!").partition(":")
    return Parameter(name, Type(kind or "str"), word.endswith("!"))


METHODS: dict[str, tuple[Parameter, ...]] = {
    method: tuple(_parameter(word) for word in words.split()) for method, words in _METHODS.items()
}
"""Every method's parameters."""

METHOD_NAMES = {method.lower(): method for method in METHODS}
"""The documented names by those in lower case: Telegram takes any case."""
