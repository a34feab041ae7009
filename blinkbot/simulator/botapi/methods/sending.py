"""sendMessage, sendPhoto, sendVideo, sendAnimation, sendDocument, sendMediaGroup."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from blinkbot.simulator.botapi.protocol.errors import Refusal, bad_request
from blinkbot.simulator.botapi.protocol.parameters import FileRef, Params, missing, whole_number
from blinkbot.simulator.botapi.state.chats import Chat
from blinkbot.simulator.botapi.state.content import caption, message_text
from blinkbot.simulator.botapi.state.files import VideoDetails
from blinkbot.simulator.botapi.state.keyboards import Markup, parse_markup
from blinkbot.simulator.botapi.state.to_json import message_json
from blinkbot.simulator.botapi.state.values import Media, SimMessage
from blinkbot.simulator.botapi.state.world import World

ALBUM_SIZES = range(2, 11)
BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a message goes, and how it arrives."""

    chat: Chat
    thread_id: int | None
    reply_to: int | None
    markup: Markup
    silent: bool
    protected: bool

    def fields(self) -> dict[str, Any]:
        """As fields of a SimMessage."""
        return {
            "thread_id": self.thread_id,
            "reply_to": self.reply_to,
            "buttons": self.markup.buttons,
            "reply_keyboard": self.markup.reply_keyboard,
            "silent": self.silent,
            "protected": self.protected,
        }


def _place(world: World, params: Params) -> _Place:
    if params.text("business_connection_id"):
        raise bad_request("business connection not found")
    chat = world.writable_chat(params.values["chat_id"])
    thread_id = params.integer("message_thread_id")
    chat.open_topic(thread_id)
    replied = _replied(chat, params.object("reply_parameters"), thread_id)
    if replied is not None and thread_id is None and chat.is_forum:
        thread_id = replied.thread_id  # an answer stays with what it answers
        chat.open_topic(thread_id)
    return _Place(
        chat,
        thread_id,
        replied.id if replied else None,
        parse_markup(params.object("reply_markup")),
        params.flag("disable_notification"),
        params.flag("protect_content"),
    )


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
    """Send a text."""
    text, entities = message_text(params.text("text"), params.text("parse_mode"), params.array("entities"))
    place = _place(world, params)
    world.flood.admit_messages(place.chat.id)
    message = world.post(place.chat, world.bot, text=text, entities=entities, **place.fields())
    return message_json(place.chat, message)


def send_photo(world: World, params: Params) -> dict[str, Any]:
    """Send a picture."""
    return _send_file(world, params, world.files.photo(_file(params, "photo")))


def send_video(world: World, params: Params) -> dict[str, Any]:
    """Send a video; what is no MP4 arrives as a document."""
    return _send_file(world, params, world.files.video(_file(params, "video"), video_details(params, params.values)))


def send_animation(world: World, params: Params) -> dict[str, Any]:
    """Send a GIF or a video without sound."""
    media = world.files.animation(_file(params, "animation"), video_details(params, params.values))
    return _send_file(world, params, media)


def send_document(world: World, params: Params) -> dict[str, Any]:
    """Send any file."""
    return _send_file(world, params, world.files.document(_file(params, "document"), params.file("thumbnail")))


def _file(params: Params, name: str) -> FileRef:
    ref = params.file(name)
    if ref is None:
        raise missing(name)
    return ref


def _send_file(world: World, params: Params, media: Media) -> dict[str, Any]:
    words, entities = caption(params.values)
    place = _place(world, params)
    world.flood.admit_messages(place.chat.id)
    message = world.post(
        place.chat,
        world.bot,
        media=media,
        caption=words,
        entities=entities,
        spoiler=params.flag("has_spoiler"),
        caption_above=params.flag("show_caption_above_media"),
        **place.fields(),
    )
    return message_json(place.chat, message)


def video_details(params: Params, given: Mapping[str, Any]) -> VideoDetails:
    """What a call, or an InputMedia of one, says of a video."""
    return VideoDetails(
        **{name: whole_number(name, given.get(name) or 0) for name in ("duration", "width", "height")},
        thumbnail=params.resolved(given.get("thumbnail")),
        cover=params.resolved(given.get("cover")),
        supports_streaming=bool(given.get("supports_streaming")),
    )


def input_media(world: World, params: Params, given: Any) -> dict[str, Any]:
    """An InputMedia as fields of a SimMessage. Raises Refusal."""
    if not isinstance(given, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    ref = params.resolved(given.get("media"))
    if ref is None:
        raise bad_request("media not found")
    words, entities = caption(given)
    return {
        "media": _taken_in(world, params, given, ref),
        "caption": words,
        "entities": entities,
        "spoiler": bool(given.get("has_spoiler")),
        "caption_above": bool(given.get("show_caption_above_media")),
    }


def _taken_in(world: World, params: Params, given: dict[str, Any], ref: FileRef) -> Media:
    match given.get("type"):
        case "photo":
            return world.files.photo(ref)
        case "video":
            return world.files.video(ref, video_details(params, given))
        case "animation":
            return world.files.animation(ref, video_details(params, given))
        case "document":
            return world.files.document(ref, params.resolved(given.get("thumbnail")))
    raise bad_request("can't parse InputMedia: unsupported type specified")


def send_media_group(world: World, params: Params) -> list[dict[str, Any]]:
    """Send an album of 2 to 10: pictures and videos mixed, or documents alone. Each item counts for flood control."""
    given = params.array("media") or []
    if len(given) not in ALBUM_SIZES:
        raise bad_request("too many messages to send as an album" if given[10:] else "an album needs 2-10 items")
    kinds = {item.get("type") for item in given if isinstance(item, dict)}
    if "animation" in kinds:
        raise bad_request("animations can't be sent in an album")
    if "document" in kinds and len(kinds) > 1:
        raise bad_request("document can't be mixed with other media types")
    items = [_album_item(world, params, item, number) for number, item in enumerate(given, 1)]
    place = _place(world, params)
    world.flood.admit_messages(place.chat.id, len(items))
    album = str(13_000_000_000_000_000 + secrets.randbelow(10**15))
    sent = [world.post(place.chat, world.bot, album=album, **item, **place.fields()) for item in items]
    return [message_json(place.chat, message) for message in sent]


def _album_item(world: World, params: Params, given: Any, number: int) -> dict[str, Any]:
    """One item; a refusal tells which one is meant."""
    try:
        return input_media(world, params, given)
    except Refusal as refusal:
        what = refusal.description.removeprefix("Bad Request: ")
        if refusal.status != BAD_REQUEST or what.startswith("can't parse"):
            raise
        told = what[:1].upper() + what[1:]
        raise bad_request(f'failed to send message #{number} with the error message "{told}"') from None


HANDLERS = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendVideo": send_video,
    "sendAnimation": send_animation,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
}
