"""Why a clip's video never comes into a chat: a code and its values, as they are stored and later worded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from blinkbot.errors import (
    AppUpdateRequired,
    BlinkbotError,
    BlinkError,
    BlinkRefused,
    BlinkUnreachable,
    Busy,
    ClientRefused,
    LiveViewEnd,
    LiveViewFailed,
    LiveViewUnsupported,
    MediaError,
    NotAllowed,
    ServerError,
    SignInLimit,
    SignInRefused,
    Throttled,
    TooManySignIns,
    UnsafeHost,
    WrongCredentials,
    WrongPin,
)


class FailureCode(StrEnum):
    """What went wrong, with the values that belong to it."""

    TOO_BIG = "too big"
    """It stays larger than Telegram takes: `size` and `limit` in bytes."""
    TOO_LARGE = "too large"
    """Telegram refused its size without a number."""
    FORBIDDEN = "forbidden"
    """The group lets the bot send no videos."""
    REFUSED = "refused"
    """Telegram does not take the file."""
    UNCERTAIN = "uncertain"
    """The connection broke twice while it was sent: it may have arrived."""
    DELETED = "deleted"
    """It was deleted at Blink before it could be fetched."""
    MISSING = "missing"
    """Blink listed it and never had it whole."""
    NOT_A_VIDEO = "not a video"
    UNAVAILABLE = "unavailable"
    """It could not be had for days: `error` and its values."""
    ERROR = "error"
    """One error was enough: `error` and its values; none where it was a mistake in the program."""
    OTHER = "other"
    """What an older version kept as a sentence: `message`."""


ERRORS: Mapping[str, type[BlinkbotError]] = {
    "unreachable": BlinkUnreachable,
    "throttled": Throttled,
    "busy": Busy,
    "server": ServerError,
    "app update": AppUpdateRequired,
    "refused": BlinkRefused,
    "unsafe host": UnsafeHost,
    "unreadable": MediaError,
    "not allowed": NotAllowed,
    "wrong code": WrongPin,
    "wrong password": WrongCredentials,
    "too many sign-ins": TooManySignIns,
    "program refused": ClientRefused,
    "sign-in refused": SignInRefused,
    "old live view": LiveViewUnsupported,
    "live view": LiveViewFailed,
    "blink": BlinkError,
}
"""Errors by the words that they are stored as; what derives from another one stands before it."""


@dataclass(frozen=True, slots=True)
class FailureReason:
    """Why a clip's video never comes."""

    code: FailureCode
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of_error(cls, error: Exception, code: FailureCode = FailureCode.ERROR) -> "FailureReason":
        """The reason that is an error, with what is worth telling of it."""
        kind = next((name for name, kind in ERRORS.items() if isinstance(error, kind)), None)
        values: dict[str, Any] = {} if kind is None else {"error": kind}
        match error:
            case TooManySignIns(limit=limit, wait=wait, attempts=attempts):
                values |= {"limit": limit.name, "wait": wait, "attempts": attempts}
            case BlinkRefused(message=message, code=number):
                values |= {"message": message, "number": number}
        return cls(code, {name: value for name, value in values.items() if value not in (None, "", 0)})

    @property
    def error(self) -> BlinkbotError | None:
        """The error that `of_error` was given, as far as it is worth telling."""
        kind = ERRORS.get(self.values.get("error", ""))
        if kind is None:
            return None
        if kind is TooManySignIns:
            limit = SignInLimit[self.values.get("limit", SignInLimit.THROTTLED.name)]
            return TooManySignIns(limit, self.values.get("wait"), self.values.get("attempts", 0))
        if kind is LiveViewFailed:
            return LiveViewFailed(LiveViewEnd.ENDED)
        if issubclass(kind, BlinkRefused):
            return kind("video", 0, self.values.get("message", ""), self.values.get("number"))
        return kind()

    def as_json(self) -> str:
        """As it is stored."""
        return json.dumps({"code": self.code, **self.values}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "FailureReason":
        """What was stored; what is no code of this version is kept as a message."""
        try:
            values = json.loads(text)
            return cls(FailureCode(values.pop("code")), values)
        except (ValueError, KeyError, TypeError, AttributeError):
            return cls(FailureCode.OTHER, {"message": text})
