"""Inline keyboards, checked button by button."""

from typing import Any
from urllib.parse import urlsplit

from blinkbot.simulator.botapi.protocol.errors import Refusal, bad_request
from blinkbot.simulator.botapi.state.values import Button, Keyboard

MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
_ACTIONS = ("callback_data", "url", "copy_text")
_NOT_SIMULATED = (
    "web_app login_url switch_inline_query switch_inline_query_current_chat switch_inline_query_chosen_chat "
    "callback_game pay"
)


def parse_markup(given: dict[str, Any] | None) -> Keyboard:
    """The inline keyboard of a message; no other reply markup is simulated. Raises Refusal."""
    if not given:
        return ()
    if "inline_keyboard" not in given:
        raise bad_request("object expected as reply markup")
    rows = given["inline_keyboard"]
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard: Array of Array of InlineKeyboardButton expected")
    if sum(len(row) for row in rows) > MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return tuple(tuple(_button(button) for button in row) for row in rows if row)


def keyboard_json(buttons: Keyboard) -> dict[str, Any]:
    """An InlineKeyboardMarkup."""
    return {"inline_keyboard": [[_button_json(button) for button in row] for row in buttons]}


def _button(given: Any) -> Button:
    if not isinstance(given, dict):
        raise _unparsable("Object expected")
    text = given.get("text")
    if not isinstance(text, str):
        raise _unparsable('Can\'t find field "text"')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    for name in _NOT_SIMULATED.split():
        if name in given:
            raise _unparsable(f'"{name}" is not simulated')
    actions = [name for name in _ACTIONS if given.get(name)]
    if not actions:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise _unparsable("exactly one of the optional fields must be used")
    return _ACTION_PARSERS[actions[0]](text, given[actions[0]])


def _callback_button(text: str, data: Any) -> Button:
    if not isinstance(data, str):
        raise _unparsable('Field "callback_data" must be of type String')
    if len(data.encode()) > MAX_CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(text, data=data)


def _url_button(text: str, url: Any) -> Button:
    parts = urlsplit(str(url))
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https", "tg") or not host or (parts.scheme != "tg" and "." not in host):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return Button(text, url=str(url))


def _copy_button(text: str, copied: Any) -> Button:
    words = copied.get("text") if isinstance(copied, dict) else None
    if not isinstance(words, str) or not 1 <= len(words) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return Button(text, copies=words)


_ACTION_PARSERS = {"callback_data": _callback_button, "url": _url_button, "copy_text": _copy_button}


def _button_json(button: Button) -> dict[str, Any]:
    if button.data is not None:
        return {"text": button.text, "callback_data": button.data}
    if button.url is not None:
        return {"text": button.text, "url": button.url}
    return {"text": button.text, "copy_text": {"text": button.copies}}


def _unparsable(what: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {what}")
