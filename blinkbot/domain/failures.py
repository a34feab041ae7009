"""Why a clip's video never comes into a chat: a code and its values, as they are stored and later worded."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from blinkbot.errors import BlinkbotError, BlinkRefused, SignInLimit, TooManySignIns


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
    UNFINISHED = "unfinished"
    """Blink has had only a piece of it for a day; that is there."""
    UNAVAILABLE = "unavailable"
    """It could not be had for days: `error` and its values."""
    ERROR = "error"
    """One error was enough: `error` and its values; none where it was a mistake in the program."""
    OTHER = "other"
    """What an older version kept as a sentence: `message`."""


def _below(kind: type[BlinkbotError]) -> Iterator[type[BlinkbotError]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _below(each)


_ERRORS = {kind.__name__: kind for kind in _below(BlinkbotError)}
"""Errors by their names, as they are stored: one that is renamed is to keep its old name here, too."""


@dataclass(frozen=True, slots=True)
class FailureReason:
    """Why a clip's video never comes."""

    code: FailureCode
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of_error(cls, error: Exception, code: FailureCode = FailureCode.ERROR) -> "FailureReason":
        """The reason that is an error, with what is worth telling of it."""
        values: dict[str, Any] = {"error": type(error).__name__} if isinstance(error, BlinkbotError) else {}
        match error:
            case TooManySignIns(limit=limit, wait=wait, attempts=attempts):
                values |= {"limit": limit.name, "wait": wait, "attempts": attempts}
            case BlinkRefused(message=message, code=number):
                values |= {"message": message, "number": number}
        return cls(code, {name: value for name, value in values.items() if value not in (None, "", 0)})

    @property
    def error(self) -> BlinkbotError | None:
        """The error that `of_error` was given, as far as it is worth telling; None for a mistake in the program."""
        kind = _ERRORS.get(self.values.get("error", ""))
        if kind is None:
            return None
        if kind is TooManySignIns:
            limit = SignInLimit[self.values.get("limit", SignInLimit.THROTTLED.name)]
            return TooManySignIns(limit, self.values.get("wait"), self.values.get("attempts", 0))
        if issubclass(kind, BlinkRefused):
            return kind("video", 0, self.values.get("message", ""), self.values.get("number"))
        try:
            return kind()
        except TypeError:
            # What it was made of is not kept.
            return kind.__new__(kind)

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
