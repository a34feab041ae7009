"""sendMessage, sendPhoto, sendVideo, sendAnimation, sendDocument, sendMediaGroup."""

import secrets
from collections.abc import Mapping
from typing import Any

from blinkbot.simulator.botapi.protocol.errors import Refusal, bad_request
from blinkbot.simulator.botapi.protocol.parameters import FileRef, Params, missing, whole_number
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.content import caption, message_text
from blinkbot.simulator.botapi.state.files import VideoDetails
from blinkbot.simulator.botapi.state.keyboards import parse_markup
from blinkbot.simulator.botapi.state.to_json import message_json
from blinkbot.simulator.botapi.state.values import Media, SimMessage
from blinkbot.simulator.botapi.state.world import World

ALBUM_SIZES = range(2, 11)
BAD_REQUEST = 400


def _post(world: World, params: Params, *messages: dict[str, Any]) -> list[dict[str, Any]]:
    """Put messages, given as fields of a SimMessage, where the call says. Raises Refusal."""
    chat, place = _place(world, params)
    world.flood.admit_messages(chat.id, len(messages))
    sent = [world.post(chat, world.bot, **content, **place) for content in messages]
    return [message_json(chat, message) for message in sent]


def _place(world: World, params: Params) -> tuple[Chat, dict[str, Any]]:
    """The chat of a message, and its place and looks as fields of a SimMessage."""
    if params.text("business_connection_id"):
        raise bad_request("business connection not found")
    chat = world.writable_chat(params.values["chat_id"])
    thread_id = params.integer("message_thread_id")
    chat.open_topic(thread_id)
    replied = _replied(chat, params.object("reply_parameters"), thread_id)
    if replied is not None and thread_id is None and chat.is_forum:
        thread_id = replied.thread_id  # an answer stays with what it answers
        chat.open_topic(thread_id)
    return chat, {
        "thread_id": thread_id,
        "reply_to": replied.id if replied else None,
        "buttons": parse_markup(params.object("reply_markup")),
        "silent": params.flag("disable_notification"),
        "protected": params.flag("protect_content"),
    }


def _replied(chat: Chat, given: dict[str, Any] | None, thread_id: int | None) -> SimMessage | None:
    """The message that is answered; None where it is gone and that does not matter. Raises Refusal."""
    if given is None:
        return None
    if "message_id" not in given:
        raise missing("message_id")
    message_id = whole_number("message_id", given["message_id"])
    if given.get("chat_id") not in (None, chat.id, str(chat.id)):
        raise bad_request("replies to messages of other chats are not simulated")
    there = chat.message(message_id)
    if there is not None:
        return there
    gone = chat.messages.get(message_id)
    is_elsewhere = gone is not None and gone.thread_id != thread_id
    if given.get("allow_sending_without_reply") and not is_elsewhere:
        return None
    raise bad_request("message to be replied not found")


def send_message(world: World, params: Params) -> dict[str, Any]:
    text, entities = message_text(params.text("text"), params.text("parse_mode"), params.array("entities"))
    [message] = _post(world, params, {"text": text, "entities": entities})
    return message


def send_file(kind: str, world: World, params: Params) -> dict[str, Any]:
    """Send a file as its method says; a video that is no MP4 arrives as a document."""
    ref = params.file(kind)
    if ref is None:
        raise missing(kind)
    media = _taken_in(world, params, kind, params.values, ref)
    [message] = _post(world, params, {"media": media, **_below_file(params.values)})
    return message


def _below_file(given: Mapping[str, Any]) -> dict[str, Any]:
    """The caption and looks in a call or an InputMedia, as fields of a SimMessage."""
    words, entities = caption(given)
    return {
        "caption": words,
        "entities": entities,
        "spoiler": bool(given.get("has_spoiler")),
        "caption_above": bool(given.get("show_caption_above_media")),
    }


def input_media(world: World, params: Params, given: Any) -> dict[str, Any]:
    """An InputMedia as fields of a SimMessage. Raises Refusal."""
    if not isinstance(given, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    ref = params.resolved(given.get("media"))
    if ref is None:
        raise bad_request("media not found")
    return {**_below_file(given), "media": _taken_in(world, params, given.get("type"), given, ref)}


def _taken_in(world: World, params: Params, kind: Any, given: Mapping[str, Any], ref: FileRef) -> Media:
    """The file of a call or of an InputMedia. Raises Refusal."""
    if kind == "photo":
        return world.files.photo(ref)
    thumbnail = params.resolved(given.get("thumbnail"))
    if kind == "document":
        return world.files.document(ref, thumbnail)
    if kind not in ("video", "animation"):
        raise bad_request("can't parse InputMedia: unsupported type specified")
    details = VideoDetails(
        **{name: whole_number(name, given.get(name) or 0) for name in ("duration", "width", "height")},
        thumbnail=thumbnail,
        cover=params.resolved(given.get("cover")),
        supports_streaming=bool(given.get("supports_streaming")),
    )
    return world.files.video(ref, details) if kind == "video" else world.files.animation(ref, details)


def send_media_group(world: World, params: Params) -> list[dict[str, Any]]:
    """Send an album: pictures and videos mixed, or documents alone. Each item counts for flood control."""
    given = params.array("media") or []
    if len(given) not in ALBUM_SIZES:
        raise bad_request("too many messages to send as an album" if given[10:] else "an album needs 2-10 items")
    kinds = [item.get("type") for item in given if isinstance(item, dict)]
    if "animation" in kinds:
        raise bad_request("animations can't be sent in an album")
    if "document" in kinds and any(kind != "document" for kind in kinds):
        raise bad_request("document can't be mixed with other media types")
    items = [_album_item(world, params, item, number) for number, item in enumerate(given, 1)]
    album = str(13_000_000_000_000_000 + secrets.randbelow(10**15))
    return _post(world, params, *({"album": album, **item} for item in items))


def _album_item(world: World, params: Params, given: Any, number: int) -> dict[str, Any]:
    """An item; a refusal says which."""
    try:
        return input_media(world, params, given)
    except Refusal as refusal:
        what = refusal.description.removeprefix("Bad Request: ")
        if refusal.status != BAD_REQUEST or what.startswith("can't parse"):
            raise
        told = what[:1].upper() + what[1:]
        raise bad_request(f'failed to send message #{number} with the error message "{told}"') from None
