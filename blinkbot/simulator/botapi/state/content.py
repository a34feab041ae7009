"""The text of a message with its formatting, checked as Telegram checks it."""

from collections.abc import Mapping
from typing import Any

from blinkbot.simulator.botapi.protocol.errors import bad_request
from blinkbot.simulator.botapi.state.entities import TAGS, Entity, boundaries, in_order, trimmed, units, with_found
from blinkbot.simulator.botapi.state.html import parse_html

MAX_TEXT = 4096
MAX_CAPTION = 1024
_UNTAGGED = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "custom_emoji"}

Words = tuple[str, tuple[Entity, ...]]


def message_text(text: str, parse_mode: str, entities: list[Any] | None) -> Words:
    """The text of a message: 1 to 4096 UTF-16 units once its formatting is taken out. Raises Refusal."""
    if not text:
        raise bad_request("message text is empty")
    plain, found = _formatted(text, parse_mode, entities)
    if not plain:
        raise bad_request("text must be non-empty")
    if units(plain) > MAX_TEXT:
        raise bad_request("message is too long")
    return plain, found


def caption(given: Mapping[str, Any]) -> Words:
    """The caption among the fields of a call or of an InputMedia: up to 1024 UTF-16 units. Raises Refusal."""
    plain, found = _formatted(_string(given, "caption"), _string(given, "parse_mode"), given.get("caption_entities"))
    if units(plain) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return plain, found


def _string(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise bad_request(f'field "{name}" must be of type String')
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise bad_request(f"{name} must be encoded in UTF-8")
    return value


def _formatted(text: str, parse_mode: str, entities: Any) -> Words:
    mode = parse_mode.lower()
    if mode == "html":
        plain, found = parse_html(text)
    elif mode in ("markdown", "markdownv2"):
        raise bad_request("can't parse entities: the simulator speaks HTML, not Markdown")
    elif mode:
        raise bad_request("unsupported parse_mode")
    else:
        plain, found = text, _listed(text, entities)
    plain, found = trimmed(plain, found)
    return plain, with_found(plain, found)


def _listed(text: str, entities: Any) -> tuple[Entity, ...]:
    if not isinstance(entities, list | None):
        raise bad_request("can't parse MessageEntity: expected an Array of MessageEntity")
    found = in_order([_entity(each) for each in entities or ()])
    bounds = set(boundaries(text))
    if not all(entity.offset in bounds and entity.end in bounds for entity in found):
        raise bad_request("ENTITY_BOUNDS_INVALID")
    return found


def _entity(given: Any) -> Entity:
    if not isinstance(given, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    kind, offset, length = given.get("type"), given.get("offset"), given.get("length")
    if not isinstance(offset, int) or not isinstance(length, int):
        raise bad_request('can\'t parse MessageEntity: field "offset" and "length" must be of type Number')
    if kind not in _UNTAGGED | TAGS.keys():
        raise bad_request("can't parse MessageEntity: unsupported type specified")
    return Entity(str(kind), offset, length, given.get("url"), given.get("language"), given.get("custom_emoji_id"))
