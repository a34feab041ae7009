"""Values as the Bot API writes them."""

from typing import Any

from blinkbot.simulator.botapi.state.chats import ADMIN_RIGHTS, Chat
from blinkbot.simulator.botapi.state.entities import Entity
from blinkbot.simulator.botapi.state.keyboards import keyboard_json
from blinkbot.simulator.botapi.state.values import ChatKind, Media, MediaKind, Person, SimMessage, Tap

_NEVER_GRANTED = (
    "can_be_edited is_anonymous can_promote_members can_manage_video_chats "
    "can_post_stories can_edit_stories can_delete_stories"
)


def person_json(person: Person) -> dict[str, Any]:
    """A User."""
    given: dict[str, Any] = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    if person.username:
        given["username"] = person.username
    if not person.is_bot:
        given["language_code"] = person.language
    return given


def chat_json(chat: Chat) -> dict[str, Any]:
    """A Chat."""
    given: dict[str, Any] = {"id": chat.id, "type": str(chat.kind)}
    if not chat.is_private:
        given["title"] = chat.title
        return given | {"is_forum": True} if chat.is_forum else given
    person = chat.members[chat.id]
    given["first_name"] = person.first_name
    return given | {"username": person.username} if person.username else given


def full_chat_json(chat: Chat) -> dict[str, Any]:
    """A ChatFullInfo, with the fields that are always there."""
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, True),
    }


def entity_json(entity: Entity) -> dict[str, Any]:
    """A MessageEntity."""
    given: dict[str, Any] = {"type": entity.kind, "offset": entity.offset, "length": entity.length}
    optional = {"url": entity.url, "language": entity.language, "custom_emoji_id": entity.custom_emoji_id}
    return given | {name: value for name, value in optional.items() if value}


def file_json(media: Media) -> dict[str, Any]:
    """The fields that every file has."""
    return {"file_id": media.file_id, "file_unique_id": media.unique_id, "file_size": len(media.data)}


def photo_size_json(media: Media) -> dict[str, Any]:
    """A PhotoSize."""
    return file_json(media) | {"width": media.width, "height": media.height}


def media_json(media: Media) -> dict[str, Any]:
    """The field of a message that holds its file. An animation is a document too, as old clients expect."""
    if media.kind is MediaKind.PHOTO:
        sizes = [size for size in (media.thumbnail, media) if size is not None]
        return {"photo": [photo_size_json(size) for size in sizes]}
    given = file_json(media) | {"file_name": media.file_name, "mime_type": media.mime_type}
    if media.thumbnail:
        given["thumbnail"] = photo_size_json(media.thumbnail)
    if media.kind is MediaKind.DOCUMENT:
        return {"document": given}
    moving = given | {"width": media.width, "height": media.height, "duration": media.duration}
    if media.kind is MediaKind.ANIMATION:
        return {"animation": moving, "document": given}
    return {"video": moving | {"cover": [photo_size_json(media.cover)]} if media.cover else moving}


def message_json(chat: Chat, message: SimMessage, *, with_reply: bool = True) -> dict[str, Any]:
    """A Message; the one it answers is told too, but not what that one answers."""
    given: dict[str, Any] = {
        "message_id": message.id,
        "from": person_json(message.sender),
        "chat": chat_json(chat),
        "date": int(message.date.timestamp()),
    }
    given |= _place_json(chat, message, with_reply=with_reply)
    given |= _content_json(message)
    if message.edited_at:
        given["edit_date"] = int(message.edited_at.timestamp())
    if message.buttons:
        given["reply_markup"] = keyboard_json(message.buttons)
    return given | dict(message.service or {})


def _place_json(chat: Chat, message: SimMessage, *, with_reply: bool) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if message.thread_id is not None:
        given |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    replied = chat.message(message.reply_to) if message.reply_to is not None else None
    if with_reply and replied is not None:
        given["reply_to_message"] = message_json(chat, replied, with_reply=False)
    if message.forwarded:
        given["forward_origin"] = {
            "type": "user",
            "sender_user": person_json(message.forwarded.sender),
            "date": int(message.forwarded.date.timestamp()),
        }
    if message.album:
        given["media_group_id"] = message.album
    return given


def _content_json(message: SimMessage) -> dict[str, Any]:
    given: dict[str, Any] = media_json(message.media) if message.media else {}
    entities = [entity_json(entity) for entity in message.entities]
    if message.text:
        given |= {"text": message.text} | ({"entities": entities} if entities else {})
    if message.caption:
        given |= {"caption": message.caption} | ({"caption_entities": entities} if entities else {})
    flags = {
        "has_protected_content": message.protected,
        "has_media_spoiler": message.spoiler,
        "show_caption_above_media": message.caption_above and bool(message.caption),
    }
    return given | {name: True for name, is_set in flags.items() if is_set}


def tap_json(chat: Chat, tap: Tap) -> dict[str, Any]:
    """A CallbackQuery; a message that is gone is told as inaccessible."""
    message = chat.message(tap.message_id)
    inaccessible = {"chat": chat_json(chat), "message_id": tap.message_id, "date": 0}
    return {
        "id": tap.id,
        "from": person_json(tap.person),
        "message": message_json(chat, message) if message else inaccessible,
        "chat_instance": str(-(chat.id * 7919)),
        "data": tap.data,
    }


def member_json(chat: Chat, person: Person) -> dict[str, Any]:
    """A ChatMember."""
    if person.is_bot:
        return _bot_member_json(chat, person)
    return {"status": "member" if person.id in chat.members else "left", "user": person_json(person)}


def _bot_member_json(chat: Chat, bot: Person) -> dict[str, Any]:
    given: dict[str, Any] = {"status": chat.bot_status, "user": person_json(bot)}
    if chat.bot_status == "kicked":
        return given | {"until_date": 0}
    if chat.bot_status != "administrator":
        return given
    granted = {right: right in chat.bot_rights for right in sorted(ADMIN_RIGHTS)}
    if chat.kind is not ChatKind.SUPERGROUP:
        del granted["can_manage_topics"]
    return given | dict.fromkeys(_NEVER_GRANTED.split(), False) | {"can_manage_chat": True} | granted
