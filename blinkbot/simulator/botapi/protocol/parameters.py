"""The parameters of a call: raw fields become typed values, or a refusal."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from blinkbot.simulator.botapi.protocol.errors import Refusal, bad_request
from blinkbot.simulator.botapi.protocol.method_table import METHODS, Parameter, Type

_MISSING = {
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
    "text": "message text is empty",
    "user_id": "invalid user_id specified",
    "file_id": "file_id is not specified",
    "message_thread_id": "message thread not found",
    "photo": "there is no photo in the request",
    "video": "there is no video in the request",
    "animation": "there is no animation in the request",
    "document": "there is no document in the request",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "action": "wrong parameter action in request",
    "name": "TOPIC_TITLE_INVALID",
}
_TRUE = ("true", "yes", "1")
_DIGITS = re.compile(r"-?[0-9]{1,18}")
_FALSE = ("false", "no", "0", "")


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file."""

    name: str
    file_name: str
    content_type: str
    data: bytes = field(repr=False)


FileRef = Upload | str
"""A new file, or a file id or address."""


@dataclass(frozen=True, slots=True)
class Params:
    """The decoded parameters of a call. What is not given is "", False or None."""

    method: str
    values: Mapping[str, Any]
    uploads: Mapping[str, Upload]

    def text(self, name: str) -> str:
        return cast(str, self.values.get(name, ""))

    def integer(self, name: str) -> int | None:
        return cast("int | None", self.values.get(name))

    def required(self, name: str) -> int:
        """An integer that must be given. Raises Refusal."""
        value = self.integer(name)
        if value is None:
            raise missing(name)
        return value

    def flag(self, name: str) -> bool:
        return cast(bool, self.values.get(name, False))

    def object(self, name: str) -> dict[str, Any] | None:
        return cast("dict[str, Any] | None", self.values.get(name))

    def array(self, name: str) -> list[Any] | None:
        return cast("list[Any] | None", self.values.get(name))

    def file(self, name: str) -> FileRef | None:
        return self.resolved(self.values.get(name))

    def resolved(self, value: Any) -> FileRef | None:
        """The upload behind `attach://name`; other strings as they are. Raises Refusal where nothing came so named."""
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.uploads.get(value.removeprefix("attach://"), False)
        if value is not None and not isinstance(value, Upload | str):
            raise bad_request("wrong file identifier/HTTP URL specified")
        return value or None


def missing(name: str) -> Refusal:
    """The refusal of a call without this parameter."""
    return bad_request(_MISSING.get(name, f'parameter "{name}" is required'))


def decode(method: str, raw: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Params:
    """Check the fields of a request against the table. Raises Refusal; ignores what no method knows, as Telegram."""
    values: dict[str, Any] = {}
    for parameter in METHODS[method]:
        given = raw.get(parameter.name)
        if parameter.type is Type.FILE and parameter.name in uploads:
            given = uploads[parameter.name]
        if given is None or given == "":
            if parameter.required:
                raise missing(parameter.name)
            continue
        values[parameter.name] = _decoded(parameter, given)
    return Params(method, values, uploads)


def _decoded(parameter: Parameter, given: Any) -> Any:
    match parameter.type:
        case Type.INTEGER:
            return whole_number(parameter.name, given)
        case Type.BOOLEAN:
            return _boolean(parameter.name, given)
        case Type.STRING:
            return _string(parameter.name, given)
        case Type.CHAT:
            text = str(given)
            return text if text.startswith("@") else whole_number(parameter.name, given)
        case Type.OBJECT:
            return _json(parameter.name, given, dict, "object")
        case Type.ARRAY:
            return _json(parameter.name, given, list, "array")
        case Type.FILE:
            return given


def whole_number(name: str, given: Any) -> int:
    """An integer, or a string of digits. Raises Refusal."""
    is_number = isinstance(given, int) and not isinstance(given, bool)
    if not is_number and not (isinstance(given, str) and _DIGITS.fullmatch(given)):
        raise bad_request("chat not found" if name == "chat_id" else f'parameter "{name}" must be an integer')
    return int(given)


def _boolean(name: str, given: Any) -> bool:
    word = str(given).lower()
    if word not in (*_TRUE, *_FALSE):
        raise bad_request(f'parameter "{name}" must be a boolean')
    return word in _TRUE


def _string(name: str, given: Any) -> str:
    if isinstance(given, dict | list):
        raise bad_request(f'parameter "{name}" must be a string')
    text = str(given)
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise bad_request(f"{name} must be encoded in UTF-8")
    return text


def _json(name: str, given: Any, kind: type[dict[str, Any]] | type[list[Any]], word: str) -> Any:
    subject = "reply keyboard markup" if name == "reply_markup" else name
    if isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            raise bad_request(f"can't parse {subject} JSON object") from None
    if not isinstance(given, kind):
        raise bad_request(f"{word} expected as {subject}")
    return given
