"""Status and body of an answer → its JSON, or the error that it means (protocol §11)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NoReturn

from blinkbot import errors
from blinkbot.blink.protocol.codes import Code
from blinkbot.blink.protocol.operation import Operation
from blinkbot.errors import Missing

MISSING: Mapping[int | None, Missing] = {Code.NO_CAMERA: Missing.CAMERA, Code.NO_CLIP: Missing.CLIP}

REFUSED = {  # even where the HTTP status is 200
    Code.WRONG_CREDENTIALS,
    Code.WRONG_PURGE_DAYS,
    Code.CLIENT_DELETED,
    Code.LIVE_VIEW_FAILED,
    Code.WRONG_MEDIA_LIST,
    Code.WRONG_PIN,
    Code.WRONG_DEVICE,
    Code.WRONG_SNOOZE,
    Code.MOTION_OFF,
}

STALE = (Code.MANIFEST_GONE, Code.MANIFEST_STALE)

_UPDATE_NOTICE = {"message", "code", "update_available", "update_required"}
_MESSAGE_LIMIT = 200


def body_of(operation: Operation, status: int, headers: Mapping[str, str], body: bytes, now: datetime) -> object:
    """The JSON of an answer. Raises what `refuse` raises, and BlinkResponseError for a good status without JSON."""
    value = json_or_none(body)
    refuse(operation, status, headers, value, now)
    if value is None and body.strip() != b"null":
        raise errors.BlinkResponseError(operation.name, _what_it_is(body))
    return value


def refuse(operation: Operation, status: int, headers: Mapping[str, str], value: object, now: datetime) -> None:
    """Raise the error that a status and a JSON body (None where it is none) mean; return where they mean none."""
    code, message = code_of(value), _message(value)
    if code in operation.success and status < 400:
        return
    if status == 401 or code == Code.UNAUTHORIZED:
        raise errors.NotSignedIn(f"{operation.name}: the session was not accepted (HTTP {status}, code {code})")
    if status == 426 or _is_update_notice(value):
        raise errors.AppUpdateRequired(operation.name, status, message, code)
    if code in STALE:
        raise errors.StaleManifest(operation.name, status, message, code)
    if status in (403, 429):
        raise errors.Throttled(operation.name, status, message, code, retry_after(headers, now))
    if status == 409 or code == Code.BUSY or (status == 307 and "Location" not in headers):
        raise errors.Busy(operation.name, status, message, code)
    if status >= 500:
        raise errors.ServerError(operation.name, status, message, code, retry_after(headers, now))
    missing = MISSING.get(code)
    if status == 404 or missing:
        raise errors.NotFound(operation.name, status, message, code, missing=missing)
    if status >= 400 or code in REFUSED:
        raise errors.BlinkRefused(operation.name, status, message, code)
    if status >= 300:
        _refuse_redirect(operation, status)


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that the server asks to wait, None where it says nothing that can be read."""
    told = headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdigit() and len(told) < 10:
        return float(told)
    moment = http_date(told)
    return None if moment is None else max(0.0, (moment - now).total_seconds())


def http_date(told: str) -> datetime | None:
    """The time of a Date or Retry-After header, None for what is none."""
    try:
        moment = parsedate_to_datetime(told)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def json_of(body: bytes) -> object:
    """The JSON in a body. Raises ValueError for anything else, NaN and infinities included."""
    try:
        return json.loads(body, parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def json_or_none(body: bytes) -> object:
    """The JSON in a body, None where it is something else."""
    try:
        return json_of(body)
    except ValueError:
        return None  # what that means depends on the status: see body_of


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def code_of(value: object) -> int | None:
    """Blink's own code in a body, None where it has none."""
    code = value.get("code") if isinstance(value, dict) else None
    if isinstance(code, str) and code.isascii() and code.isdigit() and len(code) < 10:
        return int(code)
    return code if isinstance(code, int) and not isinstance(code, bool) else None


def _message(value: object) -> str:
    message = value.get("message") if isinstance(value, dict) else None
    if not isinstance(message, str):
        return ""
    return message.encode("utf-8", "replace").decode()[:_MESSAGE_LIMIT]


def _is_update_notice(value: object) -> bool:
    """Whether the whole body is the notice; inside a full body it is harmless (protocol §6)."""
    if not isinstance(value, dict) or not value or not value.keys() <= _UPDATE_NOTICE:
        return False
    return code_of(value) == Code.UPDATE_REQUIRED or "app update is required" in _message(value).casefold()


def _what_it_is(body: bytes) -> str:
    start = body.lstrip()[:1]
    if not start:
        return "it is empty"
    if start == b"<":
        return "it is a web page"
    return "its JSON is cut or broken" if start in (b"{", b"[") else "it is not JSON"


def _refuse_redirect(operation: Operation, status: int) -> NoReturn:
    raise errors.BlinkResponseError(operation.name, f"it points elsewhere (HTTP {status}), where no token is sent")
